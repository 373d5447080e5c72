"""What was to go out by itself, and is put before the seller instead, or held."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder
from tactd.core.types import By, ContactKind, Reply, ReplyState

# What is stale before it frees up is looked at, and dropped, then.
_JUST_AFTER = timedelta(minutes=1)
# Nearer to its deadline than this, an answer waits for nobody but the seller (design: deadline).
IN_TIME = timedelta(hours=2)

HOMELESS = "reply_homeless"


def stage(
    conn: Connection,
    stored: Stored,
    note: str,
    states: tuple[ReplyState, ...] = replies.TO_GO,
) -> bool:
    """The seller decides; `note` is a code of core/reasons.py that his file says."""
    values = {"by": None, "claim": None, "wire": None, "next_attempt": None, "note": note}
    state, moved = ReplyState.STAGED, _moved(stored, Folder.STAGED, note)
    return replies.change(conn, stored.reply.id, states, state=state, **values, **moved)


def hold(conn: Connection, stored: Stored, until: datetime, note: str) -> bool:
    """It is decided afresh then."""
    values = {
        "claim": None,
        "wire": None,
        "next_attempt": wakes(until, stored.reply.deadline),
        "note": note,
    }
    state, moved = ReplyState.HELD, _moved(stored, Folder.HELD, note)
    return replies.change(conn, stored.reply.id, replies.TO_GO, state=state, **values, **moved)


def wakes(until: datetime, deadline: datetime) -> datetime:
    """When what is held until then is looked at again."""
    return min(until, deadline + _JUST_AFTER)


def _moved(stored: Stored, folder: Folder, note: str) -> dict[str, str]:
    """Its file follows, and says so; what has none yet is written there (flow/writing.py)."""
    return {"move_to": folder, "move_note": note} if stored.folder else {}


def too_late(reply: Reply, at: datetime) -> bool:
    """Would an answer that nobody has approved pass its deadline, if it waited until then?"""
    waits = reply.by is By.AUTO and reply.kind is ContactKind.ANSWER
    return waits and at > reply.deadline - IN_TIME


def stage_if_late(conn: Connection, reply_id: int, now: datetime) -> bool:
    """Nobody knows how long it would still have to wait."""
    stored = replies.get(conn, reply_id)
    late = stored is not None and too_late(stored.reply, now)
    return stored is not None and late and stage(conn, stored, "staged.deadline")


def mind_mailboxes(
    conn: Connection, waiting: Sequence[Stored], mailboxes: Collection[str], now: datetime
) -> None:
    """Nothing would ever wake a reply whose mailbox is not configured any more: what was to go by
    itself is put before the seller, and of what he has approved he is told. What was told of
    replies that can go again, or go no more, is over."""
    homeless = [one for one in waiting if one.reply.mailbox not in mailboxes]
    for about in journal.open_about(conn, HOMELESS) - {_about(one) for one in homeless}:
        journal.resolve(conn, HOMELESS, about, now)
    for stored in homeless:
        if stored.reply.by is By.AUTO and stage(conn, stored, "staged.no_mailbox"):
            continue
        detail = f"its mailbox {stored.reply.mailbox} is not in config.toml any more"
        journal.report(conn, HOMELESS, _about(stored), detail, now)


def _about(stored: Stored) -> str:
    return f"reply {stored.reply.id}"
