"""The seller's own hand: what he writes himself wins, and counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import answered, contacts, inbound, replies
from tactd.adapters.store.inbound import Filing, Kept
from tactd.core.types import Mail, Policy
from tactd.flow.by_hand import answers, by_a_machine, contacts_by_hand, recipients_of, sent_at
from tactd.flow.gather import root_of, writers_of
from tactd.flow.judge import read_kept
from tactd.flow.record import withdraw
from tactd.flow.sent import confirm_sent, ours


def record_own_hand(
    conn: Connection, kept: Kept, mail: Mail, policy: Policy, now: datetime
) -> None:
    """A mail in the Sent folder. Our own copy says that a send went through; the seller's own
    reply closes whatever waits for that thread, and counts as a contact."""
    filing = Filing(
        content_key=inbound.own_key(kept, mail.content_key),
        message_id=mail.message_id,
        subject=mail.subject[:500],
        root=root_of(conn, mail),
        answered_at=now,
        answered_by="sent",
    )
    inbound.file_away(conn, kept.id, filing)
    if _is_ours(conn, mail, policy):
        return
    contacts.add_many(conn, contacts_by_hand(mail, kept.mailbox, policy))
    recipients, at, ids = recipients_of(mail), sent_at(mail), answers(mail)
    if by_a_machine(mail):
        return
    answered.note(conn, ids, sorted(recipients), at)
    mails = _answered_mails(conn, filing.root, ids, recipients, kept.received)
    answered.mark(conn, mails, now, "hand")
    untold = replies.unasked_in(conn, [*filter(None, (filing.root, *ids))])
    to_them = [one for one in untold if one.reply.to.value in recipients]
    for stored in (*replies.answering(conn, mails), *to_them):
        withdraw(conn, stored, "the seller answered by hand", "withdrawn.by_hand")


def _answered_mails(
    conn: Connection,
    root: str | None,
    ids: tuple[str, ...],
    recipients: frozenset[str],
    until: datetime,
) -> list[int]:
    """The mails that the seller had before him: what he refers to, the rest of that thread until
    then, and the elder mails that would have been answered with one of these. Only mails of those
    to whom he writes: forwarding a mail to the warehouse answers nobody."""
    thread = inbound.thread_mails(conn, root, ids, until)
    named = [one for one in thread if not recipients.isdisjoint(_writers(conn, one))]
    elder = [one for mail_id in named for one in answered.together_with(conn, mail_id)]
    return list(dict.fromkeys((*named, *elder)))


def _writers(conn: Connection, mail_id: int) -> tuple[str, ...]:
    kept = inbound.one(conn, mail_id)
    return writers_of(read_kept(kept)) if kept else ()


def _is_ours(conn: Connection, mail: Mail, policy: Policy) -> bool:
    found = ours(conn, mail)
    for stored in found:
        confirm_sent(conn, stored, sent_at(mail), policy)
    return bool(found)
