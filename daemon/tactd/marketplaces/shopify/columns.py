"""The columns of Shopify's orders export: what tactd uses, and the names they have had.

Source: headers of the export as of 2026 (79 columns) and of older ones, which lack some at the
end. Shopify writes them in English whatever the shop's language. Names are compared after
tables.normal_name; a name that is not here is ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row, as text, by the names tactd uses. The order's own cells are filled in the first of
    its rows, or repeated in all of them."""

    order: str
    email: str
    payment: str
    paid: str
    fulfilment: str
    fulfilled: str
    currency: str
    total: str
    service: str
    placed: str
    quantity: str
    title: str
    price: str
    sku: str
    line_fulfilment: str
    payer_name: str
    payer_street: str
    payer_address1: str
    payer_address2: str
    payer_city: str
    payer_zip: str
    payer_region: str
    payer_country: str
    name: str
    street: str
    address1: str
    address2: str
    city: str
    zip: str
    region: str
    country: str
    note: str
    cancelled: str
    reference: str
    refunded: str
    id: str
    payment_id: str
    references: str


_NAMES: dict[str, tuple[str, ...]] = {
    "order": ("Name",),
    "email": ("Email",),
    "payment": ("Financial Status",),
    "paid": ("Paid at",),
    "fulfilment": ("Fulfillment Status",),
    "fulfilled": ("Fulfilled at",),
    "currency": ("Currency",),
    "total": ("Total",),
    "service": ("Shipping Method",),
    "placed": ("Created at",),
    "quantity": ("Lineitem quantity",),
    "title": ("Lineitem name",),
    "price": ("Lineitem price",),
    "sku": ("Lineitem sku",),
    "line_fulfilment": ("Lineitem fulfillment status",),
    "payer_name": ("Billing Name",),
    "payer_street": ("Billing Street",),
    "payer_address1": ("Billing Address1",),
    "payer_address2": ("Billing Address2",),
    "payer_city": ("Billing City",),
    "payer_zip": ("Billing Zip",),
    "payer_region": ("Billing Province", "Billing Province Name"),
    "payer_country": ("Billing Country",),
    "name": ("Shipping Name",),
    "street": ("Shipping Street",),
    "address1": ("Shipping Address1",),
    "address2": ("Shipping Address2",),
    "city": ("Shipping City",),
    "zip": ("Shipping Zip",),
    "region": ("Shipping Province", "Shipping Province Name"),
    "country": ("Shipping Country",),
    "note": ("Notes",),
    "cancelled": ("Cancelled at",),
    "reference": ("Payment Reference",),
    "refunded": ("Refunded Amount",),
    "id": ("Id",),
    "payment_id": ("Payment ID",),
    "references": ("Payment References",),
}

NAMES = {field: tuple(map(normal_name, _NAMES[field])) for field in Cells._fields}

WANTED = (NAMES["order"], NAMES["payment"], NAMES["title"], NAMES["placed"])
"""A table with one name of each of these groups is Shopify's."""

NEEDED = ("placed", "title", "quantity", "cancelled", "refunded")
"""A row that ends before one of these has been cut off."""

MATTERS = ("email", "total", "paid", "fulfilment", "fulfilled", "country", "cancelled")
