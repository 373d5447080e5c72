"""Cases that an export tells of: they wait here for the daemon, who knows how soon each marketplace
wants an answer (an import may be another process, without a configuration)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import flags, order_text, orders, text_order
from tactd.core.types import OrderKey, Policy
from tactd.flow.cases import mind_cases

# Flags: orders of whose cases an export has told something new.
TOLD = "cases_told:"


def note_cases(conn: Connection, key: OrderKey, now: datetime) -> None:
    flags.put(conn, f"{TOLD}{order_text(key)}", now.isoformat(), now)


def cases_told(conn: Connection, most: int) -> list[str]:
    """The orders that these are, as order_text writes them."""
    return list(flags.under(conn, TOLD))[:most]


def mind_told(conn: Connection, text: str, policy: Policy, now: datetime) -> None:
    """The seller is called to them, once."""
    forget(conn, text)
    key = text_order(text)
    order = orders.get(conn, key) if key else None
    if order is not None:
        mind_cases(conn, None, order, policy, now)


def forget(conn: Connection, text: str) -> None:
    if found := flags.get(conn, f"{TOLD}{text}"):
        flags.drop(conn, f"{TOLD}{text}", found[0])
