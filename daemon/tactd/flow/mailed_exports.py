"""MAILED EXPORTS: what the seller mails to himself goes where he would have dropped it.

That the mail is his must be vouched for, else nothing happens but that he is told. The decision
only notes that there is something to be fetched from the mail; afterwards, outside of any
transaction, its files are laid into the orders folder, and are from there on files like any other:
one road for all of them. After a crash it is done again, and the same file changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.exports import REPORT, TROUBLE
from tactd.adapters.lay import lay
from tactd.adapters.store import Store, flags, inbound, journal
from tactd.adapters.store.inbound import Kept
from tactd.core.read.attached import File, files
from tactd.core.read.mail import read
from tactd.core.reasons import sentence
from tactd.core.screen.own_export import file_name, may_be_export
from tactd.core.types import Decision

MAILED = "mailed:"  # flags: mails whose files are to be laid into the orders folder
UNPROVEN, EXPORT = "export_unproven", "export"
WHOLE = "mail m"  # the trouble is about a mail, of which nothing could be laid
_TOO_LARGE = "it is too large to be fetched whole; put its files into the orders folder yourself"


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail that says that the seller sends exports."""

    mail: int
    mailbox: str
    proven: bool
    detail: str


def read_mailed(mail: int, mailbox: str, decision: Decision) -> Mailed | None:
    last = decision.trail[-1] if decision.trail else None
    if last is None or last.step != "import":
        return None
    why = sentence(last.data.get("why", ""), "en", {})
    proven = last.code == "import.mailed"
    return Mailed(mail, mailbox, proven, f"{last.data.get('files', '')} ({why})")


def take(conn: Connection, some: Iterable[Mailed], now: datetime) -> None:
    for one in some:
        about = f"mailbox {one.mailbox}"
        if one.proven:
            journal.resolve(conn, UNPROVEN, about, now)
            flags.put(conn, f"{MAILED}{one.mail}", "", now)
        else:
            journal.report(conn, UNPROVEN, about, one.detail, now)
        log.event("export_mailed", mail=one.mail, proven=one.proven)


def lay_mailed(store: Store, folder: Path, now: datetime) -> int:
    """Lay what is noted into the orders folder; how many files. Raises OSError if the folder cannot
    be written: then it is done later. Raises StoreError."""
    with store.read() as conn:
        noted = [int(mail) for mail in flags.under(conn, MAILED)]
        mails = [kept for mail in noted if (kept := inbound.one(conn, mail))]
    laid = 0
    for kept in mails:
        for name, one, modified in _to_lay(kept):
            lay(folder, name, one.data, modified)
            laid += 1
        if kept.truncated:
            lay(folder / TROUBLE, note_of(kept.id), _TOO_LARGE.encode(), now)
        with store.write() as conn:
            if kept.truncated:
                journal.report(conn, EXPORT, f"{WHOLE}{kept.id}", _TOO_LARGE, now)
            flags.drop(conn, f"{MAILED}{kept.id}", "")
    return laid


def _to_lay(kept: Kept) -> list[tuple[str, File, datetime]]:
    """(name, file, as of when). A mail may lie about; what it says is not newer than itself."""
    if kept.truncated:
        return []
    date = read(kept.raw, kept.received).date
    modified = min(date, kept.received) if date else kept.received
    found = [one for one in files(kept.raw) if may_be_export(one.name)]
    return [(file_name(kept.id, at, one.name), one, modified) for at, one in enumerate(found, 1)]


def note_of(mail: int) -> str:
    """The file in trouble/ that stands for a mail of which nothing could be laid, until the seller
    throws it away."""
    return f"m{mail}{REPORT}"
