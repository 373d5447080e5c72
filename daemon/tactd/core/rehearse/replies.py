"""A reply of a rehearsal: what it would be in the ledger, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from tactd.core.decide.disclose import FORGED
from tactd.core.orders import person
from tactd.core.rehearse.values import Course, End, Recorded
from tactd.core.types import (
    BuyerWrote,
    By,
    ContactKind,
    ContactState,
    Decision,
    Endpoint,
    Facts,
    FollowUp,
    LedgerRow,
    Outcome,
    TrailEntry,
    Verdict,
)

ENDS = {
    Outcome.SEND: End.SENT,
    Outcome.STAGE: End.STAGED,
    Outcome.HOLD: End.HELD,
    Outcome.SKIP: End.SKIPPED,
}
_VERDICTS = {End.STAGED: Verdict.STAGE, End.HELD: Verdict.HOLD, End.SKIPPED: Verdict.SKIP}


@dataclass(slots=True, eq=False)
class Open:
    """A reply that has not gone out. `letter` is the row of the ledger that it will be; `again`
    what it can be decided afresh from; `approved` when that was really done."""

    course: Course
    letter: LedgerRow
    answers: tuple[int, ...]
    deadline: datetime
    decided: datetime
    again: Recorded | None
    approved: datetime | None
    ended: bool = False

    @property
    def asked_for(self) -> bool:
        return self.letter.kind is not ContactKind.UNASKED


def open_reply(one: Recorded, facts: Facts, decision: Decision, course: Course) -> Open | None:
    """None: there is nothing to send or to see."""
    to = decision.disclosure.to if decision.disclosure else None
    if to is None or decision.outcome is Outcome.SKIP:
        return None
    return Open(
        course=course,
        letter=_letter(one, decision, to),
        answers=_answers(one, facts, decision),
        deadline=decision.deadline or one.at,
        decided=one.at,
        again=one,
        approved=one.approved,
    )


def begin(one: Recorded, decision: Decision) -> Course:
    to = decision.disclosure.to if decision.disclosure else None
    buyer = one.facts.buyer.endpoints[0] if one.facts.buyer else None
    course = Course(name=one.name, buyer=person(to) if to else buyer)
    note(course, decision)
    return course


def note(course: Course, decision: Decision) -> None:
    """What has been decided now. What had to wait is told as held even when it goes at last."""
    end = ENDS[decision.outcome]
    course.situations = decision.situations
    if end is End.SENT and course.end is End.HELD:
        return
    verdict = _VERDICTS.get(end)
    course.end = end
    course.why = tuple(
        _shared(entry.step, entry.verdict, entry.code, tuple(entry.data.items()))
        for entry in decision.trail
        if entry.verdict is verdict
    )


@lru_cache(maxsize=4096)
def _shared(
    step: str, verdict: Verdict, code: str, data: tuple[tuple[str, str], ...]
) -> TrailEntry:
    """Thousands of courses have few reasons: one of each is kept."""
    return TrailEntry(step, verdict, code, dict(data))


def note_end(course: Course, end: End, code: str, **data: str) -> None:
    """What time has brought, without a decision."""
    course.end = end
    course.why = (TrailEntry(code.partition(".")[0], _VERDICTS[end], code, data),)


def forged(decision: Decision) -> bool:
    return decision.disclosure is not None and decision.disclosure.warning in FORGED


def about_another(elder: Open, newer: Open) -> bool:
    one, other = elder.letter.order, newer.letter.order
    return one is not None and other is not None and one != other


def _answers(one: Recorded, facts: Facts, decision: Decision) -> tuple[int, ...]:
    """The mails that are answered when it goes: his that wait, all together."""
    if one.mail is None or not isinstance(one.event, BuyerWrote):
        return ()
    waiting: Iterable[int] = (other.mail for other in facts.unanswered)
    return (one.mail,) if forged(decision) else (one.mail, *waiting)


def _letter(one: Recorded, decision: Decision, to: Endpoint) -> LedgerRow:
    order = decision.match.order if decision.match else None
    return LedgerRow(
        at=one.at,
        endpoint=person(to),
        mailbox=one.event.mailbox,
        kind=one.event.kind if isinstance(one.event, FollowUp) else ContactKind.ANSWER,
        by=By.AUTO,
        state=ContactState.SENT,
        order=order.key if order else None,
        situation=" ".join(decision.situations),
    )
