"""How the writer of a mail can be answered: one row a marketplace and kind of mail."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide_kit import mail_of, order_of
from tactd.core.reach import page, pasted, place_of, reach, site_endpoint
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    MailKind,
    Marketplace,
    Message,
    OrderKey,
    Reach,
    Vouched,
)
from tactd.shipped import packs

PACKS = packs()
ETSY = PACKS[Marketplace.ETSY]
REFERENCE = "[#a02-sample#]_[#0123456789abcdef0123456789abcdef#]"
MAIL, REPLY, PASTE, NONE = Reach.MAIL, Reach.REPLY, Reach.PASTE, Reach.NONE

# What a buyer's own words can be answered with: at hand a reference, and none.
BUYER_MESSAGES = {
    Marketplace.EBAY: (REPLY, PASTE),
    Marketplace.AMAZON: (REPLY, REPLY),
    Marketplace.ETSY: (PASTE, PASTE),
    Marketplace.ALIEXPRESS: (PASTE, PASTE),
    Marketplace.SHOPIFY: (MAIL, MAIL),
    Marketplace.PAYPAL: (MAIL, MAIL),
    Marketplace.WALMART: (REPLY, REPLY),
    Marketplace.OWN: (MAIL, MAIL),
}


def message(market: Marketplace | None, kind: MailKind, reference: str = "") -> Message:
    return Message(kind=kind, marketplace=market, reference=reference)


@pytest.mark.parametrize("market", Marketplace)
@pytest.mark.parametrize("kind", MailKind)
def test_each_kind_of_mail_of_each_marketplace_has_its_reach(
    market: Marketplace, kind: MailKind
) -> None:
    assert (market in PACKS) is (market is not Marketplace.OWN)
    with_reference, without = BUYER_MESSAGES[market]
    wanted = {MailKind.BUYER_MESSAGE: (with_reference, without)}
    wanted[MailKind.MESSAGE_NOTICE] = (PASTE, PASTE)
    found = tuple(
        reach(message(market, kind, reference), PACKS.get(market)) for reference in (REFERENCE, "")
    )
    assert found == wanted.get(kind, (NONE, NONE))


def test_a_plain_mail_is_answered_by_mail() -> None:
    assert reach(message(None, MailKind.BUYER_MESSAGE), None) is MAIL


# ------------------------------------------------------------------ who, and where


def etsy_order(*endpoints: Endpoint) -> tuple[object, ...]:
    key = OrderKey(Marketplace.ETSY, "3580012396")
    return (replace(order_of(1), key=key, endpoints=endpoints),)


HELP = Message(
    kind=MailKind.BUYER_MESSAGE,
    marketplace=Marketplace.ETSY,
    username="Jane",
    orders=("3580012396",),
)
JANE = Endpoint(EndpointKind.ETSY, "jane_k")
FROM_ETSY = mail_of("Hello", sender="conversations@mail.etsy.com")


def test_who_writes_on_a_site_is_whom_the_book_holds_for_the_order_that_the_wrapper_names() -> None:
    book = etsy_order(Endpoint(EndpointKind.MAIL, "jane@example.com"), JANE)
    assert site_endpoint(FROM_ETSY, HELP, ETSY, book) == JANE  # type: ignore[arg-type]


def test_an_order_that_only_the_buyer_names_makes_nobody_its_buyer() -> None:
    unnamed = replace(HELP, orders=(), words="order 3580012396")
    found = site_endpoint(FROM_ETSY, unnamed, ETSY, etsy_order(JANE))  # type: ignore[arg-type]
    assert found is not None
    assert found != JANE


def test_two_buyers_of_one_first_name_are_two() -> None:
    one = replace(HELP, orders=(), link="https://www.etsy.com/your/conversations/1001")
    other = replace(one, link="https://www.etsy.com/your/conversations/1002")
    found = {site_endpoint(FROM_ETSY, it, ETSY, ()) for it in (one, other)}
    assert len(found) == 2
    assert {place_of(to, None) for to in found if to} == {"Etsy, messages"}


def test_a_mail_of_no_marketplace_is_of_no_site() -> None:
    assert site_endpoint(FROM_ETSY, message(None, MailKind.BUYER_MESSAGE), None, ()) is None
    assert site_endpoint(FROM_ETSY, replace(HELP, marketplace=Marketplace.OWN), None, ()) is None


@pytest.mark.parametrize(
    ("to", "order", "said"),
    [
        (Endpoint(EndpointKind.MAIL, "jane@example.com"), "1", "jane@example.com"),
        (Endpoint(EndpointKind.RELAY, "x@members.ebay.com"), "1", "x@members.ebay.com"),
        (JANE, "3580012396", "Etsy, order 3580012396"),
        (JANE, "", "Etsy, jane_k"),
        (Endpoint(EndpointKind.ETSY, "order:3580012396"), "", "Etsy, order 3580012396"),
        (Endpoint(EndpointKind.ETSY, "conversation:<a@b>"), "3580012396", "Etsy, messages"),
    ],
)
def test_the_file_says_where_the_reply_goes(to: Endpoint, order: str, said: str) -> None:
    key = OrderKey(Marketplace.ETSY, order) if order else None
    assert place_of(to, key) == said
    assert pasted(to) is (said != to.value)


# ------------------------------------------------------------------ the page

CONVERSATION = "https://www.etsy.com/your/conversations/1001?ref=mail"


def test_the_mails_own_link_is_shown_where_the_marketplace_vouches_for_it() -> None:
    assert page(replace(HELP, link=CONVERSATION), ETSY, Vouched.YES) == CONVERSATION


@pytest.mark.parametrize("word", [Vouched.UNKNOWN, Vouched.NO])
def test_a_link_for_which_nobody_vouches_is_not_shown(word: Vouched) -> None:
    assert page(replace(HELP, link=CONVERSATION), ETSY, word) == ETSY.page


@pytest.mark.parametrize(
    "link",
    [
        "http://www.etsy.com/messages",
        "https://www.etsy.com.example.net/messages",
        "https://etsy.com@example.net/messages",
        "https://example.net\\@etsy.com/messages",
        "https://example.net/?https://etsy.com",
        "https://www.etsy.com:8443/messages",
        "https://www.ets\u0443.com/messages",
        "https://www.etsy.com/\nhttps://example.net",
        "javascript:alert(1)//etsy.com",
        "https://[etsy.com/",
        "",
    ],
)
def test_a_link_that_may_lead_elsewhere_is_not_shown(link: str) -> None:
    assert page(replace(HELP, link=link), ETSY, Vouched.YES) == ETSY.page


@given(st.text(max_size=60), st.sampled_from(Vouched))
def test_whatever_a_link_holds_a_page_of_the_marketplace_is_shown(text: str, word: Vouched) -> None:
    for link in (text, f"https://www.etsy.com{text}", f"https://{text}.etsy.com/"):
        shown = page(replace(HELP, link=link), ETSY, word)
        assert shown == ETSY.page or shown.split("/")[2].split("?")[0].split("#")[0].endswith(
            "etsy.com"
        )
