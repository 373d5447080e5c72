"""The rows of one order in an eBay file → the Order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter

from tactd.core.orders import (
    normal_address,
    normal_username,
    order_of_endpoint,
    order_of_line,
    order_of_number,
)
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    Feedback,
    Known,
    Line,
    Marketplace,
    Money,
    Order,
    OrderKey,
    OtherNumber,
    Parcel,
    ParcelState,
    PostalAddress,
    Rating,
    Traced,
)
from tactd.marketplaces.carriers import carrier
from tactd.marketplaces.countries import country
from tactd.marketplaces.ebay.columns import Cells
from tactd.marketplaces.ebay.rows import EbayRow
from tactd.marketplaces.joined import NOTHING
from tactd.marketplaces.senders import EMAIL

RELAY_DOMAIN = "members.ebay.com"

# Looked up once: members of enumerations are found slowly, and there may be a million orders.
_EBAY = Marketplace.EBAY
_MAIL, _RELAY, _USER = EndpointKind.MAIL, EndpointKind.RELAY, EndpointKind.EBAY
_FULL, _NONE = Traced.FULL, Traced.NONE
_ANNOUNCED, _UNKNOWN = ParcelState.ANNOUNCED, ParcelState.UNKNOWN
_AT_RELAY = "@" + RELAY_DOMAIN

# Which of the dates that several rows tell is the order's.
_WHICH_DATE: Mapping[str, Callable[[list[datetime]], datetime]] = {
    "placed": min,
    "paid": max,
    "ship_by": min,
    "earliest": min,
    "latest": max,
}
_WORST_FIRST = (Rating.NEGATIVE, Rating.NEUTRAL, Rating.POSITIVE, Rating.REMOVED)
_RATED = {rating: Feedback(rating) for rating in _WORST_FIRST}
# Australian orders carry a code in the address lines: no part of the address.
_ADDRESS_CODE = re.compile(r"[\s,]*\bebay:[0-9a-z]{7}\b", re.IGNORECASE)


def order_of(
    number: str, rows: Sequence[EbayRow], known: tuple[Known, ...], rated: tuple[Known, ...]
) -> Order:
    """One order out of its rows: one row, or a summary row and a row for each item. `rated`: what
    the report tells of orders that it holds a rating of, as `known` for the others."""
    items, summary, place = (rows, rows[0], rows[0].cells) if len(rows) == 1 else _parts(rows)
    dates = _dates(rows)
    feedback = _feedback(rows)
    return Order(
        key=OrderKey(_EBAY, number),
        buyer_name=_first(rows, "buyer_name") or _first(rows, "name"),
        endpoints=_endpoints(rows),
        numbers=_numbers(rows),
        lines=_lines(items),
        total=_total(summary, rows),
        placed=dates.get("placed"),
        paid=dates.get("paid"),
        ship_by=dates.get("ship_by"),
        estimate=_estimate(dates.get("earliest"), dates.get("latest")),
        ship_to=_address(place),
        feedback=feedback,
        parcels=_parcels(items, rows),
        known=rated if feedback else known,
        note=_first(rows, "note"),
    )


def _parts(rows: Sequence[EbayRow]) -> tuple[Sequence[EbayRow], EbayRow, Cells]:
    """The rows of items, the summary row, and the cells that hold an address."""
    items = [row for row in rows if row.cells.item] or list(rows)
    summary = next((row for row in rows if not row.cells.item), None) or rows[0]
    return items, summary, next((row.cells for row in rows if row.cells.country), summary.cells)


def _first(rows: Iterable[EbayRow], name: str) -> str:
    for row in rows:
        text: str = getattr(row.cells, name)
        if text and text.lower() not in NOTHING:
            return text
    return ""


def _dates(rows: Sequence[EbayRow]) -> Mapping[str, datetime]:
    if len(rows) == 1:  # nearly all orders
        return rows[0].dates
    told = {name: [row.dates[name] for row in rows if name in row.dates] for name in _WHICH_DATE}
    return {name: _WHICH_DATE[name](dates) for name, dates in told.items() if dates}


def _earliest(rows: Sequence[EbayRow], name: str) -> datetime | None:
    if len(rows) == 1:
        return rows[0].dates.get(name)
    return min((row.dates[name] for row in rows if name in row.dates), default=None)


def _endpoints(rows: Sequence[EbayRow]) -> tuple[Endpoint, ...]:
    if len(rows) == 1:
        return tuple(_endpoints_of(rows[0].cells))
    found = {endpoint for row in rows for endpoint in _endpoints_of(row.cells)}
    return tuple(sorted(found, key=order_of_endpoint))


def _endpoints_of(cells: Cells) -> list[Endpoint]:
    """As order_of_endpoint has them."""
    found = []
    email, username = normal_address(cells.email), normal_username(cells.username)
    if email and EMAIL.fullmatch(email):
        found.append(Endpoint(_RELAY if email.endswith(_AT_RELAY) else _MAIL, email))
    if username not in NOTHING and "@" not in username:
        found.append(Endpoint(_USER, username))
    return found


def _numbers(rows: Sequence[EbayRow]) -> tuple[OtherNumber, ...]:
    if len(rows) == 1:
        return tuple(_numbers_of(rows[0].cells))
    found = {number for row in rows for number in _numbers_of(row.cells)}
    return tuple(sorted(found, key=order_of_number))


def _numbers_of(cells: Cells) -> list[OtherNumber]:
    """As order_of_number has them."""
    found = []
    if (text := cells.paypal) and text.lower() not in NOTHING:
        found.append(OtherNumber("paypal", text))
    if (text := cells.record) and text.lower() not in NOTHING:
        found.append(OtherNumber("sales_record", text))
    if (text := cells.transaction) and text.lower() not in NOTHING:
        found.append(OtherNumber("transaction", text))
    return found


def _lines(items: Iterable[EbayRow]) -> tuple[Line, ...]:
    lines = [row.line for row in items if row.line is not None]
    return tuple(sorted(lines, key=order_of_line) if len(lines) > 1 else lines)


@lru_cache(maxsize=8192)
def _estimate(earliest: datetime | None, latest: datetime | None) -> Estimate:
    return Estimate(earliest, latest)


def _total(summary: EbayRow, rows: Sequence[EbayRow]) -> Money | None:
    """The summary row's total, which holds the others; without such a row, the sum of all."""
    if summary.total is not None and (not summary.cells.item or len(rows) == 1):
        return summary.total
    totals = [row.total for row in rows if row.total is not None]
    if len(totals) < len(rows) or len({total.currency for total in totals}) != 1:
        return None
    return Money(sum((total.amount for total in totals), Decimal()), totals[0].currency)


def _address(cells: Cells) -> PostalAddress:
    """Ship To; the older files have only the buyer's address, and mean the same by it."""
    if cells.name or cells.address1 or cells.country:
        name, lines = cells.name or cells.buyer_name, (cells.address1, cells.address2)
        place = (cells.city, cells.region, cells.zip, cells.country)
    else:
        name, lines = cells.buyer_name, (cells.buyer_address1, cells.buyer_address2)
        place = (cells.buyer_city, cells.buyer_region, cells.buyer_zip, cells.buyer_country)
    street = ", ".join(lines) if lines[0] and lines[1] else lines[0] or lines[1]
    if "ebay" in street.lower():
        street = _ADDRESS_CODE.sub("", street)
    street = street.strip(", ")
    city, region, zip_code, land = place
    return PostalAddress(name, street, city, region, zip_code, country(land))


def _feedback(rows: Iterable[EbayRow]) -> Feedback | None:
    """Feedback is per item; the worst one is the one to care about."""
    given = {row.rating for row in rows if row.rating is not None}
    if not given:
        return None
    return next((_RATED[rating] for rating in _WORST_FIRST if rating in given), None)


def _parcels(items: Sequence[EbayRow], rows: Sequence[EbayRow]) -> tuple[Parcel, ...]:
    """One for each tracking number. Several numbers in one cell are several parcels: an export
    does not say otherwise. The summary row speaks only where no item row says anything."""
    found = _parcels_of(items, rows)
    return found if found or len(items) == len(rows) else _parcels_of(rows, rows)


def _parcels_of(items: Sequence[EbayRow], rows: Sequence[EbayRow]) -> tuple[Parcel, ...]:
    if len(rows) == 1 and len(rows[0].tracking) < 2:  # nearly all orders
        one = rows[0]
        if not one.tracking and "shipped" not in one.dates:
            return ()
        return (_parcel("".join(one.tracking), rows, 1, rows),)
    held: dict[str, list[EbayRow]] = {}
    for row in items:
        for number in row.tracking or ("",):
            held.setdefault(number, []).append(row)
    dated = rows if _earliest(items, "shipped") is None else items
    parcels = [
        _parcel(number, carried, len(items), carried if dated is items else dated)
        for number, carried in sorted(held.items(), key=itemgetter(0))
    ]
    return _sent(parcels)


def _sent(parcels: Iterable[Parcel]) -> tuple[Parcel, ...]:
    return tuple([one for one in parcels if one.numbers or one.shipped_at is not None])


def _parcel(number: str, carried: Sequence[EbayRow], of: int, dated: Sequence[EbayRow]) -> Parcel:
    """An export says nothing of scans, so its state is never more than `announced`."""
    shipped_at = _earliest(dated, "shipped")
    whose = carrier(number) if number else None
    return Parcel(
        numbers=(number,) if number else (),
        carrier=whose.name if whose else "",
        service=_first(carried, "service") or _first(dated, "service"),
        lines=tuple(sorted({row.cells.item for row in carried} - {""})) if of > 1 else (),
        shipped_at=shipped_at,
        traced=(whose.traced if whose else _FULL) if number else _NONE,
        state=_ANNOUNCED if shipped_at is None else _UNKNOWN,
    )
