"""One row of Shopify's orders export → its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tactd.core.types import Money
from tactd.marketplaces import joined, values
from tactd.marketplaces.joined import optional
from tactd.marketplaces.shopify.columns import Cells

# The shop sets what stands before and behind the number: `#1044`, `EU-1044`, `1044/B`.
_ORDER_NAME = re.compile(r"(?=[^0-9]*[0-9])[^\s\x00-\x1f\ufffd=@,;\"]{1,40}")


@dataclass(frozen=True, slots=True)
class ShopifyRow:
    """A row with its values read."""

    cells: Cells
    placed: datetime | None
    paid: datetime | None
    fulfilled: datetime | None
    cancelled: datetime | None
    total: Money | None
    refunded: Money | None
    quantity: int
    id: str


def no_order_name(text: str) -> str | None:
    """Why the text names no order; None if it does."""
    if _ORDER_NAME.fullmatch(text):
        return None
    return f"{text[:40]!r} is no order name" if text else "no order name"


def read_row(raw: tuple[str, ...]) -> tuple[ShopifyRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read."""
    cells = Cells._make(raw)
    doubts: list[str] = []

    def money(text: str) -> Money | None:
        return values.money(text, cells.currency)

    return ShopifyRow(
        cells=cells,
        placed=joined.date("Created at", cells.placed),
        paid=joined.date("Paid at", cells.paid),
        fulfilled=joined.date("Fulfilled at", cells.fulfilled),
        cancelled=joined.date("Cancelled at", cells.cancelled),
        total=optional("total", cells.total, money, doubts),
        refunded=optional("refunded amount", cells.refunded, money, doubts),
        quantity=optional("quantity", cells.quantity, joined.quantity, doubts) or 1,
        id=joined.number("Id", cells.id, doubts),
    ), doubts
