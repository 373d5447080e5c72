"""What notices have told of orders that the book does not hold (yet)."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, literal, select, union_all
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.schema import order_book, told
from tactd.core.types import Order, OrderKey


def held_and_told(conn: Connection, key: OrderKey) -> tuple[Order | None, Order | None]:
    """The order as the book holds it, and what waits for it, in one question: an import asks it of
    every order."""
    found = {row.place: load(Order, row.doc) for row in conn.execute(_BOTH, _names(key))}
    return found.get("book"), found.get("told")


def put(conn: Connection, order: Order) -> None:
    conn.execute(_PUT, {**_names(order.key), "doc": dump(Order, order)})


def drop(conn: Connection, key: OrderKey) -> None:
    conn.execute(_DROP, _names(key))


def _names(key: OrderKey) -> dict[str, str]:
    return {"of_marketplace": key.marketplace, "of_number": key.number}


_IS = (
    told.c.marketplace == bindparam("of_marketplace"),
    told.c.number == bindparam("of_number"),
)
_HELD = select(literal("book").label("place"), order_book.c.doc).where(
    order_book.c.marketplace == bindparam("of_marketplace"),
    order_book.c.number == bindparam("of_number"),
)
_BOTH = union_all(_HELD, select(literal("told").label("place"), told.c.doc).where(*_IS))
_DROP = delete(told).where(*_IS)
_NEW = upsert(told).values(
    marketplace=bindparam("of_marketplace"), number=bindparam("of_number"), doc=bindparam("doc")
)
_PUT = _NEW.on_conflict_do_update(["marketplace", "number"], set_={"doc": _NEW.excluded.doc})
