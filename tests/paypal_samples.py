"""PayPal's activity downloads, written for the tests in the true form: all columns, a byte order
mark, every cell in quotes, and the many rows that are no sale. All people are invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

NAME = "Download.CSV"
MODIFIED = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)

HEADER = (  # noqa: SIM905 (a hundred quotation marks more would not read better)
    "Date|Time|TimeZone|Name|Type|Status|Currency|Gross|Fee|Net|From Email Address"
    "|To Email Address|Transaction ID|Shipping Address|Address Status|Item Title|Item ID"
    "|Shipping and Handling Amount|Insurance Amount|Sales Tax|Option 1 Name|Option 1 Value"
    "|Option 2 Name|Option 2 Value|Reference Txn ID|Invoice Number|Custom Number|Quantity"
    "|Receipt ID|Balance|Address Line 1|Address Line 2/District/Neighborhood|Town/City"
    "|State/Province/Region/County/Territory/Prefecture/Republic|Zip/Postal Code|Country"
    "|Contact Phone Number|Subject|Note|Country Code|Balance Impact"
).split("|")
assert len(HEADER) == 41

GERMAN = (  # noqa: SIM905
    "Datum|Uhrzeit|Zeitzone|Name|Typ|Status|Währung|Brutto|Gebühr|Netto|Absender E-Mail-Adresse"
    "|Empfänger E-Mail-Adresse|Transaktionscode|Lieferadresse|Adress-Status|Artikelbezeichnung"
    "|Artikelnummer|Versand- und Bearbeitungsgebühr|Versicherungsbetrag|Umsatzsteuer|Option 1 Name"
    "|Option 1 Wert|Option 2 Name|Option 2 Wert|Zugehöriger Transaktionscode|Rechnungsnummer"
    "|Zollnummer|Anzahl|Empfangsnummer|Guthaben|Adresszeile 1|Adresszusatz|Ort|Bundesland|PLZ|Land"
    "|Telefon|Betreff|Hinweis|Ländervorwahl|Auswirkung auf Guthaben"
).split("|")
assert len(GERMAN) == len(HEADER)

TXN = "8DE43526FG170894H"

JANE = {
    "Date": "11/19/2026",
    "Time": "08:10:42",
    "TimeZone": "PST",
    "Name": "Jane Poole",
    "Type": "Express Checkout Payment",
    "Status": "Completed",
    "Currency": "USD",
    "Gross": "1,068.90",
    "Fee": "-31.29",
    "Net": "1,037.61",
    "From Email Address": "Jane.Poole@example.com",
    "To Email Address": "shop@example.org",
    "Transaction ID": TXN,
    "Shipping Address": "Jane Poole, 100 Main Street, Flat 2, Albany, NY, 12207, United States",
    "Address Status": "Confirmed",
    "Item Title": "Folding camping lantern",
    "Item ID": "LAN-1",
    "Shipping and Handling Amount": "0.00",
    "Reference Txn ID": "",
    "Invoice Number": "c5501200344001.1",
    "Custom Number": "",
    "Quantity": "2",
    "Balance": "1,037.61",
    "Address Line 1": "100 Main Street",
    "Address Line 2/District/Neighborhood": "Flat 2",
    "Town/City": "Albany",
    "State/Province/Region/County/Territory/Prefecture/Republic": "NY",
    "Zip/Postal Code": "12207",
    "Country": "United States",
    "Country Code": "US",
    "Note": "Please leave it with the porter",
    "Balance Impact": "Credit",
}


def jane(**changes: str) -> dict[str, str]:
    """Jane's payment with some cells changed; `Item_ID="…"` stands for "Item ID"."""
    return JANE | {name.replace("_", " "): value for name, value in changes.items()}


def refund(amount: str = "-40.00", **changes: str) -> dict[str, str]:
    """Of Jane's payment, a day later."""
    own = {
        "Date": "11/20/2026", "Type": "Payment Refund", "Gross": amount, "Invoice Number": "",
        "Transaction ID": "1RF00000AA000001B", "Reference Txn ID": TXN, "Balance Impact": "Debit",
        "From Email Address": "shop@example.org", "To Email Address": "Jane.Poole@example.com",
        "Quantity": "", "Item Title": "", "Item ID": "",
    }  # fmt: skip
    return jane(**{**own, **{key.replace("_", " "): value for key, value in changes.items()}})


def activity(
    rows: Iterable[Mapping[str, str]],
    *,
    header: Sequence[str] = HEADER,
    separator: str = ",",
    german: bool = False,
) -> bytes:
    """The file; `german`: the same rows under German names. `header`: the columns chosen."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    names = dict(zip(HEADER, GERMAN, strict=True)) if german else {}
    writer.writerow([names.get(name, name) for name in header])
    for row in rows:
        assert set(row) <= set(HEADER), set(row) - set(HEADER)
        writer.writerow([row.get(name, "") for name in header])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


# A mail that a payment came, as it reads without its colours.
PAID = f"""
PayPal

Hello Blue Sheep Outdoor,

You received a payment of $1,068.90 USD from Jane Poole (Jane.Poole@example.com)

You can now ship any items. To see all the details, please log in.

Transaction ID
{TXN}
Transaction date
Nov 19, 2026 08:10:42 PST

Buyer
Jane Poole
jane.poole@example.com

Instructions to merchant
The buyer hasn't entered any instructions.

Shipping address - confirmed
Otto Vogt
100 Main Street
Flat 2
Albany, NY 12207
United States

Shipping method
Not specified

Description Unit price Qty Amount
Folding camping lantern
Item# LAN-1
$534.45 USD 2 $1,068.90 USD

Subtotal $1,068.90 USD
Total $1,068.90 USD
Payment $1,068.90 USD
Payment sent to shop@example.org

Invoice ID: c5501200344001.1

Issues with this transaction?
"""
