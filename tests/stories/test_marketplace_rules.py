"""What a marketplace would not deliver is not sent, whoever wrote it, and the seller reads why."""

from __future__ import annotations

from pathlib import Path

import pytest

from servers.pymap_server import Pymap
from shop import Shop, ebay_mail, jane
from story_kit import (
    asks,
    book,
    edit,
    in_trouble,
    look,
    notes,
    nothing_more,
    order_of,
    provider_paused,
    pymap_shop,
    sheet,
    text_of,
)
from tactd.core.types import ReplyState

LONG = "x" * 2000
LINK = "Follow it at https://track.example/LK1 any time."


async def one_staged(shop: Shop) -> Path:
    await book(shop, jane())
    shop.give(ebay_mail("Hello, where is my order? It has not arrived yet."))
    (path,) = await shop.staged()
    return path


@pytest.mark.parametrize(
    ("added", "rule", "said"),
    [
        (LONG, "longer than the marketplace takes", "/ 2000 characters"),
        (LINK, "delivers no messages with links", "https://track.example/LK1"),
    ],
)
async def test_an_edit_that_the_marketplace_forbids_is_not_sent_until_it_is_mended(
    pymap: Pymap, tmp_path: Path, added: str, rule: str, said: str
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        path = await one_staged(shop)
        edit(path, "Kind regards,", f"{added}\n\nKind regards,")
        shop.move(path, "approved")
        held = await in_trouble(shop, rule)
        assert said in notes(held)

        shop.move(held, "approved")  # the very same text again
        await shop.until(lambda: not shop.files("approved"), "it is looked at again")
        held = await in_trouble(shop, rule)
        await nothing_more(shop, sent=0)
        assert shop.reply_states() == [ReplyState.STAGED]

        edit(held, f"{added}\n\n", "")
        shop.move(held, "approved")
        (arrived,) = await shop.sent()
        assert added not in text_of(arrived.raw)
        await nothing_more(shop, sent=1)


async def test_the_reference_line_counts_for_the_length(pymap: Pymap, tmp_path: Path) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        path = await one_staged(shop)
        room = 2000 - len(sheet(path).body)
        edit(path, "Kind regards,", "y" * (room - 20) + "\n\nKind regards,")
        assert len(sheet(path).body) < 2000
        shop.move(path, "approved")
        await in_trouble(shop, "its reference line included")
        await nothing_more(shop, sent=0)


async def test_a_forbidden_edit_of_an_approved_reply_takes_the_approval_back(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        path = await one_staged(shop)
        with provider_paused(shop):
            approved = shop.move(path, "approved")
            await look(shop)
            assert shop.reply_states() == [ReplyState.READY]
            edit(approved, "Kind regards,", f"{LINK}\n\nKind regards,")
            await look(shop)
        await in_trouble(shop, "delivers no messages with links")
        await nothing_more(shop, sent=0)


async def test_a_buyer_who_writes_by_mail_may_be_sent_a_link(pymap: Pymap, tmp_path: Path) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        await book(shop, order_of(1))
        shop.give(asks(1))
        (path,) = await shop.staged()
        edit(path, "Kind regards,", f"{LINK}\n\nKind regards,")
        shop.move(path, "approved")
        (arrived,) = await shop.sent()
        assert LINK in text_of(arrived.raw)
