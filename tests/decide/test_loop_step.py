"""Signs of a machine stage, each with its own reason; nothing of it ever lets a mail go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide_kit import NOW, facts, mail_of, mails, policies, policy, wrote
from tactd.core.decide.case import Case
from tactd.core.decide.loop import loop
from tactd.core.decide.steps import decide
from tactd.core.loops import ALARMS
from tactd.core.types import Decision, Facts, LoopSigns, Mail, Outcome, Policy
from tactd.flow.loop_signs import loop_alarm

STRICTNESS = (Outcome.SEND, Outcome.HOLD, Outcome.STAGE, Outcome.SKIP)
signs = st.builds(
    LoopSigns, st.integers(0, 5), st.integers(0, 5), st.integers(0, 12), st.booleans()
)


def codes_of(loop_signs: LoopSigns) -> list[str]:
    event = wrote(mail_of("Where is my order?"))
    case = Case(event=event, facts=Facts(loop=loop_signs), policy=policy(), now=NOW)
    return [entry.code for entry in loop(case).trail]


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        (LoopSigns(), []),
        (LoopSigns(alike=1, quick=1, domain_hour=9), []),
        (LoopSigns(alike=2), ["loop.alike"]),
        (LoopSigns(quick=2), ["loop.quick"]),
        (LoopSigns(domain_hour=10), ["loop.domain_busy"]),
        (LoopSigns(paused=True), ["loop.paused"]),
        (LoopSigns(alike=2, quick=2), ["loop.alike", "loop.quick"]),
    ],
)
def test_each_sign_counts_from_its_own_number_on(found: LoopSigns, codes: list[str]) -> None:
    assert codes_of(found) == codes


def test_the_mail_at_hand_is_counted_in_what_the_seller_reads() -> None:
    event = wrote(mail_of("Where is my order?"))
    case = Case(event=event, facts=Facts(loop=LoopSigns(alike=2)), policy=policy(), now=NOW)
    assert loop(case).trail[0].data == {"count": "3"}


@given(mails, facts, policies, signs)
def test_a_sign_never_makes_a_decision_milder(
    mail: Mail, known: Facts, rules: Policy, found: LoopSigns
) -> None:
    without = decide(wrote(mail), known, rules, NOW)
    seen = decide(wrote(mail), replace(known, loop=found), rules, NOW)
    assert STRICTNESS.index(seen.outcome) >= STRICTNESS.index(without.outcome)
    assert STRICTNESS.index(seen.would) >= STRICTNESS.index(without.would)
    if found.paused and without.outcome is not Outcome.SKIP:
        assert seen.would is Outcome.STAGE


@given(mails, facts, policies, signs)
def test_an_alarm_is_news_only_where_nothing_is_paused(
    mail: Mail, known: Facts, rules: Policy, found: LoopSigns
) -> None:
    known = replace(known, loop=found)
    decision: Decision = decide(wrote(mail), known, rules, NOW)
    told = loop_alarm(decision, known)
    alarming = [entry for entry in decision.trail if entry.code in ALARMS]
    assert told == (None if found.paused or not alarming else alarming[0])
