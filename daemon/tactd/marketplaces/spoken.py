"""Every number in a person's own words that may lead to an order, by what it may be.

A number is looked up under each kind that its form allows, and one that leads nowhere in the order
book is no evidence. Of bare digits the words beside them decide: under another kind than they say
it is only `misnamed`, which counts less. A number in no known form (a shop's
own, a parcel of a carrier that is not known) counts where the words say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from tactd.core.orders import normal_number
from tactd.core.types import Clue
from tactd.marketplaces.called import called, called_before
from tactd.marketplaces.numbers import PATTERNS, searchable
from tactd.marketplaces.tracking import A_FIGURE, spotted

MOST = 60  # clues from one mail; who names more numbers does not name his order

# Order numbers that people type without their hyphens, or with spaces: digits between hyphens.
HYPHENATED = (
    (2, 5, 5),  # eBay
    (3, 7, 7),  # Amazon
)
# (Each begins with a digit for the same reason as those of numbers.py.)
_LOOSE = tuple(
    re.compile(
        rf"([0-9](?<![0-9A-Za-z].)(?<![0-9]-.)\d{{{first - 1}}})[ -]{{0,3}}"
        rf"(\d{{{second}}})[ -]{{0,3}}(\d{{{third}}})(?![0-9A-Za-z])(?!-[0-9])",
        re.ASCII,
    )
    for first, second, third in HYPHENATED
)

_DIGITS = re.compile(r"[0-9]{3,}", re.ASCII)
_TOKEN = re.compile(r"#?[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*", re.ASCII)
_DATE = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}-[0-9]{1,2}-|-(?:19|20)[0-9]{2}$")
_BELONGS = re.compile(r"[0-9A-Za-z_#-]", re.ASCII)
_MARK = re.compile(r"^(?:#|no(?=[0-9]))", re.IGNORECASE)  # "№" has become "No" (NFKC)
_LONGEST = 40
_LONG = 6  # digits; shorter numbers are too often something else, unless the word stands beside
_LONGEST_NAME = 12  # of an order that a shop has named
_SHORTEST = {"tracking": 8, "item": 8, "transaction": 8, "order": 3}


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number at its place, and what its form allows it to be."""

    kind: str
    value: str
    start: int
    end: int


def spoken_clues(text: str) -> Iterator[Clue]:
    """Clues of the kinds order, tracking, transaction, item and misnamed, at most `MOST`."""
    plain = searchable(text)
    if A_FIGURE.search(plain) is None:
        return iter(())
    figures = list(_figures(plain))
    clues = (*_weighed(plain, figures), *_unformed(plain, figures))
    return islice(dict.fromkeys(clues), MOST)


def _figures(plain: str) -> Iterator[_Figure]:
    for row in PATTERNS:
        for match in islice(row.pattern.finditer(plain), MOST):
            yield _Figure(row.kind, match[0], match.start(), match.end())
    for form in _LOOSE:
        for match in islice(form.finditer(plain), MOST):
            yield _Figure("order", "-".join(match.groups()), match.start(), match.end())
    for one in islice(spotted(plain), MOST):
        yield _Figure("tracking", one.number, one.start, one.end)


def _weighed(plain: str, figures: Iterable[_Figure]) -> Iterator[Clue]:
    alike: dict[str, list[_Figure]] = {}
    for figure in figures:
        alike.setdefault(normal_number(figure.value), []).append(figure)
    for digits, same in alike.items():
        plainly = [figure for figure in same if _written_out(plain, figure)]
        if plainly or not digits.isdigit():  # hyphens in their places, or letters: no look-alike
            yield from (Clue(figure.kind, figure.value) for figure in plainly or same)
            continue
        word = called(plain, same[0].start, same[0].end)
        if word and word not in {figure.kind for figure in same}:
            yield from _unknown(word, digits)
        for figure in same:
            other = word and figure.kind not in (word, "item")
            yield Clue("misnamed" if other else figure.kind, figure.value)


def _written_out(plain: str, figure: _Figure) -> bool:
    """Does it stand there with the hyphens that it has?"""
    return "-" in figure.value and plain[figure.start : figure.end] == figure.value


def _unformed(plain: str, figures: Iterable[_Figure]) -> Iterator[Clue]:
    """Numbers in no form that is known, where the words before them say what they are."""
    known = [(figure.start, figure.end) for figure in figures]
    done = 0
    for digits in islice(_DIGITS.finditer(plain), 2 * MOST):
        if digits.start() < done:
            continue
        start = _begin(plain, digits.start(), done)
        token = _TOKEN.match(plain, start)
        if token is None or len(token[0]) > _LONGEST or token.end() < digits.end():
            continue
        done = token.end()
        if any(start < end and begin < done for begin, end in known) or _DATE.search(token[0]):
            continue
        kind, beside = called_before(plain, start)
        if not kind and token[0].startswith("#"):
            kind, beside = "order", True  # as shops write their orders
        if kind and (beside or sum(map(str.isdigit, token[0])) >= _LONG):
            yield from _unknown(kind, _MARK.sub("", token[0], count=1))


def _begin(plain: str, at: int, least: int) -> int:
    """Where the word begins that the digits belong to."""
    while at > least and _BELONGS.match(plain, at - 1):
        at -= 1
    while plain[at] in "-_":
        at += 1
    return at


def _unknown(kind: str, number: str) -> Iterator[Clue]:
    """A shop's own order number stands in the book as the shop writes it, perhaps with a #."""
    if len(number) < _SHORTEST[kind]:
        return
    if kind == "tracking":
        yield Clue(kind, normal_number(number))
        return
    yield from (Clue(kind, one) for one in dict.fromkeys((number, number.upper())))
    if kind == "order" and len(number) <= _LONGEST_NAME:
        yield Clue(kind, f"#{number}")
