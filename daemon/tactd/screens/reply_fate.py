"""What became of a reply, step by step and with its times, as far as the store knows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder
from tactd.core.reasons import sentence
from tactd.core.types import By, ContactKind, Policy, ReplyState
from tactd.flow.sheets import frees_up
from tactd.screens.times import iso, local

Facts = dict[str, Any]


def fate(stored: Stored, policy: Policy) -> list[Facts]:
    """In the order in which it happened; `at` is null where no time was kept, or `until` says how
    long it lasts."""
    reply = stored.reply
    note = sentence(reply.note, policy.seller_language, {"why": frees_up(stored, policy)})
    steps = [_step("drafted", reply.created)]
    if stored.first_attempt:
        steps.append(_step("first_attempt", stored.first_attempt, tries=reply.attempts))
    what = _NOW[reply.state]
    if reply.state is ReplyState.STAGED and reply.note.startswith(_PUT_BACK):
        what = "put_back"
    if reply.state in (ReplyState.STAGED, ReplyState.HELD) and stored.folder == Folder.TROUBLE:
        what = "stopped"
    if reply.state is ReplyState.APPROVED and reply.by is By.AUTO:
        what = "settling"
    at, until = stored.sent_at, None if stored.sent_at else reply.next_attempt
    steps.append(_step(what, at, until, by=str(reply.by) if reply.by else None, note=note))
    if stored.at_once and reply.kind is ContactKind.UNASKED:
        steps[-1]["at_once"] = True
    return steps


# Notes of what was to go by itself and was put before the seller at the last moment.
_PUT_BACK = ("staged.", "permit.", "loop.", "silence.", "quiet.")

_NOW = {
    ReplyState.STAGED: "staged",
    ReplyState.HELD: "held",
    ReplyState.APPROVED: "approved",
    ReplyState.READY: "ready",
    ReplyState.SENDING: "sending",
    ReplyState.SENT: "sent",
    ReplyState.UNCLEAR: "unclear",
    ReplyState.FAILED: "failed",
    ReplyState.REJECTED: "rejected",
    ReplyState.WITHDRAWN: "withdrawn",
}


def _step(what: str, at: datetime | None, until: datetime | None = None, **more: Any) -> Facts:
    times = {"at": iso(at) if at else None, "until": iso(until) if until else None}
    return {"what": what, **times, **more}


# ------------------------------------------------------------------------------ for people

WORDS = {
    "drafted": "drafted as it stands",
    "first_attempt": "the first of {tries} tries to send it",
    "staged": "waits for you in staged/",
    "stopped": "was approved and not sent: its file in trouble/ says why",
    "put_back": "was to go by itself, and was put before you instead",
    "held": "held until {until}",
    "approved": "approved by you",
    "settling": "goes by itself at {until} unless he writes again",
    "ready": "to be sent{later}",
    "sending": "is being sent",
    "sent": "sent {by}",
    "unclear": "may have gone or not: see trouble/",
    "failed": "refused: see trouble/",
    "rejected": "rejected by you: it never goes",
    "withdrawn": "withdrawn: it never goes",
}
_BY = {By.AUTO: "by itself", By.APPROVED: "as you approved it", By.SELLER: "by your own hand"}


def lines(steps: list[Facts], zone: str) -> list[tuple[str | None, str]]:
    """One try needs no line of its own."""
    told = [step for step in steps if step.get("tries") != 1]
    return [(step["at"], _line(step, zone)) for step in told]


def _line(step: Facts, zone: str) -> str:
    until = local(step["until"], zone) if step["until"] else "you say so"
    filled = {
        "tries": step.get("tries"),
        "until": until,
        "later": f", at {until}" if step["until"] else "",
        "by": _BY[By(step["by"])] if step.get("by") else "",
    }
    note = f": {step['note']}" if step.get("note") else ""
    return WORDS[step["what"]].format_map(filled).rstrip() + note
