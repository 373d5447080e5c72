"""Trains the classifier on train/ and tells how it does on formulations it has not seen.

    python understanding/learn.py            all figures, results/learn.json and results/model.bin
    python understanding/learn.py --steps    what each family of features is worth
    python understanding/learn.py --export   the file of the daemon, without other figures
    python understanding/learn.py --left-out each language judged by the others alone

Needs requirements-train.txt and the package installed. A fold never divides a formulation group.
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import export
import numpy as np
import quality
import scipy.sparse as sp
import ship
import unseen
from corpus import FLAGS, INTENTS, LANGUAGES, TONES, Text, read_all
from joblib import Parallel, delayed
from lexicon import shown as shown_by
from matrix import Matrix, Shown, Vocabulary, rows, vocabulary
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from tactd.core.classify.features import FAMILIES

RESULTS: Final = Path(__file__).parent / "results"
FOLDS: Final = 5
SOFTNESS: Final = 0.3  # LinearSVC's C
ROUNDS: Final = 10  # after which its weights hardly move
SMOOTH: Final = 0.5  # texts that each feature is counted more often
TRUST_IN_COUNTS: Final = 0.7  # the power of a feature's scale; 0 is a plain SVM
CORES: Final = 2
STEPS: Final = ("w", "wb", "c", "wbcs", "k", "kds", "wbcks", "wbckds", "wbckdxs")
FLAGGED: Final = 0.2  # of all texts may be raised by a flag

NO_TRUST: Final = {"weights": [0.0] * 10, "more": 0.0, "borders": {}}

Numbers = Any
Fold = tuple[Numbers, Numbers]
HEADS: Final = (
    *(f"intent:{one}" for one in INTENTS),  # what sentences tell as well comes first
    *(f"flag:{one}" for one in FLAGS),
    *(f"has:{one}" for one in INTENTS),
    *(f"tone:{one}" for one in TONES),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--left-out", action="store_true")
    parser.add_argument("--export", action="store_true")
    options = parser.parse_args()
    texts = read_all().texts
    if options.export:
        ship.ship(texts, HEADS, targets, fit)
        print(json.dumps(export.measured(ship.FILE, texts[::10]), indent=1))
        return 0
    shown = [shown_by(text.whole, text.language) for text in texts]
    RESULTS.mkdir(exist_ok=True)
    if options.steps:
        found = {step: _told(step, texts, shown, folds(texts), step) for step in STEPS}
        return _write("steps.json", found)
    if options.left_out:
        found = {
            step: _told(f"left out {step}", texts, shown, by_language(texts), step)
            for step in ("wbcs", FAMILIES)
        }
        return _write("left-out.json", found)
    return _write("learn.json", everything(texts, shown))


def _told(
    name: str, texts: Sequence[Text], shown: Shown, parts: list[Fold], families: str
) -> dict[str, Any]:
    margins = judged(shown, parts, targets(texts)[:, : len(INTENTS)], families)
    found = of_intents(texts, margins)
    three = [found["f1"][one] for one in ("where_is_my_item", "refund_request", "feedback")]
    print(
        f"{name:16} macro-F1 {found['macro_f1']:.3f}  accuracy {found['accuracy']:.3f}"
        f"  where/refund/feedback {'/'.join(f'{one:.3f}' for one in three)}"
        f"  hard {found['hard_accuracy']:.3f}  worst {found['worst_language']}",
        flush=True,
    )
    return found


# --------------------------------------------------------------------------- training


def folds(texts: Sequence[Text]) -> list[Fold]:
    groups = [text.group for text in texts]
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=1)
    return list(split.split(groups, [text.intent for text in texts], groups))


def by_language(texts: Sequence[Text]) -> list[Fold]:
    spoken = np.array([text.language for text in texts])
    return [(np.nonzero(spoken != one)[0], np.nonzero(spoken == one)[0]) for one in LANGUAGES]


def targets(texts: Sequence[Text]) -> Numbers:
    """A column of yes and no for each head."""
    return np.array([[head in _true(text) for head in HEADS] for text in texts])


def _true(text: Text) -> set[str]:
    return {
        f"intent:{text.intent}",
        f"tone:{text.tone}",
        *(f"has:{one}" for one in (text.intent, *text.also)),
        *(f"flag:{one}" for one in text.flags),
    }


def judged(shown: Shown, parts: list[Fold], wanted: Numbers, families: str = FAMILIES) -> Numbers:
    """The margins of each text from a model that has not seen its group."""
    margins = np.full(wanted.shape, -9.0)
    for learnt, others in parts:
        known = vocabulary([shown[n] for n in learnt], families)
        weights, intercepts = fit(rows([shown[n] for n in learnt], known), wanted[learnt])
        margins[others] = rows([shown[n] for n in others], known) @ weights.T + intercepts
    return margins


def fit(matrix: Matrix, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """One weight for each head and feature, and the intercepts.

    A feature is scaled by how much oftener it is where the head says yes, or where it says no, as
    naive Bayes has it (Wang and Manning 2012): what stands in both alike can hardly be learnt by
    heart. The scale becomes part of the weight.
    """
    there = matrix.copy()
    there.data[:] = 1
    found = Parallel(n_jobs=CORES)(delayed(_head)(matrix, there, one) for one in wanted.T)
    weights, intercepts = zip(*found, strict=True)
    return np.array(weights), np.array(intercepts)


def _head(matrix: Matrix, there: Matrix, yes: Numbers) -> tuple[Numbers, float]:
    scale = np.abs(_oftener(there, yes)) ** TRUST_IN_COUNTS
    head = LinearSVC(C=SOFTNESS, class_weight="balanced", max_iter=ROUNDS, tol=1e-2, random_state=1)
    with warnings.catch_warnings(action="ignore", category=ConvergenceWarning):
        head.fit(matrix @ sp.diags(scale), yes)
    return head.coef_[0] * scale, float(head.intercept_[0])


def _oftener(there: Matrix, yes: Numbers) -> Numbers:
    """The logarithm of a feature's share of the yes over its share of the no."""
    every = np.asarray(there.sum(axis=0)).ravel() + 2 * SMOOTH
    here = np.asarray(there[yes].sum(axis=0)).ravel() + SMOOTH
    other = every - here
    return np.log(here / here.sum()) - np.log(other / other.sum())


# --------------------------------------------------------------------------- figures


def of_intents(texts: Sequence[Text], margins: Numbers) -> dict[str, Any]:
    truth = np.array([INTENTS.index(text.intent) for text in texts])
    given = margins[:, : len(INTENTS)].argmax(axis=1)
    right = given == truth
    heat = quality.temperature(margins[:, : len(INTENTS)], truth)
    best = quality.chances(margins[:, : len(INTENTS)], heat).max(axis=1)
    f1 = quality.f1_by_label(truth, given, len(INTENTS))
    spoken = np.array([text.language for text in texts])
    languages = {one: float(right[spoken == one].mean()) for one in LANGUAGES}
    worst = min(languages, key=languages.__getitem__)
    plain = np.array([not text.flags and not text.also for text in texts])
    return {
        "texts": len(texts),
        "macro_f1": float(np.mean(f1)),
        "accuracy": float(right.mean()),
        "hard_accuracy": float(right[np.array([text.hard for text in texts])].mean()),
        "f1": dict(zip(INTENTS, f1, strict=True)),
        "languages": languages,
        "worst_language": f"{worst} {languages[worst]:.3f}",
        "temperature": heat,
        "calibration_error": quality.calibration_error(best, right),
        "coverage": quality.coverage(best, right),
        "coverage without flag or second intent": quality.coverage(best[plain], right[plain]),
    }


def of_other_heads(texts: Sequence[Text], margins: Numbers) -> Iterator[tuple[str, Any]]:
    wanted = targets(texts)
    tones = slice(HEADS.index("tone:positive"), HEADS.index("tone:negative") + 1)
    truth, given = wanted[:, tones].argmax(axis=1), margins[:, tones].argmax(axis=1)
    f1 = quality.f1_by_label(truth, given, len(TONES))
    yield "tone", dict(zip(TONES, f1, strict=True))
    for flag in FLAGS:
        at = HEADS.index(f"flag:{flag}")
        yield flag, quality.caught(margins[:, at], wanted[:, at], FLAGGED)


def everything(texts: Sequence[Text], shown: Shown) -> dict[str, Any]:
    start, wanted = time.perf_counter(), targets(texts)
    parts = folds(texts)
    margins = judged(shown, parts, wanted)
    found = {"intents": of_intents(texts, margins), **dict(of_other_heads(texts, margins))}
    print(json.dumps(found, indent=1), flush=True)
    heat = found["intents"]["temperature"]
    learnt, unseen = parts[0]
    file = _exported([shown[n] for n in learnt], wanted[learnt], heat, "fold.bin")
    found["exported"] = export.compared(file, [texts[n] for n in unseen], margins[unseen])
    print(f"trained and judged in {time.perf_counter() - start:.0f} s")
    file = _exported(shown, wanted, heat, "model.bin")
    found["exported"] |= export.measured(file, texts[::10])
    print(json.dumps(found["exported"], indent=1))
    return found


def _exported(shown: Shown, wanted: Numbers, heat: float, name: str) -> Path:
    known: Vocabulary = vocabulary(shown)
    weights, intercepts = fit(rows(shown, known), wanted)
    more = {
        "temperature": heat,
        "sentence": unseen.SENTENCE,
        "trust": NO_TRUST,
        "gloss": {},
    }
    return export.write(RESULTS / name, HEADS, known, weights, intercepts, more)


def _write(name: str, found: dict[str, Any]) -> int:
    (RESULTS / name).write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
