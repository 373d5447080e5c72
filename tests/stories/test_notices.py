"""What marketplaces mail to the seller, through the whole daemon: only what is genuine counts, and
a case stops what would go by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from clock_shop import START, ClockShop, clock_shop
from shop import mail
from story_kit import asks, number_of, sheet
from tactd.adapters.store import orders
from tactd.core.orders import open_cases
from tactd.core.types import Marketplace, Order, OrderKey, Rating

GENUINE = "dmarc=pass header.from=ebay.com"
_IDS = count(1)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path) as made:
        yield made


def notice(
    shop: ClockShop, subject: str, text: str = "", *, buyer: int = 1, stamp: str = GENUINE
) -> bytes:
    return mail(
        f"Order number: {number_of(buyer)}\n{text}",
        sender="ebay@ebay.com",
        name="eBay",
        subject=subject,
        message_id=f"<notice-{next(_IDS)}@ebay.com>",
        stamp=stamp,
        date=shop.now,
    )


def inr(shop: ClockShop, text: str = "Request ID: 5012345678", **more: str) -> bytes:
    return notice(shop, "Buyer opened an item not received request", text, **more)


def inr_closed(shop: ClockShop) -> bytes:
    return notice(shop, "Item not received: request closed", "Request ID: 5012345678")


def held(shop: ClockShop, buyer: int = 1) -> Order | None:
    with shop.service.parts.store.read() as conn:
        return orders.get(conn, OrderKey(Marketplace.EBAY, number_of(buyer)))


def todos(shop: ClockShop) -> list[tuple[str, str, str]]:
    return [(one["what"], one["order"], one["about"]) for one in shop.status()["todos"]]


# --------------------------------------------------------------------------- what is believed


@pytest.mark.parametrize("stamp", ["", "dmarc=fail header.from=ebay.com"], ids=["unknown", "no"])
async def test_a_notice_that_nobody_vouches_for_changes_nothing_and_is_told_of_once(
    shop: ClockShop, stamp: str
) -> None:
    before = shop.book()
    for _ in range(2):
        await shop.mail(inr(shop, stamp=stamp))
        await shop.mail(notice(shop, "You made the sale for x", "Total: $1", buyer=7, stamp=stamp))
    assert (held(shop), held(shop, 7)) == (before, None)
    assert todos(shop) == []
    told = [one["what"] for one in shop.status()["trouble"]]
    assert told == ["notice_unproven"]
    assert "cannot be proved" in shop.screen()


async def test_what_was_told_of_a_forgery_is_over_when_a_genuine_notice_comes(
    shop: ClockShop,
) -> None:
    shop.book()
    await shop.mail(inr(shop, stamp=""))
    await shop.mail(notice(shop, "Your item was delivered"))
    assert shop.status()["trouble"] == []


async def test_only_a_sale_or_a_payment_brings_an_order(shop: ClockShop) -> None:
    await shop.mail(notice(shop, "Your order was shipped", "Tracking number: LK473124829CN"))
    assert held(shop) is None
    await shop.mail(notice(shop, "You made the sale for Lantern", "Total: $28.99"))
    order = held(shop)
    assert order is not None
    assert [one.numbers for one in order.parcels] == [("LK473124829CN",)], "told before it came"


async def test_the_same_notice_twice_changes_nothing(shop: ClockShop) -> None:
    shop.book()
    for _ in range(2):
        await shop.mail(inr(shop))
        first = held(shop)
    assert held(shop) == first
    assert todos(shop) == [("case_inr", number_of(1), "5012345678")]


async def test_feedback_fills_the_order(shop: ClockShop) -> None:
    shop.book()
    await shop.mail(notice(shop, "user_1 left you negative feedback", "Comment: Too late"))
    order = held(shop)
    assert order is not None
    assert order.feedback is not None
    assert (order.feedback.rating, order.feedback.comment) == (Rating.NEGATIVE, "Too late")


# --------------------------------------------------------------------------- cases


async def test_a_case_stops_an_answer_that_has_settled(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        assert shop.states() == ["in_transit approved"]
        await shop.mail(inr(shop))
        await shop.at(START + timedelta(minutes=10))
        assert shop.sent == []
        assert shop.states() == ["in_transit staged"]
        assert "choose.open_case" in shop.last_codes()
        (path,) = shop.files("staged")
        assert "5012345678" in sheet(path).below


async def test_a_case_stops_an_answer_within_the_same_moment(shop: ClockShop) -> None:
    """Without a settle time what has just been decided goes without being decided again."""
    shop.book()
    shop.book(2)
    await shop.asks(buyer=2)
    assert len(shop.sent) == 1
    await shop.mails(asks(1, date=shop.now), inr(shop))  # both before anything is sent
    assert len(shop.sent) == 1
    assert shop.states()[1] == "in_transit staged"


async def test_a_case_that_is_closed_lifts_the_freeze_and_ends_the_todo(shop: ClockShop) -> None:
    shop.book()
    await shop.mail(inr(shop))
    await shop.asks()
    assert shop.states() == ["in_transit staged"]
    await shop.mail(inr_closed(shop))
    assert todos(shop) == []
    assert shop.states() == ["in_transit withdrawn", "in_transit sent"]


async def test_a_draft_that_waits_is_drawn_again_when_a_case_is_opened(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        shop.book()
        await shop.asks()
        await shop.mail(inr(shop))
        assert shop.states() == ["in_transit withdrawn", "in_transit staged"]
        (path,) = shop.files("staged")
        assert "5012345678" in sheet(path).below
        await shop.mail(inr(shop))
        assert len(shop.states()) == 2, "drawn again once"


async def test_a_draft_that_the_seller_has_edited_keeps_his_words(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        shop.book()
        await shop.asks()
        (path,) = shop.files("staged")
        path.write_text(path.read_text().replace("Hello", "Dear friend"), encoding="utf-8")
        before = path.read_text()
        await shop.mail(inr(shop))
        (path,) = shop.files("staged")
        assert path.read_text() == before


async def test_a_case_has_the_day_that_it_names_else_the_marketplaces_time(
    shop: ClockShop,
) -> None:
    shop.book()
    shop.book(2)
    await shop.mail(inr(shop, buyer=2))
    await shop.mail(inr(shop, "Request ID: 5012345679\nRespond by Nov 6, 2026"))
    due = [(one["order"], one["due"][:10]) for one in shop.status()["todos"]]
    assert due == [(number_of(1), "2026-11-06"), (number_of(2), "2026-11-07")], "nearest first"
    assert "case inr" in shop.screen()


async def test_a_case_of_an_order_that_the_book_does_not_hold_is_a_todo_and_freezes_it_later(
    shop: ClockShop,
) -> None:
    await shop.mail(inr(shop))
    assert todos(shop) == [("case_inr", number_of(1), "5012345678")]
    await shop.mail(notice(shop, "You made the sale for Lantern", "Total: $28.99"))
    assert len(open_cases(held(shop))) == 1
    assert todos(shop) == [("case_inr", number_of(1), "5012345678")]


async def test_a_case_that_names_no_order_is_a_todo_with_its_number(shop: ClockShop) -> None:
    raw = mail(
        "Please look at it.",
        sender="ebay@ebay.com",
        subject="Case #5301234567: Buyer contacted customer service",
        stamp=GENUINE,
        date=shop.now,
    )
    await shop.mail(raw)
    assert todos(shop) == [("case_claim", None, "5301234567")]


async def test_an_old_case_is_history_and_no_todo(shop: ClockShop) -> None:
    shop.book()
    raw = inr(shop)
    shop.now = START + timedelta(days=60)
    await shop.mail(raw)
    assert todos(shop) == []
    assert len(open_cases(held(shop))) == 1


async def test_a_mail_of_a_marketplace_that_is_not_known_is_no_buyers_and_is_counted(
    shop: ClockShop,
) -> None:
    for title in ("Great deals for you", "Something quite new"):
        shop.now += timedelta(hours=1)
        await shop.mail(notice(shop, title))
    assert shop.states() == []
    assert "screen.unknown_notice" in shop.last_codes()
    (row,) = shop.status()["unknown_notices"]
    assert (row["marketplace"], row["count"], row["newest"]) == ("ebay", 2, "Something quite new")
    assert "2 mails of ebay that tactd does not know, newest: Something quite new" in shop.screen()
    shop.now += timedelta(days=8)
    assert shop.status()["unknown_notices"] == []
