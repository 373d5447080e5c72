"""One row of an eBay order file → its values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from tactd.core.orders import normal_number
from tactd.core.types import Line, Money, Rating
from tactd.marketplaces import joined, values
from tactd.marketplaces.ebay.columns import Cells

RATINGS = {
    "positive": Rating.POSITIVE, "positiv": Rating.POSITIVE, "positif": Rating.POSITIVE,
    "positivo": Rating.POSITIVE, "+1": Rating.POSITIVE,
    "neutral": Rating.NEUTRAL, "neutre": Rating.NEUTRAL, "neutro": Rating.NEUTRAL,
    "neutrale": Rating.NEUTRAL, "0": Rating.NEUTRAL,
    "negative": Rating.NEGATIVE, "negativ": Rating.NEGATIVE, "négatif": Rating.NEGATIVE,
    "negativo": Rating.NEGATIVE, "-1": Rating.NEGATIVE,
    "removed": Rating.REMOVED, "withdrawn": Rating.REMOVED, "entfernt": Rating.REMOVED,
    "zurückgezogen": Rating.REMOVED,
}  # fmt: skip

# eBay: "a non-parsable string" since June 2019; so only its alphabet and size are checked.
_ORDER_NUMBER = re.compile(r"(?=[^0-9]*[0-9])[0-9A-Za-z-]{6,40}", re.ASCII)
_NUMBER_BREAK = re.compile(rf"{joined.COMMA}|[;|\n]")
_DATE_FIELDS = ("placed", "paid", "ship_by", "earliest", "latest", "shipped")
_date_cells = attrgetter(*_DATE_FIELDS)
_goods_cells = attrgetter("item", "title", "sku", "quantity", "price", "variation")


class EbayRow(NamedTuple):
    """A row with its values read. A tuple, for there may be a million: it is made in half the
    time."""

    cells: Cells
    dates: Mapping[str, datetime]
    total: Money | None
    line: Line | None  # None in the summary row of several items
    tracking: tuple[str, ...]
    rating: Rating | None


def read_row(cells: Cells, day_first: bool) -> tuple[EbayRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read: dates decide what a buyer is told."""
    line, doubted = _goods(*_goods_cells(cells))
    doubts = [*doubted]
    total, tracking, feedback = cells.total, cells.tracking, cells.feedback
    row = EbayRow(
        cells,
        _dates(_date_cells(cells), day_first),
        joined.optional("total price", total, values.money, doubts) if total else None,
        line,
        _tracking(tracking, doubts) if tracking else (),
        joined.optional("feedback", feedback, _rating, doubts) if feedback else None,
    )
    return row, doubts


def is_order_number(text: str) -> bool:
    return _ORDER_NUMBER.fullmatch(text) is not None


def no_order_number(cells: Cells) -> str | None:
    """Why the row belongs to no order; None if it has an order number."""
    if is_order_number(cells.order):
        return None
    if not joined.filled(cells.order):
        named = f" (sales record {cells.record})" if cells.record else ""
        return f"no order number{named}: not paid yet?"
    return f"{cells.order[:40]!r} is no order number"


# What repeats from row to row is read once: the same goods are sold many times, and on few days.


@lru_cache(maxsize=8192)
def _dates(texts: tuple[str, ...], day_first: bool) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for name, text in zip(_DATE_FIELDS, texts, strict=True):
        if text and (at := joined.date(name, text, day_first)) is not None:
            found[name] = at
    return found


@lru_cache(maxsize=8192)
def _goods(
    item: str, title: str, sku: str, quantity: str, price: str, variation: str
) -> tuple[Line | None, tuple[str, ...]]:
    doubts: list[str] = []
    money = joined.optional("price", price, values.money, doubts)
    count = joined.optional("quantity", quantity, joined.quantity, doubts) or 1
    line = Line(item, title, sku, count, money, variation) if item or title else None
    return line, tuple(doubts)


def _rating(text: str) -> Rating | None:
    return RATINGS.get(text.lower())


def _tracking(text: str, doubts: list[str]) -> tuple[str, ...]:
    """The cell may hold several numbers, or be wrapped for a spreadsheet as `="0034…"`."""
    if not joined.filled(text):
        return ()
    if text.isalnum() and not joined.SHORTENED.fullmatch(text):  # nearly all
        return (normal_number(text[:60]),)
    numbers = []
    for one in _NUMBER_BREAK.split(text.strip("='\" ")):
        part = one.strip()
        if joined.SHORTENED.fullmatch(part):
            doubts.append(f"a spreadsheet has shortened the tracking number to {part!r}")
        elif number := normal_number(part[:60]):
            numbers.append(number)
    return tuple(dict.fromkeys(numbers))
