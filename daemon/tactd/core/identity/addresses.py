"""Are two postal addresses one place? Postcode and house number decide; how the street is written
does not. A code that a marketplace puts in a line is no part of it."""

from __future__ import annotations

import re

from tactd.core.identity.folded import script, words
from tactd.core.types import PostalAddress

_CODE = re.compile(r"\bebay[:\s]?[0-9a-z]{7}\b", re.IGNORECASE)
# What may be written short, or left out, and never tells one street from another.
_COMMON = frozenset(
    words(
        "street st strasse str road rd avenue ave av boulevard blvd drive dr lane ln court ct place"
        " pl platz weg gasse allee way square sq terrace ter highway hwy parkway pkwy apartment apt"
        " flat unit suite ste room rm floor fl building bldg block blk house haus no nr number"
        " numero num via viale piazza rue calle plaza rua avenida ulica ul ulitsa north n south s"
        " east e west w nord sud ost the of de la le du des del der die das"
    )
)
_ENDINGS = words("strasse str straat gasse weg platz allee")


def same_address(one: PostalAddress, other: PostalAddress) -> bool | None:
    """None where it cannot be told: too little of it is known, or in two scripts."""
    if one.country and other.country and one.country.upper() != other.country.upper():
        return False
    place = _same_place(one, other)
    if place is False:
        return False
    street = _same_street(one.street, other.street)
    return None if place is None else street


def _same_place(one: PostalAddress, other: PostalAddress) -> bool | None:
    first, second = _zip(one), _zip(other)
    if first and second:
        return first.startswith(second) or second.startswith(first)
    if not one.city or not other.city or script(one.city) != script(other.city):
        return None
    return "".join(words(one.city)) == "".join(words(other.city))


def _zip(address: PostalAddress) -> str:
    """Only its signs: "SW1A 1AA", "07743"; of "12207-1024" the part that everybody writes."""
    code = address.zip.partition("-")[0] if address.country.upper() == "US" else address.zip
    return "".join(words(code))


def _same_street(one: str, other: str) -> bool | None:
    first, second = _CODE.sub(" ", one), _CODE.sub(" ", other)
    if not first.strip() or not second.strip():
        return None
    if (kind := script(first)) and kind != script(second):
        return None
    if kind == "east":
        return _same_signs("".join(words(first)), "".join(words(second)))
    numbers = [_numbers(first), _numbers(second)]
    if all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]):
        return False
    names = [_names(first), _names(second)]
    if all(names):
        return not names[0].isdisjoint(names[1])
    return True if all(numbers) else None


def _same_signs(one: str, other: str) -> bool:
    """Chinese and Japanese addresses name the province in one line or leave it to another."""
    short, long = sorted((one, other), key=len)
    return short in long


def _numbers(street: str) -> frozenset[str]:
    """ "12a", "12 A" and "12" are one house."""
    return frozenset(digits.lstrip("0") or "0" for digits in re.findall(r"[0-9]+", street))


def _names(street: str) -> frozenset[str]:
    found = (word for word in words(street) if not word[0].isdigit() and len(word) > 1)
    return frozenset(_stem(word) for word in found if word not in _COMMON)


def _stem(word: str) -> str:
    """ "hauptstrasse" and "hauptstr" are one."""
    ending = next((one for one in _ENDINGS if word.endswith(one) and word != one), "")
    return word.removesuffix(ending)
