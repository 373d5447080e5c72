"""What tactd does without a person, as `tactd status` tells it: may it now, what went, how full the
mailboxes are, and to whom nothing goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import flags, overview
from tactd.adapters.store.overview import Silent
from tactd.config import policy_digest
from tactd.core.counted import count
from tactd.core.decide.limit import period_text
from tactd.core.types import Mode, Policy, Rule, Silence
from tactd.flow.bars import mailbox_free_at
from tactd.flow.reading_back import unread
from tactd.screens.times import iso, moment

Facts = dict[str, Any]

_SPANS = {"last_24_hours": timedelta(hours=24), "last_7_days": timedelta(days=7)}


def in_effect(conn: Connection, policy: Policy, running: bool) -> Facts:
    """What goes by itself now. A running daemon goes by what it has read, which may not be what
    config.toml says by now."""
    said = flags.under(conn, flags.IN_USE).get("")
    used = json.loads(said[0]) if said and running else {}
    mode = used.get("mode", str(policy.mode))
    still_read = list(unread(conn, policy))
    waits = mode == Mode.AUTO and bool(still_read)
    return {
        "in_effect": _now(conn, mode, waits),
        "auto": used.get("auto", sorted(policy.auto)),
        "sent_not_read": still_read if mode == Mode.AUTO else [],
        "not_reloaded": bool(used) and used["digest"] != policy_digest(policy),
    }


def _now(conn: Connection, mode: str, waits: bool) -> str:
    if flags.paused_since(conn) is not None:
        return "paused"
    return str(Mode.STAGE) if waits else mode


def fullness(conn: Connection, mailbox: str, policy: Policy, now: datetime) -> Facts:
    """Of each limit of a mailbox how much is used up; `free_at`: until when it sends nothing."""
    rules = [("yours", one) for one in policy.limits.per_mailbox]
    rules += [("provider", one) for one in policy.mailbox(mailbox).budget]
    free_at = mailbox_free_at(conn, mailbox, policy, now)
    counted = [_used(conn, mailbox, whose, rule, now) for whose, rule in rules]
    return {"limits": counted, "free_at": iso(free_at) if free_at else None}


def _used(conn: Connection, mailbox: str, whose: str, rule: Rule, now: datetime) -> Facts:
    sent = overview.sent_count(conn, mailbox, now - rule.period)
    period, seconds = period_text(rule), int(rule.period.total_seconds())
    return {"whose": whose, "sent": sent, "most": rule.count, "per": period, "seconds": seconds}


def went(conn: Connection, now: datetime) -> Facts:
    return {name: overview.by_itself(conn, now - span) for name, span in _SPANS.items()}


def nothing_goes_to(conn: Connection) -> Facts:
    """Whom the seller alone can write to."""
    return {
        "paused": [_silent(one) for one in overview.paused_conversations(conn)],
        "bounces": [_silent(one) for one in overview.bouncing(conn)],
        "silence": [
            _silent(one) | {"level": one.level} for one in overview.who_asked_for_silence(conn)
        ],
    }


def _silent(one: Silent) -> Facts:
    return {"address": one.address, "why": one.why, "since": iso(one.since)}


# ------------------------------------------------------------------------------ for people


def mode_line(facts: Facts, zone: str) -> str:
    """In one line: what does it do without me?"""
    listed = ", ".join(facts["auto"]) or "nothing"
    boxes = ", ".join(facts["sent_not_read"])
    if facts["in_effect"] == "paused":
        return f"paused since {moment(facts['paused_since'], facts['now'], zone)}: nothing goes"
    if facts["in_effect"] == Mode.AUTO:
        return f"auto: {listed} go by themselves"
    if boxes:
        reading = f"Sent of {boxes} is still being read"
        return f"in effect stage: {reading}, then {listed} go by themselves"
    return _MODES[facts["in_effect"]]


_MODES = {
    "stage": "stage: nothing goes without you",
    "observe": "observe: nothing is drafted, nothing goes",
}


def lines(facts: Facts, zone: str) -> list[str]:
    """How much went by itself, how full the mailboxes are, to whom nothing goes."""
    return [
        *_went_lines(facts["by_itself"]),
        *(_fullness_line(box, facts["now"], zone) for box in facts["mailboxes"] if _has_sent(box)),
        *_silent_lines(facts["nothing_goes_to"]),
    ]


def _went_lines(went: Facts) -> list[str]:
    day, week = went["last_24_hours"], went["last_7_days"]
    if not week:
        return []
    spans = f"last 24 hours {_by_situation(day)} · last 7 days {_by_situation(week)}"
    return [f"gone by themselves: {spans}"]


def _by_situation(counted: dict[str, int]) -> str:
    return ", ".join(f"{number} {one}" for one, number in counted.items()) or "none"


def _has_sent(box: Facts) -> bool:
    return any(one["sent"] for one in box.get("limits", ()))


def _fullness_line(box: Facts, now: str, zone: str) -> str:
    """ "shop: 12 of 30 in an hour, 80 of 200 in 24 hours; the provider allows 250 in 24 hours"."""
    yours = [f"{one['sent']} of {one['most']} in {_per(one)}" for one in _whose(box, "yours")]
    theirs = [f"{one['most']} in {_per(one)}" for one in _whose(box, "provider")]
    used = ", ".join(yours) or f"{max(one['sent'] for one in box['limits'])} sent"
    allows = f"; the provider allows {', '.join(theirs)}" if theirs else ""
    full = f"; full until {moment(box['free_at'], now, zone)}" if box["free_at"] else ""
    return f"{box['name']}: {used}{allows}{full}"


def _whose(box: Facts, whose: str) -> Iterable[Facts]:
    return (one for one in box["limits"] if one["whose"] == whose)


def _per(one: Facts) -> str:
    per: str = one["per"]
    return {"1 hours": "an hour", "1 minutes": "a minute"}.get(per, per)


def _silent_lines(silent: Facts) -> list[str]:
    asked = {one["why"]: one["level"] for one in silent["silence"]}
    for_good = sum(level == Silence.STOP for level in asked.values())
    found = (
        (len(silent["paused"]), "", _PAUSED),
        (len(silent["bounces"]), "", _BOUNCES),
        (len(asked), f", {for_good} for good" if for_good else "", _ASKED),
    )
    said = [
        f"{count(number, *words)}{more} ({lift})" for number, more, (words, lift) in found if number
    ]
    return [f"nothing goes by itself to: {'; '.join(said)}"] if said else []


# (one, many), how to lift it
_PAUSED = (
    ("conversation with a machine", "conversations with machines"),
    "`tactd resume ADDRESS` if a person writes there",
)
_BOUNCES = (
    ("address that bounces", "addresses that bounce"),
    "`tactd resume ADDRESS` if it is good",
)
_ASKED = (
    ("buyer who asked for silence", "buyers who asked for silence"),
    "`tactd resume --agreed ADDRESS` if he wants mail again",
)
