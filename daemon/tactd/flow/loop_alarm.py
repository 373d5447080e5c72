"""A machine seems to answer ours: its conversation is paused, what waits to go there by itself is
put before the seller, and he is told once. `tactd resume` with the buyer's address ends it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import journal, loops, replies, text_endpoint
from tactd.core.reasons import reason
from tactd.core.types import By
from tactd.flow.judge import Judged
from tactd.flow.put_back import stage

TROUBLE = "loop_paused"


def raise_alarm(conn: Connection, judged: Judged) -> None:
    """Does nothing where there is no alarm, and for a mail that may be forged: it would take the
    automatic answers from the true buyer."""
    endpoint, at = judged.filing.endpoint, judged.decision["at"]
    if judged.alarm is None or judged.forged or endpoint is None:
        return
    why = f"{reason(judged.alarm, 'en')} (mail {judged.mail})"
    loops.pause(conn, judged.filing.root or "", endpoint, why, at)
    for stored in replies.open_for(conn, judged.buyer or (endpoint,)):
        if stored.reply.state in replies.TO_GO and stored.reply.by is not By.APPROVED:
            stage(conn, stored, "loop.paused")
    journal.report(conn, TROUBLE, text_endpoint(endpoint).value, why, at)


def end_pause(conn: Connection, endpoints: list[str], roots: list[str], at: datetime) -> list[str]:
    """The seller knows that a person writes there. The addresses that are answered again."""
    ended = [text_endpoint(one).value for one in loops.end_pause(conn, endpoints, roots, at)]
    for address in ended:
        journal.resolve(conn, TROUBLE, address, at)
    return ended
