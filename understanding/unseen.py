"""Margins of every text from models that have not seen its group. Needs scikit-learn."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import lexicon
import matrix
import numpy as np
import scipy.sparse as sp
from corpus import INTENTS, Text
from courtesy import courteous

from tactd.core.classify.features import ASKS_TWICE, CONCEPTUAL, Shown
from tactd.core.classify.scores import Margins
from tactd.core.classify.subjects import whole

FOLDS: Final = 5  # as many as HANDS
SENTENCE: Final = 0.3  # what the two likeliest sentences add to the whole; found on dev
WHOLE: Final = "wm"  # how groups of whole messages in train/ begin
HANDS: Final = ("de en fr", "es it pt", "ja ko zh", "ar pl ru", "id nl tr")  # a writer's languages
Numbers = Any


@dataclass(frozen=True, slots=True)
class Seen:
    """Texts as rows, whole and sentence by sentence, and whose sentence it is."""

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


def seen(texts: Sequence[Text]) -> Seen:
    parts = [lexicon.parts(whole(text.subject, text.body), text.language) for text in texts]
    said = [one.sentences or [one.whole] for one in parts]
    copied = [n for n, text in enumerate(texts) if not whole_mail(text)]
    copies = [lexicon.shown(courteous(texts[n]).whole, texts[n].language) for n in copied]
    known = matrix.vocabulary([*(one.whole for one in parts), *copies])
    return Seen(
        parts,
        [len(text.body) for text in texts],
        known,
        matrix.rows([one.whole for one in parts], known),
        matrix.rows([sentence for one in said for sentence in one], known),
        np.repeat(np.arange(len(said)), [len(one) for one in said]),
        matrix.rows(copies, known),
        np.array(copied),
    )


def with_strongest(rows: Seen, weights: Numbers, most: Mapping[int, int]) -> Seen:
    """With those features alone that weigh most."""
    known, columns = matrix.strongest(rows.known, weights, most)
    return replace(
        rows,
        known=known,
        wholes=rows.wholes[:, columns],
        sentences=rows.sentences[:, columns],
        copies=rows.copies[:, columns],
    )


def judged(texts: Sequence[Text], rows: Seen, wanted: Numbers, fit: Any) -> Judged:
    """All texts, each by a model that has seen all but its fold."""
    found = Judged(*(np.zeros(wanted.shape) for _ in range(4)))
    for unseen in folds(texts):
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
    kind, _, rest = text.group.partition("/")
    return kind == "dev" or rest.partition("/")[2].startswith(WHOLE)


def folds(texts: Sequence[Text]) -> list[Numbers]:
    """One writer's languages stay together in whole messages: he may tell a story twice.

    So what is judged was written by another hand than all whole messages that were learnt from.
    Of dev/ no story is divided, of the short texts no group.
    """
    fold = np.array([_fold(text) for text in texts])
    return [np.nonzero(fold == number)[0] for number in range(FOLDS)]


def _fold(text: Text) -> int:
    kind, _, story = text.group.partition("/")
    if kind == "dev":
        return int(story) // 9 % FOLDS  # of nine messages of a set two are in dev/, or all
    if whole_mail(text):
        return next(n for n, spoken in enumerate(HANDS) if text.language in spoken)
    return zlib.crc32(text.group.encode()) % FOLDS


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
    whole = dict(zip(heads, found.whole[text], strict=True))
    best = dict(zip(heads, found.best[text], strict=True))
    return Margins(
        pooled=dict(zip(INTENTS, found.pooled[text], strict=False)),
        intents=_of(whole, "intent:"),
        present=_of(whole, "has:"),
        rivals=_of(best, "has:"),
        asked=_of(whole, "has:"),  # questions by themselves are looked at by the daemon alone
        tones=_of(whole, "tone:"),
        flags=_of(whole, "flag:"),
        worst=_of(best, "flag:"),
        conceptual=dict(zip(INTENTS, found.conceptual[text], strict=False)),
        concepts=frozenset(name for name in told.whole["k"] if name.isalpha()),
        asks_twice=not ASKS_TWICE.isdisjoint(told.whole["s"]),
        sentences=len(told.sentences),
        length=rows.lengths[text],
    )


def _of(margins: Mapping[str, float], kind: str) -> dict[str, float]:
    return {name.removeprefix(kind): one for name, one in margins.items() if name.startswith(kind)}
