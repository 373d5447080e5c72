"""What is learnt of when the model is right: borders of heads, and the trust in its first intent.

All from margins of texts that the judging model had not seen. Needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import unseen
from corpus import INTENTS, Text
from sklearn.linear_model import LogisticRegression
from unseen import Judged, Seen, margins

from tactd.core.classify.scores import Margins, Trust, chances, clear, evidence

MAIN: Final = ("where_is_my_item", "refund_request", "feedback")
DANGEROUS: Final = frozenset(("legal_threat", "chargeback", "injury", "abuse"))
# Of the messages without a flag, whole or short, so many may be raised by it: it asks a person.
FALSE: Final[Mapping[str, float]] = {
    "legal_threat": 0.008,
    "chargeback": 0.006,
    "abuse": 0.004,
    "injury": 0.02,
    "fraud": 0.008,
    "several_questions": 0.01,
    "sarcasm": 0.012,
    "wants_human": 0.006,
}
# How much of the whole messages that should be sure may be so. Each judged by a model that has not
# seen it: of those in train/, a third near misses and a quarter with a flag, about one in a hundred
# is left wrong; of dev/, which is nearer to life, 2 of 445, and two fifths are covered.
ENOUGH: Final[Mapping[str, float]] = {
    "where_is_my_item": 0.27,
    "refund_request": 0.15,
    "feedback": 0.17,
    "opt_out": 0.35,
    "thanks": 0.28,
}
SURE: Final = tuple(ENOUGH)  # what may ever be sure
MORE: Final = 2.0  # what a whole message counts more than a short text for the tone
Numbers = Any


@dataclass(frozen=True, slots=True)
class Case:
    """A text to which an intent of SURE was given."""

    given: str
    said: tuple[float, ...]
    wrong: float  # half where the intent is present, but not first
    dangerous: bool
    passes: bool  # no danger, flag or second intent bars it
    wanted: bool  # should be sure
    whole: bool  # a whole message; else a short text of train/
    fold: int


def borders(found: Judged, wanted: Numbers, heads: Sequence[str], whole: Numbers) -> Numbers:
    """For each flag the lowest border that is not crossed falsely too often; for each present
    intent and tone the one that is right oftenest. On whole messages."""
    chosen = np.zeros(len(heads))
    for n, head in enumerate(heads):
        kind, _, name = head.partition(":")
        given, truth = found.whole[whole, n], wanted[whole, n]
        if kind == "flag":
            clean = [found.whole[those & ~wanted[:, n], n] for those in (whole, ~whole)]
            chosen[n] = min(0.0, max(np.quantile(one, 1 - FALSE[name]) for one in clean))
        elif kind == "has":
            chosen[n] = max(np.arange(-1.0, 0.6, 0.05), key=lambda b: _f1(given > b, truth))
    for head, border in _tones(found, wanted, heads, whole).items():
        chosen[heads.index(head)] = border
    return chosen


def _tones(
    found: Judged, wanted: Numbers, heads: Sequence[str], whole: Numbers
) -> dict[str, float]:
    """What to take off the margins of good and bad tone, so that most whole messages are right."""
    names = ("tone:positive", "tone:neutral", "tone:negative")
    at = [heads.index(name) for name in names]
    margins, truth = found.whole[:, at], wanted[:, at].argmax(axis=1)
    counts = np.where(whole, MORE, 1.0)
    steps = np.arange(-0.5, 0.55, 0.05)
    tried = [(good, bad) for good in steps for bad in steps]
    good, bad = max(tried, key=lambda one: _right(margins - [one[0], 0, one[1]], truth, counts))
    return {names[0]: float(good), names[2]: float(bad)}


def _right(margins: Numbers, truth: Numbers, counts: Numbers) -> float:
    return float(np.sum(counts * (margins.argmax(axis=1) == truth)))


def flagged(found: Judged, wanted: Numbers, heads: Sequence[str], whole: Numbers) -> Iterator[str]:
    """How often a flag is raised over its border, where it should be and where not."""
    for n, head in enumerate(heads):
        if head.startswith("flag:"):
            given, truth = found.whole[whole, n] > 0, wanted[whole, n]
            yield f"{head} caught {given[truth].mean():.2f} false {given[~truth].mean():.4f}"


def _f1(given: Numbers, truth: Numbers) -> float:
    return float(2 * (given & truth).sum() / max(1, given.sum() + truth.sum()))


def cases(
    texts: Sequence[Text],
    found: Judged,
    rows: Seen,
    heads: Sequence[str],
    heat: float,
    answerable: Set[Text],
) -> list[Case]:
    told = []
    for fold, numbers in enumerate(unseen.folds(texts)):
        for number in numbers:
            given = INTENTS[int(found.pooled[number, : len(INTENTS)].argmax())]
            if given in SURE:
                one = margins(found, rows, heads, number)
                told.append(_case(texts[number], given, one, heat, answerable, fold))
    return told


def _case(
    text: Text, given: str, one: Margins, heat: float, answerable: Set[Text], fold: int
) -> Case:
    wrong = 0.0 if given == text.intent else 0.5 if given in text.also else 1.0
    return Case(
        given,
        evidence(one, chances(one.pooled, heat)),
        wrong,
        not DANGEROUS.isdisjoint(text.flags),
        clear(one, given),
        given == text.intent and should_be_sure(text, answerable),
        unseen.whole_mail(text),
        fold,
    )


def should_be_sure(text: Text, answerable: Set[Text]) -> bool:
    """Of dev/ it is written down; of train/ what is plain and of one intent counts."""
    if text.group.startswith("dev/") and text.intent in MAIN:
        return text in answerable
    return text.intent in SURE and not (text.hard or text.flags or text.also)


def learnt(told: Sequence[Case]) -> dict[str, Any]:
    """The weights of the evidence, as `scores.Trust` has them, and a border for each intent.

    The borders are set on trust by weights that were fitted without the message's fold.
    """
    said = np.array([one.said for one in told])
    mean, spread = said.mean(axis=0), said.std(axis=0)
    rows = (said - mean) / spread
    fine = np.array([one.wrong == 0 and not one.dangerous for one in told])
    fold = np.array([one.fold for one in told])
    trust = np.zeros(len(told))
    for number in sorted(set(fold)):
        weights, more = _fitted(rows, fine, fold != number)
        trust[fold == number] = 1 / (1 + np.exp(-(rows @ weights + more)[fold == number]))
    weights, more = _fitted(rows, fine, np.ones(len(told), dtype=bool))
    weights = weights / spread
    return {
        "weights": weights.tolist(),
        "more": float(more - (weights * mean).sum()),
        "borders": {one: _border(trust, told, one) for one in SURE},
    }


def told(found: Sequence[Case], trust: Mapping[str, Any], wanted: int) -> Iterator[str]:
    """What would be sure. (The weights have seen these margins, the models not the texts.)"""
    made = Trust(tuple(trust["weights"]), trust["more"], trust["borders"])
    sure = [one for one in found if one.passes and made.of(one.said) >= trust["borders"][one.given]]
    for intent, border in trust["borders"].items():
        for whole in (True, False):
            those = [one for one in sure if one.given == intent and one.whole is whole]
            wrong, danger = sum(one.wrong for one in those), sum(one.dangerous for one in those)
            found_in = f"{len(those)} {'whole' if whole else 'short'}"
            yield f"{intent} over {border:.4f}: {found_in}, {wrong} wrong, {danger} dangerous"
    share = sum(one.wanted and one.whole and one.given in MAIN for one in sure) / max(1, wanted)
    yield f"{share:.0%} of what can be answered"


def _fitted(rows: Numbers, fine: Numbers, those: Numbers) -> tuple[Numbers, float]:
    model = LogisticRegression(C=0.1, max_iter=1000)
    model.fit(rows[those], fine[those])
    return model.coef_[0], float(model.intercept_[0])


def _border(trust: Numbers, told: Sequence[Case], intent: str) -> float:
    """Where ENOUGH of the whole messages is covered."""
    here = [
        (float(t), one)
        for t, one in zip(trust, told, strict=True)
        if one.given == intent and one.whole
    ]
    enough = ENOUGH[intent] * sum(one.wanted for _, one in here)
    passed = sorted(((t, one) for t, one in here if one.passes), key=lambda pair: -pair[0])
    got = np.cumsum([one.wanted for _, one in passed])
    return passed[min(int(np.searchsorted(got, enough)), len(passed) - 1)][0]
