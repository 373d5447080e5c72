"""Rows of a table → orders: rows of one number are one order, and what is bad is listed.

For exports that name the order in every row. A row that cannot be read spoils its order as a
whole: half an order would be told to a buyer as a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import TypeVar

from tactd.core.types import FactGroup, Known
from tactd.marketplaces import values
from tactd.marketplaces.export import OnRows, Problem, Whole
from tactd.marketplaces.records import Row
from tactd.marketplaces.tables import Table

T = TypeVar("T")
R = TypeVar("R")
M = TypeVar("M")  # what is made of them: Order, or with None where a reader leaves some out

NOTHING = frozenset({"", "-", "--", "—", "n/a", "none", "null"})
REPORT_EVERY = 1000  # rows

Names = Mapping[str, tuple[str, ...]]
"""Field → all the names its column has had, as tables.normal_name writes them."""
Raw = tuple[int, tuple[str, ...]]
"""Line number, and the cells in the order of Names."""

# What a spreadsheet makes of a long number: `5.43211E+12`.
SHORTENED = re.compile(r"[0-9][.,]?[0-9]*E\+?[0-9]{1,3}", re.IGNORECASE)
# A comma that parts two numbers in a cell, not the decimal one of `5,43211E+12`.
COMMA = r",(?![0-9]*[Ee]\+[0-9])"


class RowError(ValueError):
    """The row cannot be used; the text says why."""


@dataclass(slots=True)
class Joined:
    """All rows of a table, by the number of their order."""

    rows: int = 0
    by_order: dict[str, list[Raw]] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)  # orders of which a row cannot be used
    problems: list[Problem] = field(default_factory=list)

    def leave(self, whole: Whole | None) -> None:
        """Of a part of a file: drop the orders whose rows stand in other parts, too."""
        for number in whole.apart.intersection(self.by_order) if whole else ():
            del self.by_order[number]


def join_rows(
    table: Table,
    names: Names,
    no_number: Callable[[str], str | None],
    needed: Collection[str],
    continues: Callable[[tuple[str, ...]], bool] | None = None,
) -> Joined:
    """The rows of `table`; the field `order` is their number, and `no_number` tells why a text is
    none. A row that ends before the last of the columns `needed` was cut off. `continues` tells of
    a row without a number whether it goes on with the order above it."""
    width, pick = len(table.names), cells_of(table, names)
    places = [place(table, names, name) for name in needed]
    reach = max((at for at in places if at is not None), default=0)
    at_order = list(names).index("order")
    joined = Joined()
    above = ""
    for row in table:
        if not any(row.cells):
            above = ""
            continue
        joined.rows += 1
        cells = pick(row.cells)
        goes_on = above and not cells[at_order] and continues is not None and continues(cells)
        above = above if goes_on else cells[at_order]
        fault = no_number(above)
        if fault is None and not goes_on:
            fault = _cut_off(row, reach, width)
            joined.spoilt |= {above} if fault else set()
        if fault is not None:
            joined.problems.append(Problem(row.line, fault))
        else:
            joined.by_order.setdefault(above, []).append((row.line, cells))
    return joined


def cells_of(table: Table, names: Names) -> Callable[[list[str]], tuple[str, ...]]:
    """What gives a row's cells in the order of `names`, without white space around them."""
    width = len(table.names)
    places = [place(table, names, name) for name in names]
    pick = itemgetter(*(width if at is None else at for at in places))

    def of(cells: list[str]) -> tuple[str, ...]:
        if len(cells) == width:  # nearly all rows
            return tuple(map(str.strip, pick([*cells, ""])))
        padding = [""] * max(1, width + 1 - len(cells))
        return tuple(map(str.strip, pick([*cells[:width], *padding])))

    return of


def place(table: Table, names: Names, name: str) -> int | None:
    """Where the column of that field stands; None if the table has none."""
    return next((table.columns[one] for one in names[name] if one in table.columns), None)


def numbered(
    names: Names, no_number: Callable[[str], str | None]
) -> Callable[[Table], Callable[[list[str]], str]]:
    """For readers: given a table, what tells of a row's cells which order they are of ("": none, or
    that of the row above)."""

    def of(table: Table) -> Callable[[list[str]], str]:
        at = place(table, names, "order")

        def number(cells: list[str]) -> str:
            text = cells[at].strip() if at is not None and at < len(cells) else ""
            return text if text and no_number(text) is None else ""

        return number

    return of


def _cut_off(row: Row, reach: int, width: int) -> str | None:
    if len(row.cells) > reach:
        return None
    return f"the row ends after {len(row.cells)} of {width} columns"


def read_orders(
    joined: Joined,
    read_row: Callable[[tuple[str, ...]], tuple[R, list[str]]],
    order_of: Callable[[str, list[R]], M],
    on_rows: OnRows | None,
) -> Iterator[M]:
    """The orders whose rows can all be read. `read_row` gives a row's values and what in it could
    not be read but matters little; it and `order_of` raise RowError where an order is to be left
    out. What is wrong goes to `joined.problems`. The rows are given up on the way: there may be a
    million."""
    done = 0
    for number in list(joined.by_order):
        raws = joined.by_order.pop(number)
        before, done = done, done + len(raws)
        if on_rows is not None and done // REPORT_EVERY > before // REPORT_EVERY:
            on_rows(done)
        if number in joined.spoilt:
            continue
        rows = _rows(joined, raws, read_row)
        if len(rows) != len(raws):
            continue
        try:
            yield order_of(number, rows)
        except RowError as error:
            joined.problems.append(Problem(raws[0][0], str(error)))


def _rows(
    joined: Joined,
    raws: list[Raw],
    read_row: Callable[[tuple[str, ...]], tuple[R, list[str]]],
) -> list[R]:
    rows = []
    for line, cells in raws:
        try:
            row, doubts = read_row(cells)
        except RowError as error:
            joined.problems.append(Problem(line, str(error)))
            continue
        if doubts:
            joined.problems += [Problem(line, doubt) for doubt in doubts]
        rows.append(row)
    return rows


# --------------------------------------------------------------------------- cells


def filled(text: str) -> str:
    """The text; "" for the signs by which people mean that there is none."""
    return "" if text.lower() in NOTHING else text


@lru_cache(maxsize=8192)
def date(name: str, text: str, day_first: bool = False) -> datetime | None:
    """Raises RowError where a date cannot be read: dates decide what a buyer is told."""
    if not filled(text):
        return None
    at = values.date(text, day_first)
    if at is None:
        raise RowError(f"the date {text[:40]!r} ({name}) cannot be read")
    return at


def optional(what: str, text: str, read: Callable[[str], T | None], doubts: list[str]) -> T | None:
    """What the text says; a doubt more and None where it cannot be read."""
    if not text or not filled(text):
        return None
    value = read(text)
    if value is None:
        doubts.append(f"the {what} {text[:40]!r} cannot be read")
    return value


def quantity(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else None


def number(what: str, text: str, doubts: list[str]) -> str:
    """A number that is kept as text. One that a spreadsheet has shortened is none any more."""
    plain = text.lstrip("'").strip()  # the sign that keeps a spreadsheet from shortening it
    if SHORTENED.fullmatch(plain):
        doubts.append(f"a spreadsheet has shortened the {what} to {plain!r}")
        return ""
    return filled(plain)[:60]


# --------------------------------------------------------------------------- the file as a whole


def known(as_of: datetime, source: str) -> tuple[Known, ...]:
    """Of tracking an export says nothing: it holds no scans."""
    return tuple(Known(group, as_of, source) for group in (FactGroup.PAYMENT, FactGroup.DISPATCH))


def known_by_columns(
    table: Table,
    names: Names,
    by: Mapping[FactGroup, Collection[str]],
    as_of: datetime,
    source: str,
) -> tuple[Known, ...]:
    """The groups of facts of which the file has a column `by` which it would tell: a file without
    any does not say that nothing has been paid or sent."""
    tells = {group: any(place(table, names, one) is not None for one in by[group]) for group in by}
    return tuple(one for one in known(as_of, source) if tells.get(one.group))


def notes(table: Table, names: Names, matters: Collection[str]) -> tuple[str, ...]:
    """Which columns that matter are missing (the site may have renamed one), and how many are
    not used."""
    used = {name for known_as in names.values() for name in known_as}
    others = sum(1 for name in table.columns if name and name not in used)
    missing = [names[name][0] for name in matters if place(table, names, name) is None]
    found = [f"no column found for: {', '.join(missing)}"] if missing else []
    return (*table.notes, *found, *([f"{others} columns are not used"] if others else []))


def sorted_problems(table: Table, joined: Joined) -> tuple[Problem, ...]:
    found = {*joined.problems, *table.problems}
    return tuple(sorted(found, key=lambda problem: (problem.line, problem.reason)))
