"""The rows of one order in Shopify's export → the Order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tactd.core.orders import normal_address, order_of_line, order_of_number
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Known,
    Line,
    Marketplace,
    Order,
    OrderKey,
    OtherNumber,
    Parcel,
    PostalAddress,
    Refund,
    Traced,
)
from tactd.marketplaces import values
from tactd.marketplaces.countries import country
from tactd.marketplaces.joined import RowError, filled
from tactd.marketplaces.senders import EMAIL
from tactd.marketplaces.shopify.columns import Cells
from tactd.marketplaces.shopify.rows import ShopifyRow

# Financial statuses under which the buyer has done his part. `authorized`: the card is charged
# when the goods go.
PAID = frozenset({"paid", "authorized", "partially_refunded", "refunded"})
GONE = frozenset({"fulfilled", "partial", "shipped"})

_BETWEEN_REFERENCES = re.compile(r"[+,;\s]+")


def order_of(number: str, rows: Sequence[ShopifyRow], known: tuple[Known, ...]) -> Order:
    """One order out of its rows. The order's own cells count from the first row that has them, so
    that money which a file repeats in every row counts once.

    Raises RowError where the rows are of two orders: every shop counts from #1001."""
    if len({row.id for row in rows} - {""}) > 1:
        raise RowError(f"{number} is the name of two orders here: exports of two shops in one?")
    first = _whole(rows)
    return Order(
        key=OrderKey(Marketplace.SHOPIFY, number),
        buyer_name=filled(first.cells.name) or filled(first.cells.payer_name),
        endpoints=_endpoints(first.cells),
        numbers=_numbers(first),
        lines=tuple(sorted(_lines(rows, first.cells.currency), key=order_of_line)),
        total=first.total,
        refunds=tuple(_refunds(first)),
        placed=first.placed,
        paid=first.paid or (first.placed if _status(first.cells.payment) in PAID else None),
        ship_to=_ship_to(first.cells),
        payer=_payer(first.cells),
        cancelled_at=first.cancelled,
        parcels=tuple(_parcels(first, rows)),
        known=tuple(_known(first, known)),
        note=filled(first.cells.note),
    )


def _whole(rows: Sequence[ShopifyRow]) -> ShopifyRow:
    """The first row that tells of the order itself: the others may hold only an item."""
    return next((row for row in rows if row.placed is not None), rows[0])


def _status(text: str) -> str:
    return text.lower().replace(" ", "_")


def _endpoints(cells: Cells) -> tuple[Endpoint, ...]:
    email = normal_address(cells.email)
    return (Endpoint(EndpointKind.MAIL, email),) if EMAIL.fullmatch(email) else ()


def _numbers(row: ShopifyRow) -> tuple[OtherNumber, ...]:
    """The id is the sales record: unlike the name, no other shop has it. What Shopify calls the
    payment's reference or id, PayPal's files call the invoice number."""
    cells = row.cells
    paid_by = (cells.reference, cells.payment_id, *_BETWEEN_REFERENCES.split(cells.references))
    found = {OtherNumber("invoice", text[:80]) for text in paid_by if filled(text)}
    found |= {OtherNumber("sales_record", row.id)} if row.id else set()
    return tuple(sorted(found, key=order_of_number))


def _lines(rows: Sequence[ShopifyRow], currency: str) -> Iterator[Line]:
    """The file has no item numbers; the SKU stands for them. Only the order's first row names the
    currency."""
    for row in rows:
        cells = row.cells
        if not cells.title and not cells.sku:
            continue
        yield Line(
            item=cells.sku,
            title=cells.title,
            sku=cells.sku,
            quantity=row.quantity,
            price=values.money(cells.price, currency),
        )


def _refunds(row: ShopifyRow) -> Iterator[Refund]:
    """The sum so far. The file does not tell when: the day of the order stands for that, which is
    the same in every export, so that reading the next one adds no second refund."""
    if (at := row.placed) is None:
        return
    if row.refunded is not None and row.refunded.amount > 0:
        yield Refund(row.refunded, at, source=_TELLER, so_far=True)
    elif _status(row.cells.payment) == "refunded":
        yield Refund(None, at, source=_TELLER, so_far=True)


_TELLER = f"{Marketplace.SHOPIFY} export"


def _ship_to(cells: Cells) -> PostalAddress:
    return PostalAddress(
        cells.name,
        cells.street or _street(cells.address1, cells.address2),
        cells.city,
        cells.region,
        cells.zip.lstrip("'"),
        country(cells.country),
    )


def _payer(cells: Cells) -> PostalAddress | None:
    if not filled(cells.payer_name):
        return None
    return PostalAddress(
        cells.payer_name,
        cells.payer_street or _street(cells.payer_address1, cells.payer_address2),
        cells.payer_city,
        cells.payer_region,
        cells.payer_zip.lstrip("'"),
        country(cells.payer_country),
    )


def _street(*lines: str) -> str:
    return ", ".join(line for line in lines if line)


def _known(row: ShopifyRow, known: tuple[Known, ...]) -> Iterator[Known]:
    """What has gone in part, or on a day that is not told, is neither sent nor to be sent: of its
    dispatch nothing is known, so nothing goes to the buyer without a person."""
    status = _status(row.cells.fulfilment)
    unclear = status == "partial" or (status in GONE and row.fulfilled is None)
    return (one for one in known if not unclear or one.group is not FactGroup.DISPATCH)


def _parcels(row: ShopifyRow, rows: Sequence[ShopifyRow]) -> Iterator[Parcel]:
    """What has gone, as one parcel: the file holds no tracking numbers and no second date."""
    status = _status(row.cells.fulfilment)
    if row.fulfilled is None or status not in GONE:
        return
    gone = {one.cells.sku for one in rows if _status(one.cells.line_fulfilment) in GONE}
    yield Parcel(
        service=row.cells.service,
        lines=tuple(sorted(gone - {""})) if status == "partial" else (),
        shipped_at=row.fulfilled,
        traced=Traced.NONE,
    )
