"""The rows of one order in AliExpress's export → the Order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tactd.core.orders import normal_address, normal_username, order_of_endpoint, order_of_line
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    Known,
    Line,
    Marketplace,
    MarketplaceCase,
    Order,
    OrderKey,
    Parcel,
    ParcelState,
    PostalAddress,
    Traced,
)
from tactd.marketplaces.aliexpress.columns import Cells
from tactd.marketplaces.aliexpress.packed import products
from tactd.marketplaces.aliexpress.rows import AliRow, order_number
from tactd.marketplaces.aliexpress.words import Status, status
from tactd.marketplaces.countries import country
from tactd.marketplaces.joined import filled
from tactd.marketplaces.senders import EMAIL
from tactd.marketplaces.tracking import carrier_and_page, traced

_GONE = frozenset({Status.SHIPPED, Status.PARTLY_SHIPPED})
_CASES = {Status.DISPUTED: "claim", Status.CANCEL_ASKED: "cancel"}


def order_of(number: str, rows: Sequence[AliRow], known: tuple[Known, ...]) -> Order:
    """One order out of its rows. The order's own cells count from its first row, so that money
    which a file repeats counts once."""
    first = rows[0]
    word = status(first.cells.status)
    return Order(
        key=OrderKey(Marketplace.ALIEXPRESS, order_number(number)),
        buyer_name=filled(first.cells.buyer_name),
        endpoints=tuple(sorted(_endpoints(first.cells), key=order_of_endpoint)),
        lines=tuple(sorted(_lines(rows), key=order_of_line)),
        total=first.total,
        placed=first.placed,
        paid=first.paid,
        ship_by=first.ship_by,
        estimate=Estimate(latest=first.latest),
        ship_to=_ship_to(first.cells),
        cancelled_at=first.placed if _is_cancelled(first, word) else None,
        cases=tuple(_cases(first, word, known)),
        without_case=known[0].as_of if word is not None and word not in _CASES else None,
        parcels=tuple(sorted(_parcels(rows, word), key=lambda one: one.numbers)),
        known=known,
        note=filled(first.cells.note),
    )


def _is_cancelled(row: AliRow, word: Status | None) -> bool:
    """An order that is over without having been paid or shipped has come to nothing. The file does
    not tell when: the day of the order stands for that, in every export alike."""
    gone = row.paid and (row.shipped or row.sent)
    return word is Status.CANCELLED or (word is Status.OVER and not gone)


def _cases(row: AliRow, word: Status | None, known: tuple[Known, ...]) -> Iterator[MarketplaceCase]:
    """That there is one is all the file tells: neither its number nor when it was opened."""
    if word in _CASES and row.placed is not None:
        yield MarketplaceCase(_CASES[word], "", row.placed, said_open=known[0].as_of)


def _endpoints(cells: Cells) -> Iterator[Endpoint]:
    email, username = normal_address(cells.email), normal_username(filled(cells.username))
    if EMAIL.fullmatch(email):
        yield Endpoint(EndpointKind.MAIL, email)
    if username and "@" not in username:
        yield Endpoint(EndpointKind.ALIEXPRESS, username)


def _lines(rows: Sequence[AliRow]) -> Iterator[Line]:
    """The file has no item numbers; the SKU stands for them. A cell that several rows repeat is of
    the order as a whole."""
    for cell in dict.fromkeys(row.cells.products for row in rows):
        for one in products(cell):
            yield Line(
                item=one.sku,
                title=one.title,
                sku=one.sku,
                quantity=one.quantity,
                variation=one.variation,
            )


def _ship_to(cells: Cells) -> PostalAddress:
    return PostalAddress(
        filled(cells.name),
        " ".join((cells.street or cells.whole_address).split()),
        cells.city,
        cells.region,
        cells.zip.lstrip("'"),
        country(cells.country),
    )


def _parcels(rows: Sequence[AliRow], word: Status | None) -> Iterator[Parcel]:
    """One for each number. Of an order that has gone in part the file does not say which part went
    on which day, so its parcels have none."""
    first = rows[0]
    sent = list(dict.fromkeys(one for row in rows for one in row.sent))
    whole = word is not Status.PARTLY_SHIPPED
    shipped = first.shipped if whole else None
    state = _state(first, word)
    for one in sent:
        carrier = carrier_and_page(one.number)
        yield Parcel(
            numbers=(one.number,),
            carrier=carrier[0] if carrier else "",
            service=one.service or filled(first.cells.service),
            shipped_at=shipped,
            traced=traced(one.number),
            state=state,
        )
    if not sent and (shipped is not None or word in _GONE):
        service = filled(first.cells.service)
        yield Parcel(service=service, shipped_at=shipped, traced=Traced.NONE, state=state)


def _state(row: AliRow, word: Status | None) -> ParcelState:
    """What the buyer has confirmed he has, or what AliExpress has taken as confirmed. What is only
    said to have gone has left on a day that is not known."""
    if row.confirmed is not None:
        return ParcelState.DELIVERED
    if row.shipped is not None and word is not Status.PARTLY_SHIPPED:
        return ParcelState.UNKNOWN
    return ParcelState.MOVING if word in _GONE else ParcelState.ANNOUNCED
