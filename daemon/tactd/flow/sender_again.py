"""CHECK AGAIN: DNS was silent, or failed, when a mail was fetched: its sender is unproven for now.
His key is asked for again a few times over hours, as long as nothing has become of the mail; what
comes of it counts as if it had been known at once. After the last try a person decides, as ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.store import Store, flags, inbound, replies
from tactd.core.sender.proved import HOLDS
from tactd.core.types import Fetched, Signed
from tactd.flow.signed import UNASKED

AGAIN = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
"""Between one try and the next."""

AT_ONCE = 10  # mails in one round: each may take as long as PATIENCE_AGAIN
UNCHECKED = Signed("sender.not_checked")
"""Of a mailbox whose senders are not checked by ourselves any more."""

# Flags: mails whose signatures are to be checked again; how often that was tried.
_WAITING = "sender_again:"


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail whose signatures are to be checked again."""

    mail: int
    mailbox: str
    raw: bytes
    tried: int


def note_unasked(conn: Connection, kept: Mapping[int, Fetched], now: datetime) -> None:
    """Of what has just been kept."""
    for mail_id, one in kept.items():
        if one.signed is not None and one.signed.code == UNASKED:
            flags.put(conn, f"{_WAITING}{mail_id}", "0", now)


def due(store: Store, now: datetime) -> list[Asked]:
    with store.read() as conn:
        waiting = flags.under(conn, _WAITING)
        ripe = sorted(
            (at, int(mail), int(tried))
            for mail, (tried, at) in waiting.items()
            if now - at >= AGAIN[int(tried)]
        )
        found = [(inbound.one(conn, mail), tried) for _, mail, tried in ripe[:AT_ONCE]]
    return [Asked(kept.id, kept.mailbox, kept.raw, tried) for kept, tried in found if kept]


def conclude(conn: Connection, asked: Asked, found: Signed, now: datetime) -> bool:
    """Keep what was found, or when to try again; whether the sender is proved now."""
    name, tried = f"{_WAITING}{asked.mail}", asked.tried + 1
    log.event("sender_asked_again", mail=asked.mail, tried=tried, found=found.code)
    if found.code == UNASKED and tried < len(AGAIN):
        flags.put(conn, name, str(tried), now)
        return False
    flags.drop(conn, name, str(asked.tried))
    if found != UNCHECKED:
        inbound.note_signed(conn, asked.mail, found)
    return found.code == HOLDS


def judged_without_reply(conn: Connection, mail_id: int) -> bool:
    """A notice, or what nobody was to see: it is judged afresh at once. (A draft is drawn again by
    flow/checking.py, which knows whether the seller has edited it.)"""
    filed = inbound.filed(conn, mail_id)
    return filed is not None and filed.state == "done" and not replies.newest_of_mail(conn, mail_id)
