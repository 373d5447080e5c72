"""Amazon's mails in their form, around invented people, goods and words."""

from __future__ import annotations

from datetime import UTC, datetime

from amazon_samples import NUMBER, RELAY
from tactd.core.types import Address, Mail

CASE = "11111111-2222-4333-8444-555555555555"
CASE_RELAY = RELAY.replace("@", f"+{CASE}@")
RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
ASIN = "B0TACT0001"
TITLE = "Folding camping lantern"
WORDS = "Hello,\nwhere is my parcel? It should be here by now.\n\nThanks, Jane"
RULE = "-------------"
FOOTER = """Was this email helpful? https://sellercentral.amazon.com/gp/satisfaction/survey

Resolve case https://sellercentral.amazon.com/messaging/no-response-needed?t=X

--------------------------

Copyright 2026 Amazon, Inc. or its affiliates. All rights reserved.

SPC-USAmazon-0000000000000000

[commMgrTok:AEXAMPLETOKEN]
"""
SUBJECT = f"Order delivery inquiry from Amazon customer Jane (Order: {NUMBER})"
COPIED = "Hello Jane,\nyour parcel is on its way."


def message(
    words: str = WORDS,
    opening: str = "You have received a message.",
    begin: str = f"{RULE} Message:  {RULE}",
    end: str = f"{RULE} End message {RULE}",
    head: str = f"# {NUMBER}:\n1 / {TITLE} [ASIN: {ASIN}]",
    footer: str = FOOTER,
) -> str:
    """A buyer's message as the plain part of Amazon's mail wraps it."""
    return "\n\n".join((opening, head, begin, words, end, footer))


def mail(
    text: str,
    sender: str = CASE_RELAY,
    subject: str = SUBJECT,
    kind: str = "",
    **headers: str,
) -> Mail:
    """`kind`: the notification's type, as its header says."""
    named = {**({"x-space-notification-type": kind} if kind else {}), **headers}
    return Mail(
        content_key="k",
        received=RECEIVED,
        date=RECEIVED,
        message_id="<n1@amazon.com>",
        sender=Address("Jane", sender),
        senders=1,
        subject=subject,
        headers=tuple(named.items()),
        text=text,
        own=text,
    )


def sale(
    number: str = NUMBER,
    ship_by: str = "11/24/2026",
    price: str = "$24.00",
    quantity: str = "1",
) -> str:
    return f"""Congratulations! You sold an item on Amazon.

Order ID: {number}
Please ship this order using Standard shipping.
Ship by: {ship_by}
Item: {TITLE}
Condition: New
Listing ID: 0520EXAMPLE
SKU: LAN-01
Quantity: {quantity}
Order date: 11/20/2026
Price: {price}
Tax: $1.32
Shipping: $4.99
Amazon fees: -$4.35
Your earnings: $24.64

- - - - - - - - - - -
"""


def copy(words: str = COPIED, name: str = "Jane") -> str:
    """Of a reply that Amazon has passed on; shown as READ makes it out of HTML."""
    return (
        f"Dear Blue Sheep Outdoor,\n\nhere is a copy of the e-mail that you sent to {name}.\n\n"
        f"Order ID {NUMBER}:\n1 of {TITLE} [ASIN: {ASIN}]\n\n"
        f"{RULE} Begin message {RULE}\n\n{words}\n\n{RULE} End message {RULE}\n\n"
        "Best regards,\nAmazon.com\n"
    )


REFUSED = f"""Hello,

We were unable to deliver the message you sent to Jane about order {NUMBER}, because this buyer has
chosen to opt out of receiving unsolicited messages from sellers.
"""
NOT_APPROVED = """We were unable to deliver the message you sent, because your e-mail address is not
an approved sender for this account. Add it in Seller Central under Messaging Permissions.
"""
CLAIM = f"""A buyer has filed an A-to-z Guarantee claim of $30.31 for order {NUMBER}.

Reason: the item was not received.
Please respond by November 24, 2026.
"""
RETURN = f"""Identificador de pedido: {NUMBER}
ASIN: {ASIN}
Cantidad de la devolución: 1
Motivo de la devolución: Ya no lo necesito
Comentario del cliente: quiero devolver el pedido 999-9999999-9999999
"""
