"""By when an answer is due: the marketplace's answering time, counted from the first mail that
waits, or a case's own day; the file's name and `tactd status` say the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clock_shop import START, clock_shop
from decide_kit import NOW, mail_of, order_of, policy
from tactd.core.decide.steps import decide
from tactd.core.types import (
    BuyerWrote,
    Candidate,
    Clue,
    Decision,
    Facts,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Order,
    Pack,
    Unanswered,
)
from tactd.shipped import packs

HOUR = timedelta(hours=1)
NOTHING = Facts()


def decided(market: Marketplace | None, facts: Facts = NOTHING) -> Decision:
    message = Message(kind=MailKind.BUYER_MESSAGE, marketplace=market, words="Where is it?")
    event = BuyerWrote(mail_of("Where is it?"), message, "shop")
    return decide(event, facts, replace(policy(), packs=dict(PACKS)), NOW)


PACKS: dict[Marketplace, Pack] = {
    **packs(),
    Marketplace.WALMART: Pack(
        marketplace=Marketplace.WALMART, dated="2026-11-01", answer_within=48 * HOUR
    ),
}


def about(*cases: MarketplaceCase) -> Facts:
    order: Order = replace(order_of(1), cases=cases)
    return Facts(candidates=(Candidate(order, (Clue("order", order.key.number),)),))


@pytest.mark.parametrize("market", [*PACKS, None])
def test_each_marketplace_has_its_own_answering_time(market: Marketplace | None) -> None:
    within = PACKS[market].answer_within if market else 24 * HOUR
    assert decided(market).deadline == NOW + within


def test_it_counts_from_the_first_mail_that_waits() -> None:
    waiting = (Unanswered(1, NOW - 5 * HOUR), Unanswered(2, NOW - HOUR))
    assert decided(Marketplace.EBAY, Facts(unanswered=waiting)).deadline == NOW + 19 * HOUR


def test_an_open_case_brings_its_own_day_forward() -> None:
    soon = MarketplaceCase("inr", "1", NOW - HOUR, answer_by=NOW + 3 * HOUR)
    late = MarketplaceCase("inr", "2", NOW - HOUR, answer_by=NOW + 72 * HOUR)
    unknown = MarketplaceCase("inr", "3", NOW - HOUR)
    closed = replace(soon, answer_by=NOW + HOUR, closed=NOW)
    assert decided(Marketplace.EBAY, about(soon, late, unknown)).deadline == NOW + 3 * HOUR
    assert decided(Marketplace.EBAY, about(late, unknown, closed)).deadline == NOW + 24 * HOUR


async def test_files_and_status_are_sorted_by_it(tmp_path: Path) -> None:
    async with clock_shop(tmp_path, mode="stage") as shop:
        case = MarketplaceCase("inr", "5071234567", START, answer_by=START + 6 * HOUR)
        for buyer in (1, 2):
            shop.book(buyer)
        shop.book(3, cases=(case,))
        for buyer in (2, 1, 3):
            await shop.asks(buyer=buyer)
            shop.now += HOUR
        rows = shop.status()["waiting"]
        by = [one["deadline"] for one in rows]
        assert by == sorted(by)
        assert [one["order"][-1] for one in rows] == ["3", "2", "1"]
        names = [path.name for path in shop.files("staged")]
        assert [name[:15] for name in names] == [
            "2026-11-05_0500",  # in Shanghai, where the seller is
            "2026-11-05_2300",
            "2026-11-06_0000",
        ]
        assert [Path(one["file"]).name for one in rows] == names
