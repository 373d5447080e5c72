"""RECORD: a decision, its draft and what follows from both, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import answered, contacts, inbound, journal, orders, people, replies
from tactd.adapters.store.replies import Stored
from tactd.core.reach import pasted
from tactd.core.types import OrderKey, Policy, ReplyState, Silence, Tie
from tactd.flow import bounces, confirming, mailed_exports, notices
from tactd.flow.judge import Judged
from tactd.flow.loop_alarm import raise_alarm


def record_many(
    conn: Connection, some: Sequence[Judged], policy: Policy, now: datetime
) -> list[int | None]:
    """Write the decisions about mails that have nothing to do with one another and, where a person
    is to see them, their replies; the id of each reply."""
    if not some:
        return []
    ids = journal.add_decisions(conn, [one.decision for one in some])
    inbound.file_away_many(conn, [(one.mail, one.filing) for one in some])
    for one in some:
        if one.tie is not None and one.order is not None:
            _hold_relay(conn, one.tie, one.order)
    shown = [
        (one, one.reply | {"decision": decision_id})
        for one, decision_id in zip(some, ids, strict=True)
        if one.reply is not None
    ]
    for one in some:
        if one.stop:
            at = one.decision["at"]
            people.set_silence(conn, one.buyer, Silence.STOP, f"mail {one.mail}", at)
        if one.unanswerable:
            about, at = f"mail {one.mail}", one.decision["at"]
            journal.report(conn, "mail_unanswerable", about, one.unanswerable, at)
    for one in some:
        _note_copied(conn, one, policy, now)
    _withdraw_elder(conn, [one for one, _ in shown if not one.forged])
    for one in some:
        raise_alarm(conn, one)
    _mind_bounces(conn, some, policy, now)
    notices.take(conn, [one.notice for one in some if one.notice], policy, now)
    mailed_exports.take(conn, [one.mailed for one in some if one.mailed], now)
    made = replies.add_many(conn, [values for _, values in shown])
    numbers = dict(zip((one.mail for one, _ in shown), made, strict=True))
    for one, _ in shown:
        for what, due in one.todos:
            journal.add_todo(conn, what, due, one.order, numbers[one.mail])
    return [numbers.get(one.mail) for one in some]


def _note_copied(conn: Connection, one: Judged, policy: Policy, now: datetime) -> None:
    contacts.add_many(conn, one.copied.by_hand)
    for row, _ in one.copied.by_hand:
        if row.order is not None:
            confirming.answered_on_site(conn, row.order, row.at, now)
            _answered_on_site(conn, row.order, row.at)
    if one.copied.reply is not None:
        confirming.confirm(conn, one.copied.reply, one.decision["at"], policy, now)


def _answered_on_site(conn: Connection, order: OrderKey, at: datetime) -> None:
    """What waits about that order has been overtaken by what the seller wrote there; not
    what answers a later mail, nor text to paste: perhaps he has pasted it, and moves it next."""
    for stored in replies.in_states(conn, *replies.OPEN):
        if stored.reply.order != order or pasted(stored.reply.to):
            continue
        if not _asked_before(conn, stored, at):
            continue
        mail = stored.reply.mail
        if withdraw(conn, stored, "the seller answered by hand", "withdrawn.by_hand") and mail:
            answered.mark(conn, [mail, *answered.together_with(conn, mail)], at, "hand")


def _asked_before(conn: Connection, stored: Stored, at: datetime) -> bool:
    if stored.reply.mail is None:
        return stored.reply.created <= at
    kept = inbound.one(conn, stored.reply.mail)
    return kept is not None and kept.received <= at


def _mind_bounces(conn: Connection, some: Sequence[Judged], policy: Policy, now: datetime) -> None:
    for one in some:
        if one.bounce is not None:
            bounces.take_back(conn, one.bounce, policy, now)
        if one.alive and one.filing.endpoint is not None:
            bounces.lift(conn, one.filing.endpoint, now)
    bounces.heard_from(conn, [who for one in some if not one.forged for who in one.buyer], now)


def _withdraw_elder(conn: Connection, some: Sequence[Judged]) -> None:
    """The mails of one buyer are answered together: what waits for him gives way to the reply to
    his newest mail, unless it is about another order. (Not for a mail that may be forged: it would
    take from the true buyer the answer that waits for him.)"""
    buyers = {endpoint: one for one in some for endpoint in one.buyer}
    apart: set[int] = set()  # mails that have a reply of their own, about another order
    for stored in replies.open_for(conn, list(buyers)):
        newer = next((one for one in some if stored.endpoint in one.buyer), None)
        if newer is None:
            continue
        if about_another(stored, newer.order):
            apart |= _answered_by(conn, stored)
        else:
            withdraw(conn, stored, f"answered with mail {newer.mail}", "withdrawn.newer_mail")
    for one in some:
        waiting = [mail for mail in one.waiting if mail not in apart]
        answered.note_together(conn, waiting, f"mail {one.mail}")


def _answered_by(conn: Connection, stored: Stored) -> set[int]:
    mail = stored.reply.mail
    return {mail, *answered.together_with(conn, mail)} if mail is not None else set()


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


def _hold_relay(conn: Connection, tie: Tie, key: OrderKey) -> None:
    """A mail authenticated as the marketplace's own has proved a relay to be the buyer's."""
    held = orders.get(conn, key)
    if held is None:
        return
    held = replace(held, endpoints=tuple(dict.fromkeys((*held.endpoints, tie.one))))
    orders.put(conn, held)
    orders.note_tie(conn, tie)
