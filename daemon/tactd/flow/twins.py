"""TWINS: the same mail once more, in another folder or mailbox. It is answered once and counts
once; but perhaps nobody vouched for it where it lay first, and a notice is as good as its best
witness."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import inbound
from tactd.adapters.store.inbound import Filing, Kept
from tactd.core.types import FolderRole, Mail, Policy, Vouched
from tactd.flow import notices
from tactd.flow.gather import gather
from tactd.flow.judge import as_event, read_kept
from tactd.flow.noticed import Notice, read_notice


def file_twin(
    conn: Connection, kept: Kept, mail: Mail, first: int, policy: Policy, now: datetime
) -> None:
    """`first`: the mail that it is the same as."""
    inbound.file_away(conn, kept.id, Filing(state="twin", note=f"the same as mail {first}"))
    other = inbound.one(conn, first)
    if kept.role is FolderRole.SENT or other is None or other.mailbox == kept.mailbox:
        return
    one = _notice(conn, kept, mail, policy, now)
    if one is None or one.word is not Vouched.YES:
        return
    earlier = _notice(conn, other, read_kept(other), policy, now)
    if earlier is None or earlier.word is not Vouched.YES:
        notices.take(conn, [one], policy, now)


def _notice(
    conn: Connection, kept: Kept, mail: Mail, policy: Policy, now: datetime
) -> Notice | None:
    event = as_event(kept, mail)
    return read_notice(event, gather(conn, event, kept, policy, now), kept.id, policy)
