"""`tactd status`: is everything all right, and what waits for me?"""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tactd.adapters import lock
from tactd.adapters.store import (
    Store,
    contacts,
    flags,
    inbound,
    journal,
    orders,
    overview,
    replies,
    text_order,
)
from tactd.config import Config, policy_of
from tactd.core.filing.words import Folder
from tactd.core.types import ReplyState
from tactd.flow.imports import under_way
from tactd.screens.by_itself import fullness, in_effect, nothing_goes_to, went
from tactd.screens.files import lies_in
from tactd.screens.on_the_way import (
    NOTHING,
    Stops,
    limit_full,
    limits_full,
    on_the_way,
    reply_facts,
    soonest_first,
)
from tactd.screens.problems import problems, troubles
from tactd.screens.status_shown import show
from tactd.screens.times import iso
from tactd.screens.unconfirmed import unconfirmed
from tactd.screens.unknown import unknown_notices
from tactd.shipped import packs, reader

Facts = dict[str, Any]

__all__ = ["gather", "problems", "show"]


def gather(store: Store, config: Config, now: datetime) -> Facts:
    running, policy = lock.holder(config.store.path) or None, policy_of(config, packs(), reader())
    with store.read() as conn:
        staged = replies.in_states(conn, ReplyState.STAGED)
        places = {one.reply.id: lies_in(config.replies.folder, one) for one in staged}
        waiting = [one for one in staged if places[one.reply.id] not in _MOVED]
        approved = [one for one in staged if places[one.reply.id] is Folder.APPROVED]
        boxes = _mailboxes(conn, config, running is not None)
        unread = [box["name"] for box in boxes if running and not box["caught_up"]]
        full, stops = limits_full(conn, waiting, policy, now), Stops.of(conn, now, unread)
        return {
            "now": iso(now),
            "running": running,
            "mode": str(config.replies.mode),
            "paused_since": _iso_or_none(flags.paused_since(conn)),
            **in_effect(conn, policy, running is not None),
            "mailboxes": [box | fullness(conn, box["name"], policy, now) for box in boxes],
            "waiting": [
                reply_facts(one, places[one.reply.id], now) | limit_full(one, full)
                for one in waiting
            ],
            "held": soonest_first(
                on_the_way(one, stops, now) for one in replies.in_states(conn, ReplyState.HELD)
            ),
            "on_their_way": [
                *(reply_facts(one, Folder.APPROVED, now) | NOTHING for one in approved),
                *(on_the_way(one, stops, now) for one in replies.in_states(conn, *_UNDER_WAY)),
            ],
            "unconfirmed": unconfirmed(conn, policy, now),
            "trouble": troubles(conn),
            "promises": [_promise(row) for row in journal.open_promises(conn)],
            "todos": [_todo(row) for row in journal.open_todos(conn)],
            "unknown_notices": unknown_notices(conn, policy, now),
            "unread": inbound.new_count(conn),
            "last_24_hours": _recent(conn, now - timedelta(hours=24)),
            "by_itself": went(conn, now),
            "nothing_goes_to": nothing_goes_to(conn),
            "orders": _orders(conn),
            "importing": under_way(conn, now),
            "disk_free": _disk_free(config.store.path),
        }


# The seller has moved the file, and tactd has not yet acted on it.
_MOVED = (Folder.APPROVED, Folder.REJECTED)
_UNDER_WAY = (ReplyState.APPROVED, ReplyState.READY, ReplyState.SENDING)


def _iso_or_none(when: datetime | None) -> str | None:
    return iso(when) if when else None


def _mailboxes(conn: Connection, config: Config, running: bool) -> list[Facts]:
    """As last told; without a running tactd nobody watches, whatever was told last."""
    said = flags.under(conn, flags.HEALTH)
    told = {name: json.loads(value) for name, (value, _) in said.items()}
    now = {} if running else {"state": "not watched", "backlog": [0, 0]}
    return [{"name": box.name, **told.get(box.name, _UNSEEN), **now} for box in config.mailboxes]


_UNSEEN: Facts = {"state": "not started", "problem": "", "caught_up": False, "backlog": [0, 0]}


def _promise(row: Any) -> Facts:
    key = text_order(row.order_key)
    return {"kind": row.kind, "due": iso(row.due), "order": key.number if key else None}


def _todo(row: Any) -> Facts:
    key = text_order(row.order_key)
    order = key.number if key else None
    about = {"about": row.about}  # the number of a case
    return {"id": row.id, "what": row.what, "due": iso(row.due), "order": order} | about


def _recent(conn: Connection, since: datetime) -> Facts:
    return {"decided": overview.decided(conn, since), "sent": contacts.sent_since(conn, since)}


def _orders(conn: Connection) -> Facts:
    last = orders.last_import(conn)
    imported = {"file": last.name, "at": iso(last.at)} if last else None
    return {"count": orders.count(conn), "last_import": imported}


def _disk_free(path: Path) -> int | None:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return None
