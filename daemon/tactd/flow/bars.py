"""What may stand in the way of a send at the last moment, asked inside the transaction that claims
it: so that of two sends that would fill a limit only one begins (promise 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import journal, loops, people
from tactd.adapters.store.replies import Stored
from tactd.core.decide.limit import fullest
from tactd.core.loops import DOMAIN_MOST
from tactd.core.types import Mode, Policy, Silence
from tactd.flow.gather import LONGEST_WINDOW
from tactd.flow.loop_signs import domain_hour


@dataclass(frozen=True, slots=True)
class Bar:
    note: str  # a code of core/reasons.py
    until: datetime | None = None  # when a limit frees up; None: not by waiting


def bar(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> Bar | None:
    """Why a reply that nobody has approved must not go now."""
    reply = stored.reply
    if policy.mode is not Mode.AUTO or not policy.auto.issuperset(reply.situations):
        return Bar("staged.not_allowed")
    if people.silence_of(conn, stored.buyer, f"mail {reply.mail}") is Silence.STOP:
        return Bar("permit.stop")
    if people.suppressed_among(conn, stored.buyer):
        return Bar("permit.bounces")
    if loops.paused(conn, stored.buyer, [stored.root])[0]:
        return Bar("loop.paused")
    if domain_hour(conn, reply.to, policy, now) >= DOMAIN_MOST:
        return Bar("staged.domain_busy")
    history = journal.contacts(conn, stored.buyer, now - LONGEST_WINDOW)
    full = fullest(history, policy.limits, reply.kind, reply.order, now)
    return Bar("staged.limit_full", full.free_at) if full else None


def mailbox_free_at(
    conn: Connection, mailbox: str, policy: Policy, now: datetime
) -> datetime | None:
    """When this mailbox may send its next mail; None: now. The seller's own limit and the
    provider's both bind."""
    rules = (*policy.limits.per_mailbox, *policy.mailbox(mailbox).budget)
    found = [
        at + rule.period
        for rule in rules
        if (at := journal.nth_newest(conn, mailbox, rule.count, now - rule.period))
    ]
    return max(found, default=None)
