"""Trains on all written texts, fits the heat on the whole messages of dev/, and writes the file.

Deterministic: the same texts and lexicon give the same bytes on the same versions of the packages.
Needs requirements-train.txt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import export
import lexicon
import matrix
import numpy as np
import quality
from corpus import INTENTS, LANGUAGES, TRAIN, Text
from messages import Message

from tactd.core.classify.features import Shown
from tactd.core.classify.model import Model, load

FILE: Final = Path(__file__).parent.parent / "daemon" / "tactd" / "trained" / "intents.bin"
SENTENCE: Final = 0.3  # what the two likeliest sentences add to the whole; found on dev
Numbers = Any


def ship(
    texts: Sequence[Text], heads: Sequence[str], wanted: Numbers, fit: Any, file: Path = FILE
) -> Model:
    """Writes the file that the daemon reads, and returns it as the daemon loads it."""
    from messages import read_all

    shown = [lexicon.shown(text.whole) for text in texts]
    known = matrix.vocabulary(shown)
    weights, intercepts = fit(matrix.rows(shown, known), wanted)
    messages = read_all()
    heat = _heat(messages, known, weights[: len(INTENTS)], intercepts[: len(INTENTS)])
    head = {"temperature": heat, "sentence": SENTENCE, "texts": _hash()}
    export.write(file, heads, known, weights, intercepts, head)
    return load(file.read_bytes())


def _heat(
    messages: Sequence[Message], known: matrix.Vocabulary, weights: Numbers, intercepts: Numbers
) -> float:
    margins = pooled([lexicon.parts(one.text) for one in messages], known, weights, intercepts)
    truth = np.array([INTENTS.index(one.intent) for one in messages])
    return quality.temperature(margins, truth)


def pooled(
    parts: Sequence[Shown], known: matrix.Vocabulary, weights: Numbers, intercepts: Numbers
) -> Numbers:
    """Margins as the daemon makes them: the whole, and a share of its two likeliest sentences."""
    whole = matrix.rows([one.whole for one in parts], known) @ weights.T + intercepts
    for n, one in enumerate(parts):
        said = matrix.rows(one.sentences or [one.whole], known) @ weights.T + intercepts
        whole[n] += SENTENCE * np.sort(said, axis=0)[-2:].mean(axis=0)
    return whole


def _hash() -> str:
    """Of all that the model is made of."""
    told = hashlib.sha256(lexicon.FILE.read_bytes())
    for language in LANGUAGES:
        told.update((TRAIN / f"{language}.txt").read_bytes())
    return told.hexdigest()[:16]
