"""The lines, cases and parcels of two reports of one order: which of them are the same."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import TypeVar

from tactd.core.orders import order_of_line
from tactd.core.types import Line, MarketplaceCase, Order, Parcel, ParcelState

T = TypeVar("T")


def filled(elder: T, newer: T) -> T:
    """The newer value with its blanks filled from the elder one; both are dataclasses."""
    blanks = {
        field.name: value
        for field in fields(newer)  # type: ignore[arg-type]
        if getattr(newer, field.name) in (None, "", ())
        and (value := getattr(elder, field.name)) not in (None, "", ())
    }
    return replace(newer, **blanks) if blanks else newer  # type: ignore[type-var]


def last(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


# --------------------------------------------------------------------------- lines


def lines(elder: Order, newer: Order) -> tuple[Line, ...]:
    """By item and variation, or by SKU or else title where only one report has item numbers; two
    equal lines in one report are two purchases and stay two."""
    left = list(elder.lines)
    merged = []
    for line in newer.lines:
        twin = _twin(line, left)
        if twin is not None:
            left.remove(twin)
        merged.append(line if twin is None else filled(twin, line))
    return tuple(sorted([*merged, *left], key=order_of_line))


def _twin(line: Line, others: list[Line]) -> Line | None:
    alike = (_same_line, _same_item, _same_sku, _same_title)
    found = (one for same in alike for one in others if same(one, line))
    return next(found, None)


def _same_line(one: Line, other: Line) -> bool:
    return _line_key(one) == _line_key(other)


def _same_item(one: Line, other: Line) -> bool:
    """A notice may leave out which variation of the item was bought."""
    return bool(one.item) and one.item == other.item and not (one.variation and other.variation)


def _same_sku(one: Line, other: Line) -> bool:
    return bool(one.sku) and one.sku == other.sku and not (one.item and other.item)


def _same_title(one: Line, other: Line) -> bool:
    """Notices name goods by their title alone, where exports have their numbers."""
    apart = (one.item and other.item) or (one.sku and other.sku)
    varied = one.variation and other.variation and one.variation != other.variation
    title = " ".join(one.title.casefold().split())
    same = bool(title) and title == " ".join(other.title.casefold().split())
    return same and not apart and not varied


def _line_key(line: Line) -> tuple[str, str, str]:
    return line.item, line.variation, "" if line.item else line.title


# --------------------------------------------------------------------------- cases


def cases(old: Order, new: Order) -> tuple[MarketplaceCase, ...]:
    """What is said of a case is dated by itself, so the order of reading does not matter."""
    by_number: dict[tuple[str, str], MarketplaceCase] = {}
    for case in (*old.cases, *new.cases):
        twin = by_number.get((case.kind, case.number), case)
        by_number[case.kind, case.number] = _one_case(twin, case)
    none_since = last(old.without_case, new.without_case)
    found = (_vanished(case, none_since) for case in by_number.values())
    return tuple(sorted(found, key=lambda case: (case.opened, case.number)))


def _vanished(case: MarketplaceCase, none_since: datetime | None) -> MarketplaceCase:
    """A case without a number is closed by a report that would name it, and does not. (What is
    said to be open later is open for all that.)"""
    if case.number or none_since is None or none_since < case.opened:
        return case
    return replace(case, closed=last(case.closed, none_since))


def _one_case(one: MarketplaceCase, other: MarketplaceCase) -> MarketplaceCase:
    """Closed and then said to be open again, it is open; a later deadline extends an earlier."""
    return replace(
        one,
        opened=min(one.opened, other.opened),
        answer_by=last(one.answer_by, other.answer_by),
        closed=last(one.closed, other.closed),
        said_open=last(_said_open(one), _said_open(other)),
    )


def _said_open(case: MarketplaceCase) -> datetime | None:
    return case.said_open or (case.opened if case.closed is None else None)


# --------------------------------------------------------------------------- parcels


def parcels(elder: Order, newer: Order, *, newer_scans: bool) -> tuple[Parcel, ...]:
    """Parcels that share a number are one. So are a parcel that only the elder report has and one
    that only the newer has, if there is one of each and they can hold the same goods: its number
    was corrected, or a first-mile number was followed by the national one. `newer_scans`: is the
    newer report also the newer one as to where the parcels are?"""
    left = list(elder.parcels)
    merged: list[Parcel] = []
    alone: list[Parcel] = []
    for parcel in newer.parcels:
        twins = [other for other in left if set(other.numbers) & set(parcel.numbers)]
        left = [other for other in left if other not in twins]
        for twin in twins:
            parcel = _one_parcel(twin, parcel, newer_scans)
        (merged if twins else alone).append(parcel)
    if len(alone) == 1 and len(left) == 1 and _same_goods(left[0], alone[0]):
        merged.append(_one_parcel(left.pop(), alone.pop(), newer_scans))
    if merged or alone:  # a parcel without a number was the announcement of these
        left = [other for other in left if other.numbers or other.scans]
    return tuple(sorted([*merged, *alone, *left], key=lambda parcel: parcel.numbers))


def _same_goods(one: Parcel, other: Parcel) -> bool:
    return not one.lines or not other.lines or bool(set(one.lines) & set(other.lines))


def _one_parcel(elder: Parcel, newer: Parcel, newer_scans: bool) -> Parcel:
    both = filled(elder, newer)
    first = (newer.numbers or elder.numbers)[:1]
    rest = sorted({*elder.numbers, *newer.numbers} - set(first))
    seen, other = (newer, elder) if newer_scans else (elder, newer)
    state = other.state if seen.state is ParcelState.UNKNOWN else seen.state
    if state is ParcelState.ANNOUNCED and both.shipped_at is not None:
        state = ParcelState.UNKNOWN
    unnumbered = bool(elder.numbers) and not newer.numbers
    scans = sorted({*elder.scans, *newer.scans}, key=lambda scan: (scan.at, scan.kind, scan.place))
    return replace(
        both,
        numbers=(*first, *rest),
        lines=tuple(sorted({*elder.lines, *newer.lines})),
        scans=tuple(scans),
        traced=elder.traced if unnumbered else newer.traced,  # the number tells it
        state=state,
    )
