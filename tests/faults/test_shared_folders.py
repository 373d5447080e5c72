"""The folders that the seller and tactd share, when they cannot be used: said where he looks, and
made good by itself when they can be again."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from daemon_process import DaemonProcess
from faults.prepared_shop import ENV, Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import faulty_smtp
from tactd.adapters.shared import make_usable
from tactd.errors import FolderError

NOBODY = 65534


@pytest.fixture
def shop(tmp_path: Path, faulty_imap: FaultyImap) -> Prepared:
    return prepare(tmp_path, imap=faulty_imap.port, smtp=9, mails=[asked()])


def block(folder: Path) -> Path:
    """A file where a folder should be; where the folder lies now."""
    aside = folder.rename(folder.with_name(f"{folder.name} aside"))
    folder.write_text("a file is in the way")
    return aside


def unblock(folder: Path, aside: Path) -> None:
    folder.unlink()
    aside.rename(folder)


async def test_a_replies_folder_that_cannot_be_read_is_told_and_the_work_goes_on(
    shop: Prepared, faulty_imap: FaultyImap
) -> None:
    folder = shop.root / "replies" / "rejected"
    async with shop.running() as service:
        await shop.until(lambda: service.parts.mailboxes["shop"].health.caught_up, "caught up")
        aside = block(folder)
        await service.look_at_desk()
        assert shop.troubles()["folder_unreadable"] == f"{folder} cannot be used: Not a directory"
        assert "look at the folder's owner and mode" in shop.problems()
        faulty_imap.add(asked(2, "I want my money back, please."))
        await shop.until(lambda: shop.contents("my money back"), "new mail is staged all the same")
        unblock(folder, aside)
        await service.look_at_desk()
        assert "folder_unreadable" not in shop.troubles()


async def test_what_was_approved_while_another_folder_could_not_be_read_goes_out_later(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port, mails=[asked()])
        folder = shop.root / "replies" / "trouble"
        async with shop.running() as service:
            aside = block(folder)
            shop.approve()
            await service.look_at_desk()
            assert smtp.accepted == []
            unblock(folder, aside)
            await shop.until(lambda: shop.files("sent"), "it is sent")
        assert len(smtp.accepted) == 1


async def test_an_orders_folder_that_cannot_be_read_is_told_until_it_can(shop: Prepared) -> None:
    folder = shop.root / "orders"
    async with shop.running() as service:
        aside = block(folder)
        await service.rounds.import_exports()
        assert "Not a directory" in shop.troubles()["folder_unreadable"]
        unblock(folder, aside)
        await service.rounds.import_exports()
        assert "folder_unreadable" not in shop.troubles()


async def test_a_trouble_of_an_earlier_run_is_over_at_the_first_look(shop: Prepared) -> None:
    with shop.parts() as parts:
        aside = block(shop.root / "replies" / "held")
        parts.desk.look()
    assert "folder_unreadable" in shop.troubles()
    unblock(shop.root / "replies" / "held", aside)
    with shop.parts() as parts:
        parts.desk.look()
    assert "folder_unreadable" not in shop.troubles()


@pytest.mark.parametrize("folder", ["replies", "orders"])
async def test_a_start_on_a_folder_that_cannot_be_used_ends_in_one_clear_line(
    shop: Prepared, folder: str
) -> None:
    block(shop.root / folder)
    daemon = DaemonProcess(shop.root, ENV)
    await daemon.start(until="")
    assert await daemon.ended() == 74
    (line,) = daemon.log.splitlines()
    assert f"[{folder}] folder: {shop.root / folder}" in line
    assert "look at its owner and mode" in line


@pytest.fixture
def of_another_user() -> Iterator[Path]:
    """A folder that may be read and not written."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755 if os.geteuid() == 0 else 0o500)
        if os.geteuid() != 0:
            yield folder
        else:
            os.seteuid(NOBODY)
            try:
                yield folder
            finally:
                os.seteuid(0)


def test_a_folder_that_may_not_be_written_is_found_before_anything_is_lost(
    of_another_user: Path,
) -> None:
    with pytest.raises(FolderError, match=r"\[replies\] folder: .* may not be read and written"):
        make_usable("[replies] folder", of_another_user, ())
    with pytest.raises(FolderError, match="cannot be made: Permission denied"):
        make_usable("[replies] folder", of_another_user / "new", ())


def test_looking_leaves_a_good_folder_as_it_was(tmp_path: Path) -> None:
    make_usable("[orders] folder", tmp_path / "orders", ("imported",))
    (tmp_path / "orders" / "a.csv").write_text("x")
    make_usable("[orders] folder", tmp_path / "orders", ("imported",))
    there = sorted(path.name for path in (tmp_path / "orders").iterdir())
    assert there == ["a.csv", "imported"]
