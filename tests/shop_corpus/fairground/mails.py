"""Fairground's mails: what visitors ask through its relay, and its notices."""

from __future__ import annotations

import re

from tactd.core.orders import normal_address
from tactd.core.types import (
    FactGroup,
    Mail,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Order,
    OrderKey,
)
from tactd.marketplaces.labelled import deadline, labelled
from tactd.marketplaces.noticed import known, said_at
from tactd.marketplaces.numbers import order_numbers

_WORDS = re.compile(r"They say:\n(.*)\n-- Fairground", re.DOTALL)
_HERE = Marketplace.FAIRGROUND  # type: ignore[attr-defined]


def open_mail(mail: Mail) -> Message | None:
    address = normal_address(mail.sender.email if mail.sender else "")
    if is_relay(address):
        return _asked(mail, address.partition("@")[0])
    if address.rpartition("@")[2] != "fairground.example":
        return None
    return _noticed(mail)


def is_relay(email: str) -> bool:
    return email.endswith("@visitors.fairground.example")


def _asked(mail: Mail, username: str) -> Message:
    found = _WORDS.search(mail.text)
    return Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=_HERE,
        username=username,
        words=found[1].strip() if found else mail.text,
        opened=found is not None,
    )


def _noticed(mail: Mail) -> Message:
    named = order_numbers(dict(labelled(mail.text)).get("ticket", ""), _HERE)
    if "still waits" not in mail.subject or not named:
        return Message(kind=MailKind.OTHER_NOTICE, marketplace=_HERE)
    case = MarketplaceCase("inr", "", said_at(mail), deadline(mail.text, said_at(mail)))
    key = OrderKey(_HERE, named[0])
    told = Order(key=key, cases=(case,), known=known(mail, FactGroup.DISPATCH))
    return Message(kind=MailKind.CASE_INR, marketplace=_HERE, orders=named, tells=(told,))
