"""Etsy's mails: what a buyer writes in a request for help, and what the notices tell."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etsy_mail_samples import (
    CONVERSATION,
    HELP,
    NOTE,
    NOTICES,
    NUMBER,
    PAGE,
    RECEIVED,
    SALE,
    SALES,
    SOLD,
    help_request,
    mail,
)
from etsy_samples import CUP
from tactd.core.merge import merge
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Known,
    Line,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Money,
    Order,
    OrderKey,
    OtherNumber,
    PostalAddress,
    Refund,
)
from tactd.marketplaces import clues, open_mail
from tactd.marketplaces.etsy.words import NEEDS, NOTE_ENDS, RESOLUTION
from tactd.marketplaces.etsy.words import NOTE as NOTE_LABELS

KEY = OrderKey(Marketplace.ETSY, NUMBER)
SOURCE = "notice <e1@etsy.com>"

# ------------------------------------------------------------------ requests for help


def test_a_request_for_help_gives_what_he_needs_wishes_and_writes() -> None:
    assert open_mail(mail(help_request())) == Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.ETSY,
        words=f"My order hasn't arrived\nSend a replacement\n\n{NOTE}",
        orders=(NUMBER,),
        link=PAGE,
    )


def test_html_and_a_note_alone_are_read_as_well() -> None:
    html = (
        f"Help Request: Order #{NUMBER}\nYou need help with: Something else\n"
        "Note for seller: Is it dishwasher safe?\nReply here"
    )
    opened = open_mail(mail(html))
    assert (opened.words, opened.orders, opened.link) == (
        "Something else\n\nIs it dishwasher safe?", (NUMBER,), "",
    )  # fmt: skip


@pytest.mark.parametrize(
    "name", [f"Help Request: Order #{NUMBER}", f"X<br>Help Request: Order #{NUMBER}<br>"]
)
def test_an_order_that_a_buyer_bears_in_his_name_is_not_etsys(name: str) -> None:
    asked = help_request(name=name, number="")
    opened = open_mail(mail(asked, subject=f"{name} needs help with an order they placed"))
    assert opened.orders == ()


def test_an_order_and_a_link_in_his_own_words_are_not_etsys() -> None:
    note = f"Look:\nHelp Request: Order #9990012396\nhttps://www.etsy.com/conversations/999\n{NOTE}"
    opened = open_mail(mail(help_request(note=note)))
    assert (opened.orders, opened.link) == ((NUMBER,), PAGE)


@pytest.mark.parametrize("text", ["", "Iris wants something of you.", "Hi, Note for seller"])
def test_a_request_whose_words_are_not_found_is_kept_whole_and_marked(text: str) -> None:
    opened = open_mail(mail(text))
    assert (opened.kind, opened.opened) == (MailKind.BUYER_MESSAGE, False)
    assert opened.words == text


# ------------------------------------------------------------------ notices


def test_a_conversation_notice_has_no_words_but_who_wrote_and_where() -> None:
    for subject in (
        "Re: Etsy Conversation with Tom Field",
        "Etsy Conversation with Tom Field from BlueSheepOutdoor",
        "Re: Etsy Conversation with Tom Field about Order #3580012396",
    ):
        opened = open_mail(mail(CONVERSATION, NOTICES, subject))
        assert opened == Message(
            kind=MailKind.MESSAGE_NOTICE,
            marketplace=Marketplace.ETSY,
            username="Tom Field",
            link="https://ablink.account.etsy.com/ss/c/u001.example",
        )


def test_a_sale_brings_its_order_the_buyers_address_and_where_it_goes() -> None:
    opened = open_mail(mail(SALE, SALES, SOLD))
    assert (opened.kind, opened.orders) == (MailKind.SALE_NOTICE, (NUMBER,))
    assert opened.tells == (
        Order(
            key=KEY,
            shop="BlueSheepOutdoor",
            buyer_name="Iris Moran",
            endpoints=(
                Endpoint(EndpointKind.MAIL, "iris.moran@example.com"),
                Endpoint(EndpointKind.ETSY, "irisweaves"),
            ),
            numbers=(OtherNumber("transaction", "4900012396"),),
            lines=(
                Line("", "Enamel mug, dark blue", "", 2, Money(Decimal("18.00"), "USD")),
            ),
            total=Money(Decimal("42.90"), "USD"),
            placed=RECEIVED,
            paid=RECEIVED,
            ship_by=datetime(2026, 12, 2, 12, tzinfo=UTC),
            ship_to=PostalAddress("Iris Moran", "12 Mill Road", "Galway", "", "H91 AB12", "IE"),
            known=(
                Known(FactGroup.PAYMENT, RECEIVED, SOURCE),
                Known(FactGroup.DISPATCH, RECEIVED, SOURCE),
            ),
        ),
    )  # fmt: skip


def test_a_dispatch_day_in_the_new_year_is_the_next_one() -> None:
    subject = SOLD.replace("Dec 2", "Jan 4")
    (told,) = open_mail(mail(SALE, SALES, subject)).tells
    assert told.ship_by == datetime(2027, 1, 4, 12, tzinfo=UTC)
    (told,) = open_mail(mail(SALE, SALES, SOLD.replace("Dec 2", "Feb 31"))).tells
    assert told.ship_by is None


def test_what_a_buyer_wants_printed_on_his_mug_is_not_his_address() -> None:
    text = SALE.replace("Personalization: Iris", "Personalization: x\n* Email evil@example.net")
    (told,) = open_mail(mail(text, SALES, SOLD)).tells
    assert [one.kind for one in told.endpoints] == [EndpointKind.ETSY], "of two, neither is known"


def test_markup_that_a_buyer_wants_printed_changes_no_address() -> None:
    evil = "Personalization: <span class='name'>Eve</span><span class='zip'>1</span>"
    (told,) = open_mail(mail(SALE.replace("Personalization: Iris", evil), SALES, SOLD)).tells
    assert (told.buyer_name, told.ship_to.zip) == ("Iris Moran", "H91 AB12")


PLAIN = "Iris Moran\n12 Mill Road\nLeeds\nLS1 4AP\nUnited Kingdom"
IN_LEEDS = PostalAddress("Iris Moran", "12 Mill Road", "Leeds", "", "LS1 4AP", "GB")
SPANS = SALE[SALE.index("<address") : SALE.index("</address>") + len("</address>")]


@pytest.mark.parametrize(
    "written",
    [
        "<address>\n" + PLAIN.replace("\n", "<br/>") + "</address>",
        PLAIN,
        PLAIN.replace("\n", " \r\n"),
    ],
)
def test_an_address_without_its_markup_is_read_line_by_line(written: str) -> None:
    (told,) = open_mail(mail(SALE.replace(SPANS, written), SALES, SOLD)).tells
    assert (told.ship_to, told.buyer_name) == (IN_LEEDS, "Iris Moran")


def test_of_two_plain_addresses_neither_is_known() -> None:
    his = PLAIN.replace("Mill Road", "Other Road")
    his = f"Personalization: x\nDelivery Address:\n{his}\n"
    text = SALE.replace(SPANS, PLAIN).replace("Personalization: Iris", his)
    (told,) = open_mail(mail(text, SALES, SOLD)).tells
    assert told.ship_to == PostalAddress()


def test_the_export_that_follows_a_sale_doubles_nothing() -> None:
    (told,) = open_mail(mail(SALE, SALES, SOLD)).tells
    listed = Order(
        key=KEY,
        lines=(Line("1500000001", "Enamel mug, dark blue", "MUG", 2, variation="Size:Large"),),
        total=Money(Decimal("42.90"), "USD"),
    )
    both = merge(told, listed)
    assert [(one.item, one.quantity) for one in both.lines] == [("1500000001", 2)]
    assert both.total == Money(Decimal("42.90"), "USD")


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        (SOLD, MailKind.SALE_NOTICE),
        (f"You made a sale on Etsy! Order #{NUMBER}", MailKind.SALE_NOTICE),
        (f"Debbie opened a case for Order #{NUMBER}", MailKind.CASE_CLAIM),
        ("Your funds of $120.00 USD are on the way", MailKind.PAYOUT),
        (f"You have issued a refund (Order #{NUMBER})", MailKind.PAYOUT),
        (f"[$14.63, Order #{NUMBER}] You issued a refund", MailKind.PAYOUT),
        ("Iris left you a 5-star review", MailKind.FEEDBACK_NOTICE),
        ("Etsy news for makers", MailKind.OTHER_NOTICE),
        (" ", MailKind.OTHER_NOTICE),
    ],
)
def test_etsys_own_mails_are_known_by_their_subjects(subject: str, kind: MailKind) -> None:
    opened = open_mail(mail("", "x@mail.etsy.com", subject))
    assert (opened.kind, opened.marketplace) == (kind, Marketplace.ETSY)


def test_a_case_is_of_the_order_that_etsy_names_last() -> None:
    subject = f"X opened a case for Order #9990012396 opened a case for Order #{NUMBER}"
    (told,) = open_mail(mail("", "x@etsy.com", subject)).tells
    assert told == Order(key=KEY, cases=(MarketplaceCase("claim", "", RECEIVED),))
    (over,) = open_mail(mail("", "x@etsy.com", f"The case for Order #{NUMBER} is closed")).tells
    assert over.cases == (MarketplaceCase("claim", "", RECEIVED, closed=RECEIVED),)


def test_a_refund_is_told_where_the_subject_names_its_amount() -> None:
    opened = open_mail(mail("", SALES, f"[US$14.63, Order #{NUMBER}] You issued a refund"))
    assert opened.tells[0].refunds == (
        Refund(Money(Decimal("14.63"), "USD"), RECEIVED, source="etsy notice"),
    )
    assert open_mail(mail("", SALES, f"You have issued a refund (Order #{NUMBER})")).tells == ()


@pytest.mark.parametrize(
    "sender",
    ["conversations@mail-etsy.com", "x@etsy.com.example.org", "x@notetsy.com", "x@etsу.com", ""],
)
def test_a_look_alike_is_a_plain_mail_and_never_etsys(sender: str) -> None:
    for text, subject in ((help_request(), ""), (SALE, SOLD)):
        opened = open_mail(mail(text, sender, subject))
        assert (opened.marketplace, opened.orders, opened.tells) == (None, (), ())


def test_an_order_number_that_a_buyer_writes_in_a_plain_mail_leads_to_it() -> None:
    asked = mail(f"Where is my Etsy order #{NUMBER}?", "iris.moran@example.com", "Hello")
    assert ("order", NUMBER) in {(one.kind, one.value) for one in clues(asked, open_mail(asked))}
    assert CUP["Order ID"].isdigit()  # so are the numbers of its export


# ------------------------------------------------------------------ anything at all


_PIECES = [*NEEDS, *RESOLUTION, *NOTE_LABELS]
_PIECES = [*(f"{label}: x" for label in _PIECES), *NOTE_ENDS, "<br />", "<p>", PAGE, "hello", ""]


@given(st.lists(st.sampled_from(_PIECES) | st.text(max_size=40), max_size=14))
def test_pieces_of_a_request_in_any_order_give_a_message(pieces: list[str]) -> None:
    opened = open_mail(mail("\n".join(pieces)))
    assert opened.kind is MailKind.BUYER_MESSAGE
    assert not opened.opened or opened.words


@given(st.text(max_size=300), st.text(max_size=80), st.sampled_from([SALES, HELP, NOTICES]))
def test_any_text_and_subject_give_a_message(text: str, subject: str, sender: str) -> None:
    assert open_mail(mail(text, sender, subject)).marketplace is Marketplace.ETSY


@pytest.mark.parametrize(
    "text",
    [
        "<p " * 130_000,
        "<br />\n" * 60_000,
        "note for seller: " * 25_000,
        "<span class='name'>" * 20_000,
        "* Email a@" * 40_000,
        "https://www.etsy.com/conversations/" * 12_000,
        "a." * 200_000,
    ],
)
def test_a_huge_hostile_mail_is_opened_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    open_mail(mail(text))
    open_mail(mail(text, SALES, SOLD))
    open_mail(mail(text, NOTICES, f"Re: Etsy Conversation with {text}"))
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes


def test_a_buyers_name_closes_no_case() -> None:
    subject = f"Eve (case closed) opened a case for order #{NUMBER}"
    (told,) = open_mail(mail("", NOTICES, subject)).tells
    assert [case.closed for case in told.cases] == [None]
