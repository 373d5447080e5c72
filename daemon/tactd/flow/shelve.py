"""Many orders at once into the book: what an import reads is mostly new, or known already.

Only what meets something that the book holds takes the long way (flow/book.py). What can be made
ready where the file is read is made there: it may be another process.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from tactd.adapters.store import orders, shelves
from tactd.adapters.store.documents import load
from tactd.adapters.store.order_documents import order_document
from tactd.adapters.store.shelves import Row
from tactd.core.payments import KEY, clues_to_payments, is_payment, keys
from tactd.core.types import Order, OrderKey
from tactd.flow.book import OtherOrderError, enter
from tactd.flow.payer_check import is_quiet


class Shelf(NamedTuple):
    """Some orders that are told of, ready for the book, and sorted all keys by which they are
    found, one behind the other: kind, value, place of the order. So they pass quickly from one
    process to another, and need no look at each where all are new."""

    orders: tuple[Row, ...] = ()
    keys: tuple[str | int, ...] = ()
    long_way: frozenset[int] = frozenset()  # places of orders of which more comes than their rows
    payments: Mapping[int, tuple[str, ...]] = {}  # place → by what its payments would be filed


@dataclass(slots=True)
class Entered:
    changed: int = 0
    clashes: list[str] = field(default_factory=list)
    cases: list[OrderKey] = field(default_factory=list)  # orders changed that have some


Name = tuple[str, str]
"""An order's marketplace and number."""


def shelf(some: Iterable[Order], now: datetime) -> Shelf:
    rows: list[Row] = []
    filed: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    seen: set[str] = set()
    long_way: set[int] = set()
    payments = {}
    for place, order in enumerate(some):
        number = order.key.number
        rows.append((place, str(order.key.marketplace), number, order_document(order)))
        for kind, value in keys(order):
            filed[kind].append((value, place))
        if clues := clues_to_payments(order):
            payments[place] = tuple([clue.value for clue in clues])
        more = is_payment(order) or order.cases or not is_quiet(order, now)
        if more or number in seen:
            long_way.add(place)
        seen.add(number)
    found: list[str | int] = []
    for kind in sorted(filed):
        for value, place in sorted(filed[kind]):
            found += (kind, value, place)
    return Shelf(tuple(rows), tuple(found), frozenset(long_way), payments)


def shelve(conn: Connection, told: Shelf, now: datetime) -> Entered:
    """Merge what is told of these orders into the book."""
    meets = told.long_way | _paid(conn, told)
    waiting = shelves.any_waiting(conn)
    if not (meets or waiting) and shelves.added(conn, told.orders, told.keys):
        return Entered(changed=len(told.orders))
    held, waits = _there(conn, told.orders, waiting)
    new, others = [], []
    for row in told.orders:
        place, marketplace, number, document = row
        name = marketplace, number
        if name not in waits and held.get(name) == document:
            continue
        if place in meets or name in held or name in waits:
            others.append(document)
        else:
            new.append(row)
    _add(conn, told, new)
    entered = Entered(changed=len(new))
    for document in others:
        _enter(conn, load(Order, document), entered, now)
    return entered


def _there(
    conn: Connection, told: Iterable[Row], waiting: bool
) -> tuple[dict[Name, str], set[Name]]:
    """What the book holds of these orders, and those for which something waits, if any."""
    held: dict[Name, str] = {}
    waits: set[Name] = set()
    numbers: dict[str, list[str]] = {}
    for _, of, number, _ in told:
        numbers.setdefault(of, []).append(number)
    for of, some in numbers.items():
        held |= {(of, number): doc for number, doc in shelves.held(conn, of, some).items()}
        if waiting:
            waits |= {(of, number) for number in shelves.waiting(conn, of, some)}
    return held, waits


def _add(conn: Connection, told: Shelf, new: Sequence[Row]) -> None:
    places = {row[0] for row in new}
    kinds, values, of = (told.keys[at::3] for at in range(3))
    keys = (key for key in zip(kinds, values, of, strict=True) if key[2] in places)
    shelves.add(conn, new, tuple(chain.from_iterable(keys)))


def _paid(conn: Connection, told: Shelf) -> set[int]:
    """The places of orders whose payments the book holds."""
    values = {value for some in told.payments.values() for value in some}
    if not values or not orders.any_under(conn, KEY):  # most sellers have no payments at all
        return set()
    filed = shelves.filed(conn, KEY, values)
    return {place for place, some in told.payments.items() if not filed.isdisjoint(some)}


def _enter(conn: Connection, order: Order, entered: Entered, now: datetime) -> None:
    try:
        changed = enter(conn, order, now)
    except OtherOrderError as error:
        entered.clashes.append(str(error))
        return
    entered.changed += changed
    if changed and order.cases:
        entered.cases.append(order.key)
