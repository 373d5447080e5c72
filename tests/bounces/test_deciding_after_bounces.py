"""DECIDE on mail of a buyer whose address bounces: a person decides, until he proves it alive."""

from __future__ import annotations

import pytest

from decide_kit import NOW, mail_of, order_of, policy, wrote
from tactd.core.decide.steps import decide
from tactd.core.types import Candidate, Clue, Facts, Outcome

ADDRESS = "buyer1@example.com"
PROVEN = "dmarc=pass header.from=example.com"


def decided(stamp: str, **more: bool) -> tuple[Outcome, set[str]]:
    clues = (Clue("address", ADDRESS), Clue("order", "12-34567-00001"))
    facts = Facts(candidates=(Candidate(order_of(1, "moving", ADDRESS), clues),), **more)
    event = wrote(mail_of("Where is my order? It has not arrived.", ADDRESS, stamp))
    decision = decide(event, facts, policy(), NOW)
    return decision.outcome, {entry.code for entry in decision.trail}


def test_without_a_bounce_the_same_mail_is_answered() -> None:
    outcome, codes = decided(PROVEN)
    assert outcome is Outcome.SEND
    assert not {"permit.bounces", "permit.alive"} & codes


def test_nothing_goes_by_itself_to_an_address_that_bounces() -> None:
    outcome, codes = decided(PROVEN, suppressed=True)
    assert outcome is Outcome.STAGE
    assert "permit.bounces" in codes


def test_who_certainly_writes_from_it_later_is_answered_and_the_trail_says_so() -> None:
    outcome, codes = decided(PROVEN, suppressed=True, writes_again=True)
    assert outcome is Outcome.SEND
    assert "permit.alive" in codes


@pytest.mark.parametrize("stamp", ["", "dmarc=fail header.from=example.com"])
def test_a_sender_for_whom_nobody_vouches_proves_nothing(stamp: str) -> None:
    _, codes = decided(stamp, suppressed=True, writes_again=True)
    assert "permit.bounces" in codes
