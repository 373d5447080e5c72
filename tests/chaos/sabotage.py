"""Daemons that break a promise on purpose: a harness that does not find these finds nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store.schema import reply
from tactd.core.types import ReplyState, Slice, Watermark
from tactd.flow import send
from tactd.pipeline import Pipeline


def repeats_what_was_cut_off() -> None:
    """What was being sent when it died is sent again."""

    def recover(conn: Connection, now: datetime) -> int:
        begun = reply.update().where(reply.c.state == ReplyState.SENDING)
        return int(conn.execute(begun.values(state=ReplyState.READY)).rowcount)

    send.recover = recover


def moves_the_watermark_first() -> None:
    """And stores the mails in a transaction of their own."""
    keep: Any = Pipeline.keep

    def hasty(self: Pipeline, mailbox: str, batch: Slice) -> int:
        if batch.mails:
            last = Watermark(batch.uidvalidity, batch.mails[-1].uid)
            keep(self, mailbox, replace(batch, mails=(), watermark=last))
        return int(keep(self, mailbox, batch))

    Pipeline.keep = hasty  # type: ignore[method-assign]


SABOTAGE: Mapping[str, Callable[[], None]] = {
    "repeats": repeats_what_was_cut_off,
    "hasty": moves_the_watermark_first,
}
