"""What the steps of DECIDE hand on: the event, its facts, and what has been concluded so far.

A step takes a Case and returns a new one with its conclusion and its entry in the trail; nothing
is changed in place, so that any step can be tried alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from tactd.core.types import (
    BuyerWrote,
    Disclosure,
    Event,
    Facts,
    FollowUp,
    MailKind,
    Marketplace,
    Match,
    Pack,
    Policy,
    Reach,
    Reading,
    Situation,
    Tie,
    TrailEntry,
    Verdict,
)

NO_MATCH = Match(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    event: Event
    facts: Facts
    policy: Policy
    now: datetime
    kind: MailKind = MailKind.BUYER_MESSAGE
    match: Match = NO_MATCH
    reading: Reading | None = None
    situations: tuple[Situation, ...] = ()
    disclosure: Disclosure | None = None
    reach: Reach = Reach.NONE
    language: str = "en"
    tie: Tie | None = None
    trail: tuple[TrailEntry, ...] = ()

    @property
    def wrote(self) -> BuyerWrote:
        """The buyer's mail, for the steps that are about one."""
        assert isinstance(self.event, BuyerWrote)
        return self.event

    @property
    def follow_up(self) -> FollowUp:
        """What is due, for the steps that are about that."""
        assert isinstance(self.event, FollowUp)
        return self.event

    @property
    def since(self) -> datetime:
        """From when on the event counts as old."""
        event = self.event
        return event.mail.received if isinstance(event, BuyerWrote) else event.at

    @property
    def pack(self) -> Pack | None:
        """The rules of the marketplace that it is written on."""
        marketplace = marketplace_of(self.event)
        return self.policy.packs.get(marketplace) if marketplace else None

    @property
    def skipped(self) -> bool:
        return any(entry.verdict is Verdict.SKIP for entry in self.trail)

    def note(self, verdict: Verdict, code: str, **data: str) -> Case:
        """The same case with one more entry in its trail. The step is the code's first part."""
        entry = TrailEntry(code.partition(".")[0], verdict, code, data)
        return replace(self, trail=(*self.trail, entry))

    def passes(self, code: str, **data: str) -> Case:
        return self.note(Verdict.PASS, code, **data)

    def stages(self, code: str, **data: str) -> Case:
        return self.note(Verdict.STAGE, code, **data)

    def skips(self, code: str, **data: str) -> Case:
        return self.note(Verdict.SKIP, code, **data)


def asking(event: Event) -> BuyerWrote | None:
    """The mail of his that the conversation goes on from; None: he has not written."""
    return event if isinstance(event, BuyerWrote) else event.asked


def marketplace_of(event: Event) -> Marketplace | None:
    """Where the conversation is held: on the marketplace whose mail he wrote, else on that of the
    order that is to be told of."""
    wrote = asking(event)
    if wrote is not None:
        return wrote.message.marketplace
    return event.order.marketplace if isinstance(event, FollowUp) else None
