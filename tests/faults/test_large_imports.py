"""A large export is read by other processes, piece by piece: whatever ends it in the middle, the
same file again makes it whole, and mail goes on meanwhile."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable
from concurrent.futures import Future, wait
from datetime import UTC, datetime
from pathlib import Path

import pytest

from daemon_process import DaemonProcess, running_daemon
from ebay_samples import jane, report
from faults.prepared_shop import ENV, Prepared, asked, prepare
from faults.test_full_disk import ON_THE_DISK, disk, fill
from servers.imap_faults import FaultyImap
from servers.smtp_faults import faulty_smtp
from tactd.adapters.exports import ExportFolder
from tactd.adapters.store import open_store, orders
from tactd.errors import StoreError
from tactd.flow import reading_apart
from tactd.flow.imports import import_file, importing, next_step
from workbook_samples import xlsx

MANY = 9000
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

__all__ = ["disk"]


def large_report(count: int = MANY, series: int = 13) -> bytes:
    rows = (
        jane(
            Order_Number=f"{series}-{number:05d}-00000",
            Buyer_Username=f"buyer_{number}",
            Buyer_Email=f"{number:020d}@members.ebay.com",
        )
        for number in range(count)
    )
    return report(rows, footer="").encode()


def held(shop: Prepared) -> int:
    store = open_store(shop.config.store.url)
    try:
        with store.read() as conn:
            return orders.count(conn)
    finally:
        store.close()


def helpers(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(word) for path in found for word in path.read_text().split()]


def lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


async def soon(true: Callable[[], object]) -> None:
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not seen")


async def test_a_daemon_killed_in_the_middle_of_an_import_goes_on_after_it(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        before = held(shop)
        folder = tmp_path / "orders"
        folder.mkdir(exist_ok=True)
        (folder / "large.csv").write_bytes(large_report())
        daemon = DaemonProcess(tmp_path, ENV)
        await daemon.start()
        await daemon.until(lambda: before < held(shop), "some orders are in the book")
        others = helpers(daemon.pid)
        daemon.kill()
        assert held(shop) < before + MANY
        assert others
        await soon(lambda: not any(map(lives, others)))
        await daemon.start()
        await daemon.until((folder / "imported" / "large.csv").exists, "it has been imported")
        assert held(shop) == before + MANY
        assert await daemon.stop() == 0


async def test_mail_is_answered_while_a_large_export_is_read(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        async with shop.running() as service:
            box = service.parts.mailboxes["shop"]
            await shop.until(lambda: box.health.caught_up, "caught up")
            (tmp_path / "orders" / "large.csv").write_bytes(large_report(6 * MANY))
            await shop.until(lambda: shop.status()["importing"], "the import has begun")
            faulty_imap.add(asked())
            await shop.until(lambda: shop.files("staged"), "the mail is staged")
            assert shop.status()["importing"]["file"] == "large.csv"
            imported = tmp_path / "orders" / "imported" / "large.csv"
            await shop.until(imported.exists, "it has been imported")
            assert shop.status()["importing"] is None


async def test_exports_are_imported_by_hand_beside_a_daemon_that_reads_others_and_answers(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        before = held(shop)
        (tmp_path / "mine.csv").write_bytes(large_report(5000, series=14))
        async with running_daemon(tmp_path, **ENV) as daemon:
            (tmp_path / "orders" / "large.csv").write_bytes(large_report())
            await daemon.until(lambda: before < held(shop), "it reads its own")
            faulty_imap.add(asked())
            by_hand = await daemon.command("orders", "import", "mine.csv", "--json")
            assert by_hand.returncode == 0, by_hand.stderr
            (said,) = json.loads(by_hand.stdout)
            assert (said["orders"], said["problems"]) == (5000, [])
            await daemon.until(lambda: shop.files("staged"), "the mail is staged")
            imported = tmp_path / "orders" / "imported" / "large.csv"
            await daemon.until(imported.exists, "its own have been read")
            assert held(shop) == before + MANY + 5000
            assert shop.troubles() == {}


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of some kilobytes counts as a large one."""
    monkeypatch.setattr(reading_apart, "LARGE", 10_000)
    monkeypatch.setattr(reading_apart, "LARGE_WORKBOOK", 1_000)


@pytest.mark.usefixtures("apart")
def test_a_disk_that_is_full_in_the_middle_leaves_a_book_that_the_same_file_completes(
    tmp_path: Path, disk: Path
) -> None:
    shop = prepare(tmp_path, imap=9, smtp=9, more=ON_THE_DISK)
    before = held(shop)
    store = open_store(shop.config.store.url)
    folder = ExportFolder(tmp_path)
    path = tmp_path / "large.csv"
    path.write_bytes(large_report(3000))
    steps = importing(store, folder, path, NOW)
    filler = None
    with pytest.raises(StoreError, match="full"):
        while True:
            if isinstance(ahead := next_step(steps), Future):
                wait([ahead])
            if filler is None and held(shop) > before:
                filler = fill(disk)
    steps.close()
    assert before < held(shop) < before + 3000
    assert filler is not None
    filler.unlink()
    result = import_file(store, folder, path, NOW)
    assert (result.orders, result.refused) == (3000, "")
    assert held(shop) == before + 3000
    assert import_file(store, folder, path, NOW).changed == 0
    store.close()


@pytest.mark.usefixtures("apart")
def test_a_large_workbook_is_read_by_another_process_too(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'book.db'}")
    path = tmp_path / "large.xlsx"
    path.write_bytes(xlsx(list(csv.reader(io.StringIO(large_report(1200).decode(), newline="")))))
    result = import_file(store, ExportFolder(tmp_path), path, NOW)
    assert (result.orders, result.changed, result.refused) == (1200, 1200, "")
    store.close()


@pytest.mark.usefixtures("apart")
@pytest.mark.parametrize("junk", [b"\xff", b'"never closed', b"\x00\x00\x00"])
def test_what_is_spoilt_at_the_end_of_a_large_file_loses_no_order(
    tmp_path: Path, junk: bytes
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'book.db'}")
    path = tmp_path / "large.csv"
    path.write_bytes(large_report(2500) + junk)
    result = import_file(store, ExportFolder(tmp_path), path, NOW)
    assert (result.orders, result.refused) == (2500, "")
    store.close()


@pytest.mark.usefixtures("apart")
def test_a_large_file_of_another_kind_is_refused_with_its_kind(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'book.db'}")
    path = tmp_path / "letters.csv"
    path.write_bytes(b"just,a,letter\r\n" * 5000)
    result = import_file(store, ExportFolder(tmp_path), path, NOW)
    assert "not an order export" in result.refused
    store.close()
