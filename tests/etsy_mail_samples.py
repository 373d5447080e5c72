"""Etsy's mails in their form, around invented people, goods and words."""

from __future__ import annotations

from datetime import UTC, datetime

from tactd.core.types import Address, Mail

RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NUMBER = "3580012396"
SALES, HELP = "transaction@etsy.com", "conversations@mail.etsy.com"
NOTICES = "no-reply@account.etsy.com"
PAGE = "https://www.etsy.com/conversations/1234567890"
SOLD = f"You made a sale on Etsy - Dispatch by Dec 2 - [US$42.90, Order #{NUMBER}]"
NOTE = "Hello,\nmy mug has not come yet & I leave on Friday.\nIris"

SALE = f"""Congratulations on your Etsy order for 1 item from irisweaves.

View the invoice:
http://www.etsy.com/your/orders/{NUMBER}

------------------------------------------------------
Order Details
------------------------------------------------------

Shop:               BlueSheepOutdoor
Buyer:              irisweaves
    --------------------------------------

Transaction ID:     4900012396
Item:               Enamel mug, dark blue
Size: Large
Personalization: Iris
Quantity:           2
Item price:         US$18.00

--------------------------------------
Order Total:        US$42.90

Delivery Address:
<address >
<span class='name'>Iris Moran</span><br/><span class='first-line'>12 Mill Road</span><br/>\
<span class='city'>Galway</span>, <span class='zip'>H91 AB12</span><br/>\
<span class='country-name'>Ireland</span>
</address>

* Email iris.moran@example.com
"""

CONVERSATION = """Tom Field
sent you a message

*****************************************************************
Tom Field
sent you a message
*****************************************************************

View
message (
https://ablink.account.etsy.com/ss/c/u001.example
)
"""


def help_request(
    needs: str = "My order hasn't arrived",
    resolution: str = "Send a replacement",
    note: str = NOTE,
    name: str = "Iris",
    number: str = NUMBER,
) -> str:
    """The plain part, which holds the markup of the other one."""
    written = note.replace("&", "&amp;").replace("\n", "<br />\n")
    return f"""Hi Blue, {name} sent you a message.
<p>Help Request: Order #{number}</p>
<p> You need help with: {needs}<br />
<br />
Your ideal resolution: {resolution}<br />
<br />
Note for seller: {written} </p>
<p>Quick tip: Try responding to {name} as soon as you can.</p>
<p> Reply here {PAGE}?ref=convo_sender_link&utm_source=convo#last </p>
"""


def mail(text: str, sender: str = HELP, subject: str = "", **headers: str) -> Mail:
    return Mail(
        content_key="k",
        received=RECEIVED,
        date=RECEIVED,
        message_id="<e1@etsy.com>",
        sender=Address("Etsy", sender),
        senders=1,
        subject=subject or "Iris needs help with an order they placed",
        headers=tuple(headers.items()),
        text=text,
        own=text,
    )
