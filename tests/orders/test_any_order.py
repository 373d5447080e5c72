"""Notices and exports of one order, in whatever order they come, make the same book and the same
to-dos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from decide_kit import policy
from ebay_notice_samples import ITEM, ORDER, notice
from ebay_samples import JANE, report
from tactd.adapters.store import Store, open_store, orders
from tactd.adapters.store.schema import todo, told
from tactd.core.orders import open_cases, state
from tactd.core.types import (
    BuyerWrote,
    Facts,
    Marketplace,
    Money,
    Order,
    OrderKey,
    OrderState,
    Rating,
    Vouched,
)
from tactd.flow.book import enter
from tactd.flow.noticed import Notice, read_notice
from tactd.flow.notices import take
from tactd.marketplaces import open_mail
from tactd.marketplaces.ebay import export

KEY = OrderKey(Marketplace.EBAY, ORDER)
START = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
HEAD = f"Order number: {ORDER}\nItem ID: {ITEM}\n"

# What eBay mails to the seller while the order goes its way: (days from the sale, subject, text).
NOTICES = (
    (0, "You made the sale for Folding camping lantern", "Sold: $24.99\nTotal: $28.99"),
    (0.1, "Payment received", "Total: $28.99\nShip by: Nov 14, 2026"),
    (2, "Your order was shipped", "Tracking number: LK473124829CN"),
    (5, "Item not received", "Request ID: 5012345678\nRespond by Nov 18, 2026"),
    (6, "Item not received: respond now", "Request ID: 5012345678\nRespond by Nov 20, 2026"),
    (7, "Your item was delivered", ""),
    (8, "Item not received: request closed", "Request ID: 5012345678"),
    (9, "tidepool_ann left you negative feedback", "Comment: Late"),
    (10, "tidepool_ann changed to positive feedback", "Comment: It came"),
    (11, "Refund issued", "Refund amount: $5.00"),
    (12.5, "eBay removed feedback left by tidepool_ann", ""),
)


def said(days: float, subject: str, text: str) -> Notice:
    mail = notice(HEAD + text, subject, said=START + timedelta(days=days))
    event = BuyerWrote(mail, open_mail(mail), "shop")
    made = read_notice(event, Facts(), 1, policy())
    assert made is not None
    return replace(made, word=Vouched.YES)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def exported(days: float, **changed: str) -> Order:
    dates = {"Sale Date": "Nov-10-26", "Paid On Date": "Nov-10-26", "Ship By Date": "Nov-14-26"}
    row = {**JANE, "Order Number": ORDER, "Item Number": ITEM, "Total Price": "$28.99", **dates}
    row |= {name.replace("_", " "): value for name, value in changed.items()}
    name, modified = f"Orders-{days}.csv", START + timedelta(days=days)
    (order,) = export.parse(report([row], footer="").encode(), name, modified).orders
    return order


EXPORTS = (
    exported(1, Shipped_On_Date="", Tracking_Number=""),
    exported(4, Shipped_On_Date="Nov-12-26", Tracking_Number="LK473124829CN"),
    exported(12, Shipped_On_Date="Nov-12-26", Tracking_Number="LK473124829CN",
             Feedback_Received="Positive"),
)  # fmt: skip


def book_after(store: Store, pieces: list[Notice | Order]) -> tuple[object, ...]:
    now = START + timedelta(days=13)
    with store.write() as conn:
        for piece in pieces:
            if isinstance(piece, Notice):
                take(conn, [piece], policy(), now)
            else:
                enter(conn, piece, now)
        left = conn.execute(select(todo.c.what, todo.c.due).where(todo.c.done_at.is_(None)))
        todos = [tuple(row) for row in left]
        found = orders.get(conn, KEY), todos, list(conn.execute(select(told)))
        conn.rollback()
    return found


_PIECES: list[Notice | Order] = [*(said(*one) for one in NOTICES), *EXPORTS]
_CLOSING = _PIECES[6]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path_factory.mktemp('book') / 'tactd.db'}")
    yield opened
    opened.close()


def test_what_came_of_it_is_the_whole_story(store: Store) -> None:
    order, todos, waiting = book_after(store, _PIECES)
    assert isinstance(order, Order)
    assert state(order) is OrderState.DELIVERED
    assert (order.total, order.refunds[0].amount) == (usd("28.99"), usd("5.00"))
    assert [(one.item, one.quantity) for one in order.lines] == [(ITEM, 2)]
    assert [one.numbers for one in order.parcels] == [("LK473124829CN",)]
    assert order.feedback is not None
    assert (order.feedback.rating, order.feedback.comment) == (Rating.REMOVED, "")
    assert open_cases(order) == ()
    assert (todos, waiting) == ([], [])


@settings(max_examples=40, deadline=None)
@given(st.permutations(_PIECES))
def test_the_order_of_arrival_leaves_no_mark(store: Store, pieces: list[Notice | Order]) -> None:
    assert book_after(store, pieces) == book_after(store, _PIECES)


@settings(max_examples=20, deadline=None)
@given(st.permutations([one for one in _PIECES if one is not _CLOSING]))
def test_the_last_deadline_of_a_case_counts_whichever_is_told_last(
    store: Store, pieces: list[Notice | Order]
) -> None:
    order, todos, _ = book_after(store, pieces)
    assert todos == [("case_inr", datetime(2026, 11, 20, 12, tzinfo=UTC))]
    assert isinstance(order, Order)
    assert len(open_cases(order)) == 1


@settings(max_examples=20, deadline=None)
@given(st.permutations(_PIECES[1:5] + _PIECES[10:11]), st.data())
def test_what_is_told_twice_leaves_no_mark(
    store: Store, pieces: list[Notice | Order], data: st.DataObject
) -> None:
    again = data.draw(st.sampled_from(pieces))
    assert book_after(store, [*pieces, again]) == book_after(store, pieces)
