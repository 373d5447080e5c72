"""A rough gloss of a buyer's words in another language: the concepts that they name, in order.

包裹 · 没有 · 到达 · 什么时候: no translation, but enough to see what a mail speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tactd.core.classify.concepts import found_in
from tactd.core.classify.features import TOKEN
from tactd.core.classify.model import Model
from tactd.core.classify.normal import normalised

CAP: Final = 3_000  # characters that are glossed
LINES: Final = 30
BETWEEN: Final = " · "
FALLBACK: Final = "en"
_SENTENCE: Final = re.compile(r"(?<=[.!?。！？؟…;；])\s*|\n+")


def gloss(model: Model, words: str, language: str) -> str:
    """One line for each sentence that names a concept; "" where none does."""
    lines = (_line(model, one, language) for one in _SENTENCE.split(words[:CAP]) if one.strip())
    return "\n".join([line for line in lines if line][:LINES])


def _line(model: Model, sentence: str, language: str) -> str:
    said = list(dict.fromkeys(_named(model, sentence, language)))
    asked = " ?" if sentence.rstrip().endswith(("?", "？", "؟")) else ""
    return BETWEEN.join(said) + asked if said else ""


def _named(model: Model, sentence: str, language: str) -> Iterator[str]:
    """Of a word that has several senses the first."""
    last = -1
    for name, at in found_in(TOKEN.findall(normalised(sentence)), model.lexicon):
        spoken = model.gloss.get(name, {})
        if spoken and (at != last or _spaceless(sentence)):
            yield spoken.get(language) or spoken.get(FALLBACK) or name.lower()
        last = at


def _spaceless(sentence: str) -> bool:
    """A run of Chinese or Japanese is one token with many words in it."""
    return any("\u3040" <= sign <= "\u9fff" for sign in sentence)
