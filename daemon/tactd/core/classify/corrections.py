"""What the seller's corrections (`tactd teach`) say of a text: a layer over the trained model.

A text and a correction are sets of numbers (hashed words and concepts); the more of them they
share, the more the correction says of the text. Its word is capped: it adds to the intent that was
meant and takes from the one that was read. It can make a text unsure at once; it can make one sure
only when many agree.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tactd.core.classify.model import Model
from tactd.core.types import Intent, Reading, Taught

BUCKETS: Final = 1 << 20
FAMILIES: Final = "wbkd"  # of features: words, pairs of words, concepts, pairs of concepts
NEAR: Final = 0.3  # cosine below which a correction says nothing of a text
ALIKE: Final = 0.5  # and from which it agrees
STEP: Final = 1.0  # margin that a correction of the very same text adds
CAP: Final = 1.5  # margin that all together add to an intent
MANY: Final = 20  # corrections that must agree before they make anything sure


@dataclass(frozen=True, slots=True)
class Correction:
    marks: frozenset[int]
    read_as: Intent
    intent: Intent


def marks(model: Model, subject: str, words: str, language: str) -> frozenset[int]:
    """What a text is compared by."""
    told = model.shown(subject, words, language).whole
    names = (f"{family} {name}" for family in FAMILIES for name in told[family])
    return frozenset(zlib.crc32(name.encode("utf-8", "replace")) % BUCKETS for name in names)


def taught(text: frozenset[int], corrections: Iterable[Correction]) -> Taught:
    """What the corrections say of a text."""
    adds: dict[Intent, float] = defaultdict(float)
    agreeing: dict[Intent, int] = defaultdict(int)
    for one in corrections:
        near = _cosine(text, one.marks)
        if near < NEAR:
            continue
        weight = STEP * (near - NEAR) / (1 - NEAR)
        adds[one.intent] += weight
        adds[one.read_as] -= weight
        agreeing[one.intent] += near >= ALIKE
    return Taught(
        tuple((intent, round(max(-CAP, min(CAP, more)), 4)) for intent, more in adds.items()),
        tuple(agreeing.items()),
    )


def may_be_sure(found: Reading, untaught: Reading, taught: Taught) -> bool:
    """One correction of such a text is enough against it; for it, many must agree."""
    agreeing = dict(taught.agreeing)
    if any(count for intent, count in agreeing.items() if intent is not found.intent):
        return False
    raised = agreeing.get(found.intent, 0) >= MANY
    return raised or (untaught.sure and untaught.intent is found.intent)


def _cosine(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0
