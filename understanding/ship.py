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
from corpus import FLAGS, INTENTS, LANGUAGES, TRAIN, Text

FILE: Final = Path(__file__).parent.parent / "daemon" / "tactd" / "trained" / "intents.bin"
# Features for the intents, for flags, for the intents' presence and tone.
KEPT: Final = {0: 45_000, len(INTENTS): 9_000, len(INTENTS) + len(FLAGS): 6_000}
Numbers = Any


def ship(written: Sequence[Text], heads: Sequence[str], targets: Any, fit: Any) -> None:
    """Writes the file that the daemon reads, and tells what its parts did on unseen texts."""
    dev = messages.read_all()
    texts = [*written, *(one.text for one in dev)]
    whole = np.array([unseen.whole_mail(text) for text in texts])
    wanted = targets(texts)
    rows = unseen.seen(texts)
    print(f"{len(texts)} texts, {whole.sum()} whole, {rows.known.size} features", flush=True)
    # All features: were they chosen by the texts that are judged, trust would be too great.
    found = unseen.judged(texts, rows, wanted, fit)
    truth = np.array([INTENTS.index(text.intent) for text in texts])
    pooled = found.pooled[:, : len(INTENTS)]
    _tell(pooled[whole], truth[whole])
    heat = quality.temperature(pooled[whole], truth[whole])
    shift = trusting.borders(found, wanted, heads, whole)
    for one in (found.whole, found.best):
        one -= shift
    print("\n".join(trusting.flagged(found, wanted, heads, whole)))
    answerable = {one.text for one in dev if one.answerable}
    cases = trusting.cases(texts, found, rows, heads, heat, answerable)
    trust = trusting.learnt(cases)
    could = [t for t in texts if unseen.whole_mail(t) and trusting.should_be_sure(t, answerable)]
    print("\n".join(trusting.told(cases, trust, sum(t.intent in trusting.MAIN for t in could))))
    few = unseen.with_strongest(rows, fit(rows.wholes, wanted)[0], KEPT)
    weights, intercepts = unseen.taught(few, wanted, np.arange(len(texts)), fit)
    head = {
        "temperature": heat,
        "sentence": unseen.SENTENCE,
        "trust": trust,
        "gloss": lexicon.gloss(),
        "texts": _hash(),
    }
    export.write(FILE, heads, few.known, weights, intercepts - shift, head)


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
