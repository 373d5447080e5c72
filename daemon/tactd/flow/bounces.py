"""What follows from a mail of ours that came back.

Anybody can write a bounce. So one does nothing unless the outbox has sent that very mail, lately,
to that very recipient: its Message-ID is known to nobody else, and who has got the mail can only
harm his own address.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.store import journal, people, replies, text_endpoint
from tactd.adapters.store.replies import Stored
from tactd.config import provider_named
from tactd.core.fate import Delivery, Fate, QuotaSign, Stage, one_line, quota_sign
from tactd.core.read.bounce import Bounce, Told
from tactd.core.types import Policy, ReplyState
from tactd.core.undelivered import Meaning, full_status, meaning, reply_code
from tactd.flow import send

# Servers give up after five days at most (RFC 5321 4.5.4.1); what comes later is no bounce.
RECENT = timedelta(days=30)
BOUNCES = "address_bounces"
RETURNED = "reply_returned"


def take_back(conn: Connection, bounce: Bounce, policy: Policy, now: datetime) -> None:
    """Note on each reply of ours what became of it, and act on what that means."""
    for stored in _ours(conn, bounce, policy, now):
        told = next((one for one in bounce.recipients if one.names(stored.reply.to.value)), None)
        if told is not None:
            _note(conn, stored, told, bounce.received, policy, now)


def _ours(conn: Connection, bounce: Bounce, policy: Policy, now: datetime) -> list[Stored]:
    """The replies that it may speak of. One of unclear fate has gone out, as it came back."""
    found = replies.by_message_ids(conn, bounce.returned)
    found = found or [one for own in bounce.private for one in replies.by_private_id(conn, own)]
    for stored in found:
        if stored.reply.state is ReplyState.UNCLEAR and _lately(stored, bounce.received):
            send.proved_sent(conn, stored, policy, now)
    afresh = (replies.get(conn, one.reply.id) for one in found)
    sent = (one for one in afresh if one and one.reply.state is ReplyState.SENT)
    return [one for one in sent if _lately(one, bounce.received)]


def _lately(stored: Stored, received: datetime) -> bool:
    began = stored.first_attempt or stored.sent_at
    return began is not None and received - began <= RECENT


def _note(
    conn: Connection,
    stored: Stored,
    told: Told,
    received: datetime,
    policy: Policy,
    now: datetime,
) -> None:
    reply, means = stored.reply, meaning(told)
    said = one_line(f"{told.action or 'returned'} {full_status(told)}: {told.said}")
    log.event("mail_returned", reply=reply.id, means=means, status=full_status(told))
    if means is Meaning.UNDER_WAY:
        if not reply.note:
            replies.change(conn, reply.id, [ReplyState.SENT], note=said)
        return
    replies.change(conn, reply.id, [ReplyState.SENT], note=said)
    detail = f"reply {reply.id}: {said}"
    whom = text_endpoint(stored.endpoint).value
    if sign := _quota(stored, told, policy):
        means = Meaning.RETURNED
        if received + sign.pause > now:
            refusal = Delivery(Fate.ACCOUNT, reply_code(told), said, Stage.DATA, sign)
            send.rest(conn, reply.mailbox, refusal, policy, received)
    if means is Meaning.DEAD:
        people.suppress(conn, stored.endpoint, detail, reply.id, received)
        journal.withdraw_promises(conn, reply.id)
        journal.report(conn, BOUNCES, whom, detail, now)
    else:
        journal.report(conn, RETURNED, whom, detail, now)


def _quota(stored: Stored, told: Told, policy: Policy) -> QuotaSign | None:
    """Our own provider's way to say that it was too much; the same words of another server are
    about something else."""
    boxes = (one for one in policy.mailboxes if one.name == stored.reply.mailbox)
    provider = provider_named(next((one.provider for one in boxes), ""))
    if provider is None or (told.remote and not provider.serves(told.remote)):
        return None
    return quota_sign(provider.quota, reply_code(told), told.said)


# ------------------------------------------------------------------ when it is over


def lift(conn: Connection, endpoint: str, now: datetime) -> bool:
    """The address is good: he writes from it, or the seller knows. False if nothing was told of
    it."""
    address = text_endpoint(endpoint).value
    told = [what for what in (BOUNCES, RETURNED) if address in journal.open_about(conn, what)]
    for what in told:
        journal.resolve(conn, what, address, now)
    return people.lift(conn, endpoint) or bool(told)


def heard_from(conn: Connection, endpoints: Iterable[str], now: datetime) -> None:
    """He has written again: that one answer did not reach him is told of no longer."""
    told = journal.open_about(conn, RETURNED)
    if told:
        for address in told & {text_endpoint(one).value for one in endpoints}:
            journal.resolve(conn, RETURNED, address, now)
