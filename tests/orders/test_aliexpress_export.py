"""AliExpress's orders export, as the seller centre makes it and as spreadsheets save it again."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aliexpress_samples import HEADER, MODIFIED, NAME, PAULO, as_csv, paulo, rows_of
from tactd.core.orders import state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Marketplace,
    MarketplaceCase,
    Money,
    Order,
    OrderKey,
    OrderState,
    Parcel,
    ParcelState,
    PostalAddress,
    Traced,
)
from tactd.flow.read_export import read_export
from tactd.marketplaces import Export, NotAnExportError, recognise
from tactd.marketplaces.aliexpress.packed import Product, parcels, products
from workbook_samples import xls, xlsx


def read(data: bytes | str, name: str = NAME) -> Export:
    raw = data.encode() if isinstance(data, str) else data
    return read_export(raw, name, MODIFIED)


def one(**changes: str) -> Order:
    export = read(as_csv([paulo(**changes)]))
    assert export.problems == ()
    (order,) = export.orders
    return order


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 12, tzinfo=UTC)


def test_an_order_is_read_with_all_that_the_file_says() -> None:
    order = one()
    assert order.key == OrderKey(Marketplace.ALIEXPRESS, "3041000012340071")
    assert (order.buyer_name, order.note) == ("Paulo Neves", "sem pressa")
    assert order.total == Money(Decimal("1032.34"), "USD")
    assert (order.placed, order.paid, order.ship_by) == (day(10, 20), day(10, 21), day(10, 28))
    assert order.ship_to == PostalAddress(
        "Paulo Neves", "Rua das Flores 9", "Recife", "Pernambuco", "50010-000", "BR"
    )
    assert [(line.sku, line.title, line.quantity, line.variation) for line in order.lines] == [
        ("LAN-GR", "Folding camping lantern", 2, "Color:Green (dark)"),
        ("TENT-1", "Small tent", 1, ""),
    ]
    assert [(k.group, k.as_of, k.source) for k in order.known] == [
        (FactGroup.PAYMENT, MODIFIED, NAME),
        (FactGroup.DISPATCH, MODIFIED, NAME),
    ]
    assert order.endpoints == ()  # a name is no address


def test_each_pair_of_service_and_number_is_a_parcel() -> None:
    national, cainiao = one().parcels
    assert national == Parcel(
        numbers=("LK473124829CN",),
        carrier="China Post",
        service="China Post Air Parcel",
        shipped_at=day(10, 23),
        traced=Traced.FULL,
    )
    assert (cainiao.numbers, cainiao.service) == (
        ("LP00473124829001",),
        "AliExpress Standard Shipping",
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_what_a_spreadsheet_saved_again_as_csv_says_the_same(separator: str, encoding: str) -> None:
    data = as_csv([PAULO], separator).encode(encoding)
    assert read(data, "订单.csv").orders[0].lines == one().lines
    assert read(data, NAME).orders == (one(),)


@pytest.mark.parametrize("make", [xls, xlsx])
def test_the_workbook_of_either_age_says_the_same(make: object) -> None:
    assert read(make(rows_of([PAULO]))).orders == (one(),)  # type: ignore[operator]


def test_an_order_number_of_which_a_spreadsheet_has_lost_digits_is_refused() -> None:
    rows: list[list[object]] = [
        list(row) for row in rows_of([PAULO, paulo(订单号="3041000012340072")])
    ]
    rows[1][0] = 3041000012340071.0
    (order,) = read(xlsx(rows)).orders
    assert order.key.number == "3041000012340072"
    (problem,) = read(xlsx(rows)).problems
    assert (problem.line, "shortened" in problem.reason) == (2, True)


@pytest.mark.parametrize(
    "written", ["'3041000012340071", '="3041000012340071"', "3041000012340071"]
)
def test_an_order_number_may_wear_the_signs_that_keep_a_spreadsheet_off(written: str) -> None:
    assert one(订单号=written).key.number == "3041000012340071"


def test_rows_of_one_number_are_one_order_and_its_money_counts_once() -> None:
    lantern, tent = "【1】 Lantern (商家编码:A) (产品数量:1 piece)", "【2】 Tent (商家编码:B)"
    (order,) = read(as_csv([paulo(products=lantern), paulo(products=tent)])).orders
    assert [line.sku for line in order.lines] == ["A", "B"]
    assert order.total == Money(Decimal("1032.34"), "USD")
    assert len(order.parcels) == 2


def test_a_cell_over_several_rows_is_one_order() -> None:
    below = {"产品信息\n（双击单元格展开所有产品信息！）": "【2】 Tent (商家编码:B)"}
    other = paulo(订单号="3041000012340099")
    (order, last) = read(xls(rows_of([paulo(products="【1】 Lantern"), below, other]))).orders
    assert {line.title for line in order.lines} == {"Lantern", "Tent"}
    assert last.key.number == "3041000012340099"


def test_a_row_without_a_number_that_tells_of_an_order_itself_is_a_problem() -> None:
    export = read(as_csv([PAULO, paulo(订单号="")]))
    assert [(p.line, p.reason) for p in export.problems] == [(6, "no order number")]


@pytest.mark.parametrize(
    ("status", "changes", "expected"),
    [
        ("等待买家付款", {"付款时间": "", "发货时间": "", "tracking": ""}, OrderState.UNPAID),
        ("等待卖家发货", {"发货时间": "", "tracking": ""}, OrderState.TO_SHIP),
        ("WAIT_SELLER_SEND_GOODS", {"发货时间": "", "tracking": ""}, OrderState.TO_SHIP),
        ("等待买家收货", {}, OrderState.SHIPPED),
        ("订单结束", {"确认收货时间": "2026-11-19 08:00"}, OrderState.DELIVERED),
        ("订单结束", {}, OrderState.SHIPPED),
        ("订单结束", {"发货时间": "", "tracking": ""}, OrderState.CANCELLED),
        ("订单结束", {"付款时间": "", "发货时间": "", "tracking": ""}, OrderState.CANCELLED),
        ("订单关闭", {"发货时间": "", "tracking": ""}, OrderState.CANCELLED),
        ("等待买家收货", {"tracking": ""}, OrderState.SHIPPED),
        ("等待买家收货", {"tracking": "", "发货时间": ""}, OrderState.SHIPPED),
        ("部分发货", {}, OrderState.SHIPPED),
    ],
)
def test_the_state_follows_from_dates_and_status(
    status: str, changes: dict[str, str], expected: OrderState
) -> None:
    assert state(one(订单状态=status, **changes)) is expected


def test_an_order_in_dispute_is_a_case() -> None:
    assert one(订单状态="含纠纷的订单").cases == (
        MarketplaceCase("claim", "", day(10, 20), said_open=MODIFIED),
    )


@pytest.mark.parametrize(
    ("status", "without"),
    [("含纠纷的订单", False), ("买家申请取消", False), ("神秘状态", False), ("等待买家收货", True)],
)
def test_only_a_status_that_is_known_and_no_dispute_says_that_there_is_none(
    status: str, without: bool
) -> None:
    assert one(订单状态=status).without_case == (MODIFIED if without else None)


def test_of_an_order_that_went_in_part_no_day_of_dispatch_is_told() -> None:
    parcels = one(订单状态="部分发货").parcels
    assert [parcel.shipped_at for parcel in parcels] == [None, None]


def test_a_status_word_that_is_not_known_is_told_of_and_spoils_nothing() -> None:
    export = read(as_csv([paulo(订单状态="神秘状态")]))
    assert len(export.orders) == 1
    assert any("神秘状态" in note for note in export.notes)


def test_earlier_files_with_the_buyers_address_give_an_endpoint() -> None:
    text = (
        as_csv([PAULO]).replace("负责人(业务员)", "买家邮箱").replace("小王", "Paulo@example.com")
    )
    (order,) = read(text).orders
    assert order.endpoints == (Endpoint(EndpointKind.MAIL, "paulo@example.com"),)


def test_a_day_of_the_guarantee_may_be_a_number_of_days() -> None:
    text = as_csv([paulo(满立减="60天")]).replace("满立减", "承诺送达时间")
    (order,) = read(text).orders
    assert order.estimate.latest == day(12, 20)


def test_a_date_that_cannot_be_read_costs_its_order_and_no_other() -> None:
    export = read(as_csv([paulo(付款时间="soon"), paulo(订单号="3041000012340099")]))
    assert [order.key.number for order in export.orders] == ["3041000012340099"]
    assert len(export.problems) == 1


def test_the_day_in_a_files_name_bounds_the_age_of_its_facts() -> None:
    assert read(as_csv([PAULO]), "订单 2026-11-18.csv").as_of.day == 18


def test_a_table_of_an_erp_is_not_taken_for_aliexpress() -> None:
    for header in (
        "订单号,订单状态,商品名称\r\n1,已发货,x",
        "Order ID,Order Status,Buyer Name\r\n1,x,y",
    ):
        with pytest.raises(NotAnExportError):
            read(header)


# --------------------------------------------------------------------------- packed cells


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("", []),
        ("Just a title", [Product("Just a title")]),
        ("【1】 A (产品数量:3 lot)", [Product("A", quantity=3)]),
        ("【1】A（产品属性：Size:XL）（商家编码：S-1）", [Product("A", "Size:XL", "S-1")]),
        ("【1】A (b) (商家编码:)", [Product("A (b)")]),
        ("【1】【2】 B", [Product("B")]),
    ],
)
def test_products_of_a_cell(cell: str, found: list[Product]) -> None:
    assert list(products(cell)) == found


@pytest.mark.parametrize(
    ("cell", "pairs"),
    [
        ("", []),
        ("-", []),
        ("4PX:4PX3000123456789CN", [("4PX", "4PX3000123456789CN")]),
        ("A:B:LP00473124829001", [("A:B", "LP00473124829001")]),
        ("EMS：EA123456785CN，EA123456799CN", [("EMS", "EA123456785CN"), ("EMS", "EA123456799CN")]),
        ("LK473124829CN", [("", "LK473124829CN")]),
        ("Post:", []),
        ("YunExpress:YT2612345678901234;", [("YunExpress", "YT2612345678901234")]),
    ],
)
def test_parcels_of_a_cell(cell: str, pairs: list[tuple[str, str]]) -> None:
    doubts: list[str] = []
    assert [(one.service, one.number) for one in parcels(cell, doubts)] == pairs
    assert doubts == []


@pytest.mark.parametrize("number", ["9.4E+21", "9,40011E+21"])
def test_a_shortened_tracking_number_is_none(number: str) -> None:
    doubts: list[str] = []
    assert list(parcels(f"Post:{number}", doubts)) == []
    assert number in doubts[0]


@given(st.text(max_size=200))
def test_any_text_in_the_packed_cells_is_read_or_left(text: str) -> None:
    for one in products(text):
        assert one.quantity >= 1
    assert all(sent.number for sent in parcels(text, []))


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(HEADER[1:]), st.text(max_size=30), max_size=10))
def test_any_text_in_any_cell_gives_the_order_or_a_problem(cells: dict[str, str]) -> None:
    data = as_csv([PAULO | cells]).encode("utf-8", "replace")
    export = recognise(data, NAME, MODIFIED)
    assert export.orders or export.problems
    for order in export.orders:
        assert all(one.state in ParcelState for one in order.parcels)
