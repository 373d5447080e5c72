"""Where follow-ups come from: promises that have fallen due.

An `in_transit` answer says when the parcel should be there ("write again after that day"). Once
that day is over and he has not written, he is told first: a delay notice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import inbound, journal, orders, replies, text_order
from tactd.adapters.store.replies import Stored
from tactd.core.decide.due import BELONGS_TO_WINDOW
from tactd.core.types import FollowUp, PromiseKind, PromiseState, Situation
from tactd.core.windows import window
from tactd.flow.follow_up import Conversation, Followed, judge_follow_up, record_follow_up
from tactd.flow.judge import as_event, read_kept
from tactd.flow.rules import Rules

# Which follow-up comes from an open promise of a kind: one row each, with how long after its due
# time it comes.
FROM_PROMISES = {PromiseKind.ANSWER: (Situation.DELAY_NOTICE, BELONGS_TO_WINDOW)}


def due_follow_ups(conn: Connection, now: datetime, most: int) -> list[Any]:
    """The promises from which a follow-up is due now, the eldest first."""
    return [
        row
        for kind, (_, after) in FROM_PROMISES.items()
        for row in journal.due_promises(conn, kind, now - after, most)
    ]


def follow(conn: Connection, promise: Any, rules: Rules, now: datetime) -> Followed | None:
    """Decide what has come of a promise, and record it; the promise is then over, so that it is
    asked once. None: nothing is due yet, or nothing can be."""
    made_by = replies.get(conn, promise.reply)
    event = _event(conn, promise, made_by)
    if made_by is None or event is None or _waits_already(conn, event, made_by):
        journal.end_promise(conn, promise.id, PromiseState.WITHDRAWN)
        return None
    talk = Conversation(root=made_by.root, language=made_by.draft.language)
    judged = judge_follow_up(conn, event, talk, rules, now)
    if judged.code == "due.not_late" and (later := _expected(conn, event, rules)):
        journal.put_off_promise(conn, promise.id, later)
        return None
    record_follow_up(conn, judged)
    kept = PromiseState.KEPT if judged.reply else PromiseState.WITHDRAWN
    journal.end_promise(conn, promise.id, kept)
    return judged


def _event(conn: Connection, promise: Any, made_by: Stored | None) -> FollowUp | None:
    """None if the order, or the mail that the promise answered, is not known."""
    order = text_order(promise.order_key)
    kept = inbound.one(conn, made_by.reply.mail) if made_by and made_by.reply.mail else None
    if order is None or kept is None:
        return None
    situation, after = FROM_PROMISES[PromiseKind(promise.kind)]
    return FollowUp(
        situation=situation,
        order=order,
        mailbox=kept.mailbox,
        at=promise.due + after,
        asked=as_event(kept, read_kept(kept)),
    )


def _waits_already(conn: Connection, event: FollowUp, made_by: Stored) -> bool:
    """Does the same wait to be told, because of another promise?"""
    return any(
        one.reply.order == event.order and event.situation in one.reply.situations
        for one in replies.open_for(conn, made_by.buyer)
    )


def _expected(conn: Connection, event: FollowUp, rules: Rules) -> datetime | None:
    order = orders.get(conn, event.order)
    span = window(order, rules.policy.delivery) if order else None
    return span.latest if span else None
