"""Laying a file into a folder that others look at: it is there whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path


def lay(folder: Path, name: str, data: bytes, modified: datetime) -> None:
    """A file of that name stays as it is: the same one has been laid before. Raises OSError."""
    draft, there = folder / f".{name}.tmp", folder / name
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.utime(draft, (modified.timestamp(), modified.timestamp()))
        if not there.exists():
            draft.rename(there)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
