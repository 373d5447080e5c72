"""The trained reader: shipped data, and what it makes of a buyer's words.

It is part of the policy, so that `decide` stays a function of its arguments; its version goes into
the policy's hash. The data is unpacked when it is first asked, once in a process.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache

from tactd.core.classify import model, reading
from tactd.core.classify.corrections import marks, may_be_sure
from tactd.core.classify.gloss import gloss
from tactd.core.language import letters
from tactd.core.language.detect import detect
from tactd.core.types import NOT_TAUGHT, Reading, Taught


@dataclass(frozen=True, slots=True)
class TrainedReader:
    version: str
    intents: bytes = field(repr=False, compare=False)  # core/classify/model.py
    languages: bytes = field(repr=False, compare=False)  # core/language/letters.py

    def read(
        self,
        subject: str,
        words: str,
        *,
        prior: str = "",
        country: str = "",
        taught: Taught = NOT_TAUGHT,
    ) -> Reading:
        scorer, known = _model(self.intents), _letters(self.languages)
        untaught = reading.read(scorer, known, subject, words, prior, country)
        if not taught.adds:
            return untaught
        adds = dict(taught.adds)
        found = reading.read(scorer, known, subject, words, prior, country, adds)
        return replace(found, sure=found.sure and may_be_sure(found, untaught, taught))

    def gloss(self, words: str, spoken: str, language: str) -> str:
        return gloss(_model(self.intents), words, spoken, language)

    def marks(self, subject: str, words: str) -> frozenset[int]:
        words = words[: reading.CAP]
        spoken = detect(words, _letters(self.languages))
        return marks(_model(self.intents), subject, words, spoken.code)


def reader(intents: bytes, languages: bytes) -> TrainedReader:
    """Of the two files in daemon/tactd/trained/."""
    version = hashlib.sha256(intents + languages).hexdigest()[:12]
    return TrainedReader(version, intents, languages)


@lru_cache(2)
def _model(file: bytes) -> model.Model:
    return model.load(file)


@lru_cache(2)
def _letters(file: bytes) -> letters.Letters:
    return letters.load(file)
