"""Moves that a crash has cut off. A move gives a file its new name before it takes the old one
(whole.py), so a crash in between leaves it under both; nothing else makes such a pair but the
seller's own `ln`.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from tactd.adapters.staging.look import list_folder
from tactd.core.filing.words import Folder

# Where the file stays: first where the seller decides something by it, last where tactd itself
# puts files aside. From there its meaning is judged afresh, and the move made again.
_STAYS = (
    Folder.APPROVED,
    Folder.REJECTED,
    Folder.STAGED,
    Folder.HELD,
    Folder.SENT,
    Folder.WITHDRAWN,
    Folder.TROUBLE,
)


def undo_cut_off(root: Path) -> int:
    """Take the second name from files that lie in two of the folders; how many. To be called
    while nothing is being moved. Raises OSError if a folder cannot be listed."""
    undone, stays = 0, dict[tuple[int, int], Path]()
    for folder in _STAYS:
        for name, status in list_folder(root / folder):
            path = root / folder / name
            first = stays.setdefault((status.st_dev, status.st_ino), path)
            if first is path or status.st_nlink < 2 or first.parent.samefile(path.parent):
                continue
            with contextlib.suppress(OSError):
                path.unlink()
                undone += 1
    return undone
