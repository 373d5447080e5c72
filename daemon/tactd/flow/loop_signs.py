"""What the store knows of a machine that may be answering ours (core/loops.py judges it)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import loops
from tactd.core.loops import (
    ALARMS,
    ALIKE_WITHIN,
    DOMAIN_MOST,
    DOMAIN_WITHIN,
    counted_domain,
    likeness,
    ours_to,
    quick_running,
)
from tactd.core.types import (
    BuyerWrote,
    Decision,
    Endpoint,
    Facts,
    LedgerRow,
    LoopSigns,
    Mode,
    Policy,
    TrailEntry,
)

# Mails of his that are older than this are no part of what goes on now.
LATELY = timedelta(days=7)


def loop_signs(
    conn: Connection,
    event: BuyerWrote,
    mail_id: int,
    sender: Endpoint | None,
    texts: Sequence[str],
    roots: Sequence[str],
    history: Sequence[LedgerRow],
    policy: Policy,
    now: datetime,
) -> LoopSigns:
    """`texts`: his endpoints, none if he has never written; `roots`: of the thread. For his first
    mail nothing is asked, unless it goes by itself to a domain of somebody's own."""
    by_itself = policy.mode is Mode.AUTO
    busy = domain_hour(conn, sender, policy, now) if sender and by_itself else 0
    paused, resumed = loops.paused(conn, texts, roots) if texts or roots else (False, None)
    if not texts:
        return LoopSigns(domain_hour=busy, paused=paused)
    until = event.mail.received
    since = max(until - LATELY, resumed) if resumed else until - LATELY
    before = loops.lately(conn, texts, since, until, mail_id)
    own = likeness(event.message.words, event.message.subject)
    alike = [at for at, other in before if own and other == own and at > until - ALIKE_WITHIN]
    wrote = [until, *(at for at, _ in before)]
    return LoopSigns(
        alike=len(alike),
        quick=quick_running(wrote, ours_to(history)) if until > since else 0,
        domain_hour=busy,
        paused=paused,
    )


def domain_hour(conn: Connection, buyer: Endpoint, policy: Policy, now: datetime) -> int:
    """Automatic mails to the buyer's domain within the last hour, counted as far as matters; 0
    where the domain says nothing about him."""
    domain = counted_domain(buyer, policy.packs.values())
    if not domain:
        return 0
    since = now - DOMAIN_WITHIN
    return sum(
        loops.automatic_to(conn, domain, box.name, since, DOMAIN_MOST) for box in policy.mailboxes
    )


def loop_alarm(decision: Decision, facts: Facts) -> TrailEntry | None:
    """What this mail has told of a machine, if that is news."""
    if facts.loop.paused:
        return None
    return next((entry for entry in decision.trail if entry.code in ALARMS), None)
