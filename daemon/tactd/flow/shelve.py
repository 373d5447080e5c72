"""Many orders at once into the book: what an import reads is mostly new, or known already.

Only what meets something that the book holds takes the long way (flow/book.py). What can be made
ready where the file is read is made there: it may be another process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Connection

from tactd.adapters.store import orders, shelves
from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.shelves import Shelved
from tactd.core.payments import KEY, clues_to_payments, is_payment, keys
from tactd.core.types import Order, OrderKey
from tactd.flow.book import OtherOrderError, enter
from tactd.flow.payer_check import is_quiet


class Ready(NamedTuple):
    """An order that is told of, ready for the book. A tuple, which passes quickly from one process
    to another."""

    order: Shelved
    alone: bool  # nothing but its row comes of it, if it is new
    payments: tuple[str, ...]  # by what its payments would be filed


@dataclass(slots=True)
class Entered:
    changed: int = 0
    clashes: list[str] = field(default_factory=list)
    cases: list[OrderKey] = field(default_factory=list)  # orders changed that have some


def ready(order: Order, now: datetime) -> Ready:
    key, filed = order.key, tuple(dict.fromkeys(keys(order)))
    return Ready(
        Shelved(str(key.marketplace), key.number, dump(Order, order), filed),
        not is_payment(order) and not order.cases and is_quiet(order, now),
        tuple(clue.value for clue in clues_to_payments(order)),
    )


def shelve(conn: Connection, some: Iterable[Ready], now: datetime) -> Entered:
    """Merge what is told of these orders into the book."""
    entered = Entered()
    for marketplace, told in groupby(some, key=lambda one: one.order.marketplace):
        _shelve(conn, marketplace, list(told), entered, now)
    return entered


def _shelve(
    conn: Connection, marketplace: str, told: Sequence[Ready], entered: Entered, now: datetime
) -> None:
    numbers = [one.order.number for one in told]
    held = shelves.held(conn, marketplace, numbers)
    waits = shelves.waiting(conn, marketplace, numbers)
    paid = _paid(conn, told)
    new: dict[str, Shelved] = {}
    others: list[Shelved] = []
    for one in told:
        order, number = one.order, one.order.number
        if number not in waits and held.get(number) == order.document:
            continue
        known = number in held or number in waits or number in new
        if one.alone and not known and paid.isdisjoint(one.payments):
            new[number] = order
        else:
            others.append(order)
    shelves.add(conn, list(new.values()))
    entered.changed += len(new)
    for order in others:
        _enter(conn, load(Order, order.document), entered, now)


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
