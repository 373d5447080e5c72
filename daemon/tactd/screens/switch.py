"""`tactd pause` and `tactd resume`: the kill switch. It lies in the store, so it holds at once for
a running daemon (every send asks for it in the transaction that claims it) and over a restart."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tactd.adapters.store import Store, journal
from tactd.screens.times import iso

Facts = dict[str, Any]


def pause(store: Store, now: datetime) -> Facts:
    """No send begins from now on; one that has begun is let end."""
    with store.write() as conn:
        if journal.paused_since(conn) is None:
            journal.set_flag(conn, journal.KILL_SWITCH, "", now)
        since = journal.paused_since(conn)
    return {"paused": True, "since": iso(since or now)}


def resume(store: Store) -> Facts:
    with store.write() as conn:
        journal.clear_flag(conn, journal.KILL_SWITCH, "")
    return {"paused": False, "since": None}
