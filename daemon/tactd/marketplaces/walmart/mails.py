"""Walmart's mails: which are from a buyer and what he wrote in them. The relay's wrapper was seen
in English only; no form of Walmart's own notices is known, so none tells anything.

The sender's domain decides first, compared whole; whether the sender is genuine is not judged here
(core/sender/proved.py does).
"""

from __future__ import annotations

import re
from itertools import takewhile

from tactd.core.orders import normal_address
from tactd.core.read.quotes import split as split_quotes
from tactd.core.types import Mail, MailKind, Marketplace, Message
from tactd.marketplaces.labelled import labelled
from tactd.marketplaces.senders import own_domain, sender_address

RELAY_DOMAIN = "relay.walmart.com"
OWN_DOMAINS = ("walmart.com", "walmart.ca")

_RELAY_LOCAL = re.compile(r"[0-9a-f]{32}", re.ASCII)
_MESSAGE = re.compile(r"\W{0,3}message\W{0,2}:\s{0,4}(.*)", re.IGNORECASE)
# Below the message: "**Note: You have received this message from the customer …"
_BELOW = re.compile(
    r"\W{0,4}note: you have received this message|walmart customer service team"
    r"|we will send a copy of your message|refid: ?[0-9a-f]",
    re.IGNORECASE,
)
_ORDER = re.compile(r"[0-9]{10,15}", re.ASCII)
_ITEM = re.compile(r"[0-9]{5,14}", re.ASCII)


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if it comes from one of Walmart's domains; None for any other mail.

    Only what comes from a relay is a buyer's. Where his text is not found in the wrapper, all of
    the text is given and `opened` is False: a person has to look."""
    address = sender_address(mail)
    if is_relay(address):
        return _buyer_message(mail)
    if not own_domain(address, OWN_DOMAINS):
        return None
    return Message(kind=MailKind.OTHER_NOTICE, marketplace=Marketplace.WALMART)


def is_relay(email: str) -> bool:
    """Is this an address that Walmart made up for a buyer of one order?"""
    local, _, domain = normal_address(email).rpartition("@")
    return domain == RELAY_DOMAIN and _RELAY_LOCAL.fullmatch(local) is not None


def _buyer_message(mail: Mail) -> Message:
    head, words = _opened(mail.text)
    # The first of each: above them stands only who wants to connect, in a line of its own.
    said = dict(reversed(tuple(labelled(head))))
    order, item = said.get("sales order id", ""), said.get("item id", "")
    return Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.WALMART,
        words=words or mail.text.strip(),
        orders=(order,) if _ORDER.fullmatch(order) else (),
        items=(item,) if _ITEM.fullmatch(item) else (),
        item_title=said.get("item", ""),
        opened=bool(words),
    )


def _opened(text: str) -> tuple[str, str]:
    """(Walmart's part above the message, the buyer's own words). It begins at the first "Message:"
    and ends at the last of Walmart's lines that could follow it."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if _MESSAGE.fullmatch(line.strip())), None)
    if start is None:
        return "", ""
    head = "\n".join(lines[:start])
    begun = _MESSAGE.fullmatch(lines[start].strip())
    below = list(takewhile(lambda line: not _BELOW.match(line.strip()), lines[start + 1 :]))
    if begun is None or len(below) == len(lines) - start - 1 or split_quotes(head)[1]:
        return "", ""
    words = "\n".join((begun[1], *(line.rstrip() for line in below))).strip()
    return head, (split_quotes(words)[0] or words).strip()
