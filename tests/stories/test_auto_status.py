"""What the seller sees of mode `auto`: `tactd status`, `tactd why` and `tactd staged list`."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clock_shop import START, ClockShop, clock_shop
from story_kit import address_of
from tactd.adapters.store import flags, loops, overview, people, replies
from tactd.core.types import By, Outcome, ReplyState, Silence, Verdict
from tactd.flow.send import pause_account
from tactd.screens import reply_fate, staged, switch, why
from tactd.screens.on_the_way import Stops, waits_for
from tactd.screens.terminal import _SIGNS, Terminal

MINUTE = timedelta(minutes=1)
AGAIN = "Where is my parcel? Still nothing has come."


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path, settle="3 minutes") as opened:
        opened.book()
        yield opened


def on_its_way(shop: ClockShop) -> dict[str, Any]:
    [row] = shop.status()["on_their_way"]
    return dict(row)


def fates(shop: ClockShop, name: str = "m1") -> dict[str, Any]:
    parts = shop.service.parts
    return why.of_id(parts.store, parts.pipeline.rules.policy, name)


# ------------------------------------------------------------------ what it does without me


async def test_the_first_line_says_what_goes_by_itself(shop: ClockShop) -> None:
    assert shop.screen().startswith("auto: delay_notice, in_transit go by themselves\n")
    switch.pause(shop.service.parts.store, shop.now)
    assert shop.screen().startswith("paused since 23:00: nothing goes\n")
    assert shop.status()["in_effect"] == "paused"


async def test_until_sent_is_read_the_first_line_says_stage(shop: ClockShop) -> None:
    with shop.service.parts.store.write() as conn:
        for name, (value, _) in flags.under(conn, "sent_read:").items():
            flags.drop(conn, f"sent_read:{name}", value)
    assert shop.screen().startswith("in effect stage: Sent of shop is still being read")
    facts = shop.status()
    assert (facts["mode"], facts["in_effect"]) == ("auto", "stage")
    assert facts["sent_not_read"] == ["shop"]


async def test_in_mode_stage_nothing_goes_without_him(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        assert shop.screen().startswith("stage: nothing goes without you\n")


# ------------------------------------------------------------------ what waits, and for what


async def test_what_settles_says_when_it_goes(shop: ClockShop) -> None:
    await shop.asks()
    row = on_its_way(shop)
    assert (row["waits_for"], row["by"]) == ("settle", "auto")
    assert row["until"] == (START + 3 * MINUTE).isoformat()
    assert "goes by itself at 23:03 unless he writes again" in shop.screen()
    assert fates(shop)["fate"][-1]["what"] == "settling"
    await shop.at(START + 3 * MINUTE)
    assert len(shop.sent) == 1
    assert shop.status()["on_their_way"] == []


async def test_what_the_mailbox_limit_holds_says_until_when(tmp_path: Path) -> None:
    more = '[limits]\nper_mailbox = ["1 per hour", "5 per day"]\n'
    async with clock_shop(tmp_path, more=more) as shop:
        shop.book(1)
        shop.book(2)
        await shop.asks()
        await shop.asks(buyer=2)
        row = on_its_way(shop)
        assert (row["waits_for"], row["until"]) == (
            "mailbox_limit",
            (START + timedelta(hours=1)).isoformat(),
        )
        [box] = shop.status()["mailboxes"]
        assert [(one["sent"], one["most"]) for one in box["limits"]] == [(1, 1), (1, 5)]
        shown = shop.screen()
        assert "waits for the mailbox's limit, until 11-05 00:00" in shown
        assert "shop: 1 of 1 in an hour, 1 of 5 in 24 hours; full until 11-05 00:00" in shown
        await shop.at(START + timedelta(hours=1))
        assert len(shop.sent) == 2


async def test_what_a_pause_holds_says_when_it_is_his_to_decide(shop: ClockShop) -> None:
    await shop.asks()
    switch.pause(shop.service.parts.store, shop.now)
    row = on_its_way(shop)
    assert row["waits_for"] == "pause"
    assert row["yours_at"] == (START + timedelta(hours=22)).isoformat()
    assert "waits for `tactd resume`; yours to decide from 11-05 21:00" in shop.screen()
    await shop.at(START + timedelta(hours=22, minutes=1))
    [waiting] = shop.status()["waiting"]
    assert waiting["note"] == "staged.deadline"
    assert shop.sent == []


async def test_what_the_provider_refuses_says_until_when(shop: ClockShop) -> None:
    await shop.asks()
    with shop.service.parts.store.write() as conn:
        pause_account(conn, "shop", START + timedelta(hours=1), "too much mail", START)
    row = on_its_way(shop)
    assert row["waits_for"] == "provider"
    assert "the provider refuses, until 11-05 00:00" in shop.screen()
    assert "too much mail" in shop.screen()


async def test_what_waits_for_the_mailbox_after_a_start_says_so(shop: ClockShop) -> None:
    await shop.asks()
    with shop.service.parts.store.read() as conn:
        [one] = replies.in_states(conn, ReplyState.APPROVED)
        due = START + 4 * MINUTE
        assert waits_for(one, Stops.of(conn, due, ["shop"]), due) == ("start", None)
        assert waits_for(one, Stops.of(conn, due, ["second"]), due) == ("", None)
        assert waits_for(one, Stops.of(conn, START, ["shop"]), START)[0] == "settle"


async def test_held_mail_stands_there_by_when_it_frees_up(shop: ClockShop) -> None:
    await shop.asks()
    await shop.at(START + 3 * MINUTE)
    with shop.service.parts.store.write() as conn:
        [one] = replies.in_states(conn, ReplyState.SENT)
        values = {"state": ReplyState.HELD, "note": "held.night"}
        until = START + timedelta(hours=20)
        replies.change(conn, one.reply.id, [ReplyState.SENT], next_attempt=until, **values)
    [held] = shop.status()["held"]
    assert (held["waits_for"], held["until"]) == ("held", until.isoformat())
    assert "frees up 11-05 19:00 (it is night where the buyer lives)" in shop.screen()


# ------------------------------------------------------------------ what went, and who gets nothing


async def test_what_went_by_itself_is_counted_by_situation(shop: ClockShop) -> None:
    await shop.asks()
    await shop.at(START + 3 * MINUTE)
    assert shop.status()["by_itself"] == {
        "last_24_hours": {"in_transit": 1},
        "last_7_days": {"in_transit": 1},
    }
    assert "last 24 hours 1 in_transit · last 7 days 1 in_transit" in shop.screen()
    shop.now = START + timedelta(days=2)
    assert shop.status()["by_itself"]["last_24_hours"] == {}


async def test_to_whom_nothing_goes_and_how_that_ends(shop: ClockShop) -> None:
    store, now = shop.service.parts.store, shop.now
    with store.write() as conn:
        loops.pause(conn, "<r@x>", "mail:robot@example.com", "a machine", now)
        people.suppress(conn, "mail:gone@example.com", "550 unknown", None, now)
        his = ["mail:jane@example.com", "relay:jane@members.ebay.com"]
        people.set_silence(conn, his, Silence.STOP, "mail 7", now)
    shown = shop.screen()
    assert "1 conversation with a machine" in shown
    assert "1 address that bounces" in shown
    assert "1 buyer who asked for silence" in shown, "with two addresses he is one buyer"
    assert len(shop.status()["nothing_goes_to"]["silence"]) == 2
    with pytest.raises(Exception, match="nothing is stopped"):
        switch.resume_with(store, "jane@example.com", now)
    ended = switch.resume_with(store, "jane@example.com", now, agreed=True)
    assert ended == {"resumed": ["jane@example.com", "jane@members.ebay.com"]}
    assert "silence" not in shop.screen()


# ------------------------------------------------------------------ why


async def test_why_tells_each_time_that_a_mail_was_decided(shop: ClockShop) -> None:
    await shop.asks()
    await shop.at(START + 3 * MINUTE)
    told = fates(shop)
    assert [(one["decision"], one["at"]) for one in told["decisions"]] == [
        ("send", START.isoformat()),
        ("send", (START + 3 * MINUTE).isoformat()),
    ]
    [drafted, tried, sent] = told["fate"]
    assert (drafted["what"], tried["what"], tried["tries"]) == ("drafted", "first_attempt", 1)
    assert (sent["what"], sent["by"], sent["at"]) == (
        "sent",
        "auto",
        (START + 3 * MINUTE).isoformat(),
    )


async def test_why_tells_what_put_a_reply_back_at_the_last_moment(shop: ClockShop) -> None:
    await shop.asks()
    with shop.service.parts.store.write() as conn:
        people.suppress(conn, f"mail:{address_of(1)}", "550 unknown", None, shop.now - MINUTE)
        [one] = replies.in_states(conn, ReplyState.APPROVED)
        # As if it had been decided this very moment: only the claim asks once more.
        soon = START + timedelta(seconds=5)
        replies.change(conn, one.reply.id, [ReplyState.APPROVED], next_attempt=soon)
    await shop.at(START + timedelta(seconds=5))
    told = fates(shop)
    assert told["fate"][-1]["what"] == "put_back"
    assert "has come back as undeliverable" in told["fate"][-1]["note"]
    assert shop.sent == []


async def test_why_shows_a_mail_that_was_answered_by_itself(shop: ClockShop) -> None:
    await shop.asks()
    await shop.at(START + 3 * MINUTE)
    out = io.StringIO()
    why.show(fates(shop), Terminal(file=out, width=200), "Asia/Shanghai")
    shown = out.getvalue()
    assert "send: in_transit" in shown
    assert "11-04 23:00 decided: send in_transit" in shown
    assert "11-04 23:03 decided afresh: send in_transit" in shown
    assert "11-04 23:03 sent by itself" in shown


async def test_a_mail_that_was_decided_twice_counts_once(shop: ClockShop) -> None:
    await shop.asks()
    await shop.at(START + 3 * MINUTE)
    assert shop.status()["last_24_hours"]["decided"] == {"send": 1}
    with shop.service.parts.store.read() as conn:
        assert overview.decided(conn, START + timedelta(hours=1)) == {}


def test_every_outcome_has_a_sign() -> None:
    assert set(Outcome) | set(Verdict) <= _SIGNS.keys()


def test_every_state_of_a_reply_has_words() -> None:
    assert set(ReplyState) == reply_fate._NOW.keys()
    assert set(reply_fate._NOW.values()) <= reply_fate.WORDS.keys()
    assert set(By) == reply_fate._BY.keys()


# ------------------------------------------------------------------ limit full


async def test_a_reply_is_marked_while_a_limit_is_full_for_it(shop: ClockShop) -> None:
    await shop.asks()
    await shop.at(START + 3 * MINUTE)
    shop.now = START + 5 * MINUTE
    await shop.asks("Where is my order? And do you sell tents?", number=2)
    [waiting] = shop.status()["waiting"]
    free_at = START + 13 * MINUTE
    assert waiting["limit_full_until"] == free_at.isoformat()
    assert "limit full" in shop.screen()
    parts = shop.service.parts
    rules = parts.pipeline.rules.policy
    [row] = staged.listed(parts.store, shop.root / "replies", rules, shop.now)
    assert row["limit_full_until"] == free_at.isoformat()
    [row] = staged.listed(parts.store, shop.root / "replies", rules, free_at)
    assert row["limit_full_until"] is None, "it frees up by itself"
