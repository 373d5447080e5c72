"""`tactd pause` and `tactd resume`: the kill switch. It lies in the store, so it holds at once for
a running daemon (every send asks for it in the transaction that claims it) and over a restart.
`tactd resume WHO` lets one buyer be answered by itself again instead: after a loop alarm
(flow/loop_alarm.py), or when mail to him had come back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import Store, endpoint_text, flags, inbound, people, text_endpoint
from tactd.core.orders import normal_address, person
from tactd.core.types import Endpoint, EndpointKind
from tactd.errors import TactdError
from tactd.flow import bounces
from tactd.flow.loop_alarm import end_pause
from tactd.screens.times import iso

Facts = dict[str, Any]


def pause(store: Store, now: datetime) -> Facts:
    """No send begins from now on; one that has begun is let end."""
    with store.write() as conn:
        if flags.paused_since(conn) is None:
            flags.put(conn, flags.KILL_SWITCH, "", now)
        since = flags.paused_since(conn)
    return {"paused": True, "since": iso(since or now)}


def resume(store: Store) -> Facts:
    with store.write() as conn:
        flags.drop(conn, flags.KILL_SWITCH, "")
    return {"paused": False, "since": None}


def resume_with(store: Store, who: str, now: datetime, *, agreed: bool = False) -> Facts:
    """Answer this buyer by itself again: his address, or one of his mails (`m12`). `agreed`: he
    had asked for silence and wants mail again, which only he can know. Raises TactdError if
    nothing is stopped there."""
    with store.write() as conn:
        endpoints, roots = _conversation(conn, who)
        ended = end_pause(conn, endpoints, roots, now)
        good = [text_endpoint(one).value for one in endpoints if bounces.lift(conn, one, now)]
        if agreed:
            spoken = {found for one in endpoints for found in people.end_silence(conn, one)}
            good += sorted(text_endpoint(one).value for one in spoken)
        if not ended and not good:
            raise TactdError(f"nothing is stopped for {who}; `tactd status` lists what is")
    return {"resumed": list(dict.fromkeys((*ended, *good)))}


def _conversation(conn: Connection, who: str) -> tuple[list[str], list[str]]:
    """The endpoints and roots of threads that are meant."""
    number = who.removeprefix("m")
    if number.isdecimal():
        row: Any = inbound.filed(conn, int(number))
        if row is None:
            raise TactdError(f"there is no mail {who}; `tactd why` lists the latest")
        return [row.endpoint] * bool(row.endpoint), [row.root] * bool(row.root)
    kinds = (EndpointKind.MAIL, EndpointKind.RELAY)
    return [endpoint_text(person(Endpoint(kind, normal_address(who)))) for kind in kinds], []
