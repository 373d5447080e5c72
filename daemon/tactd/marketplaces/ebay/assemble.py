"""The rows of one order in an eBay file → the Order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from tactd.core.orders import (
    normal_address,
    normal_username,
    order_of_line,
)
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
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
from tactd.marketplaces.countries import country
from tactd.marketplaces.ebay.columns import Cells
from tactd.marketplaces.ebay.rows import EbayRow
from tactd.marketplaces.joined import NOTHING
from tactd.marketplaces.tracking import carrier_and_page, traced

RELAY_DOMAIN = "members.ebay.com"

_WORST_FIRST = (Rating.NEGATIVE, Rating.NEUTRAL, Rating.POSITIVE)
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{3,190}")
# Australian orders carry a code in the address lines: no part of the address.
_ADDRESS_CODE = re.compile(r"[\s,]*\bebay:[0-9a-z]{7}\b", re.IGNORECASE)


def order_of(number: str, rows: Sequence[EbayRow], known: tuple[Known, ...]) -> Order:
    """One order out of its rows: one row, or a summary row and a row for each item."""
    items = [row for row in rows if row.cells.item] or list(rows)
    summary = next((row for row in rows if not row.cells.item), None) or rows[0]
    first = summary.cells
    feedback = _feedback(rows)
    return Order(
        key=OrderKey(Marketplace.EBAY, number),
        buyer_name=_first(rows, "buyer_name") or _first(rows, "name"),
        endpoints=_endpoints(rows),
        numbers=_numbers(rows),
        lines=tuple(sorted((_line(row) for row in items if _names_goods(row)), key=order_of_line)),
        total=_total(summary, rows),
        placed=_date(rows, "placed", min),
        paid=_date(rows, "paid", max),
        ship_by=_date(rows, "ship_by", min),
        estimate=Estimate(_date(rows, "earliest", min), _date(rows, "latest", max)),
        ship_to=_address(next((row.cells for row in rows if row.cells.country), first)),
        feedback=feedback,
        parcels=_parcels(items, rows),
        known=(*known, *_rated(known)) if feedback else known,
        note=_first(rows, "note"),
    )


def _first(rows: Iterable[EbayRow], name: str) -> str:
    for row in rows:
        text: str = getattr(row.cells, name)
        if text and text.lower() not in NOTHING:
            return text
    return ""


def _date(
    rows: Sequence[EbayRow], name: str, choose: Callable[[list[datetime]], datetime]
) -> datetime | None:
    if len(rows) == 1:  # nearly all orders
        return rows[0].dates.get(name)
    found = [row.dates[name] for row in rows if name in row.dates]
    return choose(found) if found else None


def _endpoints(rows: Iterable[EbayRow]) -> tuple[Endpoint, ...]:
    found: set[tuple[EndpointKind, str]] = set()
    for row in rows:
        email, username = normal_address(row.cells.email), normal_username(row.cells.username)
        if _EMAIL.fullmatch(email):
            relay = email.endswith("@" + RELAY_DOMAIN)
            found.add((EndpointKind.RELAY if relay else EndpointKind.MAIL, email))
        if username not in NOTHING and "@" not in username:
            found.add((EndpointKind.EBAY, username))
    return tuple(Endpoint(*one) for one in sorted(found))  # as order_of_endpoint has it


def _numbers(rows: Iterable[EbayRow]) -> tuple[OtherNumber, ...]:
    found = {
        (kind, text)
        for row in rows
        for kind, text in (
            ("sales_record", row.cells.record),
            ("transaction", row.cells.transaction),
            ("paypal", row.cells.paypal),
        )
        if text.lower() not in NOTHING
    }
    return tuple(OtherNumber(*one) for one in sorted(found))  # as order_of_number has it


def _names_goods(row: EbayRow) -> bool:
    return bool(row.cells.item or row.cells.title)


def _line(row: EbayRow) -> Line:
    cells = row.cells
    return Line(
        item=cells.item,
        title=cells.title,
        sku=cells.sku,
        quantity=row.quantity,
        price=row.price,
        variation=cells.variation,
    )


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
    street = ", ".join(line for line in lines if line)
    if "ebay" in street.lower():
        street = _ADDRESS_CODE.sub("", street)
    street = street.strip(", ")
    city, region, zip_code, land = place
    return PostalAddress(name, street, city, region, zip_code, country(land))


def _feedback(rows: Iterable[EbayRow]) -> Feedback | None:
    """Feedback is per item; the worst one is the one to care about."""
    given = {row.rating for row in rows}
    return next((Feedback(rating) for rating in _WORST_FIRST if rating in given), None)


def _rated(known: tuple[Known, ...]) -> tuple[Known, ...]:
    """Only a report that holds a rating says anything of ratings."""
    return tuple(replace(one, group=FactGroup.FEEDBACK) for one in known[:1])


def _parcels(items: Sequence[EbayRow], rows: Sequence[EbayRow]) -> tuple[Parcel, ...]:
    """One for each tracking number. Several numbers in one cell are several parcels: an export
    does not say otherwise. The summary row speaks only where no item row says anything."""
    return _parcels_of(items, rows) or _parcels_of(rows, rows)


def _parcels_of(items: Sequence[EbayRow], rows: Sequence[EbayRow]) -> tuple[Parcel, ...]:
    held: dict[str, list[EbayRow]] = {}
    for row in items:
        for number in row.tracking or ("",):
            held.setdefault(number, []).append(row)
    dated = items if any("shipped" in row.dates for row in items) else rows
    parcels = [
        _parcel(number, carried, len(items), carried if dated is items else dated)
        for number, carried in held.items()
    ]
    found = [parcel for parcel in parcels if parcel.numbers or parcel.shipped_at is not None]
    return tuple(sorted(found, key=lambda parcel: parcel.numbers))


def _parcel(number: str, carried: Sequence[EbayRow], of: int, dated: Sequence[EbayRow]) -> Parcel:
    """An export says nothing of scans, so its state is never more than `announced`."""
    shipped_at = _date(dated, "shipped", min)
    carrier = carrier_and_page(number) if number else None
    items = {row.cells.item for row in carried if row.cells.item}
    return Parcel(
        numbers=(number,) if number else (),
        carrier=carrier[0] if carrier else "",
        service=_first(carried, "service") or _first(dated, "service"),
        lines=tuple(sorted(items)) if of > 1 else (),
        shipped_at=shipped_at,
        traced=traced(number) if number else Traced.NONE,
        state=ParcelState.ANNOUNCED if shipped_at is None else ParcelState.UNKNOWN,
    )
