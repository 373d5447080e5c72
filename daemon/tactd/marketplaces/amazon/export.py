"""Amazon's “All Orders”, “Unshipped Orders” and “New Orders” reports: bytes → orders.

Tab-separated text without quotation marks, a row for each item of an order. What Amazon leaves out
of a report differs: “All Orders” has no buyer, no address line and no day of payment, “Unshipped
Orders” no money and no ASIN, “New Orders” no state. The book joins them by order number.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from tactd.core.types import FactGroup, Known, Marketplace
from tactd.marketplaces import joined
from tactd.marketplaces.amazon.assemble import order_of
from tactd.marketplaces.amazon.columns import MATTERS, NAMES, NEEDED, TELLS_OF_DISPATCH, WANTED
from tactd.marketplaces.amazon.rows import no_order_number, other_shops_number, read_row
from tactd.marketplaces.dated import last_day
from tactd.marketplaces.export import Export, OnRows, Whole, left_out
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.tables import Table, read_table


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
) -> Export:
    """All orders of the file `name`, last modified at `modified`; with `whole`, of a part of it.

    A row that cannot be read is a Problem, and its order is left out as a whole. Raises
    NotAnExportError for any other file."""
    table = read_table(data, WANTED, tabs_quote=False)
    rows = joined.join_rows(table, NAMES, no_order_number, NEEDED)
    rows.leave(whole)
    others = _leave_out_other_shops(rows)
    as_of = min(modified, last_day(name) or modified)
    build = partial(order_of, known=_known(table, as_of, name))
    orders = tuple(joined.read_orders(rows, read_row, build, on_rows))
    return Export(
        marketplace=Marketplace.AMAZON,
        orders=orders,
        problems=joined.sorted_problems(table, rows),
        rows=rows.rows,
        as_of=as_of,
        notes=(*joined.notes(table, NAMES, MATTERS), *left_out(0 if whole else others)),
        left_out=others,
    )


READER = Reader(
    "Amazon",
    parse,
    partial(read_table, wanted=WANTED, tabs_quote=False),
    joined.numbered(NAMES, no_order_number),
)


def _leave_out_other_shops(rows: joined.Joined) -> int:
    """Nobody who bought elsewhere writes through Amazon."""
    others = [number for number in rows.by_order if other_shops_number(number)]
    for number in others:
        del rows.by_order[number]
    return len(others)


def _known(table: Table, as_of: datetime, source: str) -> tuple[Known, ...]:
    """Of dispatch a file tells only where it has a column for it."""
    dispatch = any(name in table.columns for name in TELLS_OF_DISPATCH)
    every = joined.known(as_of, source)
    return tuple(one for one in every if dispatch or one.group is FactGroup.PAYMENT)
