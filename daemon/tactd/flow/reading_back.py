"""Has what the seller sent before tactd came been counted? Until then nothing goes by itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from tactd.adapters.store import readback
from tactd.core.types import Limits, Policy

# At least so far back, however short the limits are: "the same not answered in 7 days" looks back
# too, and limits may be made longer later.
LEAST = timedelta(days=60)


def longest_window(limits: Limits) -> timedelta:
    """As far back as any limit looks."""
    rules = (*limits.answers, *limits.unasked, *limits.unasked_per_order, *limits.per_mailbox)
    return max((LEAST, *(rule.period for rule in rules)))


def sent_read(conn: Connection, mailbox: str, policy: Policy) -> bool:
    """Has Sent of this mailbox been read back over the longest window? One indexed read."""
    far = readback.sent_read(conn, mailbox)
    return far is not None and far.done and far.window >= longest_window(policy.limits)
