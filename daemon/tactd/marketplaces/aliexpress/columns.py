"""The columns of AliExpress's orders export: what tactd uses, and the names they have had.

Source: the header of the seller centre's export (订单导出). Names marked (u) are unconfirmed, as is
a form in English. Names are compared after tables.normal_name; a name that is not here is ignored.
"""

from __future__ import annotations

from typing import NamedTuple

from tactd.marketplaces.tables import normal_name


class Cells(NamedTuple):
    """One row, as text; what the file has no column for is empty."""

    order: str
    status: str
    buyer_name: str
    username: str
    email: str
    placed: str
    paid: str
    total: str
    products: str
    note: str
    whole_address: str
    name: str
    country: str
    region: str
    city: str
    street: str
    zip: str
    service: str
    ship_by: str
    tracking: str
    shipped: str
    confirmed: str
    latest: str


_NAMES: dict[str, tuple[str, ...]] = {
    "order": ("订单号", "订单编号", "Order ID", "Order No."),  # all but the first (u)
    "status": ("订单状态", "Order Status"),
    "buyer_name": ("买家名称", "买家姓名", "Buyer Name"),  # (u) from the second
    "username": ("买家登录ID", "买家账号", "买家ID"),  # (u)
    "email": ("买家邮箱", "Buyer Email"),  # earlier files (u)
    "placed": ("下单时间", "Order Placed Time"),
    "paid": ("付款时间", "Payment Time"),
    "total": ("订单金额", "Order Amount"),
    # The export breaks the line within this header and adds how to see the whole cell.
    "products": (
        "产品信息\n（双击单元格展开所有产品信息！）",
        "产品信息",
        "商品信息",  # (u)
        "Product Information",  # (u)
    ),
    "note": ("订单备注", "Order Notes"),
    "whole_address": ("收货地址", "Shipping Address"),
    "name": ("收货人名称", "收货人", "Receiver Name"),
    "country": ("收货国家", "国家", "Country"),
    "region": ("州/省", "State/Province"),
    "city": ("城市", "City"),
    "street": ("地址", "Address"),
    "zip": ("邮编", "Zip Code"),
    "service": ("买家选择物流", "Shipping Method"),
    "ship_by": ("发货期限", "Ship By"),
    "tracking": ("实际发货物流:运单号", "实际发货物流：物流单号", "Tracking Number"),
    "shipped": ("发货时间", "Shipped Time"),
    "confirmed": ("确认收货时间", "Confirmed Time"),
    "latest": ("承诺送达时间", "承诺运达时间", "预计送达时间"),  # (u)
}

NAMES = {field: tuple(map(normal_name, _NAMES[field])) for field in Cells._fields}

WANTED = (
    NAMES["order"][:2],
    NAMES["status"][:1],
    (*NAMES["products"][:3], *NAMES["tracking"][:2], *NAMES["buyer_name"][:2]),
    NAMES["placed"][:1],
)
"""A table with one name of each of these groups is AliExpress's: Chinese, and more than what any
ERP calls an order number."""

NEEDED = ("placed", "paid", "total", "country")
"""A row that ends before one of these has been cut off."""

MATTERS = ("status", "paid", "country", "tracking", "shipped")
