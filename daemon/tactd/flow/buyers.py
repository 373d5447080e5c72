"""Who the buyer is: all the endpoints that orders tie together (design: Buyer). Limits, silence
and settling are per person, not per address. Never a name or a postal address ties."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from tactd.adapters.store import contacts, endpoint_text, flags, orders, ties
from tactd.core.orders import clue_of_endpoint
from tactd.core.reach import by_order
from tactd.core.standing import is_large, large_from
from tactd.core.types import Clue, Endpoint, Order, OrderKey

# Whoever has more orders than that is no further looked into: the doubt costs less than the time.
MOST_ORDERS = 40
NEWEST = 1000  # orders by which it is told what is a large one
LARGE_FROM = "large_from"


@dataclass(frozen=True, slots=True)
class Tied:
    """One person, as far as it is certain."""

    endpoints: tuple[Endpoint, ...]
    orders: tuple[Order, ...] = ()
    untied: tuple[Endpoint, ...] = ()  # his orders hold them too, and the seller says: not his


def tied(conn: Connection, own: Iterable[Endpoint]) -> Tied:
    """Him whose endpoints these are: an order that holds one of them ties the others that it
    holds, and these lead to further orders. What the seller has taken apart stays apart, whatever
    leads from the one to the other; who comes first in `own` is he."""
    apart = ties.undone(conn)
    known: dict[Endpoint, None] = {}
    untied: dict[Endpoint, None] = {}
    his: dict[OrderKey, Order] = {}
    fresh = _joined(known, untied, own, apart)
    while fresh and len(his) < MOST_ORDERS:
        found, _ = orders.find(conn, [Clue(*clue_of_endpoint(one)) for one in fresh], {})
        near = [one.order for one in found if not known.keys().isdisjoint(one.order.endpoints)]
        his |= {order.key: order for order in near}
        held = (endpoint for order in near for endpoint in order.endpoints)
        fresh = _joined(known, untied, held, apart)
    return Tied(tuple(known), tuple(his.values()), tuple(untied))


def known_by_orders(conn: Connection, him: Tied) -> Tied:
    """With what he was known as on a site before the book told who has bought there: by the order's
    number. Else what was written to him then would count for nobody."""
    found = (by_order(order.key) for order in him.orders)
    names = {endpoint_text(one): one for one in found if one and one not in him.endpoints}
    if not names:
        return him
    met = contacts.met(conn, list(names))
    also = tuple(one for text, one in names.items() if text in met)
    return replace(him, endpoints=(*him.endpoints, *also))


def _joined(
    known: dict[Endpoint, None],
    untied: dict[Endpoint, None],
    more: Iterable[Endpoint],
    apart: frozenset[frozenset[Endpoint]],
) -> list[Endpoint]:
    """Those of `more` that are new, each put where it belongs."""
    fresh = []
    for one in more:
        if one in known or one in untied:
            continue
        if apart and any(frozenset((one, other)) in apart for other in known):
            untied[one] = None
        else:
            known[one] = None
            fresh.append(one)
    return fresh


# --------------------------------------------------------------------------- large orders


def note_large(conn: Connection, now: datetime) -> None:
    """Work out anew from which total on an order is large: once an import, not with each mail."""
    bounds = large_from(orders.last_come(conn, NEWEST))
    said = json.dumps({currency: str(amount) for currency, amount in bounds.items()})
    flags.put(conn, LARGE_FROM, said, now)


def any_large(conn: Connection, his: Iterable[Order]) -> bool:
    bounds = _bounds(conn)
    return any(is_large(order, bounds) for order in his)


def _bounds(conn: Connection) -> Mapping[str, Decimal]:
    said = flags.get(conn, LARGE_FROM)
    found: dict[str, str] = json.loads(said[0]) if said else {}
    return {currency: Decimal(amount) for currency, amount in found.items()}
