"""The main job, on a real Dovecot and an SMTP server: a mail comes in, a reply is staged, `mv`
sends it once, and every fate has its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from servers.dovecot import Dovecot
from shop import Shop, ebay_mail, jane, open_shop

pytestmark = pytest.mark.dovecot


async def test_a_buyer_who_asks_where_it_is_gets_one_answer(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with open_shop(
        tmp_path, dovecot, user=user, give=lambda raw: dovecot.deliver([raw], user)
    ) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail("Hello, where is my order? It has not arrived yet."))
        (path,) = await shop.staged()
        print(path.read_text())
        print(shop.why("m1"))
        shop.move(path, "approved")
        (arrived,) = await shop.sent()
        print(arrived.raw.decode())
        await shop.until(lambda: shop.files("sent"), "the file in sent/")
