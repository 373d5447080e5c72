"""Cases in eBay's notices: their kind, number, and the day by which eBay wants an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from tactd.core.types import MarketplaceCase, Order
from tactd.marketplaces.ebay.notice_lines import day
from tactd.marketplaces.ebay.notice_seen import Seen
from tactd.marketplaces.ebay.notice_words import (
    BY_DAY,
    CANCELLED,
    CASE_NUMBER,
    CLOSED,
    CLOSED_STATUS,
)
from tactd.marketplaces.labelled import deadline

_FARTHEST = timedelta(days=90)  # a later day is no deadline of a case


def case_of(kind: str) -> Callable[[Order, Seen], Order | None]:
    def build(order: Order, seen: Seen) -> Order | None:
        cancelled = kind == "cancel" and CANCELLED.search(seen.subject) is not None
        over = cancelled or _is_closed(seen)
        case = MarketplaceCase(
            kind=kind,
            number=_case_number(seen),
            opened=seen.said,
            answer_by=None if over else _answer_by(seen),
            closed=seen.said if over else None,
        )
        if cancelled and order.key.number:
            order = replace(order, cancelled_at=seen.said)
        return replace(order, cases=(case,))

    return build


def _is_closed(seen: Seen) -> bool:
    status = CLOSED_STATUS.match(seen.lines.first("status"))
    return status is not None or CLOSED.search(seen.subject) is not None


def _case_number(seen: Seen) -> str:
    labelled = seen.lines.first("case").lstrip("# ").split(" ")[0]
    if labelled.isdecimal() and 7 <= len(labelled) <= 13:
        return labelled
    found = CASE_NUMBER.search(seen.subject) or CASE_NUMBER.search(seen.lines.text)
    return found[1] if found else ""


def _answer_by(seen: Seen) -> datetime | None:
    """As labelled, else the first day by which something is wanted."""
    if at := seen.day("respond"):
        return at
    if at := deadline(seen.lines.text, seen.said, seen.day_first):
        return at
    for found in BY_DAY.finditer(seen.lines.text[:20_000]):
        at = day(found[1], seen.said, seen.day_first)
        if at is not None and timedelta(days=-1) < at - seen.said < _FARTHEST:
            return at
    return None
