"""The seller has said who is one person and who is not (`tactd buyers untie`, `tie`). What was
drafted before may tell one what is the other's, or answer the mails of both: it is drawn again, and
what he has edited himself is not sent before he has read it once more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import (
    Store,
    answered,
    endpoint_text,
    flags,
    inbound,
    replies,
    text_endpoint,
    ties,
)
from tactd.adapters.store.replies import Stored
from tactd.flow.buyers import Tied, known_by_orders, tied

WHO_CHANGED = "buyers.changed"
"""The code of why."""

# A flag: drafts have not been compared with what he has said.
SAID = "who_is_one"


def note_said(conn: Connection, now: datetime) -> None:
    flags.put(conn, SAID, now.isoformat(), now)


def said(store: Store) -> str:
    """What drafts have yet to be compared with; "" if nothing."""
    with store.read() as conn:
        found = flags.get(conn, SAID)
    return found[0] if found else ""


def compared(store: Store, what: str) -> None:
    """Drafts have been compared with that, or something later."""
    with store.write() as conn:
        flags.drop(conn, SAID, what)


def is_other(conn: Connection, stored: Stored) -> bool:
    """Is its buyer other endpoints than when it was drafted?"""
    return _texts(_him(conn, stored)) != set(stored.buyer)


def parted(conn: Connection, stored: Stored) -> tuple[str, ...]:
    """Endpoints that were his when this was drafted; now the seller says that they are not."""
    if not ties.undone(conn):
        return ()
    apart = {endpoint_text(one) for one in _him(conn, stored).untied}
    return tuple(sorted(apart.intersection(stored.buyer)))


def take_apart(conn: Connection, stored: Stored) -> list[Stored]:
    """The mails of others that this was to answer too are not answered by it any more; what was
    drafted for them once, to be drawn again."""
    mail = stored.reply.mail
    if mail is None:
        return []
    his = _texts(_him(conn, stored))
    filed = [(one, inbound.filed(conn, one)) for one in answered.together_with(conn, mail)]
    others = [one for one, row in filed if row is not None and row.endpoint not in his]
    answered.note_alone(conn, others)
    drafts = (replies.newest_of_mail(conn, one) for one in others)
    return [draft for draft in drafts if draft is not None]


def _him(conn: Connection, stored: Stored) -> Tied:
    return known_by_orders(conn, tied(conn, (text_endpoint(stored.endpoint),)))


def _texts(him: Tied) -> set[str]:
    return {endpoint_text(one) for one in him.endpoints}
