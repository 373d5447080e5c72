"""The contact ledger: every mail to a buyer, whoever wrote it, and whom we know at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select, union, union_all, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.schema import ledger, mail, silence
from tactd.adapters.store.text_forms import endpoint_text, order_text, text_endpoint, text_order
from tactd.core.types import By, ContactKind, ContactState, LedgerRow, OrderKey


def add(conn: Connection, row: LedgerRow, message_id: str | None = None) -> None:
    """The same Message-ID is the same contact, however often it is seen."""
    add_many(conn, [(row, message_id)])


def add_many(conn: Connection, rows: Sequence[tuple[LedgerRow, str | None]]) -> None:
    """The same for many, each with its Message-ID."""
    if rows:
        conn.execute(_ADD, [_values(row, once) for row, once in rows])


def _values(row: LedgerRow, message_id: str | None) -> dict[str, Any]:
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


_NEW = upsert(ledger)
_ADD = _NEW.on_conflict_do_update(
    ["message_id"],
    set_={"state": _NEW.excluded.state, "at": _NEW.excluded.at},
)


def settle(conn: Connection, reply_id: int, state: ContactState) -> None:
    conn.execute(_SETTLE, {"reply_id": reply_id, "new_state": state})


_SETTLE = (
    update(ledger)
    .where(ledger.c.reply == bindparam("reply_id"))
    .values(state=bindparam("new_state"))
)


def copied(
    conn: Connection, endpoints: Sequence[str], order: OrderKey | None, since: datetime
) -> str | None:
    """By what the eldest row is known that a marketplace's copy has made of something written on
    its site to one of these endpoints, and that is no known reply yet."""
    given = {"endpoints": endpoints, "order_key": order_text(order), "since": since}
    found: str | None = conn.execute(_COPIED, given).scalar()
    return found


_COPIED = (
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


def adopt(conn: Connection, message_id: str, reply_id: int, situation: str) -> None:
    """That contact was this reply."""
    values = {"reply": reply_id, "situation": situation}
    conn.execute(update(ledger).where(ledger.c.message_id == message_id).values(**values))


def since(conn: Connection, endpoints: Sequence[str], earliest: datetime) -> list[LedgerRow]:
    """All contact with these endpoints, the eldest first."""
    rows = conn.execute(_SINCE, {"endpoints": endpoints, "since": earliest})
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


_SINCE = (
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
