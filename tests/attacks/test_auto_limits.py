"""Attacks on the limits of mode `auto`: one person behind several addresses, orders and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from attacks.auto_shop import at_address, by_hand, reload, settling
from clock_shop import START, WINDOW_ENDS, ClockShop, clock_shop
from story_kit import asks
from tactd.core.types import Rule

SECOND = "second@example.com"
ONE_A_DAY = '[limits]\nanswers = ["1 per 1 day"]\n'
RARELY = '[limits]\nanswers = "off"\nunasked = ["1 per 30 days"]\nquiet_hours = "off"\n'
LATE = WINDOW_ENDS + timedelta(hours=13)


def two_orders(shop: ClockShop) -> None:
    """Of one buyer, by his username; he has given another address with the second."""
    username = shop.book(1).endpoints[0]
    shop.book(2, endpoints=(username, at_address(SECOND)))


async def test_who_writes_from_two_addresses_about_two_orders_is_one_buyer(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=ONE_A_DAY) as shop:
        two_orders(shop)
        await shop.asks()
        await shop.mail(asks(2, sender=SECOND, date=shop.now))
        assert shop.states() == ["in_transit sent", "in_transit staged"]
        assert "limit.answers_full" in shop.last_codes()
        assert len(shop.sent) == 1


async def test_two_orders_asked_about_in_one_minute_get_one_answer_and_a_person(
    tmp_path: Path,
) -> None:
    """Both have been decided before either is claimed."""
    async with clock_shop(tmp_path, more=ONE_A_DAY) as shop:
        two_orders(shop)
        reload(shop, settle=timedelta(minutes=3))
        await shop.asks()
        await shop.mail(asks(2, sender=SECOND, date=shop.now))
        assert shop.states() == ["in_transit approved", "in_transit approved"]
        await shop.at(START + timedelta(minutes=7))
        assert sorted(shop.states()) == ["in_transit sent", "in_transit staged"]
        assert len(shop.sent) == 1


async def test_limits_that_a_reload_makes_stricter_hold_for_what_settles(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more='[limits]\nanswers = "off"\n') as shop:
        shop.now -= timedelta(hours=5)
        await by_hand(shop)
        shop.now = START
        await settling(shop)
        limits = shop.service.parts.pipeline.rules.policy.limits
        reload(shop, limits=replace(limits, answers=(Rule(1, timedelta(days=1)),)))
        await shop.at(START + timedelta(minutes=4))
        assert shop.states() == ["in_transit staged"]


async def test_what_a_limit_holds_beyond_its_deadline_is_dropped_at_its_deadline(
    tmp_path: Path,
) -> None:
    """Both notices were due in one moment, and the first filled the limit."""
    async with clock_shop(tmp_path, more=RARELY) as shop:
        two_orders(shop)
        await shop.asks()
        await shop.mail(asks(2, sender=SECOND, date=shop.now))
        shop.now = LATE
        two_orders(shop)
        await shop.beat()
        assert sorted(shop.states()[2:]) == ["delay_notice held", "delay_notice sent"]
        await shop.at(LATE + timedelta(days=8))
        assert sorted(shop.states()[2:]) == ["delay_notice sent", "delay_notice withdrawn"]
