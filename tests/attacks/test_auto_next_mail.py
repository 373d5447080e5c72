"""Attacks with what a buyer writes next, while the answer to his first mail settles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from attacks.auto_shop import at_address, settling
from clock_shop import START, ClockShop, clock_shop
from story_kit import asks
from tactd.adapters.store import inbound

NO_LIMIT = '[limits]\nanswers = "off"\n'
SETTLED = START + timedelta(minutes=7)
SECOND = "second@example.com"
CHANGES_IT = [
    "Arrived today, thank you very much!",
    "It has just arrived, thank you very much!",
    "Please stop writing to me.",
    "I want my money back.",
    "",
    "zxcv qwer asdf",
]


@pytest.mark.parametrize("words", CHANGES_IT)
async def test_his_first_mail_is_not_answered_as_if_he_had_not_gone_on(
    tmp_path: Path, words: str
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        shop.now += timedelta(minutes=1)
        await shop.mail(asks(1, words, number=2, date=shop.now))
        await shop.at(SETTLED)
        await shop.at(SETTLED + timedelta(hours=1))
        assert shop.sent == []
        assert any(one.endswith("staged") for one in shop.states()), shop.states()


async def test_an_old_mail_that_is_moved_into_the_inbox_is_a_persons(tmp_path: Path) -> None:
    """It comes now, as far as the server says; the seller may have answered it a month ago."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        await shop.mail(asks(1, date=START - timedelta(days=30)))
        assert shop.states() == ["in_transit staged"]
        assert "permit.too_old" in shop.last_codes()


async def test_an_automatic_reply_of_his_does_not_stop_the_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        shop.now += timedelta(minutes=1)
        await shop.mail(
            asks(1, "I am away.", number=2, date=shop.now, Auto_Submitted="auto-replied")
        )
        await shop.at(SETTLED)
        assert len(shop.sent) == 1


def two_orders(shop: ClockShop) -> None:
    username = shop.book(1).endpoints[0]
    shop.book(2, endpoints=(username, at_address(SECOND)))


async def test_a_stop_from_his_other_address_stops_what_settles(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        two_orders(shop)
        shop.now += timedelta(minutes=1)
        raw = asks(2, "Please stop writing to me.", sender=SECOND, date=shop.now)
        await shop.mail(raw)
        await shop.at(SETTLED)
        assert shop.sent == []


async def test_what_he_asks_about_another_order_does_not_stop_the_answer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        two_orders(shop)
        shop.now += timedelta(minutes=1)
        await shop.mail(asks(2, "I want my money back.", sender=SECOND, date=shop.now))
        await shop.at(SETTLED)
        assert sorted(shop.states())[0] == "in_transit sent", shop.states()


async def test_an_answer_about_one_order_does_not_pass_for_one_about_the_other(
    tmp_path: Path,
) -> None:
    """What waits for the seller still waits: `why` and the deadline of his next mail say so."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        two_orders(shop)
        await shop.asks("I want my money back.")
        await shop.mail(asks(2, sender=SECOND, date=shop.now))
        assert shop.states() == ["refund_not_yet staged", "in_transit sent"]
        with shop.service.parts.store.read() as conn:
            waiting = inbound.waiting(conn, ["mail:buyer1@example.com"], START - timedelta(days=1))
        assert [one.mail for one in waiting] == [1]
