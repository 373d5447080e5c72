"""Shopify's orders export, as it really is: several rows an order, no tracking numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebay_samples import JANE, report
from shopify_samples import (
    HEADER,
    LENA,
    MODIFIED,
    NAME,
    OLD_HEADER,
    TENT,
    lena,
    shopify_export,
)
from tactd.core.merge import merge
from tactd.core.orders import known, state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Marketplace,
    Money,
    Order,
    OrderState,
    OtherNumber,
    PostalAddress,
    Reach,
)
from tactd.marketplaces import Export, NotAnExportError, recognise
from tactd.shipped import packs


def read(text: str | bytes, modified: datetime = MODIFIED) -> Export:
    return recognise(text.encode() if isinstance(text, str) else text, NAME, modified)


def only(*rows: dict[str, str]) -> Order:
    export = read(shopify_export(rows))
    assert export.problems == ()
    (order,) = export.orders
    return order


def utc(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


# --------------------------------------------------------------------------- the real form


def test_an_order_has_all_that_a_reply_may_need() -> None:
    order = only(LENA)
    assert str(order.key) == "shopify:#1044"
    assert order.buyer_name == "Lena Berg"
    assert order.endpoints == (Endpoint(EndpointKind.MAIL, "lena.berg@example.com"),)
    assert (order.placed, order.paid) == (utc(2, 8, 15, 8), utc(2, 8, 15, 10))
    assert order.total == euros("68.90")
    assert order.ship_to == PostalAddress(
        "Lena Berg", "Am Hang 3, Hinterhaus", "Jena", "TH", "07743", "DE"
    )
    assert order.note == "Bitte nicht klingeln"
    assert state(order) is OrderState.SHIPPED


def test_the_rows_of_one_order_are_its_lines_and_its_money_counts_once() -> None:
    repeated = lena(**{name.replace(" ", "_"): value for name, value in TENT.items()})
    for second in (TENT, repeated):
        order = only(LENA, second)
        assert order.total == euros("68.90")
        assert [(line.sku, line.quantity, line.price) for line in order.lines] == [
            ("LAN-GR", 2, euros("12.00")),
            ("TENT-1", 1, euros("40.00")),
        ]


def test_rows_of_one_order_need_not_stand_together() -> None:
    export = read(shopify_export([LENA, lena(Name="#1045", Id="5501200344002"), TENT]))
    assert [len(order.lines) for order in export.orders] == [2, 1]


def test_what_has_gone_is_a_parcel_with_a_date_and_no_number() -> None:
    (parcel,) = only(LENA, TENT).parcels
    assert (parcel.numbers, parcel.shipped_at, parcel.service) == ((), utc(4, 15), "Standard")
    assert parcel.lines == ()


def test_of_an_order_gone_in_part_the_parcel_names_what_is_in_it() -> None:
    order = only(
        lena(Fulfillment_Status="partial"), TENT | {"Lineitem fulfillment status": "pending"}
    )
    assert [parcel.lines for parcel in order.parcels] == [("LAN-GR",)]


@pytest.mark.parametrize(
    "cells",
    [
        {"Fulfillment_Status": "partial"},
        {"Fulfillment_Status": "partial", "Fulfilled_at": ""},
        {"Fulfillment_Status": "fulfilled", "Fulfilled_at": ""},
    ],
)
def test_of_an_order_gone_in_part_or_without_a_day_no_dispatch_is_known(
    cells: dict[str, str],
) -> None:
    order = only(lena(**cells))
    assert known(order, FactGroup.DISPATCH) is None
    assert known(order, FactGroup.PAYMENT) is not None


def test_what_has_not_gone_has_no_parcel() -> None:
    order = only(lena(Fulfillment_Status="unfulfilled", Fulfilled_at=""))
    assert order.parcels == ()
    assert state(order) is OrderState.TO_SHIP


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("pending", OrderState.UNPAID),
        ("voided", OrderState.UNPAID),
        ("authorized", OrderState.TO_SHIP),
        ("paid", OrderState.TO_SHIP),
    ],
)
def test_an_order_without_a_date_of_payment_is_paid_if_its_status_says_so(
    status: str, expected: OrderState
) -> None:
    order = only(lena(Financial_Status=status, Paid_at="", Fulfillment_Status="", Fulfilled_at=""))
    assert state(order) is expected


def test_a_cancelled_order_is_cancelled() -> None:
    assert state(only(lena(Cancelled_at="2026-11-03 10:00:00 +0100"))) is OrderState.CANCELLED


def test_a_refund_in_part_is_no_refund_of_the_whole() -> None:
    order = only(lena(Financial_Status="partially_refunded", Refunded_Amount="5.00"))
    assert [refund.amount for refund in order.refunds] == [euros("5.00")]
    assert state(order) is OrderState.SHIPPED
    assert only(lena(Refunded_Amount="0.00")).refunds == ()


@pytest.mark.parametrize("amount", ["68.90", "", "0.00"])
def test_an_order_that_is_refunded_is_so_whatever_the_amount_says(amount: str) -> None:
    order = only(lena(Financial_Status="refunded", Refunded_Amount=amount))
    assert state(order) is OrderState.REFUNDED


def test_the_number_that_paypal_knows_it_by_and_shopifys_own_id_are_kept() -> None:
    assert only(LENA).numbers == (
        OtherNumber("invoice", "c5501200344001.1"),
        OtherNumber("sales_record", "5501200344001"),
    )


def test_the_payer_is_kept_beside_the_consignee() -> None:
    order = only(lena(Shipping_Name="Otto Vogt", Shipping_Country="AT"))
    assert order.payer is not None
    assert (order.payer.name, order.payer.country) == ("Lena Berg", "DE")
    assert (order.ship_to.name, order.ship_to.country) == ("Otto Vogt", "AT")
    assert order.buyer_name == "Otto Vogt"


def test_an_older_file_lacks_columns_and_is_read_all_the_same() -> None:
    row = {name: text for name, text in LENA.items() if name in OLD_HEADER}
    (order,) = read(shopify_export([row], header=OLD_HEADER)).orders
    assert order.total == euros("68.90")
    assert order.numbers == (OtherNumber("invoice", "c5501200344001.1"),)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_that_a_spreadsheet_has_saved_again_is_read(separator: str, encoding: str) -> None:
    text = shopify_export([lena(Shipping_Name="Jörg Öhm"), TENT], separator=separator)
    (order,) = read(text.replace("\n", "\r\n").encode(encoding)).orders
    assert order.ship_to.name == "Jörg Öhm"
    assert len(order.lines) == 2


def test_the_facts_are_as_old_as_the_file() -> None:
    entry = known(only(LENA), FactGroup.DISPATCH)
    assert entry is not None
    assert (entry.as_of, entry.source) == (MODIFIED, NAME)


# --------------------------------------------------------------------------- again, and later


def test_the_same_file_twice_changes_nothing() -> None:
    text = shopify_export([LENA, TENT])
    (first,), (second,) = read(text).orders, read(text).orders
    assert merge(first, second) == first


def test_a_later_file_adds_no_second_refund_and_no_second_parcel() -> None:
    rows = [lena(Financial_Status="partially_refunded", Refunded_Amount="40.00"), TENT]
    (older,) = read(shopify_export(rows)).orders
    (newer,) = read(shopify_export(rows), MODIFIED + timedelta(days=1)).orders
    both = merge(older, newer)
    assert (len(both.refunds), len(both.parcels), len(both.lines)) == (1, 1, 2)
    assert state(both) is OrderState.SHIPPED


def test_an_older_file_does_not_overwrite_what_is_known() -> None:
    (newer,) = read(shopify_export([LENA])).orders
    past = shopify_export([lena(Fulfillment_Status="unfulfilled", Fulfilled_at="", Total="1.00")])
    (older,) = read(past, MODIFIED - timedelta(days=1)).orders
    assert merge(newer, older) == newer


# --------------------------------------------------------------------------- bad rows


def test_a_bad_date_costs_its_order_and_is_listed_with_its_line() -> None:
    export = read(shopify_export([LENA, TENT, lena(Name="#1045", Paid_at="45384.34789")]))
    assert [order.key.number for order in export.orders] == ["#1044"]
    assert [str(one) for one in export.problems] == [
        "line 4: the date '45384.34789' (Paid at) cannot be read"
    ]


def test_half_an_order_is_left_out() -> None:
    whole = shopify_export([lena(Name="#1043", Id="1"), LENA, TENT])
    cut = whole[: whole.index("Small tent") + 5]
    export = read(cut)
    assert [order.key.number for order in export.orders] == ["#1043"]
    assert [one.line for one in export.problems] == [4]


def test_a_row_without_a_name_is_listed() -> None:
    export = read(shopify_export([LENA, TENT | {"Name": ""}]))
    assert [str(one) for one in export.problems] == ["line 3: no order name"]


def test_two_orders_of_one_name_are_neither_told_as_the_other() -> None:
    export = read(shopify_export([LENA, lena(Id="7700000000001", Email="otto@example.com")]))
    assert export.orders == ()
    assert "two orders" in export.problems[0].reason


def test_an_id_that_a_spreadsheet_has_shortened_is_listed_and_not_kept() -> None:
    export = read(shopify_export([lena(Id="5.5012E+12")]))
    assert "shortened" in export.problems[0].reason
    assert {other.kind for other in export.orders[0].numbers} == {"invoice"}


@pytest.mark.parametrize("email", ["", "lena", "@", "a@b@c d", "lena@example.com,otto@example.com"])
def test_what_is_no_mail_address_is_no_endpoint(email: str) -> None:
    assert only(lena(Email=email)).endpoints == ()


def test_a_formula_in_place_of_a_name_names_no_order() -> None:
    export = read(shopify_export([lena(Name='=HYPERLINK("http://x.example/1")')]))
    assert export.orders == ()


# --------------------------------------------------------------------------- whose it is


def test_it_is_taken_for_shopifys_and_ebays_for_ebays() -> None:
    assert read(shopify_export([LENA])).marketplace is Marketplace.SHOPIFY
    assert read(report([JANE])).marketplace is Marketplace.EBAY


@pytest.mark.parametrize(
    "header",
    ["Name,Email,Total", "Name,Financial Status,Created at", "First Name,Last Name,Email"],
)
def test_other_lists_of_shopify_are_no_orders(header: str) -> None:
    with pytest.raises(NotAnExportError):
        read(f"{header}\n1,2,3\n")


WHOLE = shopify_export([LENA, TENT, lena(Name="#1045", Notes="zwei\nZeilen", Id="2")]).encode()


@given(st.binary(max_size=400))
def test_any_bytes_below_a_header_give_rows_and_problems_only(data: bytes) -> None:
    export = read(",".join(HEADER).encode() + b"\n" + data)
    assert len(export.orders) <= export.rows


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8), st.integers(0, 40))
def test_a_spoilt_export_never_stops_the_reader(at: int, junk: bytes, skipped: int) -> None:
    try:
        export = read(WHOLE[:at] + junk + WHOLE[at + skipped :])
    except NotAnExportError:
        return
    assert export.rows >= len(export.orders)


@given(st.dictionaries(st.sampled_from(HEADER[1:]), st.text(max_size=30), max_size=12))
def test_any_text_in_any_cell_gives_the_order_or_a_problem(cells: dict[str, str]) -> None:
    export = read(shopify_export([LENA | cells]).encode("utf-8", "replace"))
    assert export.orders or export.problems


# --------------------------------------------------------------------------- its rules


def test_a_buyer_of_the_own_shop_is_answered_by_mail() -> None:
    pack = packs()[Marketplace.SHOPIFY]
    assert (pack.reach, pack.links, pack.relay_domains) == (Reach.MAIL, True, ())
