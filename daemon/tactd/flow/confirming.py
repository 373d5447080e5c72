"""CONFIRMING: Amazon's server takes a mail and may drop it all the same. A reply through such a
relay has answered the buyer only when Amazon's copy of it comes; where none comes in time, his mail
waits again and the seller is told. Nothing is sent a second time by itself: the claim stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.store import Store, answered, journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.types import OrderKey, Policy, ReplyState
from tactd.flow.send import proved_sent

UNCONFIRMED = "reply_unconfirmed"
# After that long nobody waits for it any more, and the buyer's mail is history (flow/gather.py).
FORGOTTEN = timedelta(days=14)


def confirm(conn: Connection, reply_id: int, at: datetime, policy: Policy, now: datetime) -> None:
    """The marketplace's copy of it has come: it was passed on, whatever SMTP had said."""
    stored = replies.get(conn, reply_id)
    if stored is None:
        return
    if stored.reply.state is ReplyState.UNCLEAR:
        proved_sent(conn, stored, policy, now)
    if replies.change(conn, reply_id, [ReplyState.SENT], confirmed_at=at):
        answered.mark_reopened(conn, _reopened(reply_id), at, f"reply {reply_id}")
        journal.resolve(conn, UNCONFIRMED, f"reply {reply_id}", now)
        log.event("reply_confirmed", reply=reply_id)


def answered_on_site(conn: Connection, order: OrderKey, at: datetime, now: datetime) -> None:
    """The seller has written about that order on the site himself: what he was told of a reply
    that may have been lost is over."""
    for stored in replies.unconfirmed(conn, now - FORGOTTEN):
        if stored.reply.order == order and stored.sent_at and stored.sent_at < at:
            answered.mark_reopened(conn, _reopened(stored.reply.id), at, "hand")
            journal.resolve(conn, UNCONFIRMED, f"reply {stored.reply.id}", now)


def mind_unconfirmed(store: Store, now: datetime) -> int:
    """What has not been confirmed in time; how many were new."""
    with store.read() as conn:
        waiting = [one for one in replies.unconfirmed(conn, now - FORGOTTEN) if overdue(one, now)]
        told = journal.open_about(conn, UNCONFIRMED)
        lost = [one for one in waiting if answered.by(conn, f"reply {one.reply.id}")]
    over = told - {f"reply {one.reply.id}" for one in waiting}
    if not lost and not over:
        return 0
    with store.write() as conn:
        for stored in lost:
            _tell(conn, stored, now)
        for about in over:  # it was refused, or so long ago that nobody waits
            journal.resolve(conn, UNCONFIRMED, about, now)
    return len(lost)


def overdue(stored: Stored, now: datetime) -> bool:
    """(One of unclear fate is told of as that.)"""
    sent = stored.reply.state is ReplyState.SENT
    return sent and stored.confirm_by is not None and stored.confirm_by <= now


def _tell(conn: Connection, stored: Stored, now: datetime) -> None:
    number, order = stored.reply.id, stored.reply.order
    answered.reopen(conn, f"reply {number}", _reopened(number))
    about = f"order {order.number}" if order else f"to {stored.reply.to.value}"
    journal.report(conn, UNCONFIRMED, f"reply {number}", about, now)
    log.event(UNCONFIRMED, level="warning", reply=number)


def _reopened(reply_id: int) -> str:
    """What the buyer's mail says of its answer while that may have been lost."""
    return f"unconfirmed {reply_id}"
