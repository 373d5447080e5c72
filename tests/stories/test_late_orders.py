"""A report may come before or after the mails about its orders; the drafts end up the same."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from ebay_samples import report
from servers.pymap_server import Pymap
from shop import Shop, ebay_mail, jane, open_shop
from tactd.adapters.store import flags
from tactd.core.types import ReplyState
from tactd.flow.imports import BOOK_CHANGED, book_changed, compared

WHERE = "Hello, where is my order? It has not arrived yet."


async def test_a_draft_that_found_no_order_is_drawn_again_when_the_order_comes(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        shop.give(ebay_mail(WHERE))
        (blind,) = await shop.staged()
        assert "handover" in blind.name
        await shop.import_orders(jane())
        await shop.until(lambda: _staged(shop, "in_transit"), "a draft about the order")
        assert shop.reply_states() == [ReplyState.WITHDRAWN, ReplyState.STAGED]
        await shop.until(lambda: _noted(shop), "the old draft is withdrawn and says why")


async def test_a_text_of_the_sellers_is_not_drawn_again_when_the_order_comes(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        shop.give(ebay_mail(WHERE))
        (path,) = await shop.staged()
        path.write_text(
            path.read_text("utf-8").replace("\n\n", "\n\nMy own words.\n\n", 1), "utf-8"
        )
        await shop.import_orders(jane())
        await shop.service.parts.writer.do(shop.service.parts.desk.check_facts)
        assert shop.reply_states() == [ReplyState.STAGED]
        assert "My own words." in path.read_text("utf-8")


async def test_an_order_of_somebody_else_draws_nothing_again(pymap: Pymap, tmp_path: Path) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        shop.give(ebay_mail(WHERE))
        await shop.staged()
        other = {"Buyer Username": "lucia.m", "Order Number": "12-34567-00000"}
        await shop.import_orders(jane() | other | {"Buyer Email": "lucia@example.com"})
        await shop.service.parts.writer.do(shop.service.parts.desk.check_facts)
        assert shop.reply_states() == [ReplyState.STAGED]


async def test_a_report_that_lies_there_is_read_before_the_first_mail_is_decided(
    pymap: Pymap, tmp_path: Path
) -> None:
    pymap.append(ebay_mail(WHERE))
    folder = tmp_path / "orders"
    folder.mkdir()
    (folder / "OrdersReport.csv").write_text(report([jane()], footer=""), "utf-8")
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        (path,) = await shop.staged()
        assert "in_transit" in path.name
        assert shop.reply_states() == [ReplyState.STAGED]


async def test_the_difference_is_told_in_the_sellers_language(pymap: Pymap, tmp_path: Path) -> None:
    more = {"user": pymap.user, "give": pymap.append, "language": "zh"}
    async with open_shop(tmp_path, pymap, **more) as shop:
        shop.give(ebay_mail(WHERE))
        await shop.staged()
        await shop.import_orders(jane())
        await shop.until(lambda: _noted(shop), "the old draft is withdrawn and says why")
        (old,) = shop.files("withdrawn")
        assert "订单号: ? → 12-34567-89012." in old.read_text("utf-8").splitlines()[0]


async def test_an_import_by_hand_beside_the_daemon_draws_drafts_again(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        shop.give(ebay_mail(WHERE))
        (blind,) = await shop.staged()
        assert "handover" in blind.name
        await _import_by_hand(tmp_path, pymap.password)
        await shop.until(lambda: _staged(shop, "in_transit"), "a draft about the order")
        assert shop.reply_states() == [ReplyState.WITHDRAWN, ReplyState.STAGED]
        await shop.until(lambda: not book_changed(shop.service.parts.store), "it is compared once")


async def test_an_import_by_hand_while_the_daemon_is_away_is_compared_when_it_comes(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        shop.give(ebay_mail(WHERE))
        await shop.staged()
    await _import_by_hand(tmp_path, pymap.password)
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        await shop.until(lambda: _staged(shop, "in_transit"), "a draft about the order")


async def test_what_changes_while_drafts_are_compared_is_compared_too(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        store = shop.service.parts.store
    with store.write() as conn:
        flags.put(conn, BOOK_CHANGED, "first", shop.now[0])
    seen = book_changed(store)
    with store.write() as conn:
        flags.put(conn, BOOK_CHANGED, "second", shop.now[0])
    compared(store, seen)
    assert book_changed(store) == "second"
    compared(store, "second")
    assert book_changed(store) == ""


async def _import_by_hand(root: Path, password: str) -> None:
    """`tactd orders import`, another process."""
    export = root / "by-hand.csv"
    export.write_text(report([jane()], footer=""), "utf-8")
    words = ("-m", "tactd", "orders", "import", str(export), "--config", str(root / "config.toml"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, env={**os.environ, "SHOP_PASSWORD": password}
    )
    assert await process.wait() == 0


def _staged(shop: Shop, situation: str) -> bool:
    return any(situation in path.name for path in shop.files("staged"))


def _noted(shop: Shop) -> bool:
    found = [path.read_text("utf-8").splitlines()[0] for path in shop.files("withdrawn")]
    return len(found) == 1 and "12-34567-89012" in found[0]
