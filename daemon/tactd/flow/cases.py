"""A case, claim or chargeback: it calls the seller (a to-do with the day by which the marketplace
wants his answer) and freezes what would go by itself about its order."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import journal, order_text, orders, replies, todos
from tactd.adapters.store.replies import Stored
from tactd.core.labels import CASES, label
from tactd.core.orders import is_open, open_cases
from tactd.core.types import By, MarketplaceCase, Order, OrderKey, Policy, ReplyState

# Where neither the case nor its marketplace's pack names a time.
CASE_WITHIN = timedelta(days=2)
# What should have been answered so long ago is history: an old mailbox is full of it.
LONG_OVER = timedelta(days=30)


def mind_cases(
    conn: Connection, before: Order | None, after: Order, policy: Policy, now: datetime
) -> None:
    """Something has been told of an order: what has become of its cases?"""
    known = {(one.kind, one.number): one for one in before.cases} if before else {}
    for case in after.cases:
        earlier = known.get((case.kind, case.number))
        if case != earlier:
            _mind(conn, earlier, case, after.key, policy, now)
    if open_cases(after) and after.key.number:
        _freeze(conn, after.key, now)


def _mind(
    conn: Connection,
    before: MarketplaceCase | None,
    case: MarketplaceCase,
    key: OrderKey,
    policy: Policy,
    now: datetime,
) -> None:
    what, order = f"case_{case.kind}", order_text(key) if key.number else None
    if not is_open(case):
        todos.done(conn, what, order, case.number, case.closed or now)
        return
    due, again = answer_by(case, key, policy), before is not None and not is_open(before)
    if due > now - LONG_OVER:
        todos.demand(conn, what, due, order, case.number, again=again)


def answer_by(case: MarketplaceCase, key: OrderKey, policy: Policy) -> datetime:
    """The day that the case names, else the marketplace's own time for it."""
    if case.answer_by is not None:
        return case.answer_by
    pack = policy.packs.get(key.marketplace)
    within = (pack.case_within if pack else None) or CASE_WITHIN
    again = case.closed is not None and case.said_open is not None
    return (case.said_open if again and case.said_open else case.opened) + within


def _freeze(conn: Connection, key: OrderKey, now: datetime) -> None:
    """What was to go by itself about this order is decided afresh now, and then waits for the
    seller or is dropped (flow/ripen.py)."""
    for stored in replies.in_states(conn, ReplyState.APPROVED, ReplyState.HELD, ReplyState.READY):
        if stored.reply.order == key and stored.reply.by is By.AUTO:
            state = stored.reply.state
            replies.change(conn, stored.reply.id, [state], next_attempt=now)


def news_of_cases(conn: Connection, stored: Stored, language: str) -> str:
    """The cases of its order that were opened or closed since it was drafted, in one line; "" if
    there are none: the seller should read of them in its file."""
    key, decision = stored.reply.order, stored.reply.decision
    order = orders.get(conn, key) if key else None
    if order is None or not order.cases or decision is None:
        return ""
    snapshot = journal.snapshot(conn, decision)
    trail = snapshot.decision.trail if snapshot and stored.reply.mail else ()
    before = {
        (one.data["kind"], one.data["number"]) for one in trail if one.code == "choose.open_case"
    }
    now = {(one.kind, one.number) for one in open_cases(order)}
    news = sorted(before ^ now)
    return ", ".join(f"{label(CASES, kind, language)} {number}" for kind, number in news)
