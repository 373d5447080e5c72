"""Shopify's own mails to the seller. Buyers write from their own addresses: those are plain mails,
found by address and by the order's name (marketplaces/spoken.py). Or they write in the shop's form:
then their address is a field of it, which anybody can fill in.

`shopifyemail.com` sends for every shop there is, in words that its seller has written: what comes
from it is no buyer's, and tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from tactd.core.orders import normal_address
from tactd.core.types import (
    FactGroup,
    Mail,
    MailKind,
    Marketplace,
    Message,
    Money,
    Order,
    OrderKey,
)
from tactd.marketplaces import values
from tactd.marketplaces.labelled import MOST_LINES, labelled
from tactd.marketplaces.noticed import known, said_at
from tactd.marketplaces.senders import own_domain, sender_address

OWN_DOMAIN = "shopify.com"
SENDS_FOR_ALL = "shopifyemail.com"

# "[Shop] Order #1001 placed by NAME": his name stands last, for he may call himself anything.
_PLACED = re.compile(
    r"\[([^\[\]]{1,100})\] Order ((?=[^\s]{0,30}[0-9])[^\s]{1,30}) placed by (.{1,200})",
    re.IGNORECASE,
)
# Somebody has written in the shop's form. (The form of such a mail has been seen.)
_FORM = re.compile(r"new customer message|contact form|neue kundennachricht", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:body|message|comment|nachricht|mensaje|messaggio|mensagem|bericht)\s?[:：]\s*",
    re.IGNORECASE,
)
_BELOW = re.compile(r"you can enable spam filtering|©|to reply to this message", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]{3,190}")
_TOTAL = re.compile(
    r"\btotal:?\s{1,4}([^\s\d]{0,4}\s?[0-9][0-9.,]{0,15}\s?[A-Z]{3})\b", re.IGNORECASE
)
_CODE = re.compile(r"[^0-9.,]*([0-9.,]+)\s?([A-Z]{3})", re.IGNORECASE)

# Subjects of Shopify's mails besides; unconfirmed.
NOTICES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (MailKind.CASE_CLAIM, r"chargeback|dispute|inquiry (?:opened|received)"),
        (MailKind.PAYOUT, r"\bpayout\b"),
    )
)


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if Shopify itself sent it; None for any other mail."""
    site = own_domain(sender_address(mail), (OWN_DOMAIN, SENDS_FOR_ALL))
    own = site == OWN_DOMAIN
    if not site:
        return None
    subject = " ".join(mail.subject.split())[:500]
    if placed := _PLACED.fullmatch(subject):
        return _sale(mail, placed, believed=own)
    if _FORM.search(subject):
        written = _written(mail) if own else None
        return written or _message(MailKind.MESSAGE_NOTICE, words=mail.text.strip())
    kind = next((kind for kind, cue in NOTICES if cue.search(subject)), MailKind.OTHER_NOTICE)
    return _message(kind)


def _message(kind: MailKind, words: str = "") -> Message:
    return Message(kind=kind, marketplace=Marketplace.SHOPIFY, words=words)


# --------------------------------------------------------------------------- the shop's form


def _written(mail: Mail) -> Message | None:
    """What somebody has written in the shop's form: its fields, his words last. None where they
    are not found, or where another address is given to answer to."""
    lines = mail.text.splitlines()[:MOST_LINES]
    start = next((at for at, line in enumerate(lines) if _WORDS.match(line.strip())), None)
    if start is None:
        return None
    fields = dict(reversed(tuple(labelled("\n".join(lines[:start])))))
    writer = normal_address(fields.get("email", ""))
    others = {normal_address(one.email) for one in mail.reply_to} - {writer}
    if others or not _EMAIL.fullmatch(writer):
        return None
    first = _WORDS.sub("", lines[start].strip(), count=1)
    below = takewhile(lambda line: not _BELOW.match(line.strip()), lines[start + 1 :])
    words = "\n".join((first, *(line.rstrip() for line in below))).strip()
    return Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.SHOPIFY,
        words=words,
        writer=writer,
        opened=bool(words),
    )


def _sale(mail: Mail, placed: re.Match[str], *, believed: bool) -> Message:
    return Message(
        kind=MailKind.SALE_NOTICE,
        marketplace=Marketplace.SHOPIFY,
        orders=(placed[2],),
        tells=tuple(_sold(mail, placed)) if believed else (),
    )


def _sold(mail: Mail, placed: re.Match[str]) -> Iterator[Order]:
    """Whether it is paid the notice does not say; its buyer's address neither."""
    yield Order(
        key=OrderKey(Marketplace.SHOPIFY, placed[2]),
        shop=placed[1].strip(),
        buyer_name=placed[3].strip(),
        total=_total(mail.text),
        placed=said_at(mail),
        known=known(mail, FactGroup.DISPATCH),
    )


def _total(text: str) -> Money | None:
    """ "Total $34.00 USD": the last one, below the subtotal; the letters say which dollars."""
    found = _TOTAL.findall(text[:50_000])
    parts = _CODE.fullmatch(found[-1].strip()) if found else None
    return values.money(parts[1], parts[2].upper()) if parts else None
