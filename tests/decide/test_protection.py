"""Waiting never costs the buyer his protection: what asks him to wait longer is a person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from decide_kit import DAY, NOW, mail_of, order_of, policy
from tactd.core.decide.case import Case
from tactd.core.decide.protect import COUNTS_FROM, WAITS, check_protection, protected
from tactd.core.types import (
    BuyerWrote,
    Estimate,
    Facts,
    MailKind,
    Marketplace,
    Match,
    Message,
    Order,
    OrderKey,
    Situation,
    Verdict,
)
from tactd.shipped import packs

PACKS = packs()


def overdue(since: int, market: Marketplace = Marketplace.EBAY) -> Order:
    """Its estimate was over so many days ago."""
    key = OrderKey(market, "12-34567-00001")
    return replace(order_of(1), key=key, estimate=Estimate(None, NOW - since * DAY))


def said(order: Order | None, *situations: Situation) -> list[tuple[str, str]]:
    message = Message(kind=MailKind.BUYER_MESSAGE, marketplace=Marketplace.EBAY)
    case = Case(
        event=BuyerWrote(mail_of("Where is it?"), message, "shop"),
        facts=Facts(),
        policy=replace(policy(), packs=dict(PACKS)),
        now=NOW,
        match=Match(order),
        situations=situations,
    )
    trail = check_protection(case).trail
    assert all(entry.verdict is Verdict.STAGE for entry in trail)
    return [(entry.code, entry.data["until"]) for entry in trail]


def test_a_search_of_ten_days_is_promised_by_itself_only_while_that_leaves_time() -> None:
    assert said(overdue(20), Situation.DELAYED) == []  # 30 days after the estimate are not over
    assert said(overdue(21), Situation.DELAYED) == [("choose.past_protection", "2026-11-30")]


def test_the_rules_are_those_of_the_marketplace_where_he_bought() -> None:
    assert said(overdue(85, Marketplace.ETSY), Situation.DELAYED) == []
    assert said(overdue(85, Marketplace.AMAZON), Situation.DELAYED) != []
    assert said(overdue(85, Marketplace.SHOPIFY), Situation.DELAYED) == []  # it has none


@pytest.mark.parametrize("situation", sorted(set(Situation) - WAITS.keys()))
def test_a_letter_that_asks_nobody_to_wait_is_not_looked_at(situation: Situation) -> None:
    assert said(overdue(500), situation) == []


def test_without_the_marketplaces_own_day_nothing_is_known() -> None:
    bare = replace(overdue(0), estimate=Estimate())
    assert said(bare, Situation.DELAYED) == []
    assert said(None, Situation.DELAYED) == []


@pytest.mark.parametrize("market", [one for one in PACKS if PACKS[one].inr_from])
def test_each_marketplaces_window_is_known(market: Marketplace) -> None:
    pack = PACKS[market]
    assert pack.inr_from in COUNTS_FROM
    assert pack.inr_until is not None
    order = replace(overdue(0, market), paid=NOW)
    span = protected(order, pack)
    assert span is not None
    opens, until = span
    start: datetime = NOW
    assert start <= opens < until
    assert until - start == pack.inr_until
    assert opens - start == (pack.inr_opens or timedelta(0))


def test_a_window_counts_from_what_the_pack_says() -> None:
    order = replace(overdue(3), paid=NOW - 40 * DAY)
    ebay, paypal = PACKS[Marketplace.EBAY], PACKS[Marketplace.PAYPAL]
    assert protected(order, ebay) == (NOW - 3 * DAY, NOW + 27 * DAY)
    assert protected(order, paypal) == (NOW - 40 * DAY, NOW + 140 * DAY)
