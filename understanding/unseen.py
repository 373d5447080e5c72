"""Margins of every written text from models that have not seen its group. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import lexicon
import matrix
import numpy as np
import scipy.sparse as sp
from courtesy import courteous
from sklearn.model_selection import StratifiedGroupKFold

from corpus import INTENTS, Text
from tactd.core.classify.features import CONCEPTUAL, Shown
from tactd.core.classify.model import whole
from tactd.core.classify.scores import Margins

FOLDS: Final = 4
SENTENCE: Final = 0.3  # what the two likeliest sentences add to the whole; found on dev
Numbers = Any


@dataclass(frozen=True, slots=True)
class Seen:
    """Texts as rows: of the whole, of each sentence, and whose sentence it is."""

    parts: Sequence[Shown]
    lengths: Sequence[int]
    known: matrix.Vocabulary
    wholes: Numbers
    sentences: Numbers
    owner: Numbers
    copies: Numbers  # rows of courteous copies, only learnt from
    copied: Numbers  # whose copies they are


@dataclass(frozen=True, slots=True)
class Judged:
    """A row a text, a column a head."""

    whole: Numbers
    pooled: Numbers
    best: Numbers
    conceptual: Numbers


def seen(texts: Sequence[Text], most: Mapping[int, int], choose: Any) -> Seen:
    """`choose(rows)` gives weights of all features; the `most` strongest are kept."""
    parts = [lexicon.parts(whole(text.subject, text.body)) for text in texts]
    copied = [n for n, text in enumerate(texts) if not whole_mail(text)]
    copies = [lexicon.shown(courteous(texts[n]).whole) for n in copied]
    lengths = [len(text.body) for text in texts]
    known = matrix.vocabulary([*(one.whole for one in parts), *copies])
    first = _rows(parts, lengths, known, copies, np.array(copied))
    return _rows(
        parts,
        lengths,
        matrix.strongest(known, choose(first), most),
        copies,
        np.array(copied),
    )


def _rows(
    parts: Sequence[Shown],
    lengths: Sequence[int],
    known: matrix.Vocabulary,
    copies: matrix.Shown,
    copied: Numbers,
) -> Seen:
    said = [one.sentences or [one.whole] for one in parts]
    return Seen(
        parts,
        lengths,
        known,
        matrix.rows([one.whole for one in parts], known),
        matrix.rows([sentence for one in said for sentence in one], known),
        np.repeat(np.arange(len(parts)), [len(one) for one in said]),
        matrix.rows(copies, known),
        copied,
    )


def judged(texts: Sequence[Text], rows: Seen, wanted: Numbers, fit: Any) -> Judged:
    """All texts, each by a model that has not seen its group but all texts of the other kind."""
    found = Judged(*(np.zeros(wanted.shape) for _ in range(4)))
    for unseen in _folds(texts):
        learnt = np.setdiff1d(np.arange(len(texts)), unseen)
        weights, more = taught(rows, wanted, learnt, fit)
        _put(found, rows, unseen, weights, more)
    return found


def taught(rows: Seen, wanted: Numbers, learnt: Numbers, fit: Any) -> tuple[Numbers, Numbers]:
    """The weights and intercepts that those texts and their courteous copies teach."""
    copies = np.isin(rows.copied, learnt)
    matrix_of = sp.vstack([rows.wholes[learnt], rows.copies[copies]], format="csr")
    return fit(matrix_of, np.concatenate([wanted[learnt], wanted[rows.copied[copies]]]))


def whole_mail(text: Text) -> bool:
    return text.group.startswith("dev/")


def _folds(texts: Sequence[Text]) -> Iterator[Numbers]:
    """Of the written texts, then of the whole messages."""
    whole = np.array([whole_mail(text) for text in texts])
    for kind in (False, True):
        those = np.nonzero(whole == kind)[0]
        groups, intents = zip(*((texts[n].group, texts[n].intent) for n in those), strict=True)
        split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=1)
        for _, unseen in split.split(groups, intents, groups):
            yield those[np.sort(unseen)]


def _put(found: Judged, rows: Seen, those: Numbers, weights: Numbers, more: Numbers) -> None:
    conceptual = np.zeros(rows.known.size)
    for family in CONCEPTUAL:
        conceptual[list(rows.known.columns[family].values())] = 1
    found.whole[those] = rows.wholes[those] @ weights.T + more
    found.conceptual[those] = rows.wholes[those] @ (weights * conceptual).T
    mine = np.isin(rows.owner, those)
    said, owner = rows.sentences[mine] @ weights.T + more, rows.owner[mine]
    starts = np.searchsorted(owner, those)
    for text, start, end in zip(those, starts, [*starts[1:], len(owner)], strict=True):
        best = np.sort(said[start:end], axis=0)[-2:]
        found.pooled[text] = found.whole[text] + SENTENCE * best.mean(axis=0)
        found.best[text] = np.maximum(found.whole[text], best[-1])


def margins(found: Judged, rows: Seen, heads: Sequence[str], text: int) -> Margins:
    """As the daemon has them."""
    told = rows.parts[text]
    return Margins(
        dict(zip(INTENTS, found.pooled[text], strict=False)),
        dict(zip(heads, found.whole[text], strict=True)),
        dict(zip(heads, found.best[text], strict=True)),
        dict(zip(INTENTS, found.conceptual[text], strict=False)),
        frozenset(name for name in told.whole["k"] if name.isalpha()),
        len(told.sentences),
        rows.lengths[text],
    )
