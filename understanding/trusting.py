"""What is learnt of when the model is right: borders of heads, and the trust in its first intent.

All from margins of texts that the judging model had not seen. Needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from unseen import Judged, Seen, margins

from corpus import INTENTS, Text
from tactd.core.classify.scores import Margins, Trust, chances, clear, evidence

MAIN: Final = ("where_is_my_item", "refund_request", "feedback")
# Of the whole messages that can be answered, or are silent wishes: more is not asked of trust.
ENOUGH: Final[Mapping[str, float]] = {**dict.fromkeys(MAIN, 0.4), "opt_out": 0.45, "thanks": 0.15}
SURE: Final = tuple(ENOUGH)  # what may ever be sure
DANGEROUS: Final = frozenset(("legal_threat", "chargeback", "injury", "abuse"))
FOLDS: Final = 5
MORE: Final = 3.0  # what a whole message counts more than a written text, for borders
CLOSER: Final = 10.0  # the same, for trust: nearer to life
Numbers = Any


@dataclass(frozen=True, slots=True)
class Case:
    """A text that one of the three intents was given."""

    given: str
    said: tuple[float, ...]
    wrong: float  # half where the intent is present, but not first
    dangerous: bool
    passes: bool  # no danger, flag or second intent bars it
    whole: bool  # a whole message of dev/
    story: int
    answerable: bool

    @property
    def wanted(self) -> bool:
        """Should it be sure? Of whole messages it is only known for the three main intents."""
        return self.answerable or (self.given not in MAIN and not self.wrong)


def borders(found: Judged, wanted: Numbers, heads: Sequence[str], whole: Numbers) -> Numbers:
    """For each head of flags and present intents the border with the best F1 on whole messages."""
    chosen = np.zeros(len(heads))
    counts = np.where(whole, MORE, 1.0)
    for n, head in enumerate(heads):
        if head.startswith(("flag:", "has:")):
            tried = np.arange(-1.0, 0.6, 0.05)
            chosen[n] = max(tried, key=lambda b: _f1(found.whole[:, n] > b, wanted[:, n], counts))
    for head, border in _tones(found, wanted, heads, whole).items():
        chosen[heads.index(head)] = border
    return chosen


def _tones(
    found: Judged, wanted: Numbers, heads: Sequence[str], whole: Numbers
) -> dict[str, float]:
    """What to take off the margins of good and bad tone, so that most whole messages are right."""
    names = ("tone:positive", "tone:neutral", "tone:negative")
    at = [heads.index(name) for name in names]
    margins, truth = found.whole[whole][:, at], wanted[whole][:, at].argmax(axis=1)
    steps = np.arange(-0.5, 0.55, 0.05)
    tried = [(good, bad) for good in steps for bad in steps]
    good, bad = max(tried, key=lambda one: _right(margins - [one[0], 0, one[1]], truth))
    return {names[0]: float(good), names[2]: float(bad)}


def _right(margins: Numbers, truth: Numbers) -> float:
    return float(np.mean(margins.argmax(axis=1) == truth))


def _f1(given: Numbers, truth: Numbers, counts: Numbers) -> float:
    both = 2 * counts[given & truth].sum()
    return float(both / max(1e-9, counts[given].sum() + counts[truth].sum()))


def cases(
    texts: Sequence[Text],
    found: Judged,
    rows: Seen,
    heads: Sequence[str],
    heat: float,
    answerable: Set[Text],
) -> list[Case]:
    told = []
    for number, text in enumerate(texts):
        given = INTENTS[int(found.pooled[number, : len(INTENTS)].argmax())]
        if given in SURE:
            one = margins(found, rows, heads, number)
            told.append(_case(text, given, one, heat, text in answerable))
    return told


def _case(text: Text, given: str, one: Margins, heat: float, answerable: bool) -> Case:
    wrong = 0.0 if given == text.intent else 0.5 if given in text.also else 1.0
    dangerous = not DANGEROUS.isdisjoint(text.flags)
    intents = chances(one.pooled, heat)
    kind, _, story = text.group.partition("/")
    whole = kind == "dev"
    return Case(
        given,
        evidence(one, intents),
        wrong,
        dangerous,
        clear(one, given),
        whole,
        int(story) if whole else 0,
        answerable,
    )


def learnt(told: Sequence[Case]) -> dict[str, Any]:
    """The weights of the evidence, as `scores.Trust` has them, and a border for each intent.

    The trust in whole messages comes from models that have not seen their story, so that the
    border is not set on what the weights were fitted to.
    """
    said = np.array([one.said for one in told])
    mean, spread = said.mean(axis=0), said.std(axis=0)
    rows = (said - mean) / spread
    fine = np.array([one.wrong == 0 and not one.dangerous for one in told])
    counts = np.array([CLOSER if one.whole else 1.0 for one in told])
    fold = np.array([one.story % FOLDS if one.whole else -1 for one in told])
    unseen = np.zeros(len(told))
    for number in range(FOLDS):
        weights, more = _fitted(rows, fine, np.where(fold == number, 0, counts))
        unseen[fold == number] = (rows @ weights + more)[fold == number]
    weights, more = _fitted(rows, fine, counts)
    weights = weights / spread
    trust = 1 / (1 + np.exp(-unseen))
    return {
        "weights": weights.tolist(),
        "more": float(more - (weights * mean).sum()),
        "borders": {
            **dict.fromkeys(MAIN, _border(trust, told, MAIN)),
            **{one: _border(trust, told, (one,)) for one in SURE if one not in MAIN},
        },
    }


def told(found: Sequence[Case], trust: Mapping[str, Any], answerable: int) -> str:
    """What would be sure. (The weights have seen these margins, the models not the texts.)"""
    made = Trust(tuple(trust["weights"]), trust["more"], trust["borders"])
    sure = [one for one in found if one.passes and made.of(one.said) >= trust["borders"][one.given]]
    lines = [f"sure over {trust['borders']}"]
    for kind, name in ((True, "whole messages"), (False, "written texts")):
        those = [one for one in sure if one.whole is kind]
        wrong, danger = sum(one.wrong for one in those), sum(one.dangerous for one in those)
        lines.append(f"{len(those)} {name}: {wrong} wrong, {danger} dangerous")
    share = sum(one.answerable for one in sure) / max(1, answerable)
    return "; ".join([*lines, f"{share:.0%} of what can be answered"])


def _fitted(rows: Numbers, fine: Numbers, counts: Numbers) -> tuple[Numbers, float]:
    model = LogisticRegression(C=0.1, max_iter=1000)
    model.fit(rows, fine, sample_weight=counts)
    return model.coef_[0], float(model.intercept_[0])


def _border(trust: Numbers, told: Sequence[Case], intents: Sequence[str]) -> float:
    """Over all whole messages that would go out by themselves and be wrong, half a step on.

    Not lower than is needed for ENOUGH: who sees no error has not seen that there is none.
    """
    here = [
        (float(found), one)
        for found, one in zip(trust, told, strict=True)
        if one.whole and one.given in intents
    ]
    wanted = ENOUGH[intents[0]] * sum(one.wanted for _, one in here)
    passed = sorted(((t, one) for t, one in here if one.passes), key=lambda pair: -pair[0])
    border, got = 1.0, 0
    for found, one in passed:
        if one.wrong or one.dangerous or got >= wanted:
            return (border + found) / 2
        border, got = found, got + one.wanted
    return border
