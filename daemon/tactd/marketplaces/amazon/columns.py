"""The columns of Amazon's order files: what tactd uses, and the names each has had.

Sources: headers of the reports “All Orders”, “Unshipped Orders” and “New Orders” (Seller Central,
Orders > Order Reports; the same files come from the Reports API). Amazon.com, .co.uk and .de write
the same English names; the German ones beside them are unconfirmed. Names are compared after
tables.normal_name; a name that is not here is ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row, as text, by the names tactd uses."""

    order: str
    item_id: str
    merchant_order: str
    site: str
    placed: str
    updated: str
    paid: str
    ship_by: str
    earliest: str
    latest: str
    status: str
    item_status: str
    service: str
    title: str
    sku: str
    asin: str
    quantity: str
    sent: str
    currency: str
    price: str
    item_tax: str
    shipping: str
    shipping_tax: str
    wrap: str
    wrap_tax: str
    item_discount: str
    ship_discount: str
    email: str
    buyer_name: str
    name: str
    address1: str
    address2: str
    address3: str
    city: str
    region: str
    zip: str
    country: str


_NAMES: dict[str, tuple[str, ...]] = {
    "order": ("amazon-order-id", "order-id", "Bestellnummer", "Amazon-Bestellnummer"),
    "item_id": ("order-item-id", "amazon-order-item-id"),
    "merchant_order": ("merchant-order-id",),
    "site": ("sales-channel", "Vertriebskanal"),
    "placed": ("purchase-date", "Kaufdatum", "Bestelldatum"),
    "updated": ("last-updated-date",),
    "paid": ("payments-date", "Zahlungsdatum"),
    "ship_by": ("promise-date",),
    "earliest": ("delivery-start-date", "scheduled-delivery-start-date"),
    "latest": ("delivery-end-date", "scheduled-delivery-end-date"),
    "status": ("order-status", "Bestellstatus"),
    "item_status": ("item-status",),
    "service": ("ship-service-level", "Versandart"),
    "title": ("product-name", "Produktname", "Artikelname"),
    "sku": ("sku",),
    "asin": ("asin",),
    "quantity": ("quantity-purchased", "quantity", "Menge", "Anzahl"),
    "sent": ("quantity-shipped",),
    "currency": ("currency", "Währung"),
    "price": ("item-price", "Artikelpreis"),
    "item_tax": ("item-tax",),
    "shipping": ("shipping-price",),
    "shipping_tax": ("shipping-tax",),
    "wrap": ("gift-wrap-price",),
    "wrap_tax": ("gift-wrap-tax",),
    "item_discount": ("item-promotion-discount",),
    "ship_discount": ("ship-promotion-discount",),
    "email": ("buyer-email",),
    "buyer_name": ("buyer-name", "Name des Käufers"),
    "name": ("recipient-name", "Name des Empfängers"),
    "address1": ("ship-address-1",),
    "address2": ("ship-address-2",),
    "address3": ("ship-address-3",),
    "city": ("ship-city",),
    "region": ("ship-state",),
    "zip": ("ship-postal-code",),
    "country": ("ship-country",),
}

NAMES = {field: tuple(map(normal_name, names)) for field, names in _NAMES.items()}

WANTED = (NAMES["order"], NAMES["placed"], NAMES["sku"], NAMES["service"])
"""A table with one name of each of these groups is Amazon's."""

TELLS_OF_DISPATCH = frozenset((*NAMES["status"], *NAMES["sent"]))
"""Only a file with one of these says what has been dispatched. “New Orders” has none: it lists
what was ordered, gone or not."""

NEEDED = ("order", "placed", "sku", "country")
"""A row that ends before one of these was cut off."""

MATTERS = ("title", "quantity", "country")
