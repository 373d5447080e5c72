"""Header fields as text: decoded, cleaned, and chosen where there are too many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from tactd.core.read.addresses import MOST, addresses, uncomment
from tactd.core.read.charset import decode, line
from tactd.core.read.fields import Budget, Header, words
from tactd.core.types import Address

KEPT_CHARS = 16_384  # of all headers together, as far as one may be left out
KEPT_OF_A_NAME = 5
REFERENCES = 100

_ID = re.compile(r"<[!-;=?-~]{3,250}>")
_SPECIAL_WORD = re.compile(r"=\?[^?\s\"]{1,60}\?[bBqQ]\?[^?\"]*[,;<>():][^?\"]*\?=")

# Here an encoded word has no meaning (RFC 2047 5), and must not smuggle one in.
LITERAL = frozenset(
    (
        "authentication-results", "received", "received-spf", "return-path", "message-id",
        "in-reply-to", "references", "date", "dkim-signature", "arc-seal",
        "arc-message-signature", "arc-authentication-results", "mime-version", "content-type",
        "content-transfer-encoding", "auto-submitted", "precedence", "list-id", "list-post",
        "list-unsubscribe", "delivered-to", "x-original-to", "x-auto-response-suppress",
        "x-tactd-id",
    )
)  # fmt: skip

# The provider's own trace, which stands above what the sender wrote. None is left out while a
# lower one stays, or a forged line could become the topmost. (how many, how long each)
TRACE = {"authentication-results": (5, 4_096), "received": (30, 500)}

# Who wrote, to whom, in answer to what, and by what machine: kept before all others.
NEEDED = frozenset(
    (
        "from", "to", "cc", "reply-to", "sender", "subject", "date", "message-id", "in-reply-to",
        "references", "return-path", "delivered-to", "x-original-to", "auto-submitted",
        "precedence", "list-id", "list-post", "list-unsubscribe", "list-help", "content-type",
        "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-loop", "x-tactd-id",
        "x-space-notification-type", "x-marketplace-id", "x-failed-recipients",
    )
)  # fmt: skip

# Long, and nobody asks for them: only where there is room.
NOISE = re.compile(
    r"dkim-|arc-|x-ms-|x-microsoft-|x-google-|x-gm-|x-forefront|x-exchange|x-received|x-proofpoint|"
    r"domainkey-|x-ym|x-sonic|received-spf|autocrypt|openpgp|face|x-face"
)


class Fields:
    """The header of one mail. `charset`: what raw 8-bit letters in it are probably written in."""

    def __init__(self, headers: Iterable[Header], charset: str | None = None) -> None:
        self._headers = tuple(headers)
        self._charset = charset

    def raw(self, name: str) -> list[str]:
        """All of that name, without looking into encoded words."""
        return [self._letters(value) for key, value in self._headers if key == name]

    def first(self, name: str) -> str:
        return next(
            (self._readable(name, value) for key, value in self._headers if key == name), ""
        )

    def ids(self, name: str) -> tuple[str, ...]:
        """The valid message ids in a header, the newest `REFERENCES` of them (RFC 5322 3.6.4)."""
        return tuple(_ID.findall(" ".join(self.raw(name))))[-REFERENCES:]

    def addresses(self, name: str) -> tuple[Address, ...]:
        """The addresses of all headers of that name. Encoded words are opened only afterwards:
        a comma or bracket in one is part of a name."""
        return tuple(
            Address(line(words(one.name).text), "".join(line(one.email).split()))
            for value in self.raw(name)
            for one in addresses(_SPECIAL_WORD.sub(_in_quotes, value))
        )[:MOST]

    def kept(self, budget: Budget) -> tuple[tuple[str, str], ...]:
        """(lower-case name, text) of what is worth keeping, in order."""
        counts = Counter(name for name, _ in self._headers)
        hops = counts["received"]
        if hops > TRACE["received"][0]:
            budget.flaw(f"received={hops}")
        everything = self._limited
        room = KEPT_CHARS
        chosen = {at for at, (name, _) in enumerate(everything) if name in TRACE}
        for at in sorted(range(len(everything)), key=lambda at: _rank(*everything[at])):
            name, text = everything[at]
            if at not in chosen and len(name) + len(text) <= room:
                room -= len(name) + len(text)
                chosen.add(at)
        if len(chosen) < len(everything):
            budget.flaw("headers_left_out")
        return tuple(everything[at] for at in sorted(chosen))

    @cached_property
    def _limited(self) -> list[tuple[str, str]]:
        seen: Counter[str] = Counter()
        out: list[tuple[str, str]] = []
        for name, value in self._headers:
            seen[name] += 1
            most, length = TRACE.get(name, (KEPT_OF_A_NAME, KEPT_CHARS))
            if seen[name] <= most:
                text = self._readable(name, value)
                out.append((name, text if len(text) <= length else _shorter(name, text, length)))
        return out

    def _letters(self, value: bytes) -> str:
        if value.isascii() and b"\x1b" not in value:
            return value.decode("ascii")
        return decode(value, self._charset).text

    def _readable(self, name: str, value: bytes) -> str:
        text = self._letters(value)
        return line(text if name in LITERAL else words(text).text)


def _rank(name: str, text: str) -> tuple[int, int]:
    """Short ones first: a single huge field must not push out the others."""
    return (0 if name in NEEDED else 2 if NOISE.match(name) else 1), len(text)


def _shorter(name: str, text: str, length: int) -> str:
    """Results that are cut in the middle could say something else: then only whose they are."""
    if name == "authentication-results":
        return uncomment(text).partition(";")[0][:length]
    return text[:length]


def _in_quotes(word: re.Match[str]) -> str:
    return f'"{word[0]}"'
