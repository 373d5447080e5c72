"""The parts of a PayPal mail: a heading, and what stands behind it or below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tactd.core.types import PostalAddress
from tactd.marketplaces.countries import country
from tactd.marketplaces.paypal.mail_words import HEADINGS

MOST_LINES = 400
_LONGEST = 300  # characters of a line that are looked at
MOST_VALUES = 8  # lines of one part

# Longest first: "payment sent to" must be seen before "payment".
_KNOWN = sorted(
    ((heading, part) for part, headings in HEADINGS.items() for heading in headings),
    key=lambda row: -len(row[0]),
)
_CITY_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<city>[^,]{1,60}),\s*(?P<region>[^,0-9]{1,40}?)\s+(?P<zip>[0-9A-Z][0-9A-Z -]{2,11})",
        r"(?P<zip>(?:[A-Z]{1,2}-)?[0-9]{3,6}(?:[ -][0-9A-Z]{2,4})?)\s+(?P<city>[^0-9,]{1,60})",
    )
)

Parts = Mapping[str, tuple[str, ...]]
"""Part → its lines."""


def parts(text: str) -> Parts:
    """A part that comes twice and differs is empty: the buyer may have typed one of them into what
    he wrote to the seller."""
    found: dict[str, list[list[str]]] = {}
    current: list[str] = []
    for raw in text.splitlines()[:MOST_LINES]:
        line = raw[:_LONGEST].strip(" \t*|>•")
        heading = _heading(line)
        if heading is not None:
            part, line = heading
            current = []
            found.setdefault(part, []).append(current)
        if line and len(current) < MOST_VALUES:
            current.append(line)
    return {
        part: tuple(times[0]) if all(lines == times[0] for lines in times) else ()
        for part, times in found.items()
        if part
    }


def _heading(line: str) -> tuple[str, str] | None:
    """(part, what stands behind the colon). "Shipping address - confirmed" is one as well."""
    lower = line.lower()
    for heading, part in _KNOWN:
        if not lower.startswith(heading):
            continue
        rest = line[len(heading) :].strip()
        if not rest or rest[0] in ":：":
            return part, rest[1:].strip()
        if rest[0] in "-–—(" or not part:
            return part, ""
    return None


def address(lines: Sequence[str]) -> PostalAddress:
    """Name, street, town and country, line by line as PayPal writes them. A town that is written
    otherwise stays in the street."""
    if len(lines) < 2:
        return PostalAddress()
    land = country(lines[-1])
    between = list(lines[1:-1] if land else lines[1:])
    found = next((match for line in reversed(between) if (match := _city(line)) is not None), None)
    if found is None:
        return PostalAddress(lines[0], ", ".join(between), country=land)
    between.remove(found.string)
    place = found.groupdict()
    return PostalAddress(
        lines[0], ", ".join(between), place["city"], place.get("region") or "", place["zip"], land
    )


def _city(line: str) -> re.Match[str] | None:
    return next((m for form in _CITY_FORMS if (m := form.fullmatch(line)) is not None), None)
