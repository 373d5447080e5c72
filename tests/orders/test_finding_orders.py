"""Which orders of the book a mail's clues lead to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tactd.adapters.store import Store, open_store, orders
from tactd.core.decide.match import weigh
from tactd.core.types import Clue, Line, Marketplace, Order, OrderKey
from tactd.flow.gather import find_orders

ITEM = "395000000001"
OFTEN = 3 * orders.MOST_CANDIDATES


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A book in which one item was sold again and again."""
    made = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    with made.write() as conn:
        for number in range(OFTEN):
            key = OrderKey(Marketplace.EBAY, number_of(number))
            order = Order(key=key, lines=(Line(ITEM, "Enamel mug"),))
            orders.put(conn, order)
    yield made
    made.close()


def number_of(number: int) -> str:
    return f"12-34567-{number:05}"


def test_the_order_that_is_named_is_found_however_often_its_item_was_sold(store: Store) -> None:
    named = Clue("order", number_of(OFTEN - 1))
    with store.read() as conn:
        found, too_many = find_orders(conn, (named, Clue("item", ITEM)))
    assert not too_many
    assert [one.order.key.number for one in found] == [named.value]
    assert weigh(found).certain


def test_an_item_still_tells_which_of_several_named_orders_is_meant(store: Store) -> None:
    with store.write() as conn:
        other = Order(key=OrderKey(Marketplace.EBAY, "99-99999-99999"), lines=(Line("1", "Peg"),))
        orders.put(conn, other)
    clues = (Clue("order", other.key.number), Clue("order", number_of(0)), Clue("item", ITEM))
    with store.read() as conn:
        found, _ = find_orders(conn, clues)
    assert len(found) == 2
    matched = weigh(found).order
    assert matched is not None
    assert matched.key.number == number_of(0)


def test_an_item_that_was_sold_too_often_leads_to_no_order_by_itself(store: Store) -> None:
    with store.read() as conn:
        found, too_many = find_orders(conn, (Clue("item", ITEM),))
    assert too_many
    assert len(found) == orders.MOST_CANDIDATES
