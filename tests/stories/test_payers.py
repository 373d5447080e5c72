"""Another than the consignee has paid: the seller looks before the parcel goes, and the buyer is
asked once, only in the seller's own shops, and never by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clock_shop import ClockShop, clock_shop
from ebay_samples import jane as ebay_row
from ebay_samples import report
from paypal_samples import JANE, PAID, TXN, activity, jane, refund
from shop import mail
from shopify_samples import lena, shopify_export
from story_kit import text_of, wire
from tactd.adapters.store import orders
from tactd.core.orders import open_cases, state
from tactd.core.types import ContactKind, Marketplace, OrderKey, OrderState
from tactd.flow.imports import book_changed, import_file
from tactd.flow.rehearse import rehearse
from tactd.screens import why

CHECK_PAYER, CHECK_ADDRESS = "check_payer_before_shipping", "check_address_before_shipping"
GENUINE = "dmarc=pass header.from=paypal.com"
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # 10:00 in Albany, a Friday
OTHER = jane(Shipping_Address="Otto Vogt, 100 Main Street, Flat 2, Albany, NY, 12207, US")


@pytest.fixture
async def shop(tmp_path: Path) -> Any:
    async with clock_shop(tmp_path) as opened:
        opened.now = NOW
        yield opened


async def imported(shop: ClockShop, name: str, data: bytes | str) -> None:
    """What `tactd orders import` does, and what the daemon does then."""
    path = shop.root / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    parts = shop.service.parts
    done = await parts.writer.do(import_file, parts.store, parts.exports, path, shop.now)
    assert done.fine, done
    assert done.changed == 0 or book_changed(parts.store)
    await shop.service.rounds.import_exports()
    await shop.beat()


def shop_order(**cells: str) -> str:
    own = {"Fulfillment_Status": "unfulfilled", "Fulfilled_at": "", "Total": "1068.90"}
    dates = {"Created_at": "2026-11-19 10:00:00 +0100", "Paid_at": "2026-11-19 10:00:00 +0100"}
    return shopify_export([lena(**{**own, **dates, "Currency": "USD", **cells})])


def todos(shop: ClockShop) -> list[tuple[str, str]]:
    return [(row["what"], row["order"]) for row in shop.status()["todos"]]


# --------------------------------------------------------------------------- the question


async def test_of_a_payment_for_somebody_else_the_buyer_is_asked_once_and_never_by_itself(
    shop: ClockShop,
) -> None:
    await imported(shop, "a.csv", activity([OTHER]))
    assert shop.states() == ["identity_check staged"], shop.last_codes()
    assert todos(shop) == [(CHECK_PAYER, TXN)]
    [path] = shop.files("staged")
    sheet = path.read_text("utf-8")
    assert "To: jane.poole@example.com" in sheet
    assert "Paid by: Jane Poole, 100 Main Street" in sheet
    assert "Addressed to: Otto Vogt, 100 Main Street" in sheet
    assert "registered with the paying account" in sheet
    for hours in (1, 30, 100):
        shop.now = NOW + timedelta(hours=hours)
        await imported(shop, f"b{hours}.csv", activity([OTHER]))
    assert shop.states() == ["identity_check staged"]
    assert shop.sent == []


async def test_the_same_name_asks_nothing(shop: ClockShop) -> None:
    await imported(shop, "a.csv", activity([JANE]))
    assert (shop.states(), todos(shop)) == ([], [])


async def test_approved_it_goes_as_unasked_mail(shop: ClockShop) -> None:
    await imported(shop, "a.csv", activity([OTHER]))
    shop.move(shop.files("staged")[0], "approved")
    await shop.beat()
    assert shop.states() == ["identity_check sent"]
    [sent] = shop.sent
    assert sent.recipients == ("jane.poole@example.com",)
    assert wire(sent.raw)["Subject"] == f"One question before order {TXN} goes out"
    assert "Folding camping lantern" in text_of(sent.raw)
    assert shop.replies()[0].reply.kind is ContactKind.UNASKED


async def test_whatever_the_seller_has_said_may_go_alone_this_does_not(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, auto='["in_transit", "delay_notice", "opt_out"]') as shop:
        shop.now = NOW
        await imported(shop, "a.csv", activity([OTHER]))
        assert "permit.person_decides" in shop.last_codes()
        await shop.at(NOW + timedelta(days=2))
        assert shop.sent == []


async def test_a_shops_own_order_names_payer_and_consignee_itself(shop: ClockShop) -> None:
    await imported(shop, "a.csv", shop_order(Shipping_Name="Otto Vogt"))
    assert shop.states() == ["identity_check staged"]
    assert "To: lena.berg@example.com" in shop.files("staged")[0].read_text("utf-8")


@pytest.mark.parametrize("first", ["payment", "order"])
async def test_of_an_order_and_its_payment_one_question_comes(shop: ClockShop, first: str) -> None:
    files: list[tuple[str, bytes | str]] = [("p.csv", activity([JANE])), ("s.csv", shop_order())]
    for name, data in files if first == "payment" else files[::-1]:
        await imported(shop, name, data)
    assert shop.states() == ["identity_check staged"]
    assert todos(shop) == [(CHECK_PAYER, "#1044")]
    assert shop.replies()[0].reply.to.value == "lena.berg@example.com", "not the payer's own"


async def test_a_payment_that_turns_out_to_be_for_an_order_asks_no_more(shop: ClockShop) -> None:
    await imported(shop, "p.csv", activity([OTHER]))
    await imported(shop, "s.csv", shop_order(Shipping_Name="Jane Poole"))
    assert shop.states() == ["identity_check withdrawn"]
    assert (CHECK_PAYER, TXN) not in todos(shop)


# --------------------------------------------------------------------------- only a to-do


async def test_on_a_marketplace_nobody_is_asked_for_another_address(shop: ClockShop) -> None:
    row = ebay_row(
        **{
            "PayPal Transaction ID": TXN, "Shipped On Date": "", "Tracking Number": "",
            "Ship To Name": "Otto Vogt",
        }
    )  # fmt: skip
    await imported(shop, "p.csv", activity([JANE]))
    await imported(shop, "e.csv", report([row]))
    assert shop.states() == []
    assert todos(shop) == [(CHECK_PAYER, row["Order Number"])]


async def test_another_address_alone_is_the_sellers_to_look_at(shop: ClockShop) -> None:
    await imported(shop, "s.csv", shop_order(Shipping_Zip="99999", Shipping_Street="Am See 9"))
    assert shop.states() == []
    assert todos(shop) == [(CHECK_ADDRESS, "#1044")]


async def test_without_an_address_to_write_to_the_todo_stays(shop: ClockShop) -> None:
    await imported(shop, "s.csv", shop_order(Shipping_Name="Otto Vogt", Email=""))
    assert shop.states() == []
    assert todos(shop) == [(CHECK_PAYER, "#1044")]


# --------------------------------------------------------------------------- nothing to find out


async def test_what_has_gone_or_is_long_paid_asks_nothing(shop: ClockShop) -> None:
    gone = {"Fulfillment_Status": "fulfilled", "Fulfilled_at": "2026-11-20 09:00:00 +0100"}
    await imported(shop, "s.csv", shop_order(Shipping_Name="Otto Vogt", **gone))
    await imported(shop, "p.csv", activity([jane(**{**_other(), "Date": "10/25/2026"})]))
    assert (shop.states(), todos(shop)) == ([], [])


def _other() -> dict[str, str]:
    return {key.replace(" ", "_"): value for key, value in OTHER.items()}


async def test_shipped_after_all_the_question_and_the_todo_are_over(shop: ClockShop) -> None:
    await imported(shop, "s.csv", shop_order(Shipping_Name="Otto Vogt"))
    assert shop.states() == ["identity_check staged"]
    shop.now = NOW + timedelta(hours=5)
    gone = {"Fulfillment_Status": "fulfilled", "Fulfilled_at": "2026-11-20 19:00:00 +0100"}
    await imported(shop, "t.csv", shop_order(Shipping_Name="Otto Vogt", **gone))
    assert shop.states() == ["identity_check withdrawn"]
    assert todos(shop) == []


async def test_refunded_after_all_the_question_is_over(shop: ClockShop) -> None:
    await imported(shop, "a.csv", activity([OTHER]))
    await imported(shop, "b.csv", activity([refund("-1068.90")]))
    assert shop.states() == ["identity_check withdrawn"]
    assert todos(shop) == []


async def test_in_mode_observe_only_the_todo_is_written(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="observe") as shop:
        shop.now = NOW
        await imported(shop, "a.csv", activity([OTHER]))
        assert shop.states() == []
        assert todos(shop) == [(CHECK_PAYER, TXN)]


async def test_he_is_asked_in_the_language_of_his_country(shop: ClockShop) -> None:
    spanish = {**_other(), "Country_Code": "ES", "Country": "Spain", "Zip/Postal Code": "28001"}
    await imported(shop, "a.csv", activity([jane(**spanish)]))
    [path] = shop.files("staged")
    assert "cuenta con la que se pagó" in path.read_text("utf-8")


# --------------------------------------------------------------------------- the payer writes


async def test_the_payer_writes_from_his_own_address_and_his_mail_leads_to_the_order(
    shop: ClockShop,
) -> None:
    await imported(shop, "s.csv", shop_order())
    await imported(shop, "p.csv", activity([JANE]))
    with shop.service.parts.store.read() as conn:
        order = orders.get(conn, OrderKey(Marketplace.SHOPIFY, "#1044"))
    assert order is not None
    raw = (
        "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\r\n"
        "From: Jane <jane.poole@example.com>\r\nTo: shop@example.org\r\nSubject: Yes\r\n"
        f"Date: {NOW:%a, %d %b %Y %H:%M:%S} +0000\r\nMessage-ID: <j1@example.com>\r\n\r\n"
        "Yes, the order is for my brother. When will it be shipped?\r\n"
    )
    await shop.mail(raw.encode())
    latest = [one for one in shop.replies() if one.reply.mail is not None]
    assert [str(one.reply.order) for one in latest] == ["shopify:#1044"]


# --------------------------------------------------------------------------- by notices


def notice(stamp: str, subject: str = "Notification of payment received", text: str = "") -> bytes:
    return mail(
        text or PAID,
        sender="service@paypal.com",
        name="PayPal",
        subject=subject,
        message_id=f"<{len(text)}-{len(stamp)}@paypal.com>",
        stamp=stamp,
        date=NOW,
    )


async def test_a_genuine_notice_of_a_payment_for_somebody_else_asks_as_well(
    shop: ClockShop,
) -> None:
    await shop.mail(notice(GENUINE))
    assert shop.states() == ["identity_check staged"]
    assert todos(shop) == [(CHECK_PAYER, TXN)]


async def test_a_forged_notice_changes_nothing(shop: ClockShop) -> None:
    for stamp in ("", "dmarc=fail header.from=paypal.com"):
        await shop.mail(notice(stamp))
    assert (shop.states(), todos(shop)) == ([], [])
    with shop.service.parts.store.read() as conn:
        assert orders.get(conn, OrderKey(Marketplace.PAYPAL, TXN)) is None


async def test_a_case_about_a_payment_is_a_case_of_the_order_that_names_it(shop: ClockShop) -> None:
    """Even if the payment itself was never told of."""
    row = ebay_row(**{"PayPal Transaction ID": TXN})
    await imported(shop, "e.csv", report([row]))
    text = f"A case was opened.\nCase ID: PP-R-ABC-123456\nTransaction ID: {TXN}\n"
    await shop.mail(notice(GENUINE, "Your buyer has filed a case", text))
    with shop.service.parts.store.read() as conn:
        order = orders.get(conn, OrderKey(Marketplace.EBAY, row["Order Number"]))
    assert [case.number for case in open_cases(order)] == ["PP-R-ABC-123456"]
    assert [what for what, _ in todos(shop)] == ["case_claim"]


async def test_a_chargeback_in_a_file_calls_the_seller(shop: ClockShop) -> None:
    await imported(shop, "a.csv", activity([JANE, refund("-1068.90", Type="Chargeback")]))
    assert [what for what, _ in todos(shop)] == ["case_chargeback"]


# --------------------------------------------------------------------------- from which mailbox

SECOND = """
[[mailbox]]
name = "more"
address = "more@example.org"
imap = "imap://127.0.0.1:1"
smtp = "smtp://127.0.0.1:1"
user = "more"
password = { env = "SHOP_PASSWORD" }
authserv_id = ["mx.example.org"]
"""


@pytest.fixture
async def two(tmp_path: Path) -> Any:
    async with clock_shop(tmp_path, more=SECOND) as opened:
        opened.now = NOW
        yield opened


def asked_from(shop: ClockShop) -> str:
    [question] = [one.reply for one in shop.replies() if "identity_check" in one.reply.situations]
    return question.mailbox


async def test_the_question_goes_from_the_mailbox_that_the_buyer_wrote_to(two: ClockShop) -> None:
    wrote = mail("Is it waterproof?", sender="jane.poole@example.com", date=NOW)
    await two.mail(wrote, mailbox="more")
    await imported(two, "a.csv", activity([OTHER]))
    assert asked_from(two) == "more"


async def test_it_goes_from_the_mailbox_that_the_payment_was_told_to(two: ClockShop) -> None:
    await two.mail(notice(GENUINE), mailbox="more")
    assert asked_from(two) == "more"


async def test_it_goes_from_the_mailbox_that_other_buyers_of_the_shop_write_to(
    two: ClockShop,
) -> None:
    other = shop_order(Name="#1040", Id="1040", Email="tom@example.com", Payment_Reference="c40",
                       Payment_ID="", Payment_References="")  # fmt: skip
    await imported(two, "first.csv", other)
    about = mail("Where is my order #1040?", sender="tom@example.com", date=NOW)
    await two.mail(about, mailbox="more")
    await imported(two, "a.csv", shop_order(Shipping_Name="Otto Vogt"))
    assert asked_from(two) == "more"


async def test_where_nothing_tells_it_goes_from_the_first(two: ClockShop) -> None:
    await imported(two, "a.csv", activity([OTHER]))
    assert asked_from(two) == "shop"


# --------------------------------------------------------------------------- looked back at


async def test_why_and_a_rehearsal_know_a_question_that_no_mail_has_asked_for(
    shop: ClockShop,
) -> None:
    await imported(shop, "a.csv", activity([OTHER]))
    parts = shop.service.parts
    rules = parts.pipeline.rules
    told = why.of_id(parts.store, rules.policy, str(shop.replies()[0].reply.id))
    assert (told["kind"], told["situation"], told["decision"]) == (
        "follow_up",
        "identity_check",
        "stage",
    )
    assert "permit.person_decides" in [entry["code"] for entry in told["trail"]]
    since, until = NOW - timedelta(days=1), NOW + timedelta(days=1)
    done = rehearse(parts.store, [rules], since, until, None, lambda _done, _total: None)
    assert (len(done.courses[0]), done.unreadable) == (1, 0)


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [(GENUINE, OrderState.REFUNDED), ("dmarc=fail header.from=paypal.com", OrderState.TO_SHIP)],
)
async def test_a_genuine_notice_of_a_refund_is_one_of_the_order_that_it_was_paid_for(
    shop: ClockShop, stamp: str, expected: OrderState
) -> None:
    row = ebay_row(
        **{"PayPal Transaction ID": TXN, "Shipped On Date": "", "Tracking Number": ""},
        **{"Total Price": "$28.99"},
    )
    await imported(shop, "e.csv", report([row]))
    text = f"You've issued a full refund of $28.99 USD to Jane.\n\nTransaction ID\n{TXN}\n"
    await shop.mail(notice(stamp, "You've sent a refund", text))
    with shop.service.parts.store.read() as conn:
        order = orders.get(conn, OrderKey(Marketplace.EBAY, row["Order Number"]))
    assert order is not None
    assert state(order) is expected
    assert shop.states() == []
