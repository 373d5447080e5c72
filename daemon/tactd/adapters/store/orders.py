"""The order book: each order a document, found by its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.rows import new_id
from tactd.adapters.store.schema import imported, order_book, order_key, tie
from tactd.adapters.store.text_forms import endpoint_text
from tactd.core.payments import keys
from tactd.core.types import Candidate, Clue, Order, OrderKey, Tie

# More orders than this behind one mail is a doubt anyway.
MOST_CANDIDATES = 20


def get(conn: Connection, key: OrderKey) -> Order | None:
    given = {"marketplace": key.marketplace, "number": key.number}
    document = conn.execute(_GET, given).scalar()
    return load(Order, document) if document else None


_GET = select(order_book.c.doc).where(
    order_book.c.marketplace == bindparam("marketplace"),
    order_book.c.number == bindparam("number"),
)


def put(conn: Connection, order: Order) -> bool:
    """Write an order under all its keys; False if the book held just that already."""
    document = dump(Order, order)
    row = conn.execute(select(order_book.c.id, order_book.c.doc).where(*_is(order.key))).first()
    if row is None:
        marketplace, number = order.key.marketplace, order.key.number
        values = {"marketplace": marketplace, "number": number, "doc": document}
        _file(conn, new_id(conn.execute(insert(order_book), values)), keys(order), set())
        return True
    if row.doc == document:
        return False
    conn.execute(update(order_book).where(order_book.c.id == row.id).values(doc=document))
    _file(conn, row.id, keys(order), keys(load(Order, row.doc)))
    return True


def _file(
    conn: Connection, order_id: int, under: set[tuple[str, str]], before: set[tuple[str, str]]
) -> None:
    if old := _rows(order_id, before - under):
        conn.execute(_UNFILE, old)
    if new := _rows(order_id, under):
        conn.execute(_FILE, new)


def _rows(order_id: int, under: Iterable[tuple[str, str]]) -> list[dict[str, object]]:
    return [{"of": order_id, "of_kind": kind, "of_value": value} for kind, value in under]


_UNFILE = delete(order_key).where(
    order_key.c.kind == bindparam("of_kind"),
    order_key.c.value == bindparam("of_value"),
    order_key.c.order_id == bindparam("of"),
)
_FILE = (
    upsert(order_key)
    .values(kind=bindparam("of_kind"), value=bindparam("of_value"), order_id=bindparam("of"))
    .on_conflict_do_nothing()
)


def find(
    conn: Connection, clues: Sequence[Clue], lookup: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[Candidate, ...], bool]:
    """The orders that the clues lead to, each with its clues; and whether there were too many to
    gather: then the newest. `lookup` says under which kinds of key a kind of clue is filed, where
    these are not its own name."""
    if not clues:
        return (), False
    asked: dict[tuple[str, str], list[Clue]] = {}
    for clue in clues:
        for kind in lookup.get(clue.kind, (clue.kind,)):
            asked.setdefault((kind, clue.value), []).append(clue)
    kinds, values = zip(*asked, strict=True)
    found = conn.execute(_FIND, {"kinds": set(kinds), "values": set(values)}).all()
    hits: dict[int, dict[Clue, None]] = {}
    for order_id, kind, value in found:
        if clues_of := asked.get((kind, value)):
            hits.setdefault(order_id, {}).update(dict.fromkeys(clues_of))
    too_many = len(hits) > MOST_CANDIDATES
    chosen = sorted(hits, key=lambda order_id: (-len(hits[order_id]), -order_id))[:MOST_CANDIDATES]
    documents = _documents(conn, chosen)
    return (
        tuple(Candidate(load(Order, documents[one]), tuple(hits[one])) for one in chosen),
        too_many,
    )


# Built once: building a statement costs more than running it. Two lists instead of pairs, because
# SQLite looks pairs up by reading the whole table. Documents are read of the chosen alone: an item
# may have been sold a thousand times.
_FIND = (
    select(order_key.c.order_id, order_key.c.kind, order_key.c.value)
    .where(
        order_key.c.kind.in_(bindparam("kinds", expanding=True)),
        order_key.c.value.in_(bindparam("values", expanding=True)),
    )
    .limit(MOST_CANDIDATES * 10)
)
_DOCUMENTS = select(order_book.c.id, order_book.c.doc).where(
    order_book.c.id.in_(bindparam("ids", expanding=True))
)


def _documents(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    return {row[0]: row[1] for row in conn.execute(_DOCUMENTS, {"ids": ids})} if ids else {}


def any_under(conn: Connection, kind: str) -> bool:
    """Is anything filed under this kind of key?"""
    return conn.execute(_ANY_UNDER, {"kind": kind}).first() is not None


_ANY_UNDER = select(order_key.c.order_id).where(order_key.c.kind == bindparam("kind")).limit(1)


def page(conn: Connection, like: str = "", most: int = 50) -> list[Order]:
    """The newest orders of the book, by when they were placed or paid, else by when they came into
    it; with `like`, those whose number or any key begins so. (Reads the whole book: 0.2 s for
    100,000 orders.)"""
    query = _ORDERS.order_by(_PLACED.desc().nulls_last(), order_book.c.id.desc()).limit(most)
    if like:
        escaped = like.lower().replace("%", r"\%").replace("_", r"\_") + "%"
        keyed = select(order_key.c.order_id).where(order_key.c.value.like(escaped, escape="\\"))
        query = query.where(order_book.c.id.in_(keyed))
    return [load(Order, document) for document in conn.execute(query).scalars()]


def last_come(conn: Connection, most: int) -> list[Order]:
    """The orders that have come into the book last."""
    query = _ORDERS.order_by(order_book.c.id.desc()).limit(most)
    return [load(Order, document) for document in conn.execute(query).scalars()]


# What only helps to know another order, as the payment for it does, is none by itself.
_ORDERS = select(order_book.c.doc).where(
    exists().where(
        order_key.c.kind == "order",
        order_key.c.value == order_book.c.number,
        order_key.c.order_id == order_book.c.id,
    )
)
_PLACED = func.coalesce(
    func.json_extract(order_book.c.doc, "$.placed"), func.json_extract(order_book.c.doc, "$.paid")
)


def count(conn: Connection) -> int:
    query = select(func.count()).select_from(order_key).where(order_key.c.kind == "order")
    return conn.execute(query).scalar_one()


def note_import(
    conn: Connection, name: str, at: datetime, orders: int, changed: int, problems: str
) -> None:
    values = {"name": name, "at": at, "orders": orders, "changed": changed, "problems": problems}
    conn.execute(insert(imported), values)


def last_import(conn: Connection) -> Row[Any] | None:
    return conn.execute(select(imported).order_by(imported.c.id.desc()).limit(1)).first()


def note_tie(conn: Connection, one: Tie) -> None:
    values = {
        "one": endpoint_text(one.one),
        "other": endpoint_text(one.other),
        "evidence": one.evidence,
        "at": one.at,
    }
    conn.execute(upsert(tie).values(values).on_conflict_do_nothing())


def _is(key: OrderKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return order_book.c.marketplace == key.marketplace, order_book.c.number == key.number
