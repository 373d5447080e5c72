"""Etsy's files of sales (`EtsySoldOrders*.csv`, `EtsySoldOrderItems*.csv`): bytes → orders.

As the files really are: dates as month/day/year, a decimal comma in shops of some countries, no
mail address and no tracking number.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from itertools import chain

from tactd.core.types import Marketplace
from tactd.marketplaces import joined
from tactd.marketplaces.etsy.assemble import order_of
from tactd.marketplaces.etsy.columns import ITEMS, MATTERS, NAMES, NEEDED, ORDERS
from tactd.marketplaces.etsy.rows import (
    DATES,
    day_and_month,
    is_day_first,
    no_order_number,
    read_row,
)
from tactd.marketplaces.export import Export, NotAnExportError, OnRows, Whole
from tactd.marketplaces.reader import Reader, Tells
from tactd.marketplaces.records import Row
from tactd.marketplaces.tables import Table, read_table


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
) -> Export:
    """All orders of the file `name`, last modified at `modified`; with `whole`, of a part of it.

    The month in its name is that of the sales, not of the download, so `as_of` is `modified`. A
    row that cannot be read is a Problem, and its order is left out as a whole. Raises
    NotAnExportError for any other file."""
    table = _table(data)
    rows = joined.join_rows(table, NAMES, no_order_number, NEEDED)
    rows.leave(whole)
    day_first = (
        whole.day_first if whole else is_day_first(chain.from_iterable(rows.by_order.values()))
    )
    build = partial(order_of, known=joined.known(modified, name))
    read = partial(read_row, day_first=day_first)
    orders = tuple(joined.read_orders(rows, read, build, on_rows))
    return Export(
        marketplace=Marketplace.ETSY,
        orders=orders,
        problems=joined.sorted_problems(table, rows),
        rows=rows.rows,
        as_of=modified,
        notes=joined.notes(table, NAMES, MATTERS),
    )


def _table(data: bytes) -> Table:
    try:
        return read_table(data, ORDERS)
    except NotAnExportError:
        return read_table(data, ITEMS)


# --------------------------------------------------------------------------- large files

_number = joined.numbered(NAMES, no_order_number)


def _tells(table: Table) -> Tells:
    """A day above 12, where it stands for the first time as the first and as the second number."""
    number = _number(table)
    dates = [at for one in DATES if (at := joined.place(table, NAMES, one)) is not None]
    seen: set[bool] = set()

    def tells(row: Row, _after_blank: bool) -> bool:
        texts = [row.cells[at].strip() for at in dates if at < len(row.cells)]
        said = set() if len(seen) > 1 else day_and_month(texts) - seen
        if not said or not number(row.cells):
            return False
        seen.update(said)
        return True

    return tells


def _day_first(sketch: bytes, _name: str, _modified: datetime) -> tuple[bool, bool]:
    rows = joined.join_rows(_table(sketch), NAMES, no_order_number, NEEDED)
    return is_day_first(chain.from_iterable(rows.by_order.values())), True


READER = Reader("Etsy", parse, _table, _number, _tells, _day_first)
