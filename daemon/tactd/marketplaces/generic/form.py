"""What the seller says of an export in config.toml (`[[orders.columns]]`): what stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from tactd.core.types import Marketplace
from tactd.marketplaces.joined import Names
from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row, as text; what the form has no column for is empty."""

    order: str
    platform: str
    status: str
    shop: str
    buyer_name: str
    username: str
    email: str
    note: str
    placed: str
    paid: str
    ship_by: str
    shipped: str
    latest: str
    delivered: str
    cancelled: str
    refunded: str
    total: str
    currency: str
    item: str
    title: str
    sku: str
    variation: str
    quantity: str
    price: str
    tracking: str
    carrier: str
    service: str
    name: str
    street: str
    street2: str
    city: str
    region: str
    zip: str
    country: str
    transaction: str
    invoice: str


class Status(StrEnum):
    """What a status word of the seller's program means."""

    UNPAID = "unpaid"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    SKIP = "skip"  # no order of his: a draft, a test


DATES = ("YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One kind of export. A table is of this kind if it has a column for everything named here."""

    name: str
    columns: Mapping[str, tuple[str, ...]]  # field of Cells → names its column may have
    marketplace: Marketplace = Marketplace.OWN  # of all orders without a word of `platforms`
    platforms: Mapping[str, Marketplace | None] = field(default_factory=dict)  # None: left out
    statuses: Mapping[str, Status] = field(default_factory=dict)
    dates: str = ""  # one of DATES; "": a date like 03/04/2026 cannot be read
    decimal: str = ""  # "." or ","; "": as it looks
    money: str = ""  # currency (ISO 4217) where no cell names one

    @property
    def names(self) -> Names:
        """Every field, with its columns' names as tables.normal_name writes them."""
        return {one: tuple(map(normal_name, self.columns.get(one, ()))) for one in Cells._fields}

    @property
    def wanted(self) -> tuple[tuple[str, ...], ...]:
        return tuple(names for names in self.names.values() if names)


def word(text: str) -> str:
    """A word of a cell as it is looked up: case and white space do not count."""
    return " ".join(text.split()).casefold()
