"""Shopify's orders export (`orders_export*.csv`): bytes → orders.

As the files really are: one row for each item, the order's own cells in its first row only or
repeated in all, an apostrophe before a postcode, and no tracking numbers at all.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from tactd.core.types import Marketplace
from tactd.marketplaces import joined
from tactd.marketplaces.export import Export, OnRows, Whole
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.shopify.assemble import order_of
from tactd.marketplaces.shopify.columns import MATTERS, NAMES, NEEDED, WANTED
from tactd.marketplaces.shopify.rows import no_order_name, read_row
from tactd.marketplaces.tables import read_table


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
) -> Export:
    """All orders of the file `name`, last modified at `modified`; with `whole`, of a part of it.

    Neither the file nor its name tells when it was made, so `as_of` is `modified`. A row that
    cannot be read is a Problem, and its order is left out as a whole. Raises NotAnExportError for
    any other file."""
    table = read_table(data, WANTED)
    rows = joined.join_rows(table, NAMES, no_order_name, NEEDED)
    rows.leave(whole)
    build = partial(order_of, known=joined.known(modified, name))
    orders = tuple(joined.read_orders(rows, read_row, build, on_rows))
    return Export(
        marketplace=Marketplace.SHOPIFY,
        orders=orders,
        problems=joined.sorted_problems(table, rows),
        rows=rows.rows,
        as_of=modified,
        notes=joined.notes(table, NAMES, MATTERS),
    )


READER = Reader(
    "Shopify",
    parse,
    partial(read_table, wanted=WANTED),
    joined.numbered(NAMES, no_order_name),
)
