"""What a reply of a situation promises, and until when it is to be kept."""

from __future__ import annotations

from datetime import datetime

from tactd.core.decide.choose import ROWS
from tactd.core.types import Order, Policy, Promise, PromiseKind, Situation
from tactd.core.windows import money_back, ship_by, window


def promise_of(
    situation: Situation, order: Order, policy: Policy, sent_at: datetime
) -> Promise | None:
    """What a reply in that situation, sent then, has promised; None: nothing."""
    row = ROWS[situation].promise
    if row is None:
        return None
    kind, after = row
    due = sent_at + after if after is not None else _end(kind, order, policy)
    return Promise(kind, due) if due else None


def _end(kind: PromiseKind, order: Order, policy: Policy) -> datetime | None:
    if kind is PromiseKind.SHIP:
        return ship_by(order, policy.delivery)
    if kind is PromiseKind.REFUND:
        return money_back(order, policy.delivery)
    span = window(order, policy.delivery)
    return span.latest if span else None
