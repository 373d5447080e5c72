"""GATHER, for what is due without having been asked for: there is no mail to begin from, only an
order, and the mail of his that the conversation goes on from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from tactd.adapters.store import contacts, endpoint_text, inbound, loops, orders, people
from tactd.core.types import (
    Buyer,
    Candidate,
    Clue,
    Facts,
    FollowUp,
    LoopSigns,
    Mode,
    Past,
    Policy,
)
from tactd.flow.buyers import any_large, known_by_orders, tied
from tactd.flow.gather import sender_of
from tactd.flow.loop_signs import domain_hour
from tactd.flow.reading_back import LEAST, longest_window, sent_read


def gather_follow_up(
    conn: Connection, event: FollowUp, root: str, language: str, policy: Policy, now: datetime
) -> Facts:
    """`root`: of the conversation; `language`: in which he was last written to."""
    order = orders.get(conn, event.order)
    if order is None:
        return Facts()
    sender = sender_of(event.asked, policy, (order,)) if event.asked else None
    him = known_by_orders(conn, tied(conn, (*((sender,) if sender else ()), *order.endpoints)))
    texts = [endpoint_text(one) for one in him.endpoints]
    silence = people.silence_of(conn, texts)
    return Facts(
        candidates=(Candidate(order, (Clue("order", order.key.number),)),),
        buyer=Buyer(
            him.endpoints,
            order.buyer_name,
            max(1, len(him.orders)),
            silence,
            any_large(conn, him.orders),
            him.untied,
        ),
        past=Past((order.key,), inbound.last_language(conn, texts) or language),
        history=tuple(contacts.since(conn, texts, now - longest_window(policy.limits))),
        loop=LoopSigns(
            domain_hour=domain_hour(conn, sender, policy, now) if sender else 0,
            paused=loops.paused(conn, texts, [root] if root else [])[0],
        ),
        sent_read=policy.mode is not Mode.AUTO or sent_read(conn, policy),
        suppressed=bool(people.suppressed_among(conn, texts)),
        wrote_since=inbound.wrote_after(conn, texts, _since(event)),
    )


def _since(event: FollowUp) -> datetime:
    """Who has never written has written since if he has written at all."""
    return event.asked.mail.received if event.asked else event.at - LEAST
