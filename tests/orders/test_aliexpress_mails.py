"""AliExpress's notices: nobody's words are taken for a buyer's, and only what is named is told."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd import marketplaces
from tactd.core.read.mail import read
from tactd.core.types import Address, Mail, MailKind, Marketplace, Message
from tactd.marketplaces.numbers import item_numbers, order_numbers

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SENDER = "transaction@notice.aliexpress.com"
ORDER = "3041000012340071"
LINK = f"https://trade.aliexpress.com/detail.htm?tradeOrderId={ORDER}&from=mail"


def mail(subject: str, text: str = "", sender: str = SENDER) -> Mail:
    return Mail(
        content_key="k",
        received=AT,
        date=AT,
        message_id="<n1@notice.example>",
        sender=Address("AliExpress", sender),
        senders=1,
        subject=subject,
        text=text,
        own=text,
    )


def opened(subject: str, text: str = "", sender: str = SENDER) -> Message:
    return marketplaces.open_mail(mail(subject, text, sender))


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("订单已通过风控审核", MailKind.PAYMENT_NOTICE),
        ("【速卖通】订单关闭通知", MailKind.OTHER_NOTICE),
        ("违背发货承诺提醒", MailKind.OTHER_NOTICE),
        ("买家提起纠纷", MailKind.CASE_CLAIM),
        ("买家申请取消订单", MailKind.CASE_CANCEL),
        ("您有一条新的站内信", MailKind.MESSAGE_NOTICE),
        ("买家评价通知", MailKind.FEEDBACK_NOTICE),
        ("放款通知", MailKind.PAYOUT),
        ("买家已确认收货", MailKind.DELIVERY_NOTICE),
        (f"Bestellung {ORDER}: verschickt", MailKind.OTHER_NOTICE),
        ("Where is my parcel?", MailKind.OTHER_NOTICE),
        ("", MailKind.OTHER_NOTICE),
    ],
)
def test_the_kind_of_a_notice_stands_in_its_subject_and_is_never_a_buyers(
    subject: str, kind: MailKind
) -> None:
    message = opened(subject, "where is my order?")
    assert (message.kind, message.marketplace) == (kind, Marketplace.ALIEXPRESS)
    assert message.words == ""


@pytest.mark.parametrize(
    ("text", "orders"),
    [
        (LINK, (ORDER,)),
        (f"https://x.aliexpress.com/?o_ids={ORDER},3041000012340088", (ORDER, "3041000012340088")),
        (f"https://x.aliexpress.com/?a=tradeOrderId%3D{ORDER}%26b", (ORDER,)),
        (f"订单{ORDER}已关闭", (ORDER,)),
        ("no number 1005000000000001", ()),
    ],
)
def test_orders_are_named_by_links_or_by_their_sixteen_digits(
    text: str, orders: tuple[str, ...]
) -> None:
    assert opened("订单关闭", text).orders == orders


def test_a_notice_in_html_alone_names_its_order_by_its_link() -> None:
    html = f'<p>订单关闭</p><a href="{LINK.replace("&", "&amp;")}">查看订单</a>'
    raw = EmailMessage()
    raw["From"], raw["Subject"] = f"AliExpress <{SENDER}>", "订单关闭"
    raw.set_content(html, subtype="html")
    message = marketplaces.open_mail(read(raw.as_bytes(), AT))
    assert message.orders == (ORDER,)
    assert len(message.tells) == 1


def test_a_passed_check_is_a_payment_as_old_as_the_notice() -> None:
    (order,) = opened("订单已通过风控审核", LINK).tells
    assert (order.key.number, order.paid) == (ORDER, AT)
    assert [(k.as_of, k.source) for k in order.known] == [(AT, "notice <n1@notice.example>")]


def test_a_closed_order_is_cancelled_and_a_dispute_is_a_case() -> None:
    (closed,) = opened("订单关闭", LINK).tells
    assert closed.cancelled_at == AT
    (disputed,) = opened("买家提起纠纷", LINK).tells
    assert [(case.kind, case.opened) for case in disputed.cases] == [("claim", AT)]


def test_a_notice_of_several_orders_or_none_tells_nothing() -> None:
    assert opened("订单关闭", f"{ORDER} 3041000012340088").tells == ()
    assert opened("订单关闭", "").tells == ()
    assert opened("违背发货承诺", LINK).tells == ()


def test_a_message_notice_carries_the_page_to_answer_on() -> None:
    page = "https://message.aliexpress.com/detail?id=1"
    assert opened("您有新留言", f"点击 {page} 查看").link == page
    assert opened("您有新留言", "https://aliexpress.com.evil.example/x").link == ""
    assert opened("您有新留言", "https://evil.example/?aliexpress.com/").link == ""


def test_a_look_alike_is_no_notice_of_aliexpress() -> None:
    for sender in ("x@aliexpress.com.example.net", "x@notice-aliexpress.com", "x@aliexpress.org"):
        assert opened("订单关闭", LINK, sender).marketplace is None


def test_what_comes_through_apples_relay_is_a_notice_that_tells_nothing() -> None:
    sender = "transaction_at_notice_aliexpress_com_ab12cd34ef_gh56@privaterelay.appleid.com"
    message = opened("订单关闭", LINK, sender)
    assert (message.kind, message.orders, message.tells) == (MailKind.OTHER_NOTICE, (ORDER,), ())
    assert opened("Hello", "", "jane_x1@privaterelay.appleid.com").marketplace is None


def test_sixteen_digits_are_an_order_whatever_their_check_digit_and_1005_is_an_item() -> None:
    assert order_numbers(f"订单号{ORDER}，谢谢") == (ORDER,)
    assert order_numbers("order 3041000012340072.") == ("3041000012340072",)
    for other in (
        "30410000123400712",
        "YT2612345678901234",
        "304100001234007",
        "30-41000012340071",
    ):
        assert order_numbers(other, Marketplace.ALIEXPRESS) == ()
    assert order_numbers("1005000000000001") == ()
    assert item_numbers("1005000000000001") == ("1005000000000001",)


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=300))
def test_any_notice_is_a_message(subject: str, text: str) -> None:
    message = opened(subject, text)
    assert message.kind is not MailKind.BUYER_MESSAGE
