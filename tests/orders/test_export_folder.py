"""The orders/ folder, on a real file system."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tactd.adapters.exports import SETTLE, UNFINISHED_SETTLE, ExportFileError, ExportFolder
from workbook_samples import xlsx

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> ExportFolder:
    made = ExportFolder(tmp_path / "orders")
    made.prepare()
    return made


def drop(folder: ExportFolder, name: str, text: str = "x") -> Path:
    path = folder.root / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_ready_after_two_equal_looks_and_not_before(folder: ExportFolder) -> None:
    path = drop(folder, "orders.csv")
    assert folder.ready(NOW) == []
    assert folder.ready(NOW + SETTLE / 2) == []
    assert folder.ready(NOW + SETTLE) == [path]


def test_a_file_that_grows_is_not_ready(folder: ExportFolder) -> None:
    path = drop(folder, "orders.csv", "one")
    folder.ready(NOW)
    path.write_text("one two", encoding="utf-8")
    assert folder.ready(NOW + SETTLE) == []
    assert folder.ready(NOW + 2 * SETTLE) == [path]


def test_a_file_written_again_in_the_same_size_is_not_ready(folder: ExportFolder) -> None:
    path = drop(folder, "orders.csv")
    folder.ready(NOW)
    later = path.stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(later, later))
    assert folder.ready(NOW + SETTLE) == []


@pytest.mark.parametrize(
    "name",
    [".orders.csv", "~$orders.xlsx", "orders.csv.part", "orders.crdownload", "ORDERS.TMP"],
)
def test_unfinished_and_hidden_files_are_left_alone(folder: ExportFolder, name: str) -> None:
    drop(folder, name)
    folder.ready(NOW)
    assert folder.ready(NOW + SETTLE) == []


def test_what_was_set_aside_is_not_read_again(folder: ExportFolder) -> None:
    path = drop(folder, "orders.csv")
    folder.read(path)
    assert folder.set_aside(path, ok=True) == folder.root / "imported" / "orders.csv"
    folder.ready(NOW)
    assert folder.ready(NOW + SETTLE) == []


def test_a_pipe_or_a_folder_is_no_file(folder: ExportFolder) -> None:
    os.mkfifo(folder.root / "pipe.csv")
    (folder.root / "more").mkdir()
    folder.ready(NOW)
    assert folder.ready(NOW + SETTLE) == []


def test_a_folder_that_has_gone_is_empty(tmp_path: Path) -> None:
    assert ExportFolder(tmp_path / "none").ready(NOW) == []


def test_reading_gives_the_bytes_and_when_they_were_last_modified(folder: ExportFolder) -> None:
    path = drop(folder, "orders.csv", "é")
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    assert folder.read(path) == ("é".encode(), NOW)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    small = ExportFolder(tmp_path, largest=1024 * 1024)
    drop(small, "orders.csv", "x" * (1024 * 1024 + 1))
    with pytest.raises(ExportFileError, match="at most 1 MB"):
        small.read(tmp_path / "orders.csv")


def test_a_file_that_is_not_there_is_a_clear_error(folder: ExportFolder) -> None:
    with pytest.raises(ExportFileError, match=r"gone\.csv cannot be read"):
        folder.read(folder.root / "gone.csv")


def test_nothing_in_imported_or_trouble_is_ever_overwritten(folder: ExportFolder) -> None:
    for text in ("first", "second", "third"):
        path = drop(folder, "orders.csv", text)
        folder.set_aside(path, ok=False)
    trouble = folder.root / "trouble"
    assert {path.name: path.read_text(encoding="utf-8") for path in trouble.iterdir()} == {
        "orders.csv": "first",
        "orders (2).csv": "second",
        "orders (3).csv": "third",
    }


def test_without_hard_links_nothing_is_overwritten_either(
    folder: ExportFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    for text in ("first", "second"):
        folder.set_aside(drop(folder, "orders.csv", text), ok=True)
    imported = folder.root / "imported"
    assert (imported / "orders.csv").read_text(encoding="utf-8") == "first"
    assert (imported / "orders (2).csv").read_text(encoding="utf-8") == "second"


def test_problems_stand_in_a_file_of_the_same_name_beside_it(folder: ExportFolder) -> None:
    path = drop(folder, "orders.csv")
    there = folder.set_aside(path, ok=True, report="line 4: …\n")
    assert there is not None
    beside = there.with_name("orders.csv.problems.txt")
    assert beside.read_text(encoding="utf-8") == "line 4: …\n"
    assert sorted(p.name for p in there.parent.iterdir()) == [
        "orders.csv",
        "orders.csv.problems.txt",
    ]


def test_a_file_written_again_while_it_was_imported_stays_to_be_read_again(
    folder: ExportFolder,
) -> None:
    path = drop(folder, "orders.csv", "old")
    folder.read(path)
    path.write_text("newer and longer", encoding="utf-8")
    assert folder.set_aside(path, ok=True) is None
    assert path.read_text(encoding="utf-8") == "newer and longer"


async def test_a_dropped_file_is_noticed(folder: ExportFolder) -> None:
    changes = folder.changes()
    noticed = asyncio.ensure_future(anext(changes))
    async with asyncio.timeout(10):
        number = 0
        while not noticed.done():  # the watch may start after the first of them
            number += 1
            drop(folder, f"orders {number}.csv")
            await asyncio.wait({noticed}, timeout=0.1)
    assert noticed.exception() is None
    await changes.aclose()


def test_the_eldest_file_is_read_first(folder: ExportFolder) -> None:
    for name, days in (("a.csv", 1), ("b.csv", 3), ("c.csv", 2)):
        stamp = (NOW - timedelta(days=days)).timestamp()
        os.utime(drop(folder, name), (stamp, stamp))
    folder.ready(NOW)
    assert [path.name for path in folder.ready(NOW + SETTLE)] == ["b.csv", "c.csv", "a.csv"]


def test_an_empty_file_gets_time_to_be_filled(folder: ExportFolder) -> None:
    """Firefox holds the name with an empty file while it downloads into another."""
    drop(folder, "report.csv", "")
    assert folder.ready(NOW) == []
    assert folder.ready(NOW + SETTLE * 2) == []
    assert folder.ready(NOW + UNFINISHED_SETTLE) == [folder.root / "report.csv"]


def test_a_workbook_without_its_end_gets_time_and_then_is_read_as_it_is(
    folder: ExportFolder,
) -> None:
    whole = xlsx([["a"]])
    path = folder.root / "report.xlsx"
    path.write_bytes(whole[:-40])
    assert folder.ready(NOW) == folder.ready(NOW + SETTLE) == []
    assert folder.ready(NOW + UNFINISHED_SETTLE) == [path]
    path.write_bytes(whole)
    assert folder.ready(NOW + UNFINISHED_SETTLE) == []
    assert folder.ready(NOW + UNFINISHED_SETTLE + SETTLE) == [path]
