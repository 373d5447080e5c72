"""A refund counts once, however many tell of it; and what is told twice by one source is two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ebay_notice_samples import ORDER, REFUND, notice
from paypal_samples import activity, refund
from tactd.core.merge import merge
from tactd.core.orders import state
from tactd.core.payments import with_payments
from tactd.core.refunds import distinct, told_by
from tactd.core.types import (
    Marketplace,
    Money,
    Order,
    OrderKey,
    OrderState,
    Refund,
)
from tactd.marketplaces import open_mail, recognise

START = datetime(2026, 11, 1, 12, tzinfo=UTC)
KEY = OrderKey(Marketplace.EBAY, ORDER)
DAY = timedelta(days=1)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def back(amount: str, days: float, source: str, number: str = "") -> Refund:
    return Refund(usd(amount), START + timedelta(days=days), number, source)


def so_far(amount: str, days: float = 0) -> Refund:
    return Refund(usd(amount), START + timedelta(days=days), "", "shopify export", so_far=True)


def total(told: tuple[Refund, ...]) -> Decimal:
    return sum((one.amount.amount for one in distinct(told) if one.amount), Decimal())


def sold(refunds: tuple[Refund, ...], whole: str = "10.00") -> Order:
    return Order(key=KEY, total=usd(whole), placed=START, paid=START, refunds=refunds)


# --------------------------------------------------------------------------- what is one


def test_half_of_it_told_by_two_is_not_the_whole() -> None:
    told = (back("5.00", 0, "ebay notice"), back("5.00", 0.1, "paypal notice"))
    assert state(sold(told)) is OrderState.TO_SHIP
    assert state(sold((*told, back("5.00", 2, "ebay notice")))) is OrderState.REFUNDED


def test_ebays_mail_and_paypals_file_tell_of_one_refund() -> None:
    (mailed,) = open_mail(notice(REFUND, "Refund issued", said=START + 19 * DAY)).tells
    rows = activity([refund("-24.99")])
    (paid,) = recognise(rows, "Download.CSV", START + 30 * DAY).orders
    order = with_payments(merge(sold((), "49.98"), mailed), [paid])
    assert len(order.refunds) == 2
    assert len(distinct(order.refunds)) == 1
    assert state(order) is OrderState.TO_SHIP


def test_a_notice_and_a_later_export_of_it_count_once() -> None:
    told = (back("5.00", 3, "ebay notice"), so_far("5.00"))
    assert total(told) == 5
    assert total((*told, so_far("7.50"))) == Decimal("7.50")


def test_one_number_is_one_refund_whenever_it_is_told() -> None:
    told = (back("5.00", 0, "ebay notice", "R-1234567"), back("5.00", 20, "paypal export", "R-1234567"))  # fmt: skip # noqa: E501
    assert total(told) == 5


def test_two_numbers_of_one_marketplace_are_two_refunds() -> None:
    told = (back("5.00", 0, "paypal notice", "A1"), back("5.00", 0, "paypal export", "B2"))
    assert total(told) == 10


def test_a_week_apart_they_are_two() -> None:
    assert total((back("5.00", 0, "ebay notice"), back("5.00", 7, "paypal export"))) == 10


def test_another_currency_is_another_refund() -> None:
    euros = Refund(Money(Decimal("5.00"), "EUR"), START, "", "paypal export")
    assert len(distinct((back("5.00", 0, "ebay notice"), euros))) == 2


def test_a_notice_of_a_refund_brings_its_number_where_ebay_labels_it() -> None:
    text = f"{REFUND}\nRefund ID: 5012345678\n"
    (order,) = open_mail(notice(text, "Refund issued")).tells
    assert [(one.number, one.source) for one in order.refunds] == [("5012345678", "ebay notice")]


# --------------------------------------------------------------------------- whatever is told

_SOURCES = ("ebay notice", "paypal notice", "paypal export")
_TOLD = st.lists(
    st.builds(
        back,
        st.sampled_from(["5.00", "7.50"]),
        st.integers(0, 12),
        st.sampled_from(_SOURCES),
        st.sampled_from(["", "", "A1", "B2"]),
    ),
    max_size=8,
)


@given(_TOLD, st.randoms(use_true_random=False))
def test_the_order_of_telling_leaves_no_mark(told: list[Refund], random: object) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert distinct([*shuffled, *told]) == distinct(told)


@given(_TOLD)
def test_no_source_alone_tells_of_more_than_counts(told: list[Refund]) -> None:
    every = total(tuple(told))
    assert all(total(tuple(r for r in told if r.source == of)) <= every for of in _SOURCES)
    assert every <= sum((one.amount.amount for one in told if one.amount), Decimal())


@given(_TOLD, st.integers(0, 8), st.integers(0, 8))
def test_what_is_told_can_be_joined_in_any_steps(told: list[Refund], one: int, two: int) -> None:
    apart = list({(r.source, r.at, r.number): r for r in told}.values())
    in_steps = told_by(told_by(apart[one:], apart[:one]), apart[two:])
    assert in_steps == told_by((), apart)


def test_of_the_same_telling_the_newer_words_count() -> None:
    assert told_by((so_far("9.00"),), (so_far("4.00"),)) == (so_far("4.00"),)


@settings(max_examples=200)
@given(st.data())
def test_true_refunds_are_counted_once_each_however_many_tell_of_them(data: st.DataObject) -> None:
    """The first source misses none, the others tell of some, up to two days later."""
    true = data.draw(st.lists(st.tuples(st.sampled_from(["5.00", "7.50"]), st.integers(0, 400))))
    told = []
    for place, (amount, hours) in enumerate(true):
        others = data.draw(st.lists(st.sampled_from(_SOURCES[1:]), unique=True))
        late = data.draw(st.lists(st.integers(0, 48), min_size=2, max_size=2))
        minutes = place / 1440  # no source tells of two in the same moment
        told.append(back(amount, hours / 24 + minutes, _SOURCES[0]))
        told += [
            back(amount, (hours + later) / 24 + minutes, source)
            for source, later in zip(others, late, strict=False)
        ]
    assert total(tuple(told)) == sum((Decimal(amount) for amount, _ in true), Decimal())
