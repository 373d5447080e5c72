"""DUE: is a follow-up still wanted? What has become of the order, what he has written, what he has
been told, and what he and the seller have asked for. What is not wanted any more is dropped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from tactd.core.decide.case import Case
from tactd.core.decide.choose import UNDER_WAY
from tactd.core.decide.limit import counts
from tactd.core.identity.check import Payer, doubt
from tactd.core.orders import open_cases, state
from tactd.core.types import Clue, ContactKind, Evidence, Match, Order, Silence, Situation
from tactd.core.windows import window

# Unasked mail that could not go for so long is not news any more (design: deadline).
STALE = timedelta(days=7)
# What is asked whatever he has written meanwhile about something else.
IN_ANY_CASE = frozenset({Situation.IDENTITY_CHECK})
# What [proactive] has no key for: the seller sees each one before it goes.
WITHOUT_SWITCH = frozenset({Situation.IDENTITY_CHECK})
# The last day of the window of arrival, from its noon (core/types.py) to its end.
BELONGS_TO_WINDOW = timedelta(hours=12)


def due(case: Case) -> Case:
    """The order, and whether there is still something to tell about it."""
    event, found = case.follow_up, case.facts.candidates
    order = next((one.order for one in found if one.order.key == event.order), None)
    language = case.facts.past.language
    case = replace(case, situations=(event.situation,), language=language or "en")
    if order is None:
        return case.skips("due.order_gone", order=event.order.number)
    clue = Clue("order", event.order.number)
    match = Match(order, (order.key,), 1.0, True, (Evidence(clue.kind, clue.value, 1.0),))
    case = replace(case, match=match)
    if code := _over(case, order):
        return case.skips(code, order=event.order.number)
    if not language:
        case = case.stages("classify.language", language="en")
    return case.passes("due.still", order=event.order.number)


def _over(case: Case, order: Order) -> str:
    """Why there is nothing to tell any more (the first row that fits); "" if there is."""
    event = case.follow_up
    unasked = event.kind is ContactKind.UNASKED
    rows = (
        (bool(open_cases(order)), "due.open_case"),
        (_wrote_since(case), "due.wrote_since"),
        (_by_hand(case), "due.seller_wrote"),
        (_told(case), "due.told"),
        (unasked and case.now > event.at + STALE, "due.stale"),
    )
    said = next((code for applies, code in rows if applies), "")
    return said or STILL_DUE.get(event.situation, _always)(case, order)


def _wrote_since(case: Case) -> bool:
    return case.facts.wrote_since is not None and case.follow_up.situation not in IN_ANY_CASE


def _told(case: Case) -> bool:
    """Has he had this mail about this order, whoever sent it?"""
    event = case.follow_up
    return any(
        row.order == event.order and event.situation in row.situation.split() and counts(row)
        for row in case.facts.history
    )


def _by_hand(case: Case) -> bool:
    """The seller's own hand wins."""
    fell_due = case.follow_up.at
    return any(row.kind is ContactKind.HAND and row.at >= fell_due for row in case.facts.history)


def _always(_case: Case, _order: Order) -> str:
    return ""


def _late(case: Case, order: Order) -> str:
    if state(order) not in UNDER_WAY:
        return "due.not_under_way"
    span = window(order, case.policy.delivery)
    over = span is not None and span.latest + BELONGS_TO_WINDOW <= case.now
    return "" if over else "due.not_late"


def _doubtful(_case: Case, order: Order) -> str:
    return "" if doubt(order) is Payer.NAME else "due.payer_clear"


STILL_DUE: Mapping[Situation, Callable[[Case, Order], str]] = {
    Situation.DELAY_NOTICE: _late,
    Situation.IDENTITY_CHECK: _doubtful,
}
"""What must hold of the order, one row a follow-up."""


def wanted(case: Case) -> Case:
    """Does the seller send this kind of unasked mail, and to this buyer? What an answer has
    promised is sent in any case."""
    event = case.follow_up
    if event.kind is not ContactKind.UNASKED or event.situation in WITHOUT_SWITCH:
        return case
    to_whom = case.policy.proactive.get(event.situation, "off")
    if to_whom == "everyone" or (to_whom == "asked" and event.asked is not None):
        return case.passes("proactive.allowed", to_whom=to_whom)
    code = "proactive.not_asked" if to_whom == "asked" else "proactive.off"
    return case.skips(code, situation=event.situation)


def silence(case: Case) -> Case:
    """Has he asked for less mail? What was promised to him is then a person's to send (permit)."""
    level = case.facts.buyer.silence if case.facts.buyer else Silence.NONE
    if case.follow_up.kind is not ContactKind.UNASKED or level is Silence.NONE:
        return case
    return case.skips("silence.stop" if level is Silence.STOP else "silence.no_unasked")
