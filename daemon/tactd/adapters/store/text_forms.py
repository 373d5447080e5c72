"""Short text forms of keys, for columns that are compared and never taken apart in SQL."""

from __future__ import annotations

from tactd.core.types import Endpoint, EndpointKind, Marketplace, OrderKey


def endpoint_text(endpoint: Endpoint) -> str:
    return f"{endpoint.kind}:{endpoint.value}"


def text_endpoint(text: str) -> Endpoint:
    kind, _, value = text.partition(":")
    return Endpoint(EndpointKind(kind), value)


def order_text(key: OrderKey | None) -> str | None:
    return str(key) if key else None


def text_order(text: str | None) -> OrderKey | None:
    if not text:
        return None
    marketplace, _, number = text.partition(":")
    return OrderKey(Marketplace(marketplace), number)
