"""The road of an approved reply: ready → sending → sent, with each step committed before the next
begins (mail.md calls them T1, T2, T3).

Nothing here waits for the network: `claim` gives what is to be sent, and `conclude` takes what
became of it. Whatever happens in between, a reply in state `sending` is never claimed again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import contacts, flags, journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.envelope import Letter, answer_subject, letter_problem, new_message_id, wire
from tactd.core.fate import Delivery, Fate
from tactd.core.reach import confirm_by
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    MailboxPolicy,
    Policy,
    ReplyState,
)
from tactd.errors import TactdError
from tactd.flow.bars import bar, mailbox_free_at
from tactd.flow.put_back import hold, stage, too_late
from tactd.flow.sent import contact, finish_sent

# RFC 5321 4.5.4.1 wants 30 minutes between tries, greylisting less than an hour for the first.
RETRY_AFTER = (timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
RETRY_THEN = timedelta(minutes=60)
GIVE_UP = timedelta(hours=24)
ACCOUNT_PAUSE = timedelta(hours=1)
# When to look into Sent for a mail whose fate is unclear, counted from the attempt.
LOOKS = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30))
PAUSED = "account_paused:"

Ripen = Callable[[Connection, Stored], Stored | None]
"""Decide afresh what goes by itself; the reply as it is to go, None: not now (flow/ripen.py)."""


class RefusedError(TactdError):
    """A reply that cannot be made ready: a code of core/reasons.py, and what is wrong."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Claimed:
    """A send that has begun, as far as anybody who reads the store can tell."""

    reply_id: int
    mailbox: str
    sender: str
    recipient: str
    wire: bytes
    situation: str


def make_ready(
    conn: Connection,
    stored: Stored,
    *,
    by: By,
    policy: Policy,
    now: datetime,
    token: Callable[[], str],
) -> None:
    """T1: the exact bytes and their Message-ID.

    Raises RefusedError if it cannot be sent as it stands, or if another reply to the same event
    has been made ready before (the claim is unique in the store)."""
    reply = stored.reply
    try:
        box = policy.mailbox(reply.mailbox)
    except KeyError:
        gone = f'no mailbox "{reply.mailbox}" is configured any more'
        raise RefusedError("trouble.unsendable", gone) from None
    # A reply whose bytes exist keeps them: every attempt sends the same mail (invariant 4).
    message_id = reply.message_id or new_message_id(box.address.rpartition("@")[2], token())
    letter = _letter(stored, box, by, policy, message_id, now)
    if _claimed_by_another(conn, stored):
        raise RefusedError("trouble.other_claim")
    if problem := letter_problem(letter):
        raise RefusedError("trouble.unsendable", problem)
    replies.change(
        conn,
        reply.id,
        (*replies.OPEN, ReplyState.FAILED),
        state=ReplyState.READY,
        by=by,
        claim=stored.event_key,
        message_id=message_id,
        wire=wire(letter),
        attempts=0,
        first_attempt=None,
        next_attempt=None,  # at once, even if the clock is set back meanwhile
    )


def _claimed_by_another(conn: Connection, stored: Stored) -> bool:
    owner = replies.claimed_by(conn, stored.event_key)
    return owner is not None and owner != stored.reply.id


def _letter(
    stored: Stored, box: MailboxPolicy, by: By, policy: Policy, message_id: str, now: datetime
) -> Letter:
    reply = stored.reply
    return Letter(
        sender_name=policy.seller_name,
        sender=box.address,
        recipient=reply.to.value,
        subject=answer_subject(reply.subject) if stored.in_reply_to else reply.subject,
        body=reply.body,
        message_id=message_id,
        date=now,
        in_reply_to=stored.in_reply_to,
        references=stored.references,
        private_id=private_id(message_id),
        auto=by is By.AUTO,
        marked=_takes_marks(reply.to.value, policy),
        reference_line=stored.reference_line,
    )


def _takes_marks(address: str, policy: Policy) -> bool:
    """Some relays drop what says that it is automatic (policy.toml, mark_automatic)."""
    domain = address.rpartition("@")[2].lower()
    packs = policy.packs.values()
    return all(pack.mark_automatic for pack in packs if domain in pack.relay_domains)


def private_id(message_id: str) -> str:
    """What finds our mail where a provider rewrites its Message-ID: the part before the "@"."""
    return message_id.strip("<>").partition("@")[0]


def claim(
    conn: Connection, due: Stored, policy: Policy, now: datetime, ripen: Ripen
) -> Claimed | None:
    """T2: the attempt and its ledger row, committed before the first byte. None if the reply is
    not to go now: withdrawn, paused, barred by a limit, or claimed by another. What goes out is
    what the store holds now: while the mails before it were sent, the seller may have edited the
    text, or have stopped all sending."""
    stored = replies.get(conn, due.reply.id)
    if stored is None or stored.reply.state not in replies.TO_GO:
        return None
    if stopped := _stopped_until(conn, stored.reply.mailbox, now):
        if too_late(stored.reply, stopped):
            stage(conn, stored, "staged.deadline")
        return None
    stored = ripen(conn, stored)
    if stored is None or stored.wire is None or _waits(conn, stored, policy, now):
        return None
    reply = stored.reply
    begun = replies.change(
        conn,
        reply.id,
        (ReplyState.READY,),
        state=ReplyState.SENDING,
        attempts=reply.attempts + 1,
        next_attempt=None,
        first_attempt=stored.first_attempt or now,
        confirm_by=confirm_by(reply.to, policy.packs.values(), now),
    )
    if not begun:
        return None
    contacts.add(conn, contact(stored, now, ContactState.CLAIMED), reply.message_id)
    sender = policy.mailbox(reply.mailbox).address
    situation = " ".join(reply.situations)
    return Claimed(reply.id, reply.mailbox, sender, reply.to.value, stored.wire, situation)


def _stopped_until(conn: Connection, mailbox: str, now: datetime) -> datetime | None:
    """The kill switch has no end of its own: who cannot wait longer is put before the seller."""
    if flags.paused_since(conn) is not None:
        return now
    return paused_until(conn, mailbox, now)


def _waits(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> bool:
    """Does something that counts over the ledger stand in the way? Then it is put where it can
    wait: an answer before the seller, unasked mail until the limit frees up."""
    reply = stored.reply
    if barred := bar(conn, stored, policy, now):
        if reply.kind is ContactKind.UNASKED and barred.until:
            hold(conn, stored, barred.until, barred.note)
        else:
            stage(conn, stored, barred.note)
        return True
    free_at = mailbox_free_at(conn, reply.mailbox, policy, now)
    if free_at is None:
        return False
    if too_late(reply, free_at):
        stage(conn, stored, "staged.deadline")
    else:
        replies.change(conn, reply.id, (ReplyState.READY,), next_attempt=free_at)
    return True


def conclude(
    conn: Connection,
    reply_id: int,
    delivery: Delivery,
    policy: Policy,
    now: datetime,
    jitter: Callable[[], float],
) -> ReplyState | None:
    """T3: what became of the attempt. The reply's new state; None if it was settled meanwhile."""
    stored = replies.get(conn, reply_id)
    if stored is None:
        return None
    match delivery.fate:
        case Fate.ACCEPTED:
            return _sent(conn, stored, policy, now)
        case Fate.UNCLEAR:
            return _unclear(conn, stored, delivery.text, now)
        case Fate.PERMANENT:
            return _failed(conn, stored, delivery.text)
        case Fate.ACCOUNT:
            until = rest(conn, stored.reply.mailbox, delivery, policy, now)
            return _again(conn, stored, delivery.text, until, now)
        case Fate.TRANSIENT:
            until = now + _wait(stored.reply.attempts) * (1 + 0.2 * jitter())
            if delivery.puts_off_all:
                _pause(conn, stored.reply.mailbox, until, delivery.text, now)
            return _again(conn, stored, delivery.text, until, now)


def recover(conn: Connection, now: datetime) -> int:
    """At the start every `sending` is a send that nobody saw the end of (invariant 3)."""
    begun = replies.in_states(conn, ReplyState.SENDING)
    for stored in begun:
        _unclear(conn, stored, "tactd was stopped while sending", now)
    return len(begun)


def looked_up(
    conn: Connection, stored: Stored, found: bool | None, policy: Policy, now: datetime
) -> ReplyState | None:
    """A look into Sent. Found is proof; not found never is, so after the last look the seller
    decides (promise 2). `found` None: nobody could look."""
    if found:
        return _sent(conn, stored, policy, now, copied=True)
    looks = stored.looked_up + 1
    over = looks >= len(LOOKS)
    values: dict[str, object] = {"looked_up": looks, "next_attempt": None}
    if over:
        about = f"reply {stored.reply.id}"
        journal.report(conn, "reply_unclear", about, stored.reply.note, now)
    else:
        values["next_attempt"] = now + LOOKS[looks] - LOOKS[looks - 1]
    replies.change(conn, stored.reply.id, (ReplyState.UNCLEAR,), **values)
    return None


def proved_sent(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> bool:
    """A mail of unclear fate has come back: so it had gone out."""
    return _sent(conn, stored, policy, now) is ReplyState.SENT


def rest(
    conn: Connection, mailbox: str, delivery: Delivery, policy: Policy, now: datetime
) -> datetime:
    """The provider refuses us, not this mail: nothing goes out until then."""
    until = now + (delivery.pause or ACCOUNT_PAUSE)
    for name in _resting(mailbox, delivery, policy):
        _pause(conn, name, until, delivery.text, now)
    return until


def pause_account(conn: Connection, mailbox: str, until: datetime, why: str, now: datetime) -> None:
    """The provider takes no mail from us for now: every further try would make it worse."""
    flags.put(conn, PAUSED + mailbox, f"{until.isoformat()} {why}", now)
    journal.report(conn, "account_paused", mailbox, why, now)


def rest_is_over(conn: Connection, mailbox: str, now: datetime) -> bool:
    """Is a pause still told of, though its time has passed? (If the provider refuses again, that
    is news again.)"""
    told = mailbox in journal.open_about(conn, "account_paused")
    return told and paused_until(conn, mailbox, now) is None


def _pause(conn: Connection, mailbox: str, until: datetime, why: str, now: datetime) -> None:
    """Never shorter than a pause that lasts already."""
    lasting = paused_until(conn, mailbox, now)
    if lasting is None or lasting < until:
        pause_account(conn, mailbox, until, why, now)


def _resting(mailbox: str, delivery: Delivery, policy: Policy) -> list[str]:
    """The mailboxes that the provider's refusal stops."""
    if delivery.quota is None or delivery.quota.rests == "mailbox":
        return [mailbox]
    domain = _domain(policy.mailbox(mailbox))
    return [box.name for box in policy.mailboxes if _domain(box) == domain]


def _domain(box: MailboxPolicy) -> str:
    return box.address.rpartition("@")[2].lower()


def paused_until(conn: Connection, mailbox: str, now: datetime) -> datetime | None:
    said = flags.get(conn, PAUSED + mailbox)
    if said is None:
        return None
    until = datetime.fromisoformat(said[0].partition(" ")[0])
    return until if until > now else None


def _sent(
    conn: Connection, stored: Stored, policy: Policy, now: datetime, copied: bool | None = None
) -> ReplyState | None:
    states = (ReplyState.SENDING, ReplyState.UNCLEAR)
    values = {"state": ReplyState.SENT, "sent_at": now, "copied": copied, "next_attempt": None}
    if not replies.change(conn, stored.reply.id, states, **values):
        return None
    finish_sent(conn, stored, now, policy)
    journal.resolve(conn, "account_paused", stored.reply.mailbox, now)
    journal.resolve(conn, "reply_unclear", f"reply {stored.reply.id}", now)
    return ReplyState.SENT


def _unclear(conn: Connection, stored: Stored, why: str, now: datetime) -> ReplyState | None:
    changed = replies.change(
        conn,
        stored.reply.id,
        (ReplyState.SENDING,),
        state=ReplyState.UNCLEAR,
        note=why,
        next_attempt=now + LOOKS[0],
        **_to_trouble(stored, "trouble.unclear"),
    )
    if changed:
        contacts.settle(conn, stored.reply.id, ContactState.UNCLEAR)
    return ReplyState.UNCLEAR if changed else None


def _to_trouble(stored: Stored, note: str) -> dict[str, str]:
    """Where its file is to be moved; what has none yet is written there (flow/writing.py)."""
    return {"move_to": "trouble", "move_note": note} if stored.folder else {}


def _failed(conn: Connection, stored: Stored, why: str) -> ReplyState | None:
    changed = replies.change(
        conn,
        stored.reply.id,
        (ReplyState.SENDING, ReplyState.READY),
        state=ReplyState.FAILED,
        note=why,
        claim=None,
        wire=None,
        **_to_trouble(stored, "trouble.refused"),
    )
    if changed:
        contacts.settle(conn, stored.reply.id, ContactState.REFUSED)
    return ReplyState.FAILED if changed else None


def _again(
    conn: Connection, stored: Stored, why: str, at: datetime, now: datetime
) -> ReplyState | None:
    if stored.first_attempt and now - stored.first_attempt >= GIVE_UP:
        return _failed(conn, stored, why)
    if too_late(stored.reply, at):
        put_back = stage(conn, stored, "staged.deadline", (ReplyState.SENDING,))
        state = ReplyState.STAGED
    else:
        values = {"state": ReplyState.READY, "note": why, "next_attempt": at}
        put_back = replies.change(conn, stored.reply.id, (ReplyState.SENDING,), **values)
        state = ReplyState.READY
    if put_back:
        contacts.settle(conn, stored.reply.id, ContactState.REFUSED)
    return state if put_back else None


def _wait(attempts: int) -> timedelta:
    """Before the next try, after so many."""
    return RETRY_AFTER[attempts - 1] if attempts <= len(RETRY_AFTER) else RETRY_THEN
