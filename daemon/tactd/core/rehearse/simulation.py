"""A rehearsal: stored events are decided anew, one after the other, as if time passed again.

`decide` is the only judge. What stands here is what lies between two decisions: an answer waits
until its buyer has settled and is then decided afresh, a held mail is decided afresh when it frees
up, a mailbox that has sent enough makes the rest wait, a newer mail takes the place of an elder
one, and what went out counts for all that comes later.

It knows no more than was known when each event was first decided. What is decided afresh after a
wait is taken to have facts as fresh as they were then; a parcel that came meanwhile, or a promise
that only this configuration would have made, is not foreseen.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from tactd.core.decide.unasked import held_until
from tactd.core.rehearse.memory import Memory
from tactd.core.rehearse.replies import (
    Open,
    about_another,
    begin,
    forged,
    note,
    note_end,
    open_reply,
)
from tactd.core.rehearse.values import Course, End, Judge, Recorded
from tactd.core.settle import settled
from tactd.core.types import (
    BuyerWrote,
    By,
    Decision,
    Endpoint,
    Facts,
    Mode,
    Outcome,
    Policy,
)

_A_MINUTE = timedelta(minutes=1)

Step = Callable[[Open, datetime], None]


class Simulation:
    """`margin`: an answer that would wait for its mailbox until nearer to its deadline than this
    is staged. `approve_after`: how long the seller takes to approve what is staged; None: what he
    has really approved is approved at that time, and nothing else."""

    def __init__(
        self,
        policy: Policy,
        judge: Judge,
        *,
        margin: timedelta,
        approve_after: timedelta | None = None,
    ) -> None:
        self.courses: list[Course] = []  # one for each event, in their order
        self._policy, self._judge = policy, judge
        self._margin, self._approve_after = margin, approve_after
        self._memory = Memory(policy)
        self._open: dict[Endpoint, list[Open]] = defaultdict(list)
        self._queue: list[tuple[datetime, datetime, int, Step, Open]] = []
        self._steps = 0

    def pass_time(self, until: datetime) -> None:
        """Do what falls due until then; at the same moment the nearest deadline goes first."""
        while self._queue and self._queue[0][0] <= until:
            at, _, _, step, reply = heapq.heappop(self._queue)
            if not reply.ended:
                step(reply, at)

    def _at(self, when: datetime, step: Step, reply: Open) -> None:
        self._steps += 1
        heapq.heappush(self._queue, (when, reply.deadline, self._steps, step, reply))

    def happen(self, one: Recorded) -> None:
        """The next event. They come in the order of time."""
        self.pass_time(one.at)
        self._memory.contacts.replace(one.reply)
        facts = self._memory.facts(one, one.at)
        decision = self._judge(one.event, facts, one.at)
        course = begin(one, decision)
        self.courses.append(course)
        self._memory.note_mail(one, decision)
        observing = self._policy.mode is Mode.OBSERVE
        reply = None if observing else open_reply(one, facts, decision, course)
        if reply is None:
            return
        if isinstance(one.event, BuyerWrote) and not forged(decision):
            self._give_way(one, reply)
        self._open[reply.letter.endpoint].append(reply)
        if one.closed is not None:
            self._at(max(one.closed, one.at), self._closed, reply)
        self._proceed(reply, decision, facts, one.at)

    def _give_way(self, one: Recorded, newer: Open) -> None:
        """The mails of one buyer are answered together, unless they are about two orders. What lies
        before the seller has been staged all the same."""
        buyer = one.facts.buyer.endpoints if one.facts.buyer else ()
        for elder in [reply for at in buyer for reply in self._open.get(at, ())]:
            if about_another(elder, newer):
                continue
            if elder.course.end is not End.STAGED:
                note_end(elder.course, End.SKIPPED, "rehearse.answered_with", mail=one.name)
            self._end(elder)

    # ------------------------------------------------------------------ what becomes of a reply

    def _proceed(self, reply: Open, decision: Decision, facts: Facts, now: datetime) -> None:
        match decision.outcome:
            case Outcome.SKIP:
                self._end(reply)
            case Outcome.STAGE:
                self._staged(reply, now)
            case Outcome.HOLD:
                free = held_until(decision.trail) or now
                self._at(max(free, now + _A_MINUTE), self._ripe, reply)
            case Outcome.SEND:
                settles = settled(facts, self._policy.settle, now) if reply.answers else now
                self._at(settles, self._ripe, reply)

    def _ripe(self, reply: Open, now: datetime) -> None:
        """It has settled, or a hold is over, or its mailbox may send again."""
        assert reply.again is not None
        if now > reply.decided:
            facts = self._memory.facts(reply.again, now)
            decision = self._judge(reply.again.event, facts, now)
            reply.decided = now
            note(reply.course, decision)
            if decision.outcome is not Outcome.SEND:
                self._proceed(reply, decision, facts, now)
                return
        free = self._memory.mailbox_free(reply.letter.mailbox, now)
        if free <= now:
            self._goes(reply, By.AUTO, now)
        elif reply.asked_for and free > reply.deadline - self._margin:
            note_end(reply.course, End.STAGED, "staged.deadline")
            self._staged(reply, now)
        else:
            self._at(free, self._ripe, reply)

    def _staged(self, reply: Open, now: datetime) -> None:
        if reply.asked_for:
            reply.again = None  # approving it overrules what it was decided from
        if self._approve_after is not None:
            self._at(now + self._approve_after, self._approved, reply)
        elif reply.approved is not None:
            self._at(max(now, reply.approved), self._approved, reply)
        else:
            self._end(reply)

    def _approved(self, reply: Open, now: datetime) -> None:
        """What nobody has asked for still waits for a full limit and for the buyer's morning, and
        does not go at all if it is not due any more."""
        free = self._memory.mailbox_free(reply.letter.mailbox, now)
        if reply.again is not None:
            facts = self._memory.facts(reply.again, now)
            decision = self._judge(reply.again.event, facts, now)
            if decision.outcome is Outcome.SKIP:
                self._end(reply)
                return
            free = max(free, held_until(decision.trail) or now)
        if free > now:
            self._at(free, self._approved, reply)
        else:
            self._goes(reply, By.APPROVED, now)

    def _goes(self, reply: Open, by: By, now: datetime) -> None:
        self._memory.contacts.add(replace(reply.letter, at=now, by=by))
        self._memory.waiting.answered(reply.answers)
        reply.course.went, reply.course.by = now, by
        self._end(reply)

    def _closed(self, reply: Open, _now: datetime) -> None:
        """The seller has answered the mail himself, or would have no answer to it."""
        if reply.course.end is not End.STAGED:
            note_end(reply.course, End.SKIPPED, "rehearse.closed")
        self._end(reply)

    def _end(self, reply: Open) -> None:
        reply.ended, reply.again = True, None
        beside = self._open[reply.letter.endpoint]
        if reply in beside:
            beside.remove(reply)
