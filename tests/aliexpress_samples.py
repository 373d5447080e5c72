"""AliExpress's orders exports as sellers have them, written by a generator so that each part can
be varied. People and numbers are invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

MODIFIED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
NAME = "AeoOrderExport.xls"

PRODUCTS = "产品信息\n（双击单元格展开所有产品信息！）"
TRACKING = "实际发货物流:运单号"
HEADER = (
    "订单号", "订单状态", "负责人(业务员)", "买家名称", "下单时间", "付款时间", "产品总金额",
    "物流费用", "订单金额", "满立减", PRODUCTS, "订单备注", "收货地址", "收货人名称", "收货国家",
    "州/省", "城市", "地址", "邮编", "联系电话", "手机", "买家选择物流", "发货期限", TRACKING,
    "发货时间", "确认收货时间",
)  # fmt: skip

PAULO = {
    "订单号": "3041000012340071",
    "订单状态": "等待买家收货",
    "负责人(业务员)": "小王",
    "买家名称": "Paulo Neves",
    "下单时间": "2026-10-20 12:01",
    "付款时间": "2026-10-21 03:15",
    "产品总金额": "US $1,020.00",
    "物流费用": "US $12.34",
    "订单金额": "US $1,032.34",
    "满立减": "US $0.00",
    PRODUCTS: "【1】 Folding camping lantern (产品属性:Color:Green (dark) ) (商家编码:LAN-GR) "
    "(产品数量:2 piece)\n【2】 Small tent （商家编码:TENT-1） (产品数量:1 piece)",
    "订单备注": "sem pressa",
    "收货地址": "Rua das Flores 9, Recife, Pernambuco, Brazil",
    "收货人名称": "Paulo Neves",
    "收货国家": "Brazil",
    "州/省": "Pernambuco",
    "城市": "Recife",
    "地址": "Rua das Flores 9",
    "邮编": "50010-000",
    "手机": "+55 81 5550000",
    "买家选择物流": "AliExpress Standard Shipping",
    "发货期限": "2026-10-28 03:15",
    TRACKING: "AliExpress Standard Shipping:LP00473124829001\nChina Post Air Parcel:LK473124829CN",
    "发货时间": "2026-10-23 18:30",
    "确认收货时间": "",
}


def paulo(**changes: str) -> dict[str, str]:
    """Paulo's row with some cells changed; `products` and `tracking` stand for the long names."""
    long = {"products": PRODUCTS, "tracking": TRACKING}
    return PAULO | {long.get(name, name): value for name, value in changes.items()}


def rows_of(orders: Iterable[Mapping[str, str]]) -> list[list[str]]:
    rows = [list(HEADER)]
    for order in orders:
        assert set(order) <= set(HEADER)
        rows.append([order.get(name, "") for name in HEADER])
    return rows


def as_csv(orders: Iterable[Mapping[str, str]], separator: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(rows_of(orders))
    return out.getvalue()
