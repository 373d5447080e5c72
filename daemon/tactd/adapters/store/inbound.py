"""Mail that came in: kept raw before anything else happens to it (promise 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.rows import new_id
from tactd.adapters.store.schema import mail, sighting, watermark
from tactd.core.types import Fetched, FolderRole, Signed, Slice, Unanswered, Watermark


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A stored mail, not yet read."""

    id: int
    mailbox: str
    role: FolderRole
    received: datetime
    size: int
    truncated: bool
    at_start: bool
    flagged_answered: bool
    raw: bytes
    signed: Signed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is written beside a mail once it has been read and decided."""

    state: str = "done"
    content_key: str | None = None
    message_id: str | None = None
    endpoint: str | None = None
    subject: str = ""
    words: str = ""
    language: str | None = None
    order_key: str | None = None
    root: str | None = None
    likeness: str | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    note: str | None = None


def keep(conn: Connection, mailbox: str, batch: Slice, now: datetime) -> dict[int, Fetched]:
    """Store the mails of a slice and move the watermark; those that were new to the store, by their
    numbers there."""
    uids = [one.uid for one in batch.mails]
    seen = known(conn, mailbox, batch.folder, batch.uidvalidity, min(uids)) if uids else set()
    fresh = [one for one in batch.mails if one.uid not in seen]
    common = {
        "mailbox": mailbox,
        "role": batch.role,
        "state": "new",
        "kept_at": now,
        "at_start": batch.at_start,
    }
    place = {"mailbox": mailbox, "folder": batch.folder, "uidvalidity": batch.uidvalidity}
    sightings, kept = [], {}
    for one in fresh:
        row = {
            **common,
            "received": one.received,
            "size": one.size,
            "truncated": one.truncated,
            "flagged_answered": "\\Answered" in one.flags,
            "raw": one.raw,
            "signed": dump(Signed, one.signed) if one.signed else None,
        }
        number = new_id(conn.execute(_KEEP, row))
        sightings.append({**place, "uid": one.uid, "mail": number})
        kept[number] = one
    if sightings:
        conn.execute(_SIGHT, sightings)
    if batch.watermark is not None:
        _move_watermark(conn, mailbox, batch, batch.watermark)
    return kept


# Statements that run for every mail are built once: building costs more than running them.
_KEEP = insert(mail)
_SIGHT = insert(sighting)


def _move_watermark(conn: Connection, mailbox: str, batch: Slice, mark: Watermark) -> None:
    values = {
        "role": batch.role,
        "uidvalidity": mark.uidvalidity,
        "uid": mark.uid,
        "start": mark.start,
    }
    statement = upsert(watermark).values(mailbox=mailbox, folder=batch.folder, **values)
    conn.execute(statement.on_conflict_do_update(["mailbox", "folder"], set_=values))


def read_watermark(conn: Connection, mailbox: str, folder: str) -> Watermark | None:
    row = conn.execute(
        select(watermark.c.uidvalidity, watermark.c.uid, watermark.c.start).where(
            watermark.c.mailbox == mailbox, watermark.c.folder == folder
        )
    ).first()
    return Watermark(row.uidvalidity, row.uid, row.start) if row else None


def known(conn: Connection, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
    """The stored UIDs of a folder from `first` on."""
    rows = conn.execute(
        select(sighting.c.uid).where(
            sighting.c.mailbox == mailbox,
            sighting.c.folder == folder,
            sighting.c.uidvalidity == uidvalidity,
            sighting.c.uid >= first,
        )
    )
    return set(rows.scalars())


def new(conn: Connection, most: int) -> list[Kept]:
    """Mails not yet handled: what the seller sent first, so that his answers are known before
    the mails they answer; then in order of arrival."""
    rows = conn.execute(
        select(*_KEPT)
        .where(mail.c.state == "new")
        .order_by(mail.c.role.desc(), mail.c.id)
        .limit(most)
    )
    return [_kept(row) for row in rows]


def next_ids(conn: Connection, after: int, most: int) -> list[int]:
    """Mails of buyers that wait, above this id; none while something of the seller's own waits,
    because his answers come first."""
    if own_hand_waits(conn):
        return []
    rest = mail.c.state == "new", mail.c.role == FolderRole.INBOX, mail.c.id > after
    rows = conn.execute(select(mail.c.id).where(*rest).order_by(mail.c.id).limit(most))
    return list(rows.scalars())


def own_hand_waits(conn: Connection) -> bool:
    """Has the seller sent something that is kept, and not yet handled?"""
    return conn.execute(_OWN_HAND).first() is not None


_OWN_HAND = select(mail.c.id).where(mail.c.state == "new", mail.c.role == FolderRole.SENT).limit(1)


def any_waits(conn: Connection, kept_by: datetime) -> bool:
    """Does a mail that was kept by then wait for its decision? The one kept first tells."""
    first: datetime | None = conn.execute(_FIRST_WAITING).scalar()
    return first is not None and first <= kept_by


_FIRST_WAITING = (
    select(mail.c.kept_at)
    .where(mail.c.state == "new", mail.c.role == FolderRole.INBOX)
    .order_by(mail.c.id)
    .limit(1)
)


def new_count(conn: Connection) -> int:
    """Mails that wait for their decision; what lies in Sent is only taken note of."""
    waiting = (mail.c.state == "new", mail.c.role == FolderRole.INBOX)
    return conn.execute(select(func.count()).where(*waiting)).scalar_one()


def kept_count(conn: Connection, since: datetime) -> int:
    """Mails that were fetched since then, what the seller sent himself left out."""
    fetched = (mail.c.kept_at >= since, mail.c.role == FolderRole.INBOX)
    return conn.execute(select(func.count()).where(*fetched)).scalar_one()


def some(conn: Connection, mail_ids: Sequence[int]) -> list[Kept]:
    """These mails as far as they still wait, in order."""
    waits = mail.c.id.in_(mail_ids), mail.c.state == "new"
    return [_kept(row) for row in conn.execute(select(*_KEPT).where(*waits).order_by(mail.c.id))]


def one(conn: Connection, mail_id: int) -> Kept | None:
    row = conn.execute(_ONE, {"mail_id": mail_id}).first()
    return _kept(row) if row else None


_KEPT = tuple(mail.c[name] for name in Kept.__slots__)
_ONE = select(*_KEPT).where(mail.c.id == bindparam("mail_id"))


def filed(conn: Connection, mail_id: int) -> Row[tuple[object, ...]] | None:
    """Everything the store says of a mail but its raw bytes."""
    columns = [column for column in mail.c if column is not mail.c.raw]
    return conn.execute(select(*columns).where(mail.c.id == mail_id)).first()


def note_signed(conn: Connection, mail_id: int, found: Signed) -> None:
    """What has been found out of its signatures since it was kept."""
    conn.execute(update(mail).where(mail.c.id == mail_id).values(signed=dump(Signed, found)))


def file_away(conn: Connection, mail_id: int, filing: Filing) -> None:
    values = {name: getattr(filing, name) for name in filing.__slots__}
    conn.execute(_FILE_AWAY, {"mail_id": mail_id, **values})


def file_away_many(conn: Connection, some: Sequence[tuple[int, Filing]]) -> None:
    rows = [
        {"mail_id": mail_id, **{name: getattr(filing, name) for name in filing.__slots__}}
        for mail_id, filing in some
    ]
    if rows:
        conn.execute(_FILE_AWAY, rows)


_FILE_AWAY = (
    update(mail)
    .where(mail.c.id == bindparam("mail_id"))
    .values({name: bindparam(name) for name in Filing.__slots__})
)


def own_key(kept: Kept, content_key: str) -> str:
    """By what the store knows a mail's content. A copy in Sent has a key of its own: it proves
    that the seller has written, and a copy of it in his inbox must not hide that."""
    return f"sent:{content_key}" if kept.role is FolderRole.SENT else content_key


def twin_of(conn: Connection, key: str, mail_id: int) -> int | None:
    """Another stored mail with the same content (`own_key`)."""
    found: int | None = conn.execute(_TWIN, {"key": key, "own": mail_id}).scalar()
    return found


_TWIN = select(mail.c.id).where(
    mail.c.content_key == bindparam("key"), mail.c.id != bindparam("own")
)


def waiting(conn: Connection, endpoints: Sequence[str], since: datetime) -> list[Unanswered]:
    """Mails from these endpoints that nobody has answered yet, oldest first."""
    rows = conn.execute(_WAITING, {"endpoints": endpoints, "since": since})
    return [Unanswered(row.id, row.received, row.subject or "", row.words or "") for row in rows]


_WAITING = (
    select(mail.c.id, mail.c.received, mail.c.subject, mail.c.words)
    .where(
        mail.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        mail.c.role == FolderRole.INBOX,
        mail.c.state == "done",
        mail.c.answered_at.is_(None),
        mail.c.received >= bindparam("since"),
    )
    .order_by(mail.c.received)
    .limit(20)
)


def wrote_after(conn: Connection, endpoints: Sequence[str], since: datetime) -> datetime | None:
    """When the newest mail of these endpoints came, if that was later; what a machine of theirs
    wrote does not count."""
    given = {"endpoints": endpoints, "since": since}
    found: datetime | None = conn.execute(_WROTE_AFTER, given).scalar()
    return found


_WROTE_AFTER = (
    select(mail.c.received)
    .where(
        mail.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        mail.c.role == FolderRole.INBOX,
        mail.c.received > bindparam("since"),
        or_(mail.c.answered_by.is_(None), mail.c.answered_by.not_like("screen.%")),
    )
    .order_by(mail.c.received.desc())
    .limit(1)
)


def boxes_of(conn: Connection, endpoints: Sequence[str]) -> list[str]:
    """The mailboxes that these have written to, the newest first."""
    rows = conn.execute(_BOXES_OF, {"endpoints": endpoints})
    return list(dict.fromkeys(rows.scalars()))


_BOXES_OF = (
    select(mail.c.mailbox)
    .where(
        mail.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        mail.c.role == FolderRole.INBOX,
    )
    .order_by(mail.c.received.desc())
    .limit(100)
)


def boxes_by_ids(conn: Connection, ids: Sequence[str]) -> list[str]:
    """The mailboxes in which mails with these Message-IDs lie."""
    found = select(mail.c.mailbox).where(
        mail.c.message_id.in_(ids), mail.c.role == FolderRole.INBOX
    )
    return list(dict.fromkeys(conn.execute(found).scalars())) if ids else []


def boxes_by_orders(conn: Connection, marketplace: str, among: int) -> list[tuple[str, str]]:
    """(mailbox, order) of mails about orders of a marketplace, the newest first, as far as they
    are `among` the newest of all."""
    newest = select(mail.c.id).order_by(mail.c.id.desc()).limit(among)
    rows = conn.execute(
        select(mail.c.mailbox, mail.c.order_key)
        .where(
            mail.c.id.in_(newest.scalar_subquery()),
            mail.c.role == FolderRole.INBOX,
            mail.c.order_key.startswith(f"{marketplace}:", autoescape=True),
        )
        .order_by(mail.c.id.desc())
    )
    return list(dict.fromkeys((row.mailbox, row.order_key) for row in rows))


def by_message_ids(conn: Connection, ids: Sequence[str]) -> list[Row[tuple[object, ...]]]:
    """Mails with one of these Message-IDs (a thread's earlier ones)."""
    if not ids:
        return []
    return list(conn.execute(_BY_MESSAGE_IDS, {"ids": ids}))


_BY_MESSAGE_IDS = select(
    *(mail.c.id, mail.c.message_id, mail.c.root, mail.c.order_key, mail.c.endpoint),
    *(mail.c.language, mail.c.role, mail.c.received),
).where(mail.c.message_id.in_(bindparam("ids", expanding=True)))


def last_language(conn: Connection, endpoints: Sequence[str]) -> str:
    return conn.execute(_LAST_LANGUAGE, {"endpoints": endpoints}).scalar() or ""


_LAST_LANGUAGE = (
    select(mail.c.language)
    .where(
        mail.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        mail.c.language.is_not(None),
    )
    .order_by(mail.c.received.desc())
    .limit(1)
)


def thread_mails(
    conn: Connection, root: str | None, ids: Sequence[str], until: datetime
) -> list[int]:
    """Mails of buyers that one of these Message-IDs names, and the others of the thread of `root`
    that were there by then."""
    named = mail.c.message_id.in_(ids)
    fits = or_(named, and_(mail.c.root == root, mail.c.received <= until)) if root else named
    rows = conn.execute(select(mail.c.id).where(mail.c.role == FolderRole.INBOX, fits))
    return list(rows.scalars())


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    return Kept(
        id=row.id,
        mailbox=row.mailbox,
        role=FolderRole(row.role),
        received=row.received,
        size=row.size,
        truncated=row.truncated,
        at_start=row.at_start,
        flagged_answered=row.flagged_answered,
        raw=row.raw,
        signed=load(Signed, row.signed) if row.signed else None,
    )
