"""Exports that the seller has described in config.toml."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebay_samples import JANE, report
from tactd.core.orders import state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Marketplace,
    Money,
    Order,
    OrderKey,
    OrderState,
    OtherNumber,
    PostalAddress,
    Refund,
)
from tactd.flow.read_export import read_export
from tactd.marketplaces import Export, NotAnExportError, recognise
from tactd.marketplaces.generic.form import Form, Status
from workbook_samples import xls, xlsx

MODIFIED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NAME = "orders-2026.csv"

WOO = Form(
    name="WooCommerce",
    columns={
        "order": ("Order Number",),
        "status": ("Order Status",),
        "placed": ("Order Date",),
        "paid": ("Paid Date",),
        "shipped": ("Shipped",),
        "total": ("Order Total",),
        "refunded": ("Refunded",),
        "currency": ("Currency",),
        "email": ("Billing Email", "Email (Billing)"),
        "title": ("Item Name",),
        "sku": ("SKU",),
        "quantity": ("Quantity",),
        "price": ("Item Price",),
        "tracking": ("Tracking",),
        "carrier": ("Carrier",),
        "name": ("Shipping Name",),
        "street": ("Address 1",),
        "street2": ("Address 2",),
        "city": ("City",),
        "zip": ("Postcode",),
        "country": ("Country",),
        "transaction": ("Transaction",),
    },
    statuses={
        "pending payment": Status.UNPAID,
        "processing": Status.PAID,
        "completed": Status.SHIPPED,
        "arrived": Status.DELIVERED,
        "cancelled": Status.CANCELLED,
        "refunded": Status.REFUNDED,
        "draft": Status.SKIP,
    },
    dates="DD/MM/YYYY",
)
HEADER = [names[-1] for names in WOO.columns.values()]
ADA = {
    "Order Number": "1044",
    "Order Status": "Completed",
    "Order Date": "02/11/2026 09:15",
    "Paid Date": "03/11/2026",
    "Shipped": "04/11/2026",
    "Order Total": "1,068.90",
    "Refunded": "",
    "Currency": "EUR",
    "Email (Billing)": "Ada.Lund@example.com",
    "Item Name": "Folding lantern",
    "SKU": "LAN-GR",
    "Quantity": "2",
    "Item Price": "12.00",
    "Tracking": "LK473124829CN",
    "Carrier": "",
    "Shipping Name": "Ada Lund",
    "Address 1": "Strandgatan 3",
    "Address 2": "c/o Berg",
    "City": "Visby",
    "Postcode": "'621 57",
    "Country": "Sweden",
    "Transaction": "8DE43526FG170894H",
}
# An ERP whose file holds the orders of several marketplaces, under their own numbers.
ERP = Form(
    name="店小秘",
    columns={
        "order": ("订单号",),
        "platform": ("平台",),
        "shop": ("店铺",),
        "username": ("买家账号",),
        "email": ("买家邮箱",),
        "paid": ("付款时间",),
        "tracking": ("运单号",),
        "title": ("产品名称",),
    },
    platforms={
        "ebay": Marketplace.EBAY,
        "速卖通": Marketplace.ALIEXPRESS,
        "shopee": None,
    },
)
ERP_HEADER = [names[0] for names in ERP.columns.values()]


def ada(**changes: str) -> dict[str, str]:
    return ADA | {name.replace("_", " "): value for name, value in changes.items()}


def table(*rows: Mapping[str, str], header: list[str] = HEADER) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue()


def read(text: str, form: Form = WOO) -> Export:
    return recognise(text.encode(), NAME, MODIFIED, None, (form,))


def one(form: Form = WOO, **changes: str) -> Order:
    export = read(table(ada(**changes)), form)
    assert export.problems == ()
    (order,) = export.orders
    return order


def test_each_column_goes_where_the_seller_has_said() -> None:
    order = one()
    assert order.key == OrderKey(Marketplace.OWN, "1044")
    assert order.endpoints == (Endpoint(EndpointKind.MAIL, "ada.lund@example.com"),)
    assert order.numbers == (OtherNumber("paypal", "8DE43526FG170894H"),)
    assert order.total == Money(Decimal("1068.90"), "EUR")
    assert order.placed == datetime(2026, 11, 2, 9, 15, tzinfo=UTC)
    assert order.paid == datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert order.ship_to == PostalAddress(
        "Ada Lund", "Strandgatan 3, c/o Berg", "Visby", "", "621 57", "SE"
    )
    (line,) = order.lines
    assert (line.sku, line.quantity, line.price) == ("LAN-GR", 2, Money(Decimal("12.00"), "EUR"))
    (parcel,) = order.parcels
    assert (parcel.numbers, parcel.carrier) == (("LK473124829CN",), "China Post")
    assert parcel.shipped_at == datetime(2026, 11, 4, 12, tzinfo=UTC)
    assert [known.source for known in order.known] == [NAME, NAME]


@pytest.mark.parametrize("make", [xls, xlsx])
def test_a_workbook_with_these_columns_is_read_alike(make: object) -> None:
    rows = list(csv.reader(io.StringIO(table(ada()))))
    data = make([["Shop report"], [], *rows])  # type: ignore[operator]
    assert read_export(data, NAME, MODIFIED, None, (WOO,)).orders == (one(),)


def test_a_file_that_lacks_a_column_is_refused_and_the_column_named() -> None:
    with pytest.raises(NotAnExportError, match="WooCommerce: the columns “Carrier”, “City” are"):
        read(table(ada(), header=[name for name in HEADER if name not in ("Carrier", "City")]))


def test_the_readers_of_marketplaces_come_after_the_sellers_own_word() -> None:
    form = Form(name="mine", columns={"order": ("Order Number",), "title": ("Item Title",)})
    text = report([JANE])
    assert read(text, form).marketplace is Marketplace.OWN
    assert recognise(text.encode(), NAME, MODIFIED).marketplace is Marketplace.EBAY
    assert read(text, WOO).marketplace is Marketplace.EBAY


@pytest.mark.parametrize(
    ("word", "changes", "expected"),
    [
        ("Pending payment", {"Paid_Date": "", "Shipped": "", "Tracking": ""}, OrderState.UNPAID),
        ("processing", {"Paid_Date": "", "Shipped": "", "Tracking": ""}, OrderState.TO_SHIP),
        ("COMPLETED", {"Shipped": "", "Tracking": ""}, OrderState.SHIPPED),
        (" arrived ", {"Shipped": "", "Tracking": ""}, OrderState.DELIVERED),
        ("arrived", {}, OrderState.DELIVERED),
        ("Cancelled", {}, OrderState.CANCELLED),
        ("Refunded", {}, OrderState.REFUNDED),
        ("something else", {}, OrderState.SHIPPED),
    ],
)
def test_the_state_follows_from_the_words_that_the_seller_has_named(
    word: str, changes: dict[str, str], expected: OrderState
) -> None:
    assert state(one(Order_Status=word, **changes)) is expected


def test_a_word_that_is_not_named_is_told_of_and_one_named_skip_is_left_out() -> None:
    export = read(table(ada(Order_Status="on hold"), ada(Order_Number="7", Order_Status="draft")))
    assert [order.key.number for order in export.orders] == ["1044"]
    assert any("“on hold”" in note for note in export.notes)
    assert export.problems == ()


def test_rows_of_one_order_are_joined_and_its_money_counts_once() -> None:
    tent = ada(SKU="TENT-1", Item_Name="Small tent", Tracking="YT2612345678901234")
    (order,) = read(table(ada(), tent)).orders
    assert order.total == Money(Decimal("1068.90"), "EUR")
    assert {parcel.numbers[0]: parcel.lines for parcel in order.parcels} == {
        "LK473124829CN": ("LAN-GR",),
        "YT2612345678901234": ("TENT-1",),
    }


def test_a_row_below_without_a_number_goes_on_with_its_order() -> None:
    below = {"SKU": "TENT-1", "Item Name": "Small tent", "Quantity": "1"}
    (order, last) = read(table(ada(), below, ada(Order_Number="1045"))).orders
    assert [line.sku for line in order.lines] == ["LAN-GR", "TENT-1"]
    assert order.parcels[0].lines == ()  # which of the goods are in it is not said
    assert last.key.number == "1045"


def test_a_row_without_a_number_and_with_a_total_is_a_problem() -> None:
    export = read(table(ada(), ada(Order_Number="")))
    assert [problem.reason for problem in export.problems] == ["no order number"]


@pytest.mark.parametrize(
    ("missing", "known"),
    [
        ({"status"}, {FactGroup.PAYMENT, FactGroup.DISPATCH}),
        ({"status", "paid"}, {FactGroup.DISPATCH}),
        ({"status", "shipped", "tracking"}, {FactGroup.PAYMENT}),
        ({"paid", "shipped", "tracking"}, {FactGroup.PAYMENT, FactGroup.DISPATCH}),
        ({"status", "paid", "shipped", "tracking"}, set()),
    ],
)
def test_what_a_file_has_no_column_for_it_does_not_know(
    missing: set[str], known: set[FactGroup]
) -> None:
    columns = {name: headers for name, headers in WOO.columns.items() if name not in missing}
    form = replace(WOO, columns=columns, statuses={} if "status" in missing else WOO.statuses)
    assert {fact.group for fact in one(form).known} == known


@pytest.mark.parametrize(
    ("word", "statuses", "known"),
    [
        ("Completed", WOO.statuses, {FactGroup.PAYMENT, FactGroup.DISPATCH}),
        ("processing", WOO.statuses, {FactGroup.PAYMENT, FactGroup.DISPATCH}),
        ("processing", {"processing": Status.PAID}, {FactGroup.PAYMENT}),
        ("on hold", WOO.statuses, set()),
        ("", WOO.statuses, set()),
    ],
)
def test_a_status_tells_no_more_than_what_the_seller_has_said_of_it(
    word: str, statuses: Mapping[str, Status], known: set[FactGroup]
) -> None:
    dates = ("paid", "shipped", "tracking")
    columns = {name: headers for name, headers in WOO.columns.items() if name not in dates}
    form = replace(WOO, columns=columns, statuses=statuses)
    assert {fact.group for fact in one(form, Order_Status=word).known} == known


def test_refunds_say_how_much_and_do_not_add_up_when_read_again() -> None:
    at = datetime(2026, 11, 2, 9, 15, tzinfo=UTC)
    assert one(Refunded="5.00").refunds == (
        Refund(Money(Decimal("5.00"), "EUR"), at, source="generic export", so_far=True),
    )
    assert one(Order_Status="Refunded").refunds == (
        Refund(None, at, source="generic export", so_far=True),
    )
    assert one(Refunded="0.00").refunds == ()


@pytest.mark.parametrize(
    ("decimal", "text", "amount"),
    [
        ("", "1,234", "1234"),
        (",", "1,234", "1.234"),
        (",", "1.234", "1234"),
        (",", "1.234,5", "1234.5"),
        (",", "116,99 €", "116.99"),
        (".", "1,234", "1234"),
        (".", "1.234", "1.234"),
        (".", "1,234.50", "1234.5"),
        (".", "€ 12", "12"),
        (",", "1.234.567,89", "1234567.89"),
    ],
)
def test_the_decimal_mark_is_taken_at_the_sellers_word(
    decimal: str, text: str, amount: str
) -> None:
    total = one(replace(WOO, decimal=decimal), Order_Total=text).total
    assert total == Money(Decimal(amount), "EUR")


def test_a_date_that_can_be_read_in_two_ways_is_not_guessed_at() -> None:
    unsaid = replace(WOO, dates="")
    clear = {"Order_Date": "13/11/2026", "Paid_Date": "2026-11-13", "Shipped": "14 Nov 2026"}
    export = read(table(ada(), ada(Order_Number="7", **clear)), unsaid)
    assert [order.key.number for order in export.orders] == ["7"]
    assert "dates =" in export.problems[0].reason
    american = one(replace(WOO, dates="MM/DD/YYYY"))
    assert american.placed == datetime(2026, 2, 11, 9, 15, tzinfo=UTC)


def test_the_currency_stands_in_its_column_or_in_the_configuration() -> None:
    assert one(Currency="sek").total == Money(Decimal("1068.90"), "SEK")
    assert one(replace(WOO, money="DKK"), Currency="").total == Money(Decimal("1068.90"), "DKK")
    assert read(table(ada(Currency=""))).orders[0].total is None


# --------------------------------------------------------------------------- ERPs

RELAY = "0123456789abcdef0123@members.ebay.com"
EBAY_ROW = {
    "订单号": "12-34567-89012",
    "平台": "eBay",
    "店铺": "blue",
    "买家账号": "Tidepool_Ann",
    "买家邮箱": RELAY,
    "付款时间": "2026-11-02 10:00",
    "运单号": "LK473124829CN",
}


def erp(*rows: dict[str, str]) -> Export:
    return read(table(*rows, header=ERP_HEADER), ERP)


def test_orders_of_several_marketplaces_go_to_their_own() -> None:
    ali = {"订单号": "3041000012340071", "平台": "速卖通", "产品名称": "灯"}
    shopee = {"订单号": "2611ABC", "平台": "Shopee"}
    own, other = erp(EBAY_ROW, ali, shopee).orders
    assert own.key == OrderKey(Marketplace.EBAY, "12-34567-89012")
    assert own.endpoints == (
        Endpoint(EndpointKind.RELAY, RELAY),
        Endpoint(EndpointKind.EBAY, "tidepool_ann"),
    )
    assert own.shop == "blue"
    assert other.key == OrderKey(Marketplace.ALIEXPRESS, "3041000012340071")


def test_a_platform_that_is_not_named_leaves_the_order_out_and_says_so() -> None:
    export = erp(EBAY_ROW, {"订单号": "9-1", "平台": "Lazada"})
    assert len(export.orders) == 1
    assert "'Lazada' is not in the platforms" in export.problems[0].reason


def test_one_number_on_two_marketplaces_is_no_order() -> None:
    export = erp(EBAY_ROW, EBAY_ROW | {"平台": "速卖通"})
    assert export.orders == ()
    assert "two orders" in export.problems[0].reason


def test_a_number_that_a_spreadsheet_has_shortened_is_refused() -> None:
    export = erp(EBAY_ROW | {"订单号": "3.04100001234007E+15", "平台": "速卖通"})
    assert export.orders == ()
    assert "shortened" in export.problems[0].reason


def test_a_tracking_number_that_a_german_spreadsheet_has_shortened_is_none() -> None:
    export = erp(EBAY_ROW | {"运单号": "9,40011E+21"})
    assert [parcel.numbers for parcel in export.orders[0].parcels] in ([], [()])
    assert "9,40011E+21" in export.problems[0].reason


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(HEADER[1:]), st.text(max_size=30), max_size=10))
def test_any_text_in_any_cell_gives_the_order_or_a_problem(cells: dict[str, str]) -> None:
    data = table(ADA | cells).encode("utf-8", "replace")
    export = recognise(data, NAME, MODIFIED, None, (WOO,))
    assert export.orders or export.problems or cells.get("Order Status", "").strip() == "draft"
