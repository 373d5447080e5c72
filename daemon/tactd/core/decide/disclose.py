"""DISCLOSE: may facts of the order be told to this sender, and may that happen by itself?

Facts go only to an endpoint that the order book holds for the order, and by themselves only when
the provider's own Authentication-Results vouch for the sender (promise 6). To everybody else the
draft says the same, whether the order exists or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tactd.core.decide.case import Case
from tactd.core.orders import normal_address, normal_username, person
from tactd.core.reach import names, page, pasted, place_of, reach, site_endpoint
from tactd.core.sender.proved import proved
from tactd.core.types import (
    BuyerWrote,
    Disclosure,
    Endpoint,
    EndpointKind,
    Facts,
    Mail,
    MailKind,
    Order,
    Pack,
    Reach,
    Tie,
    Verdict,
    Vouched,
)

# The mail may not be the buyer's, or wants the answer elsewhere: it takes nothing from him.
FORGED = frozenset({"disclose.forged", "disclose.reply_to_elsewhere"})


def disclose(case: Case) -> Case:
    mail, order = case.wrote.mail, case.match.order
    to = answer_to(case.wrote, case.pack, orders_of(case.facts))
    sender = person(to) if to else None
    word, why = proved(case.wrote, case.policy)
    apart = order is not None and taken_apart(case.facts, order)
    known = order is not None and sender is not None and holds(order, sender, case.wrote)
    held = known and not apart
    if not held and not apart and (tie := provable_tie(case, sender, word)):
        case, held = replace(case, tie=tie), True
    on_site, typed = to is not None and pasted(to), bool(case.wrote.message.writer)
    verdict, code, facts = judge(
        held=held,
        order=order,
        relay=sender is not None and sender.kind is not EndpointKind.MAIL,
        word=word,
        elsewhere="" if on_site or typed else reply_to_elsewhere(mail, case.pack),
        typed=typed,
    )
    disclosure = Disclosure(
        facts=facts,
        by_itself=verdict is Verdict.PASS,
        to=to,
        warning="" if verdict is Verdict.PASS else code,
    )
    case = replace(case, disclosure=disclosure)
    case = case.note(verdict, code, sender=mail.sender.email if mail.sender else "", why=why)
    how = reach(case.wrote.message, case.pack) if to else Reach.NONE
    return reached(case, how, page(case.wrote.message, case.pack, word))


def reached(case: Case, how: Reach, where: str) -> Case:
    """What only the seller can bring to the buyer is his; `where`: the page to do it on."""
    case = replace(case, reach=how)
    if how in (Reach.MAIL, Reach.REPLY):
        return case
    to = case.disclosure.to if case.disclosure else None
    if how is Reach.NONE or to is None:
        return case.stages("disclose.no_reach")
    told = place_of(to, case.match.order.key if case.match.order else None)
    textless = case.kind is MailKind.MESSAGE_NOTICE
    code = "disclose.answer_there" if textless else "disclose.paste"
    return case.stages(code, place=told, link=where or told)


def judge(
    *,
    held: bool,
    order: Order | None,
    relay: bool,
    word: Vouched,
    elsewhere: str,
    typed: bool = False,
) -> tuple[Verdict, str, bool]:
    """(verdict, code, may facts stand in the draft), the first row that fits."""
    rows = (
        (word is Vouched.NO, Verdict.STAGE, "disclose.forged", False),
        (bool(elsewhere), Verdict.STAGE, "disclose.reply_to_elsewhere", False),
        (order is None, Verdict.STAGE, "disclose.no_order", False),
        (not held, Verdict.STAGE, "disclose.not_on_file", False),
        (typed, Verdict.STAGE, "disclose.typed", True),
        (word is Vouched.YES, Verdict.PASS, "disclose.on_file", True),
        (relay, Verdict.STAGE, "disclose.relay_unproven", False),
    )
    for applies, verdict, code, facts in rows:
        if applies:
            return verdict, code, facts
    return Verdict.STAGE, "disclose.unproven", True


def orders_of(facts: Facts) -> tuple[Order, ...]:
    """The orders that a mail leads to."""
    return tuple(one.order for one in facts.candidates)


def writer(wrote: BuyerWrote, pack: Pack | None, orders: Iterable[Order]) -> Endpoint | None:
    """Who wrote, as the order book would hold him; `orders`: those that his mail leads to."""
    to = answer_to(wrote, pack, orders)
    return person(to) if to else None


def answer_to(wrote: BuyerWrote, pack: Pack | None, orders: Iterable[Order]) -> Endpoint | None:
    """Where an answer goes: exactly where the mail came from, or to him on the site. A relay may
    name the case in Reply-To alone; and from a shop's form comes only what he has typed there."""
    mail, message, packs = wrote.mail, wrote.message, (pack,) if pack else ()
    if reach(message, pack) is Reach.PASTE:
        return site_endpoint(mail, message, pack, orders)
    if message.writer:
        return _endpoint(message.writer, packs)
    sender = _endpoint(mail.sender.email, packs) if mail.sender else None
    cases = [found for one in mail.reply_to if (found := _endpoint(one.email, packs))]
    same = sender is not None and [person(one) for one in cases] == [person(sender)]
    return cases[0] if same else sender


def holds(order: Order, sender: Endpoint, wrote: BuyerWrote) -> bool:
    """Is he, for the order book, the buyer of that order? On a site he is it too where the
    marketplace's wrapper names the order; but where that could not be opened, who he is may be
    his own words."""
    if pasted(sender) and not wrote.message.opened:
        return False
    return sender in order.endpoints or (pasted(sender) and names(wrote.message, order.key))


def taken_apart(facts: Facts, order: Order) -> bool:
    """Does the order name somebody too who, the seller says, is not this buyer? Then nobody knows
    whose it is."""
    untied = facts.buyer.untied if facts.buyer else ()
    return not set(untied).isdisjoint(order.endpoints)


def address_endpoint(email: str, packs: Iterable[Pack]) -> Endpoint | None:
    """Whom an address leads to, as the order book would hold him."""
    found = _endpoint(email, packs)
    return person(found) if found else None


def _endpoint(email: str, packs: Iterable[Pack]) -> Endpoint | None:
    """A relay where one of these marketplaces has its relays, else an ordinary address."""
    address = normal_address(email)
    domain = address.rpartition("@")[2]
    relay = any(domain in pack.relay_domains for pack in packs)
    kind = EndpointKind.RELAY if relay else EndpointKind.MAIL
    return Endpoint(kind, address) if "@" in address else None


def provable_tie(case: Case, sender: Endpoint | None, word: Vouched) -> Tie | None:
    """A relay is the buyer's once a mail authenticated as the marketplace's own names the order,
    or a username and an item that exactly one order fits."""
    order, message = case.match.order, case.wrote.message
    if order is None or sender is None or sender.kind is not EndpointKind.RELAY:
        return None
    if not message.opened:  # who answers by mail may have written all that is read there
        return None
    if word is not Vouched.YES or not case.match.certain:
        return None
    if order.key.marketplace is not message.marketplace:
        return None
    known = next((one for one in order.endpoints if one.kind.value.startswith("user@")), None)
    same_user = known is not None and known.value == normal_username(message.username)
    named = order.key.number in message.orders
    item = any(line.item in message.items for line in order.lines if line.item)
    # Where the wrapper's user cannot be read, what it names may be the writer's own words.
    if not (named or (same_user and item)) or (known and not same_user):
        return None
    evidence = f"order {order.key}" if named else f"{message.username} and an item of {order.key}"
    return Tie(sender, known or sender, evidence, case.now)


def reply_to_elsewhere(mail: Mail, pack: Pack | None) -> str:
    """The Reply-To address, if it is not the From address. A swapped one draws the answer away."""
    if not mail.reply_to:
        return ""
    packs = (pack,) if pack else ()
    sender = address_endpoint(mail.sender.email, packs) if mail.sender else None
    others = (one.email for one in mail.reply_to if address_endpoint(one.email, packs) != sender)
    return next(others, "")
