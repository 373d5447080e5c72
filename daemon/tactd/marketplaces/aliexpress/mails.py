"""AliExpress's mails: notices all of them. Buyers write in its message centre only.

The sender's domain decides first, compared whole; whether the sender is genuine is not judged here
(core/sender/proved.py does). No seller's notice has been seen whole: only subjects, and links that
name the order. So a notice tells little, and what it does not name it does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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
from tactd.marketplaces.aliexpress.words import CLOSED, NOTICES
from tactd.marketplaces.noticed import known, said_at
from tactd.marketplaces.numbers import SEARCHED, order_numbers
from tactd.marketplaces.senders import own_domain, sender_address

OWN_DOMAIN = "aliexpress.com"

# What a buyer's shop account behind Apple's relay gets; Apple vouches for it, AliExpress cannot.
_RELAYED = re.compile(r"[a-z0-9]{1,64}_at_(?:[a-z0-9]+_){0,3}aliexpress_com_[a-z0-9_-]{1,64}")
_RELAYED_BY = "privaterelay.appleid.com"

_IN_LINK = re.compile(
    r"(?:tradeOrderId|orderId|o_ids)(?:=|%3D)([0-9]{14,17}(?:(?:,|%2C)[0-9]{14,17}){0,20})(?![0-9])",
    re.ASCII | re.IGNORECASE,
)
_BETWEEN = re.compile(",|%2C", re.IGNORECASE)
_LINK = re.compile(
    r"https://(?:[a-z0-9-]{1,40}\.){0,3}aliexpress\.com(?:/[^\s<>\"'()\[\]]{0,500})?(?=[\s<>\"'()\[\]]|$)",
    re.IGNORECASE,
)


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if it comes from AliExpress's domain; None for any other mail."""
    address = sender_address(mail)
    local, _, domain = address.rpartition("@")
    own = own_domain(address, (OWN_DOMAIN,))
    if not own and not (domain == _RELAYED_BY and _RELAYED.fullmatch(local)):
        return None
    subject = mail.subject.strip()[:500]
    kind = next((kind for kind, cue in NOTICES if cue.search(subject)), MailKind.OTHER_NOTICE)
    text = "\n".join((mail.text[:SEARCHED], *mail.links))  # an HTML mail names its order in links
    numbers = _orders(subject, text)
    link = _LINK.search(text) if kind is MailKind.MESSAGE_NOTICE else None
    return Message(
        kind=kind,
        marketplace=Marketplace.ALIEXPRESS,
        orders=numbers,
        link=link[0] if link and own else "",
        tells=_tells(mail, kind, subject, numbers) if own else (),
    )


def _orders(subject: str, text: str) -> tuple[str, ...]:
    linked = (number for found in _IN_LINK.findall(text) for number in _BETWEEN.split(found))
    written = order_numbers(f"{subject}\n{text}", Marketplace.ALIEXPRESS)
    return tuple(dict.fromkeys([*linked, *written]))


# --------------------------------------------------------------------------- what it tells


def _tells(mail: Mail, kind: MailKind, subject: str, numbers: tuple[str, ...]) -> tuple[Order, ...]:
    """Of one order: a notice that names several does not say what it says of which."""
    told = _closed if CLOSED.search(subject) else _TOLD.get(kind)
    if told is None or len(numbers) != 1:
        return ()
    return (told(mail, OrderKey(Marketplace.ALIEXPRESS, numbers[0])),)


def _closed(mail: Mail, key: OrderKey) -> Order:
    return Order(key=key, cancelled_at=said_at(mail), known=known(mail, FactGroup.PAYMENT))


def _paid(mail: Mail, key: OrderKey) -> Order:
    """The payment has passed its checks: before that, nothing is to be sent."""
    return Order(key=key, paid=said_at(mail), known=known(mail, FactGroup.PAYMENT))


def _case(kind: str) -> Callable[[Mail, OrderKey], Order]:
    """The notice's own number of the case, and the day by which to answer, are not known."""

    def told(mail: Mail, key: OrderKey) -> Order:
        return Order(key=key, cases=(MarketplaceCase(kind, "", said_at(mail)),))

    return told


_TOLD: Mapping[MailKind, Callable[[Mail, OrderKey], Order]] = {
    MailKind.PAYMENT_NOTICE: _paid,
    MailKind.CASE_CLAIM: _case("claim"),
    MailKind.CASE_CANCEL: _case("cancel"),
}
