"""GATHER: everything DECIDE may know about an event, read from the store in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd import marketplaces
from tactd.adapters.store import (
    answered,
    contacts,
    endpoint_text,
    inbound,
    orders,
    people,
    replies,
    text_order,
)
from tactd.adapters.store.inbound import Kept
from tactd.core.decide.disclose import writer
from tactd.core.decide.match import BELONGING, FITTING
from tactd.core.decide.signs import on_this_site, with_signs
from tactd.core.orders import index_keys, normal_address
from tactd.core.reach import by_order, pasted
from tactd.core.types import (
    Buyer,
    BuyerWrote,
    Candidate,
    Clue,
    Endpoint,
    Facts,
    LedgerRow,
    Mail,
    MailKind,
    Message,
    Mode,
    Order,
    OrderKey,
    Past,
    Policy,
    Silence,
    Unanswered,
)
from tactd.flow.buyers import Tied, any_large, known_by_orders, tied
from tactd.flow.loop_signs import loop_signs
from tactd.flow.reading_back import longest_window, sent_read
from tactd.flow.teaching import taught_of

NO_MESSAGE = Message(kind=MailKind.OTHER_NOTICE)
# Under which kinds of key a clue's value is filed in the order book, where the names differ.
LOOKUP: Mapping[str, tuple[str, ...]] = {
    "misnamed": ("order", "tracking", "transaction"),
    "order_quoted": ("order",),
    "thread": ("order",),
    "tracking_quoted": ("tracking",),
}
# A mail that nobody answered for that long is history, not a question that still waits.
STILL_WAITS = timedelta(days=14)
# How far a buyer's clock may be ahead.
WRONG_CLOCK = timedelta(days=1)


def gather(conn: Connection, event: BuyerWrote, kept: Kept, policy: Policy, now: datetime) -> Facts:
    mail = event.mail
    earlier = inbound.by_message_ids(conn, _ids_before(mail))
    thread = _thread_orders(conn, mail, [row.order_key for row in earlier])
    clues = (
        *marketplaces.clues(mail, event.message),
        *(Clue("thread", key.number) for key in thread),
    )
    candidates, too_many = find_orders(conn, clues, event.message)
    sender = sender_of(event, policy, [one.order for one in candidates])
    him = _him(conn, sender, candidates)
    texts = [endpoint_text(one) for one in him.endpoints]
    if texts and not contacts.has_history(conn, texts):
        texts = []  # his first mail: there is nothing to ask for
    history = _history(conn, texts, policy, now)
    bounced = people.bounced_at(conn, texts) if texts else {}
    roots = tuple({str(row.root) for row in earlier if row.root})
    return Facts(
        candidates=candidates,
        too_many=too_many,
        buyer=_buyer(conn, him, _silence(conn, texts, kept)),
        past=Past(
            orders=thread,
            language=_language(conn, texts),
            answered_by_hand=_answered(conn, mail),
        ),
        unanswered=_unanswered(conn, texts, kept, now),
        history=history,
        at_start=kept.at_start,
        flagged_answered=kept.flagged_answered,
        loop=loop_signs(conn, event, kept.id, sender, texts, roots, history, policy, now),
        sent_read=policy.mode is not Mode.AUTO or sent_read(conn, policy),
        suppressed=bool(bounced),
        writes_again=bool(bounced) and sender is not None and _since(bounced, sender, kept),
        taught=taught_of(conn, event.message, policy.reader),
    )


def _since(bounced: Mapping[str, datetime], sender: Endpoint, kept: Kept) -> bool:
    """Is this mail from the one address of his that bounces, and later than that?"""
    own = endpoint_text(sender)
    return all(one == own and at < kept.received for one, at in bounced.items())


def find_orders(
    conn: Connection, clues: Sequence[Clue], message: Message = NO_MESSAGE
) -> tuple[tuple[Candidate, ...], bool]:
    """The orders that the clues lead to, and whether there were too many to gather.

    An item is sold again and again, and many have one name: what merely fits is asked for only
    where nothing else leads to an order. Else it would crowd out the order that is meant; it counts
    for those found, and so do the weak signs in `message` where these leave a doubt."""
    fitting = [clue for clue in clues if clue.kind in FITTING]
    found, too_many = orders.find(conn, [one for one in clues if one not in fitting], LOOKUP)
    if found := on_this_site(found, message):
        found = tuple(_with_fitting(one, fitting) for one in found)
        return (with_signs(found, message) if len(found) > 1 else found), too_many
    found, too_many = orders.find(conn, fitting, LOOKUP)
    return with_signs(found, message), too_many


def _with_fitting(found: Candidate, fitting: Sequence[Clue]) -> Candidate:
    keys = index_keys(found.order)
    also = [clue for clue in fitting if (clue.kind, clue.value) in keys]
    return replace(found, clues=(*found.clues, *also))


def sender_of(event: BuyerWrote, policy: Policy, orders: Iterable[Order]) -> Endpoint | None:
    """Who wrote, as the order book would hold him; `orders` are those that the mail leads to."""
    marketplace = event.message.marketplace
    return writer(event, policy.packs.get(marketplace) if marketplace else None, orders)


def root_of(conn: Connection, mail: Mail) -> str:
    """The Message-ID that the mail's thread begins with, as far as the store knows it."""
    before = _ids_before(mail)
    for row in inbound.by_message_ids(conn, before):
        if row.root:
            return str(row.root)
    for stored in replies.by_message_ids(conn, before):
        if stored.root:
            return stored.root
    return before[0] if before else (mail.message_id or mail.content_key)


def _ids_before(mail: Mail) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*mail.references, *mail.in_reply_to)))


def _thread_orders(conn: Connection, mail: Mail, earlier: list[str | None]) -> tuple[OrderKey, ...]:
    ours = replies.by_message_ids(conn, _ids_before(mail))
    keys = [text_order(text) for text in earlier] + [stored.reply.order for stored in ours]
    return tuple(dict.fromkeys(key for key in keys if key))


def _him(conn: Connection, sender: Endpoint | None, candidates: tuple[Candidate, ...]) -> Tied:
    """The buyer: the sender, every endpoint of an order that is on file for the sender, and what
    his other orders tie to these."""
    if sender is None:
        return Tied(())
    near = [
        endpoint
        for candidate in candidates
        if _is_his(candidate, sender)
        for endpoint in candidate.order.endpoints
    ]
    return known_by_orders(conn, tied(conn, (sender, *near))) if near else Tied((sender,))


def _is_his(candidate: Candidate, sender: Endpoint) -> bool:
    """Who writes on a site is named by the site's wrapper alone, and no clue leads from him."""
    order = candidate.order
    belongs = pasted(sender) or any(one.kind in BELONGING for one in candidate.clues)
    return sender == by_order(order.key) or (belongs and sender in order.endpoints)


def _buyer(conn: Connection, him: Tied, silence: Silence) -> Buyer | None:
    if not him.endpoints:
        return None
    name = next((order.buyer_name for order in him.orders if order.buyer_name), "")
    large = bool(him.orders) and any_large(conn, him.orders)
    return Buyer(him.endpoints, name, len(him.orders), silence, large, him.untied)


def _silence(conn: Connection, texts: list[str], kept: Kept) -> Silence:
    """What he had asked for before this mail: his "stop" still gets its one confirmation."""
    return people.silence_of(conn, texts, f"mail {kept.id}") if texts else Silence.NONE


def _history(
    conn: Connection, texts: list[str], policy: Policy, now: datetime
) -> tuple[LedgerRow, ...]:
    since = now - longest_window(policy.limits)
    return tuple(contacts.since(conn, texts, since)) if texts else ()


def _language(conn: Connection, texts: list[str]) -> str:
    return inbound.last_language(conn, texts) if texts else ""


def _answered(conn: Connection, mail: Mail) -> datetime | None:
    """Some forms and programs give all their mails one Message-ID: what was written long before
    a mail does not answer it."""
    if not mail.message_id:
        return None
    at = answered.at(conn, mail.message_id, writers_of(mail))
    return None if at and mail.date and at < mail.date - WRONG_CLOCK else at


def writers_of(mail: Mail) -> tuple[str, ...]:
    """The addresses that an answer to this mail may go to."""
    people = (*((mail.sender,) if mail.sender else ()), *mail.reply_to)
    return tuple(normal_address(one.email) for one in people if one.email)


def _unanswered(
    conn: Connection, texts: list[str], kept: Kept, now: datetime
) -> tuple[Unanswered, ...]:
    if not texts:
        return ()
    waiting = inbound.waiting(conn, texts, now - STILL_WAITS)
    return tuple(one for one in waiting if one.mail != kept.id)
