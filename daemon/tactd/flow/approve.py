"""APPROVE: what the seller's decision about a staged reply does, in the store.

An approval enters the same road as a mail: the facts that the letter names are compared with the
order book of now, and what has changed is never sent unseen (design: approval).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import answered, journal, orders, replies
from tactd.adapters.store.documents import dump
from tactd.adapters.store.replies import Stored
from tactd.core.compose.pack_rules import Breach, breaches
from tactd.core.decide.case import marketplace_of
from tactd.core.decide.match import of_what_is_asked, weigh
from tactd.core.filing.words import Folder
from tactd.core.labels import FACTS, label
from tactd.core.reach import pasted
from tactd.core.reasons import sentence
from tactd.core.types import BuyerWrote, By, Draft, Policy, ReplyState
from tactd.flow.bars import untimely
from tactd.flow.draft import differences, facts_now
from tactd.flow.follow_up import no_longer_due
from tactd.flow.gather import find_orders
from tactd.flow.pasted import note_pasted
from tactd.flow.put_back import wakes
from tactd.flow.record import withdraw
from tactd.flow.send import RefusedError, make_ready
from tactd.flow.sheets import clock_text
from tactd.flow.who_is_one import WHO_CHANGED, parted, take_apart
from tactd.marketplaces import clues

Redraw = Callable[[Connection, Stored], None]
"""Decide a reply's event afresh: gather, decide, compose, record."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What came of it: where the file belongs, and what is to be noted in it (a code of
    core/reasons.py, with its data)."""

    folder: Folder
    code: str = ""
    detail: str = ""


def approve(
    conn: Connection,
    stored: Stored,
    subject: str,
    body: str,
    *,
    edited: bool,
    policy: Policy,
    now: datetime,
    token: Callable[[], str],
    redraw: Redraw,
    at_once: bool = False,
) -> Ruling:
    """Send this text, if what it states still holds. `at_once`: whatever the limits for unasked
    mail and his night say. What is pasted on a site has been, whatever it states."""
    if pasted(stored.reply.to):
        note_pasted(conn, stored, subject, body, policy, now)
        return Ruling(Folder.SENT)
    if over := no_longer_due(conn, stored, policy, now):
        withdraw(conn, stored, over, "withdrawn.not_due")
        return Ruling(Folder.WITHDRAWN, "withdrawn.not_due", over)
    if others := parted(conn, stored):
        return _apart(conn, stored, subject, body, others, policy, redraw, edited=edited)
    if changed := changes(conn, stored, policy, now):
        if edited:
            return _object(conn, stored, subject, body, changed, policy, now)
        return _draw_again(conn, stored, changed, redraw)
    if breach := _breach(conn, stored, subject, body, policy):
        retract(conn, stored)
        return Ruling(Folder.TROUBLE, f"trouble.{breach.rule}", " / ".join(breach.data.values()))
    said = {"subject": subject, "body": body, "note": "", "at_once": at_once}
    replies.change(conn, stored.reply.id, _MAY_GO, **said)
    reply = replace(stored.reply, subject=subject, body=body, by=By.APPROVED)
    stored = replace(stored, reply=reply, at_once=at_once)
    if (barred := untimely(conn, stored, policy, now)) and barred.until:
        return _hold(conn, stored, barred.note, wakes(barred.until, stored.reply.deadline), policy)
    try:
        make_ready(conn, stored, by=By.APPROVED, policy=policy, now=now, token=token)
    except RefusedError as refused:
        return Ruling(Folder.TROUBLE, refused.code, refused.detail)
    return Ruling(Folder.APPROVED)


def _hold(conn: Connection, stored: Stored, note: str, until: datetime, policy: Policy) -> Ruling:
    """Approved, and not asked for: it waits its turn, unless the seller says that it shall not."""
    values = {"by": By.APPROVED, "claim": None, "wire": None, "next_attempt": until, "note": note}
    replies.change(conn, stored.reply.id, _MAY_GO, state=ReplyState.HELD, **values)
    return Ruling(Folder.HELD, note, clock_text(until, policy))


_MAY_GO = (*replies.OPEN, ReplyState.FAILED)


def _breach(
    conn: Connection, stored: Stored, subject: str, body: str, policy: Policy
) -> Breach | None:
    """The first rule of the mail's marketplace that this text breaks."""
    snapshot = journal.snapshot(conn, stored.reply.decision) if stored.reply.decision else None
    marketplace = marketplace_of(snapshot.event) if snapshot else None
    pack = policy.packs.get(marketplace) if marketplace else None
    own = (*stored.draft.facts.values(), stored.draft.subject)
    return next(breaches(body, stored.reference_line, pack, subject=subject, facts=own), None)


def changes(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> str:
    """What the order book says otherwise than the draft, in one line; "" if nothing."""
    key = stored.reply.order
    if key is None or not stored.draft.facts:
        return ""
    order = orders.get(conn, key)
    if order is None:
        return ""
    current = facts_now(stored.draft, order, policy, stored.reply.created, now)
    return differences(stored.draft, current, policy.seller_language)


def new_order(conn: Connection, stored: Stored, language: str) -> str:
    """For a draft that found no order: the one that has come into the book since and surely is
    its mail's, in one line; "" if there is none."""
    if stored.reply.order is not None or stored.reply.decision is None:
        return ""
    snapshot = journal.snapshot(conn, stored.reply.decision)
    if snapshot is None or not isinstance(snapshot.event, BuyerWrote):
        return ""
    event, known = snapshot.event, {one.order.key for one in snapshot.facts.candidates}
    candidates, too_many = find_orders(conn, clues(event.mail, event.message), event.message)
    found = weigh(of_what_is_asked(candidates, event.message))
    if found.order is None or not found.certain or too_many or found.order.key in known:
        return ""
    return f"{label(FACTS, 'order_number', language)}: ? → {found.order.key.number}."


def reject(conn: Connection, stored: Stored, now: datetime) -> None:
    """The seller will not have it sent; the mails it would have answered wait no longer."""
    states = (*replies.OPEN, ReplyState.FAILED, ReplyState.UNCLEAR)
    values = {"state": ReplyState.REJECTED, "claim": None, "next_attempt": None}
    if replies.change(conn, stored.reply.id, states, **values) and stored.reply.mail is not None:
        mails = [stored.reply.mail, *answered.together_with(conn, stored.reply.mail)]
        answered.mark(conn, mails, now, f"rejected reply {stored.reply.id}")
        journal.resolve(conn, "reply_unclear", f"reply {stored.reply.id}", now)


def retract(conn: Connection, stored: Stored) -> bool:
    """Take an approval back, as long as nothing has begun to go out."""
    states = (ReplyState.APPROVED, ReplyState.READY)
    values = {
        "state": ReplyState.STAGED,
        "by": None,
        "claim": None,
        "next_attempt": None,
        "at_once": False,
    }
    return replies.change(conn, stored.reply.id, states, **values)


def _object(
    conn: Connection,
    stored: Stored,
    subject: str,
    body: str,
    changed: str,
    policy: Policy,
    now: datetime,
) -> Ruling:
    """The seller's own text stays; he sees what has changed, and approving again sends."""
    order = orders.get(conn, stored.reply.order) if stored.reply.order else None
    assert order is not None  # `changes` has compared it
    current = facts_now(stored.draft, order, policy, stored.reply.created, now)
    draft = replace(stored.draft, facts=current)
    values = {"subject": subject, "body": body, "draft": dump(Draft, draft)}
    replies.change(conn, stored.reply.id, _MAY_GO, **values)
    retract(conn, stored)
    return Ruling(Folder.TROUBLE, "trouble.facts", changed)


def _apart(
    conn: Connection,
    stored: Stored,
    subject: str,
    body: str,
    others: tuple[str, ...],
    policy: Policy,
    redraw: Redraw,
    *,
    edited: bool,
) -> Ruling:
    """It was drafted for one who is two. The seller's own text stays, but is not sent unread."""
    drafts = take_apart(conn, stored)
    if edited:
        rest = " ".join(one for one in stored.buyer if one not in others)
        values = {"subject": subject, "body": body, "buyer": rest}
        replies.change(conn, stored.reply.id, _MAY_GO, **values)
        retract(conn, stored)
        ruling = Ruling(Folder.TROUBLE, "trouble.buyers", ", ".join(others))
    else:
        why = sentence(WHO_CHANGED, policy.seller_language, {})
        withdraw(conn, stored, why, "withdrawn.decided_anew")
        redraw(conn, stored)
        ruling = Ruling(Folder.WITHDRAWN, "withdrawn.decided_anew", why)
    for draft in drafts:
        redraw(conn, draft)
    return ruling


def _draw_again(conn: Connection, stored: Stored, changed: str, redraw: Redraw) -> Ruling:
    withdraw(conn, stored, changed, "withdrawn.facts")
    redraw(conn, stored)
    return Ruling(Folder.WITHDRAWN, "withdrawn.facts", changed)
