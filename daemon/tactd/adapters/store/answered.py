"""Which mails have had their answer, and from whom; which wait to be answered together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.schema import answered, mail


def mark(conn: Connection, mail_ids: Iterable[int], at: datetime, by: str) -> None:
    """Those that still wait have had their answer; `by`: which it was."""
    ids = list(mail_ids)
    if ids:
        conn.execute(_MARK, {"ids": ids, "at": at, "by": by})


_MARK = (
    update(mail)
    .where(mail.c.id.in_(bindparam("ids", expanding=True)), mail.c.answered_at.is_(None))
    .values(answered_at=bindparam("at"), answered_by=bindparam("by"))
)


def by(conn: Connection, by: str) -> list[int]:
    """Mails that count as answered by that."""
    done = mail.c.answered_by == by, mail.c.answered_at.is_not(None)
    return list(conn.execute(select(mail.c.id).where(*done)).scalars())


def reopen(conn: Connection, by: str, since: str) -> None:
    """What had answered these mails may have been lost: they wait again; `since` says for what."""
    values = {"answered_at": None, "answered_by": since}
    conn.execute(update(mail).where(mail.c.answered_by == by).values(**values))


def mark_reopened(conn: Connection, since: str, at: datetime, by: str) -> None:
    """They are answered after all."""
    waits = mail.c.answered_by == since, mail.c.answered_at.is_(None)
    conn.execute(update(mail).where(*waits).values(answered_at=at, answered_by=by))


def note(conn: Connection, ids: Sequence[str], recipients: Sequence[str], at: datetime) -> None:
    """The seller himself has written to these addresses with reference to these Message-IDs."""
    pairs = {(one, recipient) for one in ids for recipient in recipients}
    if pairs:
        rows = [{"message_id": one, "recipient": to, "at": at} for one, to in sorted(pairs)]
        conn.execute(_ADD, rows)


_NEW = upsert(answered)
_ADD = _NEW.on_conflict_do_update(
    ["message_id", "recipient"],
    set_={"at": _NEW.excluded.at},
    where=_NEW.excluded.at > answered.c.at,
)


def at(conn: Connection, message_id: str, writers: Sequence[str]) -> datetime | None:
    """When the seller himself last wrote to one of these with reference to this mail."""
    given = {"message_id": message_id, "writers": writers}
    found: datetime | None = conn.execute(_AT, given).scalar()
    return found


_AT = (
    select(answered.c.at)
    .where(
        answered.c.message_id == bindparam("message_id"),
        answered.c.recipient.in_(bindparam("writers", expanding=True)),
    )
    .order_by(answered.c.at.desc())
    .limit(1)
)


def note_together(conn: Connection, mail_ids: Iterable[int], by: str) -> None:
    """These mails wait on; the reply to a newer one will answer them too."""
    ids = list(mail_ids)
    if ids:
        waits = mail.c.answered_at.is_(None)
        conn.execute(update(mail).where(mail.c.id.in_(ids), waits).values(answered_by=by))


def note_alone(conn: Connection, mail_ids: Sequence[int]) -> None:
    """The reply to a newer one will not answer these after all."""
    if mail_ids:
        waits = mail.c.answered_at.is_(None)
        conn.execute(update(mail).where(mail.c.id.in_(mail_ids), waits).values(answered_by=None))


def along_with(conn: Connection, mail_id: int) -> int | None:
    """The newer mail whose reply is to answer this one too."""
    said = conn.execute(_ALONG_WITH, {"mail_id": mail_id}).scalar() or ""
    kind, _, number = said.partition(" ")
    return int(number) if kind == "mail" else None


_ALONG_WITH = select(mail.c.answered_by).where(mail.c.id == bindparam("mail_id"))


def together_with(conn: Connection, mail_id: int) -> list[int]:
    """Elder mails that the reply to this one answers too."""
    return list(conn.execute(_TOGETHER_WITH, {"by": f"mail {mail_id}"}).scalars())


_TOGETHER_WITH = select(mail.c.id).where(
    mail.c.answered_by == bindparam("by"), mail.c.answered_at.is_(None)
)
