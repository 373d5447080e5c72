"""What was to go out by itself is decided afresh just before it goes: the mails of the buyer have
settled, a hold has ended, and meanwhile he may have written, the parcel may have come, the seller
may have answered himself (design: settle, after a hold)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import inbound, journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.types import By, Outcome, ReplyState
from tactd.flow.judge import Judged, judge, read_kept
from tactd.flow.put_back import stage
from tactd.flow.record import withdraw
from tactd.flow.rules import Rules
from tactd.flow.send import RefusedError, make_ready

# A decision of this age is as good as a new one.
FRESH = timedelta(seconds=10)

_WAITING = (ReplyState.APPROVED, ReplyState.HELD, ReplyState.READY)


def ripen(
    conn: Connection, stored: Stored, rules: Rules, now: datetime, token: Callable[[], str]
) -> Stored | None:
    """The reply, ready to be claimed; None if it is not to go now: staged, held, or withdrawn."""
    reply = stored.reply
    if reply.by is not By.AUTO:
        return stored
    if not timedelta(0) <= now - reply.created <= FRESH:
        judged = _judge_again(conn, stored, rules, now)
        if judged is None or not _still_goes(conn, stored, judged, now):
            return None
    return _ready(conn, reply.id, rules, now, token)


def _judge_again(conn: Connection, stored: Stored, rules: Rules, now: datetime) -> Judged | None:
    kept = inbound.one(conn, stored.reply.mail) if stored.reply.mail else None
    return judge(conn, kept, read_kept(kept), rules, now) if kept else None


def _still_goes(conn: Connection, stored: Stored, judged: Judged, now: datetime) -> bool:
    """Record what has been decided now; whether it is still to go out by itself."""
    [decision] = journal.add_decisions(conn, [judged.decision])
    inbound.file_away(conn, judged.mail, judged.filing)
    if judged.reply is None:
        withdraw(conn, stored, judged.filing.answered_by or "", "withdrawn.decided_afresh")
        return False
    goes = judged.outcome is Outcome.SEND
    if stored.reply.attempts and goes:
        # The server has been offered these very bytes: another text is another mail.
        if judged.reply["body"] != stored.reply.body:
            stage(conn, stored, "staged.changed")
            return False
        replies.change(conn, stored.reply.id, _WAITING, decision=decision, created=now)
        return True
    fresh = judged.reply | {"decision": decision, "claim": None, "wire": None}
    replies.change(conn, stored.reply.id, _WAITING, **fresh)
    if not goes:
        for what, due in judged.todos:
            journal.add_todo(conn, what, due, judged.order, stored.reply.id)
    return goes


def _ready(
    conn: Connection, reply_id: int, rules: Rules, now: datetime, token: Callable[[], str]
) -> Stored | None:
    stored = replies.get(conn, reply_id)
    if stored is None or stored.wire is not None:
        return stored
    try:
        make_ready(conn, stored, by=By.AUTO, policy=rules.policy, now=now, token=token)
    except RefusedError as refused:
        if refused.code == "trouble.other_claim":  # another reply answers this already
            withdraw(conn, stored, refused.detail, "withdrawn.newer_mail")
        else:
            stage(conn, stored, "staged.unsendable")
        return None
    return replies.get(conn, reply_id)
