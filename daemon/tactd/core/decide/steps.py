"""DECIDE: what becomes of an event. Pure: the same event, facts, policy and time give the same
decision, today and in a year (a test replays stored decisions)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tactd.core.decide.case import Case
from tactd.core.decide.choose import answer_within, choose
from tactd.core.decide.classify import classify
from tactd.core.decide.disclose import disclose
from tactd.core.decide.due import STALE, due, silence, wanted
from tactd.core.decide.limit import limit
from tactd.core.decide.loop import loop
from tactd.core.decide.match import match
from tactd.core.decide.permit import WILL, permit
from tactd.core.decide.screen import screen
from tactd.core.decide.unasked import address, facts, often, quiet
from tactd.core.orders import open_cases
from tactd.core.types import (
    BuyerWrote,
    ContactKind,
    Decision,
    Event,
    Facts,
    FollowUp,
    Outcome,
    Policy,
    TrailEntry,
    Verdict,
)

STEPS: tuple[Callable[[Case], Case], ...] = (
    screen,  # robots, lists, bounces, ourselves, what is answered already
    loop,  # machines that hide that they are machines
    match,  # which order
    classify,  # what the buyer wants, in which language
    choose,  # the situation, and whether its facts are fresh
    disclose,  # to whom, and what he may be told
    limit,  # how often is decent
    permit,  # has the seller allowed it to go without him
)

UNASKED_STEPS: tuple[Callable[[Case], Case], ...] = (
    due,  # is there still something to tell
    wanted,  # does the seller send this, and to him
    silence,  # has he asked for less mail
    loop,  # does a machine answer ours
    address,  # to whom
    facts,  # whether its facts are fresh
    often,  # how often is decent
    quiet,  # is it day where he lives
    permit,  # has the seller allowed it to go without him
)


def decide(event: Event, facts: Facts, policy: Policy, now: datetime) -> Decision:
    case = Case(event=event, facts=facts, policy=policy, now=now)
    for step in STEPS if isinstance(event, BuyerWrote) else UNASKED_STEPS:
        case = step(case)
        if case.skipped:
            break
    return conclude(case)


def conclude(case: Case) -> Decision:
    return Decision(
        outcome=outcome(case.trail),
        would=outcome(tuple(entry for entry in case.trail if entry.code not in WILL)),
        trail=case.trail,
        kind=case.kind,
        situations=case.situations,
        match=case.match,
        reading=case.reading,
        disclosure=case.disclosure,
        reach=case.reach,
        language=case.language,
        deadline=deadline(case),
        tie=case.tie,
    )


def outcome(trail: tuple[TrailEntry, ...]) -> Outcome:
    """The strictest verdict: skip before stage before hold before send. Staged mail is shown to a
    person, who then decides at once; so a doubt outweighs a limit."""
    verdicts = {entry.verdict for entry in trail}
    for verdict, result in (
        (Verdict.SKIP, Outcome.SKIP),
        (Verdict.STAGE, Outcome.STAGE),
        (Verdict.HOLD, Outcome.HOLD),
    ):
        if verdict in verdicts:
            return result
    return Outcome.SEND


def deadline(case: Case) -> datetime:
    """Of an answer: the marketplace's answering time, or that of a case about the order, whichever
    is first; of what was promised: its due time; other unasked mail is stale after a week."""
    if isinstance(case.event, FollowUp):
        return case.since + (STALE if case.event.kind is ContactKind.UNASKED else timedelta(0))
    return min([first_unanswered(case) + answer_within(case.pack), *_of_cases(case)])


def _of_cases(case: Case) -> list[datetime]:
    return [one.answer_by for one in open_cases(case.match.order) if one.answer_by]


def first_unanswered(case: Case) -> datetime:
    """The answering time counts from the first mail that still waits."""
    waiting = [one.received for one in case.facts.unanswered]
    return min([case.since, *waiting])
