"""The store: what tactd remembers, in one database.

`open_store` gives a Store; the other modules hold the questions and changes, one subject each, as
functions over the connection of an open transaction.
"""

from __future__ import annotations

from tactd.adapters.store import (
    answered,
    contacts,
    flags,
    inbound,
    journal,
    orders,
    people,
    readback,
    replies,
)
from tactd.adapters.store.opening import Store, open_store
from tactd.adapters.store.text_forms import endpoint_text, order_text, text_endpoint, text_order

__all__ = [
    "Store",
    "answered",
    "contacts",
    "endpoint_text",
    "flags",
    "inbound",
    "journal",
    "open_store",
    "order_text",
    "orders",
    "people",
    "readback",
    "replies",
    "text_endpoint",
    "text_order",
]
