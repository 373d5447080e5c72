"""Trains on all written texts and whole messages of dev/, and writes the daemon's file.

Deterministic: the same texts and lexicon give the same bytes on the same versions of the packages.
Needs requirements-train.txt.
"""

# ruff: noqa: T201
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import export
import lexicon
import messages
import numpy as np
import quality
import trusting
import unseen

from corpus import INTENTS, LANGUAGES, TONES, TRAIN, Text

FILE: Final = Path(__file__).parent.parent / "daemon" / "tactd" / "trained" / "intents.bin"
# Features for the intents, for their presence and tone, for flags.
KEPT: Final = {0: 45_000, len(INTENTS): 6_000, 2 * len(INTENTS) + len(TONES): 6_000}
Numbers = Any


def ship(written: Sequence[Text], heads: Sequence[str], targets: Any, fit: Any) -> None:
    """Writes the file that the daemon reads, and tells what its parts did on unseen texts."""
    dev = messages.read_all()
    texts = [*written, *(one.text for one in dev)]
    whole = np.array([False] * len(written) + [True] * len(dev))
    wanted, every = targets(texts), np.arange(len(texts))
    rows = unseen.seen(texts, KEPT, lambda rows: unseen.taught(rows, wanted, every, fit)[0])
    found = unseen.judged(texts, rows, wanted, fit)
    truth = np.array([INTENTS.index(text.intent) for text in texts])
    pooled = found.pooled[:, : len(INTENTS)]
    heat = quality.temperature(pooled[whole], truth[whole])
    shift = trusting.borders(found, wanted, heads, whole)
    for one in (found.whole, found.best):
        one -= shift
    answerable = {one.text for one in dev if one.answerable}
    cases = trusting.cases(texts, found, rows, heads, heat, answerable)
    trust = trusting.learnt(cases)
    print(f"{rows.known.size} features")
    _tell(pooled[whole], truth[whole])
    print(
        trusting.told(
            cases, trust, sum(one.answerable and one.text.intent in trusting.MAIN for one in dev)
        )
    )
    weights, intercepts = unseen.taught(rows, wanted, every, fit)
    head = {
        "temperature": heat,
        "sentence": unseen.SENTENCE,
        "trust": trust,
        "gloss": lexicon.gloss(),
        "texts": _hash(),
    }
    export.write(FILE, heads, rows.known, weights, intercepts - shift, head)


def _tell(margins: Numbers, truth: Numbers) -> None:
    given = margins.argmax(axis=1)
    f1 = quality.f1_by_label(truth, given, len(INTENTS))
    print(
        f"whole messages, unseen: macro-F1 {np.mean(f1):.3f}, right {np.mean(given == truth):.3f}"
    )
    print("  ".join(f"{name} {one:.2f}" for name, one in zip(INTENTS, f1, strict=True)))


def _hash() -> str:
    """Of all that the model is made of."""
    told = hashlib.sha256(lexicon.FILE.read_bytes())
    for language in LANGUAGES:
        told.update((TRAIN / f"{language}.txt").read_bytes())
        told.update((messages.DEV / f"{language}.jsonl").read_bytes())
    return told.hexdigest()[:16]
