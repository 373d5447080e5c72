"""One row of an export that the seller has described → its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from tactd.core.orders import normal_number
from tactd.core.types import Marketplace, Money
from tactd.marketplaces import joined, values
from tactd.marketplaces.generic.form import Cells, Form, Status, word
from tactd.marketplaces.joined import SHORTENED, RowError, filled, optional

# Programs number as they like; a sign before it keeps spreadsheets off: `'1044`, `="1044"`.
_ORDER_NUMBER = re.compile(r"(?:'|=\")?(?P<number>(?=[^0-9]*[0-9])[^\s\ufffd='@,;\"]{1,60})\"?")
_TWO_WAYS = re.compile(r"(0?[1-9]|1[0-2])[/-](0?[1-9]|1[0-2])[/-][0-9]{2,4}\b", re.ASCII)
_GROUPED = {",": re.compile(r"(?<=\d)[. '’](?=\d{3})"), ".": re.compile(r"(?<=\d)[, '’](?=\d{3})")}
_POINT = re.compile(r"(?<=\d)[.,](?=\d{1,6}(?!\d))")
_BETWEEN = re.compile(rf"(?:{joined.COMMA}|[\n\r;|，；])+")
_DATES = (
    "placed", "paid", "ship_by", "shipped", "latest", "delivered", "cancelled",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GenericRow:
    """A row with its values read."""

    cells: Cells
    marketplace: Marketplace | None  # None: to be left out
    status: Status | None
    dates: dict[str, datetime]
    total: Money | None
    refunded: Money | None
    price: Money | None
    quantity: int
    tracking: tuple[str, ...]


def order_number(text: str) -> str:
    found = _ORDER_NUMBER.fullmatch(text)
    return found["number"] if found else ""


def no_order_number(text: str) -> str | None:
    """Why the text is no order number; None if it is one."""
    if SHORTENED.fullmatch(text):
        return f"a spreadsheet has shortened the order number to {text!r}: export it again"
    if order_number(text):
        return None
    return f"{text[:40]!r} is no order number" if text else "no order number"


def continues(raw: tuple[str, ...]) -> bool:
    """Whether a row without a number adds goods or a parcel to the order above it, whose cells are
    one cell over several rows."""
    cells = Cells._make(raw)
    goods = cells.item or cells.title or cells.sku or cells.tracking
    return bool(goods) and not (cells.placed or cells.total or cells.status or cells.email)


def read_row(raw: tuple[str, ...], form: Form) -> tuple[GenericRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read, or it is not known whose the order is."""
    cells = Cells._make(raw)
    doubts: list[str] = []

    def money(text: str) -> Money | None:
        return values.money(_pointed(text, form.decimal), cells.currency.upper() or form.money)

    return GenericRow(
        cells=cells,
        marketplace=_marketplace(cells.platform, form),
        status=form.statuses.get(word(cells.status)),
        dates={name: at for name in _DATES if (at := _date(cells, name, form)) is not None},
        total=optional("total", cells.total, money, doubts),
        refunded=optional("refund", cells.refunded, money, doubts),
        price=optional("price", cells.price, money, doubts),
        quantity=optional("quantity", cells.quantity, _quantity, doubts) or 1,
        tracking=tuple(dict.fromkeys(_numbers(cells.tracking, doubts))),
    ), doubts


def _marketplace(text: str, form: Form) -> Marketplace | None:
    """Raises RowError for a word that the form does not have: the order would be another's."""
    if not text:
        return form.marketplace
    if word(text) not in form.platforms:
        raise RowError(f"{text[:40]!r} is not in the platforms of {form.name!r} (config.toml)")
    return form.platforms[word(text)]


def _date(cells: Cells, name: str, form: Form) -> datetime | None:
    text = getattr(cells, name)
    two_ways = _TWO_WAYS.match(text) if form.dates in ("", "YYYY-MM-DD") else None
    if two_ways and int(two_ways[1]) != int(two_ways[2]):
        raise RowError(
            f"the date {text[:40]!r} ({name}) can be read in two ways: say in config.toml "
            'dates = "DD/MM/YYYY" or "MM/DD/YYYY"'
        )
    return joined.date(name, text, form.dates == "DD/MM/YYYY")


def _pointed(text: str, decimal: str) -> str:
    """The same amount as values.number cannot misunderstand it, where the decimal mark is known."""
    if not decimal:
        return text
    plain = _GROUPED[decimal].sub("", text)
    mark = _POINT.search(plain)
    if mark is None or mark[0] != decimal:
        return plain
    # `1,234` is one and a bit, not a thousand: with a fourth decimal that is plain to see
    digits = re.match(r"\d+", plain[mark.end() :])
    behind = mark.end() + len(digits[0] if digits else "")
    return f"{plain[: mark.start()]}.{plain[mark.end() : behind]:0<4}{plain[behind:]}"


def _quantity(text: str) -> int | None:
    whole, _, rest = text.partition(".")
    return joined.quantity(whole) if not rest.strip("0") else None


def _numbers(text: str, doubts: list[str]) -> list[str]:
    found = []
    for part in _BETWEEN.split(text):
        plain = part.strip().strip("='\"").strip()
        if SHORTENED.fullmatch(plain):
            doubts.append(f"a spreadsheet has shortened the tracking number to {plain!r}")
        elif filled(plain) and (number := normal_number(plain[:60])):
            found.append(number)
    return found
