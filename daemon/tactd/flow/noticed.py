"""What a marketplace's mail tells of orders, and whether it is genuine: read while the mail is
judged, written afterwards (flow/notices.py)."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import datetime

from tactd.adapters.store import order_text
from tactd.core.decide.match import weigh
from tactd.core.orders import normal_address
from tactd.core.sender.proved import proved
from tactd.core.types import (
    BuyerWrote,
    Candidate,
    Facts,
    Mail,
    MailKind,
    Marketplace,
    Order,
    OrderKey,
    Policy,
    Vouched,
)
from tactd.marketplaces.noticed import said_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A marketplace's mail that says something of orders, and whether it is the marketplace's."""

    mail: int
    mailbox: str
    kind: MailKind
    marketplace: Marketplace
    word: Vouched
    why: str  # the code for `word`
    said: datetime
    subject: str
    tells: tuple[Order, ...]
    refused: str  # as Message.refused
    orders: tuple[OrderKey, ...]  # those that it names
    text: str  # of a refusal: all of it, without white space

    @property
    def keys(self) -> frozenset[str]:
        """The orders that it changes, as Judged.keys names them."""
        if self.word is not Vouched.YES:
            return frozenset()
        return frozenset(f"order {order_text(one.key)}" for one in self.tells)


def read_notice(event: BuyerWrote, facts: Facts, mail_id: int, policy: Policy) -> Notice | None:
    """None for a mail that tells nothing: a person's, and most of what a marketplace sends."""
    message = event.message
    if message.marketplace is None or message.kind is MailKind.BUYER_MESSAGE:
        return None
    if not (message.tells or message.refused or message.kind is MailKind.OWN_REPLY_COPY):
        return None
    word, why = _believed(event, policy)
    # A marketplace knows of no orders but its own.
    tells = (one for one in message.tells if one.key.marketplace is message.marketplace)
    return Notice(
        mail=mail_id,
        mailbox=event.mailbox,
        kind=message.kind,
        marketplace=message.marketplace,
        word=word,
        why=why,
        said=said_at(event.mail),
        subject=event.mail.subject[:200],
        tells=tuple(_named(one, facts, message.orders) for one in tells),
        refused=message.refused,
        orders=tuple(OrderKey(message.marketplace, number) for number in message.orders),
        text="".join(event.mail.text[:50_000].split()) if message.refused else "",
    )


# Whose numbers are not its own alone: anybody can pay himself with an invoice of ours, and open a
# shop whose orders are counted like ours.
_OF_ANYBODY = frozenset({Marketplace.PAYPAL, Marketplace.SHOPIFY})


def _believed(event: BuyerWrote, policy: Policy) -> tuple[Vouched, str]:
    """Who got a true mail of a marketplace can send it on as it is, and it stays true: what anybody
    can have written to himself counts only if it is addressed to the seller."""
    word, why = proved(event, policy)
    of_anybody = event.message.refused or event.message.marketplace in _OF_ANYBODY
    if word is Vouched.YES and of_anybody and not _to_seller(event.mail, policy):
        return Vouched.UNKNOWN, "sender.to_another"
    return word, why


def _to_seller(mail: Mail, policy: Policy) -> bool:
    boxes = (one for box in policy.mailboxes for one in box.own_addresses)
    own = {normal_address(one) for one in (policy.seller_address, *boxes)}
    return not own.isdisjoint(normal_address(one.email) for one in (*mail.to, *mail.cc))


# By these the marketplace names an order; other numbers in its mail may be the buyer's words.
_NAMING = frozenset({"order", "transaction", "username_item", "username", "item"})


def _by_marketplace(one: Candidate, named: Container[str]) -> Candidate | None:
    """`named`: the order numbers in the marketplace's own lines."""
    clues = tuple(
        clue
        for clue in one.clues
        if clue.kind in _NAMING and (clue.kind != "order" or clue.value in named)
    )
    return replace(one, clues=clues) if clues else None


def _named(one: Order, facts: Facts, named: Container[str]) -> Order:
    """A case that does not name its order belongs to the one that the rest of it surely fits."""
    if one.key.number or facts.too_many:
        return one
    found = weigh([told for one in facts.candidates if (told := _by_marketplace(one, named))])
    fits = found.certain and found.order is not None
    key = found.order.key if found.order and fits else one.key
    return replace(one, key=key) if key.marketplace is one.key.marketplace else one


def looked_at(facts: Facts) -> frozenset[str]:
    """The orders that a decision rests on, as Judged.keys names them."""
    return frozenset(f"order {order_text(one.order.key)}" for one in facts.candidates)
