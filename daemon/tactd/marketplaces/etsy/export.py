"""Etsy's files of sales (`EtsySoldOrders*.csv`, `EtsySoldOrderItems*.csv`): bytes → orders.

As the files really are: dates as month/day/year, a decimal comma in shops of some countries, no
mail address and no tracking number.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from tactd.core.types import Marketplace
from tactd.marketplaces import joined
from tactd.marketplaces.etsy.assemble import order_of
from tactd.marketplaces.etsy.columns import ITEMS, MATTERS, NAMES, NEEDED, ORDERS
from tactd.marketplaces.etsy.rows import is_day_first, no_order_number, read_row
from tactd.marketplaces.export import Export, NotAnExportError, OnRows
from tactd.marketplaces.tables import Table, read_table


def parse(data: bytes, name: str, modified: datetime, on_rows: OnRows | None = None) -> Export:
    """All orders of the file `name`, last modified at `modified`.

    The month in its name is that of the sales, not of the download, so `as_of` is `modified`. A
    row that cannot be read is a Problem, and its order is left out as a whole. Raises
    NotAnExportError for any other file."""
    table = _table(data)
    rows = joined.join_rows(table, NAMES, no_order_number, NEEDED)
    day_first = is_day_first(raw for raws in rows.by_order.values() for raw in raws)
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
