"""`tactd why`: the trail of one mail, stored or in a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tactd import marketplaces
from tactd.adapters.store import Store, inbound, journal, replies
from tactd.adapters.store.inbound import Kept
from tactd.adapters.store.journal import Snapshot
from tactd.core.decide.case import asking, marketplace_of
from tactd.core.decide.steps import decide
from tactd.core.orders import normal_address
from tactd.core.read.mail import read
from tactd.core.reasons import reason, sentence
from tactd.core.types import (
    BuyerWrote,
    Decision,
    Draft,
    Event,
    FolderRole,
    Mail,
    Match,
    Policy,
    TrailEntry,
    Verdict,
)
from tactd.errors import TactdError
from tactd.flow.draft import compose_reply
from tactd.flow.gather import gather
from tactd.flow.rules import Rules
from tactd.flow.sheets import frees_up
from tactd.flow.signed import SenderCheck
from tactd.screens.reply_fate import fate
from tactd.screens.terminal import clean
from tactd.screens.times import iso
from tactd.screens.told import told
from tactd.screens.why_shown import show, show_latest

Facts = dict[str, Any]

__all__ = [
    "explain",
    "latest",
    "of_file",
    "of_id",
    "show",
    "show_latest",
]


def of_file(
    store: Store,
    rules: Rules,
    path: Path,
    at: datetime,
    checks: Mapping[str, SenderCheck] | None = None,
) -> Facts:
    """Decide a mail in a file as if it had just come in. Nothing is stored or sent. `checks`: for
    the mailboxes whose senders we check ourselves."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TactdError(f"{path} cannot be read: {error.strerror}") from error
    mail = read(raw, at)
    mailbox = addressed_mailbox(mail, rules.policy)
    check = (checks or {}).get(mailbox)
    signed = check.of_bytes(raw) if check else None
    event = BuyerWrote(mail, marketplaces.open_mail(mail), mailbox, signed)
    kept = Kept(
        id=0,
        mailbox=mailbox,
        role=FolderRole.INBOX,
        received=at,
        size=len(raw),
        truncated=False,
        at_start=False,
        flagged_answered=False,
        raw=raw,
        signed=signed,
    )
    with store.read() as conn:
        facts = gather(conn, event, kept, rules.policy, at)
        of_notice = told(event, facts, rules.policy, conn)
    decision = decide(event, facts, rules.policy, at)
    written = compose_reply(event, facts, decision, rules.policy, rules.templates, at)
    return explain(event, written.decision, written.draft, rules.policy) | of_notice


def of_id(store: Store, policy: Policy, name: str) -> Facts:
    """A stored mail by its number (`m12`), or the mail that a reply answers (`12`, or `12-kqx` as
    it stands in the file). Raises TactdError if there is none."""
    with store.read() as conn:
        mail_id, stored = mail_of(conn, name)
        if mail_id is None and stored is not None:
            snapshot = journal.snapshot(conn, stored.reply.decision or 0)
            return _of_follow_up(stored, snapshot, policy)
        snapshot = journal.last_decision(conn, mail_id or 0)
        decisions = journal.decisions_of(conn, mail_id or 0)
        row = inbound.filed(conn, mail_id or 0)
        if row is None:
            raise TactdError(f"there is no mail {name}; `tactd why` lists the latest")
    if snapshot is None:
        return {"mail": mail_id, "state": row.state, "reasons": [row.note or "not decided yet"]}
    facts = explain(snapshot.event, snapshot.decision, stored.draft if stored else None, policy)
    if isinstance(snapshot.event, BuyerWrote):
        facts |= told(snapshot.event, snapshot.facts, policy)
    facts |= {
        "mail": mail_id,
        "decided_at": iso(snapshot.at),
        "decisions": [decided(one, policy) for one in decisions],
    }
    if stored:
        facts |= _of_reply(stored, policy)
    if row.answered_by:
        facts["answered_by"] = row.answered_by
    return facts


def _of_follow_up(stored: replies.Stored, snapshot: Snapshot | None, policy: Policy) -> Facts:
    """What nobody has asked for just now answers no mail."""
    if snapshot is None:
        raise TactdError(f"reply {stored.reply.id} has no decision; see its file")
    facts = explain(snapshot.event, snapshot.decision, stored.draft, policy)
    of_it = {"mail": None, "decided_at": iso(snapshot.at), "decisions": [decided(snapshot, policy)]}
    return facts | of_it | _of_reply(stored, policy)


def _of_reply(stored: replies.Stored, policy: Policy) -> Facts:
    why = {"why": frees_up(stored, policy)}
    return {
        "reply_id": stored.reply.id,
        "reply_state": str(stored.reply.state),
        "note": sentence(stored.reply.note, policy.seller_language, why),
        "fate": fate(stored, policy),
    }


def mail_of(conn: Any, name: str) -> tuple[int | None, replies.Stored | None]:
    """None: a reply that answers no mail."""
    digits = name.removeprefix("m").partition("-")[0]
    if not digits.isdecimal():
        raise TactdError(
            f"{name!r} is neither a file nor a number: a reply is named 12 (or 12-kqx as in its "
            "file), a mail m12; `tactd why` lists the latest"
        )
    number = int(digits)
    if name.startswith("m"):
        return number, replies.newest_of_mail(conn, number)
    stored = replies.get(conn, number)
    if stored is None:
        raise TactdError(f"there is no reply {number}; `tactd staged` lists those that wait")
    return stored.reply.mail, stored


def addressed_mailbox(mail: Mail, policy: Policy) -> str:
    """The mailbox named in To, Cc or Delivered-To, else the first."""
    named = {normal_address(one.email) for one in (*mail.to, *mail.cc)}
    named |= {normal_address(value) for value in mail.all_headers("delivered-to")}
    for box in policy.mailboxes:
        if any(normal_address(own) in named for own in box.own_addresses):
            return box.name
    return policy.mailboxes[0].name


def explain(event: Event, decision: Decision, draft: Draft | None, policy: Policy) -> Facts:
    """One decision as plain data, the form that scripts rely on (design: commands)."""
    match, reading = decision.match or Match(None), decision.reading
    marketplace = marketplace_of(event)
    language = policy.seller_language
    return {
        "kind": str(decision.kind) if isinstance(event, BuyerWrote) else "follow_up",
        "marketplace": str(marketplace) if marketplace else None,
        "order": match.order.key.number if match.order else None,
        "orders": [key.number for key in match.candidates],
        "match": {
            "confidence": match.confidence,
            "certain": match.certain,
            "evidence": [
                {"kind": one.kind, "value": clean(one.value), "weight": one.weight}
                for one in match.evidence
            ],
        },
        "intent": str(reading.intent) if reading else None,
        "confidence": reading.confidence if reading else None,
        "also": [str(intent) for intent in reading.also] if reading else [],
        "language": reading.language if reading else None,
        "sentiment": str(reading.sentiment) if reading else None,
        "sure": reading.sure if reading else False,
        "situation": "+".join(decision.situations) or None,
        "decision": str(decision.outcome),
        "would": str(decision.would),
        "trail": [_entry(entry, language) for entry in decision.trail],
        "reasons": [reason(entry, language) for entry in deciding(decision.trail)],
        "reply": {"subject": draft.subject, "body": draft.body} if draft else None,
    }


def decided(one: Snapshot, policy: Policy) -> Facts:
    """One of the decisions of a mail, in a line: it may have been decided several times."""
    entries = deciding(one.decision.trail)
    return {
        "at": iso(one.at),
        "decision": str(one.decision.outcome),
        "situation": "+".join(one.decision.situations) or None,
        "reasons": [reason(entry, policy.seller_language) for entry in entries],
    }


def deciding(trail: tuple[TrailEntry, ...]) -> list[TrailEntry]:
    """The entries that made the decision what it is: for a skip the one that ended it."""
    skips = [entry for entry in trail if entry.verdict is Verdict.SKIP]
    return skips or [entry for entry in trail if entry.verdict is not Verdict.PASS]


def _entry(entry: TrailEntry, language: str) -> Facts:
    return {
        "step": entry.step,
        "verdict": str(entry.verdict),
        "code": entry.code,
        "reason": reason(entry, language),
        "data": dict(entry.data),
    }


def latest(store: Store, policy: Policy, most: int = 20) -> list[Facts]:
    """The latest decisions, newest first, one line each."""
    with store.read() as conn:
        return [_brief(one, policy) for one in journal.latest_decisions(conn, most)]


def _brief(one: Snapshot, policy: Policy) -> Facts:
    entries, wrote = deciding(one.decision.trail), asking(one.event)
    sender = wrote.mail.sender if wrote else None
    since = wrote.mail.received if isinstance(one.event, BuyerWrote) and wrote else one.at
    return {
        "mail": one.mail,
        "received": since.isoformat(timespec="seconds"),
        "from": sender.email if sender else "",
        "subject": wrote.mail.subject if wrote else "",
        "decision": str(one.decision.outcome),
        "situation": "+".join(one.decision.situations),
        "reason": reason(entries[0], policy.seller_language) if entries else "",
    }
