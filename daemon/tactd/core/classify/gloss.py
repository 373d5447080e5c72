"""A rough gloss of a buyer's words in another language: the concepts that they name, in order.

包裹 · 没有 · 到达 · 什么时候: no translation, but enough to see what a mail speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from tactd.core.classify.concepts import Lexicon, found_in
from tactd.core.classify.concepts import spoken as lexicon_of
from tactd.core.classify.features import TOKEN
from tactd.core.classify.model import Model
from tactd.core.classify.normal import normalised

CAP: Final = 3_000  # characters that are glossed
LINES: Final = 30
BETWEEN: Final = " · "
FALLBACK: Final = "en"
_CONCEPT: Final = re.compile("[A-Z]{2,}")
_SIGNS: Final = re.compile("[!&>?¶]")
_SPOKEN_SIGNS: Final = {"!": "not ", "&": " + ", ">": " … ", "?": "?", "¶": " "}
_SENTENCE: Final = re.compile(r"(?<=[.!?。！？؟…;；])\s*|\n+")


def gloss(model: Model, words: str, spoken: str, language: str) -> str:
    """One line for each sentence that names a concept; "" where none does."""
    own = lexicon_of(model.lexicons, spoken)
    told = (_line(model, one, own, language) for one in _SENTENCE.split(words[:CAP]))
    return "\n".join([line for line in told if line][:LINES])


def plainly(model: Model, names: Sequence[str]) -> tuple[str, ...]:
    """Words and concepts that decided (`Scores.because`), as a person would say them in English."""
    found = (_SIGNS.sub(_sign, _CONCEPT.sub(_caller(model), one)) for one in names)
    return tuple(dict.fromkeys(" ".join(one.split()) for one in found))


def _caller(model: Model) -> Callable[[re.Match[str]], str]:
    return lambda found: _called(model, found[0], FALLBACK) or found[0]


def _sign(found: re.Match[str]) -> str:
    return _SPOKEN_SIGNS[found[0]]


def _line(model: Model, sentence: str, own: Lexicon, language: str) -> str:
    said = list(dict.fromkeys(_named(model, sentence, own, language)))
    asked = " ?" if sentence.rstrip().endswith(("?", "？", "؟")) else ""
    return BETWEEN.join(said) + asked if said else ""


def _named(model: Model, sentence: str, own: Lexicon, language: str) -> Iterator[str]:
    """Of a word that has several senses the first."""
    last = -1
    tokens = TOKEN.findall(normalised(sentence))
    for name, at in found_in(tokens, own):
        called = _called(model, name, language)
        if called and (at != last or _spaceless(sentence)):
            yield called
        last = at


def _called(model: Model, name: str, language: str) -> str:
    words = model.gloss.get(name, {})
    return words.get(language) or words.get(FALLBACK) or ""


def _spaceless(sentence: str) -> bool:
    """A run of Chinese or Japanese is one token with many words in it."""
    return any("\u3040" <= sign <= "\u9fff" for sign in sentence)
