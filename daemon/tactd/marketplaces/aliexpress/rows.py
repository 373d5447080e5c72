"""One row of AliExpress's export → its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from tactd.core.types import Money
from tactd.marketplaces import joined, values
from tactd.marketplaces.aliexpress.columns import Cells
from tactd.marketplaces.aliexpress.packed import Sent, parcels
from tactd.marketplaces.joined import SHORTENED, filled, optional

# 16 digits; older ones had fewer. Spreadsheets want a sign before it: `'3041…`, `="3041…"`.
_ORDER_NUMBER = re.compile(r"(?:'|=\")?([0-9]{12,17})\"?", re.ASCII)
_DAYS = re.compile(r"([0-9]{1,3})\s*(?:天|日|days?)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AliRow:
    """A row with its values read."""

    cells: Cells
    placed: datetime | None
    paid: datetime | None
    shipped: datetime | None
    confirmed: datetime | None
    ship_by: datetime | None
    latest: datetime | None
    total: Money | None
    sent: tuple[Sent, ...]


def order_number(text: str) -> str:
    found = _ORDER_NUMBER.fullmatch(text)
    return found[1] if found else ""


def no_order_number(text: str) -> str | None:
    """Why the text is no order number; None if it is one. There is no check digit."""
    if order_number(text):
        return None
    if SHORTENED.fullmatch(text):
        return f"a spreadsheet has shortened the order number to {text!r}: export it again"
    return f"{text[:40]!r} is no order number" if text else "no order number"


def continues(raw: tuple[str, ...]) -> bool:
    """Whether a row without a number adds a product or parcel to the order above it, whose cells
    are one cell over several rows."""
    cells = Cells._make(raw)
    return bool(cells.products or cells.tracking) and not (cells.placed or cells.total)


def read_row(raw: tuple[str, ...]) -> tuple[AliRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read."""
    cells = Cells._make(raw)
    doubts: list[str] = []
    placed, paid = _day("下单时间", cells.placed), _day("付款时间", cells.paid)
    shipped = _day("发货时间", cells.shipped)
    return AliRow(
        cells=cells,
        placed=placed,
        paid=paid,
        shipped=shipped,
        confirmed=_day("确认收货时间", cells.confirmed),
        ship_by=_due("发货期限", cells.ship_by, paid, doubts),
        latest=_due("预计送达时间", cells.latest, paid, doubts),
        total=optional("order total", cells.total, values.money, doubts),
        sent=tuple(dict.fromkeys(parcels(cells.tracking, doubts))),
    ), doubts


def _day(name: str, text: str) -> datetime | None:
    """The file does not tell by which clock its times are, Chinese or Californian: only the day is
    taken. Raises RowError."""
    at = joined.date(name, text)
    return None if at is None else at.replace(hour=12, minute=0, second=0)


def _due(name: str, text: str, since: datetime | None, doubts: list[str]) -> datetime | None:
    """A day, or a number of days from the payment. The form is unconfirmed: what cannot be read is
    a doubt and spoils nothing."""
    if not filled(text):
        return None
    if days := _DAYS.fullmatch(text):
        return since + timedelta(days=int(days[1])) if since else None
    if (at := values.date(text)) is None:
        doubts.append(f"the day {text[:40]!r} ({name}) cannot be read")
        return None
    return at.replace(hour=12, minute=0, second=0)
