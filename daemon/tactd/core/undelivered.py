"""What a bounce means for the address that we wrote to: one literal table (RFC 3463, 5248, 7372,
7505, and what Microsoft and Google really answer)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tactd.core.read.bounce import Told
from tactd.core.read.bounce_text import FULL, NOBODY


class Meaning(StrEnum):
    DEAD = "dead"  # nobody reads there, or nobody wants our mail: no more of it by itself
    RETURNED = "returned"  # this mail did not arrive; another may
    UNDER_WAY = "under_way"  # delayed, passed on or delivered: nothing is lost


@dataclass(frozen=True, slots=True)
class _Row:
    status: str  # a whole pattern
    meaning: Meaning
    says: tuple[str, ...] = ()  # one of these stands in what the server said; empty: anything


# What a 5.7.1 says when our server, our name or this one text is refused, and not his address.
_ABOUT_US: Final = (
    "spam", "blocked using", "block list", "blocklist", "blacklist", "dnsbl", "rbl", "reputation",
    "spf", "dkim", "dmarc", "client host", "relay access denied", "relaying denied", "virus",
    "content rejected", "reverse dns", "ptr record", "unsolicited", "垃圾邮件",
)  # fmt: skip

# The first row that fits. Only for what has failed for good.
_TABLE: Final = (
    _Row(r"4\..*", Meaning.RETURNED),  # given up after tries: full, greylisted, out of reach
    _Row(r".*", Meaning.RETURNED, FULL),  # whatever code: some call it 5.1.1 or 5.2.1
    _Row(r"5\.1\.[789]", Meaning.RETURNED),  # our own address is what they do not like
    _Row(r"5\.1\.\d+", Meaning.DEAD),  # no such mailbox, domain or address; 5.1.10: takes no mail
    _Row(r"5\.2\.1", Meaning.DEAD),  # the mailbox is disabled
    _Row(r"5\.4\.(?:4|310)", Meaning.DEAD),  # no such domain
    _Row(r"5\.4\.1", Meaning.DEAD, ("recipient address rejected",)),  # Microsoft's "no such user"
    # Our signing, our login, our account or our server is what they do not like.
    _Row(r"5\.7\.(?:[589]|1[0-9]|2\d|30|57|60|64|[567]\d\d)", Meaning.RETURNED),
    _Row(r"5\.7\.\d+", Meaning.RETURNED, _ABOUT_US),
    _Row(r"5\.7\.\d+", Meaning.DEAD),  # he, or his server, refuses us
    _Row(r"5\.0\.0|", Meaning.DEAD, NOBODY),  # no code that says more, but words that do
    _Row(r".*", Meaning.RETURNED),
)

_FAILED = frozenset({"failed", "failure"})
_STATUS = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_CODE = re.compile(r"(?<![\d.])[45]\d\d(?![\d.])")


def meaning(told: Told) -> Meaning:
    """What a bounce means, as far as it can be believed."""
    status, said = full_status(told), told.said.casefold()
    failed = told.action in _FAILED or (not told.action and status.startswith("5"))
    if not failed:
        return Meaning.UNDER_WAY
    rows = (row for row in _TABLE if re.fullmatch(row.status, status))
    fits = (row for row in rows if not row.says or any(mark in said for mark in row.says))
    return next(fits).meaning


def full_status(told: Told) -> str:
    """The status, or where that is left open ("5.0.0") the one that the server itself gave."""
    if told.status and not told.status.endswith(".0.0"):
        return told.status
    given = _STATUS.search(told.said)
    return given[0] if given else told.status


def reply_code(told: Told) -> int | None:
    """The SMTP reply code in what the server said."""
    found = _CODE.search(told.said)
    return int(found[0]) if found else None
