"""An order report that could not be read is no trouble any more once the seller has thrown it away,
or the list of its bad rows; what came by mail neither once a good file has come in its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from tactd.adapters.exports import IMPORTED, REPORT, TROUBLE
from tactd.adapters.store import Store, journal
from tactd.core.screen.own_export import told_of
from tactd.flow.mailed_exports import EXPORT, WHOLE, note_of


def forget_thrown_away(store: Store, root: Path, now: datetime) -> None:
    """`root`: the orders folder. Raises StoreError."""
    with store.read() as conn:
        told = journal.open_about(conn, EXPORT)
    gone = [name for name in told if not _lies(root, name)]
    if gone:
        with store.write() as conn:
            for name in gone:
                journal.resolve(conn, EXPORT, name, now)


def forget_mended(conn: Connection, good: str, now: datetime) -> None:
    """`good` has been read without fault: so the trouble with an earlier file of that name is over,
    and with one that was mailed under it in another form (`Orders.zip`). A mail that was too large
    is followed by another, or by what the seller throws away."""
    mail, name = told_of(good)
    for about in journal.open_about(conn, EXPORT):
        earlier, called = told_of(about)
        replaced = earlier > 0 and called == name and (not mail or earlier < mail)
        if about == good or replaced or _of_earlier_mail(about, mail):
            journal.resolve(conn, EXPORT, about, now)


def _of_earlier_mail(about: str, mail: int) -> bool:
    number = about.removeprefix(WHOLE) if about.startswith(WHOLE) else ""
    return number.isdecimal() and int(number) < mail


def _lies(root: Path, name: str) -> bool:
    """Anywhere where tactd lays it; a folder that cannot be looked into may hold it."""
    places = [root / name, root / TROUBLE / name, root / IMPORTED / f"{name}{REPORT}"]
    if name.startswith(WHOLE) and (number := name.removeprefix(WHOLE)).isdecimal():
        places = [root / TROUBLE / note_of(int(number))]
    try:
        return not root.is_dir() or any(map(Path.exists, places))
    except OSError:
        return True
