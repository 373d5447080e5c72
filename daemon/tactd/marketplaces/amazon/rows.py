"""One row of an Amazon order file → its values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tactd.core.types import Money, ParcelState
from tactd.marketplaces import values
from tactd.marketplaces.amazon.columns import Cells
from tactd.marketplaces.joined import date, filled, optional, quantity

_ORDER_NUMBER = re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]{7}")
# Amazon delivers for other shops, too (multi-channel fulfilment): no buyer of Amazon's is in them.
_OTHER_SHOPS_NUMBER = re.compile(r"S[0-9]{2}-[0-9]{7}-[0-9]{7}")
_CURRENCY = re.compile(r"[A-Z]{3}")

CANCELLED = frozenset({"cancelled", "canceled", "storniert"})

# What the seller's goods do, by the word for the order's status. Seen: Shipped, Cancelled; the
# others are Amazon's usual terms and unconfirmed. None: nothing has left yet.
PARCEL_OF_STATUS: dict[str, ParcelState | None] = {
    "pending": None,
    "pendingavailability": None,
    "unshipped": None,
    "shipping": None,
    "nicht versandt": None,
    "ausstehend": None,
    "partiallyshipped": ParcelState.MOVING,
    "partially shipped": ParcelState.MOVING,
    "shipped": ParcelState.MOVING,
    "complete": ParcelState.MOVING,
    "versandt": ParcelState.MOVING,
    "shipped - picked up": ParcelState.MOVING,
    "shipped - out for delivery": ParcelState.MOVING,
    "shipped - delivered to buyer": ParcelState.DELIVERED,
    "shipped - rejected by buyer": ParcelState.RETURNED,
    "shipped - undeliverable": ParcelState.RETURNED,
    "shipped - returning to seller": ParcelState.RETURNED,
    "shipped - returned to seller": ParcelState.RETURNED,
    "shipped - lost in transit": ParcelState.LOST,
}

# Taxes stand beside the price where prices are quoted without them, elsewhere within it.
# Unconfirmed for sites beyond the United States and the European Union.
TAX_ON_TOP = frozenset({"USD", "CAD"})

_DATE_FIELDS = ("placed", "updated", "paid", "ship_by", "earliest", "latest")
_PRICES = ("price", "shipping", "wrap")
_TAXES = ("item_tax", "shipping_tax", "wrap_tax")
_DISCOUNTS = ("item_discount", "ship_discount")  # positive in some files, negative in others


@dataclass(frozen=True, slots=True)
class AmazonRow:
    """A row with its values read."""

    cells: Cells
    dates: dict[str, datetime]
    quantity: int
    price: Money | None  # of one piece
    charge: Money | None  # what the row adds to the total; None where it cannot be told
    parcel: ParcelState | None

    @property
    def names_goods(self) -> bool:
        """A row without goods only continues the one above: it holds further discounts."""
        return bool(self.cells.sku or self.cells.asin or self.cells.title)

    @property
    def cancelled(self) -> bool:
        return self.order_cancelled or self.cells.item_status.lower() in CANCELLED

    @property
    def order_cancelled(self) -> bool:
        return self.cells.status.lower() in CANCELLED


def read_row(texts: tuple[str, ...]) -> tuple[AmazonRow, list[str]]:
    """The row's values, and what in it could not be read but does not matter much.

    Raises RowError where a date cannot be read."""
    cells = Cells._make(texts)
    doubts: list[str] = []
    pieces = optional("quantity", cells.quantity, quantity, doubts) or 1
    sent = optional("quantity shipped", cells.sent, quantity, doubts) or 0
    amounts = _amounts(cells, doubts)
    row = AmazonRow(
        cells=cells,
        dates=_dates(cells),
        quantity=pieces,
        price=_piece(amounts, pieces, cells.currency),
        charge=_charge(amounts, cells),
        parcel=_parcel(cells.status, sent, doubts),
    )
    return row, doubts


def no_order_number(text: str) -> str | None:
    """Why the text is no order number of Amazon's; None if it is one."""
    if _ORDER_NUMBER.fullmatch(text) or other_shops_number(text):
        return None
    return f"{text[:40]!r} is no order number" if filled(text) else "no order number"


def other_shops_number(text: str) -> bool:
    return _OTHER_SHOPS_NUMBER.fullmatch(text) is not None


def _dates(cells: Cells) -> dict[str, datetime]:
    read = {name: date(name, getattr(cells, name)) for name in _DATE_FIELDS}
    return {name: at for name, at in read.items() if at is not None}


def _parcel(status: str, sent: int, doubts: list[str]) -> ParcelState | None:
    """By the status; “Unshipped Orders” has none, but tells how many pieces have gone."""
    said = filled(status).lower()
    if not said or said in CANCELLED:
        return ParcelState.MOVING if sent else None
    if said not in PARCEL_OF_STATUS:
        doubts.append(f"the status {status[:40]!r} is not known")
    return PARCEL_OF_STATUS.get(said)


# --------------------------------------------------------------------------- money


def _amounts(cells: Cells, doubts: list[str]) -> dict[str, Decimal | None]:
    """The amounts that are stated; None for one that cannot be read. Without a currency there
    are none: “Unshipped Orders” has no money at all."""
    if not _CURRENCY.fullmatch(cells.currency):
        return {}
    found: dict[str, Decimal | None] = {}
    for name in (*_PRICES, *_TAXES, *_DISCOUNTS):
        text: str = getattr(cells, name)
        if filled(text):
            amount = values.money(text, cells.currency)
            if amount is None or amount.currency != cells.currency:
                doubts.append(f"the amount {text[:40]!r} ({name}) cannot be read")
                found[name] = None
            else:
                found[name] = amount.amount
    return found


def _piece(amounts: dict[str, Decimal | None], pieces: int, currency: str) -> Money | None:
    """Amazon gives the price of all pieces together; one piece's only where it comes out even."""
    price = amounts.get("price")
    if price is None:
        return None
    piece = (price / pieces).quantize(Decimal("0.01"))
    return Money(piece, currency) if piece * pieces == price else None


def _charge(amounts: dict[str, Decimal | None], cells: Cells) -> Money | None:
    on_top = (*_PRICES, *_TAXES) if cells.currency in TAX_ON_TOP else _PRICES
    added = [amounts[name] for name in on_top if name in amounts]
    taken = [amounts[name] for name in _DISCOUNTS if name in amounts]
    goods = bool(cells.sku or cells.asin or cells.title)
    if not amounts or (goods and "price" not in amounts):
        return None
    total = Decimal()
    for sign, parts in ((1, added), (-1, taken)):
        for part in parts:
            if part is None:
                return None
            total += part if sign > 0 else -abs(part)
    return Money(total, cells.currency)
