"""What an export or a notice tells of an order meets the order book: one way in for all of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import orders
from tactd.core.merge import clash, merge
from tactd.core.orders import index_keys
from tactd.core.types import Order
from tactd.errors import TactdError


class OtherOrderError(TactdError):
    """The book holds another order of that name: their buyers would be taken for each other."""


def enter(conn: Connection, told: Order, now: datetime) -> bool:
    """Merge what is told of an order into the book; whether the book has changed.

    Raises OtherOrderError if the number is that of another order."""
    held = orders.get(conn, told.key)
    if held and (why := clash(held, told)):
        raise OtherOrderError(why)
    order = merge(held, told) if held else told
    return orders.put(conn, order, index_keys(order))
