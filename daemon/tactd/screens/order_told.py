"""What `tactd orders show` tells beyond a staged reply's sheet: where the order was placed, who
placed it, and what has happened to it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tactd.adapters.store.text_forms import endpoint_text
from tactd.core.labels import CASES, label
from tactd.core.sheet.fact_labels import fact_label
from tactd.core.types import MarketplaceCase, Order, Refund
from tactd.screens.times import iso

Facts = dict[str, Any]


def facts(order: Order) -> Facts:
    """For scripts."""
    return {
        "shop": order.shop,
        "placed": _day(order.placed),
        "cancelled": _day(order.cancelled_at),
        "ship_by": _day(order.ship_by),
        "expected": _day(order.estimate.latest),
        "endpoints": [endpoint_text(one) for one in order.endpoints],
        "refunds": [{"amount": _amount(one), "on": _day(one.at)} for one in order.refunds],
        "cases": [_case(one) for one in order.cases],
        "feedback": _feedback(order),
        "note": order.note,
    }


def lines(order: Order, language: str) -> list[tuple[str, str]]:
    """(label, value) for people; only what there is."""
    told = facts(order)
    rows = [
        ("marketplace", " · ".join(filter(None, (str(order.key.marketplace), order.shop)))),
        ("reached_at", ", ".join(told["endpoints"])),
        ("note", order.note),
        ("cancelled", told["cancelled"] or ""),
        *(("refunded", _spoken(one["amount"], one["on"])) for one in told["refunds"]),
        *(("case", _case_spoken(one, language)) for one in told["cases"]),
        ("feedback", _spoken(*(told["feedback"] or {}).values())),
    ]
    return [(fact_label(key, language), value) for key, value in rows if value]


def _day(when: datetime | None) -> str | None:
    return when.date().isoformat() if when else None


def _amount(refund: Refund) -> str | None:
    return f"{refund.amount.amount} {refund.amount.currency}" if refund.amount else None


def _case(case: MarketplaceCase) -> Facts:
    return {
        "kind": case.kind,
        "number": case.number,
        "opened": iso(case.opened),
        "answer_by": iso(case.answer_by) if case.answer_by else None,
        "closed": iso(case.closed) if case.closed else None,
    }


def _case_spoken(case: Facts, language: str) -> str:
    since = f"{case['opened'][:10]} – {(case['closed'] or '')[:10]}".rstrip()
    return _spoken(label(CASES, case["kind"], language), case["number"], since)


def _feedback(order: Order) -> Facts | None:
    said = order.feedback
    return {"rating": str(said.rating), "comment": said.comment} if said else None


def _spoken(*parts: str | None) -> str:
    return " · ".join(filter(None, parts))
