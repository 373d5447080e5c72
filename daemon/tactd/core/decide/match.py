"""MATCH: which order a mail is about.

GATHER has looked up every clue of the mail in the order book; here the orders that were found are
weighed. Clues are taken tier by tier, the strongest first; each tier that says something narrows
the candidates. One candidate left is the match. Of several orders of one buyer, what he asks and
how they stand may tell the one that is meant; else they are a doubt, and doubt stages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from tactd.core.decide.case import NO_MATCH, Case
from tactd.core.decide.classify import classify
from tactd.core.decide.which import is_old, last_date, the_one_meant
from tactd.core.orders import state
from tactd.core.types import Candidate, Clue, Evidence, Intent, MailKind, Match, Message, Order

# What a clue is worth alone. Tiers: the buyer or the marketplace names the order; the
# conversation is about it; it is on file for the sender; it merely fits; it may be chance.
TIERS: tuple[dict[str, float], ...] = (
    {"order": 0.97, "tracking": 0.95, "transaction": 0.95},
    {
        "username_item": 0.95,
        "thread": 0.92,
        "order_quoted": 0.9,
        "misnamed": 0.9,
        "tracking_quoted": 0.9,
    },
    {"relay": 0.92, "address": 0.92, "username": 0.9},
    {"item": 0.3},
    {"title": 0.3, "name": 0.3, "place": 0.2},
)
BESIDE = {"state": 0.5}  # evidence that is no clue: see which.py
WEIGHTS = {kind: weight for tier in (*TIERS, BESIDE) for kind, weight in tier.items()}
STRONG = frozenset(kind for tier in TIERS[:3] for kind in tier)
BELONGING = frozenset(TIERS[2])
FITTING = frozenset({"item", "name"})  # what many orders may share: asked for last
CERTAIN = 0.9
RESOLVED = 0.9  # one of several of his orders, by their state
DOUBTFUL = 0.8  # the greatest confidence of what is old, or was told apart by chance signs
# A number of so few digits is typed for other reasons too: a year, a sum, another shop's order.
SHORT, OF_SHORT = 6, 0.75


def match(case: Case) -> Case:
    """Conclude the order, or the candidates where it is in doubt."""
    candidates, message = case.facts.candidates, case.wrote.message
    about = of_what_is_asked(candidates, message)
    found = conclude(about, case.now, lambda: _asked(case))
    if case.facts.too_many:
        return replace(case, match=replace(found, order=None, certain=False)).stages(
            "match.too_many"
        )
    case = replace(case, match=found)
    if not about:
        return case.stages("match.before_sale" if candidates else "match.no_order")
    if found.order is None:
        return case.stages(
            "match.several" if len(found.candidates) > 1 else "match.weak",
            orders=", ".join(key.number for key in found.candidates),
            order=found.candidates[0].number,
        )
    number = found.order.key.number
    if elsewhere := belongs_elsewhere(candidates, found):
        doubt = Match(None, found.candidates, 1.0 / len(found.candidates))
        return replace(case, match=doubt).stages(
            "match.other_buyer", order=number, others=elsewhere
        )
    if case.kind is MailKind.PHISHING_SUSPECT:
        case = replace(case, match=replace(found, certain=False))
    if not case.match.certain:
        return case.stages("match.weak", order=number)
    return case.passes("match.order", order=number, evidence=_names(found.evidence))


def of_what_is_asked(candidates: Sequence[Candidate], message: Message) -> tuple[Candidate, ...]:
    """Without the orders that hold something else than the marketplace says that he asks about:
    who has bought once and asks about another item has no order of it yet. (An order that he names
    himself stays, but not another buyer's where the marketplace names the order.)"""
    named = [one.order for one in candidates if one.order.key.number in message.orders]
    return tuple(
        one
        for one in candidates
        if not _anothers(one.order, named)
        and (
            not _elsewhere(one.order, message.items)
            or any(clue.kind in TIERS[0] for clue in one.clues)
        )
    )


def _anothers(order: Order, named: Sequence[Order]) -> bool:
    """Is it somebody else's than the orders that the marketplace names?"""
    who = {endpoint for one in named for endpoint in one.endpoints}
    return bool(who and order.endpoints) and not who & {*order.endpoints}


def _elsewhere(order: Order, asked: Sequence[str]) -> bool:
    """Does the order hold none of these items? Only numbers of one form can be compared: a report
    may know an item by a number of the shop's own."""
    forms = {(len(item), item.isdigit()) for item in asked}
    alike = [line.item for line in order.lines if (len(line.item), line.item.isdigit()) in forms]
    return len(alike) == len(order.lines) > 0 and not set(alike) & set(asked)


def conclude(candidates: Sequence[Candidate], now: datetime, asked: Callable[[], Intent]) -> Match:
    """The match at that time. What he asks is read only where it decides."""
    found = weigh(candidates)
    if found.order is None:
        return _told_by_state(candidates, found, now, asked)
    named = any(one.kind in TIERS[0] or one.kind == "thread" for one in found.evidence)
    if not named and is_old(found.order, now):
        confidence = min(found.confidence, DOUBTFUL)
        return replace(found, confidence=confidence, certain=False)
    return found


def weigh(candidates: Sequence[Candidate]) -> Match:
    """Narrow the candidates tier by tier, by their clues alone."""
    left, by_chance = list(candidates), False
    for tier in TIERS:
        named = [one for one in left if any(clue.kind in tier for clue in one.clues)]
        if 0 < len(named) < len(left):
            left, by_chance = named, tier is TIERS[-1]
        if len(left) == 1:
            break
    keys = tuple(one.order.key for one in sorted(left, key=_newest_first))
    evidence = _evidence(left[0].clues) if len(left) == 1 else ()
    strong = [one for one in left if any(clue.kind in STRONG for clue in one.clues)]
    if len(left) != 1:  # those that a stronger clue has ruled out are not in doubt any more
        sure = max((_together(_evidence(one.clues)) for one in left), default=0.0)
        return Match(None, keys, (1.0 if strong else sure) / max(1, len(left)))
    confidence = _together(evidence)
    if not strong:
        return Match(None, keys, confidence, evidence=evidence)
    confidence = min(confidence, DOUBTFUL) if by_chance else confidence
    keys = tuple(one.order.key for one in sorted(candidates, key=_newest_first))
    return Match(left[0].order, keys, confidence, confidence >= CERTAIN, evidence)


def belongs_elsewhere(candidates: Sequence[Candidate], found: Match) -> str:
    """The orders on file for the sender, if the one he names is not among them."""
    own = [one for one in candidates if any(clue.kind in BELONGING for clue in one.clues)]
    if not own or any(found.order is one.order for one in own):
        return ""
    return ", ".join(one.order.key.number for one in own)


def _told_by_state(
    candidates: Sequence[Candidate], found: Match, now: datetime, asked: Callable[[], Intent]
) -> Match:
    """Of one buyer's orders, none of which he names, the one that it can be now."""
    left = [one for one in candidates if one.order.key in found.candidates]
    his = [one for one in left if {clue.kind for clue in one.clues} & STRONG]
    named = [one for one in left if {clue.kind for clue in one.clues} & TIERS[0].keys()]
    if len(left) < 2 or len(his) < len(left) or named:
        return found
    meant = the_one_meant([one.order for one in left], asked(), now)
    if meant is None:
        return found
    (best,) = (one for one in left if one.order is meant)
    told = Evidence("state", str(state(meant)), WEIGHTS["state"])
    return Match(meant, found.candidates, RESOLVED, True, (*_evidence(best.clues), told))


def _asked(case: Case) -> Intent:
    reading = classify(replace(case, match=NO_MATCH)).reading
    return reading.intent if reading else Intent.OTHER


def _evidence(clues: Sequence[Clue]) -> tuple[Evidence, ...]:
    weighed = (Evidence(clue.kind, clue.value, _weight(clue)) for clue in clues)
    return tuple(sorted(weighed, key=lambda one: -one.weight))


def _weight(clue: Clue) -> float:
    short = clue.kind in TIERS[0] and sum(map(str.isdigit, clue.value)) < SHORT
    return OF_SHORT if short else WEIGHTS.get(clue.kind, 0.1)


def _together(evidence: Sequence[Evidence]) -> float:
    """Independent signs, each of which may be wrong."""
    doubt = 1.0
    for kind in {one.kind for one in evidence}:
        doubt *= 1 - max(one.weight for one in evidence if one.kind == kind)
    return round(1 - doubt, 4)


def _newest_first(one: Candidate) -> tuple[float, str]:
    last = last_date(one.order)
    return -last.timestamp() if last else 0.0, one.order.key.number


def _names(evidence: Sequence[Evidence]) -> str:
    return ", ".join(dict.fromkeys(one.kind for one in evidence))
