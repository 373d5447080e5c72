"""Shopify's mails to the seller, and buyers' plain mails that name an order."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.merge import clash, merge
from tactd.core.types import (
    Address,
    FactGroup,
    Known,
    Mail,
    MailKind,
    Marketplace,
    Money,
    Order,
    OrderKey,
    OtherNumber,
)
from tactd.marketplaces import clues, open_mail

RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
OWN = "mailer@shopify.com"
PLACED = "[Blue Sheep] Order #1001 placed by Lena Berg"
SALE = """Lena Berg placed order #1001 on Nov 20 at 9:58 am.

Order summary
Enamel mug × 2
$36.00

Subtotal $36.00
Shipping (Standard) $4.99
Total $40.99 USD
"""
KEY = OrderKey(Marketplace.SHOPIFY, "#1001")


def mail(text: str = SALE, sender: str = OWN, subject: str = PLACED) -> Mail:
    return Mail(
        content_key="k",
        received=RECEIVED,
        date=RECEIVED,
        message_id="<s1@shopify.com>",
        sender=Address("", sender),
        senders=1,
        subject=subject,
        text=text,
        own=text,
    )


def test_a_sale_brings_its_order_by_the_shops_own_name_of_it() -> None:
    opened = open_mail(mail())
    assert (opened.kind, opened.orders) == (MailKind.SALE_NOTICE, ("#1001",))
    assert opened.tells == (
        Order(
            key=KEY,
            shop="Blue Sheep",
            buyer_name="Lena Berg",
            total=Money(Decimal("40.99"), "USD"),
            placed=RECEIVED,
            known=(Known(FactGroup.DISPATCH, RECEIVED, "notice <s1@shopify.com>"),),
        ),
    )


@pytest.mark.parametrize("name", ["BS-1044", "#1044-EU", "1044"])
def test_a_shop_may_name_its_orders_as_it_likes(name: str) -> None:
    opened = open_mail(mail(subject=f"[Blue Sheep] Order {name} placed by Lena"))
    assert opened.orders == (name,)


def test_a_buyer_who_calls_himself_an_order_names_none() -> None:
    subject = "[Blue Sheep] Order #1001 placed by X [Blue Sheep] Order #1002 placed by Y"
    assert [one.key for one in open_mail(mail(subject=subject)).tells] == [KEY]


def test_what_every_shop_can_send_tells_nothing() -> None:
    """shopifyemail.com sends what any seller has written, in his own words."""
    opened = open_mail(mail(sender="store+123@g.shopifyemail.com"))
    assert (opened.kind, opened.tells) == (MailKind.SALE_NOTICE, ())


def test_the_shops_form_is_a_message_for_the_seller_and_proves_no_buyer() -> None:
    opened = open_mail(mail("Name: Lena\nWhere is #1001?", subject="New customer message on May 5"))
    assert (opened.kind, opened.tells, opened.orders) == (MailKind.MESSAGE_NOTICE, (), ())
    assert "Where is #1001?" in opened.words


FORM = """You received a new message from your online store's contact form.

Country Code: DE
Name: Lena
Email: Lena@Example.com
Body: Where is #1001?

Lena
"""


@pytest.mark.parametrize("text", [FORM, FORM.replace(": ", ":\n").replace("Body", "Message")])
def test_the_words_and_the_address_in_the_shops_form_are_found(text: str) -> None:
    opened = open_mail(mail(text, subject="New customer message on May 5"))
    assert (opened.kind, opened.writer) == (MailKind.BUYER_MESSAGE, "lena@example.com")
    assert opened.words == "Where is #1001?\n\nLena"
    assert (opened.tells, opened.orders) == ((), ())


@pytest.mark.parametrize(
    "changed",
    [
        {"reply_to": (Address("", "eve@evil.example"),)},
        {"text": FORM.replace("Lena@Example.com", "none")},
        {"text": FORM.replace("Body:", "")},
        {"sender": Address("", "store+123@g.shopifyemail.com")},
    ],
)
def test_a_form_that_is_not_clear_is_a_message_for_the_seller(changed: dict[str, Any]) -> None:
    asked = replace(mail(FORM, subject="New customer message on May 5"), **changed)
    opened = open_mail(asked)
    assert (opened.kind, opened.writer) == (MailKind.MESSAGE_NOTICE, "")


@pytest.mark.parametrize("subject", ["Your bill is ready", "", "Order #1001 placed by Lena"])
def test_what_is_not_recognised_is_no_buyers(subject: str) -> None:
    assert open_mail(mail(subject=subject)).kind is MailKind.OTHER_NOTICE


@pytest.mark.parametrize(
    "sender", ["mailer@shopify.com.example.org", "x@myshopify-mail.com", "x@shορify.com", ""]
)
def test_a_look_alike_is_a_plain_mail(sender: str) -> None:
    opened = open_mail(mail(sender=sender))
    assert (opened.marketplace, opened.tells) == (None, ())


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Order #1001 confirmed", "Where is it?"),
        ("Re: #1001", "Where is it?"),
        ("My order", "Order #1001 has not come"),
        ("Wo bleibt es", "Meine Bestellung #1001 ist nicht da"),
    ],
)
def test_a_buyers_plain_mail_leads_to_the_order_that_he_names(subject: str, text: str) -> None:
    asked = mail(text, "lena.berg@example.com", subject)
    opened = open_mail(asked)
    assert (opened.marketplace, opened.kind) == (None, MailKind.BUYER_MESSAGE)
    assert ("order", "#1001") in {(one.kind, one.value) for one in clues(asked, opened)}


@pytest.mark.parametrize("text", ["I live in house 1203", "You are my #1 shop since 2019"])
def test_a_number_that_nothing_calls_an_order_is_none(text: str) -> None:
    asked = mail(text, "lena.berg@example.com", "Hello")
    assert "order" not in {one.kind for one in clues(asked, open_mail(asked))}


def test_the_export_of_the_same_shop_meets_the_notice_and_another_shops_does_not() -> None:
    (told,) = open_mail(mail()).tells
    listed = Order(key=KEY, placed=RECEIVED, numbers=(OtherNumber("sales_record", "5551"),))
    assert clash(told, listed) == clash(listed, told) == ""
    both = merge(told, listed)
    assert (both.shop, both.numbers) == ("Blue Sheep", listed.numbers)
    elder = replace(listed, placed=RECEIVED - timedelta(days=90))
    assert "another order of that name" in clash(told, elder)
    assert "another order of that name" in clash(elder, told)
    assert clash(both, replace(told, shop="Red Goat"))


@given(st.text(max_size=300), st.text(max_size=100))
def test_any_text_and_subject_give_a_message(text: str, subject: str) -> None:
    assert open_mail(mail(text, subject=subject)).marketplace is Marketplace.SHOPIFY


@pytest.mark.parametrize("text", ["total " * 60_000, "total $1" * 40_000, "[" * 300_000])
def test_a_huge_hostile_mail_is_opened_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    open_mail(mail(text))
    open_mail(mail(text, subject=f"[a] Order #1 placed by {text}"))
    open_mail(mail(subject=text))
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes
