"""A loop alarm takes nothing from the true buyer, ends when the seller says so, and forgets nothing
that lies between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from attacks.shop_in_steps import Steps, steps
from faults.prepared_shop import prepare
from shop import RELAY, ebay_mail
from story_kit import WHERE, asks, order_of
from tactd.adapters.store import journal, loops, people, readback
from tactd.core.types import Marketplace, ReplyState, SentRead
from tactd.flow.rules import Rules
from tactd.screens import switch

ROBOT = "buyer1@example.com"
ALARM = ("loop_paused", ROBOT)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Steps]:
    with steps(tmp_path) as opened:
        yield opened


@pytest.fixture
def auto(tmp_path: Path) -> Iterator[Steps]:
    prepared = prepare(tmp_path, imap=9, smtp=9, mode="auto", more='settle = "0 seconds"\n')
    with steps(tmp_path, prepared=prepared) as opened:
        everything = SentRead(folder="Sent", uidvalidity=7, window=timedelta(days=60), done=True)
        with opened.parts.store.write() as conn:
            readback.note_sent_read(conn, "shop", everything, prepared.now())
        yield opened


def alarms(shop: Steps) -> list[tuple[str, str]]:
    return [(what, about) for what, about, _ in shop.troubles() if what == "loop_paused"]


def write(shop: Steps, number: int, **more: str) -> None:
    shop.stage(asks(1, number=number, **more))
    shop.prepared.ahead += timedelta(minutes=1)


def test_mails_that_may_be_forged_pause_nothing(shop: Steps) -> None:
    for number in range(1, 5):
        write(shop, number, stamp="dmarc=fail header.from=example.com")
    assert alarms(shop) == []


def test_mails_that_nobody_vouches_for_do(shop: Steps) -> None:
    """Many robots' domains sign nothing."""
    for number in range(1, 4):
        write(shop, number, stamp="")
    assert alarms(shop) == [ALARM]


def test_three_mails_alike_in_more_than_an_hour_are_a_person_who_waits(shop: Steps) -> None:
    for number in range(1, 6):
        write(shop, number)
        shop.prepared.ahead += timedelta(minutes=31)
    assert alarms(shop) == []


def test_the_same_mail_twice_in_two_folders_is_one_mail(shop: Steps) -> None:
    raw = asks(1)
    for _ in range(4):
        shop.stage(raw)
    assert alarms(shop) == []


def test_a_pause_that_ended_may_come_again_and_is_news_then(shop: Steps) -> None:
    for number in range(1, 4):
        write(shop, number)
    assert alarms(shop) == [ALARM]
    switch.resume_with(shop.parts.store, ROBOT, shop.prepared.now())
    assert alarms(shop) == []
    for number in range(4, 6):
        write(shop, number)
    assert alarms(shop) == []
    write(shop, 6)
    assert alarms(shop) == [ALARM]


def test_a_paused_conversation_stays_paused_over_a_restart(tmp_path: Path) -> None:
    with steps(tmp_path) as shop:
        for number in range(1, 4):
            write(shop, number)
    with steps(tmp_path, prepared=shop.prepared) as again, again.parts.store.read() as conn:
        assert loops.paused(conn, [f"mail:{ROBOT}"])[0]


def test_an_address_that_bounced_is_good_again_when_the_seller_says_so(shop: Steps) -> None:
    now = shop.prepared.now()
    with shop.parts.store.write() as conn:
        people.suppress(conn, f"mail:{ROBOT}", "5.1.1", None, now)
        journal.report(conn, "address_bounces", ROBOT, "5.1.1", now)
    assert switch.resume_with(shop.parts.store, f" {ROBOT.upper()}", now) == {"resumed": [ROBOT]}
    assert shop.troubles() == []


# ------------------------------------------------------------------ what automatic mail does


def test_of_many_decided_together_ten_an_hour_go_to_one_domain(auto: Steps) -> None:
    """None of them knew of the others: the claim counts again."""
    buyers = range(1, 13)
    auto.book(*(order_of(one) for one in buyers))
    auto.stage(*(asks(one) for one in buyers))
    assert auto.states() == [ReplyState.APPROVED] * 12
    assert auto.send() == 10
    staged = [one.reply for one in auto.replies() if one.reply.state is ReplyState.STAGED]
    assert [one.note for one in staged] == ["staged.domain_busy"] * 2
    auto.book(order_of(20), name="More.csv")
    auto.stage(asks(20))
    assert "loop.domain_busy" in _codes(auto)
    auto.prepared.ahead += timedelta(hours=1)
    auto.stage(asks(20, "Where is my parcel? I still wait.", number=2))
    assert "loop.domain_busy" not in _codes(auto)


def _codes(shop: Steps) -> list[str]:
    with shop.parts.store.read() as conn:
        (latest,) = journal.latest_decisions(conn, 1)
    return [entry.code for entry in latest.decision.trail]


@pytest.mark.parametrize(
    ("marked", "said"), [(True, ("auto-replied", "All")), (False, (None, "OOF"))]
)
def test_a_relay_that_drops_automatic_mail_gets_it_unmarked(
    auto: Steps, marked: bool, said: tuple[str | None, str]
) -> None:
    rules = auto.parts.pipeline.rules
    pack = replace(rules.policy.packs[Marketplace.EBAY], mark_automatic=marked)
    policy = replace(rules.policy, packs={Marketplace.EBAY: pack})
    auto.parts.pipeline.rules = Rules.of(policy, rules.templates)
    auto.stage(ebay_mail(WHERE))
    assert auto.send() == 1
    letter = message_from_bytes(auto.wires[0])
    assert letter["To"] == RELAY
    assert (letter["Auto-Submitted"], letter["X-Auto-Response-Suppress"]) == said
    assert letter["X-Tactd-Id"]
