"""Orders reports as eBay makes them, written by a generator so that each part can be varied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples" / "ebay"
MODIFIED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NAME = "eBay-OrdersReport-Nov-20-2026.csv"

US = (  # noqa: SIM905 (a hundred quotation marks more would not read better)
    "Sales Record Number|Order Number|Buyer Username|Buyer Name|Buyer Email|Buyer Note"
    "|Buyer Address 1|Buyer Address 2|Buyer City|Buyer State|Buyer Zip|Buyer Country"
    "|Buyer Tax Identifier Name|Buyer Tax Identifier Value|Ship To Name|Ship To Phone"
    "|Ship To Address 1|Ship To Address 2|Ship To City|Ship To State|Ship To Zip|Ship To Country"
    "|Item Number|Item Title|Custom Label|Sold Via Promoted Listings|Quantity|Sold For"
    "|Shipping And Handling|Item Location|Item Zip Code|Item Country"
    "|eBay Collect And Remit Tax Rate|eBay Collect And Remit Tax Type|eBay Reference Name"
    "|eBay Reference Value|Tax Status|Seller Collected Tax|eBay Collected Tax"
    "|Electronic Waste Recycling Fee|Mattress Recycling Fee|Battery Recycling Fee"
    "|White Goods Disposal Tax|Tire Recycling Fee|Additional Fee|Lumber Fee"
    "|Road Improvement And Food Delivery Fee|eBay Collected Charges|Total Price"
    "|eBay Collected Tax and Fees Included in Total|Payment Method|Sale Date|Paid On Date"
    "|Ship By Date|Minimum Estimated Delivery Date|Maximum Estimated Delivery Date"
    "|Shipped On Date|Feedback Left|Feedback Received|My Item Note|PayPal Transaction ID"
    "|Shipping Service|Tracking Number|Transaction ID|Variation Details|Global Shipping Program"
    "|Global Shipping Reference ID|Click And Collect|Click And Collect Reference Number|eBay Plus"
    "|Authenticity Verification Program|Authenticity Verification Status"
    "|Authenticity Verification Outcome Reason|PSA Vault Program|Vault Fulfillment Type"
    "|eBay Fulfillment Program|Tax City|Tax State|Tax Zip|Tax Country|eBay International Shipping"
).split("|")

JANE = {
    "Sales Record Number": "1841",
    "Order Number": "12-34567-89012",
    "Buyer Username": "Tidepool_Ann",
    "Buyer Name": "Jane Poole",
    "Buyer Email": "0123456789abcdef0123@members.ebay.com",
    "Ship To Name": "Jane Poole",
    "Ship To Address 1": "7 Harbour Lane",
    "Ship To City": "Portland",
    "Ship To State": "ME",
    "Ship To Zip": "04101",
    "Ship To Country": "United States",
    "Item Number": "395012345671",
    "Item Title": "Folding camping lantern",
    "Custom Label": "LAN-01",
    "Quantity": "2",
    "Sold For": "$12.00",
    "Total Price": "$24.99",
    "Payment Method": "Other",
    "Sale Date": "Nov-01-26",
    "Paid On Date": "Nov-02-26",
    "Ship By Date": "Nov-05-26",
    "Minimum Estimated Delivery Date": "Nov-16-26",
    "Maximum Estimated Delivery Date": "Dec-04-26",
    "Shipped On Date": "Nov-04-26",
    "Shipping Service": "ePacket",
    "Tracking Number": "LK473124829CN",
    "Transaction ID": "2871004512001",
}

SELLER = '"Seller ID : bluesheep_outdoor"\r\n'


def report(
    rows: Iterable[Mapping[str, str]],
    *,
    header: Sequence[str] = US,
    separator: str = ",",
    footer: str = '\r\n1,"record(s) downloaded, from Nov-01-26 to Nov-20-26"\r\n' + SELLER,
) -> str:
    """A file with the oddities of the real one: bare commas first, an empty row, a footer."""
    out = io.StringIO()
    out.write(separator * (len(header) - 1) + "\r\n")
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    out.write(separator * (len(header) - 1) + "\r\n")
    for row in rows:
        assert set(row) <= set(header)
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue() + footer


def jane(**changes: str) -> dict[str, str]:
    """Jane's row with some cells changed; `Order_Number="…"` stands for "Order Number"."""
    return JANE | {name.replace("_", " "): value for name, value in changes.items()}


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()
