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
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from tactd.core.merge_parts import cases, filled, last, lines, parcels
from tactd.core.orders import (
    known,
    latest,
    order_of_endpoint,
    order_of_number,
)
from tactd.core.refunds import told_by
from tactd.core.types import (
    Estimate,
    FactGroup,
    Feedback,
    Known,
    Marketplace,
    Order,
    Parcel,
    PostalAddress,
)

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
        lines=lines(*_of(FactGroup.PAYMENT, old, new)),
        ship_to=_address(*_of(FactGroup.DISPATCH, old, new)),
        estimate=_estimate(*_of(FactGroup.DISPATCH, old, new)),
        feedback=_feedback(*_by_age(old, new, _rated)),
        cases=cases(old, new),
        without_case=last(old.without_case, new.without_case),
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


def _address(elder: Order, newer: Order) -> PostalAddress:
    """Some reports have only the place: it leaves name and street standing, if it is the same."""
    one, other = elder.ship_to, newer.ship_to
    parts = ((getattr(one, name), getattr(other, name)) for name in _WHERE)
    moved = any(a and b and a.casefold() != b.casefold() for a, b in parts)
    return other if moved else filled(one, other)


def _estimate(elder: Order, newer: Order) -> Estimate:
    return filled(elder.estimate, newer.estimate)


def _feedback(elder: Order, newer: Order) -> Feedback | None:
    """A comment belongs to its rating: a changed or removed one leaves the old comment behind.

    A report without a rating says nothing, also if it has the column and is newer: eBay does not
    say whether a blank cell means that a rating was removed, or that the report has not got it yet,
    and tells of a removed one by mail. One that is kept too long makes the seller look at a draft;
    one that is lost wrongly is a complaint that nobody sees."""
    one, other = elder.feedback, newer.feedback
    if one is None or other is None:
        return other or one
    return filled(one, other) if one.rating is other.rating else other


def _known(old: Order, new: Order) -> tuple[Known, ...]:
    entries = {entry.group: entry for entry in old.known}
    for entry in new.known:
        twin = entries.get(entry.group)
        if twin is None or (entry.as_of, entry.source) >= (twin.as_of, twin.source):
            entries[entry.group] = entry
    return tuple(entries[group] for group in FactGroup if group in entries)


def _parcels(old: Order, new: Order) -> tuple[Parcel, ...]:
    elder, newer = _by_age(old, new, _as_of(FactGroup.DISPATCH))
    newer_scans = _by_age(old, new, _as_of(FactGroup.TRACKING))[0] is elder
    return parcels(elder, newer, newer_scans=newer_scans)
