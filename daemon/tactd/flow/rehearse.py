"""REHEARSE: what the store has kept of the past, run through one configuration or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tactd.adapters.store import Store, past
from tactd.adapters.store.past import First
from tactd.core.decide.steps import decide
from tactd.core.rehearse.figures import People
from tactd.core.rehearse.simulation import Simulation
from tactd.core.rehearse.values import Course, Judge, Recorded
from tactd.core.types import BuyerWrote, By, Decision, Event, Facts, Outcome
from tactd.flow.draft import compose_reply
from tactd.flow.follow_up import event_key
from tactd.flow.put_back import IN_TIME
from tactd.flow.rules import Rules

Tell = Callable[[int, int], None]
"""How many of how many events have been looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    courses: list[list[Course]]  # of each configuration, event by event
    people: People
    began: datetime | None  # the first event; None: there was none
    unreadable: int  # decisions that are stored in a form that nobody knows any more


def rehearse(
    store: Store,
    configurations: Sequence[Rules],
    since: datetime,
    until: datetime,
    approve_after: timedelta | None,
    tell: Tell,
) -> Rehearsed:
    """All configurations see each event once, side by side, so that it is read once."""
    stages = [
        Simulation(rules.policy, judge_by(rules), margin=IN_TIME, approve_after=approve_after)
        for rules in configurations
    ]
    with store.read() as conn:
        total = past.count_since(conn, since)
    people, began, done, unreadable = People(), None, 0, 0
    for one in recorded(store, since):
        if one is None:
            unreadable += 1
            continue
        began, done = began or one.at, done + 1
        people.tie(one.facts.buyer.endpoints if one.facts.buyer else ())
        for stage in stages:
            stage.happen(one)
        tell(done, total)
    for stage in stages:
        stage.pass_time(until)
    return Rehearsed(
        courses=[stage.courses for stage in stages],
        people=people,
        began=began,
        unreadable=unreadable,
    )


def judge_by(rules: Rules) -> Judge:
    """DECIDE, and for what would go also COMPOSE, which may find that it cannot go so."""

    def judge(event: Event, facts: Facts, now: datetime) -> Decision:
        decision = decide(event, facts, rules.policy, now)
        if decision.outcome not in (Outcome.SEND, Outcome.HOLD):
            return decision
        return compose_reply(event, facts, decision, rules.policy, rules.templates, now).decision

    return judge


def recorded(store: Store, since: datetime) -> Iterator[Recorded | None]:
    """Each event once, as it was first decided, in the order of time; None: it cannot be read."""
    met: set[str] = set()
    for portion in past.decisions_since(store, since):
        readable = [one for one in portion if one is not None]
        yield from [None] * (len(portion) - len(readable))
        with store.read() as conn:
            replies = past.claimed(conn, [_key(one.event) for one in readable])
            closed = past.closed(conn, [one.mail for one in readable if one.mail is not None])
        for one in readable:
            key = _key(one.event)
            if one.mail is None and key in met:
                continue  # what fell due is decided again when its hold is over
            met |= {key} if one.mail is None else set()
            yield _recorded(one, key, replies.get(key), closed.get(one.mail or 0))


def _recorded(one: First, key: str, reply: Any, closed: datetime | None) -> Recorded:
    return Recorded(
        name=key if one.mail is None else f"m{one.mail}",
        at=one.at,
        event=one.event,
        facts=one.facts,
        mail=one.mail,
        reply=reply.id if reply else None,
        approved=reply.sent_at if reply and reply.by == By.APPROVED else None,
        closed=closed,
    )


def _key(event: Event) -> str:
    return event.mail.content_key if isinstance(event, BuyerWrote) else event_key(event)
