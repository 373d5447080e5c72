"""When a parcel should arrive, when an order should ship, and when money is due back.

All spans are calendar days. Times in and out are aware UTC (core/types.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tactd.core.types import Days, Delivery, Order, Parcel, ParcelState, Route

ESTIMATE_GUARD = timedelta(days=10)
"""How long after the marketplace's latest estimate a parcel counts as lost (the playbook's
`lost_choice`)."""


class Source(StrEnum):
    MARKETPLACE = "marketplace"
    ROUTE = "route"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a parcel should arrive; `days` counts them from dispatch."""

    earliest: datetime
    latest: datetime
    days: Days
    source: Source


def parcel_to_speak_of(order: Order) -> Parcel | None:
    """Of several parcels the one shipped last that has not arrived: nothing is promised early."""
    waiting = [p for p in order.parcels if p.state is not ParcelState.DELIVERED]
    parcels = waiting or list(order.parcels)
    shipped = [p for p in parcels if p.shipped_at is not None]
    if shipped:
        return max(shipped, key=lambda p: (p.shipped_at, p.numbers))
    return parcels[0] if parcels else None


def window(order: Order, delivery: Delivery) -> Window | None:
    """The marketplace's own estimate, else ship date + usual days of the route + season.

    None where neither is known. An estimate that was over before the parcel left forecasts
    nothing, so the route counts then."""
    parcel = parcel_to_speak_of(order)
    shipped = parcel.shipped_at if parcel else None
    latest = order.estimate.latest
    if latest is not None and (shipped is None or latest >= shipped):
        return _estimated(order, delivery, latest, shipped)
    if shipped is None:
        return None
    days, source = usual_days(order, delivery, shipped)
    return Window(_after(shipped, days.first), _after(shipped, days.last), days, source)


def usual_days(
    order: Order, delivery: Delivery, shipped: datetime | None = None
) -> tuple[Days, Source]:
    """Days from dispatch to arrival for the order's country and service, with the season's."""
    route = _route(order, delivery)
    days, source = (route.days, Source.ROUTE) if route else (delivery.default, Source.DEFAULT)
    more = _season(delivery, shipped) if shipped else 0
    return Days(days.first + more, max(days.first, days.last) + more), source


def ship_by(order: Order, delivery: Delivery) -> datetime | None:
    """The marketplace's day, else payment + handling days; None for what is not paid."""
    if order.ship_by is not None:
        return order.ship_by
    return _after(order.paid, delivery.handling) if order.paid else None


def money_back(order: Order, delivery: Delivery) -> datetime | None:
    """The day from which money back can be promised for a parcel that has not come.

    The marketplace's latest estimate + 10 days; without an estimate the seller's guarantee,
    counted from dispatch (else payment, else the order), but never inside the window."""
    if order.estimate.latest is not None:
        return order.estimate.latest + ESTIMATE_GUARD
    parcel = parcel_to_speak_of(order)
    start = (parcel.shipped_at if parcel else None) or order.paid or order.placed
    if start is None:
        return None
    span = window(order, delivery)
    due = _after(start, delivery.guarantee)
    return max(due, span.latest) if span else due


def _estimated(
    order: Order, delivery: Delivery, latest: datetime, shipped: datetime | None
) -> Window:
    usual, _ = usual_days(order, delivery)
    earliest = order.estimate.earliest or (_after(shipped, usual.first) if shipped else latest)
    earliest = min(earliest, latest)
    if shipped is None:
        return Window(earliest, latest, usual, Source.MARKETPLACE)
    earliest = max(earliest, shipped)
    days = Days(_days_between(shipped, earliest), _days_between(shipped, latest))
    return Window(earliest, latest, days, Source.MARKETPLACE)


def _route(order: Order, delivery: Delivery) -> Route | None:
    """The route of the country; one that names the parcel's service goes before one for all."""
    parcel = parcel_to_speak_of(order)
    service = parcel.service.casefold() if parcel else ""
    country = order.ship_to.country.upper()
    fitting = [
        route
        for route in delivery.routes
        if country and route.to.upper() == country and route.service.casefold() in service
    ]
    return max(fitting, key=lambda route: len(route.service), default=None)


def _season(delivery: Delivery, shipped: datetime) -> int:
    return sum(
        season.add
        for season in delivery.seasons
        if _within((shipped.month, shipped.day), season.start, season.end)
    )


def _within(day: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> bool:
    """Both ends included; a season may run over the new year."""
    return start <= day <= end if start <= end else day >= start or day <= end


def _after(start: datetime, days: int) -> datetime:
    return start + timedelta(days=days)


def _days_between(start: datetime, end: datetime) -> int:
    return (end.date() - start.date()).days
