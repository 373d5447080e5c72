"""Features as sparse rows: each family has the length one, times its weight.

Needs scikit-learn's packages (requirements-train.txt).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import scipy.sparse as sp

from tactd.core.classify.features import FAMILIES, LETTERS, grams

# Found by grouped cross-validation; learn.py shows what each is worth.
WEIGHTS: Final[Mapping[str, float]] = {
    "w": 0.7,
    "b": 0.5,
    "c": 1.0,
    "k": 1.0,
    "d": 0.5,
    "x": 0.5,
    "s": 0.5,
}
RAREST: Final = 4  # texts that a feature must be in

Shown = Sequence[Mapping[str, set[str]]]
Matrix = Any  # scipy's types are not checked


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The column of each feature, by family."""

    columns: Mapping[str, Mapping[str, int]]

    @property
    def size(self) -> int:
        return sum(len(names) for names in self.columns.values())


def vocabulary(shown: Shown, families: str = FAMILIES, rarest: int = RAREST) -> Vocabulary:
    columns: dict[str, dict[str, int]] = {}
    start = 0
    for family in families:
        counts = Counter(name for one in shown for name in set(_names(one, family)))
        names = sorted(name for name, count in counts.items() if count >= rarest)
        columns[family] = {name: start + n for n, name in enumerate(names)}
        start += len(names)
    return Vocabulary(columns)


def rows(shown: Shown, known: Vocabulary) -> Matrix:
    """Unknown features make a row shorter: a text of unknown words moves the model little."""
    ends, places, values = [0], [], []
    for one in shown:
        for family, columns in known.columns.items():
            names = _names(one, family)
            found = [columns[name] for name in names if name in columns]
            places += found
            values += [WEIGHTS[family] / max(1, len(names)) ** 0.5] * len(found)
        ends.append(len(places))
    matrix = sp.csr_matrix((np.array(values), places, ends), shape=(len(shown), known.size))
    matrix.sum_duplicates()
    return matrix


def _names(one: Mapping[str, set[str]], family: str) -> Collection[str]:
    """A run of letters once for each word that it is in."""
    if family == LETTERS:
        return [run for word in one[family] for run in grams(word)]
    return one.get(family, ())


def strongest(known: Vocabulary, weights: Any, most: Mapping[int, int]) -> tuple[Vocabulary, Any]:
    """Those whose greatest weight is greatest, and the columns where they were.

    `most` says how many to keep for which heads: first head of a range, count.
    """
    chosen = np.zeros(known.size, dtype=bool)
    starts = [*most, len(weights)]
    for start, end in pairwise(starts):
        strength = np.abs(weights[start:end]).max(axis=0)
        chosen[np.argsort(-strength, kind="stable")[: most[start]]] = True
    places = np.cumsum(chosen) - 1
    columns = {
        family: {name: int(places[at]) for name, at in names.items() if chosen[at]}
        for family, names in known.columns.items()
    }
    return Vocabulary(columns), np.nonzero(chosen)[0]
