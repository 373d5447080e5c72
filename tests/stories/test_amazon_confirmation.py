"""A reply through Amazon's relay has answered the buyer only when Amazon's copy of it comes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amazon_mail_samples import CASE_RELAY, REFUSED, SUBJECT, copy, message
from amazon_samples import NUMBER, RELAY
from clock_shop import START, ClockShop, clock_shop
from decide_kit import order_of
from shop import mail
from story_kit import asks as buyer_asks
from story_kit import number_of
from tactd.adapters.store import contacts, endpoint_text, inbound, orders, replies
from tactd.core.types import (
    By,
    ContactState,
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
    Feedback,
    Known,
    Marketplace,
    OrderKey,
    Rating,
    ReplyState,
    Unanswered,
)
from tactd.flow import send

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
JANE = Endpoint(EndpointKind.RELAY, RELAY)
WHERE = "Hello, where is my order? It has not arrived yet."


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path) as made:
        order = replace(
            order_of(1),
            key=OrderKey(Marketplace.AMAZON, NUMBER),
            endpoints=(JANE,),
            estimate=Estimate(START - timedelta(days=4), START + timedelta(days=6)),
            known=(Known(FactGroup.DISPATCH, START, "report.txt"),),
        )
        with made.service.parts.store.write() as conn:
            orders.put(conn, order)
        yield made


async def asks(shop: ClockShop, words: str = WHERE, number: int = 1) -> None:
    raw = mail(
        message(words),
        sender=CASE_RELAY,
        subject=SUBJECT,
        message_id=f"<asked-{number}@amazon.com>",
        stamp="dmarc=pass header.from=marketplace.amazon.com",
        date=shop.now,
    )
    await shop.mail(raw)


async def from_amazon(shop: ClockShop, text: str, **more: Any) -> None:
    kind = more.pop("kind", "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT")
    given = {
        "sender": "donotreply@amazon.com",
        "subject": "Your e-mail to Jane",
        "message_id": f"<told-{shop.uid}@amazon.com>",
        "stamp": "dmarc=pass header.from=amazon.com",
        "date": shop.now,
        "X_Space_Notification_Type": kind,
    }
    await shop.mail(mail(text, **{**given, **more}))


async def copied(shop: ClockShop, **more: Any) -> None:
    (stored,) = shop.replies()
    await from_amazon(shop, copy(stored.reply.body), **more)


async def answered(shop: ClockShop) -> None:
    """Jane has asked, and the answer has gone by itself."""
    await asks(shop)
    assert [one.recipients for one in shop.sent] == [(CASE_RELAY,)]


def waiting(shop: ClockShop) -> list[Unanswered]:
    """Mails of hers that wait for an answer."""
    with shop.service.parts.store.read() as conn:
        return inbound.waiting(conn, [endpoint_text(JANE)], START - timedelta(days=1))


def troubles(shop: ClockShop) -> list[str]:
    return [one["what"] for one in shop.status()["trouble"]]


def counted(shop: ClockShop) -> list[tuple[By, ContactState]]:
    with shop.service.parts.store.read() as conn:
        rows = contacts.since(conn, [endpoint_text(JANE)], START - timedelta(days=1))
    return [(row.by, row.state) for row in rows]


async def test_until_the_copy_comes_the_reply_is_not_yet_confirmed(shop: ClockShop) -> None:
    await answered(shop)
    (row,) = shop.status()["unconfirmed"]
    assert (row["marketplace"], row["lost"], row["order"]) == ("amazon", False, NUMBER)
    assert "not yet confirmed by Amazon" in shop.screen()
    assert troubles(shop) == []

    shop.now += 5 * MINUTE
    await copied(shop)
    assert shop.status()["unconfirmed"] == []
    assert counted(shop) == [(By.AUTO, ContactState.SENT)]
    await shop.at(shop.now + 9 * HOUR)
    assert troubles(shop) == []
    assert waiting(shop) == []


async def test_without_a_copy_the_seller_is_told_and_the_mail_waits_again(shop: ClockShop) -> None:
    await answered(shop)
    await shop.at(START + 2 * HOUR - MINUTE)
    assert troubles(shop) == []
    assert waiting(shop) == []

    await shop.at(START + 2 * HOUR)
    assert troubles(shop) == ["reply_unconfirmed"]
    (row,) = shop.status()["unconfirmed"]
    assert row["lost"]
    assert "answer by" in shop.screen()
    assert row["deadline"] == (START + 24 * HOUR).isoformat(timespec="seconds")
    assert len(waiting(shop)) == 1
    assert counted(shop) == [(By.AUTO, ContactState.SENT)]  # it counts until it is refused


async def test_nothing_is_sent_a_second_time_by_itself(shop: ClockShop) -> None:
    await answered(shop)
    for hours in range(1, 60):
        await shop.at(START + hours * HOUR)
    assert len(shop.sent) == 1
    assert [one.reply.state for one in shop.replies()] == [ReplyState.SENT]


async def test_a_copy_that_comes_late_ends_it(shop: ClockShop) -> None:
    await answered(shop)
    await shop.at(START + 5 * HOUR)
    assert troubles(shop) == ["reply_unconfirmed"]
    await copied(shop)
    assert troubles(shop) == []
    assert waiting(shop) == []
    assert shop.status()["unconfirmed"] == []


async def test_what_she_writes_next_is_read_together_with_what_may_be_unanswered(
    shop: ClockShop,
) -> None:
    await answered(shop)
    await shop.at(START + 5 * HOUR)
    await asks(shop, "Hello? Are you there?", number=2)
    assert "classify.earlier_question" in shop.last_codes()
    newest = shop.replies()[-1]
    assert newest.reply.deadline == START + 24 * HOUR  # as long as the first mail waits


async def test_an_answer_on_amazons_site_ends_it_too(shop: ClockShop) -> None:
    await answered(shop)
    await shop.at(START + 5 * HOUR)
    await from_amazon(shop, copy("Sorry, I write to you from here. It left on Monday."))
    assert troubles(shop) == []
    assert waiting(shop) == []
    assert shop.status()["unconfirmed"] == []
    assert counted(shop) == [(By.AUTO, ContactState.SENT), (By.SELLER, ContactState.SENT)]


async def test_a_refusal_ends_it_as_refused(shop: ClockShop) -> None:
    await answered(shop)
    shop.now += 5 * MINUTE
    await from_amazon(shop, REFUSED, subject="Your e-mail to Jane", kind="")
    assert counted(shop) == [(By.AUTO, ContactState.REFUSED)]
    assert shop.status()["unconfirmed"] == []
    await shop.at(START + 5 * HOUR)
    assert "reply_unconfirmed" not in troubles(shop)
    assert len(shop.sent) == 1


async def test_a_refusal_that_comes_late_ends_it_too(shop: ClockShop) -> None:
    await answered(shop)
    await shop.at(START + 5 * HOUR)
    assert troubles(shop) == ["reply_unconfirmed"]
    await from_amazon(shop, REFUSED, subject="Your e-mail to Jane", kind="")
    await shop.beat()
    assert "reply_unconfirmed" not in troubles(shop)
    assert shop.replies()[0].confirmed_at is None


@pytest.mark.parametrize("stamp", ["", "dmarc=fail header.from=amazon.com"])
async def test_a_copy_for_which_nobody_vouches_confirms_nothing(
    shop: ClockShop, stamp: str
) -> None:
    await answered(shop)
    await copied(shop, stamp=stamp)
    await shop.at(START + 5 * HOUR)
    assert troubles(shop) == ["reply_unconfirmed"]


async def test_a_copy_cut_short_or_without_words_confirms_it_all_the_same(shop: ClockShop) -> None:
    await answered(shop)
    (stored,) = shop.replies()
    await from_amazon(shop, copy(stored.reply.body[:300]))
    assert shop.status()["unconfirmed"] == []


async def test_a_copy_proves_a_send_whose_end_nobody_saw(shop: ClockShop) -> None:
    await answered(shop)
    (stored,) = shop.replies()
    with shop.service.parts.store.write() as conn:
        replies.change(conn, stored.reply.id, [ReplyState.SENT], state=ReplyState.SENDING)
        send.recover(conn, shop.now)
    assert shop.replies()[0].reply.state is ReplyState.UNCLEAR
    shop.now += MINUTE
    await copied(shop)
    assert shop.replies()[0].reply.state is ReplyState.SENT
    assert counted(shop) == [(By.AUTO, ContactState.SENT)]


async def test_after_two_weeks_nobody_is_told_any_more(shop: ClockShop) -> None:
    await answered(shop)
    await shop.at(START + 5 * HOUR)
    await shop.at(START + timedelta(days=15))
    assert troubles(shop) == []
    assert shop.status()["unconfirmed"] == []


async def test_what_he_writes_on_the_site_withdraws_what_waits_about_that_order(
    shop: ClockShop,
) -> None:
    await asks(shop, "My lantern is broken, what now?")
    (stored,) = shop.replies()
    assert stored.reply.state is ReplyState.STAGED
    shop.now += 5 * MINUTE
    await from_amazon(shop, copy("I send you another one today."))
    assert [one.reply.state for one in shop.replies()] == [ReplyState.WITHDRAWN]
    assert waiting(shop) == []
    assert len(shop.files("withdrawn")) == 1


async def test_what_she_asks_after_that_waits_all_the_same(shop: ClockShop) -> None:
    before = shop.now
    shop.now += 5 * MINUTE
    await asks(shop, "My lantern is broken, what now?")
    await from_amazon(shop, copy("It left on Monday."), date=before)
    assert [one.reply.state for one in shop.replies()] == [ReplyState.STAGED]
    assert len(waiting(shop)) == 1


@pytest.mark.parametrize(
    ("number", "situation"),
    [(OrderKey(Marketplace.AMAZON, NUMBER), "handover"), (None, "feedback_misclick")],
    ids=["amazon", "where it may be"],
)
async def test_nobody_is_asked_for_another_rating_where_that_is_forbidden(
    shop: ClockShop, number: OrderKey | None, situation: str
) -> None:
    """Also if he writes from his own address."""
    order = shop.book(feedback=Feedback(Rating.NEGATIVE), **({"key": number} if number else {}))
    raw = buyer_asks(1, "Great seller, fast shipping, everything perfect!", date=shop.now)
    await shop.mail(raw.replace(number_of(1).encode(), order.key.number.encode()))
    assert shop.states() == [f"{situation} staged"]
