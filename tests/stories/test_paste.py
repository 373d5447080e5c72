"""Where no mail reaches the buyer the reply is text to paste: staged with the page to paste it on,
and counted as the seller's own hand once he says that he has done it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clock_shop import START, ClockShop, clock_shop
from decide_kit import order_of
from shop import mail
from story_kit import edit, notes, sheet
from tactd import marketplaces
from tactd.adapters.store import contacts, endpoint_text, flags, orders, replies
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
    Known,
    LedgerRow,
    Mail,
    MailKind,
    Marketplace,
    Message,
    OrderKey,
    ReplyState,
)
from tactd.flow.record import withdraw

HOUR = timedelta(hours=1)
NUMBER = "3580012396"
JANE = Endpoint(EndpointKind.ETSY, "jane_k")
VOUCHED = "dmarc=pass header.from={domain}"
LINK = "https://www.etsy.com/your/conversations/1001"
WORDS = "Hello, where is my order? It has not arrived yet."


def read_etsy(mail: Mail) -> Message | None:
    """What a reader of Etsy's mails makes of those that these stories hand in."""
    address = mail.sender.email if mail.sender else ""
    kinds = {
        "conversations@mail.etsy.com": MailKind.BUYER_MESSAGE,
        "no-reply@account.etsy.com": MailKind.MESSAGE_NOTICE,
        "transaction@etsy.com": MailKind.OWN_REPLY_COPY,
    }
    kind = kinds.get(address)
    if kind is None:
        return None
    named = tuple(re.findall(r"#(\d{10})", mail.subject))
    words = mail.text.strip() if kind is not MailKind.MESSAGE_NOTICE else ""
    return Message(
        kind=kind, marketplace=Marketplace.ETSY, words=words, username="Jane", orders=named,
        link=LINK,
    )  # fmt: skip


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[ClockShop]:
    monkeypatch.setattr(marketplaces, "MAILS", (read_etsy, *marketplaces.MAILS))
    async with clock_shop(tmp_path) as made:
        book(made)
        yield made


def book(shop: ClockShop, *endpoints: Endpoint) -> None:
    order = order_of(1)
    shipped = tuple(replace(one, shipped_at=START - timedelta(days=20)) for one in order.parcels)
    order = replace(
        order,
        parcels=shipped,
        key=OrderKey(Marketplace.ETSY, NUMBER),
        endpoints=endpoints or (JANE,),
        estimate=Estimate(START - timedelta(days=4), START + timedelta(days=6)),
        known=(Known(FactGroup.DISPATCH, shop.now, "report.csv"),),
    )
    with shop.service.parts.store.write() as conn:
        orders.put(conn, order)


def etsy(
    words: str = WORDS,
    *,
    sender: str = "conversations@mail.etsy.com",
    number: int = 1,
    order: str = NUMBER,
    stamp: str = VOUCHED,
    at: timedelta = timedelta(0),
) -> bytes:
    return mail(
        words,
        sender=sender,
        name="Etsy",
        subject=f"Jane needs help with order #{order}" if order else "Etsy Conversation with Jane",
        message_id=f"<etsy-{number}@mail.etsy.com>",
        stamp=stamp.format(domain=sender.partition("@")[2]),
        date=START + at,
    )


def ledger(shop: ClockShop, to: Endpoint = JANE) -> list[LedgerRow]:
    with shop.service.parts.store.read() as conn:
        return contacts.since(conn, [endpoint_text(to)], START - timedelta(days=99))


def promised(shop: ClockShop) -> int:
    return len(shop.status()["promises"])


# ------------------------------------------------------------------ text to paste


async def test_an_answer_for_etsy_is_staged_as_text_to_paste_and_never_sent(
    shop: ClockShop,
) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    shown = sheet(path)
    assert shown.to == f"Etsy, order {NUMBER}"
    assert any("text to paste" in line and LINK in line for line in shown.top)
    assert "Nothing of this is sent by mail" in shown.below
    assert "China Post" in shown.body  # the wrapper names the order, and Etsy vouches for it
    (row,) = shop.status()["waiting"]
    assert (row["pasted"], row["to"]) == (True, f"Etsy, order {NUMBER}")
    assert "in_transit paste" in shop.screen()

    shop.move(path, "approved")
    await shop.beat()
    assert shop.sent == []
    assert shop.states() == ["in_transit sent"]
    assert [one.name for one in shop.files("sent")] == [path.name]


async def test_what_he_has_pasted_counts_as_his_own_hand_once(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    assert ledger(shop) == []
    assert promised(shop) == 0

    edit(path, "Kind regards,", "It will be there soon.\n\nKind regards,")
    shop.now += HOUR
    shop.move(path, "approved")
    await shop.beat()
    await shop.beat()
    (row,) = ledger(shop)
    assert (row.kind, row.by, row.state) == (ContactKind.HAND, By.SELLER, ContactState.SENT)
    assert (row.at, row.situation, row.reply) == (
        shop.now,
        "in_transit",
        shop.replies()[0].reply.id,
    )
    assert "It will be there soon." in shop.replies()[0].reply.body
    assert promised(shop) == 1
    assert shop.status()["last_24_hours"]["sent"] == {"seller": 1}


async def test_pause_and_full_limits_do_not_undo_what_he_has_pasted(shop: ClockShop) -> None:
    for number in range(5):
        shop.now = START + number * timedelta(minutes=1)
        await shop.mail(etsy(number=number, at=number * timedelta(minutes=1)))
        with shop.service.parts.store.write() as conn:
            flags.put(conn, flags.KILL_SWITCH, "a story", shop.now)
        (path,) = shop.files("staged")
        shop.move(path, "approved")
        await shop.beat()
    assert len(ledger(shop)) == 5
    assert {one.reply.state for one in shop.replies()} == {ReplyState.SENT}


async def test_facts_that_have_changed_meanwhile_do_not_undo_it_either(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    shop.move(path, "approved")
    held = replace(order_of(1), key=OrderKey(Marketplace.ETSY, NUMBER), endpoints=(JANE,))
    with shop.service.parts.store.write() as conn:
        orders.put(conn, held)
    await shop.beat()
    assert shop.states() == ["in_transit sent"]


async def test_what_was_withdrawn_while_he_pasted_it_counts_and_closes_what_came_instead(
    shop: ClockShop,
) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    with shop.service.parts.store.write() as conn:
        (stored,) = replies.in_states(conn, ReplyState.STAGED)
        withdraw(conn, stored, "another estimate", "withdrawn.facts")
        shop.service.parts.pipeline.draw_again(conn, stored)
    await shop.beat()
    assert shop.states() == ["in_transit withdrawn", "in_transit staged"]

    (withdrawn,) = shop.files("withdrawn")
    assert withdrawn.name == path.name
    shop.move(withdrawn, "approved")
    await shop.beat()
    await shop.beat()
    assert shop.states() == ["in_transit sent", "in_transit withdrawn"]
    assert len(ledger(shop)) == 1


async def test_what_he_drops_is_not_counted(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    shop.move(path, "rejected")
    await shop.beat()
    assert shop.states() == ["in_transit rejected"]
    assert ledger(shop) == []


async def test_another_place_after_to_is_refused(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    edit(path, f"To: Etsy, order {NUMBER}", "To: jane@example.com")
    shop.move(path, "approved")
    await shop.beat()
    (held,) = shop.files("trouble")
    assert f"To: Etsy, order {NUMBER}" in notes(held)
    assert ledger(shop) == []


async def test_news_that_nobody_asked_for_is_text_to_paste_too(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    shop.move(path, "approved")
    await shop.beat()

    await shop.at(START + timedelta(days=8))  # it has not come in its time, and he has not written
    (notice,) = shop.files("staged")
    shown = sheet(notice)
    assert shown.to == f"Etsy, order {NUMBER}"
    assert any("text to paste" in line for line in shown.top)
    assert "delay_notice" in notice.name
    assert shop.sent == []

    shop.move(notice, "approved")
    await shop.beat()
    assert shop.states() == ["in_transit sent", "delay_notice sent"]
    assert [row.kind for row in ledger(shop)] == [ContactKind.HAND, ContactKind.HAND]
    assert shop.sent == []


# ------------------------------------------------------------------ the marketplace's copy


def copy_of(shop: ClockShop, number: int = 90) -> bytes:
    return etsy(
        "You wrote: it is on its way.", sender="transaction@etsy.com", number=number,
        at=shop.now - START,
    )  # fmt: skip


async def test_the_copy_of_what_he_has_pasted_is_the_same_contact(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    shop.move(path, "approved")
    await shop.beat()
    shop.now += timedelta(minutes=5)
    await shop.mail(copy_of(shop))
    assert len(ledger(shop)) == 1

    shop.now += timedelta(minutes=5)
    await shop.mail(copy_of(shop, 91))  # he has written once more, by himself
    assert len(ledger(shop)) == 2


async def test_a_copy_that_comes_before_the_file_is_moved_is_the_same_contact(
    shop: ClockShop,
) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    await shop.mail(copy_of(shop))
    assert len(ledger(shop)) == 1

    shop.now += timedelta(minutes=5)
    shop.move(path, "approved")
    await shop.beat()
    (row,) = ledger(shop)
    assert row.reply == shop.replies()[0].reply.id
    await shop.mail(copy_of(shop, 91))
    assert len(ledger(shop)) == 2


async def test_what_he_wrote_by_hand_before_is_not_what_he_pastes_now(shop: ClockShop) -> None:
    await shop.mail(copy_of(shop))
    shop.now += 5 * HOUR
    await shop.mail(etsy(at=5 * HOUR))
    (path,) = shop.files("staged")
    shop.move(path, "approved")
    await shop.beat()
    assert len(ledger(shop)) == 2


async def test_a_file_that_comes_back_in_any_way_counts_once(shop: ClockShop) -> None:
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    text = path.read_text(encoding="utf-8")
    approved = shop.root / "replies" / "approved"
    for name in (path.name, "again.txt"):  # copied, while tactd is down
        (approved / name).write_text(text, encoding="utf-8")
    await shop.beat()
    for folder in ("staged", "held", "sent", "withdrawn", "rejected", "trouble"):
        (shop.root / "replies" / folder / "back.txt").write_text(text, encoding="utf-8")
        await shop.beat()
        (approved / "once more.txt").write_text(text, encoding="utf-8")
        await shop.beat()
    assert len(ledger(shop)) == 1
    assert promised(shop) == 1
    assert shop.sent == []
    assert shop.states() == ["in_transit sent"]


# ------------------------------------------------------------------ notices without a text


async def test_a_notice_without_text_is_a_sheet_with_the_page_to_answer_on(shop: ClockShop) -> None:
    await shop.mail(etsy("See your messages.", sender="no-reply@account.etsy.com", order=""))
    (path,) = shop.files("staged")
    shown = sheet(path)
    assert shown.to == "Etsy, messages"
    assert any(LINK in line for line in shown.top)
    assert "[[" not in shown.body
    assert "Jane" in shown.subject
    assert path.name.startswith("2026-11-05_2300_handover")  # a day, on the seller's clock

    shop.move(path, "approved")
    await shop.beat()
    assert shop.states() == ["handover sent"]
    assert shop.sent == []
    assert shop.status()["waiting"] == []


async def test_many_notices_are_no_sign_of_a_machine(shop: ClockShop) -> None:
    for number in range(5):
        await shop.mail(etsy("See.", sender="no-reply@account.etsy.com", order="", number=number))
    assert not any(code.startswith("loop.") for code in shop.last_codes())
    assert shop.status()["nothing_goes_to"]["paused"] == []


async def test_the_link_of_a_notice_that_nobody_vouches_for_is_not_shown(shop: ClockShop) -> None:
    notice = etsy("See.", sender="no-reply@account.etsy.com", order="", stamp="dmarc=fail")
    await shop.mail(notice)
    (path,) = shop.files("staged")
    assert LINK not in path.read_text(encoding="utf-8").split("THE BUYER WROTE")[0]
    assert any("https://www.etsy.com/messages" in line for line in sheet(path).top)


# ------------------------------------------------------------------ who is who


async def test_two_buyers_of_one_marketplace_are_not_taken_for_one(shop: ClockShop) -> None:
    await shop.mail(etsy())
    await shop.mail(etsy("Do you have it in blue?", number=2, order="3580099999"))
    assert len(shop.files("staged")) == 2
    assert {sheet(one).to for one in shop.files("staged")} == {
        f"Etsy, order {NUMBER}",
        "Etsy, order 3580099999",
    }


@pytest.mark.parametrize("stamp", ["", "dmarc=fail header.from=etsy.com"])
async def test_a_message_for_which_nobody_vouches_gets_no_fact_of_the_order(
    shop: ClockShop, stamp: str
) -> None:
    await shop.mail(etsy(stamp=stamp))
    (path,) = shop.files("staged")
    assert "China Post" not in sheet(path).body
    assert "LK473124829CN" not in sheet(path).body


async def test_an_order_whose_buyer_has_no_name_on_the_site_is_answered_all_the_same(
    shop: ClockShop,
) -> None:
    book(shop, Endpoint(EndpointKind.MAIL, "jane@example.com"))
    await shop.mail(etsy())
    (path,) = shop.files("staged")
    assert "China Post" in sheet(path).body
    shop.move(path, "approved")
    await shop.beat()
    assert len(ledger(shop, Endpoint(EndpointKind.ETSY, f"order:{NUMBER}"))) == 1


# ------------------------------------------------------------------ AliExpress


async def test_a_notice_of_aliexpress_leads_to_its_message_centre(shop: ClockShop) -> None:
    number = "3041000012340071"
    await shop.mail(
        mail(
            f"订单 {number} 的买家给您留言了。",
            sender="transaction@notice.aliexpress.com",
            name="AliExpress",
            subject="您有一条新的站内信",
            message_id="<note-1@notice.aliexpress.com>",
            stamp="dmarc=pass header.from=notice.aliexpress.com",
            date=START,
        )
    )
    (path,) = shop.files("staged")
    shown = sheet(path)
    assert shown.to == f"AliExpress, order {number}"
    assert any("https://gsp.aliexpress.com/" in line for line in shown.top)
    assert number in shown.below
    shop.move(path, "approved")
    await shop.beat()
    assert shop.sent == []
    assert len(ledger(shop, Endpoint(EndpointKind.ALIEXPRESS, f"order:{number}"))) == 1
