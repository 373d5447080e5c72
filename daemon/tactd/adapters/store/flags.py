"""Flags: what one part of the daemon leaves for another, or for another process, by name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.schema import flag

HEALTH = "mailbox:"  # how each mailbox is doing, as JSON
ALIVE = "alive"  # when the watchdog last wrote
IN_USE = "in_use"  # the rules that the daemon goes by, as JSON
KILL_SWITCH = "paused"


def put(conn: Connection, name: str, value: str, at: datetime) -> None:
    values = {"value": value, "at": at}
    statement = upsert(flag).values(name=name, **values)
    conn.execute(statement.on_conflict_do_update(["name"], set_=values))


def drop(conn: Connection, name: str, value: str) -> None:
    """Only if it still has that value: what was set meanwhile stays."""
    conn.execute(delete(flag).where(flag.c.name == name, flag.c.value == value))


def under(conn: Connection, prefix: str) -> dict[str, tuple[str, datetime]]:
    """What flags with this beginning say, and since when; by the rest of their names."""
    rows = conn.execute(select(flag).where(flag.c.name.startswith(prefix, autoescape=True)))
    return {row.name.removeprefix(prefix): (row.value, row.at) for row in rows}


def get(conn: Connection, name: str) -> tuple[str, datetime] | None:
    """What a flag says, and since when."""
    row = conn.execute(_GET, {"name": name}).first()
    return (row.value, row.at) if row else None


_GET = select(flag.c.value, flag.c.at).where(flag.c.name == bindparam("name"))


def paused_since(conn: Connection) -> datetime | None:
    """Since when the seller has stopped all sending; None: it is not stopped."""
    said = get(conn, KILL_SWITCH)
    return said[1] if said else None
