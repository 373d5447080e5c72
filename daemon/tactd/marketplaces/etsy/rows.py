"""One row of Etsy's files of sales → its values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tactd.core.types import Money
from tactd.marketplaces import joined, values
from tactd.marketplaces.etsy.columns import Cells
from tactd.marketplaces.joined import Raw, optional

_ORDER_NUMBER = re.compile(r"#?[0-9]{5,14}", re.ASCII)
DATES = ("placed", "paid", "shipped")
_SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-][0-9]{2,4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class EtsyRow:
    """A row with its values read."""

    cells: Cells
    placed: datetime | None
    paid: datetime | None
    shipped: datetime | None
    total: Money | None
    price: Money | None
    quantity: int
    transaction: str
    listing: str


def no_order_number(text: str) -> str | None:
    """Why the text is no order number; None if it is one."""
    if _ORDER_NUMBER.fullmatch(text):
        return None
    return f"{text[:40]!r} is no order number" if text else "no order number"


def is_day_first(raws: Iterable[Raw]) -> bool:
    """Etsy writes month/day/year. A file that has been through a spreadsheet may have the day
    first; then some day above 12 shows it, and no month does the contrary."""
    said: set[bool] = set()
    for _, raw in raws:
        cells = Cells._make(raw)
        said |= day_and_month([getattr(cells, name) for name in DATES])
    return said == {True}


def day_and_month(texts: Iterable[str]) -> set[bool]:
    """True: a day stands first in one of them, that is a number above 12; False: it stands
    second."""
    found = [match for text in texts if (match := _SLASHED.match(text))]
    return {one == 1 for match in found for one in (1, 2) if int(match[one]) > 12}


def read_row(raw: tuple[str, ...], day_first: bool) -> tuple[EtsyRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read."""
    cells = Cells._make(raw)
    doubts: list[str] = []

    def money(text: str) -> Money | None:
        return values.money(text, cells.currency)

    return EtsyRow(
        cells=cells,
        placed=joined.date("Sale Date", cells.placed, day_first),
        paid=joined.date("Date Paid", cells.paid, day_first),
        shipped=joined.date("Date Shipped", cells.shipped, day_first),
        total=optional("order total", cells.total, money, doubts),
        price=optional("price", cells.price, money, doubts),
        quantity=optional("quantity", cells.quantity, joined.quantity, doubts) or 1,
        transaction=joined.number("transaction number", cells.transaction, doubts),
        listing=joined.number("listing number", cells.listing, doubts),
    ), doubts
