"""Which endpoints are one person: every tie with its evidence, and those that the seller has
undone. (Most ties are not rows: an order that holds two endpoints ties them by itself.)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.schema import tie
from tactd.adapters.store.text_forms import endpoint_text, text_endpoint
from tactd.core.types import Endpoint, Tie

BY_HAND = "undone by hand"
"""The evidence of a row that only says that two endpoints are not one person."""


def undone(conn: Connection) -> frozenset[frozenset[Endpoint]]:
    """The pairs that the seller has taken apart: few, and asked for with each mail."""
    rows = conn.execute(_UNDONE).all()
    return frozenset(frozenset((text_endpoint(row.one), text_endpoint(row.other))) for row in rows)


_UNDONE = select(tie.c.one, tie.c.other).where(tie.c.undone_at.is_not(None))


def of(conn: Connection, endpoints: Sequence[Endpoint]) -> list[Tie]:
    """The noted ties of these endpoints, undone ones too, the eldest first."""
    texts = [endpoint_text(one) for one in endpoints]
    rows = conn.execute(_OF, {"texts": texts})
    return [
        Tie(text_endpoint(row.one), text_endpoint(row.other), row.evidence, row.at, row.undone_at)
        for row in rows
    ]


_OF = (
    select(tie)
    .where(
        or_(
            tie.c.one.in_(bindparam("texts", expanding=True)),
            tie.c.other.in_(bindparam("texts", expanding=True)),
        )
    )
    .order_by(tie.c.id)
)


def undo(conn: Connection, one: Endpoint, other: Endpoint, at: datetime) -> None:
    """These two are not one person, whatever says so, now or later."""
    mine, his = sorted((endpoint_text(one), endpoint_text(other)))
    conn.execute(update(tie).where(_between(mine, his)).values(undone_at=at))
    values = {"one": mine, "other": his, "evidence": BY_HAND, "at": at, "undone_at": at}
    statement = upsert(tie).values(values)
    conn.execute(
        statement.on_conflict_do_update(["one", "other", "evidence"], set_={"undone_at": at})
    )


def redo(conn: Connection, one: Endpoint, other: Endpoint) -> bool:
    """What ties them counts again; False if nothing was undone between them."""
    mine, his = sorted((endpoint_text(one), endpoint_text(other)))
    which = and_(_between(mine, his), tie.c.undone_at.is_not(None))
    return conn.execute(update(tie).where(which).values(undone_at=None)).rowcount > 0


def _between(mine: str, his: str) -> ColumnElement[bool]:
    return or_(
        and_(tie.c.one == mine, tie.c.other == his), and_(tie.c.one == his, tie.c.other == mine)
    )
