"""Recorded events without a store: buyers who ask, and follow-ups that are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from decide_kit import DAY, NOW, mail_of, order_of, policy, wrote
from tactd.core.decide.steps import decide
from tactd.core.rehearse.simulation import Simulation
from tactd.core.rehearse.values import Course, Recorded
from tactd.core.types import (
    Buyer,
    Candidate,
    Clue,
    ContactKind,
    Estimate,
    FactGroup,
    Facts,
    FollowUp,
    Known,
    LedgerRow,
    Limits,
    Order,
    Past,
    Policy,
    Rule,
    Situation,
    Unanswered,
)

WORDS = "Hello, where is my order? It has not arrived yet."
HOUR = timedelta(hours=1)
MARGIN = timedelta(hours=2)


GMAIL = "gmail.com"  # a provider of many: it tells nothing about a buyer (core/loops.py)


def bought(
    buyer: int, order: int, at: datetime, state: str = "moving", domain: str = GMAIL
) -> Order:
    """On its way for as long as the tests last, and looked up an hour ago."""
    own = order_of(order, state, f"buyer{buyer}@{domain}")
    known = (Known(FactGroup.DISPATCH, at - HOUR, "report.csv"),)
    estimate = Estimate() if state == "overdue" else Estimate(NOW + 60 * DAY, NOW + 90 * DAY)
    return replace(own, known=known, estimate=estimate)


def asked(
    number: int,
    at: datetime,
    *,
    buyer: int = 1,
    order: int = 0,
    words: str = WORDS,
    domain: str = GMAIL,
    vouched: str = "pass",
    history: Sequence[LedgerRow] = (),
    waiting: Sequence[Unanswered] = (),
    **more: Any,
) -> Recorded:
    held, sender = bought(buyer, order or buyer, at, domain=domain), f"buyer{buyer}@{domain}"
    stamp = f"dmarc={vouched} header.from={domain}"
    mail = replace(
        mail_of(words, sender, stamp, subject=f"My order {held.key.number}"),
        received=at,
        content_key=f"k{number}",
        message_id=f"<{number}@gmail.com>",
    )
    clues = (Clue("order", held.key.number), Clue("address", sender))
    facts = Facts(
        candidates=(Candidate(held, clues),),
        buyer=Buyer(held.endpoints[1:]),
        history=tuple(history),
        unanswered=tuple(waiting),
    )
    return Recorded(name=f"m{number}", at=at, event=wrote(mail), facts=facts, mail=number, **more)


def fell_due(at: datetime, *, buyer: int = 1, order: int = 0, **more: Any) -> Recorded:
    """A delay notice to somebody who asked a month before."""
    held = bought(buyer, order or buyer, at, "overdue")
    before = asked(0, at - 30 * DAY, buyer=buyer, order=order or buyer).event
    event = FollowUp(
        situation=Situation.DELAY_NOTICE,
        order=held.key,
        mailbox="shop",
        at=at,
        kind=ContactKind.UNASKED,
        asked=before,  # type: ignore[arg-type]
    )
    facts = Facts(
        candidates=(Candidate(held, (Clue("order", held.key.number),)),),
        buyer=Buyer(held.endpoints[1:]),
        past=Past(language="en"),
    )
    return Recorded(name=f"due {held.key.number}", at=at, event=event, facts=facts, **more)


def rules(settle: timedelta = timedelta(0), to: str = "asked", **limits: Any) -> Policy:
    """Everything may go by itself, of whatever age; no limit but those named."""
    own = replace(policy(), max_age=30 * DAY, proactive={"delay_notice": to})
    return replace(own, settle=settle, limits=Limits(**limits))


def run(
    events: Iterable[Recorded],
    policy: Policy,
    approve_after: timedelta | None = None,
    until: datetime = NOW + 400 * DAY,
) -> dict[str, Course]:
    """By name. COMPOSE is left out: its say is tested with the store."""

    def judge(event: Any, facts: Facts, now: datetime) -> Any:
        return decide(event, facts, policy, now)

    stage = Simulation(policy, judge, margin=MARGIN, approve_after=approve_after)
    for one in sorted(events, key=lambda one: one.at):
        stage.happen(one)
    stage.pass_time(until)
    return {course.name: course for course in stage.courses}


def per(count: int, period: timedelta) -> tuple[Rule, ...]:
    return (Rule(count, period),)
