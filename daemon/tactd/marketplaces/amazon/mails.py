"""Amazon's mails: which are from a buyer, what he wrote in them, and what the others are.

The sender's domain decides first, compared whole: a look-alike is a plain mail, never Amazon's.
Whether the sender is genuine is not judged here (core/sender/proved.py does).
"""

from __future__ import annotations

import re

from tactd.core.orders import normal_address
from tactd.core.read.quote_forms import SEPARATORS
from tactd.core.read.quotes import split as split_quotes
from tactd.core.types import Mail, MailKind, Marketplace, Message
from tactd.marketplaces.amazon.assemble import RELAY_DOMAINS
from tactd.marketplaces.amazon.notices import notice
from tactd.marketplaces.amazon.words import (
    BELOW,
    LABELS,
    MESSAGE_WORDS,
    ORDER_LABELS,
    SENT_TO_SELLER,
)
from tactd.marketplaces.numbers import order_numbers
from tactd.marketplaces.senders import own_domain, sender_address

# What Amazon's sites send from.
OWN_DOMAINS = tuple(domain.removeprefix("marketplace.") for domain in RELAY_DOMAINS)

_RELAY_LOCAL = re.compile(r"[a-z0-9]{8,40}(?:\+[a-z0-9-]{1,64})?", re.ASCII)
_ROBOTS = frozenset({"donotreply", "noreply", "mailerdaemon", "postmaster"})

_MARK = re.compile(r"(?<![-–—])[-–—]{3,60}\s{0,4}([^-–—\n]{2,60}?)\s{0,4}:?\s{0,4}[-–—]{3,60}")
_LABEL = re.compile(rf"(?:{'|'.join(LABELS)})\s{{0,4}}[:：]\s{{0,4}}(.*)", re.IGNORECASE)
_LONGEST_LINE = 300  # of a line of the wrapper; only longer ones can be a buyer's

# "# 112-4410283-7719465:" in Amazon's part; any other line may be one that names the buyer.
_ORDER_LINE = re.compile(
    rf"(?:#|{'|'.join(ORDER_LABELS)})[\s:#]{{0,4}}([0-9]{{3}}-[0-9]{{7}}-[0-9]{{7}})\s?:?\s?",
    re.IGNORECASE,
)
# "<what he has chosen>(Bestellung: 302-…)"; a later "Re:" repeats what is perhaps settled.
_CHOSEN = re.compile(
    r"(?!re ?:)([^()\n]{4,150}) ?\([^()\n]{0,30}[0-9]{3}-[0-9]{7}-[0-9]{7} ?\)", re.IGNORECASE
)
_ITEM = re.compile(
    r"(?:([0-9]{1,4})\s?(?:/|of/sur|of|von|de|di|van|sur)\s)?([^\n]{0,300}?)\s?"
    r"\[ASIN:\s?(B0[0-9A-Z]{8}|[0-9]{9}[0-9X])\]"
)


def open_mail(mail: Mail) -> Message | None:
    """What the mail is, if it comes from one of Amazon's domains; None for any other mail.

    Only what comes from a relay is a buyer's. Where his text is not found in Amazon's wrapper, all
    of the text is given and `opened` is False: a person has to look."""
    address = sender_address(mail)
    if not own_domain(address, OWN_DOMAINS):
        return None
    if is_relay(address) and _sent_by_buyer(mail):
        return _buyer_message(mail)
    return notice(mail, message_within(mail.text))


def is_relay(email: str) -> bool:
    """Is this an address that Amazon made up for a buyer?"""
    local, _, domain = normal_address(email).rpartition("@")
    named = local.partition("+")[0]
    return domain in RELAY_DOMAINS and named not in _ROBOTS and bool(_RELAY_LOCAL.fullmatch(local))


def _sent_by_buyer(mail: Mail) -> bool:
    """A notification of another type is Amazon's own, whatever address it bears."""
    return (mail.header("x-space-notification-type") or SENT_TO_SELLER).strip() == SENT_TO_SELLER


def _buyer_message(mail: Mail) -> Message:
    found = _open_wrapper(mail.text)
    words, head = found or (mail.text.strip(), "")
    orders = _orders_of_head(head)
    items, title = _items_of_head(head)
    in_subject = order_numbers(mail.subject[:600], Marketplace.AMAZON)
    return Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.AMAZON,
        subject=_topic(mail.subject),
        words=words,
        items=items,
        item_title=title,
        orders=orders,
        # An answer should name the order (marketplaces.md 4.2); the mark is Amazon's own.
        reference=next((f"# {number}" for number in (*orders, *in_subject[-1:])), ""),
        opened=found is not None,
    )


def _topic(subject: str) -> str:
    """What he has chosen from Amazon's list ("Paket nicht angekommen: Gutschrift anfordern"): a
    wish that his words may not repeat. Amazon's general subjects name Amazon."""
    found = _CHOSEN.fullmatch(" ".join(subject[:400].split()))
    return "" if found is None or "amazon" in found[1].lower() else found[1].strip()


# --------------------------------------------------------------------------- the wrapper


def _open_wrapper(text: str) -> tuple[str, str] | None:
    """(the buyer's own words, what stands above them), or None if they are not found."""
    found = _between_marks(text) or _below_label(text)
    if found is None:
        return None
    words, head = found
    if split_quotes(head)[1]:
        return None  # the wrapper is one that he quotes: what is in it is the seller's
    own = (split_quotes(words)[0] or words).strip()
    return (own, head) if own else None


def message_within(text: str) -> str:
    """What stands between the marks, as it is; "" if there are none."""
    found = _between_marks(text)
    return found[0] if found else ""


def _between_marks(text: str) -> tuple[str, str] | None:
    """The first mark and the last are Amazon's, whatever he has written or quoted between them."""
    marks = [found for found in _MARK.finditer(text) if _is_mark(found, text)]
    if len(marks) < 2:
        return None
    first, last = marks[0], marks[-1]
    return text[first.end() : last.start()].strip(), text[: first.start()]


def _is_mark(found: re.Match[str], text: str) -> bool:
    said = " ".join(found[1].lower().split()).rstrip(" :：")
    if said in SEPARATORS or not any(word in said for word in MESSAGE_WORDS):
        return False
    line = text.rfind("\n", 0, found.start()) + 1
    return not text[line : found.start()].lstrip().startswith(">")


def _below_label(text: str) -> tuple[str, str] | None:
    """In HTML alone: below "Message:", above the first of Amazon's own lines."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if _label(line)), None)
    if start is None:
        return None
    label = _label(lines[start])
    rest = (line.strip().lower()[:_LONGEST_LINE] for line in lines[start + 1 :])
    end = next((at for at, line in enumerate(rest, start + 1) if line.startswith(BELOW)), None)
    if label is None or end is None:
        return None
    words = "\n".join((label[1], *(line.rstrip() for line in lines[start + 1 : end]))).strip()
    return words, "\n".join(lines[:start])


def _label(line: str) -> re.Match[str] | None:
    return _LABEL.fullmatch(line.strip())


# --------------------------------------------------------------------------- what it names


def _orders_of_head(head: str) -> tuple[str, ...]:
    """Only lines that hold nothing but a label and a number: a buyer may call himself anything,
    and some wrappers say his name."""
    lines = (line.strip() for line in head.splitlines())
    found = (_ORDER_LINE.fullmatch(line[:100]) for line in lines if len(line) <= 100)
    return tuple(dict.fromkeys(one[1] for one in found if one))


def _items_of_head(head: str) -> tuple[tuple[str, ...], str]:
    found = [one for line in head.splitlines() if (one := _ITEM.search(line[:500]))]
    title = found[0][2].strip(" *•") if found else ""
    return tuple(dict.fromkeys(one[3] for one in found)), title
