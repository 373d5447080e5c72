"""What has still to go out, and what it waits for: each reply of `tactd status` as plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import contacts, flags, overview
from tactd.adapters.store.replies import Stored
from tactd.core.decide.limit import fullest
from tactd.core.filing.words import Folder
from tactd.core.reach import pasted, place_of
from tactd.core.types import By, ContactKind, Policy, ReplyState
from tactd.flow.put_back import IN_TIME
from tactd.flow.reading_back import longest_window
from tactd.flow.send import paused_until
from tactd.screens.terminal import Terminal, plain
from tactd.screens.times import iso, moment

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stops:
    """What stops sending as a whole."""

    pause: datetime | None  # since when the seller has stopped it
    provider: Callable[[str], datetime | None]  # until when it refuses a mailbox
    unread: frozenset[str] = frozenset()  # mailboxes not read since this start (flow/dispatch.py)

    @classmethod
    def of(cls, conn: Connection, now: datetime, unread: Iterable[str] = ()) -> Stops:
        provider = cache(lambda box: paused_until(conn, box, now))
        return cls(flags.paused_since(conn), provider, frozenset(unread))


def waits_for(stored: Stored, stops: Stops, now: datetime) -> tuple[str, datetime | None]:
    """Why a reply has not gone yet, and until when that lasts where it is known. The codes are
    those of WAITS; "" is: for nothing."""
    reply, provider = stored.reply, stops.provider(stored.reply.mailbox)
    later = reply.next_attempt if reply.next_attempt and reply.next_attempt > now else None
    if reply.state is ReplyState.SENDING:
        return "", None
    if stops.pause:
        return "pause", None
    if reply.state is ReplyState.HELD:
        return "held", later
    if provider:
        return "provider", provider
    if later is None:
        by_itself = reply.by is By.AUTO and reply.mailbox in stops.unread
        return ("start" if by_itself else ""), None
    if reply.state is ReplyState.APPROVED:
        return "settle", later
    return ("retry" if reply.attempts else "mailbox_limit"), later


NOTHING: Facts = {"by": None, "waits_for": None, "until": None, "yours_at": None}


def reply_facts(stored: Stored, place: Folder | None, now: datetime) -> Facts:
    reply = stored.reply
    return {
        "id": reply.id,
        "state": str(reply.state),
        "deadline": iso(reply.deadline),
        "overdue": reply.deadline < now,
        "situation": "+".join(reply.situations),
        "order": reply.order.number if reply.order else None,
        "to": place_of(reply.to, reply.order),
        "pasted": pasted(reply.to),
        "subject": reply.subject,
        "file": f"{place}/{stored.file_name}" if place else None,
        "note": reply.note,
        "standing": list(stored.standing),
        "next_attempt": iso(reply.next_attempt) if reply.next_attempt else None,
    }


def on_the_way(stored: Stored, stops: Stops, now: datetime) -> Facts:
    """Of a reply that is to go out, by itself or because it is approved."""
    code, until = waits_for(stored, stops, now)
    place = Folder(stored.folder) if stored.folder else None
    yours = _yours_at(stored, now) if code not in ("", "settle", "held") else None
    return reply_facts(stored, place, now) | {
        "by": str(stored.reply.by) if stored.reply.by else None,
        "waits_for": code or None,
        "until": iso(until) if until else None,
        "yours_at": iso(yours) if yours else None,
    }


def _yours_at(stored: Stored, now: datetime) -> datetime | None:
    """When an automatic answer that cannot go is put before the seller (flow/put_back.py)."""
    reply = stored.reply
    waits = reply.by is By.AUTO and reply.kind is ContactKind.ANSWER
    return max(now, reply.deadline - IN_TIME) if waits else None


def limits_full(
    conn: Connection, waiting: Iterable[Stored], policy: Policy, now: datetime
) -> dict[int, datetime]:
    """Of the replies that wait for the seller those for which a limit is full now, and until
    when: whoever approves one overrules it."""
    waiting = list(waiting)
    drawn = [one.reply.decision for one in waiting if one.reply.decision]
    decided = overview.limit_was_full(conn, drawn)
    found: dict[int, datetime] = {}
    for stored in waiting:
        if stored.reply.decision in decided or stored.reply.note == "staged.limit_full":
            free_at = _free_at(conn, stored, policy, now)
            found |= {stored.reply.id: free_at} if free_at else {}
    return found


def limit_full(stored: Stored, full: dict[int, datetime]) -> Facts:
    until = full.get(stored.reply.id)
    return {"limit_full_until": iso(until) if until else None}


def soonest_first(rows: Iterable[Facts]) -> list[Facts]:
    """By when each frees up; what only the seller can free comes last."""
    return sorted(rows, key=lambda row: (row["next_attempt"] is None, row["next_attempt"] or ""))


def _free_at(conn: Connection, stored: Stored, policy: Policy, now: datetime) -> datetime | None:
    since: timedelta = longest_window(policy.limits)
    history = contacts.since(conn, stored.buyer, now - since)
    full = fullest(history, policy.limits, stored.reply.kind, stored.reply.order, now)
    return full.free_at if full else None


# ------------------------------------------------------------------------------ for people

# What a reply waits for, as one reads it behind the reply's name.
WAITS = {
    "": "goes now",
    "settle": "goes by itself at {until} unless he writes again",
    "mailbox_limit": "waits for the mailbox's limit, until {until}",
    "retry": "next try {until}",
    "provider": "the provider refuses, until {until}",
    "pause": "waits for `tactd resume`",
    "start": "waits until INBOX and Sent have been read since the start",
    "held": "frees up {until}",
}
_HELD = {
    "held.night": "it is night where the buyer lives",
    "held.limit_full": "the limit for unasked mail is full",
    "held.yours": "you have edited it: it goes when you move it to approved/",
}
_GROUPS = (
    ("Held", lambda row: row["state"] == "held"),
    ("Settling", lambda row: row["waits_for"] == "settle"),
    ("On their way", lambda row: row["waits_for"] not in ("settle", "held")),
)


def show(facts: Facts, zone: str, console: Terminal) -> None:
    rows = [*facts["held"], *facts["on_their_way"]]
    for title, belongs in _GROUPS:
        some = [row for row in rows if belongs(row)]
        rows = [row for row in rows if not belongs(row)]
        if some:
            console.print(f"\n[bold]{title}:[/]")
        for row in some:
            console.print(plain(f"  {_line(row, facts, zone)}"))
        if some and title == "Held":
            console.print("[dim]send one all the same: tactd staged approve --now ID[/]")


def _line(row: Facts, facts: Facts, zone: str) -> str:
    said = [_waits(row, facts, zone)]
    yours, until = row.get("yours_at"), row.get("until")
    if yours and (until is None or yours <= until):
        said.append(f"yours to decide from {moment(yours, facts['now'], zone)}")
    why = _HELD.get(row["note"], row["note"])
    name = f"{row['id']} {row['situation']} to {row['to']}"
    return f"{name}: {'; '.join(said)}" + (f" ({why})" if why else "")


def _waits(row: Facts, facts: Facts, zone: str) -> str:
    code = row.get("waits_for") or ""
    if not code and facts["running"] is None:
        return "goes when tactd runs"
    until = row.get("until")
    return WAITS[code].format(until=moment(until, facts["now"], zone) if until else "later")
