"""Rows whose cells are all quoted are read the fast way, and say the same."""

from __future__ import annotations

import csv
import io

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tactd.marketplaces.export import Problem
from tactd.marketplaces.records import Row, records_of, whole

CELL = st.text(st.sampled_from('ab, "\n'), max_size=4)
LINE = st.text(st.sampled_from('a,"'), max_size=8)


def _written(rows: list[list[str]], quoting: int) -> list[str]:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting).writerows(rows)
    return io.StringIO(out.getvalue(), newline="").readlines()


@settings(max_examples=200)
@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6), st.booleans())
def test_whatever_stands_in_the_cells_is_read_as_it_was_written(
    rows: list[list[str]], all_quoted: bool
) -> None:
    lines = _written(rows, csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL)
    assert [row.cells for row in records_of(lines, ",", [], True)] == rows


@settings(max_examples=300)
@example(['"'])
@example(['",","b"'])
@example(['"a"",","b"'])
@given(st.lists(LINE, min_size=1, max_size=3))
def test_a_line_is_read_alike_with_and_without_the_fast_way(lines: list[str]) -> None:
    """A line end that the fast way does not know keeps from it."""
    found: list[Problem] = []
    others: list[Problem] = []
    fast = list(records_of([f"{line}\r\n" for line in lines], ",", found, True))
    slow = list(records_of([f"{line}\n" for line in lines], ",", others, True))
    assert [row.line for row in fast] == [row.line for row in slow]
    assert [_plain(row) for row in fast] == [_plain(row) for row in slow]
    assert found == others


def _plain(row: Row) -> list[str]:
    return [cell.replace("\r\n", "\n") for cell in row.cells]


@settings(max_examples=200)
@given(
    st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6), st.integers(1, 3), st.booleans()
)
def test_a_row_that_was_parted_only_at_its_first_cells_is_made_whole_again(
    rows: list[list[str]], most: int, all_quoted: bool
) -> None:
    lines = _written(rows, csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL)
    cut = list(records_of(lines, ",", [], True, most=most))
    full = list(records_of(lines, ",", [], True))
    assert [whole(row, ",") for row in cut] == full
