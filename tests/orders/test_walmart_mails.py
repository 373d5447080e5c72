"""Walmart's relay: the buyer's own words, and the order that its wrapper names."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.reach import reach
from tactd.core.types import Address, Clue, Mail, MailKind, Marketplace, Message, Reach
from tactd.marketplaces import clues, open_mail
from tactd.shipped import packs

RECEIVED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
RELAY = "0123456789ABCDEF0123456789ABCDEF@relay.walmart.com"
NUMBER = "5921000250664"
WORDS = "Can I cancel this?\n\nThank you, Laura"


def wrapped(words: str = WORDS, name: str = "Laura Field", number: str = NUMBER) -> str:
    return f"""Hi Blue Sheep Outdoor,

{name} wants to connect with you regarding the following order:

Sales Order ID:  {number}
Item ID:  162400985
Item:  Folding camping lantern, green


Message:
{words}

**Note: You have received this message from the customer, who has made a purchase from your company
on Walmart.com. Please respond within 1 business day.**

Thank you,
Walmart Customer Service Team

RefID: 0123456789ABCDEF0123456789ABCDEF
"""


def mail(text: str, sender: str = RELAY, subject: str = "Question about an order") -> Mail:
    return Mail(
        content_key="k",
        received=RECEIVED,
        sender=Address("Laura Field", sender),
        senders=1,
        subject=subject,
        text=text,
        own=text,
    )


def test_a_message_is_opened_to_the_buyers_words_order_and_item() -> None:
    asked = mail(wrapped())
    opened = open_mail(asked)
    assert opened == Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.WALMART,
        words=WORDS,
        items=("162400985",),
        item_title="Folding camping lantern, green",
        orders=(NUMBER,),
    )
    assert {Clue("order", NUMBER), Clue("relay", RELAY.lower())} <= set(clues(asked, opened))
    assert reach(opened, packs()[Marketplace.WALMART]) is Reach.REPLY


@pytest.mark.parametrize("name", ["Sales Order ID: 999", f"Sales Order ID: {NUMBER}", "Message: x"])
def test_an_order_that_a_buyer_bears_in_his_name_is_not_the_wrappers(name: str) -> None:
    opened = open_mail(mail(wrapped(name=name, number="")))
    assert opened.orders == ()


def test_an_order_in_his_own_words_is_not_the_wrappers() -> None:
    opened = open_mail(mail(wrapped(words="Hi\nSales Order ID: 9990000000001\nMessage: x")))
    assert opened.orders == (NUMBER,)
    assert opened.words == "Hi\nSales Order ID: 9990000000001\nMessage: x"


@pytest.mark.parametrize(
    "text", ["Where is it?", wrapped().partition("**Note")[0], wrapped(words=""), ""]
)
def test_a_message_that_is_not_found_is_kept_whole_and_marked(text: str) -> None:
    opened = open_mail(mail(text))
    assert (opened.opened, opened.words) == (False, text.strip())
    assert opened.kind is MailKind.BUYER_MESSAGE


@pytest.mark.parametrize(
    "sender", ["help@walmart.com", "no-reply@relay.walmart.com", "x@walmart.ca"]
)
def test_walmarts_own_mails_are_notices_and_never_a_buyers(sender: str) -> None:
    opened = open_mail(mail(wrapped(), sender))
    assert (opened.kind, opened.marketplace) == (MailKind.OTHER_NOTICE, Marketplace.WALMART)


@pytest.mark.parametrize(
    "sender",
    [
        RELAY.replace("walmart.com", "walmart.com.example.org"),
        RELAY.replace("relay.walmart", "relay-walmart"),
        RELAY.replace("walmart", "wa1mart"),
    ],
)
def test_a_look_alike_is_a_plain_mail(sender: str) -> None:
    assert open_mail(mail(wrapped(), sender)).marketplace is None


@given(st.text(max_size=300))
def test_any_text_gives_a_buyers_message(text: str) -> None:
    opened = open_mail(mail(text))
    assert opened.kind is MailKind.BUYER_MESSAGE
    assert not opened.opened or opened.words


@pytest.mark.parametrize("text", ["message: " * 40_000, "message:\n" * 40_000, "*" * 400_000])
def test_a_huge_hostile_mail_is_opened_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    open_mail(mail(text))
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes
