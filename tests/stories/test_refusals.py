"""A marketplace that does not pass a mail on says so: the reply has failed, and what its reason
asks for is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from amazon_mail_samples import NOT_APPROVED, REFUSED, copy, message
from amazon_samples import NUMBER, RELAY
from clock_shop import ClockShop, clock_shop
from shop import mail
from tactd.adapters.store import contacts, inbound, journal, people
from tactd.core.types import (
    ContactState,
    Endpoint,
    EndpointKind,
    Marketplace,
    OrderKey,
    Silence,
)

OTHER = "112-4410283-0000001"
OTHER_RELAY = "examplebuyer0002x@marketplace.amazon.com"
WHERE = "Hello, where is my order? It has not arrived yet."
_IDS = count(1)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path) as made:
        for buyer, (number, relay) in enumerate([(NUMBER, RELAY), (OTHER, OTHER_RELAY)], 1):
            made.book(
                buyer,
                key=OrderKey(Marketplace.AMAZON, number),
                endpoints=(Endpoint(EndpointKind.RELAY, relay),),
            )
        yield made


async def asks(shop: ClockShop, number: str = NUMBER, relay: str = RELAY) -> None:
    shop.now += timedelta(minutes=1)
    raw = mail(
        message(WHERE).replace(NUMBER, number),
        sender=relay,
        name="Jane",
        subject=f"Order delivery inquiry from Amazon customer Jane (Order: {number})",
        message_id=f"<ask-{next(_IDS)}@amazon.com>",
        stamp="dmarc=pass header.from=marketplace.amazon.com",
        date=shop.now,
        X_Space_Notification_Type="BBC_MESSAGE_SENT_TO_MERCHANT",
    )
    await shop.mail(raw)


async def amazon_says(
    shop: ClockShop, text: str, stamp: str = "dmarc=pass header.from=amazon.com", **headers: str
) -> None:
    shop.now += timedelta(minutes=1)
    raw = mail(
        text,
        sender="donotreply@amazon.com",
        name="Amazon",
        subject="Your e-mail to Jane",
        message_id=f"<say-{next(_IDS)}@amazon.com>",
        stamp=stamp,
        date=shop.now,
        **headers,
    )
    await shop.mail(raw)


async def copy_comes(shop: ClockShop) -> None:
    said = shop.replies()[-1].reply.body
    kind = {"X_Space_Notification_Type": "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT"}
    await amazon_says(shop, copy(said), **kind)


def silence(shop: ClockShop) -> Silence:
    with shop.service.parts.store.read() as conn:
        return people.silence_of(conn, [f"relay:{RELAY}"])


def counted(shop: ClockShop) -> list[ContactState]:
    with shop.service.parts.store.read() as conn:
        rows = contacts.since(conn, [f"relay:{RELAY}"], shop.now - timedelta(days=30))
    return [row.state for row in rows]


def told(shop: ClockShop) -> set[str]:
    return {one["what"] for one in shop.status()["trouble"]}


async def test_who_has_opted_out_gets_no_unasked_mail_and_the_reply_has_failed(
    shop: ClockShop,
) -> None:
    await asks(shop)
    assert shop.states() == ["in_transit sent"]
    await amazon_says(shop, REFUSED)
    assert shop.states() == ["in_transit failed"]
    assert counted(shop) == [ContactState.REFUSED]
    assert silence(shop) is Silence.NO_UNASKED
    assert "reply_failed" in told(shop)
    (path,) = shop.files("trouble")
    assert "the buyer has opted out of messages" in path.read_text(encoding="utf-8")
    with shop.service.parts.store.read() as conn:
        waiting = inbound.waiting(conn, [f"relay:{RELAY}"], shop.now - timedelta(days=1))
        assert len(waiting) == 1, "his question waits again"
        assert journal.open_promises(conn) == []


async def test_the_refused_reply_goes_once_more_when_the_seller_approves_it(
    shop: ClockShop,
) -> None:
    await asks(shop)
    await amazon_says(shop, REFUSED)
    (path,) = shop.files("trouble")
    shop.move(path, "approved")
    await shop.beat()
    assert shop.states() == ["in_transit sent"]
    assert len(shop.sent) == 2
    assert counted(shop) == [ContactState.SENT]


async def test_a_refusal_that_nobody_vouches_for_changes_nothing(shop: ClockShop) -> None:
    await asks(shop)
    await amazon_says(shop, REFUSED, stamp="")
    assert shop.states() == ["in_transit sent"]
    assert silence(shop) is Silence.NONE
    assert "notice_unproven" in told(shop)


async def test_a_refusal_about_another_order_leaves_the_reply_sent(shop: ClockShop) -> None:
    await asks(shop)
    await amazon_says(shop, REFUSED.replace(NUMBER, OTHER))
    assert shop.states() == ["in_transit sent"]
    assert silence(shop) is Silence.NONE


async def test_what_another_was_refused_is_no_refusal_of_ours(shop: ClockShop) -> None:
    """Whoever is refused himself can send that mail on to a competitor."""
    await asks(shop)
    await amazon_says(shop, NOT_APPROVED, to="another@example.com")
    assert shop.states() == ["in_transit sent"]
    assert told(shop) == {"notice_unproven"}


async def test_what_a_copy_has_proved_to_be_passed_on_was_not_refused(shop: ClockShop) -> None:
    """The seller has written to him by hand besides, and that was refused."""
    await asks(shop)
    await copy_comes(shop)
    await amazon_says(shop, REFUSED)
    assert shop.states() == ["in_transit sent"]
    assert silence(shop) is Silence.NO_UNASKED


async def test_a_mailbox_that_is_not_approved_sends_only_what_the_seller_approves(
    shop: ClockShop,
) -> None:
    await asks(shop)
    await amazon_says(shop, NOT_APPROVED)
    assert shop.states() == ["in_transit failed"]
    assert "sender_not_approved" in told(shop)
    assert "Seller Central" in shop.screen()
    await asks(shop, OTHER, OTHER_RELAY)
    assert shop.states()[1] == "in_transit staged"
    (path,) = shop.files("staged")
    assert "refused mail from this mailbox" in path.read_text(encoding="utf-8")
    shop.move(path, "approved")
    await shop.beat()
    assert len(shop.sent) == 2
    await copy_comes(shop)
    assert "sender_not_approved" not in told(shop)


async def test_a_refusal_that_quotes_two_orders_silences_nobody(shop: ClockShop) -> None:
    """One of them may be a number that another buyer has typed."""
    for number in (NUMBER, OTHER):
        await asks(shop, number, RELAY if number == NUMBER else OTHER_RELAY)
    text = f"{REFUSED}\nOrder ID: {OTHER}\nOrder ID: {NUMBER}"
    await amazon_says(shop, text.replace(NUMBER, OTHER, 1))
    assert shop.states() == ["in_transit sent", "in_transit sent"]
    assert silence(shop) is Silence.NONE


async def test_a_copy_of_a_letter_that_two_buyers_got_proves_neither(shop: ClockShop) -> None:
    for number, relay in ((NUMBER, RELAY), (OTHER, OTHER_RELAY)):
        await asks(shop, number, relay)
    one, other = (stored.reply.body for stored in shop.replies())
    assert one[:200] == other[:200]
    await amazon_says(shop, copy(other).replace(NUMBER, "(not shown)"))
    assert len(shop.status()["unconfirmed"]) == 2
    await amazon_says(shop, copy(other).replace(NUMBER, OTHER))
    (left,) = shop.status()["unconfirmed"]
    assert left["order"] == NUMBER
