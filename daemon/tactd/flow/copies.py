"""Copies of the seller's own replies that come into his inbox: from himself, because he named
himself in Bcc, or from a marketplace on whose site he wrote. He wrote to a buyer, so it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from tactd.adapters.store import contacts, endpoint_text, replies
from tactd.adapters.store.replies import Stored
from tactd.core.decide.match import weigh
from tactd.core.orders import normal_address
from tactd.core.reach import pasted, site_of
from tactd.core.sender.proved import proved
from tactd.core.types import (
    BuyerWrote,
    By,
    ContactKind,
    ContactState,
    Decision,
    Endpoint,
    Facts,
    LedgerRow,
    Mail,
    MailKind,
    Order,
    OrderKey,
    Policy,
    Reach,
    Vouched,
)
from tactd.flow.by_hand import contacts_by_hand, sent_at
from tactd.flow.sent import ours

Contact = tuple[LedgerRow, str]
"""A row of the ledger, and what makes it the same row when it is seen again."""

# A marketplace copies a mail when it has passed it on: seldom later than this.
PASSED_ON = timedelta(days=1)
CLOCKS = timedelta(minutes=10)
COMPARED = 200  # characters of a reply, white space left out: some copies are cut short


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy proves: that the seller has written, or that a reply of ours was passed on."""

    by_hand: tuple[Contact, ...] = ()
    reply: int | None = None


def read_copy(
    conn: Connection, event: BuyerWrote, facts: Facts, decision: Decision, policy: Policy
) -> Copied:
    """Nothing, if it is no copy, or if it does not tell to whom he wrote."""
    if decision.kind is not MailKind.OWN_REPLY_COPY:
        return Copied()
    if event.message.marketplace is None:
        return Copied(_from_himself(conn, event, policy))
    return _from_marketplace(conn, event, facts, policy)


def _from_himself(conn: Connection, event: BuyerWrote, policy: Policy) -> tuple[Contact, ...]:
    mail = event.mail
    own = {normal_address(one) for box in policy.mailboxes for one in box.own_addresses}
    if mail.sender is None or normal_address(mail.sender.email) not in own or ours(conn, mail):
        return ()
    found = contacts_by_hand(mail, event.mailbox, policy)
    return tuple((row, once) for row, once in found if row.endpoint.value not in own)


def _from_marketplace(conn: Connection, event: BuyerWrote, facts: Facts, policy: Policy) -> Copied:
    """Only what is authenticated; and of the seller's own only what names an order: that tells to
    whom he wrote."""
    mail = event.mail
    word, _ = proved(event, policy)
    if word is not Vouched.YES:
        return Copied()
    order = _about(event, facts)
    if ours := _of_ours(conn, event, order):
        return Copied(reply=ours)
    if order is None or not order.endpoints:
        return Copied()
    row = LedgerRow(
        at=sent_at(mail),
        endpoint=_written_to(order, policy),
        mailbox=event.mailbox,
        kind=ContactKind.HAND,
        by=By.SELLER,
        state=ContactState.SENT,
        order=order.key,
    )
    return Copied(((row, f"{mail.message_id or mail.content_key}#{row.endpoint.value}"),))


def _about(event: BuyerWrote, facts: Facts) -> Order | None:
    """The order that the marketplace itself names in its copy; else that to which all of it leads,
    our own words too."""
    site, numbers = event.message.marketplace, event.message.orders
    keys = [OrderKey(site, number) for number in numbers] if site else []
    named = [one.order for one in facts.candidates if one.order.key in keys]
    if len(named) == 1:
        return named[0]
    found = weigh(facts.candidates)
    return found.order if found.certain and not facts.too_many else None


def _written_to(order: Order, policy: Policy) -> Endpoint:
    """On the site, where he is written to there alone."""
    pack = policy.packs.get(order.key.marketplace)
    site = site_of(order.key.marketplace) if pack and pack.reach is Reach.PASTE else None
    return next((one for one in order.endpoints if one.kind is site), order.endpoints[0])


def _of_ours(conn: Connection, event: BuyerWrote, order: Order | None) -> int | None:
    """The reply of which it is a copy: the one whose words it holds; else one about that order
    that waits for its copy, if this one's words cannot be compared, because it holds none or
    because they were pasted, and perhaps changed there."""
    mail, since = event.mail, sent_at(event.mail) - PASSED_ON
    waiting = [*replies.unconfirmed(conn, since), *replies.pasted_since(conn, since)]
    waiting = [one for one in waiting if _before(one, mail) and _of_site(one, event)]
    said = _bare(f"{mail.text}\n{event.message.words}")
    lately = _sent_lately(conn, order, since) if order else []
    spoken = [one for one in (*waiting, *lately) if _fits(one, order) and _said(one, said)]
    about = (one for one in waiting if order and one.reply.order == order.key)
    loose = (one for one in about if pasted(one.reply.to) or not event.message.words)
    if order is None and len({one.reply.order for one in spoken}) > 1:
        return None  # two buyers got the same letter: of which is it the copy?
    found = next(iter(spoken), None) or next(loose, None)
    return found.reply.id if found else None


def _of_site(stored: Stored, event: BuyerWrote) -> bool:
    """A marketplace has passed on only what was for its own buyers."""
    order = stored.reply.order
    return order is None or order.marketplace is event.message.marketplace


def _fits(stored: Stored, order: Order | None) -> bool:
    """Two buyers may get the same letter."""
    return order is None or stored.reply.order in (None, order.key)


def _said(stored: Stored, said: str) -> bool:
    begins = _bare(stored.reply.body)[:COMPARED]
    return bool(begins) and begins in said


def _before(stored: Stored, mail: Mail) -> bool:
    """Clocks differ by a little."""
    return stored.sent_at is None or stored.sent_at <= mail.received + CLOCKS


def _sent_lately(conn: Connection, order: Order, since: datetime) -> list[Stored]:
    texts = [endpoint_text(one) for one in order.endpoints]
    rows = contacts.since(conn, texts, since)
    sent = (replies.get(conn, row.reply) for row in rows if row.reply is not None)
    return [one for one in sent if one is not None]


def _bare(text: str) -> str:
    return "".join(text.split())
