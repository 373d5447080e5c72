"""REACH: how the writer of a mail can be answered (design: one function, from the policy pack).

`mail` and `reply` go out by SMTP; `paste` is text that the seller pastes on the marketplace's site,
because no mail of ours reaches the buyer; `none` is nowhere. Who can only be answered on a site is
known by the endpoint that the order book holds there, else by what the marketplace's mail tells
him apart by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from tactd.core.orders import normal_username
from tactd.core.sender.domains import domain_name, organisation
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Mail,
    MailKind,
    Marketplace,
    Message,
    Order,
    OrderKey,
    Pack,
    Reach,
    Vouched,
)

SITES: Mapping[EndpointKind, str] = {
    EndpointKind.EBAY: "eBay",
    EndpointKind.AMAZON: "Amazon",
    EndpointKind.ETSY: "Etsy",
    EndpointKind.ALIEXPRESS: "AliExpress",
    EndpointKind.SHOPIFY: "Shopify",
    EndpointKind.PAYPAL: "PayPal",
    EndpointKind.WALMART: "Walmart",
}
# What tells a writer on a site apart where his username is not known.
_ORDER, _CONVERSATION = "order:", "conversation:"


def reach(message: Message, pack: Pack | None) -> Reach:
    """How the writer of such a mail can be answered, if it has a sender at all. A reply through a
    relay needs what only a mail of his holds: where that is missing, he is answered on the site."""
    if message.kind is MailKind.MESSAGE_NOTICE:
        return Reach.PASTE
    if message.kind is not MailKind.BUYER_MESSAGE:
        return Reach.NONE
    how = pack.reach if pack else Reach.MAIL
    lacking = pack is not None and pack.needs_reference and not message.reference
    return Reach.PASTE if how is Reach.REPLY and lacking else how


def pasted(to: Endpoint) -> bool:
    """Is that a place on a site, where no mail goes?"""
    return to.kind in SITES


def site_endpoint(
    mail: Mail, message: Message, pack: Pack | None, orders: Iterable[Order]
) -> Endpoint | None:
    """Who writes on a site, as the order book holds him for the order that the wrapper names; else
    what tells him apart. None: the mail is of no marketplace."""
    kind = site_of(message.marketplace)
    if kind is None:
        return None
    if not message.opened:  # what is read in it may be his own words: he could be anybody
        return Endpoint(kind, _conversation(mail, message))
    named = (one for one in orders if names(message, one.key))
    for order in named:
        if held := next((one for one in order.endpoints if one.kind is kind), None):
            return held
    return Endpoint(kind, _apart(mail, message, pack))


def site_of(marketplace: Marketplace | None) -> EndpointKind | None:
    """None: it has no site on which messages are written."""
    return _KINDS.get(f"user@{marketplace}")


_KINDS = {kind.value: kind for kind in SITES}


def by_order(key: OrderKey) -> Endpoint | None:
    """As whom an order's buyer is known on its site as long as nobody knows who he is there; None:
    it has no site."""
    kind = site_of(key.marketplace)
    return Endpoint(kind, _ORDER + key.number) if kind else None


def names(message: Message, key: OrderKey) -> bool:
    """Does the marketplace's own wrapper name that order?"""
    return key.marketplace is message.marketplace and key.number in message.orders


def _apart(mail: Mail, message: Message, pack: Pack | None) -> str:
    if len(message.orders) == 1:
        return _ORDER + message.orders[0]
    if message.username and (pack is None or pack.usernames):
        return normal_username(message.username)
    return _conversation(mail, message)


def _conversation(mail: Mail, message: Message) -> str:
    root = next(iter((*mail.references, *mail.in_reply_to)), mail.message_id or mail.content_key)
    return _CONVERSATION + "".join((_path(message.link) or root).split())


def _path(link: str) -> str:
    """The conversation's own page, if its number stands in the path."""
    parts = _split(link)
    return parts[1] if parts and any(one.isdigit() for one in parts[1]) else ""


def place_of(to: Endpoint, order: OrderKey | None) -> str:
    """Where a reply goes, as its file says after "To:": the address, or where to paste it."""
    if not pasted(to):
        return to.value
    if to.value.startswith(_CONVERSATION):
        return f"{SITES[to.kind]}, messages"
    number = order.number if order else to.value.partition(_ORDER)[2]
    return f"{SITES[to.kind]}, {f'order {number}' if number else to.value}"


def confirm_by(to: Endpoint, packs: Iterable[Pack], now: datetime) -> datetime | None:
    """When the marketplace's copy of what goes there now should have come; None: none will."""
    domain = to.value.rpartition("@")[2]
    through = (pack for pack in packs if pack.confirms and domain in pack.relay_domains)
    spans = (pack.confirm_within for pack in through if pack.confirm_within)
    return next((now + span for span in spans), None)


def page(message: Message, pack: Pack | None, word: Vouched) -> str:
    """Where to paste it: the mail's own link only if the marketplace vouches for the mail and the
    link leads to the marketplace; else the page of its messages. "" if neither is known."""
    if word is Vouched.YES and pack is not None and _leads_to(message.link, pack):
        return message.link
    return pack.page if pack else ""


def _leads_to(link: str, pack: Pack) -> bool:
    parts = _split(link)
    return parts is not None and organisation(parts[0]) in pack.own_domains


def _split(link: str) -> tuple[str, str] | None:
    """Host and path of a plain https link. What browsers and libraries read differently (users,
    backslashes, ports) is none."""
    if not link.isascii() or not link.isprintable() or set(link) & set(' \\"<>'):
        return None
    try:
        found = urlsplit(link)
        odd = found.scheme != "https" or "@" in found.netloc or ":" in found.netloc
    except ValueError:
        return None
    host = domain_name(found.hostname or "")
    return None if odd or host is None else (host, found.path)
