"""DECIDE as a whole: pure, ordered by strictness, and the same again from what was stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from decide_kit import NOW, facts, mail_of, mails, order_of, policies, policy, wrote
from tactd.adapters.store.documents import dump, load
from tactd.core.decide.steps import STEPS, decide, outcome
from tactd.core.types import (
    BuyerWrote,
    Candidate,
    Clue,
    Decision,
    Facts,
    Mail,
    Mode,
    Outcome,
    Policy,
    TrailEntry,
    Verdict,
)

STRICTNESS = (Outcome.SEND, Outcome.HOLD, Outcome.STAGE, Outcome.SKIP)
VOUCHED = "dmarc=pass header.from=example.com"


def entries(verdicts: Iterable[Verdict]) -> tuple[TrailEntry, ...]:
    return tuple(TrailEntry("x", verdict, "x.y") for verdict in verdicts)


@given(st.lists(st.sampled_from(Verdict)), st.sampled_from(Verdict))
def test_one_more_doubt_never_makes_a_decision_laxer(
    verdicts: list[Verdict], more: Verdict
) -> None:
    before, after = outcome(entries(verdicts)), outcome(entries([*verdicts, more]))
    assert STRICTNESS.index(after) >= STRICTNESS.index(before)


@given(st.lists(st.sampled_from(Verdict)))
def test_only_a_trail_without_a_doubt_sends(verdicts: list[Verdict]) -> None:
    clean = set(verdicts) <= {Verdict.PASS}
    assert (outcome(entries(verdicts)) is Outcome.SEND) == clean


@given(mails, facts, policies)
@settings(deadline=None)
def test_every_mail_gets_a_decision_with_its_reason(
    mail: Mail, known: Facts, rules: Policy
) -> None:
    made = decide(wrote(mail), known, rules, NOW)
    assert made.trail
    assert made.outcome is outcome(made.trail)
    assert STRICTNESS.index(made.would) <= STRICTNESS.index(made.outcome)
    if made.outcome is not Outcome.SEND:
        assert any(entry.verdict is not Verdict.PASS for entry in made.trail)
    if made.outcome is Outcome.SKIP:
        assert made.trail[-1].verdict is Verdict.SKIP, "a skip ends the trail"


@given(mails, facts, policies)
@settings(deadline=None)
def test_nothing_goes_by_itself_to_anybody_whom_the_provider_does_not_vouch_for(
    mail: Mail, known: Facts, rules: Policy
) -> None:
    made = decide(wrote(mail), known, rules, NOW)
    if made.would is Outcome.SEND:
        assert made.match is not None
        assert made.match.certain
        assert made.disclosure is not None
        assert made.disclosure.by_itself
        assert made.disclosure.to is not None
        assert made.reading is not None
        assert made.reading.sure


@given(mails, facts, policies)
@settings(deadline=None)
def test_the_mode_changes_what_is_done_and_not_what_would_be(
    mail: Mail, known: Facts, rules: Policy
) -> None:
    event = wrote(mail)
    made = [decide(event, known, replace(rules, mode=mode), NOW) for mode in Mode]
    assert len({one.would for one in made}) == 1
    assert len({one.situations for one in made}) == 1
    if rules.mode is not Mode.AUTO:
        assert decide(event, known, rules, NOW).outcome is not Outcome.SEND


@given(mails, facts, policies)
@settings(deadline=None)
def test_a_stored_snapshot_gives_the_same_decision_again(
    mail: Mail, known: Facts, rules: Policy
) -> None:
    event = wrote(mail)
    made = decide(event, known, rules, NOW)
    told = load(BuyerWrote, dump(BuyerWrote, event))
    again = decide(told, load(Facts, dump(Facts, known)), rules, NOW)
    assert again == made
    assert load(Decision, dump(Decision, made)) == made


@given(mails, facts)
@settings(deadline=None)
def test_events_and_facts_come_back_whole_from_json(mail: Mail, known: Facts) -> None:
    event = wrote(mail)
    assert load(Facts, dump(Facts, known)) == known
    assert load(BuyerWrote, dump(BuyerWrote, event)) == event
    assert load(Mail, dump(Mail, mail)) == mail


def asked(address: str = "buyer1@example.com") -> tuple[BuyerWrote, Facts]:
    order = order_of(1, address=address)
    mail = mail_of("Where is my order? It has not arrived yet.", stamp=VOUCHED)
    known = Facts(candidates=(Candidate(order, (Clue("order", order.key.number),)),))
    return wrote(mail), known


def test_a_clean_question_would_be_sent() -> None:
    """The other tests could not fail if nothing ever were."""
    event, known = asked()
    made = decide(event, known, policy(), NOW)
    assert made.would is Outcome.SEND, [entry.code for entry in made.trail]


def test_the_time_is_an_argument_and_nothing_else_tells_it() -> None:
    event, known = asked()
    later = NOW + timedelta(hours=2)
    assert decide(event, known, policy(), later) == decide(event, known, policy(), later)
    # Four days later the mail and the facts are old.
    old = decide(event, known, policy(), NOW + timedelta(days=4))
    assert old.would is Outcome.STAGE
    assert {"permit.too_old", "choose.fact_old"} <= {entry.code for entry in old.trail}


def test_the_steps_stand_in_the_order_of_the_design() -> None:
    names = [step.__name__ for step in STEPS]
    assert names == ["screen", "loop", "match", "classify", "choose", "disclose", "limit", "permit"]
