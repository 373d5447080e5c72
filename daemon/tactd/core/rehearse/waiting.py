"""The buyers' mails that nobody has answered yet in a rehearsal, in place of those that really
waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tactd.core.types import BuyerWrote, Endpoint, Unanswered

# As flow/gather.py has it: what nobody answered for so long is no question that still waits.
STILL_WAITS = timedelta(days=14)
_WORDS_KEPT = 4000  # characters; as the store keeps them
_NEVER = datetime.max.replace(tzinfo=UTC)


class Waiting:
    def __init__(self) -> None:
        self._met: set[int] = set()
        self._answered: set[int] = set()
        self._from: dict[Endpoint, list[Unanswered]] = defaultdict(list)
        self._closed: dict[int, datetime] = {}
        self._wrote: dict[Endpoint, datetime] = {}

    def met(self, mail: int) -> None:
        """From now on the rehearsal knows whether this mail waits."""
        self._met.add(mail)

    def add(self, mail: int, sender: Endpoint, event: BuyerWrote, closed: datetime | None) -> None:
        """`closed`: when the seller really answered it himself, or would have no answer to it."""
        if closed is not None:
            self._closed[mail] = closed
        received, words = event.mail.received, event.message.words[:_WORDS_KEPT]
        self._from[sender].append(Unanswered(mail, received, event.mail.subject, words))
        self._wrote[sender] = max(received, self._wrote.get(sender, received))

    def answered(self, mails: Iterable[int]) -> None:
        self._answered.update(mails)

    def of(
        self,
        really: Iterable[Unanswered],
        endpoints: Sequence[Endpoint],
        but: int | None,
        now: datetime,
    ) -> tuple[Unanswered, ...]:
        """A buyer's mails that wait, the eldest first. Those from before the rehearsal wait as
        long as they really did, or until they are answered together with a later one."""
        before = [one for one in really if one.mail not in self._met]
        own = [one for at in endpoints for one in self._open(at, now)]
        found = [one for one in (*before, *own) if one.mail != but]
        left = [one for one in found if one.mail not in self._answered]
        return tuple(sorted(left, key=lambda one: one.received))

    def wrote_since(self, endpoints: Sequence[Endpoint], since: datetime) -> datetime | None:
        times = [self._wrote[one] for one in endpoints if one in self._wrote]
        return max((at for at in times if at > since), default=None)

    def _open(self, sender: Endpoint, now: datetime) -> list[Unanswered]:
        """Forgets what needs no answer any more."""
        if sender not in self._from:
            return []
        left = [
            one
            for one in self._from[sender]
            if one.mail not in self._answered
            and one.received >= now - STILL_WAITS
            and now < self._closed.get(one.mail, _NEVER)
        ]
        self._from[sender] = left
        return left
