"""Copies of the seller's own replies that come into his inbox: from himself, because he named
himself in Bcc, or from a marketplace on whose site he wrote. He wrote to a buyer, so it counts."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection

from tactd.adapters.store import endpoint_text, journal, replies
from tactd.core.decide.match import weigh
from tactd.core.orders import normal_address
from tactd.core.sender.vouched import vouched
from tactd.core.types import (
    BuyerWrote,
    By,
    ContactKind,
    ContactState,
    Decision,
    Facts,
    LedgerRow,
    Mail,
    MailKind,
    Order,
    Policy,
    Vouched,
)
from tactd.flow.by_hand import contacts_by_hand, sent_at
from tactd.flow.sent import ours

Contact = tuple[LedgerRow, str]
"""A row of the ledger, and what makes it the same row when it is seen again."""

# A marketplace copies a mail when it has passed it on: seldom later than this.
PASSED_ON = timedelta(days=1)


def contacts_of_copy(
    conn: Connection, event: BuyerWrote, facts: Facts, decision: Decision, policy: Policy
) -> tuple[Contact, ...]:
    """What the mail proves that the seller has written; nothing, if tactd sent it, if it is no
    copy, or if it does not tell to whom he wrote."""
    if decision.kind is not MailKind.OWN_REPLY_COPY:
        return ()
    if event.message.marketplace is None:
        return _from_himself(conn, event, policy)
    return _from_marketplace(conn, event, facts, policy)


def _from_himself(conn: Connection, event: BuyerWrote, policy: Policy) -> tuple[Contact, ...]:
    mail = event.mail
    own = {normal_address(one) for box in policy.mailboxes for one in box.own_addresses}
    if mail.sender is None or normal_address(mail.sender.email) not in own or ours(conn, mail):
        return ()
    found = contacts_by_hand(mail, event.mailbox, policy)
    return tuple((row, once) for row, once in found if row.endpoint.value not in own)


def _from_marketplace(
    conn: Connection, event: BuyerWrote, facts: Facts, policy: Policy
) -> tuple[Contact, ...]:
    """Only what is authenticated, and names an order: that tells to whom he wrote."""
    mail = event.mail
    boxes = (box for box in policy.mailboxes if box.name == event.mailbox)
    word, _ = vouched(mail, next((box.authserv_ids for box in boxes), ()))
    found = weigh(facts.candidates)
    order = found.order
    if word is not Vouched.YES or facts.too_many or not found.certain or order is None:
        return ()
    if not order.endpoints or _by_us(conn, mail, order):
        return ()
    row = LedgerRow(
        at=sent_at(mail),
        endpoint=order.endpoints[0],
        mailbox=event.mailbox,
        kind=ContactKind.HAND,
        by=By.SELLER,
        state=ContactState.SENT,
        order=order.key,
    )
    return ((row, f"{mail.message_id or mail.content_key}#{row.endpoint.value}"),)


def _by_us(conn: Connection, mail: Mail, order: Order) -> bool:
    """Does it hold the words of a reply that tactd has sent to that buyer lately?"""
    said = _bare(mail.text)
    texts = [endpoint_text(one) for one in order.endpoints]
    rows = journal.contacts(conn, texts, sent_at(mail) - PASSED_ON)
    sent = [replies.get(conn, row.reply) for row in rows if row.reply is not None]
    return any(one is not None and _bare(one.reply.body) in said for one in sent)


def _bare(text: str) -> str:
    return "".join(text.split())
