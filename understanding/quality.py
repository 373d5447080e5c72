"""Figures of a classifier from margins that it gave to texts it had not seen. Needs numpy."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

Numbers = Any  # arrays of numpy

PRECISIONS: Final = (0.95, 0.98, 0.99, 0.995)


def f1_by_label(truth: Numbers, given: Numbers, count: int) -> list[float]:
    found = []
    for label in range(count):
        right = np.sum((truth == label) & (given == label))
        found.append(float(2 * right / max(1, np.sum(truth == label) + np.sum(given == label))))
    return found


def chances(margins: Numbers, temperature: float) -> Numbers:
    scaled = margins / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def temperature(margins: Numbers, truth: Numbers) -> float:
    """The one that makes the truth likeliest; a single number, so it hardly overfits."""
    tried = np.geomspace(0.05, 2, 60)
    return float(min(tried, key=lambda one: _surprise(margins, truth, one)))


def _surprise(margins: Numbers, truth: Numbers, one: float) -> float:
    return float(-np.mean(np.log(chances(margins, one)[np.arange(len(truth)), truth] + 1e-12)))


def calibration_error(best: Numbers, right: Numbers, bins: int = 15) -> float:
    """The mean distance between how sure it is and how often it is right."""
    places = np.minimum((best * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(best[places == b].mean() - right[places == b].mean()) * np.mean(places == b)
            for b in range(bins)
            if np.any(places == b)
        )
    )


def coverage(best: Numbers, right: Numbers) -> dict[str, float]:
    """The share of texts above a threshold at which so many of those above are right."""
    order = np.argsort(-best, kind="stable")
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    found = {}
    for wanted in PRECISIONS:
        good = np.nonzero(precision >= wanted)[0]
        found[f"{wanted:.1%}"] = float((good[-1] + 1) / len(order)) if len(good) else 0.0
    return found


def caught(margins: Numbers, truth: Numbers, raised: float) -> dict[str, float]:
    """A yes-or-no head with its border so low that this share of all texts is flagged."""
    border = float(np.quantile(margins, 1 - raised))
    above = margins >= border
    return {
        "recall at 0": float(np.mean(margins[truth] >= 0)),
        "precision at 0": float(np.sum(truth & (margins >= 0)) / max(1, np.sum(margins >= 0))),
        f"recall with {raised:.0%} flagged": float(np.mean(above[truth])),
    }
