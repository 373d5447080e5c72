"""Orders exports as Shopify makes them, written by a generator so that each part can be varied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

MODIFIED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NAME = "orders_export_1.csv"

HEADER = (  # noqa: SIM905 (a hundred quotation marks more would not read better)
    "Name|Email|Financial Status|Paid at|Fulfillment Status|Fulfilled at|Accepts Marketing"
    "|Currency|Subtotal|Shipping|Taxes|Total|Discount Code|Discount Amount|Shipping Method"
    "|Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem compare at price"
    "|Lineitem sku|Lineitem requires shipping|Lineitem taxable|Lineitem fulfillment status"
    "|Billing Name|Billing Street|Billing Address1|Billing Address2|Billing Company|Billing City"
    "|Billing Zip|Billing Province|Billing Country|Billing Phone|Shipping Name|Shipping Street"
    "|Shipping Address1|Shipping Address2|Shipping Company|Shipping City|Shipping Zip"
    "|Shipping Province|Shipping Country|Shipping Phone|Notes|Note Attributes|Cancelled at"
    "|Payment Method|Payment Reference|Refunded Amount|Vendor|Outstanding Balance|Employee"
    "|Location|Device ID|Id|Tags|Risk Level|Source|Lineitem discount|Tax 1 Name|Tax 1 Value"
    "|Tax 2 Name|Tax 2 Value|Tax 3 Name|Tax 3 Value|Tax 4 Name|Tax 4 Value|Tax 5 Name|Tax 5 Value"
    "|Phone|Receipt Number|Duties|Billing Province Name|Shipping Province Name|Payment ID"
    "|Payment Terms Name|Next Payment Due At|Payment References"
).split("|")
OLD_HEADER = HEADER[: HEADER.index("Vendor")]

LENA = {
    "Name": "#1044",
    "Email": "Lena.Berg@example.com",
    "Financial Status": "paid",
    "Paid at": "2026-11-02 09:15:10 +0100",
    "Fulfillment Status": "fulfilled",
    "Fulfilled at": "2026-11-04 16:00:00 +0100",
    "Currency": "EUR",
    "Subtotal": "64.00",
    "Shipping": "4.90",
    "Taxes": "0.00",
    "Total": "68.90",
    "Shipping Method": "Standard",
    "Created at": "2026-11-02 09:15:08 +0100",
    "Lineitem quantity": "2",
    "Lineitem name": "Folding lantern - Green",
    "Lineitem price": "12.00",
    "Lineitem sku": "LAN-GR",
    "Lineitem fulfillment status": "fulfilled",
    "Billing Name": "Lena Berg",
    "Billing Street": "Am Hang 3",
    "Billing Address1": "Am Hang 3",
    "Billing City": "Jena",
    "Billing Zip": "'07743",
    "Billing Country": "DE",
    "Shipping Name": "Lena Berg",
    "Shipping Street": "Am Hang 3, Hinterhaus",
    "Shipping Address1": "Am Hang 3",
    "Shipping Address2": "Hinterhaus",
    "Shipping City": "Jena",
    "Shipping Zip": "'07743",
    "Shipping Province": "TH",
    "Shipping Country": "DE",
    "Notes": "Bitte nicht klingeln",
    "Payment Method": "PayPal Express Checkout",
    "Payment Reference": "c5501200344001.1",
    "Refunded Amount": "0.00",
    "Id": "5501200344001",
    "Payment ID": "c5501200344001.1",
    "Payment References": "c5501200344001.1",
}
TENT = {
    "Name": "#1044",
    "Lineitem quantity": "1",
    "Lineitem name": "Small tent",
    "Lineitem price": "40.00",
    "Lineitem sku": "TENT-1",
    "Lineitem fulfillment status": "fulfilled",
}


def lena(**changes: str) -> dict[str, str]:
    """Lena's first row with some cells changed; `Paid_at="…"` stands for "Paid at"."""
    return LENA | {name.replace("_", " "): value for name, value in changes.items()}


def shopify_export(
    rows: Iterable[Mapping[str, str]], *, header: Sequence[str] = HEADER, separator: str = ","
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        assert set(row) <= set(HEADER)
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue()
