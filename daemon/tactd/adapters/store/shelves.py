"""Many orders at once into the order book: an import brings a million."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Connection, Insert, bindparam, func, insert, select

from tactd.adapters.store.schema import order_book, order_key, told

AT_ONCE = 500  # numbers asked for in one question


class Shelved(NamedTuple):
    """An order as the book keeps it."""

    marketplace: str
    number: str
    document: str
    keys: tuple[tuple[str, str], ...]  # each once


def held(conn: Connection, marketplace: str, numbers: Sequence[str]) -> dict[str, str]:
    """The documents of those of these orders that the book holds."""
    return {
        row.number: row.doc
        for some in _pieces(numbers)
        for row in conn.execute(_HELD, {"marketplace": marketplace, "numbers": some})
    }


def waiting(conn: Connection, marketplace: str, numbers: Sequence[str]) -> set[str]:
    """Those of these orders of which notices have told before they came."""
    if conn.execute(_ANY_TOLD).first() is None:
        return set()
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


def add(conn: Connection, new: Sequence[Shelved]) -> None:
    """Orders that the book does not hold."""
    first = (conn.execute(_LAST).scalar() or 0) + 1
    rows = [(at, one.marketplace, one.number, one.document) for at, one in enumerate(new, first)]
    keys = [(kind, value, at) for at, one in enumerate(new, first) for kind, value in one.keys]
    _insert_many(conn, insert(order_book), rows)
    _insert_many(conn, insert(order_key), sorted(keys))  # in their order: neighbours stay together


def _insert_many(conn: Connection, statement: Insert, rows: Iterable[tuple[object, ...]]) -> None:
    """As the driver does it: what is done a row around it would cost more than the row."""
    if many := list(rows):
        conn.exec_driver_sql(str(statement.compile(dialect=conn.dialect)), many)


def _pieces(some: Sequence[str]) -> list[list[str]]:
    return [list(some[at : at + AT_ONCE]) for at in range(0, len(some), AT_ONCE)]


_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_HELD = select(order_book.c.number, order_book.c.doc).where(
    order_book.c.marketplace == bindparam("marketplace"), order_book.c.number.in_(_NUMBERS)
)
_ANY_TOLD = select(told.c.number).limit(1)
_TOLD = select(told.c.number).where(
    told.c.marketplace == bindparam("marketplace"), told.c.number.in_(_NUMBERS)
)
_FILED = select(order_key.c.value).where(
    order_key.c.kind == bindparam("kind"),
    order_key.c.value.in_(bindparam("values", expanding=True)),
)
_LAST = select(func.max(order_book.c.id))
