"""An order of which only a part has gone: what speaks of the parcel does not answer for the rest,
and so does not go by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from clock_shop import WINDOW_ENDS, ClockShop, clock_shop
from story_kit import sheet
from tactd.core.types import Line, Parcel

LANTERN, PEGS = Line("395012345671", "Folding camping lantern"), Line("395012345672", "Tent pegs")


def parcel(*items: Line, **known: Any) -> Parcel:
    lines = tuple(one.item for one in items)
    return Parcel(numbers=("LK473124829CN",), carrier="China Post", lines=lines, **known)


def booked(shop: ClockShop, *parcels: Parcel) -> None:
    """`book` says of each parcel that it was shipped."""
    shop.book(lines=(LANTERN, PEGS), parcels=parcels)


async def test_where_a_part_has_not_gone_the_seller_sees_the_answer_first(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        booked(shop, parcel(LANTERN))
        await shop.asks()
        assert shop.states() == ["in_transit staged"]
        assert "choose.part_unshipped" in shop.last_codes()
        [path] = shop.files("staged")
        assert any("not all of the order has gone: Tent pegs" in one for one in sheet(path).top)


@pytest.mark.parametrize(
    "parcels",
    [(parcel(),), (parcel(LANTERN, PEGS),), (parcel(LANTERN), replace(parcel(PEGS), numbers=()))],
    ids=["nothing is said of what it holds", "all in one", "all in two"],
)
async def test_where_all_has_gone_the_answer_goes(
    tmp_path: Path, parcels: tuple[Parcel, ...]
) -> None:
    async with clock_shop(tmp_path) as shop:
        booked(shop, *parcels)
        await shop.asks()
        assert shop.states() == ["in_transit sent"]


async def test_a_notice_of_delay_says_nothing_of_what_has_not_gone(tmp_path: Path) -> None:
    async with clock_shop(tmp_path) as shop:
        booked(shop, parcel(LANTERN, PEGS))
        await shop.asks()
        shop.now = WINDOW_ENDS + timedelta(hours=12, minutes=1)
        booked(shop, parcel(LANTERN))
        await shop.beat()
        assert shop.states() == ["in_transit sent", "delay_notice staged"]
        assert len(shop.sent) == 1
