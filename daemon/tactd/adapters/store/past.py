"""What was decided in the past, in the order of time, read a little at a time: a shop's decisions
of a month are too large to be held at once, and a long reading would keep the store's log from
being cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import Connection, Row, and_, exists, func, or_, select

from tactd.adapters.store.documents import load
from tactd.adapters.store.opening import Store
from tactd.adapters.store.schema import decision, mail, reply
from tactd.core.types import Event, Facts

AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """The first decision about a mail, or any about what fell due without a mail."""

    at: datetime
    mail: int | None
    event: Event
    facts: Facts


def decisions_since(store: Store, since: datetime) -> Iterator[list[First | None]]:
    """From then on, in portions. A mail's later decisions are about the same event. None: one that
    cannot be read any more."""
    last: tuple[datetime, int] | None = None
    while True:
        with store.read() as conn:
            rows = conn.execute(_first(since, last)).all()
        if not rows:
            return
        last = (rows[-1].at, rows[-1].id)
        yield [_load(row) for row in rows]


def count_since(conn: Connection, since: datetime) -> int:
    return conn.execute(
        select(func.count()).select_from(decision).where(decision.c.at >= since, _IS_FIRST)
    ).scalar_one()


_earlier = decision.alias("earlier")
_IS_FIRST = or_(
    decision.c.mail.is_(None),
    ~exists().where(_earlier.c.mail == decision.c.mail, _earlier.c.id < decision.c.id),
)


def _first(since: datetime, last: tuple[datetime, int] | None) -> Any:
    columns = (decision.c.id, decision.c.at, decision.c.mail, decision.c.event, decision.c.facts)
    query = select(*columns).where(decision.c.at >= since, _IS_FIRST)
    if last is not None:
        at, number = last
        after = or_(decision.c.at > at, and_(decision.c.at == at, decision.c.id > number))
        query = query.where(decision.c.at >= at, after)
    return query.order_by(decision.c.at, decision.c.id).limit(AT_ONCE)


def _load(row: Row[Any]) -> First | None:
    try:
        event = load(cast("type[Event]", Event), row.event)
        return First(at=row.at, mail=row.mail, event=event, facts=load(Facts, row.facts))
    except ValidationError:
        return None


def claimed(conn: Connection, event_keys: Sequence[str]) -> dict[str, Any]:
    """The reply (id, by, sent_at) that was made ready to answer each of these events."""
    columns = (reply.c.id, reply.c.claim, reply.c.by, reply.c.sent_at)
    rows = conn.execute(select(*columns).where(reply.c.claim.in_(event_keys)))
    return {row.claim: row for row in rows}


def closed(conn: Connection, mails: Sequence[int]) -> dict[int, datetime]:
    """When the seller answered these mails himself, or would have no answer to them."""
    by_person = or_(mail.c.answered_by == "hand", mail.c.answered_by.startswith("rejected"))
    rows = conn.execute(
        select(mail.c.id, mail.c.answered_at).where(mail.c.id.in_(mails), by_person)
    )
    return {row.id: row.answered_at for row in rows}
