"""What tells that a machine answers ours, and the conversations that are paused for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from tactd.adapters.store.schema import ledger, mail, paused_thread
from tactd.core.types import By, ContactState, FolderRole

LATELY = 8  # mails of one buyer that are looked at: an alarm needs three


def lately(
    conn: Connection, endpoints: Sequence[str], since: datetime, until: datetime, apart_from: int
) -> list[tuple[datetime, str]]:
    """(received, likeness) of the mails from these endpoints, one apart, the newest first."""
    given = {"endpoints": endpoints, "since": since, "until": until, "apart_from": apart_from}
    rows = conn.execute(_LATELY, given)
    return [(row.received, row.likeness or "") for row in rows]


_LATELY = (
    select(mail.c.received, mail.c.likeness)
    .where(
        mail.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        mail.c.role == FolderRole.INBOX,
        mail.c.received > bindparam("since"),
        mail.c.received <= bindparam("until"),
        mail.c.id != bindparam("apart_from"),
    )
    .order_by(mail.c.received.desc(), mail.c.id.desc())
    .limit(LATELY)
)


def automatic_to(conn: Connection, domain: str, mailbox: str, since: datetime, most: int) -> int:
    """How many mails this mailbox has sent by itself to addresses of a domain, up to `most`."""
    ending = f"%@{_escaped(domain)}"
    given = {"mailbox": mailbox, "since": since, "ending": ending, "most": most}
    return len(conn.execute(_AUTOMATIC_TO, given).all())


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


_AUTOMATIC_TO = (
    select(ledger.c.id)
    .where(
        ledger.c.mailbox == bindparam("mailbox"),
        ledger.c.at > bindparam("since"),
        ledger.c.by == By.AUTO,
        ledger.c.state != ContactState.REFUSED,
        ledger.c.endpoint.like(bindparam("ending"), escape="\\"),
    )
    .limit(bindparam("most"))
)


def pause(conn: Connection, root: str, endpoint: str, why: str, at: datetime) -> None:
    """Nothing goes by itself in this conversation until the seller resumes it."""
    values = {"endpoint": endpoint, "why": why, "at": at, "over_at": None}
    statement = upsert(paused_thread).values(root=root, **values)
    conn.execute(statement.on_conflict_do_update(["root"], set_=values))


def paused(
    conn: Connection, endpoints: Sequence[str], roots: Sequence[str] = ()
) -> tuple[bool, datetime | None]:
    """Is a conversation with this buyer paused (a machine begins a new thread with each mail), or
    this thread (it may use many addresses)? And when the last such pause ended."""
    if conn.execute(_ANY_PAUSED).first() is None:
        return False, None  # as nearly always, and asked for each mail of a known buyer
    rows = conn.execute(_PAUSED, {"endpoints": endpoints, "roots": roots}).all()
    ends = [row.over_at for row in rows if row.over_at is not None]
    return len(ends) < len(rows), max(ends, default=None)


_ANY_PAUSED = select(paused_thread.c.root).limit(1)
_PAUSED = select(paused_thread.c.over_at).where(
    or_(
        paused_thread.c.endpoint.in_(bindparam("endpoints", expanding=True)),
        paused_thread.c.root.in_(bindparam("roots", expanding=True)),
    )
)


def end_pause(
    conn: Connection, endpoints: Sequence[str], roots: Sequence[str], at: datetime
) -> list[str]:
    """The endpoints whose conversations go on by that."""
    open_ones = (
        paused_thread.c.over_at.is_(None),
        or_(paused_thread.c.endpoint.in_(endpoints), paused_thread.c.root.in_(roots)),
    )
    found = list(conn.execute(select(paused_thread.c.endpoint).where(*open_ones)).scalars())
    conn.execute(update(paused_thread).where(*open_ones).values(over_at=at))
    return list(dict.fromkeys(found))
