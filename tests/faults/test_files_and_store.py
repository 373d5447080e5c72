"""Files and store that disagree: nothing is sent twice, nothing crashes, and what can be made
good is made good at the next start."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from faults.prepared_shop import Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import FaultySmtp, faulty_smtp
from shop import mail
from tactd.adapters.staging import Staging
from tactd.core.types import ReplyState
from tactd.flow import desk


@pytest.fixture
async def smtp() -> AsyncIterator[FaultySmtp]:
    async with faulty_smtp({}) as server:
        yield server


@pytest.fixture
def shop(tmp_path: Path, faulty_imap: FaultyImap, smtp: FaultySmtp) -> Prepared:
    stranger = mail("Where is my order?", sender="lee@example.com", message_id="<s@example.com>")
    return prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port, mails=[asked(), stranger])


async def start_and_stop(shop: Prepared) -> None:
    async with shop.running() as service:
        await service.handle_all()
        await service.look_at_desk()


async def test_a_staged_file_that_was_deleted_is_there_again_after_a_start(shop: Prepared) -> None:
    before = [path.name for path in shop.files("staged")]
    shop.files("staged")[0].unlink()
    await start_and_stop(shop)
    assert [path.name for path in shop.files("staged")] == before


async def test_a_staged_folder_that_was_deleted_is_there_again_after_a_start(
    shop: Prepared,
) -> None:
    before = [path.name for path in shop.files("staged")]
    shutil.rmtree(shop.root / "replies")
    await start_and_stop(shop)
    assert [path.name for path in shop.files("staged")] == before


async def test_a_folder_deleted_while_the_daemon_runs_crashes_nothing(
    shop: Prepared, faulty_imap: FaultyImap
) -> None:
    async with shop.running() as service:
        shutil.rmtree(shop.root / "replies")
        faulty_imap.add(asked(5, "I want my money back, please."))
        await shop.until(lambda: shop.files("staged"), "a new reply is staged")
        await service.look_at_desk()


async def test_a_renamed_file_is_known_by_its_id(shop: Prepared, smtp: FaultySmtp) -> None:
    path = shop.files("staged")[0]
    os.utime(path, (0, 0))
    renamed = path.rename(path.with_name("done for today.txt"))
    await start_and_stop(shop)
    assert len(shop.files("staged")) == 2, "it is not written a second time"
    shop.approve(renamed)
    async with shop.running():
        await shop.until(lambda: shop.files("sent"), "the file in sent/")
    assert len(smtp.accepted) == 1


async def test_a_sent_file_that_is_gone_or_approved_again_is_not_sent_again(
    shop: Prepared, smtp: FaultySmtp
) -> None:
    shop.approve()
    async with shop.running() as service:
        await shop.until(lambda: shop.files("sent"), "the file in sent/")
        shutil.copy(shop.files("sent")[0], shop.root / "replies" / "approved" / "again.txt")
        os.utime(shop.root / "replies" / "approved" / "again.txt", (0, 0))
        await service.look_at_desk()
        await shop.later(service, 60)
        shop.files("sent")[0].unlink()
    await start_and_stop(shop)
    assert shop.files("approved") == []
    assert len(smtp.accepted) == 1


async def test_a_file_approved_while_the_daemon_moves_its_own_is_not_overlooked(
    shop: Prepared, smtp: FaultySmtp
) -> None:
    first, second = shop.files("staged")
    with shop.parts() as parts:
        parts.desk.look(anew=True)
        shop.approve(first)
        parts.desk.look()
        await parts.dispatch.send_due()
        await parts.outboxes["shop"].close()
        shop.approve(second)
        parts.desk.move_pending()  # brings the first to sent/, and meets the second
        parts.desk.look()
    assert sorted(shop.states()) == [ReplyState.READY, ReplyState.SENT]


async def test_an_approval_in_a_moment_of_trouble_is_followed_later(
    shop: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shop.files("staged")
    with shop.parts() as parts:
        parts.desk.look(anew=True)
        shop.approve(second)
        shop.approve(first).rename(shop.root / "replies" / "rejected" / first.name)
        with monkeypatch.context() as broken:
            broken.setattr(Staging, "move", no_space)
            parts.desk.look()
        assert "file_failed" in shop.troubles()
        assert ReplyState.READY in shop.states(), "the other file is not held up"
        parts.desk.look()
    assert sorted(shop.states()) == [ReplyState.READY, ReplyState.REJECTED]
    assert "file_failed" not in shop.troubles()


def no_space(*_: object) -> str:
    raise OSError(28, "No space left on device")


async def test_a_file_that_nobody_can_handle_holds_up_no_other(
    shop: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = shop.files("staged")
    real = desk.approve

    def approve(conn: object, stored: object, *more: object, **named: object) -> object:
        if stored.reply.id == 1:  # type: ignore[attr-defined]
            raise RuntimeError("nobody foresaw this")
        return real(conn, stored, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(desk, "approve", approve)
    with shop.parts() as parts:
        shop.approve(first)
        shop.approve(second)
        parts.desk.look(anew=True)
    assert sorted(shop.states()) == [ReplyState.READY, ReplyState.STAGED]
    assert "RuntimeError" in shop.troubles()["file_failed"]


async def test_a_folder_that_cannot_be_written_is_told_and_filled_later(
    shop: Prepared, faulty_imap: FaultyImap
) -> None:
    folder = shop.root / "replies" / "staged"
    async with shop.running() as service:
        await shop.until(lambda: service.parts.mailboxes["shop"].health.caught_up, "caught up")
        aside = folder.rename(shop.root / "aside")
        folder.write_text("a file is in the way")
        faulty_imap.add(asked(6, "I want my money back, please."))
        await shop.until(lambda: "folder_unwritable" in shop.troubles(), "it is told")
        folder.unlink()
        aside.rename(folder)
        await asyncio.wait_for(service.handle_all(), 10)
        await shop.until(lambda: "folder_unwritable" not in shop.troubles(), "it is over")
        assert len(shop.files("staged")) >= 2
