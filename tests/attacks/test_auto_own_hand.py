"""Attacks on "the seller's own hand wins": he writes while an answer settles."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from attacks.auto_shop import by_hand, settling
from clock_shop import START, clock_shop

NO_LIMIT = '[limits]\nanswers = "off"\n'


async def test_his_answer_withdraws_what_settles(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        shop.now += timedelta(minutes=1)
        await by_hand(shop, In_Reply_To="<b1-1@example.com>")
        await shop.at(START + timedelta(minutes=10))
        assert shop.states() == ["in_transit withdrawn"]
        assert shop.sent == []


async def test_what_he_writes_in_a_thread_of_its_own_leaves_the_rest_to_him(
    tmp_path: Path,
) -> None:
    """On the marketplace's site, or as a new mail: nothing says what it answers."""
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        await settling(shop)
        shop.now += timedelta(minutes=1)
        await by_hand(shop)
        await shop.at(START + timedelta(minutes=10))
        assert shop.states() == ["in_transit staged"]
        assert "permit.seller_wrote" in shop.last_codes()
        assert shop.sent == []


async def test_what_he_wrote_before_is_no_answer_to_it(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.now -= timedelta(days=1)
        await by_hand(shop)
        shop.now = START
        await settling(shop)
        await shop.at(START + timedelta(minutes=4))
        assert shop.states() == ["in_transit sent"]


@pytest.mark.parametrize("minutes", [0, 1])
async def test_his_answer_right_after_the_send_changes_nothing(
    tmp_path: Path, minutes: int
) -> None:
    async with clock_shop(tmp_path, more=NO_LIMIT) as shop:
        shop.book()
        await shop.asks()
        shop.now += timedelta(minutes=minutes)
        await by_hand(shop, In_Reply_To="<b1-1@example.com>")
        assert shop.states() == ["in_transit sent"]
        await shop.at(START + timedelta(hours=1))
        assert len(shop.sent) == 1
