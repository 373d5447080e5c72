"""The contact ledger of a rehearsal: what went out there, in place of what really did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from tactd.core.loops import DOMAIN_WITHIN, counted_domain
from tactd.core.types import By, ContactKind, Endpoint, LedgerRow, Pack


class Contacts:
    """`keep`: how far back a mailbox's own limits look."""

    def __init__(self, packs: Iterable[Pack], keep: timedelta) -> None:
        self._packs, self._keep = tuple(packs), keep
        self._rows: dict[Endpoint, list[LedgerRow]] = defaultdict(list)
        self._of_mailbox: dict[str, list[datetime]] = defaultdict(list)
        self._to_domain: dict[str, list[datetime]] = defaultdict(list)
        self._replaced: set[int] = set()

    def replace(self, reply: int | None) -> None:
        """What really became of this reply is not counted: the rehearsal decides it anew."""
        if reply is not None:
            self._replaced.add(reply)

    def add(self, row: LedgerRow) -> None:
        self._rows[row.endpoint].append(row)
        _note(self._of_mailbox[row.mailbox], row.at, self._keep)
        domain = counted_domain(row.endpoint, self._packs)
        if domain and row.by is By.AUTO:
            _note(self._to_domain[domain], row.at, DOMAIN_WITHIN)

    def history(
        self, really: Iterable[LedgerRow], endpoints: Sequence[Endpoint]
    ) -> tuple[LedgerRow, ...]:
        """A buyer's history: the seller's own hand and what went before the rehearsal begins stay
        as they were, everything else is the rehearsal's."""
        stay = [
            row for row in really if row.kind is ContactKind.HAND or row.reply not in self._replaced
        ]
        own = [row for one in endpoints for row in self._rows.get(one, ())]
        return tuple(sorted((*stay, *own), key=lambda row: row.at))

    def from_mailbox(self, name: str) -> list[datetime]:
        return self._of_mailbox[name]

    def domain_hour(self, buyer: Endpoint | None, now: datetime) -> int:
        """Automatic mails to the buyer's domain within the last hour (core/loops.py)."""
        domain = counted_domain(buyer, self._packs) if buyer else ""
        times = self._to_domain.get(domain, ()) if domain else ()
        return sum(at > now - DOMAIN_WITHIN for at in times)


def _note(times: list[datetime], at: datetime, keep: timedelta) -> None:
    """Times come in order; those that no window reaches any more are dropped."""
    times.append(at)
    while times and times[0] <= at - keep:
        times.pop(0)
