"""Many orders go into the book at once; how many come together, and what of them the book holds
already, makes no difference to what is in it afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tactd.adapters.store import Store, open_store, orders
from tactd.adapters.store.schema import order_book, order_key
from tactd.core.types import Endpoint, EndpointKind, Marketplace, Order, OrderKey
from tactd.flow.shelve import Entered, shelf, shelve

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def order(number: int, marketplace: Marketplace = Marketplace.EBAY) -> Order:
    buyer = Endpoint(EndpointKind.EBAY, f"buyer_{number}")
    return Order(key=OrderKey(marketplace, f"12-{number}"), endpoints=(buyer,))


def filled(path: Path, *batches: Sequence[Order], one_by_one: bool = False) -> Store:
    store = open_store(f"sqlite:///{path}")
    for batch in batches:
        with store.write() as conn:
            for each in [[one] for one in batch] if one_by_one else [batch]:
                shelve(conn, shelf(each, NOW), NOW)
    return store


def book(store: Store) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """All documents, and by what each order is found."""
    with store.read() as conn:
        rows = conn.execute(select(order_book)).all()
        names = {row.id: f"{row.marketplace} {row.number}" for row in rows}
        keys = {(row.kind, row.value, names[row.order_id]) for row in conn.execute(_KEYS)}
    store.close()
    return {(row.marketplace, row.number, row.doc) for row in rows}, keys


_KEYS = select(order_key)


@pytest.mark.parametrize("second", [range(3, 30), range(25), range(20, 50), [1], range(25, 27)])
def test_of_a_batch_only_what_is_new_goes_in(tmp_path: Path, second: Sequence[int]) -> None:
    one, other = [order(at) for at in range(25)], [order(at) for at in second]
    at_once = filled(tmp_path / "one.db", one, other)
    singly = filled(tmp_path / "other.db", one, other, one_by_one=True)
    assert book(at_once) == book(singly)


def test_the_same_batch_again_changes_nothing_and_one_more_order_is_one(tmp_path: Path) -> None:
    store = filled(tmp_path / "one.db", [order(at) for at in range(50)])
    with store.write() as conn:
        assert shelve(conn, shelf(map(order, range(50)), NOW), NOW) == Entered()
        assert shelve(conn, shelf(map(order, range(51)), NOW), NOW) == Entered(changed=1)
        assert orders.count(conn) == 51
    store.close()


def test_one_number_of_two_marketplaces_is_two_orders(tmp_path: Path) -> None:
    store = filled(
        tmp_path / "one.db", [order(1)], [order(1, Marketplace.ETSY), order(2, Marketplace.ETSY)]
    )
    documents, _ = book(store)
    assert len(documents) == 3
