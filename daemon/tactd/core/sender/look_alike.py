"""Senders that imitate a marketplace: its name in their domain and in what they say, but another's
domain (marketplaces.md 4.3, look-alike guard)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tactd.core.orders import normal_address
from tactd.core.sender.domains import organisation
from tactd.core.types import Mail, Marketplace, Pack

# What is drawn like a Latin letter: digits, Cyrillic and Greek letters, pairs of letters.
_DRAWN_ALIKE = str.maketrans("013458авеікморсту" + "αεικνορτυχ", "oleasbabeikmopcty" + "aeiknoptyx")
_PAIRS = (("rn", "m"), ("vv", "w"), ("-", ""), ("_", ""))


def imitated(mail: Mail, packs: Iterable[Pack]) -> Marketplace | None:
    """The marketplace whose name the sender's domain bears without being its own, if his name or
    subject bears it too. (One alone is chance: many a word holds "etsy".)"""
    domain = normal_address(mail.sender.email if mail.sender else "").rpartition("@")[2]
    claimed = _plain(f"{mail.sender.name if mail.sender else ''} {mail.subject[:300]}")
    registered, drawn = organisation(domain), _plain(domain)
    for pack in packs:
        names = {_name(own) for own in pack.own_domains}
        if registered in pack.own_domains:
            return None
        if any(name in drawn and name in claimed for name in names):
            return pack.marketplace
    return None


def poses(mail: Mail, packs: Iterable[Pack]) -> Marketplace | None:
    """The same where the marketplace's name is a whole word of the domain: "etsy-help.example",
    not "betsy.example". No chance, whoever vouches for that domain."""
    domain = normal_address(mail.sender.email if mail.sender else "").rpartition("@")[2]
    words = {_plain(word) for word in re.split(r"[.\-_]", domain)}
    bears = [pack for pack in packs if words & {_name(own) for own in pack.own_domains}]
    return imitated(mail, bears)


def _name(domain: str) -> str:
    return domain.partition(".")[0]


def _plain(text: str) -> str:
    """As a hasty reader sees it."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    plain = plain.translate(_DRAWN_ALIKE)
    for drawn, letter in _PAIRS:
        plain = plain.replace(drawn, letter)
    return plain
