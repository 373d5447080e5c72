"""REFUSALS: a marketplace says that it has not passed a mail of ours on.

The reply has reached nobody: it is a failed one, told of in trouble/, and the buyer's mail waits
again. Who has opted out gets no unasked mail; a mailbox that the marketplace does not know as the
seller's sends there only what a person approves, until a copy shows that it is known now.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.store import (
    answered,
    contacts,
    endpoint_text,
    journal,
    lately,
    orders,
    people,
    replies,
)
from tactd.adapters.store.replies import Stored
from tactd.core.types import (
    ContactState,
    Endpoint,
    EndpointKind,
    Marketplace,
    Policy,
    ReplyState,
    Silence,
)
from tactd.flow.noticed import Notice

# A refusal comes within minutes; after that long it is about something else.
LATELY = timedelta(days=3)
NOT_APPROVED, REFUSED = "sender_not_approved", "message_refused"

# What `tactd status` and the file in trouble/ say.
WHY = {
    "opted_out": "the buyer has opted out of messages",
    "sender_not_approved": "the marketplace does not know this mailbox as yours",
    "not_delivered": "the marketplace did not deliver it",
}


def take_refusal(conn: Connection, one: Notice, policy: Policy, now: datetime) -> None:
    stored = _meant(conn, one, policy)
    log.event("message_refused", mail=one.mail, why=one.refused, reply=stored and stored.reply.id)
    if one.refused == "opted_out":
        people.set_silence(
            conn, _buyer(conn, one, stored), Silence.NO_UNASKED, f"mail {one.mail}", now
        )
    if one.refused == "sender_not_approved":
        journal.report(conn, NOT_APPROVED, where(one), f'"{one.subject}"', now)
    if stored is not None:
        _conclude(conn, stored, one, now)
    elif one.refused == "not_delivered":
        journal.report(conn, REFUSED, f"mail m{one.mail}", f'"{one.subject}"', now)


def approved_again(conn: Connection, one: Notice, now: datetime) -> None:
    """A copy has come: the marketplace passes on what this mailbox sends."""
    journal.resolve(conn, NOT_APPROVED, where(one), now)


def where(one: Notice) -> str:
    return _where(one.marketplace, one.mailbox)


def _where(marketplace: Marketplace, mailbox: str) -> str:
    return f"{marketplace} for mailbox {mailbox}"


def not_approved(conn: Connection, stored: Stored, policy: Policy) -> bool:
    """Has the marketplace whose relay it goes to refused this mailbox?"""
    marketplace = relay_of(stored.reply.to, policy)
    told = journal.open_about(conn, NOT_APPROVED)
    return marketplace is not None and _where(marketplace, stored.reply.mailbox) in told


def relay_of(to: Endpoint, policy: Policy) -> Marketplace | None:
    if to.kind is not EndpointKind.RELAY:
        return None
    domain = to.value.rpartition("@")[2]
    packs = policy.packs.items()
    return next((one for one, pack in packs if domain in pack.relay_domains), None)


# ------------------------------------------------------------------ which mail is meant


def _meant(conn: Connection, one: Notice, policy: Policy) -> Stored | None:
    """The newest reply through that marketplace's relays about the order that it names; where it
    names none or several (what it quotes may name some), the newest whose words it quotes. What a
    copy has proved to be passed on was not refused."""
    sent = [
        stored
        for stored in lately.sent(conn, one.mailbox, one.said - LATELY)
        if relay_of(stored.reply.to, policy) is one.marketplace
        and stored.confirmed_at is None
        and (stored.first_attempt or stored.reply.created) <= one.said
    ]
    if len(one.orders) == 1:
        named = [stored for stored in sent if stored.reply.order in one.orders]
    else:
        named = [stored for stored in sent if "".join(stored.reply.body.split()) in one.text]
    if not named and not one.orders and one.refused == "sender_not_approved":
        named = sent  # it refuses all that this mailbox sends
    return named[0] if named else None


def _buyer(conn: Connection, one: Notice, stored: Stored | None) -> list[str]:
    """All his endpoints; the seller may have written by hand."""
    if stored is not None:
        return list(stored.buyer)
    held = (orders.get(conn, key) for key in one.orders if len(one.orders) == 1)
    return [endpoint_text(who) for order in held if order for who in order.endpoints]


def _conclude(conn: Connection, stored: Stored, one: Notice, now: datetime) -> None:
    number, mail = stored.reply.id, stored.reply.mail
    moved = {"move_to": "trouble", "move_note": "trouble.not_passed_on"} if stored.folder else {}
    replies.change(
        conn,
        number,
        (ReplyState.SENT, ReplyState.UNCLEAR),
        state=ReplyState.FAILED,
        note=WHY[one.refused],
        claim=None,
        wire=None,
        next_attempt=None,
        **moved,
    )
    contacts.settle(conn, number, ContactState.REFUSED)
    journal.withdraw_promises(conn, number)
    journal.resolve(conn, "reply_unclear", f"reply {number}", now)
    waits = answered.by(conn, f"reply {number}")
    answered.reopen(conn, f"reply {number}", f"refused {number}")
    answered.note_together(conn, [other for other in waits if other != mail], f"mail {mail}")
