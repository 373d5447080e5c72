"""The road of a mail as far as it only reads: READ, GATHER, DECIDE, COMPOSE.

What comes out is complete: rows ready to be written. So it can be worked out by another process
while this one writes (flow/backlog.py), and written in batches (flow/record.py).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from tactd import marketplaces
from tactd.adapters.store import endpoint_text, inbound, journal, order_text, replies
from tactd.adapters.store.inbound import Filing, Kept
from tactd.adapters.store.replies import NewReply
from tactd.core.decide.choose import ROWS
from tactd.core.decide.disclose import FORGED, orders_of
from tactd.core.decide.permit import stops
from tactd.core.decide.steps import decide
from tactd.core.loops import likeness
from tactd.core.orders import person
from tactd.core.read.bounce import Bounce, read_bounce
from tactd.core.read.mail import read
from tactd.core.settle import settled
from tactd.core.sheet.file import file_name, render
from tactd.core.standing import standing
from tactd.core.types import (
    BuyerWrote,
    By,
    Decision,
    Draft,
    Endpoint,
    EndpointKind,
    Facts,
    Mail,
    MailKind,
    Mode,
    OrderKey,
    Outcome,
    ReplyState,
    Situation,
    Tie,
    TrailEntry,
)
from tactd.flow.copies import Copied, read_copy
from tactd.flow.draft import compose_reply
from tactd.flow.gather import gather, root_of, sender_of
from tactd.flow.loop_signs import loop_alarm
from tactd.flow.mailed_exports import Mailed, read_mailed
from tactd.flow.noticed import Notice, looked_at, read_notice
from tactd.flow.rules import Rules
from tactd.flow.sheets import draw

Values = dict[str, Any]
"""A row of the store, by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A decision with everything that is to be written about it."""

    mail: int
    mailbox: str
    outcome: Outcome
    situations: tuple[Situation, ...]
    order: OrderKey | None
    decision: Values
    filing: Filing
    reply: Values | None  # None: nobody is to see a draft
    unanswerable: str  # why a mail that may want an answer gets no draft; "" if all is well
    buyer: tuple[str, ...]  # his endpoints
    waiting: tuple[int, ...]  # his mails that this reply would answer too
    forged: bool  # it may be another's: it takes nothing from the true buyer
    stop: bool  # he asks for no more mail; silence harms nobody
    tie: Tie | None
    todos: tuple[tuple[str, datetime], ...]
    alarm: TrailEntry | None  # a machine answers ours: the conversation is to be paused
    bounce: Bounce | None  # it says that a mail came back, perhaps one of ours
    alive: bool  # the address that it is from had bounced
    copied: Copied  # it is a copy of what the seller, or tactd, wrote to somebody
    notice: Notice | None  # it tells something of orders
    mailed: Mailed | None  # the seller sends himself exports
    keys: frozenset[str]  # what other mails must share for this one to depend on them
    looked_at: frozenset[str]  # orders: this one depends on what tells of them too


def depends(one: Judged, written: Container[str]) -> bool:
    """Has something been written under these keys that it would have been judged by?"""
    return any(key in written for key in chain(one.keys, one.looked_at))


def read_kept(kept: Kept) -> Mail:
    return read(kept.raw, kept.received, truncated=kept.truncated, size=kept.size)


def as_event(kept: Kept, mail: Mail) -> BuyerWrote:
    """A stored mail as the event that it is."""
    return BuyerWrote(mail, marketplaces.open_mail(mail), kept.mailbox, kept.signed)


def judge(conn: Connection, kept: Kept, mail: Mail, rules: Rules, now: datetime) -> Judged:
    """Only reads the store."""
    event = as_event(kept, mail)
    facts = gather(conn, event, kept, rules.policy, now)  # GATHER
    decision = decide(event, facts, rules.policy, now)  # DECIDE
    written = compose_reply(event, facts, decision, rules.policy, rules.templates, now)  # COMPOSE
    decision, draft = written.decision, written.draft
    sender, root = sender_of(event, rules.policy, orders_of(facts)), root_of(conn, mail)
    order = decision.match.order if decision.match else None
    failure = decision.kind is MailKind.DELIVERY_FAILURE
    bounce = read_bounce(kept.raw, kept.received) if failure else None
    copied = read_copy(conn, event, facts, decision, rules.policy)
    notice = read_notice(event, facts, kept.id, rules.policy)
    forged = decision.disclosure is not None and decision.disclosure.warning in FORGED
    todos = [ROWS[one].todo for one in decision.situations] if order else []
    reply = _reply(kept, event, facts, decision, draft, sender, root, rules, now)
    if reply is not None and draft is not None and reply["state"] is ReplyState.STAGED:
        reply |= _sheet(event, decision, draft, reply, rules)
    return Judged(
        mail=kept.id,
        mailbox=kept.mailbox,
        outcome=decision.outcome,
        situations=decision.situations,
        order=order.key if order else None,
        decision=journal.decision_values(
            mail_id=kept.id,
            at=now,
            event=event,
            facts=facts,
            decided=decision,
            policy=rules.digest,
            templates=rules.templates.digest,
        ),
        filing=_filing(event, decision, sender, root, now),
        reply=reply,
        unanswerable="" if reply else _unanswerable(mail, decision, draft, rules.policy.mode),
        buyer=buyer_of(facts),
        waiting=tuple(one.mail for one in facts.unanswered),
        forged=forged or bool(event.message.writer),
        stop=stops(decision.reading, decision.disclosure),
        tie=decision.tie,
        todos=tuple((todo[0], now + todo[1]) for todo in todos if todo),
        alarm=loop_alarm(decision, facts),
        bounce=bounce,
        alive=any(entry.code == "permit.alive" for entry in decision.trail),
        copied=copied,
        notice=notice,
        mailed=read_mailed(kept.id, kept.mailbox, decision),
        keys=_keys(mail, facts)
        | _returned_to(bounce)
        | {endpoint_text(row.endpoint) for row, _ in copied.by_hand}
        | ({f"reply {copied.reply}"} if copied.reply else frozenset())
        | (notice.keys if notice else frozenset()),
        looked_at=looked_at(facts),
    )


def _sheet(
    event: BuyerWrote, decision: Decision, draft: Draft, reply: Values, rules: Rules
) -> Values:
    """The file as it is to be written. One that cannot be drawn is drawn again, and told of, when
    it is to be written (flow/writing.py)."""
    try:
        to = replies.addressee(reply["endpoint"], reply["recipient"])
        due, marks = reply["deadline"], reply["standing"].split()
        sheet = draw(event, decision, draft, to, due, rules.policy, marks)
        return {"sheet_name": file_name(sheet), "sheet_text": render(sheet)}
    except Exception:  # noqa: BLE001
        return {"sheet_name": None, "sheet_text": None}


def is_twin(conn: Connection, kept: Kept, mail: Mail) -> int | None:
    """Another stored mail that is the same one."""
    return inbound.twin_of(conn, inbound.own_key(kept, mail.content_key), kept.id)


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
        likeness=likeness(event.message.words, event.message.subject),
        answered_at=now if skipped else None,
        answered_by=decision.trail[-1].code if skipped else None,
    )


def _reply(
    kept: Kept,
    event: BuyerWrote,
    facts: Facts,
    decision: Decision,
    draft: Draft | None,
    sender: Endpoint | None,
    root: str,
    rules: Rules,
    now: datetime,
) -> Values | None:
    """The reply's row but for its decision, if one is to be sent or seen."""
    to = decision.disclosure.to if decision.disclosure else sender
    shown = decision.outcome is not Outcome.SKIP and rules.policy.mode is not Mode.OBSERVE
    if draft is None or to is None or not shown:
        return None
    mail = event.mail
    order = decision.match.order if decision.match else None
    itself = decision.outcome is Outcome.SEND
    return replies.values(
        NewReply(
            mailbox=kept.mailbox,
            endpoint=to,
            draft=draft,
            deadline=decision.deadline or now,
            created=now,
            mail=kept.id,
            decision=None,
            order=order.key if order else None,
            situations=decision.situations,
            event_key=mail.content_key,
            root=root,
            in_reply_to=mail.message_id or "",
            references=(*mail.references, *((mail.message_id,) if mail.message_id else ())),
            reference_line=event.message.reference,
            buyer=buyer_of(facts),
            standing=standing(facts.buyer),
            state=ReplyState.APPROVED if itself else ReplyState.STAGED,
            by=By.AUTO if itself else None,
            next_attempt=settled(facts, rules.policy.settle, now) if itself else None,
        )
    )


def _unanswerable(mail: Mail, decision: Decision, draft: Draft | None, mode: Mode) -> str:
    """Promise 1: what nobody would see in staged/ is told in `tactd status`."""
    skipped = decision.outcome is Outcome.SKIP
    nameless = skipped and decision.trail[-1].code == "screen.no_sender"
    if not nameless and (skipped or mode is Mode.OBSERVE):
        return ""
    lacks = "no text for its reply" if draft is None and not nameless else "no address to answer to"
    return f'{lacks}; subject "{mail.subject[:60]}"'


def buyer_of(facts: Facts) -> tuple[str, ...]:
    """All his endpoints, as the store writes them."""
    return tuple(endpoint_text(one) for one in facts.buyer.endpoints) if facts.buyer else ()


def _returned_to(bounce: Bounce | None) -> frozenset[str]:
    """The buyers about whom a bounce may say something."""
    told = bounce.recipients if bounce else ()
    named = {address for one in told for address in (one.address, one.original)} - {""}
    kinds = (EndpointKind.MAIL, EndpointKind.RELAY)
    return frozenset(endpoint_text(person(Endpoint(kind, one))) for one in named for kind in kinds)


def _keys(mail: Mail, facts: Facts) -> frozenset[str]:
    ids = (mail.message_id or "", *mail.references, *mail.in_reply_to)
    return frozenset((mail.content_key, *buyer_of(facts), *ids)) - {""}
