"""The facts that a template may name: one literal table.

templates/README.md explains the same names to the seller (a test compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SAMPLE: Mapping[str, str] = MappingProxyType(
    {
        "buyer": "Jane Doe",
        "shop": "Blue Sheep Outdoor",
        "order_number": "12-34567-89012",
        "item": "Folding camping lantern",
        "total": "$24.99",
        "ship_by": "14 November 2026",
        "paid_on": "10 November 2026",
        "shipped_on": "12 November 2026",
        "days_first": "15",
        "days_last": "30",
        "expected_from": "27 November 2026",
        "expected_to": "12 December 2026",
        "overdue_since": "20 November 2026",
        "country": "Germany",
        "tracking_number": "LX123456785CN",
        "carrier": "China Post",
        "tracking_page": "https://track.example/LX123456785CN",
        "refund_from": "22 December 2026",
        "write_after": "12 December 2026",
        "search_until": "26 November 2026",
        "search_longest": "1 December 2026",
        "answer_by": "24 November 2026",
    }
)
"""Every fact with an invented value, for trying templates out."""

FACTS = frozenset(SAMPLE)

STRANGER_FACTS = frozenset({"shop"})
"""What may stand in a mail to somebody who may not be told anything about an order."""
