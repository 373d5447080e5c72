"""Where a reply's file lies now, which the seller or a command may have moved a moment ago."""

from __future__ import annotations

from pathlib import Path

from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder


def lies_in(root: Path, stored: Stored) -> Folder | None:
    """None: nowhere under its own name."""
    if not stored.folder or not stored.file_name:
        return None
    places = (Folder(stored.folder), *Folder)
    return next((one for one in places if (root / one / stored.file_name).is_file()), None)
