"""From which mailbox a buyer is written to who has not written himself: the one that he, his order
or its shop uses, so that he knows who asks him."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from tactd.adapters.store import endpoint_text, inbound, order_text, orders, text_order
from tactd.core.types import Order, Policy
from tactd.flow.book import payments_for

AMONG = 2_000  # the newest mails are looked through for others of the same shop
_NOTICE = "notice "


def mailbox_for(conn: Connection, order: Order, policy: Policy) -> str:
    """The first mailbox of the configuration where nothing tells of another."""
    configured = {box.name for box in policy.mailboxes}
    if len(configured) == 1:
        return policy.mailboxes[0].name
    found = (name for name in _boxes(conn, order) if name in configured)
    return next(found, policy.mailboxes[0].name)


def _boxes(conn: Connection, order: Order) -> Iterator[str]:
    """The best evidence first: where he wrote to, where notices of his order came, and where mail
    about other orders of that shop did."""
    yield from inbound.boxes_of(conn, [endpoint_text(one) for one in order.endpoints])
    told = [known for one in (order, *payments_for(conn, order)) for known in one.known]
    notices = [one.source for one in told if one.source.startswith(_NOTICE)]
    yield from inbound.boxes_by_ids(conn, [one.removeprefix(_NOTICE) for one in notices])
    for box, other in inbound.boxes_by_orders(conn, order.key.marketplace, AMONG):
        if other != order_text(order.key) and _same_shop(conn, order, other):
            yield box


def _same_shop(conn: Connection, order: Order, other: str) -> bool:
    """A marketplace may have several shops of the seller's; where none is named, there is one."""
    if not order.shop:
        return True
    key = text_order(other)
    held = orders.get(conn, key) if key else None
    return held is not None and held.shop.casefold() == order.shop.casefold()
