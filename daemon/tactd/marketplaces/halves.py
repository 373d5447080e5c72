"""The first look at a large table, at both of its halves at once.

It is all that anybody can do before the table's parts are read (survey.py): so two processes do it.
Where the second half begins is a guess: if it turns out that the one half cannot be understood
without the other, the whole is looked at again, in one piece.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from tactd.marketplaces.export import Problem
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.records import Row
from tactd.marketplaces.seen import hash_of
from tactd.marketplaces.survey import ROWS, Looking, Survey

UNREADABLE = "\ufffd"
MOST_BYTES = 1024**3  # of a table: what has been seen of one half goes through two pipes


@dataclass(frozen=True, slots=True)
class Second:
    """What has been seen of a second half, without anything above it."""

    cuts: tuple[int, ...]
    end: int
    scattered: frozenset[str]
    kept: tuple[Row, ...]
    seen: bytes  # of all numbers, as Seen.hashes gives them
    first: str  # the number of its first row


def first_half(
    reader: Reader, sample: bytes, lines: Iterable[str], size: int, rows: int = ROWS
) -> Looking:
    """Of a table in UTF-8, whose `sample` and `lines` are as `survey` takes them: the lines that
    begin within its first `size` bytes, or right behind. Raises NotAnExportError where the header
    is not the reader's."""
    looking = Looking(reader, reader.table(sample), rows)
    looking.see_all(_beginning(lines, size, looking.problems))
    return looking


def _beginning(lines: Iterable[str], size: int, problems: list[Problem]) -> Iterator[str]:
    for line in lines:
        if size < 0:
            break
        if line.isascii():
            size -= len(line)
        else:
            size -= len(line.encode("utf-8", "replace"))
            if UNREADABLE in line:  # so many bytes it may not have had
                problems.append(Problem(0, "the bytes of a line cannot be counted"))
        yield line


def second_half(
    reader: Reader, sample: bytes, lines: Iterable[str], rows: int = ROWS
) -> Second | None:
    """`lines`: from that byte on; the first of them is the rest of one that the first half has.
    None where they cannot be understood by themselves."""
    looking = Looking(reader, reader.table(sample), rows, top=0)
    looking.see_all(islice(lines, 1, None))
    if looking.problems or not looking.first:
        return None
    return Second(
        cuts=tuple(looking.cuts),
        end=looking.end,
        scattered=frozenset(looking.scattered),
        kept=tuple(looking.kept),
        seen=looking.seen.hashes.tobytes(),
        first=looking.first,
    )


def joined(one: Looking, other: Second, top: str, name: str, modified: datetime) -> Survey | None:
    """What `survey` finds in the whole table; None where the halves do not tell. `top`: the lines
    down to the header.

    Between them must lie a plain row's end: no cell goes on there (a quotation mark that is open at
    the end is a problem), no footer has begun, and no order has rows in both, but for one whose
    rows stand together."""
    if one.problems or one.kept or not one.last:
        return None
    seen = array("Q")
    seen.frombytes(other.seen)
    both = set(seen).intersection(one.seen.hashes)
    goes_on = one.last == other.first
    if both - ({hash_of(one.last)} if goes_on else set()):
        return None
    one.cuts += [one.end + cut for cut in other.cuts[1 if goes_on else 0 :]]
    one.end += other.end
    one.scattered |= other.scattered
    one.kept += other.kept
    return one.found(top, name, modified)
