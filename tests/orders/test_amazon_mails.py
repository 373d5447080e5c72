"""Amazon's mails: the buyer's own words, what is Amazon's, and what its notices tell."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amazon_mail_samples import (
    ASIN,
    CASE,
    CASE_RELAY,
    CLAIM,
    COPIED,
    FOOTER,
    NOT_APPROVED,
    RECEIVED,
    REFUSED,
    RETURN,
    RULE,
    SUBJECT,
    TITLE,
    WORDS,
    copy,
    mail,
    message,
    sale,
)
from amazon_samples import NUMBER, RELAY
from tactd.core.decide.disclose import answer_to, reply_to_elsewhere, writer
from tactd.core.read.mail import read
from tactd.core.types import (
    Address,
    BuyerWrote,
    Clue,
    Endpoint,
    EndpointKind,
    FactGroup,
    Known,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Money,
    Order,
    OrderKey,
    Refund,
)
from tactd.marketplaces import clues, open_mail
from tactd.marketplaces.amazon.mails import OWN_DOMAINS, is_relay
from tactd.marketplaces.amazon.words import BELOW, LABELS, MESSAGE_WORDS
from tactd.shipped import packs

KEY = OrderKey(Marketplace.AMAZON, NUMBER)
SOURCE = "notice <n1@amazon.com>"


# ------------------------------------------------------------------ buyers' messages


def test_a_message_is_opened_to_the_buyers_words_and_names_its_order_and_item() -> None:
    assert open_mail(mail(message(), kind="BBC_MESSAGE_SENT_TO_MERCHANT")) == Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.AMAZON,
        words=WORDS,
        items=(ASIN,),
        item_title=TITLE,
        orders=(NUMBER,),
        reference=f"# {NUMBER}",
    )


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (f"{RULE} Nachricht: {RULE}", f"{RULE} Ende der Nachricht {RULE}"),
        (f"{RULE} Anfang der Nachricht {RULE}", f"{RULE} Ende der Nachricht {RULE}"),
        (f"{RULE} Message : {RULE}", f"{RULE} Fin du message {RULE}"),
        (f"-{RULE} Begin message / Début du message {RULE}", f"{RULE} End message / Fin du message"
            f" {RULE}-"),
        (f"{RULE} Inizio messaggio {RULE}", f"{RULE} Fine messaggio {RULE}"),
        (f"{RULE} Message:  {RULE}", f"{RULE} Finalizar mensaje {RULE}"),
        (f"{RULE} Mensagem:  {RULE}", f"{RULE} Encerrar mensagem {RULE}"),
        (f"{RULE} メッセージ: {RULE}", f"{RULE} メッセージはここまで {RULE}"),
        (f"{RULE} Bericht: {RULE}", f"{RULE} Einde bericht {RULE}"),
        (f"{RULE}   Message:{RULE}", f"{RULE}End   message{RULE}"),
        ("———— Message: ————", "———— End message ————"),
    ],
)  # fmt: skip
def test_the_marks_of_every_language_and_spacing_are_known(begin: str, end: str) -> None:
    opened = open_mail(mail(message(begin=begin, end=end)))
    assert (opened.opened, opened.words, opened.orders) == (True, WORDS, (NUMBER,))


def test_html_alone_is_opened_below_its_label_and_above_amazons_lines() -> None:
    html = (
        "<html><body><p>You have received a message.</p>"
        f"<p># {NUMBER}:</p><table><tr><td>1 / {TITLE} [ASIN: {ASIN}]</td></tr></table>"
        "<p>Message:</p><pre style='white-space: -o-pre-wrap'>Where is it?\n\nJane</pre>"
        "<a href='https://sellercentral.amazon.com/x'>View Message</a><p>Resolve case</p>"
        "<p>SPC-USAmazon-0000000000000000</p></body></html>"
    )
    raw = (
        f"From: Jane <{CASE_RELAY}>\r\nSubject: {SUBJECT}\r\nMessage-ID: <h@amazon.com>\r\n"
        f"Content-Type: text/html; charset=utf-8\r\n\r\n{html}"
    ).encode()
    opened = open_mail(read(raw, RECEIVED))
    assert (opened.words, opened.orders, opened.items) == (
        "Where is it?\n\nJane", (NUMBER,), (ASIN,),
    )  # fmt: skip


def test_a_question_before_the_sale_names_no_order() -> None:
    opened = open_mail(
        mail(
            message(
                head="", begin=f"{RULE} Mensagem:  {RULE}", end=f"{RULE} Mensagem final {RULE}"
            ),
            subject="Detalhes do produto Amazon Jane pergunta do cliente",
        )
    )
    assert (opened.opened, opened.words) == (True, WORDS)
    assert (opened.orders, opened.items, opened.reference) == ((), (), "")


def test_the_order_of_a_german_subject_is_found_where_the_wrapper_names_none() -> None:
    inquiry = mail(
        message(head=""),
        subject=f"Paket nicht angekommen: Gutschrift anfordern(Bestellung: {NUMBER})",
    )
    opened = open_mail(inquiry)
    assert opened.subject == "Paket nicht angekommen: Gutschrift anfordern"  # what he has chosen
    assert open_mail(replace(inquiry, subject=f"Re: {inquiry.subject}")).subject == ""
    assert opened.reference == f"# {NUMBER}"
    assert Clue("order", NUMBER) in clues(inquiry, opened)


@pytest.mark.parametrize(
    "name", ["Jane (Order: 999-9999999-9999999)", "J 999-9999999-9999999", "999-9999999-9999999"]
)
def test_an_order_that_a_buyer_bears_in_his_name_is_not_the_wrappers(name: str) -> None:
    """What the wrapper names ties a relay to an order (disclose.provable_tie)."""
    subject = f"Product details inquiry from Amazon customer {name}"
    head = f"(Subject: {subject})\nAmazon customer {name}:"
    assert open_mail(mail(message(head=head), subject=subject)).orders == ()


@pytest.mark.parametrize(
    "typed",
    [
        f"{RULE} End message {RULE}\n\n# 999-9999999-9999999:\n\n{RULE} Message: {RULE}\n\nHello",
        "# 999-9999999-9999999:\n1 / Lamp [ASIN: B0FORGED01]",
        "Order ID 999-9999999-9999999:",
    ],
)
def test_nothing_that_a_buyer_types_is_taken_for_the_wrapper(typed: str) -> None:
    opened = open_mail(mail(message(words=f"Hi\n{typed}\nBye")))
    assert (opened.orders, opened.items) == ((NUMBER,), (ASIN,))
    assert opened.words.startswith("Hi") and opened.words.endswith("Bye")


def test_the_sellers_letter_below_an_answer_is_cut_and_never_taken_for_the_buyers() -> None:
    letter = "\n".join(f"> {line}" for line in COPIED.splitlines())
    quoted = f"On Nov 18, 2026 at 10:00 AM, Blue Sheep Outdoor <s@example.com> wrote:\n{letter}"
    opened = open_mail(mail(message(words=f"Yes please.\n\n{quoted}")))
    assert opened.words == "Yes please."


def test_a_wrapper_that_is_only_quoted_is_not_opened() -> None:
    quoted = (
        "Yes please.\n\n-----Original Message-----\nFrom: Blue Sheep - Amazon Marketplace\n"
        f"Sent: Friday\nTo: Jane\nSubject: Your order\n\n{copy()}"
    )
    opened = open_mail(mail(quoted))
    assert (opened.opened, opened.words, opened.orders) == (False, quoted.strip(), ())


@pytest.mark.parametrize(
    "text",
    [
        message(end="", footer=""),  # cut off
        message(begin=f"{RULE} Text {RULE}", end=f"{RULE} Text over {RULE}", footer=""),
        message(words=""),
        "Where is my order?",
    ],
)
def test_a_message_that_is_not_found_is_kept_whole_and_marked(text: str) -> None:
    opened = open_mail(mail(text))
    assert (opened.kind, opened.opened) == (MailKind.BUYER_MESSAGE, False)
    assert opened.words == text.strip()


def test_a_case_is_the_same_buyer_and_the_answer_keeps_its_exact_address() -> None:
    pack = packs()[Marketplace.AMAZON]
    asked = mail(message())
    wrote = BuyerWrote(asked, open_mail(asked), "shop")
    assert writer(wrote, pack, ()) == Endpoint(EndpointKind.RELAY, RELAY)
    assert answer_to(wrote, pack, ()) == Endpoint(EndpointKind.RELAY, CASE_RELAY)
    assert Clue("relay", RELAY) in clues(asked, wrote.message)


def test_a_case_that_only_reply_to_names_is_no_other_address() -> None:
    pack = packs()[Marketplace.AMAZON]
    asked = replace(mail(message(), RELAY), reply_to=(Address("", CASE_RELAY),))
    wrote = BuyerWrote(asked, open_mail(asked), "shop")
    assert answer_to(wrote, pack, ()) == Endpoint(EndpointKind.RELAY, CASE_RELAY)
    assert reply_to_elsewhere(asked, pack) == ""
    stranger = "anotherbuyer0002y@marketplace.amazon.com"
    swapped = replace(asked, reply_to=(Address("", stranger),))
    wrote = BuyerWrote(swapped, open_mail(swapped), "shop")
    assert answer_to(wrote, pack, ()) == Endpoint(EndpointKind.RELAY, RELAY)
    assert reply_to_elsewhere(swapped, pack) == stranger


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        (RELAY, True),
        (CASE_RELAY, True),
        (f"0abc1234+{CASE}@marketplace.amazon.co.uk".upper(), True),
        ("donotreply@marketplace.amazon.com", False),
        ("x@marketplace.amazon.com", False),
        (RELAY.replace("amazon.com", "amazon.com.example.org"), False),
        (RELAY.replace("amazon.com", "amaz0n.com"), False),
        ("seller@amazon.com", False),
    ],
)
def test_relays_are_known_by_their_form_and_whole_domain(address: str, is_one: bool) -> None:
    assert is_relay(address) is is_one


@pytest.mark.parametrize(
    "sender",
    [
        "examplebuyer0001x@marketplace-amazon.com",
        "examplebuyer0001x@marketplace.amazon.com.evil.example",
        "examplebuyer0001x@evilamazon.com",
        "amazon.com@example.org",
        "order-update@аmazon.com",  # a Cyrillic letter
        "",
    ],
)
def test_a_look_alike_is_a_plain_mail_and_never_amazons(sender: str) -> None:
    opened = open_mail(mail(message(), sender))
    assert (opened.marketplace, opened.orders, opened.tells) == (None, (), ())


# ------------------------------------------------------------------ notices


@pytest.mark.parametrize("domain", OWN_DOMAINS)
def test_no_mail_of_an_amazon_address_that_is_no_relay_is_a_buyers(domain: str) -> None:
    for sender in (f"donotreply@{domain}", f"x@sub.{domain}", f"donotreply@marketplace.{domain}"):
        assert open_mail(mail(message(), sender)).kind is not MailKind.BUYER_MESSAGE


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Sold, ship now: Return authorization request lamp", MailKind.SALE_NOTICE),
        ("Sold -- Ship Now! LAN-01", MailKind.SALE_NOTICE),
        ("Your e-mail to Jane", MailKind.OWN_REPLY_COPY),
        ("Seu e-mail para Jane", MailKind.OWN_REPLY_COPY),
        (f"Return authorization request for order # {NUMBER}", MailKind.CASE_RETURN),
        (f"Return authorisation request for order # {NUMBER}", MailKind.CASE_RETURN),
        (f"Notificación de autorización de devolución para {NUMBER}", MailKind.CASE_RETURN),
        (f"Claim received on order {NUMBER}", MailKind.CASE_CLAIM),
        (f"Su reclamación bajo la Garantía de la A a la Z, {NUMBER}", MailKind.CASE_CLAIM),
        (f"Order cancellation request from Amazon customer Jane ({NUMBER})", MailKind.CASE_CANCEL),
        (f"Solicitud de cancelación del pedido: {NUMBER}", MailKind.CASE_CANCEL),
        (f"Refund initiated for order {NUMBER}", MailKind.PAYOUT),
        ("Great deals on boxes", MailKind.OTHER_NOTICE),
        ("", MailKind.OTHER_NOTICE),
    ],
)
def test_amazons_own_mails_are_known_by_their_subjects(subject: str, kind: MailKind) -> None:
    opened = open_mail(mail("", "donotreply@amazon.com", subject))
    assert (opened.kind, opened.marketplace) == (kind, Marketplace.AMAZON)


@pytest.mark.parametrize(
    ("type_", "kind"),
    [
        ("BBC_MESSAGE_CONFIRMATION_TO_MERCHANT", MailKind.OWN_REPLY_COPY),
        ("RETURN_REQUEST", MailKind.CASE_RETURN),
        ("BRC_SELLER_NOTIFICATION", MailKind.CASE_CANCEL),
        ("A_Z_CLAIM_RESPONDENT_CLOSE", MailKind.CASE_CLAIM),
        ("A_Z_CLAIM_SOMETHING_NEW", MailKind.CASE_CLAIM),
        ("SOMETHING_NEW", MailKind.OTHER_NOTICE),
    ],
)
def test_the_notification_type_outdoes_the_subject(type_: str, kind: MailKind) -> None:
    subject = f"新しい通知 {NUMBER}"
    assert open_mail(mail("", "donotreply@amazon.com", subject, type_)).kind is kind
    assert open_mail(mail("", RELAY, subject, type_)).kind is kind  # never a buyer's message


def test_a_sale_brings_its_order_with_what_the_notice_says_of_it() -> None:
    opened = open_mail(
        mail(sale(), "seller-notification@amazon.com", f"Sold, ship now: LAN-01 {TITLE}")
    )
    (told,) = opened.tells
    (line,) = told.lines
    assert (opened.kind, opened.orders) == (MailKind.SALE_NOTICE, (NUMBER,))
    assert (told.key, told.shop, told.paid) == (KEY, "Amazon.com", RECEIVED)
    assert told.ship_by == datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert (line.title, line.sku, line.quantity) == (TITLE, "LAN-01", 1)
    assert line.price == Money(Decimal("24.00"), "USD")
    assert told.known == (
        Known(FactGroup.PAYMENT, RECEIVED, SOURCE),
        Known(FactGroup.DISPATCH, RECEIVED, SOURCE),
    )


def test_a_british_sale_says_dispatch() -> None:
    text = sale(ship_by="24/11/2026").replace("Ship by", "Dispatch by")
    sender = "seller-notification@amazon.co.uk"
    opened = open_mail(mail(text, sender, f"Sold, dispatch now: LAN-01 {TITLE}"))
    assert opened.kind is MailKind.SALE_NOTICE
    assert opened.tells[0].ship_by == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_sale_of_two_goods_has_two_lines_and_states_no_price_of_many() -> None:
    text = f"{sale(quantity='3')}\nItem: Tent pegs\nSKU: PEG-2\nQuantity: 1\nPrice: $5.00\n"
    (told,) = open_mail(mail(text, "seller-notification@amazon.com", "Sold, ship now: x")).tells
    assert [(one.title, one.quantity, one.price) for one in told.lines] == [
        (TITLE, 3, None),
        ("Tent pegs", 1, Money(Decimal("5.00"), "USD")),
    ]


@pytest.mark.parametrize(
    ("site", "price", "ship_by", "money", "day"),
    [
        ("ca", "$24.00", "24/11/2026", Money(Decimal("24.00"), "CAD"), 24),
        ("de", "24,00 €", "24.11.2026", Money(Decimal("24.00"), "EUR"), 24),
        ("co.uk", "£24.00", "04/12/2026", Money(Decimal("24.00"), "GBP"), 4),
        ("com.au", "$24.00", "5 December 2026", Money(Decimal("24.00"), "AUD"), 5),
    ],
)
def test_money_and_days_are_read_as_the_site_writes_them(
    site: str, price: str, ship_by: str, money: Money, day: int
) -> None:
    text = sale(price=price, ship_by=ship_by)
    sender = f"seller-notification@amazon.{site}"
    (told,) = open_mail(mail(text, sender, "Sold, ship now: x")).tells
    assert (told.lines[0].price, told.ship_by and told.ship_by.day) == (money, day)


def test_a_claim_opens_a_case_with_its_deadline_and_a_decision_closes_it() -> None:
    sender = "atoz-guarantee-no-reply@amazon.com"
    opened = open_mail(mail(CLAIM, sender, f"Claim received on order {NUMBER}"))
    until = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert opened.tells == (
        Order(
            key=KEY,
            shop="Amazon.com",
            cases=(MarketplaceCase("claim", "", RECEIVED, answer_by=until),),
        ),
    )
    decided = open_mail(mail("", sender, f"Claim decision on order {NUMBER}"))
    assert decided.tells[0].cases == (MarketplaceCase("claim", "", RECEIVED, closed=RECEIVED),)


def test_a_return_is_a_case_of_the_order_in_the_subject_not_of_a_comments() -> None:
    subject = f"Notificación de autorización de devolución para el pedido {NUMBER}"
    opened = open_mail(mail(RETURN, "donotreply@amazon.com", subject, "RETURN_REQUEST"))
    assert [one.key for one in opened.tells] == [KEY]
    assert opened.tells[0].cases[0].kind == "return"


def test_a_request_to_cancel_is_of_the_order_that_amazon_names_last() -> None:
    subject = f"Order cancellation request from Amazon customer 999-9999999-9999999 ({NUMBER})"
    opened = open_mail(mail("", "donotreply@amazon.com", subject))
    assert [one.key for one in opened.tells] == [KEY]


@pytest.mark.parametrize("label", ["# ", "Order ID ", "Order ID/Commande N°: ", "Bestellnummer: "])
def test_the_labels_of_the_order_are_known(label: str) -> None:
    assert open_mail(mail(message(head=f"{label}{NUMBER}:"))).orders == (NUMBER,)


def test_a_comment_that_sounds_like_a_refusal_is_none() -> None:
    text = f"{RETURN}{REFUSED}"
    opened = open_mail(mail(text, "donotreply@amazon.com", f"Return request {NUMBER}"))
    assert (opened.kind, opened.refused) == (MailKind.CASE_RETURN, "")


def test_a_copy_refuses_nothing_whatever_the_buyer_has_said_or_calls_himself() -> None:
    said = "Your message was not delivered: your e-mail address is not approved"
    for text, name in ((copy(f"Yes.\n> {said}"), "Jane"), (copy(), said[:60])):
        found = open_mail(mail(text, f"donotreply@{OWN_DOMAINS[0]}", f"Your e-mail to {name}"))
        assert (found.kind, found.refused) == (MailKind.OWN_REPLY_COPY, ""), name


@pytest.mark.parametrize("label", ["Reason", "Buyer's comments"])
def test_no_word_of_the_buyers_decides_his_claim(label: str) -> None:
    text = (
        f"A buyer has filed a claim for order {NUMBER}.\n{label}: we have denied it; claim closed"
    )
    found = open_mail(mail(text, f"donotreply@{OWN_DOMAINS[0]}", f"A-to-z Guarantee {NUMBER}"))
    assert [case.closed for case in found.tells[0].cases] == [None]


def test_a_refund_is_told_with_its_amount_and_without_one_not_at_all() -> None:
    subject = f"Refund initiated for order {NUMBER}"
    text = "A refund of $12.50 has been issued to the buyer."
    opened = open_mail(mail(text, "do-not-reply@amazon.com", subject))
    assert opened.tells[0].refunds == (
        Refund(Money(Decimal("12.50"), "USD"), RECEIVED, source="amazon notice"),
    )
    assert open_mail(mail("It is done.", "do-not-reply@amazon.com", subject)).tells == ()


def test_of_the_sums_of_a_refund_the_greatest_is_the_whole() -> None:
    text = f"Refund of shipping: $4.99\nRefund of the item: $24.00\nTotal refund: $28.99\n{NUMBER}"
    (order,) = open_mail(mail(text, "donotreply@amazon.com", "Refund initiated")).tells
    assert [one.amount for one in order.refunds] == [Money(Decimal("28.99"), "USD")]


def test_a_copy_of_our_own_reply_holds_our_words_and_the_order() -> None:
    for words in (COPIED, "\n".join(f"> {line}" for line in COPIED.splitlines())):
        opened = open_mail(
            mail(
                copy(words), "donotreply@amazon.com", "Your e-mail to Jane",
                "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT",
            )
        )  # fmt: skip
        assert opened.kind is MailKind.OWN_REPLY_COPY
        assert (opened.words, opened.orders) == (COPIED, (NUMBER,))


def test_a_copy_on_a_single_line_is_found_between_its_marks() -> None:
    text = (
        "Prezado vendedor, Aqui está uma cópia do e-mail que você enviou para Jane. "
        f"{RULE} Iniciar mensagem {RULE} Olá, Jane! {RULE} Mensagem final {RULE} Atenciosamente"
    )
    opened = open_mail(mail(text, "donotreply@amazon.com", "Seu e-mail para Jane"))
    assert (opened.kind, opened.words) == (MailKind.OWN_REPLY_COPY, "Olá, Jane!")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (REFUSED, "opted_out"),
        (NOT_APPROVED, "sender_not_approved"),
        ("We were unable to deliver the message you sent.", "not_delivered"),
    ],
)
def test_a_refusal_says_why_our_mail_did_not_arrive(text: str, why: str) -> None:
    for subject in ("Message delivery failed", "Your e-mail to Jane"):
        opened = open_mail(mail(text, "donotreply@amazon.com", subject))
        assert (opened.kind, opened.refused) == (MailKind.REFUSAL_NOTICE, why)


# ------------------------------------------------------------------ anything at all


@given(st.text(max_size=300), st.text(max_size=100), st.sampled_from([RELAY, "x@amazon.de"]))
def test_any_text_and_subject_give_a_message(text: str, subject: str, sender: str) -> None:
    opened = open_mail(mail(text, sender, subject))
    assert (opened.kind is MailKind.BUYER_MESSAGE) == (sender == RELAY)


_PIECES = [
    *(f"{RULE} {word} {RULE}" for word in MESSAGE_WORDS),
    *(f"{label}:" for label in LABELS),
    *BELOW,
    f"# {NUMBER}:",
    f"1 / {TITLE} [ASIN: {ASIN}]",
    "> quoted",
    "-----Original Message-----",
    "where is it?",
    "",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=14))
def test_pieces_of_a_wrapper_in_any_order_give_words_of_the_mail(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    opened = open_mail(mail(text))
    assert set(opened.words.split()) <= set(text.split())
    assert not opened.opened or opened.words


@pytest.mark.parametrize(
    "text",
    [
        "-" * 400_000,
        "--- " * 100_000,
        "--- message " * 40_000,
        f"{RULE} message {RULE}\n" * 15_000,
        "message: \n" * 40_000,
        "1 / x [ASIN: B" * 30_000,
        f"{NUMBER[:-1]}-" * 25_000,
        "order id: " * 40_000,
        "refund " * 60_000,
    ],
)
def test_a_huge_hostile_mail_is_opened_in_linear_time(text: str) -> None:
    started = time.perf_counter()
    open_mail(mail(text, subject=text))
    open_mail(mail(text, "donotreply@amazon.com", "Claim received, refund initiated"))
    open_mail(mail(text, "donotreply@amazon.com", "Refund initiated"))
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes


def test_the_footer_is_never_part_of_the_words() -> None:
    assert FOOTER.split()[-1] not in open_mail(mail(message())).words
