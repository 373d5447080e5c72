"""The columns of PayPal's activity files: what tactd uses, and the names they have had.

Source: headers of the English activity download as of 2026 (41 columns), of the German one, and
of personal statements, which have "Description" for "Type" and no status. Every seller chooses his
own columns, so nearly all may be missing. Names are compared after tables.normal_name; a name that
is not here is ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row, as text, by the names tactd uses; `order` is the transaction."""

    order: str
    date: str
    time: str
    zone: str
    name: str
    type: str
    status: str
    currency: str
    gross: str
    email: str
    shipping: str
    title: str
    item: str
    reference: str
    invoice: str
    custom: str
    quantity: str
    address1: str
    address2: str
    city: str
    region: str
    zip: str
    country: str
    country_code: str
    note: str
    impact: str


_NAMES: dict[str, tuple[str, ...]] = {
    "order": ("Transaction ID", "Transaktionscode"),
    "date": ("Date", "Datum"),
    "time": ("Time", "Uhrzeit"),
    "zone": ("TimeZone", "Time Zone", "Zeitzone"),
    "name": ("Name",),
    "type": ("Type", "Typ", "Description", "Beschreibung"),
    "status": ("Status",),
    "currency": ("Currency", "Währung"),
    "gross": ("Gross", "Brutto"),
    "email": ("From Email Address", "Absender E-Mail-Adresse"),
    "shipping": ("Shipping Address", "Lieferadresse"),
    "title": ("Item Title", "Artikelbezeichnung"),
    "item": ("Item ID", "Artikelnummer"),
    "reference": ("Reference Txn ID", "Zugehöriger Transaktionscode"),
    "invoice": ("Invoice Number", "Rechnungsnummer"),
    "custom": ("Custom Number", "Zollnummer"),
    "quantity": ("Quantity", "Anzahl"),
    "address1": ("Address Line 1", "Adresszeile 1"),
    "address2": ("Address Line 2/District/Neighborhood", "Address Line 2", "Adresszusatz"),
    "city": ("Town/City", "Ort"),
    "region": (
        "State/Province/Region/County/Territory/Prefecture/Republic",
        "State/Province",
        "Bundesland",
    ),
    "zip": ("Zip/Postal Code", "PLZ"),
    "country": ("Country", "Land"),
    "country_code": ("Country Code", "Ländervorwahl", "Ländercode des Käufers"),
    "note": ("Note", "Hinweis"),
    "impact": ("Balance Impact", "Auswirkung auf Guthaben"),
}

NAMES = {field: tuple(map(normal_name, _NAMES[field])) for field in Cells._fields}

WANTED = (NAMES["order"], NAMES["type"], NAMES["gross"], NAMES["zone"])
"""A table with one name of each of these groups is PayPal's."""

NEEDED = ("date", "type", "gross", "email", "reference")
"""A row that ends before one of these has been cut off."""

MATTERS = ("status", "email", "reference", "invoice", "shipping", "address1", "country")
