"""Signs that a machine answers ours, where no header says so (Outlook.com's rules set none).

Counters find what the never-answer list cannot: the same mail again and again, an answer faster
than anybody types, a whole domain that keeps us busy.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from tactd.core.free_mail import FREE_MAIL
from tactd.core.types import By, ContactState, Endpoint, EndpointKind, LedgerRow, Pack

ALIKE_WITHIN: Final = timedelta(hours=1)
ALIKE: Final = 3  # mails of his within that time, the one at hand included
QUICK: Final = timedelta(seconds=30)
QUICK_RUNNING: Final = 2
DOMAIN_WITHIN: Final = timedelta(hours=1)
DOMAIN_MOST: Final = 10  # automatic mails to one domain within that time
ALARMS: Final = ("loop.alike", "loop.quick")  # these pause the conversation as well

_WHOLE_SECONDS = timedelta(seconds=1)  # INTERNALDATE has no fractions (RFC 3501 2.3.3)
_COMPARED = 2000  # characters; robots are brief
# A first line "Dear Jane," is left out, so that a name in it makes no difference.
_GREETING = re.compile(r"\s*[^\n?？]{1,40}[,!:，！：、][ \t]*\n")
_NOT_LETTERS = re.compile(r"[\W\d_]+")


def likeness(words: str, subject: str) -> str:
    """A hash that mails which read nearly the same have in common: case, digits, white space,
    punctuation and the greeting line make no difference. The subject counts only where there are
    no words. "" if neither holds a letter.

    Not caught: one changed word (a date spelled out, a name outside the greeting line or in one
    that no comma ends), another order of the sentences, a quotation that READ has not cut off."""
    said = _letters(_GREETING.sub("", words[:_COMPARED], count=1)) if words else ""
    said = said or _letters(words[:_COMPARED]) or _letters(subject)
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest() if said else ""


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text.casefold())


def quick_running(wrote: Sequence[datetime], ours: Iterable[datetime]) -> int:
    """How many of his mails, the newest first and without a gap, came within QUICK of a mail of
    ours, each of another: who sends two mails in a row has answered ours once."""
    left = sorted(ours, reverse=True)
    for count, at in enumerate(wrote):
        answered = next((one for one in left if one <= at + _WHOLE_SECONDS), None)
        if answered is None or at - answered > QUICK:
            return count
        left = [one for one in left if one < answered]
    return len(wrote)


def ours_to(history: Iterable[LedgerRow]) -> list[datetime]:
    """When tactd wrote to him. The seller's own hand is no part of a loop, and a buyer who chats
    with him answers fast."""
    return [
        row.at
        for row in history
        if row.by is not By.SELLER and row.state is not ContactState.REFUSED
    ]


def counted_domain(buyer: Endpoint, packs: Iterable[Pack]) -> str:
    """The domain whose automatic mails are counted; "" where it says nothing about the buyer: a
    free-mail provider's, a marketplace's relay."""
    domain = buyer.value.rpartition("@")[2]
    if buyer.kind is not EndpointKind.MAIL or domain in FREE_MAIL:
        return ""
    return "" if any(domain in pack.relay_domains for pack in packs) else domain
