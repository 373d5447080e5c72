"""The steps of a follow-up that a mail has otherwise: to whom it goes, how often, and when.

It has no text to be unsure of and no sender who might be another. What alone stands in its way,
a full limit or his night, holds it until that is over; a doubt is staged like every doubt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from tactd.core.decide.case import Case
from tactd.core.decide.choose import check_facts
from tactd.core.decide.disclose import answer_to, holds, reached, taken_apart
from tactd.core.decide.limit import counts, described, free_at_text, fullest
from tactd.core.decide.protect import check_protection
from tactd.core.orders import person
from tactd.core.quiet import NEVER, quiet_until, zones
from tactd.core.reach import reach, site_of
from tactd.core.types import (
    BuyerWrote,
    ContactKind,
    Disclosure,
    Endpoint,
    EndpointKind,
    Order,
    Pack,
    Reach,
    TrailEntry,
    Verdict,
)


def address(case: Case) -> Case:
    """Where it goes: to the address that he asked from, else the order's own, and only if the
    order book holds it for the order (promise 6)."""
    order, asked = _order(case), case.follow_up.asked
    how, to = _asked_from(asked, order, case.pack) if asked else _on_file(order, case.pack)
    to = to if asked else case.follow_up.to or to
    if to is None or not _held(order, to, asked):
        return case.skips("disclose.no_address", order=order.key.number)
    case = replace(case, disclosure=Disclosure(facts=True, by_itself=True, to=to))
    if taken_apart(case.facts, order):  # whose it is, the seller alone knows
        case = case.stages("disclose.taken_apart", order=order.key.number)
    elif how in (Reach.MAIL, Reach.REPLY):
        case = case.passes("disclose.held")
    return reached(case, how, case.pack.page if case.pack else "")


def _asked_from(
    asked: BuyerWrote, order: Order, pack: Pack | None
) -> tuple[Reach, Endpoint | None]:
    return reach(asked.message, pack), answer_to(asked, pack, (order,))


def _on_file(order: Order, pack: Pack | None) -> tuple[Reach, Endpoint | None]:
    """Who has not written can be replied to nowhere: through a relay goes only an answer."""
    how = pack.reach if pack else Reach.MAIL
    kind = site_of(order.key.marketplace) if how is Reach.PASTE else EndpointKind.MAIL
    to = next((one for one in order.endpoints if one.kind is kind), None)
    return (Reach.NONE if how is Reach.REPLY else how), to


def _held(order: Order, to: Endpoint, asked: BuyerWrote | None) -> bool:
    sender = person(to)
    return holds(order, sender, asked) if asked else sender in order.endpoints


def facts(case: Case) -> Case:
    """Only facts that are known and fresh may go out by themselves (promise 9)."""
    case = case.passes("choose.situation", situation=case.follow_up.situation)
    return check_facts(check_protection(case))


def often(case: Case) -> Case:
    """A full limit makes unasked mail wait, and what was promised a person's to send."""
    kind, order = case.follow_up.kind, _order(case)
    counted = [row for row in case.facts.history if counts(row)]
    full = fullest(counted, case.policy.limits, kind, order.key, case.now)
    if full is None:
        return case.passes("limit.counted", mails=str(len(counted)))
    verdict = Verdict.HOLD if kind is ContactKind.UNASKED else Verdict.STAGE
    return case.note(verdict, f"limit.{full.limit}_full", **described(full, case.policy.timezone))


def quiet(case: Case) -> Case:
    """Nobody is woken by what he has not asked for: it waits for his morning, counted from when
    the limits let it go."""
    hours = case.policy.limits.quiet
    if case.follow_up.kind is not ContactKind.UNASKED or hours is None:
        return case
    where = zones(_order(case).ship_to)
    until = quiet_until(held_until(case.trail) or case.now, hours, where)
    if until == NEVER:
        return case.stages("quiet.unknown_country" if not where else "quiet.no_common_day")
    if until is None:
        return case.passes("quiet.day")
    free_at = free_at_text(until, case.policy.timezone)
    return case.note(Verdict.HOLD, "quiet.night", free_at=free_at)


def held_until(trail: Iterable[TrailEntry]) -> datetime | None:
    """When all that holds it is over; None: nothing does."""
    held = (entry.data["free_at"] for entry in trail if entry.verdict is Verdict.HOLD)
    return max(map(datetime.fromisoformat, held), default=None)


def _order(case: Case) -> Order:
    assert case.match.order is not None  # `due` comes first and drops what has none
    return case.match.order
