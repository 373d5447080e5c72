"""One refund is told of in several ways: by the marketplace's mail, by PayPal's file, by the shop's
export. All that is told is kept with the order; how much was given back is derived here, so the
order in which it was told leaves no mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from tactd.core.types import Money, Refund

SAME_REFUND = timedelta(days=3)
"""So far apart may two sources tell of one refund: a mail comes at once, a bank books later, and a
file may have the day only."""


def told_by(elder: Iterable[Refund], newer: Iterable[Refund]) -> tuple[Refund, ...]:
    """What both tell. Of the same refund from the same source the newer words count."""
    newer = tuple(newer)
    again = {_telling(one) for one in newer}
    return tuple(sorted({*(r for r in elder if _telling(r) not in again), *newer}, key=_order))


def _telling(refund: Refund) -> tuple[str, datetime, str]:
    return refund.source, refund.at, refund.number


def _order(refund: Refund) -> tuple[datetime, str, str, str, bool]:
    return refund.at, str(refund.amount), refund.number, refund.source, refund.so_far


def distinct(told: Iterable[Refund]) -> tuple[Refund, ...]:
    """Each refund once, the earliest word of it. Where a sum so far is more than all that was told
    one by one in its currency, it stands for these."""
    some = sorted(set(told), key=_order)
    whole = [one for one in some if one.amount is None]
    singly = _each([one for one in some if one.amount is not None and not one.so_far])
    for so_far in (one for one in some if one.amount is not None and one.so_far):
        of_its = [one for one in singly if _currency(one) == _currency(so_far)]
        if _sum(of_its) < _sum([so_far]):
            singly = [*(one for one in singly if one not in of_its), so_far]
    return tuple(sorted([*whole, *singly], key=_order))


def _sum(refunds: Iterable[Refund]) -> Decimal:
    return sum((one.amount.amount for one in refunds if one.amount), Decimal())


def _currency(refund: Refund) -> str:
    return refund.amount.currency if refund.amount else ""


# --------------------------------------------------------------------------- told one by one


@dataclass(slots=True)
class _One:
    """A refund, as far as it has been told of."""

    first: Refund
    amount: Money
    sources: set[str] = field(default_factory=set)
    numbers: set[tuple[str, str]] = field(default_factory=set)  # (marketplace, number)

    def is_told_of_in(self, other: _One) -> bool:
        """Nobody tells of one refund twice under two numbers, nor without any."""
        near = abs(other.first.at - self.first.at) <= SAME_REFUND
        same = self.amount == other.amount and self.sources.isdisjoint(other.sources)
        mine, others = dict(self.numbers), dict(other.numbers)
        return (
            near and same and all(others.get(of, number) == number for of, number in mine.items())
        )

    def add(self, other: _One) -> None:
        self.amount = max(self.amount, other.amount, key=lambda one: one.amount)
        self.sources |= other.sources
        self.numbers |= other.numbers


def _each(told: list[Refund]) -> list[Refund]:
    found: list[_One] = []
    for one in _by_number(told):
        same = next((other for other in found if one.is_told_of_in(other)), None)
        if same is None:
            found.append(one)
        else:
            same.add(one)
    return [_shown(one) for one in found]


def _shown(one: _One) -> Refund:
    first = one.first
    return Refund(one.amount, first.at, first.number, first.source)


def _by_number(told: list[Refund]) -> list[_One]:
    """What bears the same number is the same refund, whenever and by whom it is told."""
    found: dict[object, _One] = {}
    for place, refund in enumerate(told):
        if refund.amount is None:
            continue
        numbers = {(refund.source.partition(" ")[0], refund.number)} if refund.number else set()
        one = _One(refund, refund.amount, {refund.source}, numbers)
        same = found.setdefault(refund.number or place, one)
        if same is not one:
            same.add(one)
    return list(found.values())
