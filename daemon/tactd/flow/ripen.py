"""What was to go out by itself is decided afresh just before it goes: the mails of the buyer have
settled, a hold has ended, and meanwhile he may have written, the parcel may have come, the seller
may have answered himself (design: settle, after a hold)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import answered, inbound, journal, orders, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder
from tactd.core.types import By, Outcome, ReplyState
from tactd.flow.approve import changes
from tactd.flow.follow_up import judge_again, no_longer_due, record_follow_up
from tactd.flow.judge import Judged, judge, read_kept
from tactd.flow.put_back import stage
from tactd.flow.record import about_another, withdraw
from tactd.flow.rules import Rules
from tactd.flow.send import RefusedError, make_ready

# A decision of this age is as good as a new one.
FRESH = timedelta(seconds=10)


def ripen(
    conn: Connection, stored: Stored, rules: Rules, now: datetime, token: Callable[[], str]
) -> Stored | None:
    """The reply, ready to be claimed; None if it is not to go now: staged, held, or withdrawn."""
    reply = stored.reply
    if reply.by is not By.AUTO:
        held = reply.state is ReplyState.HELD
        return _hold_is_over(conn, stored, rules, now, token) if held else stored
    if inbound.own_hand_waits(conn):
        return None  # at the next look it is known what he has answered himself
    if inbound.any_waits(conn, reply.created):
        return None  # the rest of a backlog may hold a case, or what the buyer wrote next
    if newer := _overtaken_by(conn, stored):
        withdraw(conn, stored, f"answered with {newer}", "withdrawn.newer_mail")
        return None
    fresh = timedelta(0) <= now - reply.created <= FRESH and reply.state is not ReplyState.HELD
    if fresh and _as_decided(conn, stored):
        return _ready(conn, reply.id, By.AUTO, rules, now, token)
    if reply.mail is None:
        going = _follow_again(conn, stored, rules, now)
        return _ready(conn, going, By.AUTO, rules, now, token) if going else None
    judged = _judge_again(conn, stored, rules, now)
    if judged is None or not _still_goes(conn, stored, judged, now):
        return None
    return _ready(conn, reply.id, By.AUTO, rules, now, token)


def _as_decided(conn: Connection, stored: Stored) -> bool:
    """Does the book say of its order what it said when this was decided? A notice may have come
    in the same moment."""
    key, decision = stored.reply.order, stored.reply.decision
    if key is None or decision is None:
        return True
    snapshot = journal.snapshot(conn, decision)
    match = snapshot.decision.match if snapshot else None
    return match is not None and match.order == orders.get(conn, key)


def _overtaken_by(conn: Connection, stored: Stored) -> str:
    """The newer mail of his ("mail 12") whose reply answers this one's too; "" if there is none. It
    came while this was being sent, so nothing could be withdrawn then, and the server refused."""
    newer = answered.along_with(conn, stored.reply.mail) if stored.reply.mail else None
    drawn = replies.newest_of_mail(conn, newer) if newer else None
    return f"mail {newer}" if drawn and not about_another(stored, drawn.reply.order) else ""


def _hold_is_over(
    conn: Connection, stored: Stored, rules: Rules, now: datetime, token: Callable[[], str]
) -> Stored | None:
    """The seller has approved it, and it had to wait: what it states is compared once more."""
    if over := no_longer_due(conn, stored, rules.policy, now):
        withdraw(conn, stored, over, "withdrawn.not_due")
        return None
    if changes(conn, stored, rules.policy, now):
        stage(conn, stored, "staged.changed")
        return None
    return _ready(conn, stored.reply.id, By.APPROVED, rules, now, token)


def _follow_again(conn: Connection, stored: Stored, rules: Rules, now: datetime) -> int | None:
    """What nobody has asked for, decided afresh; the reply that is to go, None: none now. A file
    that is there already says what goes, or is set aside for one that does."""
    judged = judge_again(conn, stored, rules, now)
    if judged is None:
        stage(conn, stored, "staged.unsendable")
        return None
    reply, goes = stored.reply, judged.outcome is Outcome.SEND and judged.reply is not None
    same = goes and judged.reply is not None and judged.reply["body"] == reply.body
    if reply.attempts and goes and not same:
        # The server has been offered these very bytes: another text is another mail.
        stage(conn, stored, "staged.changed")
        return None
    if same:
        [decision] = journal.add_decisions(conn, [judged.decision])
        replies.change(conn, reply.id, replies.TO_GO, decision=decision, created=now)
        return reply.id
    withdraw(conn, stored, judged.why, _GONE if judged.reply is None else _DRAWN_AGAIN)
    number = record_follow_up(conn, judged)
    return number if goes else None


_GONE, _DRAWN_AGAIN = "withdrawn.not_due", "withdrawn.decided_anew"


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
        replies.change(conn, stored.reply.id, replies.TO_GO, decision=decision, created=now)
        return True
    fresh = judged.reply | {"decision": decision, "claim": None, "wire": None}
    replies.change(conn, stored.reply.id, replies.TO_GO, **fresh)
    if not goes:
        for what, due in judged.todos:
            journal.add_todo(conn, what, due, judged.order, stored.reply.id)
    return goes


def _ready(
    conn: Connection,
    reply_id: int,
    by: By,
    rules: Rules,
    now: datetime,
    token: Callable[[], str],
) -> Stored | None:
    stored = replies.get(conn, reply_id)
    if stored is None or stored.wire is not None:
        return stored
    try:
        make_ready(conn, stored, by=by, policy=rules.policy, now=now, token=token)
    except RefusedError as refused:
        if refused.code == "trouble.other_claim":  # another reply answers this already
            withdraw(conn, stored, refused.detail, "withdrawn.newer_mail")
        else:
            stage(conn, stored, "staged.unsendable")
        return None
    moved = {"move_to": Folder.APPROVED, "move_note": ""} if stored.folder == Folder.HELD else {}
    replies.change(conn, reply_id, replies.TO_GO, note="", **moved)
    return replies.get(conn, reply_id)
