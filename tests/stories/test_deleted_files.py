"""Deleting an approved file says "not this": it is not sent, and the reply waits again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from servers.pymap_server import Pymap
from shop import Shop
from story_kit import (
    asks,
    book,
    edit,
    look,
    nothing_more,
    order_of,
    provider_paused,
    pymap_shop,
    sheet,
    text_of,
)
from tactd.core.types import ReplyState
from tactd.flow.send import pause_account

STAGED, READY, SENT = ReplyState.STAGED, ReplyState.READY, ReplyState.SENT


async def approved_and_waiting(shop: Shop, added: str = "") -> Path:
    """A reply that has been approved while the provider takes no mail."""
    await book(shop, order_of(1))
    shop.give(asks(1))
    (path,) = await shop.staged()
    if added:
        edit(path, "Kind regards,", f"{added}\n\nKind regards,")
    approved = shop.move(path, "approved")
    await look(shop)
    assert shop.reply_states() == [READY]
    return approved


async def test_an_approved_file_that_is_deleted_is_not_sent_and_waits_again(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        with provider_paused(shop):
            approved = await approved_and_waiting(shop, "I have asked the post office.")
            approved.unlink()
            await look(shop)
            assert shop.reply_states() == [STAGED]
            (path,) = await shop.staged()
        assert "I have asked the post office." in sheet(path).body, "his own text is kept"
        assert any("deleted" in line for line in sheet(path).top)
        assert "deleted" in shop.why("1")["note"]
        await nothing_more(shop, sent=0)

        shop.move(path, "approved")
        (arrived,) = await shop.sent()
        assert "I have asked the post office." in text_of(arrived.raw)
        await nothing_more(shop, sent=1)
        assert shop.reply_states() == [SENT]


async def test_a_file_deleted_while_tactd_is_away_is_not_sent_when_it_comes_back(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        now = shop.service.parts.clock()
        with shop.service.parts.store.write() as conn:
            pause_account(conn, "shop", now + timedelta(hours=1), "a story", now)
        approved = await approved_and_waiting(shop)
    approved.unlink()
    async with pymap_shop(pymap, tmp_path) as shop:
        await shop.staged()
        await nothing_more(shop, sent=0)
        assert shop.reply_states() == [STAGED]


@pytest.mark.parametrize("folder", ["staged", "rejected"])
async def test_a_file_that_is_moved_is_not_taken_for_deleted(
    pymap: Pymap, tmp_path: Path, folder: str
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        with provider_paused(shop):
            approved = await approved_and_waiting(shop)
            shop.move(approved, folder)
            await look(shop)
        await nothing_more(shop, sent=0)
        assert shop.reply_states() == [STAGED if folder == "staged" else ReplyState.REJECTED]
        (path,) = shop.files(folder)
        assert sheet(path).top == []
        assert sum(len(shop.files(one)) for one in ("staged", "approved", "withdrawn")) == (
            1 if folder == "staged" else 0
        )


async def test_an_editor_that_writes_the_file_anew_does_not_delete_it(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path) as shop:
        with provider_paused(shop):
            approved = await approved_and_waiting(shop)
            text = approved.read_text(encoding="utf-8")
            approved.unlink()
            approved.write_text(text.replace("Kind regards,", "Warm regards,"), encoding="utf-8")
            await shop.service.look_at_desk()  # it was written this very moment
            assert shop.reply_states() == [READY]
            await look(shop)
        (arrived,) = await shop.sent()
        assert "Warm regards," in text_of(arrived.raw)
        await nothing_more(shop, sent=1)
