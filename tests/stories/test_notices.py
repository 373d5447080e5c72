"""What marketplaces mail to the seller, through the whole daemon: only what is genuine counts, and
a case stops what would go by itself."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from clock_shop import START, WINDOW_ENDS, ClockShop, clock_shop
from servers.pymap_server import Pymap
from shop import mail
from story_kit import asks, held_order, number_of, pymap_shop, sheet
from story_kit import order_of as order_row
from tactd.adapters.store import orders, told
from tactd.adapters.store import todos as todo_rows
from tactd.core.orders import open_cases
from tactd.core.sender.proved import HOLDS
from tactd.core.types import (
    Fetched,
    FolderRole,
    Marketplace,
    Order,
    OrderKey,
    Rating,
    Signed,
    Slice,
)
from tactd.flow import notices
from tactd.pipeline import AT_ONCE
from tactd.screens import why
from tactd.screens.terminal import Terminal

NIGHT = WINDOW_ENDS + timedelta(hours=15)  # 22:00 in New York, and the parcel has not come
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


SECOND = """
[[mailbox]]
name = "more"
address = "more@example.org"
imap = "imap://127.0.0.1:1"
smtp = "smtp://127.0.0.1:1"
user = "more"
password = { env = "SHOP_PASSWORD" }
"""


async def test_a_notice_in_two_mailboxes_counts_by_the_one_that_vouches(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=SECOND) as shop:
        shop.book()
        raw = inr(shop)
        await shop.mail(raw, mailbox="more")
        assert todos(shop) == []
        await shop.mail(raw)
        assert todos(shop) == [("case_inr", number_of(1), "5012345678")]
        before = held(shop)
        await shop.mail(raw, mailbox="more")
        assert held(shop) == before


async def test_a_notice_counts_by_the_mailbox_where_its_signature_was_checked(
    tmp_path: Path,
) -> None:
    more = SECOND + 'verify = "dkim"\n'
    async with clock_shop(tmp_path, more=more) as shop:
        shop.book()
        raw = inr(shop, stamp="")
        await shop.mail(raw)
        assert todos(shop) == []
        await shop.mail(raw, mailbox="more", signed=Signed(HOLDS, "ebay.com", whole=True))
        assert todos(shop) == [("case_inr", number_of(1), "5012345678")]


async def test_cases_that_name_no_order_are_not_kept_for_ever(
    shop: ClockShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "MOST_NAMELESS", 3)
    for number in range(5):
        raw = mail(
            f"Request ID: 501234567{number}", sender="ebay@ebay.com", stamp=GENUINE, date=shop.now,
            subject="Buyer opened an item not received request", message_id=f"<no-{number}@e>",
        )  # fmt: skip
        await shop.mail(raw)
    assert len(todos(shop)) == 5
    with shop.service.parts.store.read() as conn:
        _, waits = told.held_and_told(conn, OrderKey(Marketplace.EBAY, ""))
    assert waits is not None
    assert [one.number[-1] for one in waits.cases] == ["2", "3", "4"]


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


@pytest.mark.parametrize(
    "subject",
    ["Your order was canceled", "Your item was delivered"],
)
async def test_what_is_told_within_the_same_moment_counts(shop: ClockShop, subject: str) -> None:
    shop.book()
    await shop.mails(asks(1, date=shop.now), notice(shop, subject))
    assert shop.sent == []
    assert shop.states() == ["handover staged"]


async def test_nothing_goes_by_itself_while_the_rest_of_a_backlog_may_hold_a_case(
    shop: ClockShop,
) -> None:
    shop.book()
    others = [asks(9, date=shop.now, number=number) for number in range(AT_ONCE)]
    raws = [asks(1, date=shop.now), *others, inr(shop)]
    mails = tuple(
        Fetched(uid=uid, raw=raw, size=len(raw), received=shop.now)
        for uid, raw in enumerate(raws, 1)
    )
    batch = Slice(role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=None, mails=mails)
    parts = shop.service.parts
    parts.pipeline.keep("shop", batch)
    assert await parts.writer.do(parts.pipeline.handle_new) == AT_ONCE
    assert shop.states()[0] == "in_transit approved"
    await parts.dispatch.send_due()
    assert shop.sent == []
    await shop.service.handle_all()
    await shop.beat()
    assert shop.sent == []
    assert shop.states()[0] == "in_transit staged"


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


async def test_a_case_drops_what_is_held_unasked(shop: ClockShop) -> None:
    shop.book()
    await shop.asks()
    shop.now = NIGHT
    shop.book()
    await shop.beat()
    assert shop.states()[1] == "delay_notice held"
    await shop.mail(inr(shop))
    assert shop.states()[1] == "delay_notice withdrawn"
    assert len(shop.sent) == 1


async def test_what_the_seller_has_done_is_asked_anew_for_another_day_or_when_it_is_open_again(
    shop: ClockShop,
) -> None:
    def tick() -> None:
        with shop.service.parts.store.write() as conn:
            todo_rows.done(conn, "case_inr", f"ebay:{number_of(1)}", "5012345678", shop.now)

    shop.book()
    await shop.mail(inr(shop, "Request ID: 5012345678\nRespond by Nov 6, 2026"))
    tick()
    await shop.mail(inr(shop, "Request ID: 5012345678\nRespond by Nov 6, 2026"))
    await shop.mail(notice(shop, "user_1 left you negative feedback", "Comment: Too late"))
    assert todos(shop) == []
    await shop.mail(inr(shop, "Request ID: 5012345678\nRespond by Nov 8, 2026"))
    assert len(todos(shop)) == 1
    for raw, left in ((inr_closed, 0), (inr, 1)):
        shop.now += timedelta(hours=1)
        await shop.mail(raw(shop))
        assert len(todos(shop)) == left


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


async def test_a_number_that_the_buyer_types_into_a_case_makes_it_no_case_of_that_order(
    shop: ClockShop,
) -> None:
    order = shop.book(2)
    text = f"Request ID: 5012345678\nBuyer's comments: as with {number_of(2)}"
    raw = mail(
        text, sender="ebay@ebay.com", stamp=GENUINE, date=shop.now, message_id="<typed@ebay.com>",
        subject="Buyer opened an item not received request",
    )  # fmt: skip
    await shop.mail(raw)
    assert held(shop, 2) == order
    assert [about for _, _, about in todos(shop)] == ["5012345678"]


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


# --------------------------------------------------------------------------- with exports


async def test_a_sale_and_then_the_export_of_it_are_one_order_with_its_money_once(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with pymap_shop(pymap, tmp_path, mode="stage") as shop:
        text = f"Order: {number_of(1)}\nItem ID: {order_row(1)['Item Number']}\nTotal: $24.99"
        raw = mail(
            text,
            sender="ebay@ebay.com",
            subject="You made the sale for Folding camping lantern",
            message_id="<sale@ebay.com>",
            stamp=GENUINE,
        )
        shop.give(raw)
        await shop.decided(1)
        sold = held_order(shop, 1)
        await shop.import_orders(order_row(1))
        order = held_order(shop, 1)
        assert order.total == sold.total
        assert order.total is not None
        assert str(order.total.amount) == "24.99"
        assert len(order.lines) == 1
        assert order.lines[0].sku == "LAN-01"


async def test_a_draft_that_found_no_order_is_drawn_again_when_the_sale_is_told(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        await shop.asks()
        assert [one.reply.order for one in shop.replies()] == [None]
        await shop.mail(notice(shop, "You made the sale for Lantern", "Total: $28.99"))
        drawn = shop.replies()
        assert [str(one.reply.state) for one in drawn] == ["withdrawn", "staged"]
        assert drawn[1].reply.order == OrderKey(Marketplace.EBAY, number_of(1))


# --------------------------------------------------------------------------- tactd why


def why_of(shop: ClockShop, raw: bytes) -> dict[str, Any]:
    path = shop.root / "notice.eml"
    path.write_bytes(raw)
    parts = shop.service.parts
    return why.of_file(parts.store, parts.pipeline.rules, path, shop.now)


async def test_why_says_what_a_notice_tells_and_that_it_would_change_the_book(
    shop: ClockShop,
) -> None:
    shop.book()
    told = why_of(shop, inr(shop, "Request ID: 5012345678\nBuyer: user_1"))
    assert (told["kind"], told["marketplace"]) == ("case_inr", "ebay")
    assert (told["order"], told["buyer"]["username"]) == (number_of(1), "user_1")
    assert told["match"]["evidence"][0]["kind"] == "order"
    assert told["believed"]["yes"]
    (said,) = told["tells"]
    assert said["cases"][0]["number"] == "5012345678"
    assert (said["key"]["number"], said["changes"]) == (number_of(1), "yes")
    assert todos(shop) == [], "nothing is stored"


@pytest.mark.parametrize(
    ("subject", "stamp", "changes"),
    [
        ("You made the sale for Lantern", GENUINE, "new"),
        ("Your order was shipped", GENUINE, "waits"),
        ("You made the sale for Lantern", "", "no"),
    ],
)
async def test_why_says_what_would_become_of_a_notice(
    shop: ClockShop, subject: str, stamp: str, changes: str
) -> None:
    told = why_of(shop, notice(shop, subject, stamp=stamp))
    assert [one["changes"] for one in told["tells"]] == [changes]
    assert told["believed"]["yes"] is (stamp == GENUINE)
    assert told["order"] == number_of(1)


async def test_why_of_a_notice_that_was_taken_says_what_it_told(shop: ClockShop) -> None:
    shop.book()
    await shop.mail(inr(shop))
    parts = shop.service.parts
    told = why.of_id(parts.store, parts.pipeline.rules.policy, "m1")
    assert (told["order"], told["tells"][0]["cases"][0]["kind"]) == (number_of(1), "inr")
    out = io.StringIO()
    why.show(told, Terminal(file=out, width=200))
    assert f"{number_of(1)}: cases" in out.getvalue()
