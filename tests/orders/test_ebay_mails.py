"""eBay's mails: the member's own words, and what is not a member's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebay_mail_samples import RELAY, SUBJECT, mail, sample_mail
from tactd.core.types import MailKind, Marketplace, Message
from tactd.marketplaces import open_mail
from tactd.marketplaces.ebay.mails import OWN_DOMAINS
from tactd.marketplaces.ebay.words import WRAPPERS


def test_an_english_wrapper_is_opened_to_the_buyers_own_words() -> None:
    assert open_mail(sample_mail("message-en.txt", subject=SUBJECT)) == Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.EBAY,
        words="Hello,\nwhere is my parcel? Ordered three weeks ago.\n- it was a gift\n\nAnn",
        username="tidepool_ann",
        items=("395012345671",),
        item_title="Folding camping lantern",
        orders=("12-34567-89012",),
        reference="[#a02-0sample02tst#]_[#0123456789abcdef0123456789abcdef#]",
    )


@pytest.mark.parametrize(
    ("name", "words", "username", "item"),
    [
        (
            "message-de.txt",
            "Guten Tag,\nwann kommt der Schlafsack an? Bestellung 23-12345-12345.",
            "wald_und_wiese",
            "395012345690",
        ),
        ("message-it.txt", "Dov'è il mio pacco?", "marco.rossi", "395012345672"),
        ("message-fr.txt", "Bonjour,\noù est mon colis ?", "amelie_75", "395012345673"),
        ("message-es.txt", "¿Dónde está mi paquete?", "lucia.m", "395012345674"),
        (
            "message-preview-only.txt",
            "Can you send two more of these?",
            "tidepool_ann",
            "395012345671",
        ),
    ],
)
def test_wrappers_of_other_languages_are_opened(
    name: str, words: str, username: str, item: str
) -> None:
    message = open_mail(sample_mail(name))
    assert message.opened
    assert (message.words, message.username, message.items) == (words, username, (item,))


def test_the_quoted_history_is_cut_and_its_numbers_are_not_the_wrappers() -> None:
    message = open_mail(sample_mail("message-de.txt"))
    assert "geht morgen raus" not in message.words
    assert message.orders == ("23-12345-12345",)


def test_a_reference_of_a_single_part_and_one_broken_over_lines() -> None:
    assert open_mail(sample_mail("message-es.txt")).reference == (
        "[#0123456789abcdef0123456789abcdef#]"
    )
    broken = "Email reference id: [#a02-0sample02tst#]_\n[#0123456789abcdef0123456789abcdef#]"
    assert open_mail(mail(broken)).reference == (
        "[#a02-0sample02tst#]_[#0123456789abcdef0123456789abcdef#]"
    )


def test_a_reference_that_the_buyer_typed_does_not_replace_ebays_own() -> None:
    genuine = sample_mail("message-en.txt").text
    forged = genuine.replace("where is my", "[#a02-forged#]_[#ffffffff#] where is my")
    assert open_mail(mail(forged)).reference.endswith("0123456789abcdef0123456789abcdef#]")


def test_an_order_number_in_the_buyers_words_is_not_the_wrappers() -> None:
    text = sample_mail("message-it.txt").text.replace("pacco?", "pacco 12-34567-89012?")
    assert open_mail(mail(text, subject="")).orders == ()


def test_ebays_heading_says_who_wrote_and_not_a_subject_that_he_may_have_written() -> None:
    subject = "rival_user sent a message about Folding camping lantern #395012345671"
    assert open_mail(sample_mail("message-en.txt", subject=subject)).username == "tidepool_ann"


def test_a_wrapper_whose_text_is_not_found_is_kept_whole_and_marked() -> None:
    message = open_mail(sample_mail("message-unopened.txt"))
    assert not message.opened
    assert "tidepool_ann writes: where is my parcel?" in message.words
    assert message.reference


def test_the_older_subject_names_user_item_and_title() -> None:
    subject = (
        "old_timer has sent a question about item #110093125309, "
        "ending on Mar-24-14 07:50:49 PDT - Camping stove"
    )
    message = open_mail(mail("Is it new?", "member@ebay.com", subject))
    assert (message.username, message.items, message.item_title) == (
        "old_timer",
        ("110093125309",),
        "Camping stove",
    )


@pytest.mark.parametrize(
    "sender",
    [
        "0123456789abcdef0123@members-ebay.com",
        "0123456789abcdef0123@members.ebay.com.evil.example",
        "0123456789abcdef0123@evilebay.com",
        "ebay@ebay.com.example.org",
        "ebay.com@example.org",
        '"ebay@ebay.com"@example.org',
        "ebay@ebаy.com",  # a Cyrillic letter
        "@",
        "",
    ],
)
def test_a_look_alike_is_a_plain_mail_and_never_ebays(sender: str) -> None:
    message = open_mail(mail("New message from: x\nReply", sender))
    assert message.marketplace is None
    assert message.words == "New message from: x\nReply"


def test_a_plain_mail_keeps_its_subject_and_its_own_words() -> None:
    message = open_mail(mail("Where is it?", "jane@example.com", "My order", cut="\n> old"))
    assert (message.subject, message.words) == ("My order", "Where is it?")
    assert message.kind is MailKind.BUYER_MESSAGE


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("You made the sale for Phone case: Return 5 wants to cancel", MailKind.SALE_NOTICE),
        ("Your eBay item sold! Camping stove", MailKind.SALE_NOTICE),
        ("Artikel verkauft: Schlafsack", MailKind.SALE_NOTICE),
        ("Ihr Käufer hat bezahlt", MailKind.PAYMENT_NOTICE),
        ("Return 5071234567: Return approved", MailKind.CASE_RETURN),
        ("You have a new return request", MailKind.CASE_RETURN),
        ("Buyer opened an item not received request", MailKind.CASE_INR),
        ("The buyer's item hasn't arrived", MailKind.CASE_INR),
        ("A buyer wants to cancel an order", MailKind.CASE_CANCEL),
        ("Case #5301234567: Buyer contacted customer service", MailKind.CASE_CLAIM),
        ("A case is open: Please respond now (Ref # 5301234567)", MailKind.CASE_CLAIM),
        ("Your case is on hold", MailKind.CASE_CLAIM),
        ("We sent your payout", MailKind.PAYOUT),
        ("Your funds are on hold", MailKind.PAYOUT),
        ("You have a new offer for Tent pegs", MailKind.OFFER_NOTICE),
        ("Your item was delivered: phone case", MailKind.DELIVERY_NOTICE),
        ("Your order was shipped", MailKind.DISPATCH_NOTICE),
        ("Your feedback removal request was approved", MailKind.FEEDBACK_NOTICE),
        ("Don't forget to remember to ship", MailKind.OTHER_NOTICE),
        ("Great deals for you", MailKind.OTHER_NOTICE),
        ("", MailKind.OTHER_NOTICE),
    ],
)
def test_ebays_own_mails_are_notices_and_never_a_buyer(subject: str, kind: MailKind) -> None:
    message = open_mail(mail("", "ebay@ebay.com", subject))
    assert (message.kind, message.marketplace) == (kind, Marketplace.EBAY)


@pytest.mark.parametrize("domain", OWN_DOMAINS)
def test_no_mail_of_an_ebay_address_that_is_not_a_members_is_a_buyers(domain: str) -> None:
    for sender in (f"ebay@{domain}", f"no-reply@{domain}", f"x@reply.{domain}"):
        assert open_mail(mail("where is it?", sender)).kind is not MailKind.BUYER_MESSAGE


def test_a_sale_notice_names_its_order_and_item() -> None:
    message = open_mail(sample_mail("sale.txt", "ebay@ebay.com", "You made the sale for Lantern"))
    assert (message.orders, message.items) == (("12-34567-89012",), ("395012345671",))


@given(st.text(max_size=400), st.text(max_size=100))
def test_any_text_and_subject_give_a_message(text: str, subject: str) -> None:
    message = open_mail(mail(text, RELAY, subject))
    assert message.kind is MailKind.BUYER_MESSAGE


_PIECES = [
    *(words.heading[0] + ": tidepool_ann" for words in WRAPPERS),
    *(words.reply[0] for words in WRAPPERS),
    *(f"{words.dear[0]} seller," for words in WRAPPERS),
    "- tidepool_ann",
    "",
    "On 10/12/2025, 09:15, x wrote:",
    "where is it?",
    "[#a02-0#]_[#0123#]",
    "Item ID: 395012345671",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_pieces_of_a_wrapper_in_any_order_give_words_of_the_mail(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    message = open_mail(mail(text))
    assert message.words in text
    assert not message.opened or message.words


@pytest.mark.parametrize(
    "text",
    [
        "[#" * 200_000,
        "On 1/1/1, " * 40_000,
        "dear " * 100_000,
        "reply\n" * 60_000 + "new message from: x",
        "new message from:\n" + "- x\n" * 60_000,
        "#1234567890" * 40_000,
        "12-34567-8901" * 40_000,
    ],
    ids=["reference", "history", "dear", "reply", "signoff", "item", "order"],
)
def test_a_huge_hostile_mail_is_opened_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    open_mail(mail(text, subject=text))
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes
