"""eBay's Orders report (Seller Hub) and the older File Exchange download: bytes → orders.

As the files really are: a byte order mark, a first line of bare commas, an empty row below the
header, a summary row for an order of several items, a footer with the range of dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from tactd.core.types import FactGroup, Known, Marketplace
from tactd.marketplaces import joined
from tactd.marketplaces.dated import last_day
from tactd.marketplaces.ebay.assemble import order_of
from tactd.marketplaces.ebay.columns import DAY_FIRST, FILE_EXCHANGE, NAMES, WANTED, Cells
from tactd.marketplaces.ebay.rows import EbayRow, is_order_number, no_order_number, read_row
from tactd.marketplaces.export import Export, OnRows, Problem, Whole, fell_short
from tactd.marketplaces.reader import Number, Reader, Tells
from tactd.marketplaces.records import Row
from tactd.marketplaces.tables import Table, read_table

MATTERS = ("email", "item", "total", "paid", "country", "shipped", "tracking")

_COUNT = re.compile(r"\s*\"?(\d{1,9})\b")


@dataclass(slots=True)
class _Reading(joined.Joined):
    """What has been gathered while the rows go by. Rows wait here as plain tuples: the garbage
    collector does not follow those, and a year of orders is read in half the time."""

    records: set[str] = field(default_factory=set)
    footer: list[str] = field(default_factory=list)


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
) -> Export:
    """All orders of the file `name`, last modified at `modified`; with `whole`, of a part of it.

    A row that cannot be read is a Problem, and its order is left out as a whole: half an order
    would be told to a buyer as a whole one. Raises NotAnExportError for any other file."""
    table = read_table(data, WANTED)
    reading = _gather(table)
    reading.leave(whole)
    as_of = min(modified, _end_of_range(name, reading.footer) or modified)
    day_first = _is_day_first(table)
    known = joined.known(as_of, name)
    # Only a report that holds a rating says anything of ratings.
    rated = (*known, Known(FactGroup.FEEDBACK, as_of, name))
    build = partial(order_of, known=known, rated=rated)
    read = partial(_read, day_first=day_first)
    orders = tuple(joined.read_orders(reading, read, build, on_rows))
    return Export(
        marketplace=Marketplace.EBAY,
        orders=orders,
        problems=joined.sorted_problems(table, reading),
        rows=reading.rows,
        as_of=as_of,
        notes=(*joined.notes(table, NAMES, MATTERS), *([] if whole else _missing(reading))),
        records=len(reading.records - {""}),
        promised=_promised(reading),
    )


def _read(cells: tuple[str, ...], *, day_first: bool) -> tuple[EbayRow, list[str]]:
    return read_row(Cells._make(cells), day_first)


def _gather(table: Table) -> _Reading:
    width, cells_of = len(table.names), joined.cells_of(table, NAMES)
    reading = _Reading()
    old_form = not FILE_EXCHANGE.isdisjoint(table.columns)
    blank_before = False
    for row in table:
        if not any(row.cells):
            blank_before = True
            continue
        cells = cells_of(row.cells)
        cells = _numbered(cells) if old_form else cells
        if (blank_before or reading.footer) and _is_footer(row, Cells._make(cells)):
            reading.footer.append(",".join(cell for cell in row.cells if cell))
            continue
        blank_before = False
        _gather_row(reading, row, cells, width)
    return reading


def _numbered(cells: tuple[str, ...]) -> tuple[str, ...]:
    """An order of one item without a number of its own is known by its item and transaction."""
    row = Cells._make(cells)
    if row.order or not (row.item and row.transaction and row.paid):
        return cells
    return row._replace(order=f"{row.item}-{row.transaction}")


def _is_day_first(table: Table) -> bool:
    return any(name in table.columns for name in DAY_FIRST)


def _is_footer(row: Row, cells: Cells) -> bool:
    """After an empty line comes a line or two in words: how many records, of which seller."""
    filled = sum(1 for cell in row.cells if cell)
    return filled <= 6 and no_order_number(cells) is not None and not cells.item


def _gather_row(reading: _Reading, row: Row, cells: tuple[str, ...], width: int) -> None:
    reading.rows += 1
    reading.records.add(cells[0])
    if len(row.cells) < width // 2:
        fault: str | None = f"the row ends after {len(row.cells)} of {width} columns"
    else:
        fault = no_order_number(Cells._make(cells))
    if fault is not None:
        reading.problems.append(Problem(row.line, fault))
    else:
        reading.by_order.setdefault(cells[1], []).append((row.line, cells))


# --------------------------------------------------------------------------- name and footer


def _end_of_range(name: str, footer: Sequence[str]) -> datetime | None:
    """The last day that the file's name or its footer names; the earlier of the two."""
    ends = [last_day(text) for text in (name, " ".join(footer))]
    return min((end for end in ends if end is not None), default=None)


def _missing(reading: _Reading) -> list[str]:
    return fell_short(_promised(reading), len(reading.records - {""}))


def _promised(reading: _Reading) -> int:
    """The footer tells how many sales records there should be."""
    said = _COUNT.match(reading.footer[0]) if reading.footer else None
    return int(said[1]) if said else 0


# --------------------------------------------------------------------------- large files


def _number(table: Table) -> Number:
    cells_of, old_form = joined.cells_of(table, NAMES), not FILE_EXCHANGE.isdisjoint(table.columns)
    at = joined.place(table, NAMES, "order")

    def number(cells: list[str]) -> str:
        text = cells[at].strip() if at is not None and at < len(cells) else ""
        if is_order_number(text):
            return text
        return _numbered(cells_of(cells))[1] if old_form else ""

    return number


def _tells(table: Table) -> Tells:
    """The footer, which gives the range of dates."""
    cells_of, seen = joined.cells_of(table, NAMES), False

    def tells(row: Row, after_blank: bool) -> bool:
        nonlocal seen
        if not (after_blank or seen) or not _is_footer(row, Cells._make(cells_of(row.cells))):
            return False
        seen = True
        return True

    return tells


def _first_cells(table: Table) -> int:
    """What names its order is no footer, which is all that `_tells` looks for."""
    at = joined.place(table, NAMES, "order")
    return -1 if at is None or not FILE_EXCHANGE.isdisjoint(table.columns) else at + 1


READER = Reader(
    "eBay",
    parse,
    partial(read_table, wanted=WANTED),
    _number,
    _tells,
    first_cells=_first_cells,
)
