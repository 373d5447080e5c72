"""What may stand in the way of a send at the last moment, asked inside the transaction that claims
it: so that of two sends that would fill a limit only one begins (promise 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import contacts, loops, orders, people
from tactd.adapters.store.replies import Stored
from tactd.core.decide.limit import fullest
from tactd.core.loops import DOMAIN_MOST
from tactd.core.quiet import NEVER, quiet_until, zones
from tactd.core.types import By, ContactKind, Mode, Policy, Silence
from tactd.flow.loop_signs import domain_hour
from tactd.flow.reading_back import longest_window, sent_read
from tactd.flow.refusals import not_approved
from tactd.flow.who_is_one import WHO_CHANGED, parted


@dataclass(frozen=True, slots=True)
class Bar:
    note: str  # a code of core/reasons.py
    until: datetime | None = None  # when a limit frees up; None: not by waiting


def bar(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> Bar | None:
    """Why a reply must not go now. What a person has approved is only barred if nobody has asked
    for it, or if he has said since that it is for two."""
    if stored.reply.by is By.AUTO and (note := _forbidden(conn, stored, policy, now)):
        return Bar(note)
    if stored.reply.by is not By.AUTO and parted(conn, stored):
        return Bar(WHO_CHANGED)
    return untimely(conn, stored, policy, now)


def _forbidden(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> str:
    """Why it must not go without a person."""
    reply = stored.reply
    if policy.mode is not Mode.AUTO or not policy.auto.issuperset(reply.situations):
        return "staged.not_allowed"
    if not sent_read(conn, policy):
        return "permit.sent_not_read"
    silence = people.silence_of(conn, stored.buyer, f"mail {reply.mail}")
    if silence is Silence.STOP:
        return "permit.stop"
    if silence is not Silence.NONE and reply.kind is ContactKind.UNASKED:
        return "silence.no_unasked"
    if people.suppressed_among(conn, stored.buyer):
        return "permit.bounces"
    if loops.paused(conn, stored.buyer, [stored.root])[0]:
        return "loop.paused"
    if not_approved(conn, stored, policy):
        return "staged.not_approved"
    busy = domain_hour(conn, reply.to, policy, now) >= DOMAIN_MOST
    return "staged.domain_busy" if busy else ""


def untimely(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> Bar | None:
    """Is a limit full, or is it night where he lives? An approval overrules both for an answer,
    and for unasked mail if it says so (`approve --now`)."""
    reply = stored.reply
    unasked = reply.kind is ContactKind.UNASKED
    if reply.by is not By.AUTO and (stored.at_once or not unasked):
        return None
    history = contacts.since(conn, stored.buyer, now - longest_window(policy.limits))
    full = fullest(history, policy.limits, reply.kind, reply.order, now)
    if not unasked:
        return Bar("staged.limit_full", full.free_at) if full else None
    night = _night(conn, stored, policy, full.free_at if full else now)
    if night is None or (night == NEVER and reply.by is not By.AUTO):
        return Bar("held.limit_full", full.free_at) if full else None
    return Bar("held.night", night) if night < NEVER else Bar("quiet.unknown_country")


def _night(conn: Connection, stored: Stored, policy: Policy, at: datetime) -> datetime | None:
    order = orders.get(conn, stored.reply.order) if stored.reply.order else None
    hours = policy.limits.quiet
    return quiet_until(at, hours, zones(order.ship_to) if order else ()) if hours else None


def mailbox_free_at(
    conn: Connection, mailbox: str, policy: Policy, now: datetime
) -> datetime | None:
    """When this mailbox may send its next mail; None: now. The seller's own limit and the
    provider's both bind."""
    rules = (*policy.limits.per_mailbox, *policy.mailbox(mailbox).budget)
    found = [
        at + rule.period
        for rule in rules
        if (at := contacts.nth_newest(conn, mailbox, rule.count, now - rule.period))
    ]
    return max(found, default=None)
