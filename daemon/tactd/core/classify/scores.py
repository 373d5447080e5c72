"""From margins to an answer, and how far the answer can be trusted.

A margin is how far a text is on a label's side of the border; 0 is the border. What is learnt
(heat, weights of the evidence, borders) comes with the model's file; what is fixed is here.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

DANGERS: Final[Mapping[str, frozenset[str]]] = {  # concepts that may be a sign of each
    "legal_threat": frozenset(("LAWYER", "POLICE")),
    "chargeback": frozenset(("BANK", "DISPUTE")),
    "abuse": frozenset(("INSULT",)),
    "injury": frozenset(("INJURY", "FIRE", "HARM")),
    "fraud": frozenset(("FRAUD", "FAKE")),
}
NEAR: Final = -0.3  # a margin from which the whole text is close to a danger
NEAR_ABUSE: Final = -0.15  # insults are mostly told by one word: any short question is at -0.25
NEAR_WITH_WORD: Final = -0.5  # the same, where a concept is a sign of it
WELL_OVER: Final = 0.4  # one sentence is a danger by itself
ANOTHER: Final = 0.7  # one sentence by itself speaks of something else
ANOTHER_ASKED: Final = 0.2  # the same, where he asks more than once
ASKED_IN_VAIN: Final = -0.4  # a question among several that does not ask the first thing
DISPLEASED: Final = 2.0  # how far a bad tone must lead: "I wait for three weeks" alone is no anger
NO_WISH: Final = frozenset(("other", "thanks"))  # a greeting or a closing is none
ANGER: Final = frozenset(("DISAPPOINT", "BAD", "INSULT", "FRAUD", "ENOUGH"))  # or these with it


@dataclass(frozen=True, slots=True)
class Margins:
    """By label; of the whole text where nothing else is said."""

    pooled: Mapping[str, float]  # intents: the whole and a share of two sentences
    intents: Mapping[str, float]
    present: Mapping[str, float]  # intents, be they first or not
    rivals: Mapping[str, float]  # the same in the sentence that speaks most for each
    asked: Mapping[str, float]  # and in the question that speaks least for each
    tones: Mapping[str, float]
    flags: Mapping[str, float]
    worst: Mapping[str, float]  # flags of the likeliest sentence
    conceptual: Mapping[str, float]  # the part of the intents' that concepts bring
    concepts: frozenset[str]
    asks_twice: bool
    sentences: int
    length: int  # characters


@dataclass(frozen=True, slots=True)
class Trust:
    """A logistic model of whether the first intent is right and nothing is dangerous."""

    weights: tuple[float, ...]  # of what `evidence` returns
    more: float
    borders: Mapping[str, float]  # by intent; an intent without one is never sure

    def of(self, said: Iterable[float]) -> float:
        total = sum(a * b for a, b in zip(self.weights, said, strict=True)) + self.more
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Scores:
    """What a text seems to say."""

    intents: Mapping[str, float]  # calibrated probabilities, the likeliest first
    also: tuple[str, ...]
    tone: str
    displeased: bool  # the tone is bad beyond doubt
    flags: tuple[str, ...]
    because: tuple[str, ...]  # words, and concepts in capitals, that speak for the first intent
    agreed: bool  # concepts alone say the same
    trust: float  # how likely all of it is right
    sure: bool  # of the text alone: trust over the intent's border, nothing dangerous near


def chances(margins: Mapping[str, float], temperature: float) -> dict[str, float]:
    """Probabilities, the likeliest first."""
    most = max(margins.values())
    powers = {name: math.exp((value - most) / temperature) for name, value in margins.items()}
    whole = sum(powers.values())
    return {k: powers[k] / whole for k in sorted(powers, key=powers.__getitem__, reverse=True)}


def judged(
    margins: Margins, intents: Mapping[str, float], trust: Trust, because: tuple[str, ...]
) -> Scores:
    first = next(iter(intents))
    trusted = trust.of(evidence(margins, intents))
    also, flags, agreed = _also(margins, first), _over(margins.flags), _agreed(margins, first)
    fine = agreed and not (also or flags or _rivalled(margins, first))
    return Scores(
        intents=intents,
        also=also,
        tone=max(margins.tones, key=margins.tones.__getitem__),
        displeased=_displeased(margins),
        flags=flags,
        because=because,
        agreed=agreed,
        trust=trusted,
        sure=fine and trusted >= trust.borders.get(first, 2.0) and not dangerous(margins),
    )


def clear(margins: Margins, first: str) -> bool:
    """One intent, of which concepts alone say the same, in all sentences, and no flag or danger
    near."""
    several = _also(margins, first) or _rivalled(margins, first)
    barred = several or _over(margins.flags) or dangerous(margins)
    return _agreed(margins, first) and not barred


def dangerous(margins: Margins) -> bool:
    """Could it be a threat, an insult, an injury, a reproach of fraud? Rather too often yes."""
    for danger, words in DANGERS.items():
        near = NEAR_ABUSE if danger == "abuse" else NEAR
        near = near if words.isdisjoint(margins.concepts) else NEAR_WITH_WORD
        if margins.flags[danger] > near or margins.worst[danger] > WELL_OVER:
            return True
    return False


def evidence(margins: Margins, intents: Mapping[str, float]) -> tuple[float, ...]:
    """What speaks for the first intent, as numbers; `Trust` weighs them."""
    first, chance = next(iter(intents.items()))
    return (
        chance,
        math.log(chance / max(1e-6, 1 - chance)),
        _ahead(margins.pooled, first),
        _ahead(margins.conceptual, first),
        _ahead(margins.intents, first),
        -_greatest(margins.present, first),
        -max(margins.worst.values()),
        margins.tones["negative"],
        -math.log(1 + margins.sentences),
        -math.log(1 + margins.length),
    )


def _ahead(margins: Mapping[str, float], first: str) -> float:
    return margins[first] - _greatest(margins, first)


def _greatest(margins: Mapping[str, float], but: str) -> float:
    return max([value for name, value in margins.items() if name != but])


def _over(margins: Mapping[str, float]) -> tuple[str, ...]:
    return tuple([name for name, value in margins.items() if value > 0])


def _also(margins: Margins, first: str) -> tuple[str, ...]:
    return tuple([one for one in _over(margins.present) if one not in (first, "other")])


def _rivalled(margins: Margins, first: str) -> bool:
    """A short question after a long one: the whole text hardly shows it."""
    if margins.asks_twice and margins.asked[first] < ASKED_IN_VAIN:
        return True
    border = ANOTHER_ASKED if margins.asks_twice else ANOTHER
    return any(margins.rivals[one] > border for one in margins.rivals.keys() - NO_WISH - {first})


def _agreed(margins: Margins, first: str) -> bool:
    return _ahead(margins.conceptual, first) > 0


def _displeased(margins: Margins) -> bool:
    lead = _ahead(margins.tones, "negative")
    return lead > (DISPLEASED if ANGER.isdisjoint(margins.concepts) else 0.0)
