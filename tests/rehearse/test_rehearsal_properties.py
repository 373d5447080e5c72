"""What holds of every rehearsal, whoever wrote and whatever the limits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

import decide_kit
from decide_kit import DAY, NOW
from rehearse.rehearse_kit import HOUR, asked, rules, run
from tactd.core.decide.steps import decide
from tactd.core.rehearse.replies import ENDS
from tactd.core.rehearse.values import Course, End, Recorded
from tactd.core.types import By, Facts, Mode, Policy, Rule

BUYERS = (1, 2, 3)
SAYINGS = (
    "Hello, where is my order? It has not arrived yet.",
    "I want my money back.",
    "Hello?",
    "Great seller, fast shipping, everything perfect!",
    "Please stop writing to me.",
)

limits = st.lists(
    st.builds(Rule, st.integers(1, 4), st.sampled_from((HOUR, 6 * HOUR, DAY, 7 * DAY))),
    min_size=1,
    max_size=3,
).map(tuple)


@st.composite
def histories(draw: st.DrawFn, *, of_one_order: bool = True) -> list[Recorded]:
    """Buyers write at any time; some are answered in the end, some by the seller's own hand."""
    events = []
    at = NOW
    for number in range(1, draw(st.integers(1, 12)) + 1):
        at += timedelta(minutes=draw(st.integers(1, 600)))
        buyer = draw(st.sampled_from(BUYERS))
        order = draw(st.integers(1, 2)) if of_one_order else number
        fate = draw(st.sampled_from(("", "approved", "closed"))) if of_one_order else ""
        events.append(
            asked(
                number,
                at,
                buyer=buyer,
                order=order * 10 + buyer,
                words=draw(st.sampled_from(SAYINGS)) if of_one_order else SAYINGS[0],
                reply=number,
                **{fate: at + draw(st.integers(0, 48)) * HOUR} if fate else {},
            )
        )
    return events


policies = st.builds(
    lambda answers, per_mailbox, minutes, mode: replace(
        rules(timedelta(minutes=minutes), answers=answers, per_mailbox=per_mailbox), mode=mode
    ),
    limits,
    st.just(()) | limits,
    st.sampled_from((0, 3, 60)),
    st.sampled_from((Mode.AUTO, Mode.AUTO, Mode.STAGE)),
)


@settings(max_examples=150, deadline=None)
@given(decide_kit.mails, decide_kit.facts, decide_kit.policies)
def test_an_event_alone_ends_as_it_was_decided(
    mail: decide_kit.Mail, facts: Facts, policy: Policy
) -> None:
    """With nothing simulated before it, the facts are the stored ones: so is the decision."""
    policy = replace(policy, settle=timedelta(0))
    eldest_first = sorted(facts.unanswered, key=lambda one: one.received)  # as GATHER has them
    facts = replace(facts, unanswered=tuple(eldest_first))
    one = Recorded(name="m1", at=NOW, event=decide_kit.wrote(mail), facts=facts, mail=999)
    decided = decide(one.event, facts, policy, NOW)
    [ended] = run([one], policy).values()
    assert ended.end is ENDS[decided.outcome]
    assert ended.situations == decided.situations
    assert {entry.code for entry in ended.why} <= {entry.code for entry in decided.trail}


@settings(max_examples=60, deadline=None)
@given(histories(of_one_order=False), limits, st.integers(1, 3), st.sampled_from((DAY, 0 * DAY)))
def test_a_stricter_limit_for_answers_never_sends_more(
    events: list[Recorded], loose: tuple[Rule, ...], less: int, longer: timedelta
) -> None:
    """Of mails about different orders, each answered at once or never. (Where the same is asked
    again, staging a first answer may let a second one go: it would be the first.)"""
    strict = tuple(Rule(max(1, one.count - less), one.period + longer) for one in loose)
    before, after = (
        [one for one in run(events, rules(answers=some)).values() if one.end is End.SENT]
        for some in (loose, strict)
    )
    assert len(after) <= len(before)


@settings(max_examples=60, deadline=None)
@given(histories(), policies)
def test_buyers_who_have_nothing_to_do_with_one_another_do_not_change_each_others_answers(
    events: list[Recorded], policy: Policy
) -> None:
    policy = replace(policy, limits=replace(policy.limits, per_mailbox=()))
    together = run(events, policy)
    for buyer in BUYERS:
        own = [one for one in events if one.facts.buyer and _is(buyer, one)]
        assert run(own, policy) == {one.name: together[one.name] for one in own}


@settings(max_examples=60, deadline=None)
@given(histories(), policies, st.sampled_from((None, HOUR)))
def test_nothing_goes_by_itself_while_a_limit_is_full(
    events: list[Recorded], policy: Policy, approve_after: timedelta | None
) -> None:
    gone = [one for one in run(events, policy, approve_after).values() if one.went]
    of_buyer: dict[object, list[Course]] = defaultdict(list)
    for one in gone:
        of_buyer[one.buyer].append(one)
    for mails in of_buyer.values():
        for one in mails:
            if one.by is By.AUTO and one.went:
                counted = [m for m in mails if m.by is By.AUTO or m.went != one.went]
                _assert_room(policy.limits.answers, _before(counted, one), one.went)
    for one in gone:
        if one.went:
            _assert_room(policy.limits.per_mailbox, _before(gone, one), one.went)


def _is(buyer: int, one: Recorded) -> bool:
    return one.event.mailbox == "shop" and f"buyer{buyer}@" in str(one.facts.buyer)


def _before(mails: Iterable[Course], one: Course) -> list[datetime]:
    """Of two that go at the same moment one goes first: the mails are counted as they stand."""
    times = sorted((other.went, other.name) for other in mails if other.went and other is not one)
    assert one.went
    return [at for at, name in times if (at, name) < (one.went, one.name)]


def _assert_room(some: Iterable[Rule], times: list[datetime], now: datetime) -> None:
    for rule in some:
        assert sum(at > now - rule.period for at in times) < rule.count
