"""Decisions, the contact ledger, promises, to-dos, troubles and flags: what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    Connection,
    Row,
    bindparam,
    delete,
    func,
    insert,
    select,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.schema import (
    decision,
    flag,
    ledger,
    mail,
    promise,
    silence,
    todo,
    trouble,
)
from tactd.adapters.store.text_forms import endpoint_text, order_text, text_endpoint, text_order
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Decision,
    Event,
    Facts,
    LedgerRow,
    OrderKey,
    PromiseKind,
    PromiseState,
)

HEALTH = "mailbox:"  # flags: how each mailbox is doing, as JSON
ALIVE = "alive"  # flag: when the watchdog last wrote
IN_USE = "in_use"  # flag: the rules that the daemon goes by, as JSON


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


# ------------------------------------------------------------------------------ contact ledger


def add_contact(conn: Connection, row: LedgerRow, message_id: str | None = None) -> None:
    """The same Message-ID is the same contact, however often it is seen."""
    add_contacts(conn, [(row, message_id)])


def add_contacts(conn: Connection, rows: Sequence[tuple[LedgerRow, str | None]]) -> None:
    """The same for many, each with its Message-ID."""
    if rows:
        conn.execute(_ADD_CONTACT, [_contact_values(row, once) for row, once in rows])


def _contact_values(row: LedgerRow, message_id: str | None) -> dict[str, Any]:
    return {
        "at": row.at,
        "endpoint": endpoint_text(row.endpoint),
        "mailbox": row.mailbox,
        "order_key": order_text(row.order),
        "thread": row.thread,
        "kind": row.kind,
        "by": row.by,
        "situation": row.situation,
        "reply": row.reply,
        "state": row.state,
        "message_id": message_id,
    }


_NEW_CONTACT = upsert(ledger)
_ADD_CONTACT = _NEW_CONTACT.on_conflict_do_update(
    ["message_id"],
    set_={"state": _NEW_CONTACT.excluded.state, "at": _NEW_CONTACT.excluded.at},
)


def settle_contact(conn: Connection, reply_id: int, state: ContactState) -> None:
    conn.execute(_SETTLE_CONTACT, {"reply_id": reply_id, "new_state": state})


_SETTLE_CONTACT = (
    update(ledger)
    .where(ledger.c.reply == bindparam("reply_id"))
    .values(state=bindparam("new_state"))
)


def copied_contact(
    conn: Connection, endpoints: Sequence[str], order: OrderKey | None, since: datetime
) -> str | None:
    """By what the eldest row is known that a marketplace's copy has made of something written on
    its site to one of these endpoints, and that is no known reply yet."""
    given = {"endpoints": endpoints, "order_key": order_text(order), "since": since}
    found: str | None = conn.execute(_COPIED_CONTACT, given).scalar()
    return found


_COPIED_CONTACT = (
    select(ledger.c.message_id)
    .where(
        ledger.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        ledger.c.endpoint.startswith("user@"),
        ledger.c.order_key == bindparam("order_key"),
        ledger.c.kind == ContactKind.HAND,
        ledger.c.reply.is_(None),
        ledger.c.at >= bindparam("since"),
    )
    .order_by(ledger.c.at)
    .limit(1)
)


def adopt_contact(conn: Connection, message_id: str, reply_id: int, situation: str) -> None:
    """That contact was this reply."""
    values = {"reply": reply_id, "situation": situation}
    conn.execute(update(ledger).where(ledger.c.message_id == message_id).values(**values))


def contacts(conn: Connection, endpoints: Sequence[str], since: datetime) -> list[LedgerRow]:
    rows = conn.execute(_CONTACTS, {"endpoints": endpoints, "since": since})
    return [
        LedgerRow(
            at=row.at,
            endpoint=text_endpoint(row.endpoint),
            mailbox=row.mailbox,
            kind=ContactKind(row.kind),
            by=By(row.by),
            state=ContactState(row.state),
            order=text_order(row.order_key),
            thread=row.thread,
            situation=row.situation,
            reply=row.reply,
        )
        for row in rows
    ]


_CONTACTS = (
    select(ledger)
    .where(
        ledger.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        ledger.c.at >= bindparam("since"),
    )
    .order_by(ledger.c.at)
)


def nth_newest(conn: Connection, mailbox: str, nth: int, since: datetime) -> datetime | None:
    """When the nth newest mail went out from a mailbox, if that was later than `since`."""
    found: datetime | None = conn.execute(
        _NTH_NEWEST, {"mailbox": mailbox, "since": since, "before": nth - 1}
    ).scalar()
    return found


_NTH_NEWEST = (
    select(ledger.c.at)
    .where(
        ledger.c.mailbox == bindparam("mailbox"),
        ledger.c.at > bindparam("since"),
        ledger.c.state != ContactState.REFUSED,
    )
    .order_by(ledger.c.at.desc())
    .limit(1)
    .offset(bindparam("before"))
)


def has_history(conn: Connection, endpoints: Sequence[str]) -> bool:
    """Has anything been read from, or written to, one of these endpoints before?"""
    return conn.execute(_HAS_HISTORY, {"endpoints": endpoints}).first() is not None


_ENDPOINTS: BindParameter[Any] = bindparam("endpoints", expanding=True)
_HAS_HISTORY = union_all(
    select(mail.c.id).where(mail.c.endpoint.in_(_ENDPOINTS)),
    select(ledger.c.id).where(ledger.c.endpoint.in_(_ENDPOINTS)),
).limit(1)


def met(conn: Connection, endpoints: Sequence[str]) -> set[str]:
    """Those of these endpoints that anything has been read from, or written to, or that asked for
    silence."""
    return set(conn.execute(_MET, {"endpoints": endpoints}).scalars())


_MET = union(
    select(mail.c.endpoint).where(mail.c.endpoint.in_(_ENDPOINTS)),
    select(ledger.c.endpoint).where(ledger.c.endpoint.in_(_ENDPOINTS)),
    select(silence.c.endpoint).where(silence.c.endpoint.in_(_ENDPOINTS)),
)


def sent_since(conn: Connection, since: datetime) -> dict[str, int]:
    """Mails that went out, by who sent them."""
    rows = conn.execute(
        select(ledger.c.by, func.count())
        .where(ledger.c.at >= since, ledger.c.state == ContactState.SENT)
        .group_by(ledger.c.by)
    )
    return {row[0]: row[1] for row in rows}


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


# ------------------------------------------------------------------------------ troubles, flags


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


def set_flag(conn: Connection, name: str, value: str, at: datetime) -> None:
    values = {"value": value, "at": at}
    statement = upsert(flag).values(name=name, **values)
    conn.execute(statement.on_conflict_do_update(["name"], set_=values))


def clear_flag(conn: Connection, name: str, value: str) -> None:
    """Only if it still has that value: what was set meanwhile stays."""
    conn.execute(delete(flag).where(flag.c.name == name, flag.c.value == value))


def flags(conn: Connection, prefix: str) -> dict[str, tuple[str, datetime]]:
    rows = conn.execute(select(flag).where(flag.c.name.startswith(prefix, autoescape=True)))
    return {row.name.removeprefix(prefix): (row.value, row.at) for row in rows}


def flag_of(conn: Connection, name: str) -> tuple[str, datetime] | None:
    """What a flag says, and since when."""
    row = conn.execute(_FLAG, {"name": name}).first()
    return (row.value, row.at) if row else None


_FLAG = select(flag.c.value, flag.c.at).where(flag.c.name == bindparam("name"))

KILL_SWITCH = "paused"


def paused_since(conn: Connection) -> datetime | None:
    """Since when the seller has stopped all sending; None: it is not stopped."""
    said = flag_of(conn, KILL_SWITCH)
    return said[1] if said else None


def poisoned(conn: Connection) -> list[Row[Any]]:
    columns = (mail.c.id, mail.c.mailbox, mail.c.subject, mail.c.received, mail.c.note)
    return list(conn.execute(select(*columns).where(mail.c.state == "poisoned")))
