"""An order report that could not be read is no trouble any more once the seller has thrown it away,
or the list of its bad rows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tactd.adapters.exports import IMPORTED, REPORT, TROUBLE
from tactd.adapters.store import Store, journal
from tactd.flow.mailed_exports import EXPORT

MAILED = "mail m"  # what came by mail lies in no folder


def forget_thrown_away(store: Store, root: Path, now: datetime) -> None:
    """`root`: the orders folder. Raises StoreError."""
    with store.read() as conn:
        told = journal.open_about(conn, EXPORT)
    gone = [name for name in told if not name.startswith(MAILED) and not _lies(root, name)]
    if gone:
        with store.write() as conn:
            for name in gone:
                journal.resolve(conn, EXPORT, name, now)


def _lies(root: Path, name: str) -> bool:
    """Anywhere where tactd lays it; a folder that cannot be looked into may hold it."""
    places = (root / name, root / TROUBLE / name, root / IMPORTED / f"{name}{REPORT}")
    try:
        return not root.is_dir() or any(map(Path.exists, places))
    except OSError:
        return True
