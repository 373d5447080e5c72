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
    "injury": frozenset(("INJURY", "FIRE")),
    "fraud": frozenset(("FRAUD", "FAKE")),
}
NEAR: Final = -0.35  # a margin from which the whole text is close to a danger
NEAR_WITH_WORD: Final = -0.6  # the same, where a concept is a sign of it
WELL_OVER: Final = 0.4  # one sentence is a danger by itself
DISPLEASED: Final = 1.5  # how far a bad tone must lead: "I wait for three weeks" alone is no anger
ANGER: Final = frozenset(("DISAPPOINT", "BAD", "INSULT", "FRAUD", "ENOUGH"))  # or these with it


@dataclass(frozen=True, slots=True)
class Margins:
    """By label. `whole` of the whole text, `best` of its likeliest sentence."""

    pooled: Mapping[str, float]  # intents only: the whole and a share of two sentences
    whole: Mapping[str, float]
    best: Mapping[str, float]
    conceptual: Mapping[str, float]  # the part of the intents' that concepts bring
    concepts: frozenset[str]
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
    return Scores(
        intents=intents,
        also=_also(margins, first),
        tone=_tone(margins.whole),
        displeased=_displeased(margins),
        flags=_over(margins.whole, "flag:"),
        because=because,
        agreed=_agreed(margins, first),
        trust=trusted,
        sure=trusted >= trust.borders.get(first, 2.0) and clear(margins, first),
    )


def clear(margins: Margins, first: str) -> bool:
    """One intent, of which concepts alone say the same, and no flag or danger near."""
    barred = _also(margins, first) or _over(margins.whole, "flag:") or dangerous(margins)
    return _agreed(margins, first) and not barred


def dangerous(margins: Margins) -> bool:
    """Could it be a threat, an insult, an injury, a reproach of fraud? Rather too often yes."""
    for danger, words in DANGERS.items():
        label = f"flag:{danger}"
        near = NEAR if words.isdisjoint(margins.concepts) else NEAR_WITH_WORD
        if margins.whole[label] > near or margins.best[label] > WELL_OVER:
            return True
    return False


def evidence(margins: Margins, intents: Mapping[str, float]) -> tuple[float, ...]:
    """What speaks for the first intent, as numbers; `Trust` weighs them."""
    first, chance = next(iter(intents.items()))
    others = (v for k, v in margins.whole.items() if k[:4] == "has:" and k[4:] != first)
    risks = (v for k, v in margins.best.items() if k[:5] == "flag:")
    return (
        chance,
        math.log(chance / max(1e-6, 1 - chance)),
        _ahead(margins.pooled, first),
        _ahead(margins.conceptual, first),
        _ahead({k[7:]: v for k, v in margins.whole.items() if k[:7] == "intent:"}, first),
        -max(others),
        -max(risks),
        margins.whole["tone:negative"],
        -math.log(1 + margins.sentences),
        -math.log(1 + margins.length),
    )


def _ahead(margins: Mapping[str, float], first: str) -> float:
    return margins[first] - max(value for name, value in margins.items() if name != first)


def _over(margins: Mapping[str, float], kind: str) -> tuple[str, ...]:
    return tuple(k.removeprefix(kind) for k, v in margins.items() if k.startswith(kind) and v > 0)


def _also(margins: Margins, first: str) -> tuple[str, ...]:
    return tuple(one for one in _over(margins.whole, "has:") if one not in (first, "other"))


def _agreed(margins: Margins, first: str) -> bool:
    return _ahead(margins.conceptual, first) > 0


def _tone(margins: Mapping[str, float]) -> str:
    tones = _tones(margins)
    return max(tones, key=tones.__getitem__)


def _displeased(margins: Margins) -> bool:
    lead = _ahead(_tones(margins.whole), "negative")
    return lead > (DISPLEASED if ANGER.isdisjoint(margins.concepts) else 0.0)


def _tones(margins: Mapping[str, float]) -> dict[str, float]:
    return {k[5:]: v for k, v in margins.items() if k[:5] == "tone:"}
