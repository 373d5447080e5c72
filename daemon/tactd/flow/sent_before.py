"""What the seller sent before tactd came, of which only the headers were fetched: it counts as
contact, and questions that it answers are not open any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import answered, contacts, readback, replies
from tactd.adapters.store.replies import Stored
from tactd.core.read.mail import read
from tactd.core.types import Fetched, Mail, Policy, SentRead
from tactd.flow.by_hand import answers, contacts_by_hand, recipients_of, sent_at
from tactd.flow.sent import confirm_sent


def read_headers(mails: Sequence[Fetched]) -> list[Mail]:
    """Only the header of each is there. Newest first."""
    return [read(one.raw, one.received, truncated=True, size=one.size) for one in mails[::-1]]


def record_sent_before(
    conn: Connection,
    mailbox: str,
    mails: Sequence[Mail],
    further: SentRead,
    policy: Policy,
    now: datetime,
) -> None:
    """A slice of it, and how far that is. What was recorded before is not counted again."""
    ours = _ours(conn, mails)
    for mail, stored in zip(mails, ours, strict=True):
        for one in stored:
            confirm_sent(conn, one, sent_at(mail), policy)
    by_hand = [mail for mail, stored in zip(mails, ours, strict=True) if not stored]
    rows = [row for mail in by_hand for row in contacts_by_hand(mail, mailbox, policy)]
    contacts.add_many(conn, rows)
    for mail in by_hand:
        answered.note(conn, answers(mail), sorted(recipients_of(mail)), sent_at(mail))
    readback.note_sent_read(conn, mailbox, further, now)


def _ours(conn: Connection, mails: Sequence[Mail]) -> list[list[Stored]]:
    """Of each mail the replies of which it is the copy."""
    known: dict[str, list[Stored]] = {}
    for stored in replies.by_message_ids(conn, [one.message_id for one in mails if one.message_id]):
        known.setdefault(stored.reply.message_id, []).append(stored)
    return [
        known.get(one.message_id or "")
        or replies.by_private_id(conn, one.header("x-tactd-id") or "")
        for one in mails
    ]
