"""Many orders at once into the order book: an import brings a million."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, delete, func, select

from tactd.adapters.store.schema import order_book, order_key, told

AT_ONCE = 500  # numbers asked for in one question
TOGETHER = 20  # rows a statement: with more of them it becomes no faster


Row = tuple[int, str, str, str]
"""An order: its place among those that come with it, marketplace, number, document."""


def held(conn: Connection, marketplace: str, numbers: Sequence[str]) -> dict[str, str]:
    """The documents of those of these orders that the book holds."""
    found: dict[str, str] = {}
    for some in _pieces(numbers):
        # As the driver does it, like below: a statement of 500 places is built anew each time.
        places = ", ".join("?" * len(some))
        words = f"{_HELD} ({places})"
        found.update((row[0], row[1]) for row in conn.exec_driver_sql(words, (marketplace, *some)))
    return found


def any_waiting(conn: Connection) -> bool:
    """Have notices told of any order before it came?"""
    return conn.execute(_ANY_TOLD).first() is not None


def waiting(conn: Connection, marketplace: str, numbers: Sequence[str]) -> set[str]:
    """Those of these orders of which notices have told before they came."""
    return {
        row.number
        for some in _pieces(numbers)
        for row in conn.execute(_TOLD, {"marketplace": marketplace, "numbers": some})
    }


def filed(conn: Connection, kind: str, values: Collection[str]) -> set[str]:
    """Those of these values under which anything is filed."""
    return {
        row.value
        for some in _pieces(list(values))
        for row in conn.execute(_FILED, {"kind": kind, "values": some})
    }


def add(conn: Connection, new: Sequence[Row], keys: Sequence[object]) -> None:
    """Orders that the book does not hold, as is known; else `added`. Raises ValueError if it
    does."""
    if not added(conn, new, keys):
        raise ValueError("the book holds one of these orders")


def added(conn: Connection, new: Sequence[Row], keys: Sequence[object]) -> bool:
    """Puts these orders in if the book holds none of them; else does nothing. To ask for each of
    them first takes longer than to let the book refuse. `keys`: kind, value, and the place of the
    order that is found by it, one key behind the other; those that stand in their order go in
    faster."""
    first = (conn.execute(_LAST).scalar() or 0) + 1
    if _insert_many(conn, order_book, tuple(chain.from_iterable(new)), first) < len(new):
        conn.execute(_BACK, {"first": first})
        return False
    _insert_many(conn, order_key, keys, first)
    return True


def _insert_many(conn: Connection, table: Table, values: Sequence[object], first: int) -> int:
    """How many rows have gone in; those that are there already do not.

    As the driver does it: what is done a row around it would cost more than the row. So several
    rows go in with one statement, which cannot fail for one of them: it need not be able to take
    the others back. Place 0 is number `first` in the book."""
    names = [column.name for column in table.c]
    places = [f"? + {first:d}" if name in ("id", "order_id") else "?" for name in names]
    row = f"({', '.join(places)})"
    words = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES "
    begin = went_in = 0
    for rows in (TOGETHER, 1):
        wide = rows * len(names)
        end = len(values) - (len(values) - begin) % wide
        if some := [tuple(values[at : at + wide]) for at in range(begin, end, wide)]:
            together = f"{words}{', '.join([row] * rows)} ON CONFLICT DO NOTHING"
            went_in += conn.exec_driver_sql(together, some).rowcount
        begin = end
    return went_in


def _pieces(some: Sequence[str]) -> list[list[str]]:
    return [list(some[at : at + AT_ONCE]) for at in range(0, len(some), AT_ONCE)]


_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_HELD = "SELECT number, doc FROM order_book WHERE marketplace = ? AND number IN"
_ANY_TOLD = select(told.c.number).limit(1)
_TOLD = select(told.c.number).where(
    told.c.marketplace == bindparam("marketplace"), told.c.number.in_(_NUMBERS)
)
_FILED = select(order_key.c.value).where(
    order_key.c.kind == bindparam("kind"),
    order_key.c.value.in_(bindparam("values", expanding=True)),
)
_LAST = select(func.max(order_book.c.id))
_BACK = delete(order_book).where(order_book.c.id >= bindparam("first"))
