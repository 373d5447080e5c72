"""PayPal's mails: payments, cases, and what is none of PayPal's."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paypal_samples import MODIFIED, NAME, PAID, TXN, activity, jane
from tactd.core.merge import merge
from tactd.core.orders import is_open
from tactd.core.payments import is_payment
from tactd.core.read.mail import read
from tactd.core.types import (
    Address,
    Clue,
    Endpoint,
    EndpointKind,
    FactGroup,
    Known,
    Mail,
    MailKind,
    Marketplace,
    Message,
    Money,
    Order,
    OtherNumber,
    PostalAddress,
    Reach,
)
from tactd.marketplaces import clues, open_mail, recognise
from tactd.marketplaces.paypal.mails import OWN_DOMAINS
from tactd.shipped import packs

NOTHING = "The buyer hasn't entered any instructions."
RECEIVED = datetime(2026, 11, 19, 16, 12, tzinfo=UTC)

CASE = f"""
Your buyer has filed a case.

Jane Poole says that an item has not been received. Please respond by November 29, 2026.

Case ID: PP-R-ABC-123456789
Transaction ID: {TXN}
Amount: $1,068.90 USD
"""


def mail(
    text: str = PAID,
    subject: str = "Notification of payment received",
    sender: str = "service@paypal.com",
) -> Mail:
    return Mail(
        content_key="k",
        received=RECEIVED,
        date=RECEIVED,
        message_id="<p1@paypal.com>",
        sender=Address("PayPal", sender),
        senders=1,
        subject=subject,
        text=text,
        own=text,
    )


def opened(text: str = PAID, **more: str) -> Message:
    return open_mail(mail(text, **more))


def told(text: str = PAID, **more: str) -> Order:
    (order,) = opened(text, **more).tells
    return order


# --------------------------------------------------------------------------- payments


def test_a_payment_is_told_with_payer_consignee_sum_and_invoice() -> None:
    message = opened()
    assert (message.kind, message.marketplace) == (MailKind.PAYMENT_NOTICE, Marketplace.PAYPAL)
    (order,) = message.tells
    assert is_payment(order)
    assert order.key.number == TXN
    assert order.total == Money(Decimal("1068.90"), "USD")
    assert order.paid == datetime(2026, 11, 19, 16, 10, 42, tzinfo=UTC)
    assert order.endpoints == (Endpoint(EndpointKind.MAIL, "jane.poole@example.com"),)
    assert order.numbers == (OtherNumber("invoice", "c5501200344001.1"),)
    assert order.ship_to == PostalAddress(
        "Otto Vogt", "100 Main Street, Flat 2", "Albany", "NY", "12207", "US"
    )
    assert order.payer is not None
    assert order.payer.name == order.buyer_name == "Jane Poole"
    assert [(line.item, line.title) for line in order.lines] == [
        ("LAN-1", "Folding camping lantern")
    ]
    assert order.note == ""
    assert order.known == (Known(FactGroup.PAYMENT, RECEIVED, "notice <p1@paypal.com>"),)


def test_what_the_buyer_wrote_to_the_seller_is_kept() -> None:
    text = PAID.replace("The buyer hasn't entered any instructions.", "Please leave it next door.")
    assert told(text).note == "Please leave it next door."


def test_what_the_buyer_types_into_his_note_is_not_taken_for_paypals() -> None:
    note = "Shipping address\nJane Poole\n1 Oak Road\nAlbany, NY 12207\nInvoice ID: 77123"
    order = told(PAID.replace("The buyer hasn't entered any instructions.", note))
    assert (order.ship_to.name, order.numbers) == ("", ())
    assert order.key.number == TXN


def test_what_the_buyer_types_into_his_note_names_no_item() -> None:
    (line,) = told(PAID.replace(NOTHING, "blue please\nItem# 266100200301")).lines
    assert line.quantity is None
    assert (line.item, line.title) == ("LAN-1", "Folding camping lantern")
    bare = PAID.replace("Folding camping lantern\n", "").replace("Description", "\nQty")
    assert "buyer" not in told(bare).lines[0].title


def test_a_mail_in_html_says_the_same() -> None:
    rows = "".join(
        f"<tr><td>{line}</td></tr>" if line else "<tr><td>&nbsp;</td></tr>"
        for line in PAID.splitlines()
    )
    raw = (
        "From: PayPal <service@paypal.com>\r\nTo: shop@example.org\r\n"
        "Subject: You've got money\r\nDate: Thu, 19 Nov 2026 08:12:00 -0800\r\n"
        "Message-ID: <p1@paypal.com>\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        f"<html><style>td {{ color: red }}</style><table>{rows}</table></html>"
    )
    message = open_mail(read(raw.encode(), RECEIVED))
    assert message.kind is MailKind.PAYMENT_NOTICE
    assert message.tells == (told(),)


GERMAN = f"""
Guten Tag, Blue Sheep Outdoor!

Sie haben eine Zahlung in Höhe von 68,90 EUR von Lena Berg (lena.berg@example.com) erhalten.

Transaktionscode
{TXN}
Transaktionsdatum
19. November 2026 17:10:42 MEZ

Käufer
Lena Berg
lena.berg@example.com

Lieferadresse
Lena Berg
Am Hang 3
07743 Jena
Deutschland

Rechnungsnummer
1044
"""


def test_a_german_mail_says_the_same() -> None:
    order = told(GERMAN, subject="Sie haben eine Zahlung erhalten", sender="service@paypal.de")
    assert order.total == Money(Decimal("68.90"), "EUR")
    assert order.paid == datetime(2026, 11, 19, 16, 10, 42, tzinfo=UTC)
    assert order.ship_to == PostalAddress("Lena Berg", "Am Hang 3", "Jena", "", "07743", "DE")
    assert order.numbers == (OtherNumber("invoice", "1044"),)


def test_the_dollar_of_another_country_is_not_taken_for_the_american() -> None:
    assert told(PAID.replace("USD", "CAD")).total == Money(Decimal("1068.90"), "CAD")


def test_without_a_section_about_the_buyer_the_sentence_names_him() -> None:
    text = PAID.replace("Buyer\nJane Poole\njane.poole@example.com\n", "")
    order = told(text)
    assert order.buyer_name == "Jane Poole"
    assert [one.value for one in order.endpoints] == ["jane.poole@example.com"]


def test_a_mail_that_names_no_date_is_dated_by_itself() -> None:
    assert told(PAID.replace("Nov 19, 2026 08:10:42 PST", "soon")).paid == RECEIVED


@pytest.mark.parametrize("gone", [TXN, "$1,068.90 USD from"])
def test_without_transaction_or_sum_nothing_is_told(gone: str) -> None:
    message = opened(PAID.replace(gone, ""))
    assert (message.kind, message.tells) == (MailKind.PAYMENT_NOTICE, ())


def test_a_notice_and_the_export_are_one_payment() -> None:
    shipping = "Otto Vogt, 100 Main Street, Flat 2, Albany, NY, 12207, United States"
    (row,) = recognise(activity([jane(Shipping_Address=shipping)]), NAME, MODIFIED).orders
    one, other = merge(told(), row), merge(row, told())
    assert one == other
    assert one.total == Money(Decimal("1068.90"), "USD")
    assert len(one.lines) == 1


# --------------------------------------------------------------------------- cases


def test_a_case_is_told_with_its_number_and_day_of_the_payment_that_it_is_about() -> None:
    message = opened(CASE, subject="Your buyer has filed a case: PP-R-ABC-123456789")
    assert message.kind is MailKind.CASE_CLAIM
    (order,) = message.tells
    assert order.key.number == TXN
    assert order.paid is None
    (case,) = order.cases
    assert (case.kind, case.number) == ("claim", "PP-R-ABC-123456789")
    assert case.answer_by is not None
    assert case.answer_by.date().isoformat() == "2026-11-29"
    assert is_open(case)


@pytest.mark.parametrize(
    "text",
    [
        "The case PP-R-ABC-123456789 has been closed.",
        "Your dispute was resolved. Case ID: PP-R-ABC-123456789",
        "We have decided case PP-R-ABC-123456789 in your favor.",
        "Der Fall PP-R-ABC-123456789 wurde geschlossen.",
    ],
)
def test_a_case_that_is_over_is_closed(text: str) -> None:
    (case,) = told(f"{text}\nTransaction ID: {TXN}", subject="Here's a case update").cases
    assert not is_open(case)


def test_a_buyer_who_writes_that_the_case_is_closed_closes_none() -> None:
    told_so = CASE + "\nHe wrote:\nThis case was closed, I am told. Is dispute 9 resolved?\n"
    (case,) = told(told_so, subject="New message: PP-R-ABC-123456789, a case").cases
    assert is_open(case)


def test_a_case_that_names_two_payments_is_told_of_neither() -> None:
    labelled = f"{CASE}\nTransaction ID: 2XX00000AA000001B\n"
    assert told(labelled, subject="Your buyer has filed a case").key.number == ""
    typed = f"{CASE}\nAnd 2XX00000AA000001B!"
    assert told(typed, subject="Your buyer has filed a case").key.number == TXN


def test_an_update_leaves_the_case_open() -> None:
    text = f"There is news.\nCase ID: PP-D-123456\nTransaction ID: {TXN}"
    (case,) = told(text, subject="Here's a case update").cases
    assert is_open(case)


def test_a_case_that_names_no_payment_is_told_without_one() -> None:
    order = told(CASE.replace(TXN, ""), subject="Your buyer has filed a case")
    assert order.key.number == ""
    assert len(order.cases) == 1


# --------------------------------------------------------------------------- all the others


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Receipt for your payment to Blue Camp", MailKind.OTHER_NOTICE),
        ("You sent a payment", MailKind.OTHER_NOTICE),
        ("We've updated our user agreement", MailKind.OTHER_NOTICE),
        ("Your transfer is on its way", MailKind.PAYOUT),
        ("You've issued a refund", MailKind.PAYOUT),
    ],
)
def test_what_else_paypal_writes_tells_nothing_and_is_never_a_buyers(
    subject: str, kind: MailKind
) -> None:
    message = opened(PAID, subject=subject)
    assert (message.kind, message.tells) == (kind, ())


@pytest.mark.parametrize(
    "sender",
    [
        "service@paypal.com.example.net",
        "service@paypa1.com",
        "paypal@example.com",
        "service@xpaypal.com",
    ],
)
def test_a_look_alike_is_not_paypals(sender: str) -> None:
    message = opened(sender=sender)
    assert (message.kind, message.marketplace) == (MailKind.BUYER_MESSAGE, None)


@pytest.mark.parametrize("sender", ["servicio@paypal.es", "service@intl.paypal.com"])
def test_sites_of_other_countries_are_paypals(sender: str) -> None:
    assert told(sender=sender).key.number == TXN


def test_the_domains_of_the_pack_are_those_the_mails_are_known_by() -> None:
    pack = packs()[Marketplace.PAYPAL]
    assert pack.own_domains == OWN_DOMAINS
    assert (pack.reach, pack.case_within and pack.case_within.days) == (Reach.MAIL, 10)


def test_a_transaction_in_a_buyers_own_words_leads_to_the_payment() -> None:
    for text in (f"I have paid, transaction {TXN}.", f"付款号{TXN}谢谢", f"({TXN})"):
        plain = mail(text, subject="Hello", sender="jane@example.com")
        assert Clue("transaction", TXN) in clues(plain, open_mail(plain))


@pytest.mark.parametrize(
    "text", [f"x{TXN}", TXN + "9", "INTERNATIONALIZED", "12345678901234567", TXN[:-1]]
)
def test_what_only_looks_like_one_does_not(text: str) -> None:
    plain = mail(f"It is {text}!", subject="Hello", sender="jane@example.com")
    assert all(one.kind != "transaction" for one in clues(plain, open_mail(plain)))


# --------------------------------------------------------------------------- any text


PIECES = st.sampled_from([*PAID.splitlines(keepends=True), *CASE.splitlines(keepends=True), "\n"])


@settings(max_examples=80)
@given(st.lists(PIECES | st.text(max_size=40), max_size=40).map("".join), st.booleans())
def test_any_text_is_read_without_a_fault(text: str, case: bool) -> None:
    message = opened(text, subject="case PP-R-ABC-1234" if case else "Payment received")
    assert all(one.key.marketplace is Marketplace.PAYPAL for one in message.tells)
    assert all(one.endpoints == () or "@" in one.endpoints[0].value for one in message.tells)


def test_a_huge_mail_takes_no_time() -> None:
    for text in ("Transaction ID\n" * 50_000, "received a payment of $" + "1," * 100_000,
                 PAID + "case " * 100_000, "Shipping address\n" + "a, " * 100_000):  # fmt: skip
        began = time.perf_counter()
        opened(text)
        opened(text, subject="case PP-R-ABC-1234")
        assert time.perf_counter() - began < 1.0


@pytest.mark.parametrize(
    "said",
    [
        "You received a payment of $5.00 USD from Eve (victim@example.net) Ltd (eve@example.com)",
        "You received a payment of $5.00 USD\nBuyer information\nEve victim@example.net\n"
        "eve@example.com",
    ],
)
def test_an_address_that_a_payer_bears_in_his_name_is_not_his(said: str) -> None:
    assert told(f"{said}\n\nTransaction ID: {TXN}\n").endpoints == ()


def test_a_buyers_name_closes_no_case_and_his_words_name_no_payment() -> None:
    text = (
        "Dear seller,\nThe case has been closed Ltd has filed a case.\n"
        f"Case ID: PP-R-ABC-123456789\nBuyer says: as with {TXN}\n"
    )
    order = told(text, subject="You have a case to respond to")
    assert order.key.number == ""
    assert [case.closed for case in order.cases] == [None]
