"""The concepts of a lexicon, found in the tokens of a sentence.

An entry is a word, a phrase, `stem*` (begins so), `*stem*` (contains it: compounds, prefixes) or,
in Chinese, Japanese and Korean, any run of characters. The longest entry wins at its place.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from tactd.core.classify.normal import normalised

_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LONGEST: Final = 14  # characters of a stem or run that are looked up
_CLITIC: Final = re.compile(r"^(?:[وف]?(?:ال|لل|بال)|[وفبلك])(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Found:
    name: str
    at: int  # the token


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Entries in the spelling of `normalised`, and the concepts they stand for."""

    words: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    runs: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[list[str], str]]] = field(default_factory=dict)


def parse(text: str) -> Lexicon:
    """A file in the form of understanding/concepts.toml."""
    lexicon = Lexicon()
    for rows in tomllib.loads(text).values():
        for concept, entries in rows.items():
            for entry in entries.split(","):
                _add(lexicon, normalised(entry.strip()), concept)
    return lexicon


def packed(lexicon: Lexicon) -> list[object]:
    """As plain lists, for the model's file."""
    return [lexicon.words, lexicon.stems, lexicon.inside, lexicon.runs, lexicon.phrases]


def unpacked(tables: Sequence[Any]) -> Lexicon:
    """Thousands of words share a few hundred concepts: one object for the same ones."""
    *plain, phrases = tables
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    for table in plain:
        for key, names in table.items():
            held = tuple(map(sys.intern, names))
            table[key] = shared.setdefault(held, held)
    for rows in phrases.values():
        rows[:] = [(tuple(map(sys.intern, rest)), sys.intern(name)) for rest, name in rows]
    words, stems, inside, runs = plain
    return Lexicon(words, stems, inside, runs, phrases)


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


def found_in(tokens: list[str], lexicon: Lexicon) -> list[Found]:
    """In the order of the tokens; a token may bear several concepts."""
    found: list[Found] = []
    for at, token in enumerate(tokens):
        names = _of_token(lexicon, token)
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
def _of_token(lexicon: Lexicon, token: str) -> tuple[str, ...]:
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
