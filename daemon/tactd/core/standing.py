"""Buyers that a shop lives on: who comes back, and who buys much (playbook: half of the turnover).
They come first among equals, no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from tactd.core.types import Buyer, Order

RETURNING, LARGE = "returning", "large"
SHARE = 0.95  # of the orders are not large
FEWEST = 20  # orders of a currency, below which none of them can be called large


def standing(buyer: Buyer | None) -> tuple[str, ...]:
    """Why he comes first among equals; () if he does not."""
    if buyer is None:
        return ()
    return (RETURNING,) * (buyer.orders > 1) + (LARGE,) * buyer.large


def large_from(orders: Iterable[Order]) -> dict[str, Decimal]:
    """By currency, the total that only one order of twenty exceeds."""
    totals: dict[str, list[Decimal]] = {}
    for order in orders:
        if order.total is not None:
            totals.setdefault(order.total.currency, []).append(order.total.amount)
    return {
        currency: sorted(some)[int(len(some) * SHARE) - 1]
        for currency, some in totals.items()
        if len(some) >= FEWEST
    }


def is_large(order: Order, bounds: Mapping[str, Decimal]) -> bool:
    total = order.total
    return total is not None and total.amount > bounds.get(total.currency, Decimal("Infinity"))
