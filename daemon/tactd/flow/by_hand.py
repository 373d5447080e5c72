"""What a mail of the seller's own says: to whom he wrote, when, and what he answered."""

from __future__ import annotations

import hashlib
from datetime import datetime

from tactd.core.decide.disclose import address_endpoint
from tactd.core.orders import normal_address
from tactd.core.types import By, ContactKind, ContactState, LedgerRow, Mail, Policy


def answers(mail: Mail) -> tuple[str, ...]:
    """The Message-IDs that this mail of the seller's answers: none, if his mail program wrote it
    by itself while he was away."""
    if by_a_machine(mail):
        return ()
    return tuple(dict.fromkeys((*mail.in_reply_to, *mail.references)))


def by_a_machine(mail: Mail) -> bool:
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
