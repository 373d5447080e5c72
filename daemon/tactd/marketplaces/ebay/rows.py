"""One row of an eBay order file → its values."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from tactd.core.orders import normal_number
from tactd.core.types import Money, Rating
from tactd.marketplaces import values
from tactd.marketplaces.ebay.columns import Cells

T = TypeVar("T")

NOTHING = frozenset({"", "-", "--", "—", "n/a", "none", "null"})

RATINGS = {
    "positive": Rating.POSITIVE, "positiv": Rating.POSITIVE, "positif": Rating.POSITIVE,
    "positivo": Rating.POSITIVE, "+1": Rating.POSITIVE,
    "neutral": Rating.NEUTRAL, "neutre": Rating.NEUTRAL, "neutro": Rating.NEUTRAL,
    "neutrale": Rating.NEUTRAL, "0": Rating.NEUTRAL,
    "negative": Rating.NEGATIVE, "negativ": Rating.NEGATIVE, "négatif": Rating.NEGATIVE,
    "negativo": Rating.NEGATIVE, "-1": Rating.NEGATIVE,
}  # fmt: skip

# eBay: "a non-parsable string" since June 2019; so only its alphabet and size are checked.
_ORDER_NUMBER = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z-]{6,40}", re.ASCII)
# A spreadsheet has shortened a long number: `9.40011E+21`.
_SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]{1,3}", re.IGNORECASE)
_NUMBER_BREAK = re.compile(r"[,;|\n]")
_DATE_FIELDS = ("placed", "paid", "ship_by", "earliest", "latest", "shipped")


class RowError(ValueError):
    """The row cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class EbayRow:
    """A row with its values read."""

    cells: Cells
    dates: dict[str, datetime]
    total: Money | None
    price: Money | None
    quantity: int
    tracking: tuple[str, ...]
    rating: Rating | None


def read_row(cells: Cells, day_first: bool) -> tuple[EbayRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read: dates decide what a buyer is told."""
    doubts: list[str] = []
    row = EbayRow(
        cells=cells,
        dates=_dates(cells, day_first),
        total=_optional("total price", cells.total, values.money, doubts),
        price=_optional("price", cells.price, values.money, doubts),
        quantity=_optional("quantity", cells.quantity, _quantity, doubts) or 1,
        tracking=_tracking(cells.tracking, doubts),
        rating=_optional("feedback", cells.feedback, _rating, doubts),
    )
    return row, doubts


def no_order_number(cells: Cells) -> str | None:
    """Why the row belongs to no order; None if it has an order number."""
    if _ORDER_NUMBER.fullmatch(cells.order):
        return None
    if cells.order.lower() in NOTHING:
        named = f" (sales record {cells.record})" if cells.record else ""
        return f"no order number{named}: not paid yet?"
    return f"{cells.order[:40]!r} is no order number"


def _dates(cells: Cells, day_first: bool) -> dict[str, datetime]:
    found = {}
    for name in _DATE_FIELDS:
        text: str = getattr(cells, name)
        if not text or text in NOTHING:
            continue
        at = values.date(text, day_first)
        if at is None:
            raise RowError(f"the date {text[:40]!r} ({name}) cannot be read")
        found[name] = at
    return found


def _optional(what: str, text: str, read: Callable[[str], T | None], doubts: list[str]) -> T | None:
    if not text or text.lower() in NOTHING:
        return None
    value = read(text)
    if value is None:
        doubts.append(f"the {what} {text[:40]!r} cannot be read")
    return value


def _quantity(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else None


def _rating(text: str) -> Rating | None:
    return RATINGS.get(text.lower())


def _tracking(text: str, doubts: list[str]) -> tuple[str, ...]:
    """The cell may hold several numbers, or be wrapped for a spreadsheet as `="0034…"`."""
    if text.lower() in NOTHING:
        return ()
    numbers = []
    for part in _NUMBER_BREAK.split(text.strip("='\" ")):
        if _SHORTENED.fullmatch(part.strip()):
            doubts.append(f"a spreadsheet has shortened the tracking number to {part.strip()!r}")
        elif number := normal_number(part[:60]):
            numbers.append(number)
    return tuple(dict.fromkeys(numbers))
