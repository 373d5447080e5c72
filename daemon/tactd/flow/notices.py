"""NOTICES: what a marketplace mails to the seller meets the order book.

Only what the provider vouches for counts: anybody can write a notice. One that nobody vouches for
changes nothing and is told of. What is said of an order that is not in the book waits for the
export or the sale that brings it, so the order of arrival does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.store import Store, flags, journal, order_text, orders, text_order, told
from tactd.core.merge import merge
from tactd.core.payments import is_payment
from tactd.core.reasons import sentence
from tactd.core.types import (
    MailKind,
    Marketplace,
    Order,
    OrderKey,
    Policy,
    Vouched,
)
from tactd.flow.book import OtherOrderError, enter
from tactd.flow.cases import mind_cases
from tactd.flow.noticed import Notice
from tactd.flow.refusals import approved_again, take_refusal

# What may bring an order that the book does not hold: anything else may only add to one.
BRINGING = frozenset({MailKind.SALE_NOTICE, MailKind.PAYMENT_NOTICE})
# Flags: orders that notices have changed, and that drafts have not been compared with yet.
NOTICED = "noticed:"
Changed = dict[str, str]
"""Orders as order_text writes them ("": any), and since when each is to be compared."""

MOST_NAMELESS = 200
UNPROVEN, CLASH = "notice_unproven", "notice_clash"


def take(conn: Connection, some: Iterable[Notice], policy: Policy, now: datetime) -> None:
    """Merge what these notices tell into the book, as far as somebody vouches for them."""
    for one in some:
        if one.word is not Vouched.YES:
            _distrust(conn, one, now)
            continue
        journal.resolve(conn, UNPROVEN, _about(one), now)
        if one.refused:
            take_refusal(conn, one, policy, now)
        if one.kind is MailKind.OWN_REPLY_COPY:
            approved_again(conn, one, now)
        changed = [order for order in one.tells if _merge(conn, one, order, policy, now)]
        log.event(
            "notice_taken",
            mail=one.mail,
            kind=one.kind,
            marketplace=one.marketplace,
            changed=len(changed),
        )


def _distrust(conn: Connection, one: Notice, now: datetime) -> None:
    """Told of once a mailbox and marketplace, until a notice comes that is vouched for."""
    if one.kind is MailKind.OWN_REPLY_COPY:
        return  # flow/copies.py counts nothing either, and nothing is amiss
    why = sentence(one.why, "en", {})
    journal.report(conn, UNPROVEN, _about(one), f'"{one.subject}" ({why})', now)
    log.event("notice_unproven", level="warning", mail=one.mail, why=one.why)


def _about(one: Notice) -> str:
    return f"{one.marketplace} in {one.mailbox}"


def _merge(conn: Connection, one: Notice, said: Order, policy: Policy, now: datetime) -> bool:
    """Whether the book has changed."""
    if not said.key.number:
        said = Order(key=said.key, cases=said.cases)  # of which order the rest is, nobody knows
    held, waits = told.held_and_told(conn, said.key)
    before = held or waits
    if held is None and not _may_bring(one, said):
        after = merge(before, said) if before else said
        told.put(conn, after if after.key.number else _newest(after))
        mind_cases(conn, before, after, policy, now)
        return False
    try:
        changed = enter(conn, said, now)
    except OtherOrderError as error:
        journal.report(conn, CLASH, f"mail m{one.mail}", str(error), now)
        return False
    if changed:
        note_changed(conn, said.key, now)
        if said.key.marketplace is Marketplace.PAYPAL:
            note_changed(conn, None, now)  # a payment changes the order that it pays for
        after = orders.get(conn, said.key) or said
        mind_cases(conn, before, after, policy, now)
    return changed


def _newest(nameless: Order) -> Order:
    """Of the cases that name no order only the newest are kept: nothing ever takes them away."""
    return replace(nameless, cases=nameless.cases[-MOST_NAMELESS:])


def _may_bring(one: Notice, said: Order) -> bool:
    """What is told of a payment is kept with it: the order that names it may be in the book."""
    return bool(said.key.number) and (one.kind in BRINGING or is_payment(said))


# ------------------------------------------------------------------ what is to be compared


def note_changed(conn: Connection, key: OrderKey | None, now: datetime) -> None:
    """Drafts about this order are to be compared with the book; None: all drafts."""
    flags.put(conn, f"{NOTICED}{order_text(key) or ''}", now.isoformat(), now)


def changed_orders(store: Store) -> Changed:
    """The orders that drafts have yet to be compared with."""
    with store.read() as conn:
        return {name: value for name, (value, _) in flags.under(conn, NOTICED).items()}


def keys_of(changed: Changed) -> frozenset[OrderKey] | None:
    """None: any order may have changed."""
    keys = frozenset(map(text_order, changed))
    return None if None in keys else frozenset(key for key in keys if key)


def compared(store: Store, changed: Changed) -> None:
    """Drafts have been compared with these, as they were then or later."""
    with store.write() as conn:
        for name, value in changed.items():
            flags.drop(conn, NOTICED + name, value)
