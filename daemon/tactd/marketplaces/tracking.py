"""Tracking numbers: which look like one in what people write, and where a buyer can look them up.
Whose they are stands in carriers.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tactd.core.orders import normal_number
from tactd.core.types import Traced
from tactd.marketplaces.carriers import LONGEST, carrier

# Every number in use has three digits in a row, or in groups: most mails have none at all.
A_FIGURE = re.compile(r"[0-9](?:[ -]?[0-9]){2}")

# A run of letters and digits, perhaps in groups of two and more as people write them. Each piece
# starts where the one before ended, so the search never looks back.
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*", re.ASCII)
_WORD = re.compile(r"[0-9A-Za-z]+", re.ASCII)
_MOST_GROUPS = 9  # the 34 digits of a label, in fours
_LONGEST_PREFIX = 4  # a longer word without a digit is prose
_LONGEST_GROUP = 6  # digits; longer ones side by side are two numbers
_FEWEST_IN_GROUPS = 12  # digits; with fewer, too much else is written in groups: a telephone


@dataclass(frozen=True, slots=True)
class Spotted:
    """A tracking number in a text, normalised, and where it stands."""

    number: str
    start: int
    end: int


def carrier_and_page(number: str) -> tuple[str, str] | None:
    """(the carrier's name, the public page that shows this number); None where the form of the
    number is not known. The page is for reading by people: tactd never opens it."""
    plain = normal_number(number)
    found = carrier(plain)
    return (found.name, found.page.format(n=plain)) if found else None


def traced(number: str) -> Traced:
    """How far a number can be followed."""
    found = carrier(normal_number(number))
    return found.traced if found else Traced.FULL


def tracking_numbers(text: str) -> Iterator[str]:
    """Tracking numbers in what people wrote, normalised; also written in groups (`RB 123 …`)."""
    return (one.number for one in spotted(text))


def spotted(text: str) -> Iterator[Spotted]:
    """The same, each with its place in the text."""
    for run in _RUN.finditer(text) if A_FIGURE.search(text) else ():
        if run.end() - run.start() < 10:
            continue
        words = list(_WORD.finditer(text, run.start(), run.end()))
        at = 0
        while at < len(words):
            if _is_prose(words[at][0]):
                at += 1
                continue
            number, used = _number_at(words, at)
            if number:
                yield Spotted(number, words[at].start(), words[at + used - 1].end())
            at += used


def _is_prose(word: str) -> bool:
    return len(word) > _LONGEST_PREFIX and word.isalpha()


def _number_at(words: list[re.Match[str]], at: int) -> tuple[str, int]:
    """The longest tracking number that starts at this word, and how many words it takes."""
    together = [""]
    for found in words[at : at + _MOST_GROUPS]:
        word = found[0]
        if _is_prose(word) or len(together[-1]) + len(word) > LONGEST:
            break
        together.append(together[-1] + word.upper())
    for used in range(len(together) - 1, 0, -1):
        if carrier(together[used]) and (used == 1 or _one_number(words[at : at + used])):
            return together[used], used
    return "", 1


def _one_number(groups: list[re.Match[str]]) -> bool:
    """Are these the groups of one number, rather than two numbers side by side?"""
    words = [group[0] for group in groups]
    if not all(word.isdigit() for word in words):
        return True
    return max(map(len, words)) <= _LONGEST_GROUP and sum(map(len, words)) >= _FEWEST_IN_GROUPS
