"""Writes a trained model small, and measures what is lost by it. Needs numpy."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from corpus import INTENTS, Text
from lexicon import LEXICONS
from matrix import WEIGHTS, Vocabulary

from tactd.core.classify import model as files

KEPT: Final = 75_000  # features
SHARE: Final = 0.35  # of the weights of those; the rest become 0 and are compressed away
Numbers = Any

_LOADING: Final = """
import pathlib, sys, time
from tactd.core.classify import model

def held():
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

before, start = held(), time.perf_counter()
model.load(pathlib.Path(sys.argv[1]).read_bytes())
print((time.perf_counter() - start) * 1000, held() - before)
"""


def write(
    file: Path,
    heads: Sequence[str],
    known: Vocabulary,
    weights: Numbers,
    intercepts: Numbers,
    more: Mapping[str, object],
) -> Path:
    """Drops weak features and weights; one signed byte for each that is left."""
    strength = np.abs(weights).max(axis=0)
    border = np.sort(strength)[-min(KEPT, len(strength))]
    kept = strength >= border
    names = {
        family: [name for name, at in columns.items() if kept[at]]
        for family, columns in known.columns.items()
    }
    left = weights[:, kept].copy()
    left[np.abs(left) < np.quantile(np.abs(left), 1 - SHARE)] = 0
    scales = np.abs(left).max(axis=1) / 127
    data = (np.round(left / scales[:, None]) + 128).astype(np.uint8).T.tobytes()
    head = {
        "labels": list(heads),
        "scales": scales.tolist(),
        "intercepts": intercepts.tolist(),
        "weights": dict(WEIGHTS),
        **more,
    }
    file.write_bytes(files.dump(head, LEXICONS, names, data))
    return file


def compared(file: Path, texts: Sequence[Text], margins: Numbers) -> dict[str, float]:
    """The accuracy of the file and of the full model on the same unseen texts."""
    model = files.load(file.read_bytes())
    full = margins[:, : len(INTENTS)].argmax(axis=1)
    small = [next(iter(model.read("", text.whole, text.language).intents)) for text in texts]
    return {
        "accuracy of the full model": float(
            np.mean([INTENTS[a] == t.intent for a, t in zip(full, texts, strict=True)])
        ),
        "accuracy of the file": float(
            np.mean([a == t.intent for a, t in zip(small, texts, strict=True)])
        ),
    }


def measured(file: Path, texts: Sequence[Text]) -> dict[str, float]:
    """Size, load time and memory (in a fresh process), texts a second on one core."""
    model = files.load(file.read_bytes())
    start = time.perf_counter()
    for text in texts:
        model.read("", text.whole, text.language)
    rate = len(texts) / (time.perf_counter() - start)
    run = [sys.executable, "-c", _LOADING, str(file)]
    told = subprocess.run(run, cwd=Path(__file__).parent, capture_output=True, check=True).stdout
    load, memory = (float(one) for one in told.split())
    return {
        "file MB": file.stat().st_size / 1e6,
        "load ms": load,
        "memory MB": memory,
        "texts a second": rate,
    }
