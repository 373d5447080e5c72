"""LIMIT: how often is decent. Limits are counted over the contact ledger, which holds every mail
to a person, whoever wrote it and however it went out (promise 3).

A full limit never makes an answer wait: it is staged, "limit full, your decision" (promise 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tactd.core.decide.case import Case
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    LedgerRow,
    OrderKey,
    Rule,
    Situation,
)
from tactd.core.types import Limits as Rules

# A mail of the seller's own hand may have been an answer or not: it counts as both.
COUNTS_AS = {
    ContactKind.ANSWER: frozenset({ContactKind.ANSWER, ContactKind.HAND}),
    ContactKind.UNASKED: frozenset({ContactKind.UNASKED, ContactKind.HAND}),
}


@dataclass(frozen=True, slots=True)
class Full:
    """A limit that is full, and when it frees up."""

    limit: str  # "answers", "unasked", "unasked_per_order"
    rule: Rule
    free_at: datetime


# Who asks the same again was not helped: within this time a person answers him.
SAME_AGAIN = timedelta(days=7)


def limit(case: Case) -> Case:
    counted = [row for row in case.facts.history if counts(row)]
    order = case.match.order.key if case.match.order else None
    if again := said_before(counted, case.situations, order, case.now):
        case = case.stages("limit.repeated", situation=again)
    full = fullest(counted, case.policy.limits, ContactKind.ANSWER, order, case.now)
    if full is None:
        return case.passes("limit.counted", mails=str(len(counted)))
    return case.stages(f"limit.{full.limit}_full", **described(full, case.policy.timezone))


def described(full: Full, timezone: str) -> dict[str, str]:
    """A full limit as the data of a trail entry; the seller reads it on his own clock."""
    return {
        "count": str(full.rule.count),
        "period": period_text(full.rule),
        "free_at": free_at_text(full.free_at, timezone),
    }


def free_at_text(at: datetime, timezone: str) -> str:
    """To the minute, and never too early: who comes then finds it free."""
    over = timedelta(seconds=at.second, microseconds=at.microsecond)
    minute = at - over + timedelta(minutes=1) if over else at
    return minute.astimezone(ZoneInfo(timezone)).isoformat(timespec="minutes")


def said_before(
    history: Iterable[LedgerRow],
    situations: Sequence[Situation],
    order: OrderKey | None,
    now: datetime,
) -> str:
    """The situation that has been answered by itself for this order lately; "" if none has."""
    lately = [
        row
        for row in history
        if row.by is By.AUTO and row.order == order and row.at > now - SAME_AGAIN and counts(row)
    ]
    said = {one for row in lately for one in row.situation.split()}
    return next((one for one in situations if one in said), "")


def counts(row: LedgerRow) -> bool:
    """What was refused was never delivered."""
    return row.state is not ContactState.REFUSED


def fullest(
    history: Iterable[LedgerRow],
    rules: Rules,
    kind: ContactKind,
    order: OrderKey | None,
    now: datetime,
) -> Full | None:
    """Of the limits that are full for one more mail of this kind the one that frees up last."""
    rows = [row for row in history if counts(row)]
    full = [
        one
        for name, some, times in _scopes(rows, rules, kind, order)
        for one in (_full(name, rule, times, now) for rule in some)
        if one is not None
    ]
    return max(full, key=lambda one: one.free_at, default=None)


def next_allowed(times: Sequence[datetime], rules: Sequence[Rule], now: datetime) -> datetime:
    """The first moment from `now` on at which one more mail keeps every rule, if none else goes
    out meanwhile. Windows slide; a time in the future (a clock was set back) counts too."""
    full = (_full("", rule, times, now) for rule in rules)
    return max((one.free_at for one in full if one), default=now)


def _scopes(
    rows: list[LedgerRow], rules: Rules, kind: ContactKind, order: OrderKey | None
) -> list[tuple[str, tuple[Rule, ...], list[datetime]]]:
    same = [row for row in rows if row.kind in COUNTS_AS.get(kind, frozenset())]
    times = [row.at for row in same]
    if kind is ContactKind.ANSWER:
        return [("answers", rules.answers, times)]
    of_order = [row.at for row in same if order is not None and row.order == order]
    return [
        ("unasked", rules.unasked, times),
        ("unasked_per_order", rules.unasked_per_order, of_order),
    ]


def _full(name: str, rule: Rule, times: Sequence[datetime], now: datetime) -> Full | None:
    inside = sorted(at for at in times if at > now - rule.period)
    if len(inside) < rule.count:
        return None
    return Full(name, rule, inside[-rule.count] + rule.period)


def period_text(rule: Rule) -> str:
    """ "7 days", "24 hours", "10 minutes", as config.toml writes it."""
    seconds = int(rule.period.total_seconds())
    for unit, size in (("days", 86400), ("hours", 3600), ("minutes", 60)):
        if seconds % size == 0 and (unit != "days" or seconds // size > 1):
            return f"{seconds // size} {unit}"
    return f"{seconds} seconds"
