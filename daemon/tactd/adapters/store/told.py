"""What notices have told of orders that the book does not hold (yet)."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.schema import told
from tactd.core.types import Order, OrderKey


def get(conn: Connection, key: OrderKey) -> Order | None:
    document = conn.execute(_GET, _names(key)).scalar()
    return load(Order, document) if document else None


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
_GET = select(told.c.doc).where(*_IS)
_DROP = delete(told).where(*_IS)
_NEW = upsert(told).values(
    marketplace=bindparam("of_marketplace"), number=bindparam("of_number"), doc=bindparam("doc")
)
_PUT = _NEW.on_conflict_do_update(["marketplace", "number"], set_={"doc": _NEW.excluded.doc})
