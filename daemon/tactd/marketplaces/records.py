"""Lines of a table → its records, each with its place in the file, whatever quotes are open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import count, islice, repeat
from typing import Literal, NamedTuple

from tactd.marketplaces.export import Problem

AT_ONCE = 100  # lines
RECORD_LINES = 40  # a quote that is open longer was never meant to be one
_CLOSING = '"\r\n'
_FIELD = csv.field_size_limit()  # characters; csv.reader refuses longer cells


class Row(NamedTuple):
    line: int  # the first physical line of the record, counted from 1
    cells: list[str]
    lines: int = 1  # how many physical lines it has
    cut: bool = False  # the last of the cells is the rest of the row; see `whole`


class _Feed:
    """Lines for csv.reader, at most RECORD_LINES of them for one record."""

    def __init__(self, lines: Iterable[str], above: int) -> None:
        self.at = above  # lines above this record
        self.ran_out = False
        self._lines = iter(lines)
        self._given: list[str] = []  # of this record
        self._again: list[str] = []  # the next ones, the last first

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = None
        if len(self._given) < RECORD_LINES:
            line = self._again.pop() if self._again else next(self._lines, None)
        if line is None:
            self.ran_out = True
            raise StopIteration
        self._given.append(line)
        return line

    @property
    def given(self) -> int:
        """How many lines this record has taken so far."""
        return len(self._given)

    def some(self) -> list[str]:
        """The next lines together, between two records; none where some are to be given again."""
        self._settle()
        return [] if self._again else list(islice(self._lines, AT_ONCE))

    def again(self, lines: list[str]) -> None:
        self._again = lines[::-1]

    def begin(self) -> bool:
        """On to the next record; False if there is none."""
        self._settle()
        if not self._again and (line := next(self._lines, None)) is not None:
            self._again.append(line)
        return bool(self._again)

    def _settle(self) -> None:
        self.at += len(self._given)
        self._given.clear()

    def give_up(self) -> None:
        """The next record begins with the second line of this one."""
        self._again += self._given[:0:-1]
        del self._given[1:]
        self.ran_out = False


def _a_row_a_line(
    lines: list[str], separator: str, quoting: Literal[0, 3]
) -> list[list[str]] | None:
    """The rows, if each of these lines is one; else None. The line behind them shows whether the
    last one ends within quotation marks."""
    try:
        rows = list(csv.reader([*lines, "\n"], delimiter=separator, quoting=quoting))
    except csv.Error:
        return None
    return rows[:-1] if len(rows) == len(lines) + 1 else None


def _all_quoted(lines: list[str], separator: str, most: int) -> list[list[str]] | None:
    """The rows, if on each line all cells are quoted and none holds a quotation mark, as in most
    files of most marketplaces; else None. It takes less time than csv.reader, which sees each
    letter."""
    between, rows = _between(separator), []
    for line in lines:
        if line[:1] != '"' or line[-3:] != _CLOSING or not 4 <= len(line) <= _FIELD:
            return None
        inner = line[1:-3]
        cells = inner.split(between, most)
        betweens = len(cells) - 1 if most < 0 else inner.count(between)
        if inner.count('"') != 2 * betweens:
            return None
        rows.append(cells)
    return rows


def _between(separator: str) -> str:
    return f'"{separator}"'


def whole(row: Row, separator: str) -> Row:
    """The row with all of its cells, after `records_of` was to part only so many."""
    if not row.cut:
        return row
    *parted, rest = row.cells
    return Row(row.line, [*parted, *rest.split(_between(separator))], row.lines)


def records_of(
    lines: Iterable[str],
    separator: str,
    problems: list[Problem],
    quoted: bool,
    above: int = 0,
    most: int = -1,
) -> Iterator[Row]:
    """Rows with their line numbers, where `above` lines stand above the first. A quote that is
    never closed costs its own line only. `most`: only so many cells need be parted from the rest of
    their row; see `whole`."""
    feed = _Feed(lines, above)
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    reader = csv.reader(feed, delimiter=separator, quoting=quoting)
    while True:
        while simple := feed.some():  # nearly all of a real file
            rows = _all_quoted(simple, separator, most) if quoted else None
            cut = rows is not None and most >= 0
            if rows is None and (rows := _a_row_a_line(simple, separator, quoting)) is None:
                feed.again(simple)
                break
            if not quoted:
                rows = [list(map(_bare, cells)) for cells in rows]
            yield from map(Row, count(feed.at + 1), rows, repeat(1), repeat(cut))
            feed.at += len(simple)
        if not feed.begin():
            return
        try:
            cells, fault = next(reader), ""
        except csv.Error as error:
            cells, fault = [], str(error)
        if feed.ran_out:  # the reader asks for more lines only inside quotation marks
            fault = "a quotation mark is opened and not closed"
        if not fault:
            plain = cells if quoted else [_bare(cell) for cell in cells]
            yield Row(feed.at + 1, plain, feed.given)
            continue
        problems.append(Problem(feed.at + 1, fault))
        feed.give_up()
        reader = csv.reader(feed, delimiter=separator, quoting=quoting)


def _bare(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell
