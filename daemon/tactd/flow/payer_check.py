"""The name check: whoever did not pay for it himself gets no parcel before the seller has looked.

When the book learns that another than the payer is to get the parcel, the seller gets a to-do, once
an order; in his own shops also a mail to the buyer, staged, that asks for a word from the address
of the paying account (marketplaces forbid asking for other ways to be reached).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import flags, journal, order_text, todos
from tactd.core.decide.choose import ROWS
from tactd.core.decide.due import STALE
from tactd.core.identity.check import OWN_SHOPS, Payer, doubt
from tactd.core.types import Order, Situation

_ROW = ROWS[Situation.IDENTITY_CHECK]
TODOS: Mapping[Payer, str] = {
    Payer.NAME: "check_payer_before_shipping",
    Payer.ADDRESS: "check_address_before_shipping",
}
# Flags: orders whose buyer is still to be asked.
TO_ASK = "check_payer:"


def watch_payer(conn: Connection, order: Order, now: datetime) -> None:
    """The book has learnt something of this order: is there a doubt, or is one over? What was paid
    long ago is history: the first import would be full of it."""
    if order.payer is None:
        return
    found = doubt(order)
    settled = [what for kind, what in TODOS.items() if kind is not found]
    todos.over(conn, settled, str(order.key), now)
    if found is None or order.paid is None or now - order.paid > STALE or _ROW.todo is None:
        return
    new = journal.add_todo(conn, TODOS[found], now + _ROW.todo[1], order.key, None)
    if new and found is Payer.NAME and order.key.marketplace in OWN_SHOPS:
        flags.put(conn, f"{TO_ASK}{order_text(order.key)}", now.isoformat(), now)


def is_quiet(order: Order, now: datetime) -> bool:
    """Whether `watch_payer` has nothing to do with an order that is new to the book."""
    if order.payer is None or order.paid is None or now - order.paid > STALE:
        return True
    return doubt(order) is None


def doubtful_payers(conn: Connection, most: int) -> list[str]:
    """The orders whose buyers are still to be asked, as order_text writes them."""
    return list(flags.under(conn, TO_ASK))[:most]


def let_pass(conn: Connection, text: str) -> None:
    """He is not asked again."""
    if found := flags.get(conn, f"{TO_ASK}{text}"):
        flags.drop(conn, f"{TO_ASK}{text}", found[0])
