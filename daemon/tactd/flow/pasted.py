"""PASTED: the seller has put a reply on the marketplace's site himself. Nothing is sent; it counts
as his own hand, afterwards, and everything follows from it that follows from a reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import contacts, replies
from tactd.adapters.store.replies import Stored
from tactd.core.types import By, ContactKind, ContactState, Policy, ReplyState
from tactd.flow.copies import CLOCKS, PASSED_ON
from tactd.flow.record import withdraw
from tactd.flow.sent import contact, finish_sent

# Also what has been withdrawn meanwhile: he had it before him when he pasted it.
_MAY_BE_PASTED = (*replies.OPEN, ReplyState.FAILED, ReplyState.WITHDRAWN, ReplyState.REJECTED)


def note_pasted(
    conn: Connection, stored: Stored, subject: str, body: str, policy: Policy, now: datetime
) -> bool:
    """Whatever limits, pauses and changed facts say: it has been done. A copy of it that the
    marketplace has sent before is the same contact. False if it was no longer open."""
    reply = replace(stored.reply, subject=subject, body=body, by=By.SELLER)
    since = max(now - PASSED_ON, reply.created - CLOCKS)  # what he wrote earlier was not this
    copied = contacts.copied(conn, stored.buyer, reply.order, since)
    values = {
        "state": ReplyState.SENT,
        "by": By.SELLER,
        "subject": subject,
        "body": body,
        "note": "",
        "sent_at": now,
        "copied": False,
        "confirmed_at": now if copied else None,
        "next_attempt": None,
    }
    if not replies.change(conn, reply.id, _MAY_BE_PASTED, **values):
        return False
    stored = replace(stored, reply=reply)
    if copied is not None:
        contacts.adopt(conn, copied, reply.id, " ".join(reply.situations))
    else:
        row = replace(contact(stored, now, ContactState.SENT), kind=ContactKind.HAND)
        contacts.add(conn, row, once_pasted(reply.id))
    finish_sent(conn, stored, now, policy)
    for other in replies.answering(conn, [reply.mail] if reply.mail is not None else []):
        withdraw(conn, other, "the seller answered by hand", "withdrawn.by_hand")
    return True


def once_pasted(reply_id: int) -> str:
    """By what its row of the ledger is the same row whenever it is written."""
    return f"pasted {reply_id}"
