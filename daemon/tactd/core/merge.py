"""Two reports of one order make one order.

Each group of facts (payment, dispatch, tracking) is as new as its `Known` says: the newer report
wins, whichever was read first. A blank never wins over something known, and nothing that was
once reported is forgotten. Collections are kept sorted, so that the order of reading leaves no
mark.

One imperfection is accepted: times are kept per group, not per field. Where a newer report
leaves blank what two older ones state differently, the order of reading decides between those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tactd.core.orders import (
    known,
    latest,
    order_of_endpoint,
    order_of_line,
    order_of_number,
)
from tactd.core.refunds import told_by
from tactd.core.types import (
    Estimate,
    FactGroup,
    Feedback,
    Known,
    Line,
    Marketplace,
    MarketplaceCase,
    Order,
    Parcel,
    ParcelState,
    PostalAddress,
)

T = TypeVar("T")

_NEVER = datetime(1, 1, 1, tzinfo=UTC)
# A notice of a sale comes within minutes; exports may round its time to a day.
_SAME_SALE = timedelta(days=2)

# Which report's word counts for a field: the one with the newer facts of this group.
_GROUP_OF = {
    "placed": FactGroup.PAYMENT,
    "paid": FactGroup.PAYMENT,
    "total": FactGroup.PAYMENT,
    "payer": FactGroup.PAYMENT,
    "cancelled_at": FactGroup.PAYMENT,
    "ship_by": FactGroup.DISPATCH,
}
# The rest is as new as the newest group of its report.
_BY_LATEST = ("buyer_name", "shop", "note")
# Two addresses that state one of these differently are two; regions are written in too many ways.
_WHERE = ("name", "street", "city", "zip", "country")


def merge(old: Order, new: Order) -> Order:
    """One order out of two reports of it. Of two that are equally new, `new` counts.

    Raises ValueError if they are not the same order."""
    if old.key != new.key:
        raise ValueError(f"{old.key} and {new.key} are two orders")
    if old == new:
        return old
    elder, newer = _by_age(old, new, latest)
    changed: dict[str, Any] = {
        name: getattr(newer, name) or getattr(elder, name) for name in _BY_LATEST
    }
    changed |= {name: _of_group(old, new, name, group) for name, group in _GROUP_OF.items()}
    return replace(
        newer,
        **changed,
        endpoints=tuple(sorted({*old.endpoints, *new.endpoints}, key=order_of_endpoint)),
        numbers=tuple(sorted({*old.numbers, *new.numbers}, key=order_of_number)),
        refunds=told_by(elder.refunds, newer.refunds),
        lines=_lines(*_of(FactGroup.PAYMENT, old, new)),
        ship_to=_address(*_of(FactGroup.DISPATCH, old, new)),
        estimate=_estimate(*_of(FactGroup.DISPATCH, old, new)),
        feedback=_feedback(*_by_age(old, new, _rated)),
        cases=_cases(old, new),
        without_case=_last(old.without_case, new.without_case),
        marks=old.marks | new.marks,
        parcels=_parcels(old, new),
        known=_known(old, new),
    )


def clash(old: Order, new: Order) -> str:
    """Why two orders of one number are two orders for all that; "" if they are one. Shopify counts
    every shop's orders from #1001. Its exports name an id and no shop, its notices a shop and no
    id: where the two meet, only the day tells."""
    if old.key.marketplace is not Marketplace.SHOPIFY or not _two_shops(old, new):
        return ""
    name = new.key.number
    return f"order {name}: the book holds another order of that name, perhaps of another shop"


def _two_shops(old: Order, new: Order) -> bool:
    one, other = (
        {number.value for number in order.numbers if number.kind == "sales_record"}
        for order in (old, new)
    )
    if one and other:
        return not one & other
    if old.shop and new.shop and old.shop.casefold() != new.shop.casefold():
        return True
    apart = abs(old.placed - new.placed) if old.placed and new.placed else timedelta(0)
    return apart > _SAME_SALE


def _as_of(group: FactGroup) -> Callable[[Order], datetime | None]:
    def age(order: Order) -> datetime | None:
        entry = known(order, group)
        return None if entry is None else entry.as_of

    return age


def _rated(order: Order) -> datetime | None:
    entry = known(order, FactGroup.FEEDBACK)
    return latest(order) if entry is None else entry.as_of


def _by_age(old: Order, new: Order, age: Callable[[Order], datetime | None]) -> tuple[Order, Order]:
    """(elder, newer)"""
    return (old, new) if (age(new) or _NEVER) >= (age(old) or _NEVER) else (new, old)


def _of(group: FactGroup, old: Order, new: Order) -> tuple[Order, Order]:
    """(elder, newer) as to these facts, also where neither report says that it knows of them:
    payments know of no dispatch."""
    if known(old, group) is None and known(new, group) is None:
        return _by_age(old, new, latest)
    return _by_age(old, new, _as_of(group))


def _of_group(old: Order, new: Order, name: str, group: FactGroup) -> object:
    elder, newer = _by_age(old, new, _as_of(group))
    value = getattr(newer, name)
    return getattr(elder, name) if value is None else value


def _filled(elder: T, newer: T) -> T:
    """The newer value with its blanks filled from the elder one; both are dataclasses."""
    blanks = {
        field.name: value
        for field in fields(newer)  # type: ignore[arg-type]
        if getattr(newer, field.name) in (None, "", ())
        and (value := getattr(elder, field.name)) not in (None, "", ())
    }
    return replace(newer, **blanks) if blanks else newer  # type: ignore[type-var]


def _address(elder: Order, newer: Order) -> PostalAddress:
    """Some reports have only the place: it leaves name and street standing, if it is the same."""
    one, other = elder.ship_to, newer.ship_to
    parts = ((getattr(one, name), getattr(other, name)) for name in _WHERE)
    moved = any(a and b and a.casefold() != b.casefold() for a, b in parts)
    return other if moved else _filled(one, other)


def _estimate(elder: Order, newer: Order) -> Estimate:
    return _filled(elder.estimate, newer.estimate)


def _feedback(elder: Order, newer: Order) -> Feedback | None:
    """A comment belongs to its rating: a changed or removed one leaves the old comment behind."""
    one, other = elder.feedback, newer.feedback
    if one is None or other is None:
        return other or one
    return _filled(one, other) if one.rating is other.rating else other


def _lines(elder: Order, newer: Order) -> tuple[Line, ...]:
    """By item and variation, or by SKU or else title where only one report has item numbers; two
    equal lines in one report are two purchases and stay two."""
    left = list(elder.lines)
    merged = []
    for line in newer.lines:
        twin = _twin(line, left)
        if twin is not None:
            left.remove(twin)
        merged.append(line if twin is None else _filled(twin, line))
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


def _cases(old: Order, new: Order) -> tuple[MarketplaceCase, ...]:
    """What is said of a case is dated by itself, so the order of reading does not matter."""
    by_number: dict[tuple[str, str], MarketplaceCase] = {}
    for case in (*old.cases, *new.cases):
        twin = by_number.get((case.kind, case.number), case)
        by_number[case.kind, case.number] = _one_case(twin, case)
    none_since = _last(old.without_case, new.without_case)
    cases = (_vanished(case, none_since) for case in by_number.values())
    return tuple(sorted(cases, key=lambda case: (case.opened, case.number)))


def _vanished(case: MarketplaceCase, none_since: datetime | None) -> MarketplaceCase:
    """A case without a number is closed by a report that would name it, and does not. (What is
    said to be open later is open for all that.)"""
    if case.number or none_since is None or none_since < case.opened:
        return case
    return replace(case, closed=_last(case.closed, none_since))


def _one_case(one: MarketplaceCase, other: MarketplaceCase) -> MarketplaceCase:
    """Closed and then said to be open again, it is open; a later deadline extends an earlier."""
    return replace(
        one,
        opened=min(one.opened, other.opened),
        answer_by=_last(one.answer_by, other.answer_by),
        closed=_last(one.closed, other.closed),
        said_open=_last(_said_open(one), _said_open(other)),
    )


def _said_open(case: MarketplaceCase) -> datetime | None:
    return case.said_open or (case.opened if case.closed is None else None)


def _last(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at is not None), default=None)


def _known(old: Order, new: Order) -> tuple[Known, ...]:
    entries = {entry.group: entry for entry in old.known}
    for entry in new.known:
        twin = entries.get(entry.group)
        if twin is None or (entry.as_of, entry.source) >= (twin.as_of, twin.source):
            entries[entry.group] = entry
    return tuple(entries[group] for group in FactGroup if group in entries)


# --------------------------------------------------------------------------- parcels


def _parcels(old: Order, new: Order) -> tuple[Parcel, ...]:
    """Parcels that share a number are one. So are a parcel that only the elder report has and one
    that only the newer has, if there is one of each and they can hold the same goods: its number
    was corrected, or a first-mile number was followed by the national one."""
    elder, newer = _by_age(old, new, _as_of(FactGroup.DISPATCH))
    tracked_elder = _by_age(old, new, _as_of(FactGroup.TRACKING))[0] is elder
    left = list(elder.parcels)
    merged: list[Parcel] = []
    alone: list[Parcel] = []
    for parcel in newer.parcels:
        twins = [other for other in left if set(other.numbers) & set(parcel.numbers)]
        left = [other for other in left if other not in twins]
        for twin in twins:
            parcel = _one_parcel(twin, parcel, tracked_elder)
        (merged if twins else alone).append(parcel)
    if len(alone) == 1 and len(left) == 1 and _same_goods(left[0], alone[0]):
        merged.append(_one_parcel(left.pop(), alone.pop(), tracked_elder))
    if merged or alone:  # a parcel without a number was the announcement of these
        left = [other for other in left if other.numbers or other.scans]
    return tuple(sorted([*merged, *alone, *left], key=lambda parcel: parcel.numbers))


def _same_goods(one: Parcel, other: Parcel) -> bool:
    return not one.lines or not other.lines or bool(set(one.lines) & set(other.lines))


def _one_parcel(elder: Parcel, newer: Parcel, scans_of_newer_win: bool) -> Parcel:
    filled = _filled(elder, newer)
    first = (newer.numbers or elder.numbers)[:1]
    rest = sorted({*elder.numbers, *newer.numbers} - set(first))
    seen, other = (newer, elder) if scans_of_newer_win else (elder, newer)
    state = other.state if seen.state is ParcelState.UNKNOWN else seen.state
    if state is ParcelState.ANNOUNCED and filled.shipped_at is not None:
        state = ParcelState.UNKNOWN
    unnumbered = bool(elder.numbers) and not newer.numbers
    scans = sorted({*elder.scans, *newer.scans}, key=lambda scan: (scan.at, scan.kind, scan.place))
    return replace(
        filled,
        numbers=(*first, *rest),
        lines=tuple(sorted({*elder.lines, *newer.lines})),
        scans=tuple(scans),
        traced=elder.traced if unnumbered else newer.traced,  # the number tells it
        state=state,
    )
