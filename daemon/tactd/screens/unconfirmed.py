"""What has been sent through a marketplace that confirms what it passes on, and is not confirmed
yet; nearest deadline first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import inbound, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.words import Folder
from tactd.core.types import Policy, ReplyState
from tactd.flow.confirming import FORGOTTEN, overdue
from tactd.screens.on_the_way import reply_facts
from tactd.screens.terminal import Terminal, plain
from tactd.screens.times import iso, moment, until

Facts = dict[str, Any]


def unconfirmed(conn: Connection, policy: Policy, now: datetime) -> list[Facts]:
    """What the seller has answered on the site meanwhile is left out."""
    found = replies.unconfirmed(conn, now - FORGOTTEN)
    sent = [one for one in found if one.reply.state is ReplyState.SENT]
    waiting = [one for one in sent if not overdue(one, now) or _still_waits(conn, one)]
    return [_facts(one, policy, now) for one in waiting]


def _still_waits(conn: Connection, stored: Stored) -> bool:
    """Does the mail of his that it has answered wait again?"""
    mail = inbound.filed(conn, stored.reply.mail) if stored.reply.mail else None
    by = f"reply {stored.reply.id}"
    return mail is None or mail.answered_at is None or mail.answered_by == by


def _facts(stored: Stored, policy: Policy, now: datetime) -> Facts:
    domain = stored.reply.to.value.rpartition("@")[2]
    packs = (pack for pack in policy.packs.values() if domain in pack.relay_domains)
    place = Folder(stored.folder) if stored.folder else None
    return reply_facts(stored, place, now) | {
        "marketplace": next((str(pack.marketplace) for pack in packs), None),
        "sent_at": iso(stored.sent_at) if stored.sent_at else None,
        "confirm_by": iso(stored.confirm_by) if stored.confirm_by else None,
        "lost": overdue(stored, now),
    }


# ------------------------------------------------------------------------------ for people


def show(rows: list[Facts], now: str, zone: str, console: Terminal) -> None:
    for title, lost in (("Perhaps lost: answer on the site by the deadline", True), (_SENT, False)):
        some = [row for row in rows if row["lost"] is lost]
        if some:
            console.print(f"\n[bold]{title}:[/]")
        for row in some:
            console.print(plain(f"  {_line(row, now, zone)}"))


_SENT = "Sent, not yet confirmed"


def _line(row: Facts, now: str, zone: str) -> str:
    about = f"order {row['order']}" if row["order"] else row["to"]
    by = str(row["marketplace"]).title()
    if row["lost"]:
        return (
            f"{row['id']} {row['situation']}, {about}: {by} has not confirmed it; "
            f"answer by {moment(row['deadline'], now, zone)} ({until(row['deadline'], now)})"
        )
    expected = moment(row["confirm_by"], now, zone)
    return f"{row['id']} {row['situation']}, {about}: not yet confirmed by {by} (due {expected})"
