"""How far each mailbox's Sent folder has been read back into the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from tactd.adapters.store import flags
from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.schema import flag
from tactd.core.types import SentRead

_NAME = "sent_read:"  # a flag a mailbox


def sent_read(conn: Connection, mailbox: str) -> SentRead | None:
    """None: it was never begun."""
    said = conn.execute(_SAID, {"name": _NAME + mailbox}).scalar()
    return load(SentRead, said) if said else None


_SAID = select(flag.c.value).where(flag.c.name == bindparam("name"))


def note_sent_read(conn: Connection, mailbox: str, further: SentRead, now: datetime) -> None:
    flags.put(conn, _NAME + mailbox, dump(SentRead, further), now)
