"""Which of several orders a mail is about (core/decide/match.py)."""

from __future__ import annotations

from tactd.core.decide.match import weigh
from tactd.core.types import Candidate, Clue, Marketplace, Order, OrderKey


def candidate(number: str, *clues: str) -> Candidate:
    order = Order(key=OrderKey(Marketplace.EBAY, number))
    return Candidate(order, tuple(Clue(kind, "x") for kind in clues))


def test_only_orders_that_the_strongest_clue_names_are_in_doubt() -> None:
    found = weigh(
        (
            candidate("20-00000-00001", "username_item", "item"),
            candidate("20-00000-00002", "username_item", "item"),
            candidate("99-00000-00003", "item"),  # another buyer's, of the same goods
        )
    )
    assert found.order is None
    assert [key.number for key in found.candidates] == ["20-00000-00001", "20-00000-00002"]
    assert found.confidence == 0.5
