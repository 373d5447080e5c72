"""MATCH: which order a mail is about.

GATHER has looked up every clue of the mail in the order book; here the orders that were found are
weighed. Clues are taken tier by tier, the strongest first; each tier that says something narrows
the candidates. One candidate left is the match; several are a doubt, and doubt stages.
"""

from __future__ import annotations

from dataclasses import replace

from tactd.core.decide.case import Case
from tactd.core.types import Candidate, Evidence, Match

# What a clue is worth alone. Tiers: the buyer or the marketplace names the order; the
# conversation is about it; it is on file for the sender; it merely fits.
TIERS: tuple[dict[str, float], ...] = (
    {"order": 0.97, "tracking": 0.95, "transaction": 0.95},
    {"username_item": 0.95, "thread": 0.92, "order_quoted": 0.9},
    {"relay": 0.92, "address": 0.92, "username": 0.9},
    {"item": 0.3},
)
WEIGHTS = {kind: weight for tier in TIERS for kind, weight in tier.items()}
BELONGING = frozenset(TIERS[2])
FITTING = frozenset(TIERS[3])
CERTAIN = 0.9


def match(case: Case) -> Case:
    """Conclude the order, or the candidates where it is in doubt."""
    found = weigh(case.facts.candidates)
    if case.facts.too_many:
        return replace(case, match=replace(found, order=None, certain=False)).stages(
            "match.too_many"
        )
    case = replace(case, match=found)
    if not case.facts.candidates:
        return case.stages("match.no_order")
    if found.order is None:
        return case.stages("match.several", orders=", ".join(k.number for k in found.candidates))
    number = found.order.key.number
    if elsewhere := belongs_elsewhere(case.facts.candidates, found):
        return replace(case, match=replace(found, certain=False)).stages(
            "match.other_buyer", order=number, others=elsewhere
        )
    if not found.certain:
        return case.stages("match.weak", order=number)
    return case.passes("match.order", order=number, evidence=_names(found.evidence))


def weigh(candidates: tuple[Candidate, ...]) -> Match:
    """Narrow the candidates tier by tier."""
    left = list(candidates)
    for tier in TIERS:
        named = [one for one in left if any(clue.kind in tier for clue in one.clues)]
        left = named or left
        if len(left) == 1:
            break
    if len(left) != 1:  # those that a stronger clue has ruled out are not in doubt any more
        doubtful = tuple(one.order.key for one in left)
        return Match(None, doubtful, confidence=1 / len(left) if left else 0.0)
    keys = tuple(one.order.key for one in candidates)
    best = left[0]
    evidence = tuple(
        sorted(
            (Evidence(clue.kind, clue.value, WEIGHTS.get(clue.kind, 0.1)) for clue in best.clues),
            key=lambda one: -one.weight,
        )
    )
    confidence = _together(evidence)
    return Match(best.order, keys, confidence, confidence >= CERTAIN, evidence)


def belongs_elsewhere(candidates: tuple[Candidate, ...], found: Match) -> str:
    """The orders on file for the sender, if the one he names is not among them."""
    own = [one for one in candidates if any(clue.kind in BELONGING for clue in one.clues)]
    if not own or any(found.order is one.order for one in own):
        return ""
    return ", ".join(one.order.key.number for one in own)


def _together(evidence: tuple[Evidence, ...]) -> float:
    """Independent signs, each of which may be wrong."""
    doubt = 1.0
    for kind in {one.kind for one in evidence}:
        doubt *= 1 - WEIGHTS.get(kind, 0.1)
    return round(1 - doubt, 4)


def _names(evidence: tuple[Evidence, ...]) -> str:
    return ", ".join(dict.fromkeys(one.kind for one in evidence))
