"""eBay's own mails to a seller, as READ gives their text, in the form that is seen."""

from __future__ import annotations

from datetime import UTC, datetime

from ebay_mail_samples import mail as member_mail
from tactd.core.types import Address, Mail, Order
from tactd.marketplaces import open_mail

ORDER, ITEM = "12-34567-89012", "395012345671"
SAID = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

SALE = f"""
Great news – your item has sold.

Folding camping lantern
Sold: $24.99
Shipping: $4.00
Order: {ORDER}
Item ID: {ITEM}
Quantity sold: 1
Total: $28.99
Date sold: Nov 19, 2026
Buyer: tidepool_ann (214)

Your buyer's shipping details:

Jane Poole
12 Elm Street
Albany NY 12207-1234
United States

Ship by:
Nov 24, 2026
Estimated delivery: Dec 4 - Dec 18

A message from the buyer:

Please leave it at the door. Order: 99-99999-99999
Ship by: Nov 21, 2026

Email reference id: [#0123456789abcdef0123456789abcdef#]
"""

SALE_DE = f"""
Ihr Artikel wurde verkauft

Bestellnummer: {ORDER}
Artikelnummer: {ITEM}
Verkauft für: 116,99 €
Gesamtbetrag: 121,49 €
Käufer: wald_und_wiese

Versanddetails Ihres Käufers:
Lena Sommer
Am Alten Markt 4
50667 Köln
Deutschland

Versenden bis: 24. Nov. 2026
Voraussichtliche Lieferung: 4. Dez. – 18. Dez. 2026
"""

DISPATCH = f"""
Order number: {ORDER}
Item ID: {ITEM}
Tracking number: LK 473 124 829 CN
Carrier: China Post
"""

DELIVERY = f"""
Your buyer has the item.
Order: {ORDER}
Delivered on: Nov 18
"""

FEEDBACK = f"""
Order number: {ORDER}
Item ID: {ITEM}
Feedback rating: Negative
Comment: "Never came. See order 99-99999-99999"
"""

INR = f"""
tidepool_ann says that an item hasn't arrived.
Request ID: 5012345678
Order number: {ORDER}
Item ID: {ITEM}
Buyer: tidepool_ann
Please respond by Nov 24, 2026, or eBay may step in.

Buyer's comments:
Where is it? My other order 88-88888-88888 came.
"""

INR_DE = f"""
Anfragenummer: 5012345678
Bestellnummer: {ORDER}
Bitte antworten Sie bis zum 24. Nov. 2026.
"""

RETURN = f"""
Return ID: 5071234567
Order: {ORDER}
Reason for return: Arrived damaged
Accept or decline by: Tue, Nov 24
"""

CANCEL = f"""
A buyer wants to cancel an order.
Order number: {ORDER}
Reason for cancellation: Ordered by mistake
Please accept or decline by Nov 23, 2026.
"""

REFUND = f"""
Refund amount: $24.99
Order number: {ORDER}
"""


def notice(text: str, subject: str, sender: str = "ebay@ebay.com", said: datetime = SAID) -> Mail:
    made = member_mail(text, sender, subject)
    return Mail(
        content_key="k",
        received=said,
        date=said,
        message_id="<n1@ebay.com>",
        sender=Address("eBay", sender),
        senders=1,
        subject=subject,
        text=made.text,
        own=made.text,
    )


def told(text: str, subject: str, **more: str) -> Order:
    """The one order that the notice tells of."""
    (order,) = open_mail(notice(text, subject, **more)).tells
    return order
