"""An order is found by what it is filed under now, and by nothing that it was filed under once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clock_shop import clock_shop
from shop import RELAY, ebay_mail
from tactd.adapters.store import Store, open_store, orders
from tactd.core.types import (
    Clue,
    Endpoint,
    EndpointKind,
    Line,
    Marketplace,
    Order,
    OrderKey,
    OtherNumber,
)

NOON, DAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC), timedelta(days=1)
ORDER = Order(
    key=OrderKey(Marketplace.EBAY, "12-34567-89012"),
    buyer_name="Jane Poole",
    endpoints=(Endpoint(EndpointKind.MAIL, "jane@example.com"),),
    numbers=(OtherNumber("invoice", "R-17"),),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(f"sqlite:///{tmp_path / 'tactd.db'}")
    with made.write() as conn:
        orders.put(conn, ORDER)
    yield made
    made.close()


def found(store: Store, *clue: str) -> bool:
    with store.read() as conn:
        candidates, _ = orders.find(conn, (Clue(*clue),), {})
    return bool(candidates)


def put(store: Store, order: Order) -> None:
    with store.write() as conn:
        orders.put(conn, order)


def test_an_order_that_has_changed_is_not_found_by_what_it_no_longer_holds(store: Store) -> None:
    put(store, replace(ORDER, endpoints=(), buyer_name="Kim Poole"))
    assert not found(store, "address", "jane@example.com")
    assert not found(store, "name", "jane poole")
    assert found(store, "name", "kim poole")
    assert found(store, "order", "12-34567-89012")
    assert found(store, "invoice", "R-17")


def test_another_order_stays_filed_under_what_both_had(store: Store) -> None:
    other = replace(ORDER, key=OrderKey(Marketplace.EBAY, "12-34567-89013"))
    put(store, other)
    put(store, replace(ORDER, endpoints=()))
    assert found(store, "address", "jane@example.com")


def test_an_order_is_shown_by_its_number_and_a_payment_is_no_order(store: Store) -> None:
    payment = Order(key=OrderKey(Marketplace.PAYPAL, "8DE43526FG170894H"))
    put(store, payment)
    with store.read() as conn:
        assert [one.key for one in orders.page(conn)] == [ORDER.key]
        assert [one.key for one in orders.page(conn, "12-345")] == [ORDER.key]
        assert orders.count(conn) == 1


def test_the_newest_order_is_the_one_that_was_placed_last(store: Store) -> None:
    """Not the one that came into the book last: a report of last year may have been read today. A
    shop that does not say when an order was placed says when it was paid."""

    def bought(number: int, placed: datetime | None = None, paid: datetime | None = None) -> Order:
        return Order(key=OrderKey(Marketplace.ETSY, str(number)), placed=placed, paid=paid)

    put(store, bought(1, placed=NOON, paid=NOON + 9 * DAY))
    put(store, bought(2, paid=NOON + DAY))
    put(store, bought(3, placed=NOON - 300 * DAY))
    put(store, bought(4, placed=NOON - 300 * DAY))
    put(store, bought(5))
    with store.read() as conn:
        listed = [one.key.number for one in orders.page(conn)]
        assert listed == ["2", "1", "4", "3", "5", ORDER.key.number]
        assert [one.key.number for one in orders.page(conn, most=1)] == ["2"]
        assert [one.key.number for one in orders.last_come(conn, 2)] == ["5", "4"]


async def test_a_buyer_who_writes_takes_nothing_from_what_his_order_is_found_by(
    tmp_path: Path,
) -> None:
    """His relay is filed with it; the invoice that its payment will name stays."""
    async with clock_shop(tmp_path) as shop:
        ann = Endpoint(EndpointKind.EBAY, "tidepool_ann")
        lines = (Line(item="395012345671", title="Folding camping lantern"),)
        shop.book(endpoints=(ann,), lines=lines, numbers=ORDER.numbers)
        await shop.mail(ebay_mail("Where is my order?"))
        assert found(shop.service.parts.store, "relay", RELAY)
        assert found(shop.service.parts.store, "invoice", "R-17")
