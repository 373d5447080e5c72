"""A forger cannot take from the buyer the answer that already waits for him."""

from __future__ import annotations

from pathlib import Path

from servers.pymap_server import Pymap
from shop import jane, mail, open_shop

PASS = "dmarc=pass header.from=example.com"
FAIL = "dmarc=fail header.from=example.com"


async def test_a_forged_mail_withdraws_no_draft_to_the_true_buyer(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        await shop.import_orders(jane(Buyer_Email="jane@example.com"))
        shop.give(mail("Where is my parcel?", stamp=PASS, message_id="<true@example.com>"))
        (genuine,) = await shop.staged()
        shop.give(mail("Where is my order?", stamp=FAIL, message_id="<forged@example.com>"))
        assert genuine in await shop.staged(2)
        assert not shop.files("withdrawn")


async def test_the_true_buyers_second_mail_does(pymap: Pymap, tmp_path: Path) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        await shop.import_orders(jane(Buyer_Email="jane@example.com"))
        shop.give(mail("Where is my parcel?", stamp=PASS, message_id="<first@example.com>"))
        await shop.staged()
        shop.give(mail("Where is my order?", stamp=PASS, message_id="<second@example.com>"))
        await shop.until(lambda: shop.files("withdrawn"), "the elder draft is withdrawn")
        await shop.staged()
