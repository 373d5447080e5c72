"""Attacks on what the seller has said: he changes his mind while an answer settles."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from attacks.auto_shop import at_address, reload, settling
from clock_shop import START, WINDOW_ENDS, ClockShop, clock_shop
from story_kit import asks
from tactd.adapters.store import readback
from tactd.core.types import Fetched, FolderRole, Mode, SentRead, Situation, Slice
from tactd.screens import switch

SETTLED = START + timedelta(minutes=7)
NO_LIMIT = '[limits]\nanswers = "off"\nunasked = "off"\nquiet_hours = "off"\n'
LATE = WINDOW_ENDS + timedelta(hours=13)
TAKEN_OUT: list[dict[str, Any]] = [
    {"mode": Mode.STAGE},
    {"auto": frozenset({Situation.FEEDBACK_THANKS})},
    {"max_age": timedelta(minutes=1)},
]


@pytest.mark.parametrize("changed", TAKEN_OUT, ids=["mode", "auto", "max_age"])
async def test_what_a_reload_takes_out_is_staged_after_its_settle_time(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        reload(shop, **changed)
        await shop.at(SETTLED)
        assert shop.states() == ["in_transit staged"]
        assert shop.sent == []


@pytest.mark.parametrize("mode", [Mode.STAGE, Mode.OBSERVE])
async def test_what_is_to_go_at_once_asks_again_whether_it_may(tmp_path: Path, mode: Mode) -> None:
    """Decided and not yet claimed: too young to be decided afresh."""
    async with clock_shop(tmp_path) as shop:
        shop.book()
        keep(shop, asks(1, date=shop.now))
        await shop.service.handle_all()
        reload(shop, mode=mode)
        await shop.beat()
        assert shop.states() == ["in_transit staged"]
        assert shop.sent == []


async def test_mode_observe_sends_and_writes_nothing_of_what_settled(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        reload(shop, mode=Mode.OBSERVE)
        await shop.at(SETTLED)
        await shop.at(SETTLED + timedelta(days=1))
        assert shop.sent == []
        assert list(shop.root.glob("replies/*/*.txt")) == []


async def test_an_approval_that_is_taken_back_does_not_go_by_itself(tmp_path: Path) -> None:
    """In mode `auto`, of what could have gone by itself."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        reload(shop, mode=Mode.STAGE)
        await shop.at(SETTLED)
        reload(shop, mode=Mode.AUTO)
        switch.pause(shop.service.parts.store, shop.now)
        shop.move(shop.files("staged")[0], "approved")
        await shop.beat()
        assert shop.states() == ["in_transit ready"]
        shop.move(shop.files("approved")[0], "staged")
        await shop.beat()
        switch.resume(shop.service.parts.store)
        await shop.at(SETTLED + timedelta(minutes=5))
        assert shop.states() == ["in_transit staged"]
        assert shop.sent == []


async def test_a_notice_that_the_seller_has_dropped_is_not_sent_for_another_promise(
    tmp_path: Path,
) -> None:
    """He asked twice and was promised twice."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        await shop.asks()
        await shop.asks("Where is my parcel? I ask again.", number=2)
        shop.move(shop.files("staged")[0], "approved")
        await shop.beat()
        assert shop.states() == ["in_transit sent", "in_transit sent"]
        reload(shop, mode=Mode.STAGE)
        shop.now = LATE
        shop.book()
        await shop.beat()
        assert shop.states()[2:] == ["delay_notice staged"]
        shop.move(shop.files("staged")[0], "rejected")
        await shop.beat()
        reload(shop, mode=Mode.AUTO)
        await shop.at(LATE + timedelta(days=1))
        assert shop.states()[2:] == ["delay_notice rejected"]
        assert len(shop.sent) == 2


# ------------------------------------------------------------------ several mailboxes


def keep(
    shop: ClockShop, raw: bytes, box: str = "shop", role: FolderRole = FolderRole.INBOX
) -> None:
    shop.uid += 1
    batch = Slice(
        role=role,
        folder=role,
        uidvalidity=1,
        watermark=None,
        mails=(Fetched(uid=shop.uid, raw=raw, size=len(raw), received=shop.now),),
    )
    shop.service.parts.pipeline.keep(box, batch)


def second_mailbox(shop: ClockShop) -> None:
    policy, dispatch = shop.service.parts.pipeline.rules.policy, shop.service.parts.dispatch
    other = replace(policy.mailboxes[0], name="other", address="other@example.org")
    reload(shop, mailboxes=(*policy.mailboxes, other))
    dispatch.outboxes["other"] = dispatch.outboxes["shop"]
    dispatch._sending["other"] = asyncio.Lock()
    read = SentRead(folder="Sent", uidvalidity=1, window=timedelta(days=90), done=True)
    with shop.service.parts.store.write() as conn:
        readback.note_sent_read(conn, "other", read, START)


async def test_one_mail_in_two_mailboxes_gets_one_answer_by_itself(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        second_mailbox(shop)
        shop.book()
        raw = asks(1, to="shop@example.org, other@example.org", date=shop.now)
        keep(shop, b"Delivered-To: shop@example.org\n" + raw)
        keep(shop, b"Delivered-To: other@example.org\n" + raw, "other")
        await shop.service.handle_all()
        await shop.beat()
        await shop.at(SETTLED)
        assert len(shop.sent) == 1


async def test_two_mails_to_two_mailboxes_at_once_get_one_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more='[limits]\nanswers = ["1 per 1 day"]\n') as shop:
        second_mailbox(shop)
        username = shop.book(1).endpoints[0]
        shop.book(2, endpoints=(username, at_address("second@example.com")))
        keep(shop, asks(1, date=shop.now))
        keep(shop, asks(2, sender="second@example.com", date=shop.now), "other")
        await shop.service.handle_all()
        await shop.beat()
        assert sorted(shop.states()) == ["in_transit sent", "in_transit staged"]
