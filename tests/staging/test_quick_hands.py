"""A seller, or his script, may move a file in the very moment in which it appears."""

from __future__ import annotations

from pathlib import Path

import pytest

from tactd.adapters.staging import Staging, folders
from tactd.adapters.staging.whole import write_whole


def test_a_file_that_is_moved_as_soon_as_it_appears_has_been_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    staging = Staging(tmp_path)

    def and_gone(folder: Path, name: str, data: bytes) -> str:
        used = write_whole(folder, name, data)
        (folder / used).rename(tmp_path / "approved" / used)
        return used

    monkeypatch.setattr(folders, "write_whole", and_gone)
    assert staging.write_many([("staged", "a.txt", "To: a@example.com\n")]) == ["a.txt"]
