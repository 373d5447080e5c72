"""PayPal's activity download (`….CSV`): bytes → payments, as orders of PayPal.

As the files really are: columns as each seller has chosen them, day or month first, a decimal
comma in Europe, and many rows that are no sale: holds, withdrawals, conversions, what the seller
bought himself. What a payment pays for is found out by the book (core/payments.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial, reduce
from itertools import chain
from operator import itemgetter

from tactd.core.merge import merge
from tactd.core.types import FactGroup, Known, Marketplace, Order, OrderKey
from tactd.marketplaces import joined
from tactd.marketplaces.export import Export, OnRows, Problem, Whole
from tactd.marketplaces.joined import Joined
from tactd.marketplaces.paypal.assemble import order_of
from tactd.marketplaces.paypal.columns import MATTERS, NAMES, NEEDED, WANTED, Cells
from tactd.marketplaces.paypal.rows import no_transaction, read_row, sale
from tactd.marketplaces.paypal.times import is_day_first, zone
from tactd.marketplaces.paypal.words import Kind
from tactd.marketplaces.reader import Reader, Tells
from tactd.marketplaces.records import Row
from tactd.marketplaces.tables import Table, read_table

# "…-CSR-20261101000000-20261121235959-20261122084209.CSV": from, to, written.
_NAMED_TIME = re.compile(r"(?<![0-9])20\d{12}(?![0-9])")


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
) -> Export:
    """All payments of the file `name`, last modified at `modified`, with what became of them;
    with `whole`, of a part of it.

    A row that cannot be read is a Problem. Raises NotAnExportError for any other file."""
    table = read_table(data, WANTED)
    rows = joined.join_rows(table, NAMES, no_transaction, NEEDED)
    rows.leave(whole)
    sales = _sales(rows)
    as_of = min(modified, _written(name) or modified)
    day_first, certain = (whole.day_first, whole.certain) if whole else is_day_first(sales, as_of)
    known = (Known(FactGroup.PAYMENT, as_of, name),)
    read = partial(read_row, day_first=day_first)
    told = joined.read_orders(rows, read, partial(order_of, known=known), on_rows)
    orders = _one_each(told)
    return Export(
        marketplace=Marketplace.PAYPAL,
        orders=orders,
        problems=(*_doubt(day_first, certain), *joined.sorted_problems(table, rows)),
        rows=rows.rows,
        as_of=as_of,
        notes=(*joined.notes(table, NAMES, MATTERS), *_unknown_zones(sales)),
    )


def _sales(rows: Joined) -> list[Cells]:
    """The rows that are about sales; all others are dropped from `rows`."""
    kept: dict[str, list[joined.Raw]] = {}
    for number, raws in rows.by_order.items():
        kinds = [sale(Cells._make(cells)) for _, cells in raws]
        if not {*kinds} <= {Kind.NOTHING, Kind.GOODS}:
            pairs = zip(raws, kinds, strict=True)
            kept[number] = [raw for raw, kind in pairs if kind is not Kind.NOTHING]
    rows.by_order = kept
    as_listed = sorted(chain.from_iterable(kept.values()), key=itemgetter(0))
    return [Cells._make(cells) for _, cells in as_listed]


def _one_each(told: Iterable[Order]) -> tuple[Order, ...]:
    """A payment and its refund are told in two rows of two transactions."""
    by_key: dict[OrderKey, list[Order]] = {}
    for order in told:
        by_key.setdefault(order.key, []).append(order)
    return tuple(reduce(merge, orders) for orders in by_key.values())


def _written(name: str) -> datetime | None:
    times = _NAMED_TIME.findall(name)
    try:
        return datetime.strptime(times[-1], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if times else None
    except ValueError:
        return None


def _doubt(day_first: bool, certain: bool) -> Iterator[Problem]:
    if not certain:
        order = "day/month" if day_first else "month/day"
        yield Problem(0, f"read as {order}, but nothing in the file shows it for certain")


def _unknown_zones(sales: Iterable[Cells]) -> list[str]:
    unknown = {row.zone for row in sales if row.time and zone(row.zone) is None}
    return [f"time zone {name!r} is not known: taken as UTC" for name in sorted(unknown)]


# --------------------------------------------------------------------------- large files


def _tells(table: Table) -> Tells:
    """The sales of which the date or the zone is not that of the one before, or with another
    decimal mark: which of day and month stands first shows in these as well as in all."""
    cells_of = joined.cells_of(table, NAMES)
    before: list[tuple[str, str, bool]] = []

    def tells(row: Row, _after_blank: bool) -> bool:
        cells = Cells._make(cells_of(row.cells))
        if no_transaction(cells.order) or sale(cells) in (Kind.NOTHING, Kind.GOODS):
            return False
        key = (cells.date, cells.zone, "," in cells.gross)
        new = len(before) < 2 or before[-1] != key
        before[:] = [*before[-1:], key]
        return new

    return tells


def _day_first(sketch: bytes, name: str, modified: datetime) -> tuple[bool, bool]:
    rows = joined.join_rows(read_table(sketch, WANTED), NAMES, no_transaction, NEEDED)
    return is_day_first(_sales(rows), min(modified, _written(name) or modified))


READER = Reader(
    "PayPal",
    parse,
    partial(read_table, wanted=WANTED),
    joined.numbered(NAMES, no_transaction),
    _tells,
    _day_first,
)
