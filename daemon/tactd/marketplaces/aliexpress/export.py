"""AliExpress's orders export (seller centre, 订单导出): bytes → orders.

As the files really are: an old `.xls`, or what a spreadsheet has made of it (`.xlsx`, CSV in GBK);
a line break in a header, several products and several parcels in one cell.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from tactd.core.types import Marketplace
from tactd.marketplaces import joined
from tactd.marketplaces.aliexpress.assemble import order_of
from tactd.marketplaces.aliexpress.columns import MATTERS, NAMES, NEEDED, WANTED, Cells
from tactd.marketplaces.aliexpress.rows import continues, no_order_number, read_row
from tactd.marketplaces.aliexpress.words import status
from tactd.marketplaces.dated import last_day
from tactd.marketplaces.export import Export, OnRows, Whole
from tactd.marketplaces.joined import Joined
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.tables import read_table

_SHOWN = 10


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
    table = read_table(data, WANTED)
    rows = joined.join_rows(table, NAMES, no_order_number, NEEDED, continues)
    as_of = min(modified, last_day(name) or modified)
    rows.leave(whole)
    words = _unknown_words(rows)
    build = partial(order_of, known=joined.known(as_of, name))
    orders = tuple(joined.read_orders(rows, read_row, build, on_rows))
    return Export(
        marketplace=Marketplace.ALIEXPRESS,
        orders=orders,
        problems=joined.sorted_problems(table, rows),
        rows=rows.rows,
        as_of=as_of,
        notes=(*joined.notes(table, NAMES, MATTERS), *words),
    )


def _unknown_words(rows: Joined) -> list[str]:
    said = {Cells._make(cells).status for raws in rows.by_order.values() for _, cells in raws}
    unknown = sorted(word for word in said if word and status(word) is None)
    shown = ", ".join(f"“{word[:20]}”" for word in unknown[:_SHOWN])
    return [f"status words that are not known, and left aside: {shown}"] if unknown else []


READER = Reader(
    "AliExpress",
    parse,
    partial(read_table, wanted=WANTED),
    joined.numbered(NAMES, no_order_number),
)
