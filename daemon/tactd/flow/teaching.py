"""What the seller's corrections say of a mail, and how one is taught."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection

from tactd.adapters.store import corrections, journal
from tactd.adapters.store.corrections import Correction as Stored
from tactd.core.classify.corrections import Correction, taught
from tactd.core.types import NOT_TAUGHT, BuyerWrote, Intent, Message, Reader, Taught

MOST = 500  # corrections that are compared; the newest
WORDS = 4_000  # characters of a mail that are kept with its correction


def taught_of(conn: Connection, message: Message, reader: Reader) -> Taught:
    """What the corrections say of a mail."""
    rows = corrections.latest(conn, MOST) if message.words else []
    if not rows:
        return NOT_TAUGHT
    learnt = [Correction(_marks(reader, r.subject, r.words), r.read_as, r.intent) for r in rows]
    return taught(reader.marks(message.subject, message.words), learnt)


def teach(conn: Connection, mail: int, intent: Intent, now: datetime) -> Stored | None:
    """Keep that a mail meant this; what was taught of it before is replaced.

    None: it has not been read, so there is nothing to correct."""
    snapshot = journal.last_decision(conn, mail)
    if snapshot is None or snapshot.decision.reading is None:
        return None
    if not isinstance(snapshot.event, BuyerWrote):
        return None
    message, reading = snapshot.event.message, snapshot.decision.reading
    one = Stored(
        mail=mail,
        at=now,
        subject=message.subject,
        words=message.words[:WORDS],
        language=reading.language,
        read_as=reading.intent,
        intent=intent,
    )
    corrections.put(conn, one)
    return one


@lru_cache(MOST)
def _marks(reader: Reader, subject: str, words: str) -> frozenset[int]:
    return reader.marks(subject, words)
