"""The road of what is due without having been asked for just now: GATHER, DECIDE, COMPOSE, and what
is written of it. Where it comes from: flow/fallen_due.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import journal, replies
from tactd.adapters.store.replies import NewReply, Stored
from tactd.core.decide.choose import ROWS
from tactd.core.decide.steps import decide
from tactd.core.decide.unasked import held_until
from tactd.core.reasons import reason
from tactd.core.standing import standing
from tactd.core.types import (
    By,
    Decision,
    Draft,
    Facts,
    FollowUp,
    Mode,
    OrderKey,
    Outcome,
    Policy,
    ReplyState,
    Situation,
    TrailEntry,
    Verdict,
)
from tactd.flow.draft import compose_reply
from tactd.flow.gather_follow_up import gather_follow_up
from tactd.flow.judge import Values, buyer_of
from tactd.flow.put_back import wakes
from tactd.flow.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The thread that a follow-up goes on with."""

    root: str
    language: str  # in which he was last written to


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """A decision about a follow-up, with the rows that are to be written."""

    outcome: Outcome
    situation: Situation
    code: str  # of the entry that decided
    why: str  # its sentence
    order: OrderKey
    decision: Values
    reply: Values | None
    todos: tuple[tuple[str, datetime], ...]


# ------------------------------------------------------------------------------ its road


def judge_again(conn: Connection, stored: Stored, rules: Rules, now: datetime) -> Followed | None:
    """Decide a stored follow-up afresh; None if it is none."""
    event = _told_of(conn, stored)
    talk = Conversation(root=stored.root, language=stored.draft.language)
    return judge_follow_up(conn, event, talk, rules, now) if event else None


def _told_of(conn: Connection, stored: Stored) -> FollowUp | None:
    """The event of a reply that answers no mail."""
    if stored.reply.mail is not None or stored.reply.decision is None:
        return None
    snapshot = journal.snapshot(conn, stored.reply.decision)
    return snapshot.event if snapshot and isinstance(snapshot.event, FollowUp) else None


def no_longer_due(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> str:
    """Why a stored follow-up must not go any more, even if the seller has approved it, in his
    language; "" if it may."""
    event = _told_of(conn, stored)
    if event is None:
        return ""
    facts = gather_follow_up(conn, event, stored.root, stored.draft.language, policy, now)
    last = decide(event, facts, policy, now).trail[-1]
    blocks = last.verdict is Verdict.SKIP and last.step in _BLOCKS
    return reason(last, policy.seller_language) if blocks else ""


# That the seller sends no such mail by [proactive] is his will; approving one is, too.
_BLOCKS = frozenset({"due", "silence", "disclose"})


def judge_follow_up(
    conn: Connection, event: FollowUp, talk: Conversation, rules: Rules, now: datetime
) -> Followed:
    """GATHER, DECIDE, COMPOSE. Only reads the store."""
    facts = gather_follow_up(conn, event, talk.root, talk.language, rules.policy, now)
    decision = decide(event, facts, rules.policy, now)
    written = compose_reply(event, facts, decision, rules.policy, rules.templates, now)
    decision, draft = written.decision, written.draft
    todo = ROWS[event.situation].todo
    return Followed(
        outcome=decision.outcome,
        situation=event.situation,
        code=_deciding(decision).code,
        why=reason(_deciding(decision), rules.policy.seller_language),
        order=event.order,
        decision=journal.decision_values(
            mail_id=None,
            at=now,
            event=event,
            facts=facts,
            decided=decision,
            policy=rules.digest,
            templates=rules.templates.digest,
        ),
        reply=_reply(event, facts, decision, draft, talk, rules, now),
        todos=((todo[0], now + todo[1]),) if todo else (),
    )


def _deciding(decision: Decision) -> TrailEntry:
    verdict = Verdict(decision.outcome) if decision.outcome is not Outcome.SEND else Verdict.PASS
    return next(entry for entry in reversed(decision.trail) if entry.verdict is verdict)


def _reply(
    event: FollowUp,
    facts: Facts,
    decision: Decision,
    draft: Draft | None,
    talk: Conversation,
    rules: Rules,
    now: datetime,
) -> Values | None:
    """The reply's row but for its decision, if one is to be sent, held or seen."""
    to = decision.disclosure.to if decision.disclosure else None
    hidden = decision.outcome is Outcome.SKIP or rules.policy.mode is Mode.OBSERVE
    if draft is None or to is None or hidden:
        return None
    asked = event.asked.mail if event.asked else None
    state = _STATES[decision.outcome]
    row = replies.values(
        NewReply(
            mailbox=event.mailbox,
            endpoint=to,
            draft=draft,
            deadline=decision.deadline or now,
            created=now,
            mail=None,
            decision=None,
            order=event.order,
            situations=decision.situations,
            event_key=event_key(event),
            root=talk.root,
            in_reply_to=(asked.message_id or "") if asked else "",
            references=(*asked.references, *filter(None, [asked.message_id])) if asked else (),
            reference_line=event.asked.message.reference if event.asked else "",
            kind=event.kind,
            buyer=buyer_of(facts),
            standing=standing(facts.buyer),
            state=state,
            by=None if state is ReplyState.STAGED else By.AUTO,
            next_attempt=None if state is ReplyState.STAGED else _when(decision, now),
        )
    )
    held = state is ReplyState.HELD
    return row | {"note": _HELD.get(_deciding(decision).code, "") if held else ""}


def _when(decision: Decision, now: datetime) -> datetime:
    until = held_until(decision.trail)
    return wakes(until, decision.deadline or until) if until else now


def event_key(event: FollowUp) -> str:
    """What a reply to it claims: the same is told once about an order's day."""
    return f"{event.situation}:{event.order}:{event.at:%Y-%m-%d}"


_STATES: Mapping[Outcome, ReplyState] = {
    Outcome.SEND: ReplyState.APPROVED,
    Outcome.HOLD: ReplyState.HELD,
    Outcome.STAGE: ReplyState.STAGED,
}

# What the file of a held reply says on top.
_HELD = {
    "quiet.night": "held.night",
    "limit.unasked_full": "held.limit_full",
    "limit.unasked_per_order_full": "held.limit_full",
}


# ------------------------------------------------------------------------------ what is written


def record_follow_up(conn: Connection, judged: Followed) -> int | None:
    """The decision and, where there is one, its reply; the reply's id."""
    [decision] = journal.add_decisions(conn, [judged.decision])
    if judged.reply is None:
        return None
    [number] = replies.add_many(conn, [judged.reply | {"decision": decision}])
    for what, due in judged.todos:
        journal.add_todo(conn, what, due, judged.order, number)
    return number
