"""SETTLE: how long an answer that would go by itself waits for a second mail of its buyer."""

from __future__ import annotations

from datetime import datetime, timedelta

from tactd.core.types import Facts


def settled(facts: Facts, settle: timedelta, now: datetime) -> datetime:
    """When the mails of this buyer have settled: `settle` after the newest of them, and at most
    twice that after the first (design: settle)."""
    waiting = (one.received for one in facts.unanswered)
    first = min((at for at in waiting if at > now - 2 * settle), default=now)
    return min(now + settle, max(now, first + 2 * settle))
