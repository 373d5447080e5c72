"""A payment, and the order that it pays for.

PayPal knows payments only. Each stands in the order book as an order of PayPal, under its
transaction. Once the book holds an order that the payment names, what it says of the payer is told
of that order, and the payment is nobody's order any more: a buyer's mail leads to his order alone.
Which of the two the book learns first makes no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from tactd.core.merge import merge
from tactd.core.orders import index_keys, order_of_endpoint
from tactd.core.refunds import told_by
from tactd.core.types import (
    Clue,
    Endpoint,
    Marketplace,
    Order,
    OtherNumber,
    Tie,
)

FOR_ORDER = "for_order"
"""The mark of a payment that pays for an order of the book."""

KEY, INVOICE = "payment", "invoice"
"""Under these kinds of keys payments, and orders by their invoices, are filed; no clue of a mail is
of them."""

_LENGTH = 17
TRANSACTION = re.compile(rf"(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[0-9A-Z]{{{_LENGTH}}}", re.ASCII)
"""PayPal's transactions: 17 capitals and digits, some of both."""

_PAYPAL = Marketplace.PAYPAL  # looking a member up costs more than all else here


def is_payment(order: Order) -> bool:
    return order.key.marketplace is _PAYPAL


def is_whole(payment: Order) -> bool:
    """Is the payment itself known, or only what became of it (a refund, a case)?"""
    return payment.paid is not None


# --------------------------------------------------------------------------- how they meet


def keys(order: Order) -> set[tuple[str, str]]:
    """All that an order or a payment is filed under in the book.

    Of payments, mails find only what is known whole and pays for no order of the book: then it is
    all that is known of that sale."""
    if not is_payment(order):
        found = index_keys(order)
        for value in _invoices(order):
            found.add((INVOICE, value))
        return found
    own = {(KEY, value) for value in (order.key.number, *_invoices(order))}
    alone = is_whole(order) and FOR_ORDER not in order.marks
    return {*own, ("transaction", order.key.number), *index_keys(order)} if alone else own


def clues_to_orders(payment: Order) -> tuple[Clue, ...]:
    """By which the order that it pays for is found. Shopify's names begin with `#`."""
    named = (
        Clue(kind, value)
        for invoice in _invoices(payment)
        for kind, value in ((INVOICE, invoice), ("order", invoice), ("order", f"#{invoice}"))
    )
    return (Clue("transaction", payment.key.number), *named)


def clues_to_payments(order: Order) -> tuple[Clue, ...]:
    """By which the payments for an order are found; () for those whose buyers never pay so."""
    values = {other.value for other in order.numbers if _names_payment(other)}
    if not values and order.key.marketplace not in _SHOPS:
        return ()  # nearly all orders
    values |= {order.key.number, order.key.number.removeprefix("#")}
    return tuple(Clue(KEY, value) for value in sorted(values))


_SHOPS = (Marketplace.SHOPIFY, Marketplace.OWN)


def _names_payment(other: OtherNumber) -> bool:
    if other.kind == "invoice":
        return True
    return len(other.value) == _LENGTH and TRANSACTION.fullmatch(other.value) is not None


def _invoices(order: Order) -> list[str]:
    return [other.value for other in order.numbers if other.kind == "invoice"]


def pays(payment: Order, order: Order) -> bool:
    """Does the payment pay for that order, for certain? The order names the transaction, or the
    payment its invoice and the very sum: some shops let a buyer write what invoice he likes."""
    if any(other.value == payment.key.number for other in order.numbers):
        return True
    return names(payment, order) and order.total is not None and order.total == payment.total


def names(payment: Order, order: Order) -> bool:
    """Does the payment say that it is for that order?"""
    own = {other.value for other in order.numbers} | {order.key.number.removeprefix("#")}
    said = {payment.key.number, *(one.removeprefix("#") for one in _invoices(payment))}
    return not own.isdisjoint({*said, *_invoices(payment)})


# --------------------------------------------------------------------------- what they tell


def with_payments(order: Order, payments: Iterable[Order]) -> Order:
    """The order with all that its payments tell. Of payer and payment they overrule what its own
    reports say; so the outcome is the same in whatever order they come."""
    found = sorted(payments, key=_order_of_payment)
    if not found:
        return order
    for payment in found:
        number = OtherNumber("paypal", payment.key.number)
        order = merge(
            order,
            Order(
                key=order.key, endpoints=payment.endpoints, numbers=(number,), cases=payment.cases
            ),
        )
    paid = [payment.paid for payment in found if payment.paid is not None]
    return replace(
        order,
        payer=next((one.payer for one in found if one.payer is not None), order.payer),
        paid=max(paid, default=order.paid),
        refunds=told_by(order.refunds, [one for payment in found for one in payment.refunds]),
    )


def _order_of_payment(payment: Order) -> tuple[datetime, str]:
    """By date; one that is not known whole comes last."""
    return payment.paid or _NEVER, payment.key.number


_NEVER = datetime.max.replace(tzinfo=UTC)


def ties(payment: Order, order: Order, at: datetime) -> Iterator[Tie]:
    """The payer's address and the order's endpoints are one person's."""
    for one in payment.endpoints:
        for other in order.endpoints:
            if other not in payment.endpoints:
                yield _tie(one, other, f"PayPal {payment.key.number}", at)


def _tie(one: Endpoint, other: Endpoint, evidence: str, at: datetime) -> Tie:
    first, second = sorted((one, other), key=order_of_endpoint)
    return Tie(first, second, evidence, at)
