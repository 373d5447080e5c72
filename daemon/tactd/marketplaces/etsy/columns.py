"""The columns of Etsy's two files of sales: what tactd uses, and the names they have had.

Sources: headers of `EtsySoldOrders` (a row for each order) and `EtsySoldOrderItems` (a row for
each item), in their US wording and the British one ("Delivery City", "Date Posted"). Names are
compared after tables.normal_name; a name that is not here is ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row of either file, as text; what the file has no column for is empty."""

    order: str
    placed: str
    paid: str
    shipped: str
    username: str
    buyer: str
    name: str
    address1: str
    address2: str
    city: str
    region: str
    zip: str
    country: str
    currency: str
    total: str
    status: str
    payment: str
    title: str
    quantity: str
    price: str
    transaction: str
    listing: str
    variation: str
    sku: str


_NAMES: dict[str, tuple[str, ...]] = {
    "order": ("Order ID",),
    "placed": ("Sale Date",),
    "paid": ("Date Paid",),
    "shipped": ("Date Shipped", "Date Posted", "Date Dispatched"),
    "username": ("Buyer User ID",),
    "buyer": ("Buyer",),
    "name": ("Ship Name", "Full Name", "Delivery Name"),
    "address1": ("Street 1", "Ship Address1", "Delivery Address1"),
    "address2": ("Street 2", "Ship Address2", "Delivery Address2"),
    "city": ("Ship City", "Delivery City"),
    "region": ("Ship State", "Delivery State"),
    "zip": ("Ship Zipcode", "Delivery Zipcode"),
    "country": ("Ship Country", "Delivery Country"),
    "currency": ("Currency",),
    "total": ("Order Total",),
    "status": ("Status",),
    "payment": ("Payment Type",),
    "title": ("Item Name",),
    "quantity": ("Quantity",),
    "price": ("Price",),
    "transaction": ("Transaction ID",),
    "listing": ("Listing ID",),
    "variation": ("Variations",),
    "sku": ("SKU",),
}

NAMES = {field: tuple(map(normal_name, _NAMES[field])) for field in Cells._fields}

ORDERS = (NAMES["order"], NAMES["placed"], NAMES["username"], NAMES["total"])
ITEMS = (NAMES["order"], NAMES["placed"], NAMES["title"], NAMES["transaction"], NAMES["listing"])
"""A table with one name of each of these groups is Etsy's, of the one kind or the other."""

NEEDED = ("placed", "paid", "shipped", "country", "total", "title", "quantity")
"""A row that ends before one of these has been cut off."""

MATTERS = ("order", "placed", "shipped", "country", "currency")
