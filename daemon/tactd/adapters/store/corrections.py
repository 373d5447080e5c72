"""What the seller has taught: one row a mail, its last word counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from tactd.adapters.store.schema import correction
from tactd.core.types import Intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A mail's own subject and words, what they were read as, and what they mean."""

    mail: int
    at: datetime
    subject: str
    words: str
    language: str
    read_as: Intent
    intent: Intent


def put(conn: Connection, one: Correction) -> None:
    forget(conn, one.mail)
    values = {name: getattr(one, name) for name in one.__slots__}
    conn.execute(insert(correction).values(**values))


def forget(conn: Connection, mail: int) -> bool:
    """False if nothing was taught of it."""
    return bool(conn.execute(delete(correction).where(correction.c.mail == mail)).rowcount)


def count(conn: Connection) -> int:
    return conn.execute(select(func.count()).select_from(correction)).scalar_one()


def latest(conn: Connection, most: int) -> list[Correction]:
    """The newest first. It is asked for every mail, and most sellers teach nothing."""
    if conn.exec_driver_sql("SELECT 1 FROM correction LIMIT 1").first() is None:
        return []
    chosen = select(correction).order_by(correction.c.id.desc()).limit(most)
    return _all(conn.execute(chosen).all())


def _all(rows: Sequence[Row[Any]]) -> list[Correction]:
    return [
        Correction(
            mail=row.mail,
            at=row.at,
            subject=row.subject,
            words=row.words,
            language=row.language,
            read_as=Intent(row.read_as),
            intent=Intent(row.intent),
        )
        for row in rows
    ]
