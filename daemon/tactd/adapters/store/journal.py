"""Decisions, promises, to-dos and troubles: what has happened, and what is still to happen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Connection,
    Row,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.schema import (
    decision,
    promise,
    todo,
    trouble,
)
from tactd.adapters.store.text_forms import order_text
from tactd.core.types import (
    Decision,
    Event,
    Facts,
    OrderKey,
    PromiseKind,
    PromiseState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A decision with all that it was taken from."""

    id: int
    mail: int | None
    at: datetime
    event: Event
    decision: Decision
    policy: str
    templates: str
    facts_document: str

    @property
    def facts(self) -> Facts:
        """Read when asked for: showing a reply does not need them."""
        return load(Facts, self.facts_document)


def decision_values(
    *,
    mail_id: int | None,
    at: datetime,
    event: Event,
    facts: Facts,
    decided: Decision,
    policy: str,
    templates: str,
) -> dict[str, Any]:
    """A decision's row."""
    return {
        "mail": mail_id,
        "at": at,
        "outcome": decided.outcome,
        "would": decided.would,
        "event": dump(type(event), event),
        "facts": dump(Facts, facts),
        "decided": dump(Decision, decided),
        "policy": policy,
        "templates": templates,
    }


def add_decisions(conn: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Their ids, in the order of the rows."""
    return list(conn.execute(_ADD_DECISIONS, list(rows)).scalars()) if rows else []


_ADD_DECISIONS = insert(decision).returning(decision.c.id, sort_by_parameter_order=True)


def snapshot(conn: Connection, decision_id: int) -> Snapshot | None:
    row = conn.execute(select(decision).where(decision.c.id == decision_id)).first()
    return _snapshot(row) if row else None


def snapshots(conn: Connection, decision_ids: Sequence[int]) -> dict[int, Snapshot]:
    rows = conn.execute(select(decision).where(decision.c.id.in_(decision_ids)))
    return {row.id: _snapshot(row) for row in rows}


def last_decision(conn: Connection, mail_id: int) -> Snapshot | None:
    row = conn.execute(
        select(decision).where(decision.c.mail == mail_id).order_by(decision.c.id.desc()).limit(1)
    ).first()
    return _snapshot(row) if row else None


def decisions_of(conn: Connection, mail_id: int, most: int = 100) -> list[Snapshot]:
    """The latest decisions of a mail, in the order in which they were taken."""
    newest = decision.c.id.desc()
    query = select(decision).where(decision.c.mail == mail_id).order_by(newest).limit(most)
    return [_snapshot(row) for row in conn.execute(query)][::-1]


def latest_decisions(conn: Connection, most: int) -> list[Snapshot]:
    rows = conn.execute(select(decision).order_by(decision.c.id.desc()).limit(most))
    return [_snapshot(row) for row in rows]


def _event(document: str) -> Event:
    """Each kind of event has fields that no other has, so the document tells which it is."""
    return load(cast("type[Event]", Event), document)


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(
        id=row.id,
        mail=row.mail,
        at=row.at,
        event=_event(row.event),
        decision=load(Decision, row.decided),
        policy=row.policy,
        templates=row.templates,
        facts_document=row.facts,
    )


# ------------------------------------------------------------------------------ promises, to-dos


def add_promise(
    conn: Connection, kind: PromiseKind, due: datetime, reply_id: int, order: OrderKey | None
) -> None:
    values = {
        "kind": kind,
        "due": due,
        "reply": reply_id,
        "order_key": order_text(order),
        "state": PromiseState.OPEN,
    }
    conn.execute(_ADD_PROMISE, values)


_ADD_PROMISE = upsert(promise).on_conflict_do_nothing()


def withdraw_promises(conn: Connection, reply_id: int) -> None:
    """The mail that made them has not been read by anybody."""
    still_open = promise.c.reply == reply_id, promise.c.state == PromiseState.OPEN
    conn.execute(update(promise).where(*still_open).values(state=PromiseState.WITHDRAWN))


def due_promises(conn: Connection, kind: PromiseKind, by: datetime, most: int) -> list[Row[Any]]:
    """Open promises of that kind that fell due by then, the eldest first."""
    due = (promise.c.state == PromiseState.OPEN, promise.c.due <= by, promise.c.kind == kind)
    return list(conn.execute(select(promise).where(*due).order_by(promise.c.due).limit(most)))


def end_promise(conn: Connection, promise_id: int, state: PromiseState) -> None:
    conn.execute(update(promise).where(promise.c.id == promise_id).values(state=state))


def put_off_promise(conn: Connection, promise_id: int, due: datetime) -> None:
    """What it waits for is expected later now."""
    conn.execute(update(promise).where(promise.c.id == promise_id).values(due=due))


def add_todo(
    conn: Connection, what: str, due: datetime, order: OrderKey | None, reply_id: int | None
) -> bool:
    """One to-do of a kind an order: asking twice does not make two of it. Whether it is new."""
    values = {"what": what, "due": due, "order_key": order_text(order), "reply": reply_id}
    return conn.execute(_ADD_TODO, values).rowcount == 1


_ADD_TODO = upsert(todo).on_conflict_do_nothing()


def open_promises(conn: Connection) -> list[Row[Any]]:
    query = select(promise).where(promise.c.state == PromiseState.OPEN).order_by(promise.c.due)
    return list(conn.execute(query))


def open_todos(conn: Connection) -> list[Row[Any]]:
    return list(conn.execute(select(todo).where(todo.c.done_at.is_(None)).order_by(todo.c.due)))


# ------------------------------------------------------------------------------ troubles


def report(conn: Connection, what: str, about: str, detail: str, at: datetime) -> bool:
    """Note something that the seller should look at; False if it is noted already. What was over
    and comes back is news."""
    values = {"detail": detail, "at": at, "over_at": None}
    statement = upsert(trouble).values(what=what, about=about, **values)
    over = trouble.c.over_at.is_not(None)
    statement = statement.on_conflict_do_update(["what", "about"], set_=values, where=over)
    return conn.execute(statement).rowcount == 1


def resolve(conn: Connection, what: str, about: str, at: datetime) -> None:
    conn.execute(_RESOLVE, {"of_what": what, "of_about": about, "over": at})


_RESOLVE = (
    update(trouble)
    .where(
        trouble.c.what == bindparam("of_what"),
        trouble.c.about == bindparam("of_about"),
        trouble.c.over_at.is_(None),
    )
    .values(over_at=bindparam("over"))
)


def open_troubles(conn: Connection) -> list[Row[Any]]:
    query = select(trouble).where(trouble.c.over_at.is_(None)).order_by(trouble.c.at.desc())
    return list(conn.execute(query))


def open_about(conn: Connection, what: str) -> set[str]:
    """What there is such a trouble about now."""
    return set(conn.execute(_OPEN_ABOUT, {"what": what}).scalars())


_OPEN_ABOUT = select(trouble.c.about).where(
    trouble.c.what == bindparam("what"), trouble.c.over_at.is_(None)
)
