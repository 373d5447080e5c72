"""What an export or a notice tells of an order meets the order book: one way in for all of them.

A payment and the order that it pays for come in files of their own, in any order; whichever comes
second joins them (core/payments.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import orders
from tactd.adapters.store import told as waiting
from tactd.core.merge import clash, merge
from tactd.core.orders import open_cases
from tactd.core.payments import (
    FOR_ORDER,
    KEY,
    clues_to_orders,
    clues_to_payments,
    is_payment,
    names,
    pays,
    ties,
    with_payments,
)
from tactd.core.types import Order
from tactd.errors import TactdError
from tactd.flow.payer_check import watch_payer
from tactd.flow.told_cases import note_cases


class OtherOrderError(TactdError):
    """The book holds another order of that name: their buyers would be taken for each other."""


def enter(conn: Connection, told: Order, now: datetime) -> bool:
    """Merge what is told of an order into the book; whether the book has changed.

    Raises OtherOrderError if the number is that of another order."""
    held, waits = waiting.held_and_told(conn, told.key)
    if held and (why := clash(held, told)):
        raise OtherOrderError(why)
    order = merge(held, told) if held else told
    if len(open_cases(order)) < len(open_cases(held)):
        note_cases(conn, order.key, now)  # its to-dos are done
    if waits:  # notices have told of it before it came (flow/notices.py)
        order = merge(order, waits)
        waiting.drop(conn, told.key)
    return (_enter_payment if is_payment(order) else _enter_order)(conn, order, now)


def _enter_payment(conn: Connection, payment: Order, now: datetime) -> bool:
    found, _ = orders.find(conn, clues_to_orders(payment), {})
    paid_for = [one.order for one in found if _is_for(payment, one.order)]
    if paid_for:
        payment = _marked(payment)
    changed = orders.put(conn, payment)
    if changed:
        watch_payer(conn, payment, now)
    return sum(_enter_order(conn, order, now) for order in paid_for) > 0 or changed


def _enter_order(conn: Connection, order: Order, now: datetime) -> bool:
    payments = payments_for(conn, order)
    certain = [payment for payment in payments if pays(payment, order)]
    order = with_payments(order, certain)
    changed = orders.put(conn, order)
    if changed:
        _join(conn, order, payments, certain, now)
        watch_payer(conn, order, now)
    return changed


def payments_for(conn: Connection, order: Order) -> list[Order]:
    """The payments of the book that say that they are for this order."""
    clues = clues_to_payments(order)
    if not clues or not orders.any_under(conn, KEY):  # most sellers have none at all
        return []
    found, _ = orders.find(conn, clues, {})
    return [one.order for one in found if _is_for(one.order, order)]


def _join(
    conn: Connection,
    order: Order,
    payments: Iterable[Order],
    certain: Iterable[Order],
    now: datetime,
) -> None:
    for payment in map(_marked, payments):
        orders.put(conn, payment)
        watch_payer(conn, payment, now)
    for payment in certain:
        for tie in ties(payment, order, now):
            orders.note_tie(conn, tie)


def _is_for(payment: Order, order: Order) -> bool:
    return not is_payment(order) and is_payment(payment) and names(payment, order)


def _marked(payment: Order) -> Order:
    return replace(payment, marks=payment.marks | {FOR_ORDER})
