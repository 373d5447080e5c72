"""Has what the seller sent before tactd came been counted? Until then nothing goes by itself."""

from __future__ import annotations

from collections.abc import Iterator
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


def sent_read(conn: Connection, policy: Policy) -> bool:
    """Has Sent been read back over the longest window, in all mailboxes? A buyer may have been
    written to from any of them, and limits fail closed. One indexed read each."""
    return not any(True for _ in unread(conn, policy))


def unread(conn: Connection, policy: Policy) -> Iterator[str]:
    """The mailboxes of which it has not."""
    window = longest_window(policy.limits)
    for box in policy.mailboxes:
        far = readback.sent_read(conn, box.name)
        if far is None or not far.done or far.window < window:
            yield box.name
