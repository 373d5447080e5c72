"""Many orders at once into the book: what an import reads is mostly new, or known already.

Only what meets something that the book holds takes the long way (flow/book.py). What can be made
ready where the file is read is made there: it may be another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection

from tactd.adapters.store import orders, shelves
from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.shelves import Key, Row
from tactd.core.payments import KEY, clues_to_payments, is_payment, keys
from tactd.core.types import Order, OrderKey
from tactd.flow.book import OtherOrderError, enter
from tactd.flow.payer_check import is_quiet


class Ready(NamedTuple):
    """An order that is told of, ready for the book. A tuple, which passes quickly from one process
    to another."""

    marketplace: str
    number: str
    document: str
    alone: bool  # nothing but its row comes of it, if it is new
    payments: tuple[str, ...]  # by what its payments would be filed


class Shelf(NamedTuple):
    """Some orders, and sorted all keys by which they are found."""

    orders: tuple[Ready, ...] = ()
    keys: tuple[Key, ...] = ()


@dataclass(slots=True)
class Entered:
    changed: int = 0
    clashes: list[str] = field(default_factory=list)
    cases: list[OrderKey] = field(default_factory=list)  # orders changed that have some


def shelf(some: Iterable[Order], now: datetime) -> Shelf:
    orders, found = [], set[Key]()
    for place, order in enumerate(some):
        orders.append(_ready(order, now))
        found |= {(kind, value, place) for kind, value in keys(order)}
    return Shelf(tuple(orders), tuple(sorted(found)))


def _ready(order: Order, now: datetime) -> Ready:
    return Ready(
        str(order.key.marketplace),
        order.key.number,
        dump(Order, order),
        not is_payment(order) and not order.cases and is_quiet(order, now),
        tuple(clue.value for clue in clues_to_payments(order)),
    )


def shelve(conn: Connection, told: Shelf, now: datetime) -> Entered:
    """Merge what is told of these orders into the book."""
    held, waits = _there(conn, told.orders)
    paid = _paid(conn, told.orders)
    new: dict[tuple[str, str], Row] = {}
    others: list[str] = []
    for place, one in enumerate(told.orders):
        name = one.marketplace, one.number
        if name not in waits and held.get(name) == one.document:
            continue
        known = name in held or name in waits or name in new
        if one.alone and not known and paid.isdisjoint(one.payments):
            new[name] = (place, *name, one.document)
        else:
            others.append(one.document)
    _add(conn, told, list(new.values()))
    entered = Entered(changed=len(new))
    for document in others:
        _enter(conn, load(Order, document), entered, now)
    return entered


def _there(
    conn: Connection, told: Iterable[Ready]
) -> tuple[dict[tuple[str, str], str], set[tuple[str, str]]]:
    """What the book holds of these orders, and those for which something waits."""
    held: dict[tuple[str, str], str] = {}
    waits: set[tuple[str, str]] = set()
    numbers: dict[str, list[str]] = {}
    for one in told:
        numbers.setdefault(one.marketplace, []).append(one.number)
    for of, some in numbers.items():
        held |= {(of, number): doc for number, doc in shelves.held(conn, of, some).items()}
        waits |= {(of, number) for number in shelves.waiting(conn, of, some)}
    return held, waits


def _add(conn: Connection, told: Shelf, new: list[Row]) -> None:
    found: Sequence[Key] = told.keys
    if len(new) < len(told.orders):
        places = {row[0] for row in new}
        found = [key for key in found if key[2] in places]
    shelves.add(conn, new, found)


def _paid(conn: Connection, told: Sequence[Ready]) -> set[str]:
    values = {value for one in told for value in one.payments}
    if not values or not orders.any_under(conn, KEY):  # most sellers have no payments at all
        return set()
    return shelves.filed(conn, KEY, values)


def _enter(conn: Connection, order: Order, entered: Entered, now: datetime) -> None:
    try:
        changed = enter(conn, order, now)
    except OtherOrderError as error:
        entered.clashes.append(str(error))
        return
    entered.changed += changed
    if changed and order.cases:
        entered.cases.append(order.key)
