"""What follows from a reply that went out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import inbound, journal, orders, replies
from tactd.adapters.store.replies import Stored
from tactd.core.promises import promise_of
from tactd.core.types import ContactState, Policy, ReplyState


def confirm_sent(conn: Connection, stored: Stored, at: datetime, policy: Policy) -> None:
    """A reply whose fate was open has turned up in Sent."""
    open_fate = (ReplyState.SENDING, ReplyState.UNCLEAR)
    if replies.change(
        conn, stored.reply.id, open_fate, state=ReplyState.SENT, sent_at=at, copied=True
    ):
        finish_sent(conn, stored, at, policy)


def finish_sent(conn: Connection, stored: Stored, at: datetime, policy: Policy) -> None:
    """What follows from a reply that went out: the ledger, the buyer's mails, the promises."""
    reply = stored.reply
    replies.change(conn, reply.id, [ReplyState.SENT], move_to="sent", move_note="")
    journal.settle_contact(conn, reply.id, ContactState.SENT)
    if reply.mail is not None:
        mails = [reply.mail, *inbound.together_with(conn, reply.mail)]
        inbound.mark_answered(conn, mails, at, f"reply {reply.id}")
    order = orders.get(conn, reply.order) if reply.order else None
    for situation in reply.situations:
        if order and (made := promise_of(situation, order, policy, at)):
            journal.add_promise(conn, made.kind, made.due, reply.id, reply.order)
