"""RECORD: a decision, its draft and what follows from both, written in the transaction that
handles the mail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import endpoint_text, inbound, journal, order_text, orders, replies
from tactd.adapters.store.inbound import Filing, Kept
from tactd.adapters.store.replies import NewReply, Stored
from tactd.core.decide.choose import ROWS
from tactd.core.decide.disclose import address_endpoint
from tactd.core.orders import index_keys
from tactd.core.promises import promise_of
from tactd.core.types import (
    BuyerWrote,
    By,
    ContactKind,
    ContactState,
    Decision,
    Draft,
    Endpoint,
    Facts,
    LedgerRow,
    Mail,
    Mode,
    OrderKey,
    Outcome,
    Policy,
    ReplyState,
)
from tactd.flow.gather import root_of, sender_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What stands beside every record: by which rules and texts it came about, and when."""

    policy: Policy
    policy_digest: str
    templates_digest: str
    now: datetime


def record(
    conn: Connection,
    kept: Kept,
    event: BuyerWrote,
    facts: Facts,
    decision: Decision,
    draft: Draft | None,
    outline: Outline,
) -> int | None:
    """Write the decision and, where a person is to see it, the reply; its id."""
    decision_id = journal.add_decision(
        conn,
        mail_id=kept.id,
        at=outline.now,
        event=event,
        facts=facts,
        decided=decision,
        policy=outline.policy_digest,
        templates=outline.templates_digest,
    )
    sender = sender_of(event, outline.policy)
    root = root_of(conn, event.mail)
    inbound.file_away(conn, kept.id, _filing(event, decision, sender, root, outline.now))
    if decision.tie:
        _hold_relay(conn, decision)
    if decision.outcome is Outcome.SKIP or draft is None or outline.policy.mode is Mode.OBSERVE:
        return None
    to = decision.disclosure.to if decision.disclosure else sender
    if to is None:
        return None
    if decision.disclosure is None or decision.disclosure.warning != "disclose.forged":
        _withdraw_elder(conn, kept.id, facts, decision, outline.now)
    reply_id = replies.add(
        conn, _reply(kept, event, decision, draft, to, root, outline, decision_id)
    )
    _note_todos(conn, decision, reply_id, outline.now)
    return reply_id


def _filing(
    event: BuyerWrote, decision: Decision, sender: Endpoint | None, root: str, now: datetime
) -> Filing:
    skipped = decision.outcome is Outcome.SKIP
    order = decision.match.order if decision.match and decision.match.certain else None
    reading = decision.reading
    return Filing(
        content_key=event.mail.content_key,
        message_id=event.mail.message_id,
        endpoint=endpoint_text(sender) if sender else None,
        subject=event.mail.subject[:500],
        words=event.message.words[:4000],
        language=decision.language if reading and reading.language_sure else None,
        order_key=order_text(order.key) if order else None,
        root=root,
        answered_at=now if skipped else None,
        answered_by=decision.trail[-1].code if skipped else None,
    )


def _reply(
    kept: Kept,
    event: BuyerWrote,
    decision: Decision,
    draft: Draft,
    to: Endpoint,
    root: str,
    outline: Outline,
    decision_id: int,
) -> NewReply:
    mail = event.mail
    order = decision.match.order if decision.match else None
    return NewReply(
        mailbox=kept.mailbox,
        endpoint=to,
        draft=draft,
        deadline=decision.deadline or outline.now,
        created=outline.now,
        mail=kept.id,
        decision=decision_id,
        order=order.key if order else None,
        situations=decision.situations,
        event_key=mail.content_key,
        root=root,
        in_reply_to=mail.message_id or "",
        references=(*mail.references, *((mail.message_id,) if mail.message_id else ())),
        reference_line=event.message.reference,
    )


def _withdraw_elder(
    conn: Connection, mail_id: int, facts: Facts, decision: Decision, now: datetime
) -> None:
    """The mails of one buyer are answered together: what waits for him gives way to the reply to
    his newest mail, unless it is about another order. (Not for a mail that may be forged: it would
    take from the true buyer the answer that waits for him.)"""
    if facts.buyer is None:
        return
    key = decision.match.order.key if decision.match and decision.match.order else None
    texts = [endpoint_text(one) for one in facts.buyer.endpoints]
    for stored in replies.open_for(conn, texts):
        if about_another(stored, key):
            continue
        withdraw(conn, stored, f"answered with mail {mail_id}", "withdrawn.newer_mail")
    waiting = [one.mail for one in facts.unanswered]
    inbound.note_together(conn, waiting, f"mail {mail_id}")


def about_another(stored: Stored, key: OrderKey | None) -> bool:
    return stored.reply.order is not None and key is not None and stored.reply.order != key


def withdraw(conn: Connection, stored: Stored, why: str, note: str) -> bool:
    """Take back a reply that has not begun to go out. Its file is moved, never deleted: the
    seller may have written in it."""
    return replies.change(
        conn,
        stored.reply.id,
        replies.OPEN,
        state=ReplyState.WITHDRAWN,
        claim=None,
        note=why,
        move_to="withdrawn",
        move_note=note,
    )


def _hold_relay(conn: Connection, decision: Decision) -> None:
    """A mail authenticated as the marketplace's own has proved a relay to be the buyer's."""
    assert decision.tie is not None and decision.match is not None
    order = decision.match.order
    held = orders.get(conn, order.key) if order else None
    if held is None:
        return
    endpoints = tuple(dict.fromkeys((*held.endpoints, decision.tie.one)))
    held = replace(held, endpoints=endpoints)
    orders.put(conn, held, index_keys(held))
    orders.note_tie(conn, decision.tie)


def _note_todos(conn: Connection, decision: Decision, reply_id: int, now: datetime) -> None:
    order = decision.match.order if decision.match else None
    for situation in decision.situations:
        todo = ROWS[situation].todo
        if todo and order:
            journal.add_todo(conn, todo[0], now + todo[1], order.key, reply_id)


# ------------------------------------------------------------------------------ the seller's hand


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
    inbound.note_answered(conn, ids, at)
    _count_by_hand(conn, kept, mail, policy, at)
    mails = _answered_mails(conn, filing.root, ids, kept.received)
    inbound.mark_answered(conn, mails, now, "hand")
    for stored in replies.answering(conn, mails):
        withdraw(conn, stored, "the seller answered by hand", "withdrawn.by_hand")


def _answered_mails(
    conn: Connection, root: str | None, ids: tuple[str, ...], until: datetime
) -> list[int]:
    """The mails that the seller had before him: what he refers to, the rest of that thread until
    then, and the elder mails that would have been answered with one of these."""
    named = inbound.thread_mails(conn, root, ids, until)
    elder = [one for mail_id in named for one in inbound.together_with(conn, mail_id)]
    return list(dict.fromkeys((*named, *elder)))


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


def confirm_sent(conn: Connection, stored: Stored, at: datetime, policy: Policy) -> None:
    """A reply whose fate was open has turned up in Sent."""
    open_fate = (ReplyState.SENDING, ReplyState.UNCLEAR)
    if replies.change(
        conn, stored.reply.id, open_fate, state=ReplyState.SENT, sent_at=at, copied=True
    ):
        finish_sent(conn, stored, at, policy)


def finish_sent(conn: Connection, stored: Stored, at: datetime, policy: Policy) -> None:
    """What follows from a reply that went out: the ledger, the buyer's mails, the promises."""
    reply = stored.reply
    replies.change(conn, reply.id, [ReplyState.SENT], move_to="sent", move_note="")
    journal.settle_contact(conn, reply.id, ContactState.SENT)
    if reply.mail is not None:
        mails = [reply.mail, *inbound.together_with(conn, reply.mail)]
        inbound.mark_answered(conn, mails, at, f"reply {reply.id}")
    order = orders.get(conn, reply.order) if reply.order else None
    for situation in reply.situations:
        if order and (made := promise_of(situation, order, policy, at)):
            journal.add_promise(conn, made.kind, made.due, reply.id, reply.order)
