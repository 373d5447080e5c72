"""A payment and the order that it pays for become one, whichever file comes first; and nobody gets
into an order by paying for it what he likes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ebay_samples import jane as ebay_row
from ebay_samples import report
from paypal_samples import JANE, PAID, TXN, activity, jane, refund
from shopify_samples import lena, shopify_export
from tactd.adapters.store import Store, open_store, orders
from tactd.adapters.store.schema import order_book, order_key, tie
from tactd.core.orders import is_open, state
from tactd.core.payments import TRANSACTION
from tactd.core.refunds import distinct
from tactd.core.types import (
    Address,
    Clue,
    Endpoint,
    EndpointKind,
    Mail,
    Marketplace,
    Money,
    Order,
    OrderKey,
    OrderState,
    OtherNumber,
)
from tactd.flow.book import enter
from tactd.marketplaces import open_mail, recognise

NOW = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)
AT = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
SHOP = OrderKey(Marketplace.SHOPIFY, "#1044")
PAYMENT = OrderKey(Marketplace.PAYPAL, TXN)
JANES = Endpoint(EndpointKind.MAIL, "jane.poole@example.com")
LENAS = Endpoint(EndpointKind.MAIL, "lena.berg@example.com")


@contextmanager
def opened() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as root:
        store = open_store(f"sqlite:///{Path(root) / 'tactd.db'}")
        yield store
        store.close()


@pytest.fixture
def store() -> Iterator[Store]:
    with opened() as found:
        yield found


def told(data: bytes | str, at: datetime = AT) -> tuple[Order, ...]:
    raw = data.encode() if isinstance(data, str) else data
    export = recognise(raw, f"file {at:%d}", at)
    assert export.problems == ()
    return export.orders


def shop_order(**cells: str) -> str:
    """Lena's order: not shipped, paid by Jane's PayPal account."""
    own = {"Fulfillment_Status": "unfulfilled", "Fulfilled_at": "", "Total": "1068.90"}
    return shopify_export([lena(**{**own, "Currency": "USD", **cells})])


def book(store: Store, *files: Sequence[Order]) -> None:
    for orders_told in files:
        with store.write() as conn:
            for order in orders_told:
                enter(conn, order, NOW)


def held(store: Store, key: OrderKey = SHOP) -> Order:
    with store.read() as conn:
        found = orders.get(conn, key)
    assert found is not None
    return found


def led_to(store: Store, kind: str, value: str) -> list[OrderKey]:
    with store.read() as conn:
        found, _ = orders.find(conn, [Clue(kind, value)], {})
    return [one.order.key for one in found]


def whole(store: Store) -> tuple[list[str], list[tuple[str, str, str]]]:
    """All that the book holds, and under which keys; but for the numbers of the rows."""
    with store.read() as conn:
        found = conn.execute(
            select(order_key.c.kind, order_key.c.value, order_book.c.number).join_from(
                order_key, order_book, order_key.c.order_id == order_book.c.id
            )
        )
        documents = conn.execute(select(order_book.c.doc)).scalars()
        return sorted(documents), sorted((row.kind, row.value, row.number) for row in found)


# --------------------------------------------------------------------------- they meet


@pytest.mark.parametrize("first", ["payment", "order"])
def test_an_order_learns_from_its_payment_who_paid_and_when(store: Store, first: str) -> None:
    files = [told(activity([JANE])), told(shop_order(Paid_at=""))]
    book(store, *(files if first == "payment" else files[::-1]))
    order = held(store)
    assert order.payer is not None
    assert (order.payer.name, order.ship_to.name) == ("Jane Poole", "Lena Berg")
    assert order.paid == datetime(2026, 11, 19, 16, 10, 42, tzinfo=UTC)
    assert set(order.endpoints) == {JANES, LENAS}
    assert OtherNumber("paypal", TXN) in order.numbers
    assert order.buyer_name == "Lena Berg"


@pytest.mark.parametrize("first", ["payment", "order"])
def test_mails_lead_to_the_order_and_not_to_its_payment_as_well(store: Store, first: str) -> None:
    files = [told(activity([JANE])), told(shop_order())]
    book(store, *(files if first == "payment" else files[::-1]))
    assert led_to(store, "address", JANES.value) == [SHOP]
    assert led_to(store, "address", LENAS.value) == [SHOP]
    assert led_to(store, "transaction", TXN) == [SHOP]
    with store.read() as conn:
        assert [one.key for one in orders.page(conn)] == [SHOP]
        assert orders.count(conn) == 1


def test_a_payment_that_pays_for_nothing_in_the_book_is_an_order_by_itself(store: Store) -> None:
    book(store, told(activity([JANE])), told(shop_order(Payment_Reference="c77", Name="#1045",
         Payment_ID="", Payment_References="")))  # fmt: skip
    assert led_to(store, "address", JANES.value) == [PAYMENT]
    assert led_to(store, "transaction", TXN) == [PAYMENT]
    assert held(store, OrderKey(Marketplace.SHOPIFY, "#1045")).endpoints == (LENAS,)
    with store.read() as conn:
        assert orders.count(conn) == 2


def test_the_address_of_the_payer_is_tied_with_the_payment_as_evidence(store: Store) -> None:
    book(store, told(activity([JANE])), told(shop_order()))
    with store.read() as conn:
        [row] = conn.execute(select(tie)).all()
    assert (row.one, row.other) == ("mail:jane.poole@example.com", "mail:lena.berg@example.com")
    assert row.evidence == f"PayPal {TXN}"


def test_an_ebay_order_names_the_transaction_itself(store: Store) -> None:
    row = ebay_row(**{"PayPal Transaction ID": TXN, "Total Price": "$5.00"})
    files = told(activity([jane(Invoice_Number="")])), told(report([row]))
    book(store, *files)
    key = OrderKey(Marketplace.EBAY, row["Order Number"])
    assert JANES in held(store, key).endpoints
    assert led_to(store, "address", JANES.value) == [key]


@pytest.mark.parametrize("invoice", ["#1044", "1044"])
def test_a_payment_may_name_the_order_as_its_invoice(store: Store, invoice: str) -> None:
    book(store, told(shop_order()), told(activity([jane(Invoice_Number=invoice)])))
    assert JANES in held(store).endpoints


def test_two_payments_for_one_order_are_both_its_own(store: Store) -> None:
    again = jane(Transaction_ID="2XX00000AA000001B", Date="11/20/2026")
    book(store, told(activity([JANE])), told(shop_order()), told(activity([again])))
    order = held(store)
    assert order.paid == datetime(2026, 11, 20, 16, 10, 42, tzinfo=UTC)
    assert {one.value for one in order.numbers if one.kind == "paypal"} == {
        TXN,
        "2XX00000AA000001B",
    }


# --------------------------------------------------------------------------- nobody gets in


@pytest.mark.parametrize("first", ["payment", "order"])
@pytest.mark.parametrize("cells", [{"Gross": "0.01"}, {"Currency": "JPY"}])
def test_whoever_pays_another_sum_for_an_invoice_learns_nothing_of_it(
    store: Store, first: str, cells: dict[str, str]
) -> None:
    """In some shops the buyer can write what invoice he likes into the payment."""
    files = [told(activity([jane(Invoice_Number="#1044", **cells)])), told(shop_order())]
    book(store, *(files if first == "payment" else files[::-1]))
    order = held(store)
    assert order.endpoints == (LENAS,)
    assert order.payer is not None
    assert order.payer.name == "Lena Berg"
    assert led_to(store, "address", JANES.value) == []
    with store.read() as conn:
        assert conn.execute(select(tie)).all() == []


def test_a_payment_for_an_order_without_a_sum_is_not_its_own_by_invoice(store: Store) -> None:
    book(store, told(shop_order(Total="")), told(activity([JANE])))
    assert held(store).endpoints == (LENAS,)


# --------------------------------------------------------------------------- money and cases


def test_what_paypal_and_the_shop_both_say_was_paid_back_counts_once(store: Store) -> None:
    half = told(shop_order(Refunded_Amount="600.00", Financial_Status="partially_refunded"))
    for files in permutations([told(activity([JANE, refund("-600.00")])), half, half]):
        with opened() as fresh:
            book(fresh, *files)
            order = held(fresh)
        refunds = distinct(order.refunds)
        assert [one.amount for one in refunds] == [Money(Decimal("600.00"), "USD")]
        assert refunds[0].at == datetime(2026, 11, 20, 16, 10, 42, tzinfo=UTC)
        assert state(order) is OrderState.TO_SHIP


def test_of_two_sums_that_were_paid_back_the_greater_stands(store: Store) -> None:
    """PayPal's file ends before the rest was paid back, or in another way."""
    shop = told(shop_order(Refunded_Amount="600.00", Financial_Status="partially_refunded"))
    book(store, told(activity([JANE, refund("-40.00")])), shop)
    refunds = distinct(held(store).refunds)
    assert [one.amount for one in refunds] == [Money(Decimal("600.00"), "USD")]


def test_the_refund_in_a_later_file_reaches_the_order(store: Store) -> None:
    book(store, told(activity([JANE])), told(shop_order()))
    book(store, told(activity([refund("-1068.90")]), AT + timedelta(days=1)))
    assert state(held(store)) is OrderState.REFUNDED


def test_a_refund_before_its_payment_waits_for_it_and_is_no_order(store: Store) -> None:
    book(store, told(activity([refund("-1068.90")])))
    assert led_to(store, "transaction", TXN) == []
    with store.read() as conn:
        assert orders.count(conn) == 0
    book(store, told(activity([JANE])))
    assert state(held(store, PAYMENT)) is OrderState.REFUNDED


def test_a_dispute_of_the_payment_is_an_open_case_of_the_order(store: Store) -> None:
    hold = refund(Type="Hold on Balance for Dispute Investigation")
    book(store, told(shop_order()), told(activity([hold])), told(activity([JANE])))
    (case,) = held(store).cases
    assert (case.kind, is_open(case)) == ("claim", True)


# --------------------------------------------------------------------------- whatever the order

NOTICE = Mail(
    content_key="k",
    received=AT - timedelta(days=2),
    message_id="<p1@paypal.com>",
    sender=Address("PayPal", "service@paypal.com"),
    senders=1,
    subject="Notification of payment received",
    text=PAID,
)
FILES = (
    told(shop_order(Paid_at=""), AT - timedelta(days=2)),
    told(shop_order(Total="1068.90", Billing_Name="L. Berg"), AT - timedelta(days=1)),
    told(shop_order(Refunded_Amount="10.00", Financial_Status="partially_refunded")),
    told(activity([JANE]), AT - timedelta(hours=30)),
    told(activity([JANE, refund("-40.00")]), AT - timedelta(hours=3)),
    told(activity([jane(Transaction_ID="2XX00000AA000001B", Gross="0.01")])),
    told(activity([jane(Transaction_ID="3XX00000AA000001B", Invoice_Number="c99")])),
    told(activity([refund("-7.00", Type="Chargeback")]), AT - timedelta(hours=5)),
    told(report([ebay_row(**{"PayPal Transaction ID": "3XX00000AA000001B"})])),
    open_mail(NOTICE).tells,  # addresses the goods to somebody else than the files do
    open_mail(replace(NOTICE, subject="A case", text=f"PP-R-ABC-1234\n{TXN}")).tells,
)


@settings(max_examples=25, deadline=None)
@given(st.permutations(FILES))
def test_in_whatever_order_the_files_come_the_book_is_the_same(
    files: list[tuple[Order, ...]],
) -> None:
    with opened() as one, opened() as other:
        book(one, *FILES)
        book(other, *files, *files[:3])
        assert whole(one) == whole(other)


def test_the_same_file_again_changes_nothing(store: Store) -> None:
    book(store, *FILES)
    with store.write() as conn:
        latest = [order for orders_told in FILES[2:] for order in orders_told]
        assert [enter(conn, order, NOW) for order in latest] == [False] * len(latest)


@given(st.text("0123456789ABCXYZ", min_size=17, max_size=17))
def test_a_transaction_has_both_digits_and_capitals(text: str) -> None:
    both = any(sign.isdigit() for sign in text) and any(sign.isalpha() for sign in text)
    assert bool(TRANSACTION.fullmatch(text)) is both


def test_the_marks_of_an_order_do_not_come_from_its_payment(store: Store) -> None:
    book(store, told(activity([JANE])), told(shop_order()))
    assert held(store).marks == frozenset()
