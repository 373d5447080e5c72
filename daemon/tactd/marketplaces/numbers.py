"""Numbers that a mail may name an order by, found in what people write.

Which pattern is whose is one literal table; a new marketplace adds its rows.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tactd.core.types import Clue, Marketplace

SEARCHED = 50_000  # characters; nobody names his order further down

_DASHES = re.compile("[‐‑‒–—―−﹣－]")  # str.translate would take ten times as long


@dataclass(frozen=True, slots=True)
class Pattern:
    marketplace: Marketplace
    kind: str  # the clue's kind
    pattern: re.Pattern[str]


# A number's first digit. What must not stand before it is looked at from behind the digit: a
# pattern that begins with a digit lets the engine leap from digit to digit, which is ten times as
# fast in prose.
_FIRST = r"[0-9](?<![0-9].)(?<![0-9]-.)"

# Not `\b`: a number may stand directly beside a Chinese character, which is a letter to `\b`.
PATTERNS = (
    # eBay calls it a string without meaning (since June 2019); the form has been stable.
    Pattern(
        Marketplace.EBAY,
        "order",
        re.compile(rf"{_FIRST}\d-\d{{5}}-\d{{5}}(?![0-9])(?!-[0-9])", re.ASCII),
    ),
    # Before 2019: item number, hyphen, transaction number.
    Pattern(
        Marketplace.EBAY,
        "order",
        re.compile(rf"{_FIRST}\d{{8,11}}-\d{{10,14}}(?![0-9])(?!-[0-9])", re.ASCII),
    ),
    # Its first three digits tell nothing of the site.
    Pattern(
        Marketplace.AMAZON,
        "order",
        re.compile(rf"{_FIRST}\d\d-\d{{7}}-\d{{7}}(?![0-9])(?!-[0-9])", re.ASCII),
    ),
    # Sixteen digits without a check digit; products begin with 1005.
    Pattern(
        Marketplace.ALIEXPRESS,
        "order",
        re.compile(r"[0-9](?<![0-9A-Za-z-].)(?!(?<=1)005)\d{15}(?![0-9A-Za-z-])", re.ASCII),
    ),
    Pattern(
        Marketplace.ALIEXPRESS,
        "item",
        re.compile(r"1(?<![0-9A-Za-z-].)005\d{12}(?![0-9A-Za-z-])", re.ASCII),
    ),
    # Capitals and digits, some of both.
    Pattern(
        Marketplace.PAYPAL,
        "transaction",
        re.compile(
            r"[0-9A-Z](?<![0-9A-Za-z].)[0-9A-Z]{16}(?![0-9A-Za-z])(?<![A-Z]{17})(?<![0-9]{17})",
            re.ASCII,
        ),
    ),
    Pattern(
        Marketplace.EBAY,
        "item",
        re.compile(r"[0-9](?<![0-9A-Za-z-].)\d{11}(?![0-9A-Za-z-])", re.ASCII),
    ),
)


def searchable(text: str) -> str:
    """As people type numbers on any keyboard: full-width digits and typographic hyphens too."""
    start = text[:SEARCHED]
    return start if start.isascii() else _DASHES.sub("-", unicodedata.normalize("NFKC", start))


def order_numbers(text: str, marketplace: Marketplace | None = None) -> tuple[str, ...]:
    """Order numbers in `text`, of one marketplace or of all, each once."""
    return tuple(clue.value for clue in _found(text, "order", marketplace))


def item_numbers(text: str, marketplace: Marketplace | None = None) -> tuple[str, ...]:
    return tuple(clue.value for clue in _found(text, "item", marketplace))


def transactions(text: str) -> tuple[str, ...]:
    """PayPal's transactions."""
    return tuple(clue.value for clue in _found(text, "transaction", Marketplace.PAYPAL))


def _found(text: str, kind: str, marketplace: Marketplace | None) -> tuple[Clue, ...]:
    plain = searchable(text)
    return tuple(
        dict.fromkeys(
            Clue(kind, match[0])
            for row in PATTERNS
            if row.kind == kind and marketplace in (None, row.marketplace)
            for match in row.pattern.finditer(plain)
        )
    )
