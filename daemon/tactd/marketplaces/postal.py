"""Postal addresses as mails write them, line by line: name first, country last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tactd.core.types import PostalAddress
from tactd.marketplaces.countries import country

_ZIP_FIRST = (
    "DE",
    "AT",
    "CH",
    "LI",
    "LU",
    "FR",
    "BE",
    "NL",
    "DK",
    "NO",
    "SE",
    "FI",
    "PL",
    "CZ",
    "SK",
)
# By the form of the line with the town, and where it is written so ("": no country is named).
_TOWNS = (
    (
        re.compile(
            r"(?P<city>[^,\d]{2,60}),? (?P<region>[A-Z]{2}),? (?P<zip>[0-9]{5}(?:-[0-9]{4})?)"
        ),
        frozenset(("US", "PR", "")),
    ),
    (
        re.compile(
            r"(?P<city>[^,\d]{2,60}),? (?P<region>[A-Z]{2,3}),? "
            r"(?P<zip>[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]|[0-9]{4})"
        ),
        frozenset(("CA", "AU")),
    ),
    (
        re.compile(
            r"(?:[A-Z]{1,2}-)?(?P<zip>[0-9]{2}-[0-9]{3}|[0-9]{3} [0-9]{2}|[0-9]{4} ?[A-Z]{2}"
            r"|[0-9]{4,5}) (?P<city>[^,\d]{2,60})(?P<region>)"
        ),
        frozenset((*_ZIP_FIRST, "")),
    ),
)
_BRITISH = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}")  # on a line of its own


def postal(lines: Sequence[str]) -> PostalAddress:
    """The place only where its form leaves no doubt: half an address would contradict the whole
    one of an export."""
    if len(lines) < 2:
        return PostalAddress()
    land = country(lines[-1])
    name, middle = lines[0], list(lines[1:-1] if land else lines[1:])
    if not middle:
        return PostalAddress(name=name, country=land)
    if land == "GB" and _BRITISH.fullmatch(middle[-1]):
        return _british(name, middle)
    for form, lands in _TOWNS:
        place = form.fullmatch(middle[-1]) if land in lands else None
        if place is not None:
            home = "US" if not land and "US" in lands else land
            street, city = ", ".join(middle[:-1]), place["city"].strip()
            return PostalAddress(name, street, city, place["region"], place["zip"], home)
    return PostalAddress(name=name, country=land)


def _british(name: str, middle: list[str]) -> PostalAddress:
    """Of more than two lines above the postcode nobody can tell which is the town's."""
    *above, code = middle
    street, city = above if len(above) == 2 else ("", "")
    return PostalAddress(name, street, city, "", code, "GB")
