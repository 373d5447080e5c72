"""An export that the seller has described in config.toml: bytes → orders. For what no marketplace
has a folder here: plugins of shop programs, ERPs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from tactd.core.types import FactGroup
from tactd.marketplaces import joined
from tactd.marketplaces.dated import last_day
from tactd.marketplaces.export import Export, NotAnExportError, OnRows, Whole
from tactd.marketplaces.generic.assemble import HAS_GONE, order_of
from tactd.marketplaces.generic.form import Cells, Form, word
from tactd.marketplaces.generic.rows import continues, no_order_number, read_row
from tactd.marketplaces.joined import Joined
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.tables import Table, normal_name, read_table

_NEEDED = ("placed", "paid", "total", "status")
_SHOWN = 10

# Without one of these columns a file does not know of the payment, or of what has left; but a
# status may say it.
_TELLS_OF: Mapping[FactGroup, tuple[str, ...]] = {
    FactGroup.PAYMENT: ("paid",),
    FactGroup.DISPATCH: ("shipped", "tracking", "delivered"),
}


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
    *,
    form: Form,
    is_relay: Callable[[str], bool],
) -> Export:
    """All orders of the file `name`, last modified at `modified`, as `form` reads it; with `whole`,
    of a part of it.

    A row that cannot be read is a Problem, and its order is left out as a whole. Raises
    NotAnExportError where a column of the form is missing, and names it."""
    table, names = _table(data, form), form.names
    rows = joined.join_rows(table, names, no_order_number, _NEEDED, continues)
    rows.leave(whole)
    as_of = min(modified, last_day(name) or modified)
    by_date, by_word = (
        joined.known_by_columns(table, names, tells, as_of, name)
        for tells in (_TELLS_OF, _telling(form))
    )
    build = partial(order_of, known=(by_date, by_word), as_of=as_of, is_relay=is_relay)
    unknown = _unknown(rows, form)
    told = joined.read_orders(rows, partial(read_row, form=form), build, on_rows)
    orders = tuple(order for order in told if order is not None)
    return Export(
        marketplace=form.marketplace,
        orders=orders,
        problems=joined.sorted_problems(table, rows),
        rows=rows.rows,
        as_of=as_of,
        notes=(f"read as {form.name}", *joined.notes(table, names, ()), *unknown),
    )


def reader(form: Form, is_relay: Callable[[str], bool]) -> Reader:
    """What reads exports of that form."""
    return Reader(
        form.name,
        partial(parse, form=form, is_relay=is_relay),
        partial(_table, form=form),
        joined.numbered(form.names, no_order_number),
    )


def _table(data: bytes, form: Form) -> Table:
    try:
        return read_table(data, form.wanted)
    except NotAnExportError:
        table = read_table(data, (form.names["order"],))
    missing = [names[0] for names in form.columns.values() if not _has(table, names)]
    raise NotAnExportError(f"the columns “{'”, “'.join(missing)}” are missing") from None


def _telling(form: Form) -> Mapping[FactGroup, tuple[str, ...]]:
    """The columns that tell of each group where the status of an order is known. Only a program
    that has a word for what has left tells of the rest that it has not."""
    leaves = HAS_GONE & set(form.statuses.values())
    return {
        FactGroup.PAYMENT: (*_TELLS_OF[FactGroup.PAYMENT], "status"),
        FactGroup.DISPATCH: (*_TELLS_OF[FactGroup.DISPATCH], *(("status",) if leaves else ())),
    }


def _has(table: Table, names: Collection[str]) -> bool:
    return any(normal_name(name) in table.columns for name in names)


def _unknown(rows: Joined, form: Form) -> list[str]:
    """Status words that the form does not have say nothing; the seller may want to add them."""
    said = {Cells._make(cells).status for raws in rows.by_order.values() for _, cells in raws}
    unknown = sorted(text for text in said if text and word(text) not in form.statuses)
    shown = ", ".join(f"“{text[:30]}”" for text in unknown[:_SHOWN])
    return [f"not in statuses of {form.name} (config.toml): {shown}"] if unknown else []
