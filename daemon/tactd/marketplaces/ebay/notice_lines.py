"""The labelled lines of eBay's notices, without anything that a buyer has typed: his message is cut
off, his address is taken out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tactd.marketplaces import values
from tactd.marketplaces.countries import country
from tactd.marketplaces.ebay.notice_words import ADDRESS, HIS_WORDS, LABELS

_MOST = 400  # lines
_LONGEST = 300  # characters of one
_ADDRESS_LINES = 8
_BELOW_ADDRESS = frozenset({"ship_by", "estimate"})
# What settles something counts only above the first line that is no labelled one: below it he may
# speak, under a heading that is not known here.
_OF_FIRST_LINES = frozenset({"status", "rating"})
_WEEKDAY = re.compile(
    r"^[^\W\d_]{2,10}\.?,? (?=[^\W\d_]{3,10}\.? [0-9]|[0-9]{1,2}\.? [^\W\d_]|[0-9]{1,2}\.[0-9])"
)
_NAMES = "|".join(map(re.escape, sorted(LABELS, key=len, reverse=True)))
_CELLS = re.compile(
    rf"({_NAMES})[ |]+(?=[0-9#$€£¥]|[A-Z]{{1,3}} ?\$|[^\W\d_]{{3,10}}\.?,? [0-9])(.+)",
    re.IGNORECASE,
)
_SPAN = re.compile(r" ?(?:[–—]| - |\b(?:to|and|bis|und)\b) ?")


@dataclass(frozen=True, slots=True)
class Lines:
    """What eBay itself says in a notice."""

    fields: Mapping[str, tuple[str, ...]]  # by the fields of LABELS, in their order
    address: tuple[str, ...]
    text: str  # all of it but comments

    def first(self, field: str) -> str:
        return next(iter(self.fields.get(field, ())), "")


def read_lines(text: str) -> Lines:
    lines = [line[:_LONGEST].strip() for line in text.splitlines()[:_MOST]]
    plain = [_plain(line) for line in lines]
    end = next((at for at, line in enumerate(plain) if _begins_his(line)), len(lines))
    lines, plain = lines[:end], plain[:end]
    start = next((at + 1 for at, line in enumerate(plain) if line in ADDRESS), end)
    after = _end_of_address(lines, plain, start)
    own = lines[:start] + lines[after:]
    address = tuple(line for line in lines[start:after] if line)
    fields = _fields(own)
    typed = fields.get("comment", ())
    said = (line for line in own if not any(line.endswith(one) for one in typed))
    return Lines(fields, address, "\n".join(said))


def _begins_his(line: str) -> bool:
    """His words may stand on the very line of their heading."""
    return line in HIS_WORDS or line.replace("：", ":").partition(":")[0].rstrip() in HIS_WORDS


def _plain(line: str) -> str:
    """A label as the tables write it."""
    return " ".join(line.lower().replace("’", "'").strip("*•|> ").rstrip(":： ").split())


def _end_of_address(lines: list[str], plain: list[str], start: int) -> int:
    """An address ends with an empty line below it, or where eBay's lines go on: below its country.
    Any other label in it is a line of the buyer's."""
    seen, begun = False, len(lines)
    for at in range(start, len(lines)):
        if (seen and not lines[at]) or at - start >= _ADDRESS_LINES:
            return min(at, begun)
        seen = seen or bool(lines[at])
        label = _of_label(lines[at], plain[at])
        if label and label[0] in _BELOW_ADDRESS:
            begun = min(begun, at)
        elif country(lines[at]):
            begun = len(lines)
    return min(len(lines), begun)


def _of_label(line: str, plain: str) -> tuple[str, str] | None:
    """(field, value) of a labelled line; the value may stand below. Of two cells of a table only a
    space is left between them."""
    head, colon, tail = line.replace("：", ":").partition(":")
    if colon and (field := LABELS.get(_plain(head))):
        return field, tail.strip(" |\t")
    if plain in LABELS:
        return LABELS[plain], ""
    cells = _CELLS.match(line.strip("*•|> "))
    return (LABELS[_plain(cells[1])], cells[2]) if cells else None


def _fields(lines: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    waiting, his = "", False
    for line in lines:
        labelled = _of_label(line, _plain(line))
        field, value = labelled or (waiting, line)
        if field and value and not (his and field in _OF_FIRST_LINES):
            found[field] = (*found.get(field, ()), value)
        his = his or field == "comment" or (bool(found) and bool(line) and not field)
        waiting = field if field and not value else ""
    return found


# --------------------------------------------------------------------------- days


def day(text: str, said: datetime, day_first: bool) -> datetime | None:
    """A day as eBay writes it, perhaps with the weekday and without the year: then the nearest."""
    plain = _WEEKDAY.sub("", text.strip().rstrip(".;")).strip()
    whole = values.date(plain[:40], day_first)
    if whole is not None:
        return whole
    years = (said.year - 1, said.year, said.year + 1)
    found = [values.date(f"{plain[:20]} {year}", day_first) for year in years]
    return min(filter(None, found), key=lambda at: abs(at - said), default=None)


def span(text: str, said: datetime, day_first: bool) -> tuple[datetime | None, datetime | None]:
    """(first, last) day of "Nov 20 – Dec 4"; one day alone is the last."""
    parts = [day(part, said, day_first) for part in _SPAN.split(text[:80]) if part]
    days = sorted(at for at in parts if at is not None)
    if not days or days[-1] - days[0] > timedelta(days=120):
        return None, None
    return (days[0] if len(days) > 1 else None), days[-1]
