"""What eBay's own mails tell of orders, and that nothing a buyer types in them is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide_kit import policy
from ebay_notice_samples import (
    CANCEL,
    DELIVERY,
    DISPATCH,
    FEEDBACK,
    INR,
    INR_DE,
    ITEM,
    ORDER,
    REFUND,
    RETURN,
    SAID,
    SALE,
    SALE_DE,
    notice,
    told,
)
from tactd.core.merge import merge
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
    Feedback,
    Known,
    Line,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Money,
    Order,
    OrderKey,
    ParcelState,
    PostalAddress,
    Rating,
    Refund,
)
from tactd.flow.sheets import order_facts
from tactd.marketplaces import open_mail
from tactd.marketplaces.ebay.notices import BUILDS
from tactd.marketplaces.postal import postal

KEY = OrderKey(Marketplace.EBAY, ORDER)
ANN = (Endpoint(EndpointKind.EBAY, "tidepool_ann"),)
SOLD = "You made the sale for Folding camping lantern"


def day(month: int, number: int, year: int = 2026) -> datetime:
    return datetime(year, month, number, 12, tzinfo=UTC)


def known(*groups: FactGroup) -> tuple[Known, ...]:
    return tuple(Known(group, SAID, "notice <n1@ebay.com>") for group in groups)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


# --------------------------------------------------------------------------- sales


def test_a_sale_brings_the_order_its_line_and_where_it_goes() -> None:
    assert told(SALE, SOLD) == Order(
        key=KEY,
        endpoints=ANN,
        lines=(Line(ITEM, "Folding camping lantern", quantity=1, price=usd("24.99")),),
        total=usd("28.99"),
        placed=day(11, 19),
        paid=SAID,
        ship_by=day(11, 24),
        estimate=Estimate(day(12, 4), day(12, 18)),
        ship_to=PostalAddress("Jane Poole", "12 Elm Street", "Albany", "NY", "12207-1234", "US"),
        known=known(FactGroup.PAYMENT, FactGroup.DISPATCH),
    )


def test_a_notice_that_names_no_quantity_says_none_and_takes_none_from_the_export() -> None:
    sold = told(SALE.replace("Quantity sold: 1\n", ""), SOLD)
    [line] = sold.lines
    assert line.quantity is None
    three = replace(sold, lines=(replace(line, quantity=3),), known=())
    [merged] = merge(three, sold).lines
    assert merged.quantity == 3
    facts = [value for _, value, _ in order_facts(sold, policy())]
    assert "Folding camping lantern" in facts
    assert "Folding camping lantern × 3" in [value for _, value, _ in order_facts(three, policy())]


@pytest.mark.parametrize("subject", ["Your eBay item sold! {} ({})", "eBay Item Sold: {} ({})"])
def test_an_items_number_behind_its_title_is_no_part_of_it(subject: str) -> None:
    (line,) = told(SALE, subject.format("Small tent (green)", ITEM)).lines
    assert (line.item, line.title) == (ITEM, "Small tent (green)")


def test_a_german_sale_is_read_too() -> None:
    order = told(SALE_DE, "Artikel verkauft: Schlafsack", sender="ebay@ebay.de")
    assert (order.total, order.ship_by) == (Money(Decimal("121.49"), "EUR"), day(11, 24))
    assert order.lines[0].title == "Schlafsack"
    assert order.lines[0].price == Money(Decimal("116.99"), "EUR")
    assert order.estimate == Estimate(day(12, 4), day(12, 18))
    assert order.ship_to == PostalAddress(
        "Lena Sommer", "Am Alten Markt 4", "Köln", "", "50667", "DE"
    )
    assert order.endpoints == (Endpoint(EndpointKind.EBAY, "wald_und_wiese"),)


@pytest.mark.parametrize(
    ("lines", "address"),
    [
        ("c/o Vogt|Am Markt 4|50667 Köln", ("c/o Vogt, Am Markt 4", "Köln", "", "50667", "")),
        ("1 rue Haute|75001 PARIS|Frankreich", ("1 rue Haute", "PARIS", "", "75001", "FR")),
        ("Plein 2|1012 AB Amsterdam|Niederlande", ("Plein 2", "Amsterdam", "", "1012 AB", "NL")),
        ("12 Mill Road|Leeds|LS1 4AP|UK", ("12 Mill Road", "Leeds", "", "LS1 4AP", "GB")),
        ("Flat 1|12 Mill Road|Leeds|LS1 4AP|UK", ("", "", "", "LS1 4AP", "GB")),
        ("9 King St|Toronto ON M5V 2T6|Canada", ("9 King St", "Toronto", "ON", "M5V 2T6", "CA")),
        ("Calle Mayor 4|28001 Madrid, Madrid|Spanien", ("", "", "", "", "ES")),
        ("Via Roma 1|00184 Roma RM|Italien", ("", "", "", "", "IT")),
        ("Am Alten Markt 4|Köln|Deutschland", ("", "", "", "", "DE")),
    ],
)  # fmt: skip
def test_half_an_address_is_not_taken_for_a_whole(lines: str, address: tuple[str, ...]) -> None:
    assert postal(("Lena Sommer", *lines.split("|"))) == PostalAddress("Lena Sommer", *address)


def test_labels_and_values_may_be_cells_of_a_table() -> None:
    cells = SALE.replace(": ", " ").replace("Ship by:\n", "Ship by ")
    assert told(cells, SOLD) == replace(told(SALE, SOLD), endpoints=())


def test_a_bare_dollar_is_that_of_the_site() -> None:
    order = told(SALE, SOLD, sender="ebay@ebay.com.au")
    assert order.total == Money(Decimal("28.99"), "AUD")


def test_what_the_buyer_wrote_below_a_sale_is_not_ebays() -> None:
    message = open_mail(notice(SALE, SOLD))
    assert message.orders == (ORDER,)
    assert message.tells[0].ship_by == day(11, 24)


@pytest.mark.parametrize("line", ["Order: 99-99999-99999", "Ship by: Nov 21, 2026", "Total: $1"])
def test_a_line_in_the_buyers_address_is_only_an_address_line(line: str) -> None:
    forged = SALE.replace("12 Elm Street", f"12 Elm Street\n{line}")
    order = told(forged, SOLD)
    assert (order.key, order.total) == (KEY, usd("28.99"))
    assert order.ship_by in (day(11, 24), day(11, 21)), "a day of his own is about his parcel"


@pytest.mark.parametrize(
    "his",
    [
        "Buyer's comments: Where is it?\nStatus: closed",
        "What tidepool_ann says\nWhere is it?\nStatus: closed",
    ],
    ids=["on the line of the heading", "below a heading that is not known"],
)
def test_no_word_of_the_buyers_closes_his_case(his: str) -> None:
    text = f"Request ID: 5012345678\nOrder number: {ORDER}\n{his}"
    (case,) = told(text, "Buyer opened an item not received request").cases
    assert case.closed is None


def test_a_comment_of_two_lines_does_not_rate() -> None:
    order = told(
        f"Order: {ORDER}\nComment: bad\nRating: positive", "user_1 left you negative feedback"
    )
    assert order.feedback is not None
    assert order.feedback.rating is Rating.NEGATIVE


@pytest.mark.parametrize("line", ["Estimated delivery: Nov 1 - Nov 2", "Ship by: Nov 20, 2026"])
def test_no_line_of_his_address_is_a_day_of_ebays(line: str) -> None:
    text = SALE.replace("12 Elm Street", f"12 Elm Street\n{line}\nOrder: 98-76543-21098")
    order = told(text, "You made the sale for Folding camping lantern")
    plain = told(SALE, "You made the sale for Folding camping lantern")
    assert (order.key, order.estimate, order.ship_by) == (KEY, plain.estimate, plain.ship_by)


def test_two_order_numbers_in_ebays_lines_tell_of_neither() -> None:
    both = SALE.replace("Item ID", "Order: 99-99999-99999\nItem ID")
    message = open_mail(notice(both, SOLD))
    assert (message.kind, message.tells) == (MailKind.SALE_NOTICE, ())
    assert message.orders == (ORDER, "99-99999-99999")


def test_an_unpaid_sale_says_nothing_of_payment() -> None:
    assert told(f"Order: {ORDER}\nItem ID: {ITEM}\nSold: $5.00", SOLD).paid is None


def test_a_payment_makes_it_paid() -> None:
    order = told(f"Order: {ORDER}\nTotal: $28.99", "Payment received")
    assert (order.paid, order.total) == (SAID, usd("28.99"))


# --------------------------------------------------------------------------- parcels


def test_a_dispatch_tells_the_tracking_number_and_nothing_of_payment() -> None:
    order = told(DISPATCH, "Your order was shipped")
    (parcel,) = order.parcels
    assert (parcel.numbers, parcel.shipped_at) == (("LK473124829CN",), SAID)
    assert order.known == known(FactGroup.DISPATCH)


def test_a_delivery_is_a_scan() -> None:
    order = told(DELIVERY, "Your item was delivered: Folding camping lantern")
    (parcel,) = order.parcels
    assert parcel.state is ParcelState.DELIVERED
    assert [one.at for one in parcel.scans] == [day(11, 18)]
    assert order.known == known(FactGroup.TRACKING)


# --------------------------------------------------------------------------- feedback, money


def test_feedback_has_its_rating_and_its_comment_and_its_comment_names_no_order() -> None:
    order = told(FEEDBACK, "tidepool_ann left you feedback")
    assert order.key == KEY
    comment = "Never came. See order 99-99999-99999"
    assert order.feedback == Feedback(Rating.NEGATIVE, comment, SAID)
    assert order.known == known(FactGroup.FEEDBACK)


@pytest.mark.parametrize(
    ("subject", "rating"),
    [
        ("tidepool_ann left you positive feedback", Rating.POSITIVE),
        ("tidepool_ann hat eine neutrale Bewertung abgegeben", Rating.NEUTRAL),
        ("You have negative feedback", Rating.NEGATIVE),
    ],
)
def test_the_rating_may_stand_in_the_subject(subject: str, rating: Rating) -> None:
    feedback = told(f"Order: {ORDER}", subject).feedback
    assert feedback is not None
    assert feedback.rating is rating


@pytest.mark.parametrize(
    ("subject", "line"),
    [
        ("Feedback removed", ""),
        ("eBay removed negative feedback left by tidepool_ann", ""),
        ("The feedback for Folding camping lantern has been removed", ""),
        ("tidepool_ann hat die Bewertung zurückgezogen: Bewertung entfernt", ""),
        ("News of your feedback", "Feedback rating: Removed"),
    ],
)
def test_feedback_may_be_removed(subject: str, line: str) -> None:
    text = f"Order: {ORDER}\n{line}\nComment: Never came"
    assert told(text, subject).feedback == Feedback(Rating.REMOVED, "", SAID)


@pytest.mark.parametrize(
    "subject",
    [
        "Your feedback removal request was approved",
        "From negative to positive feedback: how to",
        "Your feedback was not removed",
        "Can feedback be removed?",
    ],
)
def test_feedback_without_one_clear_rating_tells_nothing(subject: str) -> None:
    assert open_mail(notice(f"Order: {ORDER}", subject)).tells == ()


def test_a_refund_is_money_back_and_a_payout_is_nothing_of_an_order() -> None:
    assert told(REFUND, "Refund issued").refunds == (
        Refund(usd("24.99"), SAID, source="ebay notice"),
    )
    assert open_mail(notice("$99.00 was sent to your bank", "We sent your payout")).tells == ()


# --------------------------------------------------------------------------- cases


@pytest.mark.parametrize(
    ("text", "subject", "case"),
    [
        (INR, "Item not received", MarketplaceCase("inr", "5012345678", SAID, day(11, 24))),
        (
            INR_DE,
            "Käufer hat den Artikel nicht erhalten",
            MarketplaceCase("inr", "5012345678", SAID, day(11, 24)),
        ),
        (
            RETURN,
            "Return 5071234567: new return request",
            MarketplaceCase("return", "5071234567", SAID, day(11, 24)),
        ),
        (
            f"Order: {ORDER}",
            "Return 5071234567: Return closed",
            MarketplaceCase("return", "5071234567", SAID, closed=SAID),
        ),
        (
            CANCEL,
            "A buyer wants to cancel an order",
            MarketplaceCase("cancel", "", SAID, day(11, 23)),
        ),
        (
            f"Order: {ORDER}",
            "A case is open: Please respond now (Ref # 5301234567)",
            MarketplaceCase("claim", "5301234567", SAID),
        ),
        (
            f"Order: {ORDER}\nCase status: Closed",
            "Case #5301234567: Buyer contacted customer service",
            MarketplaceCase("claim", "5301234567", SAID, closed=SAID),
        ),
    ],
)
def test_a_case_has_its_kind_number_and_deadline(
    text: str, subject: str, case: MarketplaceCase
) -> None:
    order = told(text, subject)
    assert (order.key, order.cases) == (KEY, (case,))
    assert order.known == (), "of payment, shipping and tracking it says nothing"


@pytest.mark.parametrize(
    ("subject", "closed"),
    [
        ("Item not received: request closed", True),
        ("Return 5071234567: Return closed", True),
        ("Case #5301234567 was closed (Ref # 5301234567)", True),
        ("Fall 5301234567 wurde geschlossen", True),
        ("Item not received: Closed-cell foam mat", False),
        ("Item not received: Phone case closed front", False),
        ("Return 5071234567: Return request declined", False),
        ("Return 5071234567: Return approved", False),
    ],
)
def test_a_case_is_closed_only_where_the_whole_phrase_says_so(subject: str, closed: bool) -> None:
    (case,) = told(f"Order: {ORDER}", subject).cases
    assert (case.closed is not None) is closed


def test_no_number_of_the_buyers_says_which_order_a_case_is_about() -> None:
    his = f"The buyer explains\nIt is like my order {ORDER} that never came.\n"
    order = told(f"Request ID: 5012345678\n{his}", "Item not received")
    assert (order.key.number, order.cases[0].number) == ("", "5012345678")
    assert told(his, f"Return 5071234567: {ORDER} has sent it back").key.number == ""


def test_a_labelled_number_in_the_subject_names_the_order() -> None:
    assert told("", f"Return 5071234567: order #{ORDER}").key == KEY


@pytest.mark.parametrize(
    ("link", "named"),
    [
        (f"https://www.ebay.com/mesh/ord/details?mode=SH&orderid={ORDER}&source=m", True),
        (f"https://rover.ebay.com/c?mpre=https%3A%2F%2Fwww.ebay.de%2F%3ForderId%3D{ORDER}", True),
        (f"https://ebay.com.evil.example/d?orderid={ORDER}", False),
        (f"https://evil.example/?u=https://www.ebay.com/?orderid={ORDER}", False),
    ],
)  # fmt: skip
def test_ebays_own_links_name_the_order(link: str, named: bool) -> None:
    mail = replace(notice("Request ID: 5012345678", "Item not received"), links=(link,))
    (order,) = open_mail(mail).tells
    assert order.key.number == (ORDER if named else "")


def test_a_label_and_a_link_that_differ_name_neither() -> None:
    link = "https://www.ebay.com/mesh/ord/details?orderid=99-99999-99999"
    mail = replace(notice(INR, "Item not received"), links=(link,))
    assert open_mail(mail).tells == ()


def test_no_item_of_the_buyers_says_what_a_case_is_about() -> None:
    his = f"{INR}\nItem ID: 395012300009\n"
    assert open_mail(notice(his, "Item not received")).items == (ITEM,)


def test_a_case_that_names_no_order_is_told_without_one() -> None:
    order = told("Buyer: tidepool_ann", "Case #5301234567: Buyer contacted customer service")
    assert (order.key.number, order.cases[0].number) == ("", "5301234567")


def test_a_cancelled_order_is_cancelled_and_its_case_over() -> None:
    order = told(f"Order: {ORDER}", "Your order was cancelled")
    assert order.cancelled_at == SAID
    assert order.cases[0].closed == SAID


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("The member has opted out of messages.", "opted_out"),
        ("Please try again later.", "not_delivered"),
    ],
)
def test_a_refusal_says_why(text: str, refused: str) -> None:
    message = open_mail(notice(text, "Your message was not delivered"))
    assert (message.kind, message.refused) == (MailKind.REFUSAL_NOTICE, refused)


# --------------------------------------------------------------------------- changed wording


def test_changed_wording_tells_less_and_never_something_else() -> None:
    message = open_mail(notice("Bestellung unterwegs?", "Something quite new about your shop"))
    assert (message.kind, message.tells) == (MailKind.OTHER_NOTICE, ())
    order = told("It is on its way now.", "Your order was shipped").key
    assert order.number == ""


_SUBJECTS = st.sampled_from([
    SOLD, "Payment received", "Your order was shipped", "Your item was delivered",
    "x left positive feedback", "Refund issued", "Item not received", "Return 5071234567",
    "A buyer wants to cancel an order", "Case #5301234567",
])  # fmt: skip
_PIECES = [
    *SALE.splitlines(),
    *SALE_DE.splitlines(),
    *INR.splitlines(),
    *FEEDBACK.splitlines(),
    "Ship by:",
    "Order:",
    "by 31. Foo.",
    "Estimated delivery: – –",
    "Total: $",
]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=20), _SUBJECTS)
def test_lines_in_any_order_tell_of_no_order_that_is_not_named(
    pieces: list[str], subject: str
) -> None:
    text = "\n".join(pieces)
    for order in open_mail(notice(text, subject)).tells:
        assert order.key.number in text
        if order.key.number:
            assert any(line.startswith(("Order", "Bestell")) for line in pieces)


@settings(max_examples=60)
@given(st.text(max_size=300), _SUBJECTS)
def test_any_text_gives_a_message(text: str, subject: str) -> None:
    assert open_mail(notice(text, subject)).marketplace is Marketplace.EBAY


@pytest.mark.parametrize("kind", sorted(BUILDS))
def test_a_huge_hostile_notice_is_read_in_time(kind: MailKind) -> None:
    lines = "Ship by: \n" * 50_000 + "by " * 100_000 + "Order: 1" * 50_000
    made = notice(lines, SOLD)
    message = open_mail(replace(made, subject="x"))
    assert message.marketplace is Marketplace.EBAY
