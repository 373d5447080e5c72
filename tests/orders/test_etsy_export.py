"""Etsy's two files of sales, as they really are: neither holds all of an order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebay_samples import JANE, report
from etsy_samples import (
    CUP,
    IRIS,
    ITEMS,
    ITEMS_NAME,
    MAT,
    MODIFIED,
    ORDERS,
    ORDERS_NAME,
    changed,
    sold_items,
    sold_orders,
)
from shopify_samples import LENA, shopify_export
from tactd.core.merge import merge
from tactd.core.orders import index_keys, known, state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Marketplace,
    Money,
    Order,
    OrderState,
    PostalAddress,
    Reach,
)
from tactd.marketplaces import Export, NotAnExportError, recognise
from tactd.shipped import packs

IRISWEAVES = (Endpoint(EndpointKind.ETSY, "irisweaves"),)


def read(text: str | bytes, name: str = ORDERS_NAME, modified: datetime = MODIFIED) -> Export:
    return recognise(text.encode() if isinstance(text, str) else text, name, modified)


def only(text: str) -> Order:
    export = read(text)
    assert export.problems == ()
    (order,) = export.orders
    return order


def day(day_of_month: int, month: int = 11) -> datetime:
    return datetime(2026, month, day_of_month, 12, tzinfo=UTC)


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


# --------------------------------------------------------------------------- the real forms


def test_the_file_of_orders_has_the_money_the_user_and_the_address() -> None:
    order = only(sold_orders(IRIS))
    assert str(order.key) == "etsy:3580012396"
    assert (order.buyer_name, order.endpoints) == ("Iris Moran", IRISWEAVES)
    assert order.total == dollars("42.90")
    assert order.ship_to == PostalAddress(
        "Iris Moran", "12 Elm Court, Flat 2", "Boise", "ID", "83702", "US"
    )
    assert (order.placed, order.paid) == (day(2), day(2))
    assert [parcel.shipped_at for parcel in order.parcels] == [day(4)]
    assert state(order) is OrderState.SHIPPED


def test_the_file_of_items_has_the_lines_and_their_numbers() -> None:
    order = only(sold_items(CUP, MAT))
    assert [(line.item, line.quantity, line.price, line.variation) for line in order.lines] == [
        ("1500200301", 2, dollars("14.00"), "Colour:Blue"),
        ("1500200302", 1, dollars("10.00"), ""),
    ]
    assert [number.value for number in order.numbers] == ["4900012396", "4900012397"]
    assert ("transaction", "4900012397") in index_keys(order)
    assert order.paid == day(2)
    assert order.endpoints == IRISWEAVES


def test_the_items_tell_no_total_because_discounts_are_not_theirs() -> None:
    assert only(sold_items(CUP, MAT)).total is None


@pytest.mark.parametrize("items_first", [True, False])
def test_the_two_files_make_one_order(items_first: bool) -> None:
    one, two = only(sold_orders(IRIS)), only(sold_items(CUP, MAT))
    both = merge(two, one) if items_first else merge(one, two)
    assert (both.total, len(both.lines), len(both.parcels)) == (dollars("42.90"), 2, 1)
    assert both.endpoints == IRISWEAVES


def test_what_went_on_two_days_is_two_parcels_that_know_their_items() -> None:
    order = only(sold_items(CUP, changed(MAT, Date_Shipped="11/06/26")))
    assert [(parcel.shipped_at, parcel.lines) for parcel in order.parcels] == [
        (day(4), ("1500200301",)),
        (day(6), ("1500200302",)),
    ]


def test_what_has_not_gone_is_to_be_sent() -> None:
    assert state(only(sold_orders(changed(IRIS, Date_Shipped="")))) is OrderState.TO_SHIP


def test_an_order_not_paid_through_etsy_is_not_known_to_be_paid() -> None:
    row = changed(IRIS, Payment_Method="Other", Payment_Type="", Date_Shipped="")
    assert state(only(sold_orders(row))) is OrderState.UNPAID


@pytest.mark.parametrize(
    ("status", "expected"),
    [("Canceled", OrderState.CANCELLED), ("Refunded", OrderState.REFUNDED)],
)
def test_what_is_cancelled_or_refunded_is_so(status: str, expected: OrderState) -> None:
    assert state(only(sold_orders(changed(IRIS, Status=status)))) is expected


@pytest.mark.parametrize("buyer", ["Iris", "Iris Moran", "iris@example.com", "", "Iris (a b)"])
def test_a_name_is_no_user_name(buyer: str) -> None:
    assert only(sold_items(changed(CUP, Buyer=buyer))).endpoints == ()


def test_a_french_shop_writes_a_decimal_comma() -> None:
    row = changed(IRIS, Currency="EUR", Order_Total="1 042,90", Ship_Country="France")
    order = only(sold_orders(row))
    assert order.total == Money(Decimal("1042.90"), "EUR")
    assert order.ship_to.country == "FR"


def test_the_british_wording_is_read() -> None:
    text = sold_orders(changed(IRIS, Ship_Country="United Kingdom", Currency="GBP"))
    text = text.replace("Date Shipped", "Date Posted").replace("Ship ", "Delivery ")
    order = only(text)
    assert order.ship_to.country == "GB"
    assert order.parcels[0].shipped_at == day(4)


def test_a_day_above_twelve_shows_that_a_spreadsheet_put_the_day_first() -> None:
    other = changed(IRIS, Order_ID="3580012397", Sale_Date="25/10/2026", Date_Shipped="")
    export = read(sold_orders(changed(IRIS, Sale_Date="02/11/2026", Date_Shipped=""), other))
    assert [order.placed for order in export.orders] == [day(2), day(25, 10)]
    usual = changed(IRIS, Order_ID="3580012397", Sale_Date="10/25/26")
    assert [order.placed for order in read(sold_orders(IRIS, usual)).orders] == [
        day(2),
        day(25, 10),
    ]


def test_the_month_in_the_name_is_not_the_day_of_the_download() -> None:
    export = read(sold_orders(IRIS), "EtsySoldOrders2026-3.csv")
    entry = known(export.orders[0], FactGroup.DISPATCH)
    assert entry is not None
    assert (export.as_of, entry.as_of) == (MODIFIED, MODIFIED)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    data = sold_orders(changed(IRIS, Full_Name="Zoë Köhler")).encode(encoding)
    assert read(data).orders[0].buyer_name == "Zoë Köhler"


# --------------------------------------------------------------------------- again, and later


@pytest.mark.parametrize("text", [sold_orders(IRIS), sold_items(CUP, MAT)])
def test_the_same_file_twice_changes_nothing(text: str) -> None:
    assert merge(only(text), only(text)) == only(text)


def test_a_later_file_adds_no_second_parcel_and_an_older_one_takes_nothing_away() -> None:
    older = only(sold_items(changed(CUP, Date_Shipped=""), MAT))
    text = sold_items(CUP, MAT)
    (newer,) = read(text, ITEMS_NAME, MODIFIED + timedelta(days=1)).orders
    both = merge(older, newer)
    assert (len(both.lines), len(both.parcels)) == (2, 1)
    assert merge(newer, older) == both


# --------------------------------------------------------------------------- bad rows


def test_a_bad_date_costs_its_order_and_is_listed_with_its_line() -> None:
    bad = changed(IRIS, Order_ID="3580012397", Date_Shipped="soon")
    export = read(sold_orders(IRIS, bad))
    assert [order.key.number for order in export.orders] == ["3580012396"]
    assert [str(one) for one in export.problems] == [
        "line 3: the date 'soon' (Date Shipped) cannot be read"
    ]


def test_of_items_one_bad_row_leaves_out_the_whole_order() -> None:
    export = read(sold_items(CUP, changed(MAT, Date_Paid="?"), changed(MAT, Order_ID="3580012399")))
    assert [order.key.number for order in export.orders] == ["3580012399"]


def test_a_row_that_is_cut_off_is_listed() -> None:
    text = sold_orders(IRIS, changed(IRIS, Order_ID="3580012397"))
    export = read(text[: text.rindex("Boise")])
    assert [order.key.number for order in export.orders] == ["3580012396"]
    assert [one.line for one in export.problems] == [3]


@pytest.mark.parametrize("number", ["", "abc", "=1+1", "3.58E+09", "358 001", "-5"])
def test_what_is_no_order_number_makes_no_order(number: str) -> None:
    export = read(sold_orders(changed(IRIS, Order_ID=number)))
    assert (export.orders, len(export.problems)) == ((), 1)


# --------------------------------------------------------------------------- whose it is


def test_each_marketplaces_file_is_taken_for_its_own() -> None:
    read_as = [
        read(text).marketplace
        for text in (
            sold_orders(IRIS),
            sold_items(CUP),
            shopify_export([LENA]),
            report([JANE]),
        )
    ]
    etsy = Marketplace.ETSY
    assert read_as == [etsy, etsy, Marketplace.SHOPIFY, Marketplace.EBAY]


def test_etsys_list_of_payments_is_no_list_of_orders() -> None:
    with pytest.raises(NotAnExportError):
        read(
            "Payment ID,Buyer Username,Buyer Name,Order ID,Gross Amount,Fees,Net Amount\r\n1,2,3,4"
        )


HEADERS = [(",".join(header) + "\r\n").encode() for header in (ORDERS, ITEMS)]
WHOLE = sold_items(CUP, MAT, changed(CUP, Order_ID="3580012399", Item_Name="zwei\nZeilen")).encode()


@given(st.sampled_from(HEADERS), st.binary(max_size=400))
def test_any_bytes_below_a_header_give_rows_and_problems_only(header: bytes, data: bytes) -> None:
    export = read(header + data)
    assert len(export.orders) <= export.rows


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8), st.integers(0, 40))
def test_a_spoilt_export_never_stops_the_reader(at: int, junk: bytes, skipped: int) -> None:
    try:
        export = read(WHOLE[:at] + junk + WHOLE[at + skipped :])
    except NotAnExportError:
        return
    assert export.rows >= len(export.orders)


@given(
    st.dictionaries(
        st.sampled_from([name for name in ORDERS if name != "Order ID"]),
        st.text(max_size=30),
        max_size=12,
    )
)
def test_any_text_in_any_cell_gives_the_order_or_a_problem(cells: dict[str, str]) -> None:
    export = read(sold_orders(IRIS | cells).encode("utf-8", "replace"))
    assert export.orders or export.problems


# --------------------------------------------------------------------------- its rules


def test_a_buyer_on_etsy_is_answered_by_pasting_on_the_site() -> None:
    pack = packs()[Marketplace.ETSY]
    assert (pack.reach, pack.links) == (Reach.PASTE, False)
