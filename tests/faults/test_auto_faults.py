"""Bad days in mode `auto`: providers that refuse, clocks that jump, slips in the configuration and
a full disk. Each has a clear state in `tactd status`; nothing is lost and nothing goes twice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from clock_shop import START, ClockShop, clock_shop
from servers.smtp_faults import FaultySmtp, faulty_smtp
from story_kit import address_of, asks
from tactd import wiring
from tactd.adapters.store import contacts, replies
from tactd.config import Config, load, load_for_looking
from tactd.core.types import FolderRole
from tactd.errors import StoreError
from tactd.flow import send
from tactd.screens import status, switch

ENV = {"SHOP_PASSWORD": "secret"}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
QUOTA = "550 5.4.5 Daily user sending limit exceeded"
GREY = "450 4.7.1 greylisted, come back in five minutes"


@asynccontextmanager
async def shop_at(
    root: Path, faults: dict[str, Any], **more: Any
) -> AsyncIterator[tuple[ClockShop, FaultySmtp]]:
    """A shop whose buyer 1 has asked, and whose server answers like this."""
    async with faulty_smtp(faults) as smtp, clock_shop(root, smtp=smtp, **more) as shop:
        shop.book()
        await shop.asks()
        yield shop, smtp


def ledger(shop: ClockShop, buyer: int = 1) -> list[str]:
    with shop.service.parts.store.read() as conn:
        rows = contacts.since(conn, [f"mail:{address_of(buyer)}"], START - timedelta(days=9))
    return [str(row.state) for row in rows]


def ids(smtp: FaultySmtp) -> list[str]:
    return [str(message_from_bytes(raw)["Message-ID"]) for raw in smtp.accepted]


# ------------------------------------------------------------------ providers


async def test_greylisted_mail_goes_later_once_and_as_the_same_mail(tmp_path: Path) -> None:
    async with shop_at(tmp_path, {"RCPT": GREY}) as (shop, smtp):
        assert shop.states() == ["in_transit ready"]
        [offered] = [one.reply.message_id for one in shop.replies()]
        [row] = shop.status()["on_their_way"]
        assert row["waits_for"] in ("retry", "provider")
        assert "greylisted" in shop.screen()
        smtp.faults.clear()
        await shop.at(START + 10 * MINUTE)
        assert shop.states() == ["in_transit sent"]
        assert ids(smtp) == [offered]
        assert ledger(shop) == ["sent"]
        await shop.at(START + 2 * HOUR)
        assert len(smtp.accepted) == 1


async def test_what_was_greylisted_does_not_go_once_he_has_his_answer(tmp_path: Path) -> None:
    async with shop_at(tmp_path, {"RCPT": GREY}) as (shop, smtp):
        smtp.faults.clear()
        shop.now = START + MINUTE
        by_hand = asks(1, "It is on its way, Jane.", sender="shop@example.org", number=7,
                       to=address_of(1), stamp="", In_Reply_To="<b1-1@example.com>")  # fmt: skip
        await shop.mail(by_hand, FolderRole.SENT)
        await shop.at(START + HOUR)
        assert smtp.accepted == []
        assert shop.states() == ["in_transit withdrawn"]


async def test_a_quota_is_waited_out_and_then_all_go_once(tmp_path: Path) -> None:
    async with shop_at(tmp_path, {"MAIL": QUOTA}) as (shop, smtp):
        shop.book(2)
        await shop.asks(buyer=2)
        assert sum(one.startswith("MAIL") for one in smtp.commands) == 1, "it is left alone"
        assert [row["waits_for"] for row in shop.status()["on_their_way"]] == ["provider"] * 2
        assert "Daily user sending limit exceeded" in shop.screen()
        assert ledger(shop) == ["refused"]
        smtp.faults.clear()
        for minutes in (61, 62, 200):
            await shop.at(START + minutes * MINUTE)
        assert shop.states() == ["in_transit sent"] * 2
        assert len(smtp.accepted) == len(set(ids(smtp))) == 2
        assert "account_paused" not in [one["what"] for one in shop.status()["trouble"]]


async def test_a_password_changed_in_the_night_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    async with shop_at(tmp_path, {"AUTH": "535 5.7.8 wrong password"}) as (shop, smtp):
        for hour in range(1, 6):
            await shop.at(START + hour * HOUR + MINUTE)
        assert smtp.sessions <= 6, "once an hour at most"
        assert "wrong password" in shop.screen()
        [row] = shop.status()["on_their_way"]
        assert row["waits_for"] == "provider"
        assert row["yours_at"] == (START + 22 * HOUR).isoformat()
        smtp.faults.clear()
        await shop.at(START + 8 * HOUR)
        assert shop.states() == ["in_transit sent"]
        assert ledger(shop) == ["sent"]
        assert "account_paused" not in [one["what"] for one in shop.status()["trouble"]]


async def test_a_password_that_stays_wrong_leaves_the_answer_to_the_seller_in_time(
    tmp_path: Path,
) -> None:
    async with shop_at(tmp_path, {"AUTH": "535 5.7.8 wrong password"}) as (shop, smtp):
        for hour in range(1, 24):
            await shop.at(START + hour * HOUR + MINUTE)
        [waiting] = shop.status()["waiting"]
        assert waiting["note"] == "staged.deadline"
        assert not waiting["overdue"]
        [path] = shop.files("staged")
        assert "could not go out in time" in path.read_text("utf-8")
        smtp.faults.clear()
        await shop.at(START + 30 * HOUR)
        assert smtp.accepted == []


async def test_an_automatic_answer_that_is_refused_for_good_is_shown_and_goes_when_approved(
    tmp_path: Path,
) -> None:
    async with shop_at(tmp_path, {"RCPT": "550 5.1.1 no such mailbox here"}) as (shop, smtp):
        assert shop.states() == ["in_transit failed"]
        assert ledger(shop) == ["refused"]
        assert "no such mailbox here" in shop.screen()
        [path] = shop.files("trouble")
        assert "no such mailbox here" in path.read_text("utf-8")
        await shop.at(START + 5 * HOUR)
        assert sum(one.startswith("RCPT") for one in smtp.commands) == 1, "it is not tried again"
        smtp.faults.clear()
        shop.move(path, "approved")
        await shop.beat()
        await shop.beat()
        assert shop.states() == ["in_transit sent"]
        assert len(smtp.accepted) == 1


async def test_a_quota_for_longer_than_his_deadline_leaves_the_answer_to_the_seller_at_once(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        with shop.service.parts.store.write() as conn:
            send.pause_account(conn, "shop", START + 25 * HOUR, "daily limit", START)
        await shop.at(START + 3 * MINUTE)
        [waiting] = shop.status()["waiting"]
        assert waiting["note"] == "staged.deadline"
        assert "daily limit" in shop.screen()
        await shop.at(START + 30 * HOUR)
        assert shop.sent == []


# ------------------------------------------------------------------ clocks


async def test_a_clock_that_jumps_forward_sends_what_settles_once(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        await shop.at(START + HOUR)
        assert shop.states() == ["in_transit sent"]
        await shop.at(START + MINUTE)  # and is set right again
        await shop.at(START + HOUR)
        assert len(shop.sent) == 1


async def test_a_clock_that_jumps_back_keeps_nothing_settling_for_an_hour(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        await shop.at(START - HOUR)
        assert shop.states() == ["in_transit sent"]
        for at in (START, START + 3 * MINUTE, START + HOUR):
            await shop.at(at)
        assert len(shop.sent) == 1


async def test_a_limit_does_not_open_because_a_clock_jumps_back(tmp_path: Path) -> None:
    more = '[limits]\nper_mailbox = ["1 per hour"]\n'
    async with clock_shop(tmp_path, more=more) as shop:
        shop.book(1)
        shop.book(2)
        await shop.asks()
        shop.now = START - HOUR  # the mail that went is now one of the future
        await shop.asks(buyer=2)
        assert len(shop.sent) == 1
        await shop.at(START + HOUR)
        assert len(shop.sent) == 2


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_what_is_held_for_his_morning_goes_once_in_his_morning_whatever_the_clock_does(
    jump: timedelta, tmp_path: Path
) -> None:
    night = START + timedelta(days=6, hours=12)  # 22:00 in New York, the window is over
    morning = night + timedelta(hours=10)
    async with clock_shop(tmp_path) as shop:
        shop.book()
        await shop.asks()
        shop.now = night
        shop.book()
        await shop.beat()
        assert shop.states() == ["in_transit sent", "delay_notice held"]
        [held] = shop.status()["held"]
        assert held["until"] == morning.isoformat()
        for at in (night + jump, night, morning - 2 * MINUTE):
            await shop.at(at)
        assert len(shop.sent) == 1
        await shop.at(morning)
        assert len(shop.sent) == 2
        await shop.at(morning + jump)
        await shop.at(morning + 2 * HOUR)
        assert len(shop.sent) == 2


# ------------------------------------------------------------------ a slip in the configuration


async def test_a_limit_with_a_typo_is_refused_and_the_old_one_holds(tmp_path: Path) -> None:
    more = '[limits]\nper_mailbox = ["1 per hour"]\n'
    async with clock_shop(tmp_path, more=more) as shop:
        shop.book(1)
        shop.book(2)
        await shop.asks()
        path = tmp_path / "config.toml"
        good, used = path.read_text("utf-8"), load(path, {})
        path.write_text(good.replace("1 per hour", "9 pre hour"), "utf-8")
        assert await reload(shop, used) is used
        await shop.asks(buyer=2)
        assert len(shop.sent) == 1, "the old limit holds"
        looked, wrong = load_for_looking(path, {})
        facts = status.gather(shop.service.parts.store, looked, shop.now)
        said = "\n".join(status.problems({**facts, "running": "pid 1", "config_problems": wrong}))
        assert "config.toml is wrong: limits.per_mailbox" in said
        assert "tactd works by what it has read before" in said
        assert "the old one is in use: limits.per_mailbox" in said
        path.write_text(good, "utf-8")
        await reload(shop, used)
        assert "reload_refused" not in [one["what"] for one in shop.status()["trouble"]]


async def reload(shop: ClockShop, used: Config) -> Config:
    """As SIGHUP does it."""
    now_using = wiring.reload(shop.service, shop.root / "config.toml", ENV, used)
    await asyncio.gather(*shop.service.loops._tasks)
    return now_using


# ------------------------------------------------------------------ a full disk


def _full(*_: object, **__: object) -> None:
    raise OperationalError("UPDATE", None, sqlite3.OperationalError("database or disk is full"))


async def test_a_disk_that_is_full_at_the_claim_sends_nothing_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        with monkeypatch.context() as full:
            full.setattr(contacts, "add", _full)
            with pytest.raises(StoreError, match="disk is full"):
                await shop.at(START + 3 * MINUTE)
        assert shop.sent == [], "no byte goes out before the attempt is written down"
        assert ledger(shop) == []
        await shop.at(START + 4 * MINUTE)
        assert shop.states() == ["in_transit sent"]
        assert len(shop.sent) == 1


@pytest.mark.parametrize(("killed", "ends"), [(False, "sent"), (True, "unclear")])
async def test_a_disk_that_is_full_after_the_send_never_sends_it_again(
    killed: bool, ends: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        with monkeypatch.context() as full:
            full.setattr(send, "finish_sent", _full)
            with pytest.raises(StoreError, match="disk is full"):
                await shop.at(START + 3 * MINUTE)
        assert len(shop.sent) == 1
        assert shop.states() == ["in_transit sending"]
        if killed:  # what it knew of the end is gone with it
            shop.service.parts.dispatch._open.clear()
            shop.service.parts.dispatch.recover()
        await shop.at(START + 5 * MINUTE)
        assert shop.states() == [f"in_transit {ends}"]
        said = any("may have gone out or not" in one for one in status.problems(shop.status()))
        assert said is killed
        await shop.at(START + 3 * HOUR)
        assert len(shop.sent) == 1
        assert ledger(shop) == [ends], "unclear counts, too: he may have got it"


async def test_a_nearly_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with clock_shop(tmp_path) as shop:
        facts = {**shop.status(), "disk_free": 3 << 20}
        assert "the disk is nearly full: 3 MB left" in status.problems(facts)


# ------------------------------------------------------------------ a pause over a restart


async def test_a_pause_holds_what_settles_and_resume_sends_it_once(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, settle="3 minutes") as shop:
        shop.book()
        await shop.asks()
        store = shop.service.parts.store
        switch.pause(store, shop.now)
        await shop.at(START + HOUR)
        assert shop.sent == []
        switch.resume(store)
        await shop.at(START + HOUR + MINUTE)
        await shop.at(START + 2 * HOUR)
        assert len(shop.sent) == 1
        with store.read() as conn:
            assert replies.counts(conn) == {"sent": 1}
