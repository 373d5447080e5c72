"""Attacks on "nobody waits for ever": what was to wake a reply is taken away."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from attacks.auto_shop import reload, settling
from clock_shop import START, WINDOW_ENDS, ClockShop, clock_shop
from tactd.adapters.store import journal
from tactd.errors import StoreError
from tactd.screens import switch

NO_NIGHT = '[limits]\nquiet_hours = "off"\n'


def rename_mailbox(shop: ClockShop, old: str = "shop", new: str = "store") -> None:
    """As the daemon has it after a restart with another name in config.toml."""
    dispatch = shop.service.parts.dispatch
    for named in (dispatch.outboxes, dispatch._sending, dispatch.mailboxes):
        named[new] = named.pop(old)
    [box] = shop.service.parts.pipeline.rules.policy.mailboxes
    reload(shop, mailboxes=(replace(box, name=new),))


async def test_a_notice_from_a_mailbox_that_is_gone_is_put_before_the_seller(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path, more=NO_NIGHT) as shop:
        shop.book()
        await shop.asks()
        rename_mailbox(shop)
        shop.now = WINDOW_ENDS + timedelta(hours=13)
        shop.book()
        await shop.beat()
        assert shop.states() == ["in_transit sent", "delay_notice staged"]
        assert "permit.no_mailbox" in shop.last_codes()


async def test_an_answer_that_settles_when_its_mailbox_goes_is_put_before_the_seller(
    tmp_path: Path,
) -> None:
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        rename_mailbox(shop)
        shop.service.parts.dispatch.recover()
        await shop.at(START + timedelta(minutes=4))
        assert shop.states() == ["in_transit staged"]
        assert len(shop.files("staged")) == 1


async def test_a_mailbox_that_comes_back_is_told_of_no_longer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        shop.book()
        await shop.asks()
        switch.pause(shop.service.parts.store, shop.now)
        shop.move(shop.files("staged")[0], "approved")
        await shop.beat()
        rename_mailbox(shop)
        shop.service.parts.dispatch.recover()
        assert told(shop) == ["reply_homeless"]
        rename_mailbox(shop, "store", "shop")
        shop.service.parts.dispatch.recover()
        assert told(shop) == []


def told(shop: ClockShop) -> list[str]:
    with shop.service.parts.store.read() as conn:
        return [row.what for row in journal.open_troubles(conn)]


@pytest.mark.parametrize("back", [timedelta(minutes=5), timedelta(days=1), timedelta(days=400)])
async def test_an_answer_settles_on_although_the_clock_is_set_back(
    tmp_path: Path, back: timedelta
) -> None:
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        await shop.at(START - back)
        await shop.at(START - back + timedelta(minutes=7))
        assert shop.states() == ["in_transit sent"]
        assert len(shop.sent) == 1


async def test_a_clock_that_runs_a_second_fast_cuts_no_settle_time_short(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        await shop.at(START - timedelta(seconds=1))
        assert shop.states() == ["in_transit approved"]


async def test_a_pause_over_the_deadline_puts_the_answer_before_the_seller(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        switch.pause(shop.service.parts.store, shop.now)
        await shop.at(START + timedelta(hours=23))
        assert shop.states() == ["in_transit staged"]
        switch.resume(shop.service.parts.store)
        await shop.beat()
        assert shop.sent == []


async def test_a_start_sends_nothing_by_itself_before_sent_is_read(tmp_path: Path) -> None:
    """A store from a backup decides again what has gone out since; only Sent knows that."""
    async with clock_shop(tmp_path) as shop:
        shop.service.parts.dispatch.recover()
        await settling(shop)
        await shop.at(START + timedelta(minutes=30))
        assert shop.states() == ["in_transit approved"]
        assert shop.sent == []


async def test_if_sent_cannot_be_read_in_time_the_seller_decides(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        shop.service.parts.dispatch.recover()
        await settling(shop)
        await shop.at(START + timedelta(hours=22, minutes=1))
        assert shop.states() == ["in_transit staged"]


async def test_a_send_whose_end_the_store_could_not_be_told_is_told_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk was full just then. Nothing else looks at what is being sent before a restart."""
    async with clock_shop(tmp_path) as shop:
        await settling(shop)
        dispatch = shop.service.parts.dispatch
        right = dispatch._settle

        def full(*_: Any) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(dispatch, "_settle", full)
        with pytest.raises(StoreError):
            await shop.at(START + timedelta(minutes=4))
        assert shop.states() == ["in_transit sending"]
        monkeypatch.setattr(dispatch, "_settle", right)
        await shop.beat()
        assert shop.states() == ["in_transit sent"]
        assert len(shop.sent) == 1
