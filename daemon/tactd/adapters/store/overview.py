"""What `tactd status` asks of the whole store: what went by itself, how full a mailbox's hour is,
and to whom nothing goes by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, func, or_, select

from tactd.adapters.store.schema import decision, ledger, mail, paused_thread, silence, suppressed
from tactd.adapters.store.text_forms import text_endpoint
from tactd.core.types import By, ContactState


@dataclass(frozen=True, slots=True)
class Silent:
    """An address to which nothing goes by itself, and why not."""

    address: str
    why: str
    since: datetime
    level: str = ""  # core.types.Silence, where he has asked for it


def by_itself(conn: Connection, since: datetime) -> dict[str, int]:
    """Automatic mails that went out, by situation; one that answers two counts for both. What is
    of unclear fate counts: it may have gone."""
    counted = (ContactState.SENT, ContactState.UNCLEAR)
    rows = conn.execute(
        select(ledger.c.situation, func.count())
        .where(ledger.c.at >= since, ledger.c.by == By.AUTO, ledger.c.state.in_(counted))
        .group_by(ledger.c.situation)
    )
    found: Counter[str] = Counter()
    for said, number in rows:
        for one in said.split():
            found[one] += number
    return dict(found.most_common())


def decided(conn: Connection, since: datetime) -> dict[str, int]:
    """Mails and follow-ups by the outcome of their last decision: what goes by itself is decided
    at least twice."""
    last = select(func.max(decision.c.id)).where(decision.c.at >= since)
    of_mails = last.where(decision.c.mail.is_not(None)).group_by(decision.c.mail)
    unasked = and_(decision.c.at >= since, decision.c.mail.is_(None))
    rows = conn.execute(
        select(decision.c.outcome, func.count())
        .where(or_(decision.c.id.in_(of_mails), unasked))
        .group_by(decision.c.outcome)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Unknown:
    """Mails of one sender that were taken for a marketplace's, and for nothing that is known."""

    address: str
    count: int
    subject: str  # of the newest
    at: datetime


def unknown_notices(conn: Connection, since: datetime) -> list[Unknown]:
    """The sender of the newest first."""
    code = mail.c.answered_by == "screen.unknown_notice"
    newest = (
        select(func.max(mail.c.id).label("id"), func.count().label("count"))
        .where(code, mail.c.received >= since)
        .group_by(mail.c.endpoint)
        .subquery()
    )
    rows = conn.execute(
        select(mail.c.endpoint, mail.c.subject, mail.c.received, newest.c.count)
        .join(newest, newest.c.id == mail.c.id)
        .order_by(mail.c.id.desc())
    )
    return [
        Unknown(
            text_endpoint(row.endpoint).value if row.endpoint else "",
            row[3],
            row.subject or "",
            row.received,
        )
        for row in rows
    ]


def sent_count(conn: Connection, mailbox: str, since: datetime) -> int:
    """Mails from a mailbox that count in its limit: all that were not refused."""
    counts = (ledger.c.mailbox == mailbox, ledger.c.at > since)
    refused = ledger.c.state == ContactState.REFUSED
    return conn.execute(select(func.count()).where(*counts, ~refused)).scalar_one()


def limit_was_full(conn: Connection, decision_ids: Sequence[int]) -> set[int]:
    """Those of these decisions in which a limit was full. The codes are searched for as text: to
    read each decision whole would cost a long list a second."""
    said = decision.c.decided.like('%"limit.%full"%')
    rows = conn.execute(select(decision.c.id).where(decision.c.id.in_(decision_ids), said))
    return set(rows.scalars())


def paused_conversations(conn: Connection) -> list[Silent]:
    query = select(paused_thread).where(paused_thread.c.over_at.is_(None))
    rows = conn.execute(query.order_by(paused_thread.c.at.desc()))
    return [Silent(text_endpoint(row.endpoint).value, row.why, row.at) for row in rows]


def bouncing(conn: Connection) -> list[Silent]:
    rows = conn.execute(select(suppressed).order_by(suppressed.c.at.desc()))
    return [Silent(text_endpoint(row.endpoint).value, row.why, row.at) for row in rows]


def who_asked_for_silence(conn: Connection) -> list[Silent]:
    """A buyer with several addresses stands there with each, and the same `why`."""
    rows = conn.execute(select(silence).order_by(silence.c.at.desc()))
    return [Silent(text_endpoint(one.endpoint).value, one.why, one.at, one.level) for one in rows]
