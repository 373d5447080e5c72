"""The rows of one order in an export that the seller has described → the Order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

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
    Known,
    Line,
    Marketplace,
    Order,
    OrderKey,
    OtherNumber,
    Parcel,
    ParcelState,
    PostalAddress,
    Refund,
    Traced,
)
from tactd.marketplaces.countries import country
from tactd.marketplaces.generic.form import Cells, Status
from tactd.marketplaces.generic.rows import GenericRow, order_number
from tactd.marketplaces.joined import RowError, filled
from tactd.marketplaces.senders import EMAIL
from tactd.marketplaces.tracking import carrier_and_page, traced

_HAS_PAID = frozenset({Status.PAID, Status.SHIPPED, Status.DELIVERED, Status.REFUNDED})
HAS_GONE = frozenset({Status.SHIPPED, Status.DELIVERED})


def order_of(
    number: str,
    rows: Sequence[GenericRow],
    known: tuple[tuple[Known, ...], tuple[Known, ...]],
    as_of: datetime,
    is_relay: Callable[[str], bool],
) -> Order | None:
    """One order out of its rows; None if it is to be left out. Money and days count from the first
    row that has them, for some programs repeat them and some do not. What a status word says
    without a day counts from the day of the order, the same in every export. `known`: by the dates
    alone, and by a status that is understood.

    Raises RowError where the rows are of two marketplaces."""
    if len({row.marketplace for row in rows}) > 1:
        raise RowError(f"{number} is the number of two orders here, on two marketplaces")
    marketplace, statuses = rows[0].marketplace, {row.status for row in rows}
    if marketplace is None or Status.SKIP in statuses:
        return None
    placed = _date(rows, "placed")
    since = placed or _date(rows, "paid") or as_of
    paid = _date(rows, "paid") or (since if statuses & _HAS_PAID else None)
    cancelled = _date(rows, "cancelled") or (since if statuses == {Status.CANCELLED} else None)
    return Order(
        key=OrderKey(marketplace, order_number(number)),
        buyer_name=_first(rows, "buyer_name") or _first(rows, "name"),
        endpoints=_endpoints(rows, marketplace, is_relay),
        numbers=_numbers(rows, marketplace),
        shop=_first(rows, "shop"),
        lines=tuple(sorted(_lines(rows), key=order_of_line)),
        total=next((row.total for row in rows if row.total is not None), None),
        refunds=tuple(_refunds(rows, since)),
        placed=placed,
        paid=paid,
        ship_by=_date(rows, "ship_by"),
        estimate=Estimate(latest=_date(rows, "latest")),
        ship_to=_ship_to(rows),
        cancelled_at=cancelled,
        parcels=() if cancelled else _parcels(rows),
        known=known[_is_understood(rows)],
        note=_first(rows, "note"),
    )


def _is_understood(rows: Sequence[GenericRow]) -> bool:
    """Whether there is a status, and the seller has said what it means."""
    said = [row.status for row in rows if row.cells.status]
    return bool(said) and None not in said


def _first(rows: Sequence[GenericRow], name: str) -> str:
    texts: Iterator[str] = (getattr(row.cells, name) for row in rows)
    return next((text for text in texts if filled(text)), "")


def _date(rows: Sequence[GenericRow], name: str) -> datetime | None:
    return next((row.dates[name] for row in rows if name in row.dates), None)


def _endpoints(
    rows: Sequence[GenericRow], marketplace: Marketplace, is_relay: Callable[[str], bool]
) -> tuple[Endpoint, ...]:
    found = set()
    for cells in (row.cells for row in rows):
        email, username = normal_address(cells.email), normal_username(filled(cells.username))
        if EMAIL.fullmatch(email):
            kind = EndpointKind.RELAY if is_relay(email) else EndpointKind.MAIL
            found.add(Endpoint(kind, email))
        if username and "@" not in username and marketplace is not Marketplace.OWN:
            found.add(Endpoint(EndpointKind(f"user@{marketplace}"), username))
    return tuple(sorted(found, key=order_of_endpoint))


def _numbers(rows: Sequence[GenericRow], marketplace: Marketplace) -> tuple[OtherNumber, ...]:
    """A shop's own transaction numbers are its payment provider's; a marketplace's are its own."""
    transaction = "paypal" if marketplace is Marketplace.OWN else "transaction"
    found = {
        OtherNumber(kind, text[:80])
        for cells in (row.cells for row in rows)
        for kind, text in ((transaction, cells.transaction), ("invoice", cells.invoice))
        if filled(text)
    }
    return tuple(sorted(found, key=order_of_number))


def _lines(rows: Sequence[GenericRow]) -> Iterator[Line]:
    for row in rows:
        cells = row.cells
        if cells.item or cells.title or cells.sku:
            yield Line(
                item=cells.item or cells.sku,
                title=cells.title,
                sku=cells.sku,
                quantity=row.quantity,
                price=row.price,
                variation=cells.variation,
            )


def _refunds(rows: Sequence[GenericRow], since: datetime) -> Iterator[Refund]:
    amount = next((row.refunded for row in rows if row.refunded is not None), None)
    if amount is not None and amount.amount > 0:
        yield Refund(amount, since, source=_TELLER, so_far=True)
    elif any(row.status is Status.REFUNDED for row in rows):
        yield Refund(None, since, source=_TELLER, so_far=True)


_TELLER = "generic export"


def _ship_to(rows: Sequence[GenericRow]) -> PostalAddress:
    cells: Cells = next((row.cells for row in rows if row.cells.country), rows[0].cells)
    street = ", ".join(line for line in (cells.street, cells.street2) if line)
    return PostalAddress(
        filled(cells.name),
        " ".join(street.split()),
        cells.city,
        cells.region,
        cells.zip.lstrip("'"),
        country(cells.country),
    )


def _parcels(rows: Sequence[GenericRow]) -> tuple[Parcel, ...]:
    """One for each tracking number. Goods are told apart only where each row says how it went:
    many programs write that into the order's first row."""
    exact = all(row.tracking or _gone(row) is not None for row in rows)
    carried: dict[str, list[GenericRow]] = {}
    for row in rows:
        for number in row.tracking:
            carried.setdefault(number, []).append(row)
    if not carried and any(map(_gone, rows)):
        carried[""] = [row for row in rows if _gone(row) is not False]
    parcels = (_parcel(number, some, rows, exact) for number, some in carried.items())
    return tuple(sorted(parcels, key=lambda parcel: parcel.numbers))


def _gone(row: GenericRow) -> bool | None:
    """Whether what the row names has gone; None: it does not say."""
    if row.status is None:
        return True if {"shipped", "delivered"} & set(row.dates) else None
    return row.status in HAS_GONE


def _parcel(
    number: str, some: Sequence[GenericRow], rows: Sequence[GenericRow], exact: bool
) -> Parcel:
    carrier = carrier_and_page(number) if number else None
    shipped = _date(some, "shipped") or _date(rows, "shipped")
    arrived = any(row.status is Status.DELIVERED or "delivered" in row.dates for row in some)
    items = {row.cells.item or row.cells.sku for row in some} - {""}
    return Parcel(
        numbers=(number,) if number else (),
        carrier=_first(some, "carrier") or (carrier[0] if carrier else ""),
        service=_first(some, "service"),
        lines=tuple(sorted(items)) if exact and len(some) < len(rows) else (),
        shipped_at=shipped,
        traced=traced(number) if number else Traced.NONE,
        state=ParcelState.DELIVERED if arrived else _state(shipped, any(map(_gone, some))),
    )


def _state(shipped: datetime | None, gone: bool) -> ParcelState:
    """What is only said to have gone has left on a day that is not known."""
    if shipped is not None:
        return ParcelState.UNKNOWN
    return ParcelState.MOVING if gone else ParcelState.ANNOUNCED
