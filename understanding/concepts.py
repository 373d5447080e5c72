"""The concepts of concepts.toml, found in the tokens of a sentence. Standard library only.

An entry is a word, a phrase, `stem*` (begins so), `*stem*` (contains it: compounds, prefixes) or,
in Chinese, Japanese and Korean, any run of characters. The longest entry wins at its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).parent / "concepts.toml"
_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LONGEST: Final = 14  # characters of a stem or run that are looked up
_CLITIC: Final = re.compile(r"^(?:[وف]?(?:ال|لل|بال)|[وفبلك])(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    at: int  # the token


@dataclass(slots=True)
class Lexicon:
    words: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    runs: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[list[str], str]]] = field(default_factory=dict)


def load(text: str) -> Lexicon:
    from features import normalised  # at build time only; the export will hold normalised entries

    lexicon = Lexicon()
    for rows in tomllib.loads(text).values():
        for concept, entries in rows.items():
            for entry in entries.split(","):
                _add(lexicon, normalised(entry.strip()), concept)
    return lexicon


def _add(lexicon: Lexicon, entry: str, concept: str) -> None:
    table, key = lexicon.words, entry.strip("*")
    if _SPACELESS.match(key):
        table, key = lexicon.runs, key.replace(" ", "")
    elif " " in key:
        first, *rest = entry.split()
        lexicon.phrases.setdefault(first, []).append((rest, concept))
        return
    elif entry.startswith("*"):
        table = lexicon.inside
    elif entry.endswith("*"):
        table = lexicon.stems
    names = table.setdefault(key, [])
    if concept not in names:
        names.append(concept)


@lru_cache(1)
def _shipped() -> Lexicon:
    return load(FILE.read_text(encoding="utf-8")) if FILE.exists() else Lexicon()


def found_in(tokens: list[str]) -> list[Found]:
    """In the order of the tokens; a token may bear several concepts."""
    lexicon, found = _shipped(), []
    for at, token in enumerate(tokens):
        names = _of_token(token)
        if token in lexicon.phrases:
            names = (*_of_phrases(lexicon, tokens, at), *names)
        found += [Found(name, at) for name in dict.fromkeys(names)]
    return found


def _of_phrases(lexicon: Lexicon, tokens: list[str], at: int) -> Iterator[str]:
    for rest, concept in lexicon.phrases[tokens[at]]:
        following = tokens[at + 1 : at + 1 + len(rest)]
        if len(following) == len(rest) and all(map(_fits, following, rest)):
            yield concept


def _fits(token: str, wanted: str) -> bool:
    return token.startswith(wanted[:-1]) if wanted.endswith("*") else token == wanted


@lru_cache(50_000)
def _of_token(token: str) -> tuple[str, ...]:
    lexicon = _shipped()
    if _SPACELESS.match(token):
        return tuple(_of_run(lexicon, token))
    bare = _CLITIC.sub("", token) if "\u0600" <= token[0] <= "\u06ff" else token
    return tuple(name for word in dict.fromkeys((token, bare)) for name in _of_word(lexicon, word))


def _of_word(lexicon: Lexicon, word: str) -> Iterator[str]:
    if word in lexicon.words:
        yield from lexicon.words[word]
        return
    for size in range(min(len(word), _LONGEST), 1, -1):
        if word[:size] in lexicon.stems:
            yield from lexicon.stems[word[:size]]
            return
    for size in range(min(len(word), _LONGEST), 2, -1):
        for start in range(len(word) - size + 1):
            if word[start : start + size] in lexicon.inside:
                yield from lexicon.inside[word[start : start + size]]
                return


def _of_run(lexicon: Lexicon, run: str) -> Iterator[str]:
    at = 0
    while at < len(run):
        size = next((n for n in range(8, 0, -1) if run[at : at + n] in lexicon.runs), 0)
        if size:
            yield from lexicon.runs[run[at : at + size]]
        at += size or 1
