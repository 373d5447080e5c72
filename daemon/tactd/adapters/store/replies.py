"""The outbox's rows. A state changes only by a conditional update whose row count is checked, so
that of two who try the same step one finds it done (style: write the attempt before the act)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Update, and_, bindparam, func, insert, or_, select, update

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.schema import reply
from tactd.adapters.store.text_forms import endpoint_text, order_text, text_endpoint, text_order
from tactd.core.orders import person
from tactd.core.types import (
    By,
    ContactKind,
    Draft,
    Endpoint,
    OrderKey,
    Reply,
    ReplyState,
    Situation,
)

# What goes when it is due, unless something comes between; and what has not begun to go at all.
TO_GO = (ReplyState.APPROVED, ReplyState.HELD, ReplyState.READY)
OPEN = (ReplyState.STAGED, *TO_GO)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReply:
    mailbox: str
    endpoint: Endpoint
    draft: Draft
    deadline: datetime
    created: datetime
    mail: int | None
    decision: int | None
    order: OrderKey | None
    situations: tuple[Situation, ...]
    event_key: str
    root: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    reference_line: str = ""
    kind: ContactKind = ContactKind.ANSWER
    state: ReplyState = ReplyState.STAGED
    by: By | None = None
    buyer: tuple[str, ...] = ()  # all his endpoints, as text_forms writes them
    standing: tuple[str, ...] = ()  # core/standing.py
    next_attempt: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A reply with all that sending and filing need."""

    reply: Reply
    endpoint: str  # the buyer's, as text_forms writes it; `reply.to` is the exact address
    buyer: tuple[str, ...]  # all endpoints of his, this one among them
    standing: tuple[str, ...]  # why he comes first among equals
    draft: Draft
    event_key: str
    root: str
    in_reply_to: str
    references: tuple[str, ...]
    reference_line: str
    wire: bytes | None
    first_attempt: datetime | None
    sent_at: datetime | None
    looked_up: int
    copied: bool | None
    confirm_by: datetime | None  # the marketplace should have said by then that it passed it on
    confirmed_at: datetime | None
    at_once: bool  # the seller has approved it whatever the limits and the hour say
    folder: str | None
    file_name: str | None
    move_to: str | None
    move_note: str


def values(new: NewReply) -> dict[str, Any]:
    """A new reply's row."""
    return {
        "state": new.state,
        "by": new.by,
        "buyer": " ".join(new.buyer),
        "standing": " ".join(new.standing),
        "next_attempt": new.next_attempt,
        "mailbox": new.mailbox,
        "endpoint": endpoint_text(person(new.endpoint)),
        "recipient": new.endpoint.value,
        "subject": new.draft.subject,
        "body": new.draft.body,
        "draft": dump(Draft, new.draft),
        "kind": new.kind,
        "deadline": new.deadline,
        "created": new.created,
        "mail": new.mail,
        "decision": new.decision,
        "order_key": order_text(new.order),
        "situations": " ".join(new.situations),
        "event_key": new.event_key,
        "root": new.root,
        "in_reply_to": new.in_reply_to,
        "references": " ".join(new.references),
        "reference_line": new.reference_line,
    }


def addressee(endpoint: str, recipient: str | None) -> Endpoint:
    """Where exactly a reply goes, from its row's columns."""
    to = text_endpoint(endpoint)
    return replace(to, value=recipient) if recipient else to


def add_many(conn: Connection, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Their ids, in the order of the rows."""
    return list(conn.execute(_ADD_MANY, list(rows)).scalars()) if rows else []


_ADD_MANY = insert(reply).returning(reply.c.id, sort_by_parameter_order=True)


def get(conn: Connection, reply_id: int) -> Stored | None:
    row = conn.execute(_GET, {"reply_id": reply_id}).first()
    return _stored(row) if row else None


_GET = select(reply).where(reply.c.id == bindparam("reply_id"))


def by_file(conn: Connection, name: str) -> Stored | None:
    row = conn.execute(select(reply).where(reply.c.file_name == name)).first()
    return _stored(row) if row else None


def newest_of_mail(conn: Connection, mail_id: int) -> Stored | None:
    row = conn.execute(
        select(reply).where(reply.c.mail == mail_id).order_by(reply.c.id.desc()).limit(1)
    ).first()
    return _stored(row) if row else None


def in_states(conn: Connection, *states: ReplyState, most: int = 1_000_000) -> list[Stored]:
    """Nearest deadline first; of those that are due in the same minute, whoever has bought before
    and whoever has bought much."""
    rows = conn.execute(
        select(reply)
        .where(reply.c.state.in_(states))
        .order_by(reply.c.deadline, reply.c.id)
        .limit(most)
    )
    return sorted(map(_stored, rows), key=_among_equals)


def _among_equals(stored: Stored) -> tuple[datetime, int]:
    return stored.reply.deadline.replace(second=0, microsecond=0), -len(stored.standing)


def staged_since(conn: Connection, since: datetime) -> int:
    """Replies that were drafted since then and still wait."""
    fresh = (reply.c.created >= since, reply.c.state == ReplyState.STAGED)
    return conn.execute(select(func.count()).where(*fresh)).scalar_one()


def unwritten(conn: Connection, most: int) -> list[Stored]:
    """Replies that people should see in a folder and whose file is not there yet."""
    return [_stored(row) for row in conn.execute(_UNWRITTEN, {"most": most})]


def unwritten_sent(conn: Connection, most: int) -> list[Stored]:
    """Those that went out by themselves and whose file is not there yet."""
    return [_stored(row) for row in conn.execute(_UNWRITTEN_SENT, {"most": most})]


_SEEN = (ReplyState.STAGED, ReplyState.HELD, ReplyState.UNCLEAR, ReplyState.FAILED)
_WITHOUT_FILE = select(reply).where(reply.c.folder.is_(None)).order_by(reply.c.id)
_UNWRITTEN = _WITHOUT_FILE.where(reply.c.state.in_(_SEEN)).limit(bindparam("most"))
_UNWRITTEN_SENT = _WITHOUT_FILE.where(
    reply.c.state == ReplyState.SENT, reply.c.by == By.AUTO
).limit(bindparam("most"))


def sheets(conn: Connection, most: int) -> list[tuple[int, str, str]]:
    """(id, file name, text) of those whose file needs only to be written."""
    rows = conn.execute(_SHEETS, {"most": most})
    return [(row.id, row.sheet_name, row.sheet_text) for row in rows]


_SHEETS = (
    select(reply.c.id, reply.c.sheet_name, reply.c.sheet_text)
    .where(
        reply.c.state == ReplyState.STAGED,
        reply.c.folder.is_(None),
        reply.c.sheet_text.is_not(None),
    )
    .order_by(reply.c.id)
    .limit(bindparam("most"))
)


def due(conn: Connection, mailbox: str, now: datetime, most: int = 50) -> list[Stored]:
    """What may go out from this mailbox now, nearest deadline first: what is ready, and what is to
    be decided afresh for that: settled, or held until now; or the clock has been set back since
    what goes by itself was last decided, so that its time may be far off."""
    given = {"mailbox": mailbox, "now": now, "set_back": now + SET_BACK, "most": most}
    rows = conn.execute(_DUE, given)
    return [_stored(row) for row in rows]


# A clock that is put right by less than this only makes the settle time a little longer.
SET_BACK = timedelta(minutes=1)
_DUE = (
    select(reply)
    .where(
        reply.c.mailbox == bindparam("mailbox"),
        or_(
            and_(
                reply.c.state == ReplyState.READY,
                or_(reply.c.next_attempt.is_(None), reply.c.next_attempt <= bindparam("now")),
            ),
            and_(
                reply.c.state.in_([ReplyState.APPROVED, ReplyState.HELD]),
                reply.c.next_attempt <= bindparam("now"),
            ),
            and_(
                reply.c.state.in_([ReplyState.APPROVED, ReplyState.READY]),
                reply.c.by == By.AUTO,
                reply.c.created > bindparam("set_back"),
            ),
        ),
    )
    .order_by(reply.c.deadline, reply.c.id)
    .limit(bindparam("most"))
)


def next_settled(conn: Connection, now: datetime) -> datetime | None:
    """When the next of those that have still to settle has done so."""
    settling = (reply.c.state == ReplyState.APPROVED, reply.c.next_attempt > now)
    query = select(reply.c.next_attempt).where(*settling).order_by(reply.c.next_attempt).limit(1)
    found: datetime | None = conn.execute(query).scalar()
    return found


def unclear_due(conn: Connection, now: datetime, looks: int) -> list[Stored]:
    rows = conn.execute(
        select(reply).where(
            reply.c.state == ReplyState.UNCLEAR,
            reply.c.looked_up < looks,
            reply.c.next_attempt <= now,
        )
    )
    return [_stored(row) for row in rows]


def uncopied(conn: Connection, mailbox: str, most: int = 20) -> list[Stored]:
    """Sent from this mailbox, and not yet laid into its Sent folder."""
    rows = conn.execute(_UNCOPIED, {"mailbox": mailbox, "most": most})
    return [_stored(row) for row in rows]


_UNCOPIED = (
    select(reply)
    .where(
        reply.c.mailbox == bindparam("mailbox"),
        reply.c.state == ReplyState.SENT,
        reply.c.copied.is_(None),
    )
    .order_by(reply.c.id)
    .limit(bindparam("most"))
)


def unconfirmed(conn: Connection, since: datetime) -> list[Stored]:
    """Sent, perhaps, and not yet confirmed by a marketplace that confirms, which it should have
    done since then or has still to do; the nearest deadline first."""
    return [_stored(row) for row in conn.execute(_UNCONFIRMED, {"since": since})]


_UNCONFIRMED = (
    select(reply)
    .where(
        reply.c.state.in_([ReplyState.SENT, ReplyState.UNCLEAR]),
        reply.c.confirm_by.is_not(None),
        reply.c.confirm_by >= bindparam("since"),
        reply.c.confirmed_at.is_(None),
    )
    .order_by(reply.c.deadline, reply.c.id)
)


def pasted_since(conn: Connection, since: datetime) -> list[Stored]:
    """What the seller has pasted on a site since then, and no copy has been seen of."""
    rows = conn.execute(
        select(reply)
        .where(
            reply.c.state == ReplyState.SENT,
            reply.c.endpoint.startswith("user@"),
            reply.c.sent_at >= since,
            reply.c.confirmed_at.is_(None),
        )
        .order_by(reply.c.sent_at)
    )
    return [_stored(row) for row in rows]


def change(conn: Connection, reply_id: int, states: Iterable[ReplyState], **values: Any) -> bool:
    """Change a reply that is in one of these states; False, and nothing, if it is not."""
    statement = _change(tuple(states), tuple(values))
    given = {"reply_id": reply_id, **{f"new_{name}": value for name, value in values.items()}}
    return conn.execute(statement, given).rowcount == 1


@cache
def _change(states: tuple[ReplyState, ...], names: tuple[str, ...]) -> Update:
    """Few forms of change are asked for, again and again: building one costs more than running
    it."""
    which = reply.c.id == bindparam("reply_id"), reply.c.state.in_(states)
    return update(reply).where(*which).values({name: bindparam(f"new_{name}") for name in names})


def note_file(conn: Connection, reply_id: int, folder: str | None, name: str | None) -> None:
    """Where the reply's file lies now; a pending move is done with that."""
    note_files(conn, [(reply_id, folder, name)])


def note_files(conn: Connection, places: Sequence[tuple[int, str | None, str | None]]) -> None:
    """(reply, folder, name) of each."""
    rows = [{"reply_id": one, "folder": folder, "name": name} for one, folder, name in places]
    if rows:
        conn.execute(_NOTE_FILES, rows)


_NOTE_FILES = (
    update(reply)
    .where(reply.c.id == bindparam("reply_id"))
    .values(
        folder=bindparam("folder"),
        file_name=bindparam("name"),
        sheet_text=None,
        move_to=None,
        move_note="",
    )
)


def misfiled(conn: Connection, most: int = 200) -> list[Stored]:
    """Replies whose file has yet to be moved."""
    rows = conn.execute(select(reply).where(reply.c.move_to.is_not(None)).limit(most))
    return [_stored(row) for row in rows]


def open_for(conn: Connection, endpoints: Sequence[str]) -> list[Stored]:
    """Replies to these endpoints that have not begun to go out."""
    return _open(conn.execute(_TO_ENDPOINTS, {"endpoints": endpoints}))


def answering(conn: Connection, mail_ids: Sequence[int]) -> list[Stored]:
    """Replies to these mails that have not begun to go out."""
    return _open(conn.execute(_TO_MAILS, {"mails": mail_ids})) if mail_ids else []


def _open(rows: Iterable[Row[Any]]) -> list[Stored]:
    """The state is looked at here: asked for it too, a database would rather go through all that
    is open than look up the few that are meant."""
    return [_stored(row) for row in rows if row.state in OPEN]


_TO_ENDPOINTS = (
    select(reply)
    .where(reply.c.endpoint.in_(bindparam("endpoints", expanding=True)))
    .order_by(reply.c.id)
)
_TO_MAILS = (
    select(reply).where(reply.c.mail.in_(bindparam("mails", expanding=True))).order_by(reply.c.id)
)


def unasked_in(conn: Connection, roots: Sequence[str]) -> list[Stored]:
    """What waits to be told in these threads without having been asked for."""
    if not roots:
        return []
    waits = (reply.c.state.in_(OPEN), reply.c.mail.is_(None), reply.c.root.in_(roots))
    return [_stored(row) for row in conn.execute(select(reply).where(*waits))]


def by_message_ids(conn: Connection, ids: Sequence[str]) -> list[Stored]:
    if not ids:
        return []
    return [_stored(row) for row in conn.execute(_BY_MESSAGE_IDS, {"ids": ids})]


_BY_MESSAGE_IDS = select(reply).where(reply.c.message_id.in_(bindparam("ids", expanding=True)))


def by_private_id(conn: Connection, own: str) -> list[Stored]:
    """Replies whose Message-ID begins with this X-Tactd-Id."""
    if not own:
        return []
    begins = reply.c.message_id.startswith(f"<{own}@", autoescape=True)
    return [_stored(row) for row in conn.execute(select(reply).where(begins))]


def claimed_by(conn: Connection, event_key: str) -> int | None:
    """The reply that has been made ready to answer this event."""
    found: int | None = conn.execute(_CLAIMED_BY, {"event_key": event_key}).scalar()
    return found


_CLAIMED_BY = select(reply.c.id).where(reply.c.claim == bindparam("event_key"))


def counts(conn: Connection) -> dict[str, int]:
    rows = conn.execute(select(reply.c.state, func.count()).group_by(reply.c.state))
    return {row[0]: row[1] for row in rows}


def _stored(row: Row[Any]) -> Stored:
    return Stored(
        reply=Reply(
            id=row.id,
            state=ReplyState(row.state),
            mailbox=row.mailbox,
            to=addressee(row.endpoint, row.recipient),
            subject=row.subject,
            body=row.body,
            kind=ContactKind(row.kind),
            deadline=row.deadline,
            created=row.created,
            by=By(row.by) if row.by else None,
            mail=row.mail,
            decision=row.decision,
            order=text_order(row.order_key),
            situations=tuple(Situation(one) for one in row.situations.split()),
            message_id=row.message_id or "",
            attempts=row.attempts,
            next_attempt=row.next_attempt,
            note=row.note,
        ),
        endpoint=row.endpoint,
        buyer=tuple(dict.fromkeys((row.endpoint, *row.buyer.split()))),
        standing=tuple(row.standing.split()),
        draft=load(Draft, row.draft),
        event_key=row.event_key,
        root=row.root or "",
        in_reply_to=row.in_reply_to or "",
        references=tuple((row.references or "").split()),
        reference_line=row.reference_line or "",
        wire=row.wire,
        first_attempt=row.first_attempt,
        sent_at=row.sent_at,
        looked_up=row.looked_up,
        copied=row.copied,
        confirm_by=row.confirm_by,
        confirmed_at=row.confirmed_at,
        at_once=row.at_once,
        folder=row.folder,
        file_name=row.file_name,
        move_to=row.move_to,
        move_note=row.move_note,
    )
