"""What follows from a reply that went out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import answered, contacts, journal, orders, replies
from tactd.adapters.store.replies import Stored
from tactd.core.orders import person
from tactd.core.promises import promise_of
from tactd.core.types import By, ContactState, LedgerRow, Mail, Policy, ReplyState

# A mail that lies in Sent has gone out, whatever the store thinks: it may come from a backup.
_PERHAPS_SENT = (*replies.OPEN, ReplyState.SENDING, ReplyState.UNCLEAR, ReplyState.FAILED)


def ours(conn: Connection, mail: Mail) -> list[Stored]:
    """The replies of which this mail is a copy. Microsoft rewrites Message-ID; the private header
    stays."""
    found = replies.by_message_ids(conn, [mail.message_id] if mail.message_id else [])
    return found or replies.by_private_id(conn, mail.header("x-tactd-id") or "")


def confirm_sent(conn: Connection, stored: Stored, at: datetime, policy: Policy) -> None:
    """A reply has turned up in Sent."""
    values = {"state": ReplyState.SENT, "sent_at": at, "copied": True, "next_attempt": None}
    if replies.change(conn, stored.reply.id, _PERHAPS_SENT, **values):
        contacts.add(conn, contact(stored, at, ContactState.SENT), stored.reply.message_id)
        finish_sent(conn, stored, at, policy)


def contact(stored: Stored, at: datetime, state: ContactState) -> LedgerRow:
    """The reply's row of the ledger."""
    reply = stored.reply
    return LedgerRow(
        at=at,
        endpoint=person(reply.to),
        mailbox=reply.mailbox,
        kind=reply.kind,
        by=reply.by or By.APPROVED,
        state=state,
        order=reply.order,
        thread=stored.root,
        situation=" ".join(reply.situations),
        reply=reply.id,
    )


def finish_sent(conn: Connection, stored: Stored, at: datetime, policy: Policy) -> None:
    """What follows from a reply that went out: the ledger, the buyer's mails, the promises."""
    reply = stored.reply
    if stored.folder:  # what went by itself has no file yet: it is written there
        replies.change(conn, reply.id, [ReplyState.SENT], move_to="sent", move_note="")
    contacts.settle(conn, reply.id, ContactState.SENT)
    if reply.mail is not None:
        mails = [reply.mail, *answered.together_with(conn, reply.mail)]
        answered.mark(conn, mails, at, f"reply {reply.id}")
    order = orders.get(conn, reply.order) if reply.order else None
    for situation in reply.situations:
        if order and (made := promise_of(situation, order, policy, at)):
            journal.add_promise(conn, made.kind, made.due, reply.id, reply.order)
