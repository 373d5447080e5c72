"""Who asked for less mail, and whose address bounces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.schema import silence, suppressed
from tactd.core.types import Silence

_STRICTER = {Silence.NONE: 0, Silence.NO_UNASKED: 1, Silence.STOP: 2}


def set_silence(
    conn: Connection, endpoints: Sequence[str], level: Silence, why: str, at: datetime
) -> None:
    """He asked for less mail (`why`: "mail 12"). Never loosened by what comes later."""
    for endpoint in endpoints:
        values = {"level": level, "why": why, "at": at}
        statement = upsert(silence).values(endpoint=endpoint, **values)
        looser = silence.c.level.in_([one for one in Silence if _STRICTER[one] < _STRICTER[level]])
        conn.execute(statement.on_conflict_do_update(["endpoint"], set_=values, where=looser))


def silence_of(conn: Connection, endpoints: Sequence[str], apart_from: str = "") -> Silence:
    """The strictest that he has asked for, apart from what this mail ("mail 12") asks itself."""
    rows = conn.execute(_SILENCE, {"endpoints": endpoints})
    levels = [Silence(row.level) for row in rows if row.why != apart_from]
    return max(levels, key=_STRICTER.__getitem__, default=Silence.NONE)


def end_silence(conn: Connection, endpoint: str) -> list[str]:
    """The seller knows that this buyer wants mail again; his endpoints that get some. What one
    mail of his silenced goes together."""
    whys = list(conn.execute(select(silence.c.why).where(silence.c.endpoint == endpoint)).scalars())
    found = list(conn.execute(select(silence.c.endpoint).where(silence.c.why.in_(whys))).scalars())
    conn.execute(delete(silence).where(silence.c.endpoint.in_(found)))
    return found


_SILENCE = select(silence.c.level, silence.c.why).where(
    silence.c.endpoint.in_(bindparam("endpoints", expanding=True))
)


def suppress(conn: Connection, endpoint: str, why: str, reply_id: int | None, at: datetime) -> None:
    """A mail to this address has bounced for good."""
    values = {"why": why, "reply": reply_id, "at": at}
    statement = upsert(suppressed).values(endpoint=endpoint, **values)
    conn.execute(statement.on_conflict_do_update(["endpoint"], set_=values))


def suppressed_among(conn: Connection, endpoints: Sequence[str]) -> str:
    """Why one of these addresses gets nothing by itself; "" if none is suppressed."""
    return conn.execute(_SUPPRESSED, {"endpoints": endpoints}).scalar() or ""


_SUPPRESSED = (
    select(suppressed.c.why)
    .where(suppressed.c.endpoint.in_(bindparam("endpoints", expanding=True)))
    .limit(1)
)


def bounced_at(conn: Connection, endpoints: Sequence[str]) -> dict[str, datetime]:
    """Since when each of these addresses bounces; those that do not are left out."""
    return {row.endpoint: row.at for row in conn.execute(_BOUNCED, {"endpoints": endpoints})}


_BOUNCED = select(suppressed.c.endpoint, suppressed.c.at).where(
    suppressed.c.endpoint.in_(bindparam("endpoints", expanding=True))
)


def lift(conn: Connection, endpoint: str) -> bool:
    """The address is good again; False if it was never bad."""
    return conn.execute(delete(suppressed).where(suppressed.c.endpoint == endpoint)).rowcount == 1
