"""What can be said of an order: its state, its age, and what two reports of it make together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tactd.core.person import name_key
from tactd.core.refunds import distinct
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Known,
    Line,
    MarketplaceCase,
    Order,
    OrderState,
    OtherNumber,
    Parcel,
    ParcelState,
)

PAIR = "\x1f"  # between the two halves of a `username_item` key

_MAIL, _RELAY = EndpointKind.MAIL, EndpointKind.RELAY

_TRANSACTIONS = frozenset({"transaction", "paypal"})  # numbers that a mail may name as one

# The first row that fits is the order's state; a parcel in trouble outweighs the others.
_BY_ANY_PARCEL = (
    (ParcelState.LOST, OrderState.LOST),
    (ParcelState.RETURNED, OrderState.RETURNED),
    (ParcelState.PICKUP, OrderState.PICKUP),
    (ParcelState.CUSTOMS, OrderState.CUSTOMS),
)
_ON_ITS_WAY = frozenset(ParcelState) - {ParcelState.ANNOUNCED, ParcelState.UNKNOWN}


def state(order: Order) -> OrderState:
    """Derived from dates and parcels. An order counts as shipped once one parcel of it is; see
    `unshipped_lines` for the rest of it."""
    if order.cancelled_at is not None:
        return OrderState.CANCELLED
    if _refunded_in_full(order):
        return OrderState.REFUNDED
    states = {parcel.state for parcel in order.parcels}
    for parcel_state, order_state in _BY_ANY_PARCEL:
        if parcel_state in states:
            return order_state
    if states == {ParcelState.DELIVERED}:
        return OrderState.DELIVERED
    if any(left(parcel) for parcel in order.parcels):
        return OrderState.SHIPPED
    return OrderState.UNPAID if order.paid is None else OrderState.TO_SHIP


def left(parcel: Parcel) -> bool:
    """Is it known that the parcel has gone? A number alone is only an announcement."""
    return parcel.shipped_at is not None or parcel.state in _ON_ITS_WAY


def unshipped_lines(order: Order) -> tuple[str, ...]:
    """Item numbers of an order that has gone in part which no parcel holds, where the parcels say
    what they hold."""
    gone = [parcel for parcel in order.parcels if left(parcel)]
    if not gone or not all(parcel.lines for parcel in gone):
        return ()
    held = {item for parcel in gone for item in parcel.lines}
    return tuple(line.item for line in order.lines if line.item and line.item not in held)


def _refunded_in_full(order: Order) -> bool:
    """A refund without an amount counts as the whole: then a person looks."""
    refunds = distinct(order.refunds)
    if any(refund.amount is None for refund in refunds):
        return True
    if order.total is None or not refunds:
        return False
    back = sum(
        refund.amount.amount
        for refund in refunds
        if refund.amount is not None and refund.amount.currency == order.total.currency
    )
    return back >= order.total.amount


def open_cases(order: Order | None) -> tuple[MarketplaceCase, ...]:
    """Its cases that are not closed, or that were opened again since."""
    return tuple(one for one in order.cases if is_open(one)) if order else ()


def is_open(case: MarketplaceCase) -> bool:
    if case.closed is None:
        return True
    return case.said_open is not None and case.said_open > case.closed


def known(order: Order, group: FactGroup) -> Known | None:
    """Since when, and from where, this group of facts is known; None: not at all."""
    return next((entry for entry in order.known if entry.group is group), None)


def latest(order: Order) -> datetime | None:
    """The newest time that any group of its facts stands for."""
    return max((entry.as_of for entry in order.known), default=None)


def normal_address(email: str) -> str:
    """An e-mail address for comparing: lower case, without white space and angle brackets."""
    return "".join(email.split()).strip("<>").lower()


def person(endpoint: Endpoint) -> Endpoint:
    """Whom an endpoint leads to. Behind the plus sign of a relay stands the case: each of a buyer's
    conversations has its own, and an answer must keep it (marketplaces.md, Amazon)."""
    if endpoint.kind is not EndpointKind.RELAY or "+" not in endpoint.value:
        return endpoint
    local, at, domain = endpoint.value.rpartition("@")
    return replace(endpoint, value=local.partition("+")[0] + at + domain)


def normal_number(number: str) -> str:
    """A tracking number for comparing: capitals and digits, without spaces and hyphens."""
    plain = number.upper()
    return plain if plain.isalnum() else "".join(sign for sign in plain if sign.isalnum())


def normal_username(name: str) -> str:
    return "".join(name.split()).lower()


def username_item(username: str, item: str) -> str:
    return f"{normal_username(username)}{PAIR}{item}"


def order_of_endpoint(endpoint: Endpoint) -> tuple[str, str]:
    """How endpoints are sorted in an order, whoever reported them first."""
    return endpoint.kind, endpoint.value


def order_of_line(line: Line) -> tuple[str, str, str, int]:
    """How lines are sorted in an order."""
    return line.item, line.variation, line.title, line.quantity or 0


def order_of_number(number: OtherNumber) -> tuple[str, str]:
    """How the other numbers of an order are sorted."""
    return number.kind, number.value


def clue_of_endpoint(endpoint: Endpoint) -> tuple[str, str]:
    """The key, (kind, normalised value), by which an endpoint finds the orders that hold it."""
    kind = endpoint.kind  # compared by identity: an import asks this a million times
    return "relay" if kind is _RELAY else "address" if kind is _MAIL else "username", endpoint.value


def index_keys(order: Order) -> set[tuple[str, str]]:
    """All (kind, normalised value) by which a mail may find this order. Kinds: order, tracking,
    address, relay, username, item, transaction, username_item, name."""
    items = [line.item for line in order.lines if line.item]
    found = {("order", order.key.number)}
    for item in items:
        found.add(("item", item))
    for parcel in order.parcels:
        for number in parcel.numbers:
            found.add(("tracking", normal_number(number)))
    for other in order.numbers:
        if other.kind in _TRANSACTIONS:
            found.add(("transaction", other.value))
    for name in {order.buyer_name, order.ship_to.name}:
        if key := name_key(name):
            found.add(("name", key))
    for endpoint in order.endpoints:
        kind, value = clue_of_endpoint(endpoint)
        found.add((kind, value))
        if kind == "username":
            for item in items:
                found.add(("username_item", username_item(value, item)))
    return found
