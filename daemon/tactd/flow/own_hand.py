"""The seller's own hand: what he writes himself wins, and counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import inbound, journal, replies
from tactd.adapters.store.inbound import Filing, Kept
from tactd.core.decide.disclose import address_endpoint
from tactd.core.orders import normal_address
from tactd.core.types import By, ContactKind, ContactState, LedgerRow, Mail, Policy
from tactd.flow.gather import root_of, writers_of
from tactd.flow.judge import read_kept
from tactd.flow.record import withdraw
from tactd.flow.sent import confirm_sent


def record_own_hand(
    conn: Connection, kept: Kept, mail: Mail, policy: Policy, now: datetime
) -> None:
    """A mail in the Sent folder. Our own copy says that a send went through; the seller's own
    reply closes whatever waits for that thread, and counts as a contact."""
    ids = tuple(dict.fromkeys((*mail.in_reply_to, *mail.references)))
    filing = Filing(
        content_key=inbound.own_key(kept, mail.content_key),
        message_id=mail.message_id,
        subject=mail.subject[:500],
        root=root_of(conn, mail),
        answered_at=now,
        answered_by="sent",
    )
    inbound.file_away(conn, kept.id, filing)
    if _is_ours(conn, kept, mail, policy):
        return
    at = mail.date or kept.received
    recipients = frozenset(normal_address(one.email) for one in (*mail.to, *mail.cc) if one.email)
    inbound.note_answered(conn, ids, sorted(recipients), at)
    _count_by_hand(conn, kept, mail, policy, at)
    mails = _answered_mails(conn, filing.root, ids, recipients, kept.received)
    inbound.mark_answered(conn, mails, now, "hand")
    for stored in replies.answering(conn, mails):
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
    elder = [one for mail_id in named for one in inbound.together_with(conn, mail_id)]
    return list(dict.fromkeys((*named, *elder)))


def _writers(conn: Connection, mail_id: int) -> tuple[str, ...]:
    kept = inbound.one(conn, mail_id)
    return writers_of(read_kept(kept)) if kept else ()


def _is_ours(conn: Connection, kept: Kept, mail: Mail, policy: Policy) -> bool:
    # Microsoft rewrites Message-ID; the private header stays.
    own = mail.header("x-tactd-id") or ""
    found = replies.by_message_ids(conn, [mail.message_id] if mail.message_id else [])
    found = found or replies.by_private_id(conn, own)
    for stored in found:
        confirm_sent(conn, stored, mail.date or kept.received, policy)
    return bool(found)


def _count_by_hand(conn: Connection, kept: Kept, mail: Mail, policy: Policy, at: datetime) -> None:
    for number, address in enumerate((*mail.to, *mail.cc)):
        endpoint = address_endpoint(address.email, policy.packs.values())
        if endpoint is None:
            continue
        row = LedgerRow(
            at=at,
            endpoint=endpoint,
            mailbox=kept.mailbox,
            kind=ContactKind.HAND,
            by=By.SELLER,
            state=ContactState.SENT,
            thread=(mail.references or mail.in_reply_to or ("",))[0],
        )
        once = f"{mail.message_id or mail.content_key}#{number}"
        journal.add_contact(conn, row, once)
