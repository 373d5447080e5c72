"""`[[orders.columns]]`: which column of the seller's own export holds what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, model_validator

from tactd.config import fields
from tactd.config.fields import text_field
from tactd.config.kinds import Line
from tactd.core.types import Marketplace

if TYPE_CHECKING:
    from tactd.marketplaces.generic.form import Form

_STATUSES = ("unpaid", "paid", "shipped", "delivered", "cancelled", "refunded", "skip")
_DATES = ("YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY")
_MARKETPLACES = tuple(one.value for one in Marketplace if one is not Marketplace.PAYPAL)
_SKIP = "skip"


def _headers(value: object) -> object:
    """One header, or a list of those that the column has had."""
    found = [value] if isinstance(value, str) else value
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        raise ValueError('write the header of the column in quotes, or a list: ["Total", "Sum"]')
    return tuple(fields.one_line(one) for one in found)


def _currency(text: str) -> str:
    if len(text) != 3 or not (text.isascii() and text.isalpha() and text.isupper()):
        raise ValueError('write the three letters of the currency, as in "USD"')
    return text


def _one_of(known: tuple[str, ...]) -> PlainValidator:
    return text_field(f'"{known[0]}"', lambda text: fields.choice(text, known))


def _table(example: str) -> BeforeValidator:
    def check(value: object) -> object:
        if not isinstance(value, dict) or not value:
            raise ValueError(f"write a table of words, as in {example}")
        return value

    return BeforeValidator(check)


Headers = Annotated[tuple[str, ...], BeforeValidator(_headers)]
MarketplaceName = Annotated[str, _one_of(_MARKETPLACES)]
PlatformName = Annotated[str, _one_of((*_MARKETPLACES, _SKIP))]
StatusName = Annotated[str, _one_of(_STATUSES)]
DateForm = Annotated[str, _one_of(_DATES)]
DecimalMark = Annotated[str, _one_of((".", ","))]
Currency = Annotated[str, text_field('"USD"', _currency)]
Platforms = Annotated[Mapping[Line, PlatformName], _table('{ "AliExpress" = "aliexpress" }')]
Statuses = Annotated[Mapping[Line, StatusName], _table('{ "processing" = "paid" }')]


class Columns(BaseModel):
    """One kind of export. What is no setting is a column: its header, or those it has had."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    name: Line = Field(examples=['"WooCommerce"'])
    marketplace: MarketplaceName = Marketplace.OWN.value
    platforms: Platforms = Field(default_factory=dict)
    statuses: Statuses = Field(default_factory=dict)
    dates: DateForm = ""
    decimal: DecimalMark = ""
    money: Currency = ""

    order: Headers = Field(examples=['"Order ID"'])
    platform: Headers = ()
    status: Headers = ()
    shop: Headers = ()
    buyer_name: Headers = ()
    username: Headers = ()
    email: Headers = ()
    note: Headers = ()
    placed: Headers = ()
    paid: Headers = ()
    ship_by: Headers = ()
    shipped: Headers = ()
    latest: Headers = ()
    delivered: Headers = ()
    cancelled: Headers = ()
    refunded: Headers = ()
    total: Headers = ()
    currency: Headers = ()
    item: Headers = ()
    title: Headers = ()
    sku: Headers = ()
    variation: Headers = ()
    quantity: Headers = ()
    price: Headers = ()
    tracking: Headers = ()
    carrier: Headers = ()
    service: Headers = ()
    consignee: Headers = ()
    street: Headers = ()
    street2: Headers = ()
    city: Headers = ()
    region: Headers = ()
    zip: Headers = ()
    country: Headers = ()
    transaction: Headers = ()
    invoice: Headers = ()

    @model_validator(mode="after")
    def _goes_together(self) -> Columns:
        """A column of words says nothing without the table of what they mean."""
        for column, table in (("status", "statuses"), ("platform", "platforms")):
            if bool(getattr(self, column)) != bool(getattr(self, table)):
                raise ValueError(f"{column} and {table} go together: the column, and its words")
        if len(self.headers()) < _FEWEST:
            raise ValueError(f"name at least {_FEWEST} columns: by them the file is recognised")
        return self

    def headers(self) -> dict[str, tuple[str, ...]]:
        """The columns that are named, with their headers."""
        columns = (name for name in type(self).model_fields if name not in _SETTINGS)
        return {name: found for name in columns if (found := getattr(self, name))}

    def form(self) -> Form:
        from tactd.marketplaces.generic.form import Form, Status, word  # loads all readers

        return Form(
            name=self.name,
            columns={_FIELD_OF.get(name, name): found for name, found in self.headers().items()},
            marketplace=Marketplace(self.marketplace),
            platforms={
                word(text): None if name == _SKIP else Marketplace(name)
                for text, name in self.platforms.items()
            },
            statuses={word(text): Status(name) for text, name in self.statuses.items()},
            dates=self.dates,
            decimal=self.decimal,
            money=self.money,
        )


_SETTINGS = frozenset({"name", "marketplace", "platforms", "statuses", "dates", "decimal", "money"})
_FIELD_OF = {"consignee": "name"}  # `name` is the form's own
_FEWEST = 4
