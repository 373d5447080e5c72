"""PROTECT: waiting must never cost the buyer his protection. A letter that asks him to wait past
the last day on which the marketplace takes "not received" is a person's to send."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from tactd.core.compose.named import LONGEST_SEARCH
from tactd.core.decide.case import Case
from tactd.core.types import Order, Pack, Situation
from tactd.core.windows import money_back, ship_by, window

# From what a pack's window counts (Pack.inr_from). An estimate of our own is none of theirs.
COUNTS_FROM: Mapping[str, Callable[[Order], datetime | None]] = {
    "estimate": lambda order: order.estimate.latest,
    "payment": lambda order: order.paid or order.placed,
}


def _window_over(order: Order, case: Case) -> datetime | None:
    span = window(order, case.policy.delivery)
    return span.latest if span else None


# Until when each letter asks him to wait.
WAITS: Mapping[Situation, Callable[[Order, Case], datetime | None]] = {
    Situation.NOT_YET_SHIPPED: lambda order, case: ship_by(order, case.policy.delivery),
    Situation.IN_TRANSIT: _window_over,
    Situation.DELAYED: lambda _order, case: case.now + LONGEST_SEARCH,
    Situation.REFUND_NOT_YET: lambda order, case: money_back(order, case.policy.delivery),
    Situation.DELAY_NOTICE: lambda order, case: money_back(order, case.policy.delivery),
}


def protected(order: Order, pack: Pack) -> tuple[datetime, datetime] | None:
    """From when until when he may say there that nothing has come; None: not known."""
    counts_from = COUNTS_FROM.get(pack.inr_from)
    start = counts_from(order) if counts_from else None
    if start is None or pack.inr_until is None:
        return None
    return start + (pack.inr_opens or timedelta(0)), start + pack.inr_until


def check_protection(case: Case) -> Case:
    """By the rules of the marketplace where he bought, wherever he has written."""
    order = case.match.order
    pack = case.policy.packs.get(order.key.marketplace) if order else None
    span = protected(order, pack) if order and pack else None
    if order is None or span is None:
        return case
    asked = [WAITS[one](order, case) for one in case.situations if one in WAITS]
    longest = max(filter(None, asked), default=None)
    if longest is None or longest <= span[1]:
        return case
    return case.stages("choose.past_protection", wait=_day(longest), until=_day(span[1]))


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"
