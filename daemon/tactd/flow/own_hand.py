"""The seller's own hand: what he writes himself wins, and counts."""

from __future__ import annotations

import hashlib
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
    journal.add_contacts(conn, contacts_by_hand(mail, kept.mailbox, policy))
    recipients, at, ids = recipients_of(mail), sent_at(mail), answers(mail)
    if _by_a_machine(mail):
        return
    inbound.note_answered(conn, ids, sorted(recipients), at)
    mails = _answered_mails(conn, filing.root, ids, recipients, kept.received)
    inbound.mark_answered(conn, mails, now, "hand")
    untold = replies.unasked_in(conn, [filing.root or "", *ids])
    to_them = [one for one in untold if one.reply.to.value in recipients]
    for stored in (*replies.answering(conn, mails), *to_them):
        withdraw(conn, stored, "the seller answered by hand", "withdrawn.by_hand")


def answers(mail: Mail) -> tuple[str, ...]:
    """The Message-IDs that this mail of the seller's answers: none, if his mail program wrote it
    by itself while he was away."""
    if _by_a_machine(mail):
        return ()
    return tuple(dict.fromkeys((*mail.in_reply_to, *mail.references)))


def _by_a_machine(mail: Mail) -> bool:
    """But not by tactd (of an earlier store): its answers are answers."""
    said = (mail.header("auto-submitted") or "no").partition(";")[0].strip().lower()
    return said != "no" and mail.header("x-tactd-id") is None


def recipients_of(mail: Mail) -> frozenset[str]:
    return frozenset(normal_address(one.email) for one in (*mail.to, *mail.cc) if one.email)


def sent_at(mail: Mail) -> datetime:
    """The earlier of its date and its arrival in Sent: a clock that is ahead fills no limit for
    years, and a mailbox that was moved to another server has not written everything today."""
    return min(mail.date, mail.received) if mail.date else mail.received


def contacts_by_hand(mail: Mail, mailbox: str, policy: Policy) -> list[tuple[LedgerRow, str]]:
    """A row of the ledger for each recipient, with what makes it the same row when the mail is
    seen again, whole or only its header."""
    found = (address_endpoint(one, policy.packs.values()) for one in sorted(recipients_of(mail)))
    own = mail.message_id or _header_key(mail)
    thread = (mail.references or mail.in_reply_to or ("",))[0]
    return [
        (
            LedgerRow(
                at=sent_at(mail),
                endpoint=endpoint,
                mailbox=mailbox,
                kind=ContactKind.HAND,
                by=By.SELLER,
                state=ContactState.SENT,
                thread=thread,
            ),
            f"{own}#{endpoint.value}",
        )
        for endpoint in found
        if endpoint is not None
    ]


def _header_key(mail: Mail) -> str:
    parts = [str(sent_at(mail)), *(mail.header(name) or "" for name in ("from", "to", "cc"))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


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


def _is_ours(conn: Connection, mail: Mail, policy: Policy) -> bool:
    # Microsoft rewrites Message-ID; the private header stays.
    own = mail.header("x-tactd-id") or ""
    found = replies.by_message_ids(conn, [mail.message_id] if mail.message_id else [])
    found = found or replies.by_private_id(conn, own)
    for stored in found:
        confirm_sent(conn, stored, sent_at(mail), policy)
    return bool(found)
