"""REHEARSE: what the store has kept of the past, run through one configuration or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tactd.adapters.store import Store, past
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
    people, began, done = People(), None, 0
    for one in recorded(store, since):
        began, done = began or one.at, done + 1
        people.tie(one.facts.buyer.endpoints if one.facts.buyer else ())
        for stage in stages:
            stage.happen(one)
        tell(done, total)
    for stage in stages:
        stage.pass_time(until)
    return Rehearsed(courses=[stage.courses for stage in stages], people=people, began=began)


def judge_by(rules: Rules) -> Judge:
    """DECIDE, and for what would go also COMPOSE, which may find that it cannot go so."""

    def judge(event: Event, facts: Facts, now: datetime) -> Decision:
        decision = decide(event, facts, rules.policy, now)
        if decision.outcome not in (Outcome.SEND, Outcome.HOLD):
            return decision
        return compose_reply(event, facts, decision, rules.policy, rules.templates, now).decision

    return judge


def recorded(store: Store, since: datetime) -> Iterator[Recorded]:
    """Each event once, as it was first decided, in the order of time."""
    met: set[str] = set()
    for portion in past.decisions_since(store, since):
        keys = [_key(one.event) for one in portion]
        with store.read() as conn:
            replies = past.claimed(conn, keys)
            closed = past.closed(conn, [one.mail for one in portion if one.mail is not None])
        for one, key in zip(portion, keys, strict=True):
            if key in met:
                continue
            if one.mail is None:
                met.add(key)
            reply = replies.get(key)
            yield Recorded(
                name=key if one.mail is None else f"m{one.mail}",
                at=one.at,
                event=one.event,
                facts=one.facts,
                mail=one.mail,
                reply=reply.id if reply else None,
                approved=reply.sent_at if reply and reply.by == By.APPROVED else None,
                closed=closed.get(one.mail) if one.mail is not None else None,
            )


def _key(event: Event) -> str:
    return event.mail.content_key if isinstance(event, BuyerWrote) else event_key(event)
