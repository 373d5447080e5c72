"""Etsy's files of sales as it makes them, written by a generator so that each part can vary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

MODIFIED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
ORDERS_NAME = "EtsySoldOrders2026-11.csv"
ITEMS_NAME = "EtsySoldOrderItems2026-11.csv"

ORDERS = (  # noqa: SIM905 (forty quotation marks more would not read better)
    "Sale Date|Order ID|Buyer User ID|Full Name|First Name|Last Name|Number of Items"
    "|Payment Method|Date Shipped|Street 1|Street 2|Ship City|Ship State|Ship Zipcode"
    "|Ship Country|Currency|Order Value|Coupon Code|Coupon Details|Discount Amount"
    "|Shipping Discount|Shipping|Sales Tax|Order Total|Status|Card Processing Fees|Order Net"
    "|Adjusted Order Total|Adjusted Card Processing Fees|Adjusted Net Order Amount|Buyer"
    "|Order Type|Payment Type|InPerson Discount|InPerson Location|SKU"
).split("|")
ITEMS = (  # noqa: SIM905
    "Sale Date|Item Name|Buyer|Quantity|Price|Coupon Code|Coupon Details|Discount Amount"
    "|Shipping Discount|Order Shipping|Order Sales Tax|Item Total|Currency|Transaction ID"
    "|Listing ID|Date Paid|Date Shipped|Ship Name|Ship Address1|Ship Address2|Ship City"
    "|Ship State|Ship Zipcode|Ship Country|Order ID|Variations|Order Type|Listings Type"
    "|Payment Type|InPerson Discount|InPerson Location|SKU"
).split("|")

IRIS = {
    "Sale Date": "11/02/26",
    "Order ID": "3580012396",
    "Buyer User ID": "irisweaves",
    "Full Name": "Iris Moran",
    "First Name": "Iris",
    "Last Name": "Moran",
    "Number of Items": "3",
    "Payment Method": "Credit Card",
    "Date Shipped": "11/04/26",
    "Street 1": "12 Elm Court",
    "Street 2": "Flat 2",
    "Ship City": "Boise",
    "Ship State": "ID",
    "Ship Zipcode": "83702",
    "Ship Country": "United States",
    "Currency": "USD",
    "Order Value": "38.00",
    "Discount Amount": "0.00",
    "Shipping": "4.90",
    "Sales Tax": "0.00",
    "Order Total": "42.90",
    "Adjusted Order Total": "0.00",
    "Buyer": "Iris Moran (irisweaves)",
    "Order Type": "online",
    "Payment Type": "online_cc",
    "SKU": "CUP-B,MAT-1",
}
CUP = {
    "Sale Date": "11/02/26",
    "Item Name": "Blue cup, hand-thrown",
    "Buyer": "Iris Moran (irisweaves)",
    "Quantity": "2",
    "Price": "14.00",
    "Order Shipping": "4.90",
    "Order Sales Tax": "0.00",
    "Item Total": "28.00",
    "Currency": "USD",
    "Transaction ID": "4900012396",
    "Listing ID": "1500200301",
    "Date Paid": "11/02/26",
    "Date Shipped": "11/04/26",
    "Ship Name": "Iris Moran",
    "Ship Address1": "12 Elm Court",
    "Ship Address2": "Flat 2",
    "Ship City": "Boise",
    "Ship State": "ID",
    "Ship Zipcode": "83702",
    "Ship Country": "United States",
    "Order ID": "3580012396",
    "Variations": "Colour:Blue",
    "Order Type": "online",
    "Listings Type": "listing",
    "Payment Type": "online_cc",
    "SKU": "CUP-B",
}
MAT = CUP | {
    "Item Name": "Cork mat",
    "Quantity": "1",
    "Price": "10.00",
    "Item Total": "10.00",
    "Transaction ID": "4900012397",
    "Listing ID": "1500200302",
    "Variations": "",
    "SKU": "MAT-1",
}


def changed(row: Mapping[str, str], **changes: str) -> dict[str, str]:
    """The row with some cells changed; `Date_Paid="…"` stands for "Date Paid"."""
    return {**row, **{name.replace("_", " "): value for name, value in changes.items()}}


def etsy_file(rows: Iterable[Mapping[str, str]], header: Sequence[str]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        assert set(row) <= set(header)
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue()


def sold_orders(*rows: Mapping[str, str]) -> str:
    return etsy_file(rows, ORDERS)


def sold_items(*rows: Mapping[str, str]) -> str:
    return etsy_file(rows, ITEMS)
