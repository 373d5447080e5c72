"""The columns of eBay's order files: what tactd uses, and all the names each has had.

Sources: headers of the Orders report (US, UK, AU, DE) and of the older File Exchange download
(US, UK, DE). Names are compared after tables.normal_name, so case and punctuation do not matter.
eBay adds columns at any time: a name that is not here is ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row, as text, by the names tactd uses."""

    record: str
    order: str
    username: str
    buyer_name: str
    email: str
    note: str
    buyer_address1: str
    buyer_address2: str
    buyer_city: str
    buyer_region: str
    buyer_zip: str
    buyer_country: str
    name: str
    address1: str
    address2: str
    city: str
    region: str
    zip: str
    country: str
    item: str
    title: str
    sku: str
    quantity: str
    price: str
    total: str
    placed: str
    paid: str
    ship_by: str
    earliest: str
    latest: str
    shipped: str
    feedback: str
    paypal: str
    service: str
    tracking: str
    transaction: str
    variation: str


_NAMES: dict[str, tuple[str, ...]] = {
    "record": ("Sales Record Number", "Verkaufsprotokollnummer", "Verkaufsprotokoll-Nr."),
    "order": ("Order Number", "Order ID", "Bestellnummer"),
    "username": ("Buyer Username", "User Id", "Nutzername des Käufers", "Mitgliedsname"),
    "buyer_name": (
        "Buyer Name",
        "Buyer Fullname",
        "Name des Käufers",
        "Vollständiger Name des Käufers",
    ),
    "email": ("Buyer Email", "E-Mail des Käufers", "E-Mail-Adresse des Käufers"),
    "note": ("Buyer Note", "Notiz des Käufers", "Anmerkung des Käufers", "Hinweis des Käufers"),
    "buyer_address1": ("Buyer Address 1", "Adresse 1 des Käufers", "Käuferadresse 1"),
    "buyer_address2": ("Buyer Address 2", "Adresse 2 des Käufers", "Käuferadresse 2"),
    "buyer_city": ("Buyer City", "Buyer Town/City", "Ort des Käufers", "Wohnort des Käufers"),
    "buyer_region": ("Buyer State", "Buyer County", "Bundesland des Käufers", "Staat des Käufers"),
    "buyer_zip": (
        "Buyer Zip",
        "Buyer Postcode",
        "Buyer Postal Code",
        "PLZ des Käufers",
        "Postleitzahl des Käufers",
    ),
    "buyer_country": ("Buyer Country", "Land des Käufers"),
    "name": ("Ship To Name", "Post to name", "Versand an Name", "Name des Empfängers"),
    "address1": (
        "Ship To Address 1",
        "Post to address 1",
        "Versand an Adresse 1",
        "Adresse 1 des Empfängers",
    ),
    "address2": (
        "Ship To Address 2",
        "Post to address 2",
        "Versand an Adresse 2",
        "Adresse 2 des Empfängers",
    ),
    "city": (
        "Ship To City",
        "Post to city",
        "Post to town/city",
        "Versand an Ort",
        "Versand nach Ort",
        "Ort des Empfängers",
    ),
    "region": (
        "Ship To State",
        "Post to county",
        "Post to state",
        "Versand an Bundesland",
        "Versand nach Bundesland",
        "Bundesland des Empfängers",
    ),
    "zip": (
        "Ship To Zip",
        "Post to postcode",
        "Post to postal code",
        "Versand an PLZ",
        "Versand nach PLZ",
        "PLZ des Empfängers",
    ),
    "country": (
        "Ship To Country",
        "Post to country",
        "Versand an Land",
        "Versand nach Land",
        "Land des Empfängers",
    ),
    "item": ("Item Number", "Item ID", "Artikelnummer"),
    "title": ("Item Title", "Angebotstitel", "Artikelbezeichnung", "Artikeltitel"),
    "sku": ("Custom Label", "Custom Label (SKU)", "Bestandseinheit", "Eigene Artikelnummer"),
    "quantity": ("Quantity", "Anzahl", "Stückzahl", "Menge"),
    "price": ("Sold For", "Sale Price", "Verkauft für", "Verkaufspreis"),
    "total": ("Total Price", "Gesamtbetrag", "Gesamtpreis"),
    "placed": ("Sale Date", "Verkauft am", "Verkaufsdatum"),
    "paid": ("Paid On Date", "Zahlungsdatum", "Bezahlt am", "Bezahldatum"),
    "ship_by": (
        "Ship By Date",
        "Post by date",
        "Dispatch by date",
        "Commitment Date",
        "Versand bis",
        "Versenden bis",
        "Versand spätestens am",
    ),
    "earliest": (
        "Minimum Estimated Delivery Date",
        "Frühestes voraussichtliches Lieferdatum",
        "Voraussichtliches Lieferdatum (frühestens)",
    ),
    "latest": (
        "Maximum Estimated Delivery Date",
        "Spätestes voraussichtliches Lieferdatum",
        "Voraussichtliches Lieferdatum (spätestens)",
    ),
    "shipped": (
        "Shipped On Date",
        "Posted on date",
        "Dispatched on date",
        "Versanddatum",
        "Versandt am",
        "Verschickt am",
    ),
    "feedback": ("Feedback Received", "Erhaltene Bewertung", "Erhaltene Bewertungen"),
    "paypal": ("PayPal Transaction ID", "PayPal-Transaktionscode", "PayPal-Transaktions-ID"),
    "service": (
        "Shipping Service",
        "Postage Service",
        "Delivery service",
        "Versandservice",
        "Versandart",
    ),
    "tracking": ("Tracking Number", "Sendungsnummer", "Sendungsverfolgungsnummer"),
    "transaction": (
        "Transaction ID",
        "Transaktionsnummer",
        "Transaktions-ID",
        "Transaktionscode",
    ),
    "variation": ("Variation Details", "Variantendetails", "Variationsdetails"),
}

NAMES = {field: tuple(map(normal_name, names)) for field, names in _NAMES.items()}

WANTED = (
    NAMES["order"],
    (*NAMES["record"], *NAMES["item"]),
    NAMES["username"],
    NAMES["placed"],
)
"""A table with one name of each of these groups is eBay's report of orders. (Its transaction report
has no day of sale: read as orders, its fees and refunds would be unpaid ones.)"""

# File Exchange calls the buyer so, and numbers only orders of several items (unconfirmed).
FILE_EXCHANGE = frozenset(map(normal_name, ("User Id", "Mitgliedsname")))

# Where "07/09/2026" is 7 September; the US form is the one with "Ship To Zip" or "Buyer Zip".
DAY_FIRST = frozenset(
    map(
        normal_name,
        (
            "Post to name",
            "Post to address 1",
            "Post to postcode",
            "Buyer Postcode",
            "Bestellnummer",
        ),
    )
)
