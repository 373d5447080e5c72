"""A move that a crash has cut off between the new name and the old one is undone at the start, and
made again."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tactd.adapters.staging import Staging
from tactd.core.filing.words import Folder

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def written(root: Path, folder: str, name: str = "a.txt") -> Path:
    path = root / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("To: a@example.com\n")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def lying(root: Path, *, anew: bool = True) -> list[str]:
    return sorted(f"{one.folder}/{one.name}" for one in Staging(root).scan(NOW, anew=anew))


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("approved", "sent", "approved"),
        ("approved", "trouble", "approved"),
        ("staged", "withdrawn", "staged"),
        ("trouble", "staged", "staged"),
        ("staged", "approved", "approved"),
        ("held", "rejected", "rejected"),
    ],
)
def test_a_file_under_two_names_keeps_the_one_from_which_it_is_judged(
    one: str, other: str, kept: str, tmp_path: Path
) -> None:
    path = written(tmp_path, one)
    (tmp_path / other).mkdir()
    os.link(path, tmp_path / other / "a_2.txt")
    (left,) = lying(tmp_path)
    assert left.startswith(kept)
    assert (tmp_path / left).read_text() == "To: a@example.com\n"


def test_files_that_only_say_the_same_stay_both(tmp_path: Path) -> None:
    written(tmp_path, "staged")
    written(tmp_path, "withdrawn")
    assert lying(tmp_path) == ["staged/a.txt", "withdrawn/a.txt"]


def test_a_file_that_a_backup_has_linked_elsewhere_stays(tmp_path: Path) -> None:
    path = written(tmp_path / "replies", "staged")
    os.link(path, tmp_path / "backup.txt")
    assert lying(tmp_path / "replies") == ["staged/a.txt"]


def test_two_folders_that_are_one_lose_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, "staged")
    os.link(path, tmp_path / "backup.txt")
    (tmp_path / "held").symlink_to(tmp_path / "staged")
    lying(tmp_path)
    assert path.exists()


def test_while_the_daemon_works_nothing_is_undone(tmp_path: Path) -> None:
    path = written(tmp_path, "staged")
    Staging(tmp_path)
    os.link(path, tmp_path / Folder.APPROVED / "a.txt")
    assert lying(tmp_path, anew=False) == ["approved/a.txt", "staged/a.txt"]
