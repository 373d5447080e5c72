"""The words of AliExpress's exports and notices. Only a few have been seen: those marked (u) are
unconfirmed. What is not here says nothing, and a person looks."""

from __future__ import annotations

import re
from enum import StrEnum

from tactd.core.types import MailKind


class Status(StrEnum):
    """What a status word says of the order, beyond the dates in its row."""

    UNPAID = "unpaid"
    TO_SHIP = "to_ship"
    PARTLY_SHIPPED = "partly_shipped"
    SHIPPED = "shipped"
    REVIEW = "review"  # the payment is being looked at
    CANCEL_ASKED = "cancel_asked"
    DISPUTED = "disputed"
    CANCELLED = "cancelled"
    OVER = "over"  # received, or taken back: only the dates tell


STATUSES = {
    "订单结束": Status.OVER,
    "已结束": Status.OVER,  # (u), as are all that follow
    "交易完成": Status.OVER,
    "已完成": Status.OVER,
    "FINISH": Status.OVER,
    "等待买家付款": Status.UNPAID,
    "PLACE_ORDER_SUCCESS": Status.UNPAID,
    "等待卖家发货": Status.TO_SHIP,
    "等待您发货": Status.TO_SHIP,
    "等待发货": Status.TO_SHIP,
    "待发货": Status.TO_SHIP,
    "WAIT_SELLER_SEND_GOODS": Status.TO_SHIP,
    "部分发货": Status.PARTLY_SHIPPED,
    "SELLER_PART_SEND_GOODS": Status.PARTLY_SHIPPED,
    "等待买家收货": Status.SHIPPED,
    "已发货": Status.SHIPPED,
    "WAIT_BUYER_ACCEPT_GOODS": Status.SHIPPED,
    "等待资金审核": Status.REVIEW,
    "资金审核中": Status.REVIEW,
    "风控审核中": Status.REVIEW,
    "RISK_CONTROL": Status.REVIEW,
    "WAIT_SELLER_EXAMINE_MONEY": Status.REVIEW,
    "FUND_PROCESSING": Status.REVIEW,
    "买家申请取消": Status.CANCEL_ASKED,
    "申请取消的订单": Status.CANCEL_ASKED,
    "IN_CANCEL": Status.CANCEL_ASKED,
    "含纠纷的订单": Status.DISPUTED,
    "纠纷中": Status.DISPUTED,
    "IN_ISSUE": Status.DISPUTED,
    "冻结中的订单": Status.DISPUTED,
    "IN_FROZEN": Status.DISPUTED,
    "订单关闭": Status.CANCELLED,
    "交易关闭": Status.CANCELLED,
    "已取消": Status.CANCELLED,
    "已关闭": Status.CANCELLED,
}


def status(text: str) -> Status | None:
    plain = "".join(text.split())
    return STATUSES.get(plain) or STATUSES.get(plain.upper())


# Topics of notices to sellers, in their subjects. The first that is found wins.
NOTICES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        # Seen: 订单已通过风控审核 (the payment has passed its checks), 订单关闭, and 违背发货承诺
        # (shipped later than promised). All others (u).
        (
            MailKind.PAYMENT_NOTICE,
            r"通过风控审核|买家已付款|付款成功|等待您发货|payment (?:is )?confirmed",
        ),
        (MailKind.CASE_CLAIM, r"纠纷|索赔|dispute|claim"),
        (MailKind.CASE_CANCEL, r"取消订单|申请取消|cancel(?:l?ation)? request|wants to cancel"),
        (MailKind.MESSAGE_NOTICE, r"站内信|留言|新消息|未读消息|new messages?|unread messages?"),
        (MailKind.FEEDBACK_NOTICE, r"新评价|买家评价|留下评价|new feedback|left feedback"),
        (MailKind.PAYOUT, r"放款|提现|payout"),
        (MailKind.DELIVERY_NOTICE, r"确认收货|已签收|received the (?:goods|order)"),
        (MailKind.SALE_NOTICE, r"新订单|您有一个订单|new order"),
    )
)  # fmt: skip

CLOSED = re.compile(r"订单(?:已)?关闭|order (?:has been |is )?closed", re.IGNORECASE)
