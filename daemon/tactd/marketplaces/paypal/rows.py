"""One row of PayPal's activity → its values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tactd.core.payments import TRANSACTION
from tactd.core.types import Money
from tactd.marketplaces import joined, values
from tactd.marketplaces.joined import RowError, optional
from tactd.marketplaces.paypal.columns import Cells
from tactd.marketplaces.paypal.times import moment
from tactd.marketplaces.paypal.words import COMPLETED, Kind, kind_of

_OF_THE_PAYMENT = frozenset(
    {Kind.REFUND, Kind.DISPUTE, Kind.DISPUTE_OVER, Kind.CHARGEBACK, Kind.CHARGEBACK_OVER}
)


@dataclass(frozen=True, slots=True)
class PayPalRow:
    """A row with its values read."""

    cells: Cells
    kind: Kind
    at: datetime
    gross: Money
    quantity: int


def no_transaction(text: str) -> str | None:
    """Why the text is no transaction; None if it is one."""
    if TRANSACTION.fullmatch(text):
        return None
    return f"{text[:40]!r} is no transaction" if text else "no transaction"


def sale(cells: Cells) -> Kind:
    """What the row is to a seller: only what is completed and moves money in is a payment, and
    only what takes money out again a refund."""
    kind = kind_of(cells.type)
    if cells.status and values.fold(cells.status) not in COMPLETED:
        return Kind.NOTHING
    if kind is Kind.GOODS:
        return kind
    if values.fold(cells.impact) == "memo":
        return Kind.NOTHING
    out = cells.gross.lstrip().startswith(("-", "−"))
    if kind is Kind.PAYMENT:
        return Kind.NOTHING if out or "@" not in cells.email else kind
    if kind is Kind.REFUND and not out:
        return Kind.NOTHING  # the seller's own money came back
    if kind in _OF_THE_PAYMENT and not TRANSACTION.fullmatch(cells.reference):
        return Kind.NOTHING
    return kind


def read_row(raw: tuple[str, ...], day_first: bool) -> tuple[PayPalRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date or the sum cannot be read."""
    cells = Cells._make(raw)
    doubts: list[str] = []
    gross = values.money(cells.gross.replace("−", "-"), cells.currency)
    if gross is None:
        raise RowError(f"the sum {cells.gross[:40]!r} {cells.currency[:10]} cannot be read")
    return PayPalRow(
        cells=cells,
        kind=sale(cells),
        at=moment(cells, day_first),
        gross=gross,
        quantity=optional("quantity", cells.quantity, joined.quantity, doubts) or 1,
    ), doubts
