"""What went out lately: a marketplace's word on a mail of ours comes within days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from tactd.adapters.store import replies
from tactd.adapters.store.replies import Stored
from tactd.adapters.store.schema import ledger
from tactd.core.types import ContactState, ReplyState

MOST = 500


def sent(conn: Connection, mailbox: str, since: datetime) -> list[Stored]:
    """Replies that went out from a mailbox since then, or may have; the newest first."""
    numbers = conn.execute(_SENT, {"mailbox": mailbox, "since": since}).scalars()
    found = (replies.get(conn, number) for number in dict.fromkeys(numbers))
    gone = (ReplyState.SENT, ReplyState.UNCLEAR)
    return [one for one in found if one is not None and one.reply.state in gone]


_SENT = (
    select(ledger.c.reply)
    .where(
        ledger.c.mailbox == bindparam("mailbox"),
        ledger.c.at >= bindparam("since"),
        ledger.c.reply.is_not(None),
        ledger.c.state != ContactState.REFUSED,
    )
    .order_by(ledger.c.at.desc())
    .limit(MOST)
)
