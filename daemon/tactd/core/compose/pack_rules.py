"""What a marketplace forbids in a message to a buyer. A draft that breaks a rule is staged; a reply
that the seller has made to break one is not sent, because the marketplace would not deliver it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tactd.core.types import Pack

_LINK = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


class Breach(NamedTuple):
    """A rule that a text breaks: `too_long` (length, most) or `link` (link)."""

    rule: str
    data: Mapping[str, str]


def breaches(body: str, reference: str, pack: Pack | None) -> Iterator[Breach]:
    """`reference` is the line that is added when it is sent (envelope.py); it counts too."""
    if pack is None:
        return
    length = len(body.strip()) + (len(f"\n\n{reference}") if reference else 0)
    if pack.max_length is not None and length > pack.max_length:
        yield Breach("too_long", {"length": str(length), "most": str(pack.max_length)})
    if not pack.links and (link := _LINK.search(body)):
        yield Breach("link", {"link": link[0]})
