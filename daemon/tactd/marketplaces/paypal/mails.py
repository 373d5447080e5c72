"""PayPal's mails to the seller: payments that came, refunds, and cases.

The sender's domain decides first, compared whole: a look-alike is a plain mail, never PayPal's, and
none of PayPal's is a buyer's. Whether the sender is genuine is not judged here
(core/sender/proved.py does).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from tactd.core.orders import normal_address
from tactd.core.payments import TRANSACTION
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Line,
    Mail,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Money,
    Order,
    OrderKey,
    OtherNumber,
)
from tactd.marketplaces import values
from tactd.marketplaces.labelled import deadline
from tactd.marketplaces.noticed import known, said_at
from tactd.marketplaces.numbers import transactions
from tactd.marketplaces.paypal.mail_words import (
    CASE,
    CLOSED,
    ITEM,
    NO_NOTE,
    NOTICES,
    OPENED,
    RECEIVED,
)
from tactd.marketplaces.paypal.parts import MOST_LINES, Parts, address, parts
from tactd.marketplaces.paypal.refund_mails import refund
from tactd.marketplaces.paypal.times import zone
from tactd.marketplaces.senders import own_domain, sender_address

# The domains that PayPal's sites have registered.
OWN_DOMAINS = (
    "paypal.com", "paypal.de", "paypal.co.uk", "paypal.es", "paypal.fr", "paypal.it", "paypal.nl",
    "paypal.be", "paypal.at", "paypal.ch", "paypal.pl", "paypal.pt", "paypal.ie", "paypal.se",
    "paypal.dk", "paypal.no", "paypal.fi", "paypal.ca", "paypal.com.au", "paypal.co.nz",
    "paypal.com.hk", "paypal.com.sg", "paypal.com.mx", "paypal.com.br", "paypal.co.jp",
    "paypal.com.tr", "paypal.cn",
)  # fmt: skip

SEARCHED = 20_000  # characters of a mail
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]{3,190}")
_INVOICE = re.compile(r"(?=[^0-9]*[0-9])[\w#./-]{3,60}")
_ZONE = re.compile(r"(.*[0-9])\s+([A-Z]{2,5}(?:[+-][0-9:]+)?)")


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if it comes from one of PayPal's domains; None for any other mail."""
    if not own_domain(sender_address(mail), OWN_DOMAINS):
        return None
    subject, text = mail.subject.strip()[:500], mail.text[:SEARCHED]
    kind = next((kind for kind, cue in NOTICES if cue.search(subject)), MailKind.OTHER_NOTICE)
    told = _tells(kind, mail, f"{subject}\n{text}")
    return Message(
        kind=kind,
        marketplace=Marketplace.PAYPAL,
        orders=tuple(order.key.number for order in told if order.key.number),
        items=tuple(line.item for order in told for line in order.lines),
        tells=told,
    )


def _tells(kind: MailKind, mail: Mail, text: str) -> tuple[Order, ...]:
    if kind is MailKind.PAYMENT_NOTICE:
        told = _payment(mail, text)
    elif kind is MailKind.CASE_CLAIM:
        told = _case(mail, text)
    elif kind is MailKind.PAYOUT:
        told = refund(mail, text)
    else:
        told = None
    return (told,) if told else ()


# --------------------------------------------------------------------------- payments


def _payment(mail: Mail, text: str) -> Order | None:
    """What the mail tells of a payment; None if it names no transaction or no sum."""
    found, received = parts(text), RECEIVED.search(text)
    transaction = next(iter(found.get("transaction", ())), "")
    total = _money(received)
    if total is None or received is None or not TRANSACTION.fullmatch(transaction):
        return None
    name, email = _buyer(found, received)
    paid, ship_to = _paid(mail, found), address(found.get("shipping", ()))
    return Order(
        key=OrderKey(Marketplace.PAYPAL, transaction),
        buyer_name=name,
        endpoints=(Endpoint(EndpointKind.MAIL, email),) if email else (),
        numbers=_invoices(found),
        lines=_lines(text, found),
        total=total,
        placed=paid,
        paid=paid,
        ship_to=ship_to,
        payer=replace(ship_to, name=name) if name else None,
        known=known(mail, FactGroup.PAYMENT),
        note=_note(found),
    )


def _money(received: re.Match[str] | None) -> Money | None:
    amount = values.number(received["number"].strip()) if received else None
    return Money(amount, received["code"].upper()) if received and amount is not None else None


def _buyer(found: Parts, received: re.Match[str]) -> tuple[str, str]:
    """(name, address). Who pays may call himself anything: of two addresses neither is his."""
    lines = found.get("buyer", ())
    said = received.string[received.start() :].partition("\n")[0]
    emails = _emails(lines) or _emails((said,))
    names = [line for line in lines if "@" not in line]
    name = (names[0] if names else "") if _emails(lines) else received["name"] or ""
    return name[:120], emails.pop() if len(emails) == 1 else ""


def _emails(lines: Iterable[str]) -> set[str]:
    return {normal_address(found) for line in lines for found in _EMAIL.findall(line)}


def _paid(mail: Mail, found: Parts) -> datetime:
    """The time that the mail states, else its own."""
    said = next(iter(found.get("date", ())), "")
    apart = _ZONE.fullmatch(said)
    at = values.date(apart[1] if apart else said)
    if at is None:
        return said_at(mail)
    where = zone(apart[2]) if apart else None
    return at.replace(tzinfo=where).astimezone(UTC) if where else at


def _invoices(found: Parts) -> tuple[OtherNumber, ...]:
    said = next(iter(found.get("invoice", ())), "")
    return (OtherNumber("invoice", said),) if _INVOICE.fullmatch(said) else ()


def _lines(text: str, found: Parts) -> tuple[Line, ...]:
    """The title stands on the line above its number. What the buyer has typed names no item."""
    typed = found.get("note", ())
    lines = [line.strip() for line in text.splitlines()[:MOST_LINES] if line.strip()]
    named = ((at, ITEM.match(line)) for at, line in enumerate(lines) if line not in typed)
    titles = {at: line for at, line in enumerate(lines, 1) if line not in typed}  # of the next
    return tuple(
        Line(match["item"], titles.get(at, "")[:200], quantity=None) for at, match in named if match
    )


def _note(found: Parts) -> str:
    said = " ".join(found.get("note", ()))
    return "" if NO_NOTE.search(said) else said[:1000]


# --------------------------------------------------------------------------- cases


def _case(mail: Mail, text: str) -> Order | None:
    """A case by its number, about the payment that the mail names (if it names one)."""
    number = CASE.search(text)
    if number is None:
        return None
    # as PayPal labels it: anywhere else it may be the buyer's word
    named = set(transactions("\n".join(parts(text).get("transaction", ()))))
    at, said = said_at(mail), "\n".join(_first_lines(text))
    closed = at if CLOSED.search(said) and not OPENED.search(said) else None
    case = MarketplaceCase(
        kind="claim",
        number=number[0],
        opened=at,
        answer_by=None if closed else deadline(text, at),
        closed=closed,
    )
    transaction = named.pop() if len(named) == 1 else ""
    return Order(key=OrderKey(Marketplace.PAYPAL, transaction), cases=(case,))


def _first_lines(text: str) -> list[str]:
    """The subject and what PayPal says itself, before it lets the buyer speak."""
    return [line for line in text.splitlines()[:60] if line.strip()][:6]
