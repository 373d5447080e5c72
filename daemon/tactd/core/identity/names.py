"""Do two names name one person?

Names are written in any order of their parts, with initials, titles and firms. Who shares no more
than a surname is another; who writes his own in signs that tell nothing of the sound cannot be
compared with himself in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from tactd.core.identity.folded import script, words

_CARE_OF = re.compile(
    r"\s*(?:\bc\s?/\s?o\b|\bcare of\b|\bz\.?\s?hd\.?(?=\s)|\battn\b[.:]?)\s*", re.I
)

_TITLES = frozenset(
    words(
        "mr mrs ms mx dr prof ing dipl phd md herr frau fraulein familie family monsieur madame mme"
        " mlle signor signora sig sra srta señor señora senhor senhora bayan tuan nyonya und and et"
    )
)
# Titles and forms of firms that may be somebody's name as well: "João Sá", "Don Miller".
_PERHAPS = frozenset(
    words(
        "sir miss don dona pan pani bay von jr sr the"
        " gmbh ug ag kg ohg ek ltd limited llc llp lp inc incorporated corp corporation co company"
        " plc pty bv nv sa sas sarl srl spa sl oy ab as aps ooo zao ltda mbh sro kft"
    )
)
_EASTERN_EXTRAS = re.compile(
    r"有限公司|有限責任公司|有限责任公司|股份|株式会社|주식회사|先生|女士|小姐|様|さん|殿|님"
)
MOST_PARTS = 8  # more words than that are no name


def same_name(one: str, other: str) -> bool | None:
    """None where it cannot be told: a name is missing, is one word, or is in another script."""
    found = [_compare(a, b) for a in _CARE_OF.split(one) for b in _CARE_OF.split(other) if a and b]
    if True in found:
        return True
    return None if None in found or not found else False


def _compare(one: str, other: str) -> bool | None:
    scripts = {script(one), script(other)}
    if scripts == {"east"}:
        return _same_in_signs(one, other)
    if len(scripts) != 1 or "" in scripts:
        return None
    found = [_compare_parts(a, b) for a in _forms(one) for b in _forms(other)]
    return True if True in found else None if None in found else False


def _compare_parts(one: Sequence[str], other: Sequence[str]) -> bool | None:
    if not one or not other or max(len(one), len(other)) > MOST_PARTS:
        return None
    if "".join(one) == "".join(other) or _fits(one, other):
        return True
    shared = any(_same_part(a, b) for a in one for b in other)
    return None if shared and (_says_little(one) or _says_little(other)) else False


def _says_little(parts: Sequence[str]) -> bool:
    return len(parts) == 1 or all(len(part) == 1 for part in parts)


def _forms(name: str) -> tuple[list[str], ...]:
    """Its parts, with and without what may be a title or a firm's form."""
    found = [word for word in words(name) if word not in _TITLES]
    sure = [word for word in found if word not in _PERHAPS]
    return (found, sure) if 1 < len(sure) < len(found) else (found,)


def _fits(one: Sequence[str], other: Sequence[str]) -> bool:
    """Has each part of the shorter name a part of the longer for itself? Middle names may be
    missing; initials count, but not alone."""
    short, long = sorted((one, other), key=len)
    left, pairs = list(long), list[tuple[str, str]]()
    for part in sorted(short, key=len, reverse=True):
        twins = [twin for twin in left if _same_part(part, twin)]
        if twins:
            twin = part if part in twins else twins[0]
            left.remove(twin)
            pairs.append((part, twin))
        elif len(part) > 1:
            return False
    return len(pairs) > 1 and any(min(map(len, pair)) > 1 for pair in pairs)


def _same_part(one: str, other: str) -> bool:
    if 1 in (len(one), len(other)):
        return one[0] == other[0]
    return one == other or (max(len(one), len(other)) > 4 and _one_slip(one, other))


def _one_slip(one: str, other: str) -> bool:
    """Does a single letter too many, too few, wrong, or swapped with the next part the two?"""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]


def _same_in_signs(one: str, other: str) -> bool | None:
    """Chinese, Japanese and Korean names are often written without a space, surname first."""
    if not (first := _signs(one)) or not (second := _signs(other)):
        return None
    return not set(_joined(first)).isdisjoint(_joined(second))


def _signs(name: str) -> tuple[str, ...]:
    return words(_EASTERN_EXTRAS.sub(" ", name))[:4]


def _joined(parts: Sequence[str]) -> Iterator[str]:
    return ("".join(order) for order in permutations(parts))
