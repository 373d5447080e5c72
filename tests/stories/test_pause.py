"""The kill switch: no send begins after it, also over a restart; approved files wait."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from servers.pymap_server import Pymap
from shop import ebay_mail, jane, open_shop
from tactd.core.types import ReplyState
from tactd.screens import status, switch


async def test_what_is_approved_during_a_pause_waits_and_goes_out_after_it(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        await shop.import_orders(jane())
        shop.give(ebay_mail("Hello, where is my order?"))
        (path,) = await shop.staged()
        store = shop.service.parts.store
        switch.pause(store, datetime.now(UTC))
        shop.move(path, "approved")
        await shop.until(lambda: shop.reply_states() == [ReplyState.READY], "ready to be sent")
        await shop.service.parts.dispatch.send_due()
        assert shop.smtp.mails == []
        assert any("paused" in one for one in status.problems(shop.status()))
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        await shop.service.parts.dispatch.send_due()
        assert shop.smtp.mails == []
        switch.resume(shop.service.parts.store)
        await shop.sent()
        await shop.until(lambda: shop.files("sent"), "the file in sent/")
        assert len(shop.smtp.mails) == 1


async def test_a_second_pause_keeps_the_time_of_the_first(pymap: Pymap, tmp_path: Path) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        store = shop.service.parts.store
        first = switch.pause(store, datetime(2026, 11, 21, 12, 0, tzinfo=UTC))
        again = switch.pause(store, datetime(2026, 11, 21, 13, 0, tzinfo=UTC))
        assert again["since"] == first["since"]
