"""The rows of one order in an Amazon file → the Order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from tactd.core.orders import (
    normal_address,
    order_of_endpoint,
    order_of_line,
    order_of_number,
    person,
)
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
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
    Traced,
)
from tactd.marketplaces.amazon.rows import AmazonRow
from tactd.marketplaces.countries import country
from tactd.marketplaces.joined import RowError, filled
from tactd.marketplaces.senders import EMAIL

# Where Amazon makes up addresses for its buyers; policy.toml names them once more.
RELAY_DOMAINS = tuple(
    f"marketplace.amazon.{site}"
    for site in (
        "com", "ca", "com.mx", "com.br", "co.uk", "de", "fr", "it", "es", "nl", "pl", "se", "ie",
        "com.be", "com.tr", "ae", "sa", "eg", "in", "co.jp", "com.au", "sg",
    )
)  # fmt: skip


# The state of the whole, where rows of one order say different things: what needs care first.
_CARE_FIRST = (
    ParcelState.LOST,
    ParcelState.RETURNED,
    ParcelState.MOVING,
    ParcelState.DELIVERED,
)


def order_of(number: str, found: Sequence[AmazonRow], known: tuple[Known, ...]) -> Order:
    """One order out of its rows: one for each item, some with a row of further discounts.

    Cancelled items are no part of it, unless the whole order is cancelled. When it was paid only
    “Unshipped Orders” and “New Orders” say; nothing is put in place of it. Raises RowError where
    the rows contradict each other."""
    rows = _once(found)
    _check(rows)
    cancelled = all(row.order_cancelled for row in rows)
    live = rows if cancelled else [row for row in rows if not row.cancelled]
    return Order(
        key=OrderKey(Marketplace.AMAZON, number),
        shop=_first(rows, "site"),
        buyer_name=_first(rows, "buyer_name"),
        endpoints=_endpoints(rows),
        numbers=_numbers(number, rows),
        lines=tuple(sorted((_line(row) for row in live if row.names_goods), key=order_of_line)),
        total=_total(live),
        placed=_date(rows, "placed", min),
        paid=_date(rows, "paid", max),
        ship_by=_date(live, "ship_by", min),
        estimate=Estimate(_date(live, "earliest", min), _date(live, "latest", max)),
        ship_to=_address(rows),
        cancelled_at=_cancelled_at(rows, known) if cancelled else None,
        parcels=() if cancelled else _parcels(live),
        known=known,
    )


def _once(rows: Sequence[AmazonRow]) -> list[AmazonRow]:
    """Some files hold the same item twice, as its number shows; without one it is bought twice."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in rows:
        if not row.cells.item_id or row.cells not in seen:
            kept.append(row)
        seen.add(row.cells)
    return kept


def _check(rows: Sequence[AmazonRow]) -> None:
    open_rows = [row for row in rows if row.names_goods and not row.order_cancelled]
    if open_rows and all(row.cancelled for row in open_rows):
        status = open_rows[0].cells.status or "open"
        raise RowError(f"the order is {status!r}, but all its items are cancelled")


def _first(rows: Iterable[AmazonRow], name: str) -> str:
    texts = (getattr(row.cells, name) for row in rows)
    return next((text for text in texts if filled(text)), "")


def _date(
    rows: Sequence[AmazonRow], name: str, choose: Callable[[list[datetime]], datetime]
) -> datetime | None:
    found = [row.dates[name] for row in rows if name in row.dates]
    return choose(found) if found else None


def _endpoints(rows: Iterable[AmazonRow]) -> tuple[Endpoint, ...]:
    found = set()
    for email in {normal_address(row.cells.email) for row in rows}:
        if EMAIL.fullmatch(email):
            relay = email.rpartition("@")[2] in RELAY_DOMAINS
            kind = EndpointKind.RELAY if relay else EndpointKind.MAIL
            found.add(person(Endpoint(kind, email)))
    return tuple(sorted(found, key=order_of_endpoint))


def _numbers(number: str, rows: Iterable[AmazonRow]) -> tuple[OtherNumber, ...]:
    found = {
        OtherNumber(kind, text)
        for row in rows
        for kind, text in (
            ("transaction", row.cells.item_id),
            ("invoice", row.cells.merchant_order),
        )
        if filled(text) and text != number
    }
    return tuple(sorted(found, key=order_of_number))


def _line(row: AmazonRow) -> Line:
    cells = row.cells
    return Line(
        item=cells.asin,
        title=cells.title,
        sku=cells.sku,
        quantity=row.quantity,
        price=row.price,
    )


def _total(rows: Sequence[AmazonRow]) -> Money | None:
    charges = [row.charge for row in rows if row.charge is not None]
    if not charges or len(charges) < len(rows) or len({one.currency for one in charges}) != 1:
        return None
    return Money(sum((one.amount for one in charges), Decimal()), charges[0].currency)


def _address(rows: Sequence[AmazonRow]) -> PostalAddress:
    """“All Orders” has no more than the place."""
    cells = next((row.cells for row in rows if row.cells.country), rows[0].cells)
    lines = (cells.address1, cells.address2, cells.address3)
    street = ", ".join(line for line in lines if line)
    return PostalAddress(
        cells.name, street, cells.city, cells.region, cells.zip, country(cells.country)
    )


def _cancelled_at(rows: Sequence[AmazonRow], known: tuple[Known, ...]) -> datetime | None:
    """The last change of a cancelled order; where the file has none, when the file was made."""
    return _date(rows, "updated", max) or (known[0].as_of if known else None)


def _parcels(rows: Sequence[AmazonRow]) -> tuple[Parcel, ...]:
    """The file tells that goods have left, but neither when nor by which number: facts that an
    answer needs stay missing, and a person looks."""
    states = {row.parcel for row in rows}
    state = next((one for one in _CARE_FIRST if one in states), None)
    if state is None:
        return ()
    return (Parcel(service=_first(rows, "service"), traced=Traced.NONE, state=state),)
