"""The rows of one order in one of Etsy's files → the Order.

Neither file holds all of an order: one has its money and the buyer's user name, the other its
items. core.merge makes one order of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from tactd.core.orders import normal_username, order_of_line, order_of_number
from tactd.core.types import (
    Endpoint,
    EndpointKind,
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
from tactd.marketplaces.countries import country
from tactd.marketplaces.etsy.columns import Cells
from tactd.marketplaces.etsy.rows import EtsyRow
from tactd.marketplaces.joined import filled

CANCELLED = frozenset({"canceled", "cancelled"})
REFUNDED = frozenset({"refunded", "fully refunded"})
PAID_AT_ONCE = "online"  # payment types of Etsy's own checkout: "online_cc" …

_IN_BRACKETS = re.compile(r"\(([^()\s@]{1,64})\)\s*$")


def order_of(number: str, rows: Sequence[EtsyRow], known: tuple[Known, ...]) -> Order:
    """One order out of its rows. Only one row's total is taken: the file of items has none, and
    in the other an order is one row."""
    first = rows[0]
    status = first.cells.status.lower()
    return Order(
        key=OrderKey(Marketplace.ETSY, number.lstrip("#")),
        buyer_name=filled(first.cells.name),
        endpoints=_endpoints(first.cells),
        numbers=_numbers(rows),
        lines=tuple(sorted(_lines(rows), key=order_of_line)),
        total=first.total,
        refunds=_refunds(first.placed, status),
        placed=first.placed,
        paid=_paid(first),
        ship_to=_ship_to(first.cells),
        cancelled_at=first.placed if status in CANCELLED else None,
        parcels=tuple(_parcels(rows)),
        known=known,
    )


def _refunds(placed: datetime | None, status: str) -> tuple[Refund, ...]:
    """The file does not tell when: the day of the sale stands for that, in every export alike."""
    if placed is None or status not in REFUNDED:
        return ()
    return (Refund(None, placed, source=f"{Marketplace.ETSY} export", so_far=True),)


def _paid(row: EtsyRow) -> datetime | None:
    """The file of orders has no such date: who pays by Etsy's checkout pays as he buys."""
    at_once = row.cells.payment.lower().startswith(PAID_AT_ONCE)
    return row.paid or (row.placed if at_once else None)


def _endpoints(cells: Cells) -> tuple[Endpoint, ...]:
    """The user name has a column in one file; in the other it stands in brackets behind the name.
    A bare name is none: two guests may have the same."""
    in_brackets = _IN_BRACKETS.search(cells.buyer)
    name = filled(cells.username) or (in_brackets[1] if in_brackets else "")
    username = normal_username(name)
    if not username or "@" in username:
        return ()
    return (Endpoint(EndpointKind.ETSY, username),)


def _numbers(rows: Sequence[EtsyRow]) -> tuple[OtherNumber, ...]:
    found = {OtherNumber("transaction", row.transaction) for row in rows if row.transaction}
    return tuple(sorted(found, key=order_of_number))


def _lines(rows: Sequence[EtsyRow]) -> Iterator[Line]:
    for row in rows:
        if row.listing or row.cells.title:
            yield Line(
                item=row.listing,
                title=row.cells.title,
                sku=row.cells.sku,
                quantity=row.quantity,
                price=row.price,
                variation=row.cells.variation,
            )


def _ship_to(cells: Cells) -> PostalAddress:
    street = ", ".join(line for line in (cells.address1, cells.address2) if line)
    return PostalAddress(
        cells.name, street, cells.city, cells.region, cells.zip.lstrip("'"), country(cells.country)
    )


def _parcels(rows: Sequence[EtsyRow]) -> Iterator[Parcel]:
    """One for each day on which something went: neither file holds tracking numbers."""
    days = sorted({row.shipped for row in rows if row.shipped is not None})
    for day in days:
        gone = [row for row in rows if row.shipped == day]
        items = {row.listing for row in gone if row.listing}
        yield Parcel(
            lines=tuple(sorted(items)) if len(gone) < len(rows) else (),
            shipped_at=day,
            traced=Traced.NONE,
        )
