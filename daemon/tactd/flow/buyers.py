"""Who the buyer is: all the endpoints that orders tie together (design: Buyer). Limits, silence
and settling are per person, not per address."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from tactd.adapters.store import orders
from tactd.core.orders import clue_of_endpoint
from tactd.core.types import Clue, Endpoint, Order, OrderKey

# Whoever has more orders than that is no further looked into: the doubt costs less than the time.
MOST_ORDERS = 40


def tied(
    conn: Connection, own: Iterable[Endpoint]
) -> tuple[tuple[Endpoint, ...], tuple[Order, ...]]:
    """His endpoints, these first, and his orders: an order that holds one of them ties the others
    that it holds, and these lead to further orders."""
    known, asked = tuple(dict.fromkeys(own)), set[Endpoint]()
    his: dict[OrderKey, Order] = {}
    while (fresh := [one for one in known if one not in asked]) and len(his) < MOST_ORDERS:
        asked.update(fresh)
        found, _ = orders.find(conn, [Clue(*clue_of_endpoint(one)) for one in fresh], {})
        near = [one.order for one in found if not asked.isdisjoint(one.order.endpoints)]
        his |= {order.key: order for order in near}
        known = tuple(dict.fromkeys((*known, *(one for order in near for one in order.endpoints))))
    return known, tuple(his.values())
