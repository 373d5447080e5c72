"""The concepts of a lexicon, found in the tokens of a sentence.

An entry is a word, a phrase, `stem*` (begins so), `*stem*` (contains it: compounds, prefixes) or,
in Chinese, Japanese and Korean, any run of characters. The longest entry wins at its place.

Each language has its own: "was" is "what" in German, and a French "on" nothing Turkish.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from tactd.core.classify.normal import normalised

_SPACELESS: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LONGEST: Final = 14  # characters of a stem or run that are looked up
_SHORTEST: Final = 3  # characters of an entry that is looked for inside a word
_FOLLOWING: Final = 8  # words of a phrase behind its first, at most
_EAST: Final = "\u3040"  # what is written without spaces stands from here on
_CLITIC: Final = re.compile(r"^(?:[وف]?(?:ال|لل|بال)|[وفبلك])(?=\w{3})")


Found = tuple[str, int]  # a concept, and the token that it is found in


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Entries of a language in the spelling of `normalised`, and the concepts they stand for."""

    words: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    runs: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, str] = field(default_factory=dict)  # by the first word; see `_phrases`
    starts: set[str] = field(default_factory=set)  # how entries of `stems` begin
    hints: set[str] = field(default_factory=set)  # how entries of `inside` begin
    longest: dict[str, int] = field(default_factory=dict)  # run by its first sign


Lexicons = Mapping[str, Lexicon]  # by language


def parse(text: str) -> Lexicons:
    """A file in the form of understanding/concepts.toml."""
    languages = tomllib.loads(text)
    lexicons = {language: Lexicon() for language in languages}
    for language, rows in languages.items():
        for concept, entries in rows.items():
            for entry in map(normalised, map(str.strip, entries.split(","))):
                drawn = not any(map(str.isalpha, entry))  # a mark or an emoji is of all languages
                for lexicon in lexicons.values() if drawn else (lexicons[language],):
                    _add(lexicon, entry, concept)
    return _ready(lexicons)


def spoken(lexicons: Lexicons, language: str) -> Lexicon:
    """The one of a language; English where it has none."""
    return lexicons.get(language) or lexicons["en"]


def packed(lexicons: Lexicons) -> dict[str, list[dict[str, str]]]:
    """As plain strings, for the model's file."""
    return {
        language: [
            *(_joined(table) for table in (one.words, one.stems, one.inside, one.runs)),
            one.phrases,
        ]
        for language, one in lexicons.items()
    }


def _joined(table: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {key: " ".join(names) for key, names in table.items()}


def unpacked(languages: Mapping[str, Sequence[Any]]) -> Lexicons:
    """Thousands of words share a few hundred concepts: one object for the same ones."""
    shared: dict[str, tuple[str, ...]] = {}
    for *tables, _ in languages.values():
        for table in tables:
            for key, names in table.items():
                if names not in shared:
                    shared[names] = tuple(map(sys.intern, names.split()))
                table[key] = shared[names]
    return _ready({language: Lexicon(*tables) for language, tables in languages.items()})


def _ready(lexicons: Lexicons) -> Lexicons:
    for lexicon in lexicons.values():
        lexicon.starts.update(key[:_SHORTEST] for key in lexicon.stems)
        lexicon.hints.update(key[:_SHORTEST] for key in lexicon.inside)
        for run in lexicon.runs:
            lexicon.longest[run[0]] = max(len(run), lexicon.longest.get(run[0], 0))
    return lexicons


def _add(lexicon: Lexicon, entry: str, concept: str) -> None:
    table, key = lexicon.words, entry.strip("*")
    if _SPACELESS.match(key):
        if " " in key:  # Korean is written both ways
            _add_phrase(lexicon, [f"{one}*" for one in key.split()], concept)
        table, key = lexicon.runs, key.replace(" ", "")
    elif " " in key:
        _add_phrase(lexicon, entry.split(), concept)
        return
    elif entry.startswith("*"):
        table, key = lexicon.inside, key[:_LONGEST]
    elif entry.endswith("*"):
        table, key = lexicon.stems, key[:_LONGEST]
    names = table.setdefault(key, [])
    if concept not in names:
        names.append(concept)


def _add_phrase(lexicon: Lexicon, words: Sequence[str], concept: str) -> None:
    """A line for each: the words behind the first, then the concept."""
    first, *rest = words
    known = lexicon.phrases.get(first.rstrip("*"), "")
    lexicon.phrases[first.rstrip("*")] = f"{known}{' '.join(rest)} {concept}\n"


@lru_cache(1_024)
def _phrases(lines: str) -> tuple[tuple[list[str], str], ...]:
    """What follows the first word, and the concept."""
    rows = [line.split() for line in lines.splitlines()]
    return tuple([(rest, sys.intern(concept)) for *rest, concept in rows])


def found_in(tokens: list[str], lexicon: Lexicon) -> list[Found]:
    """In the order of the tokens; a token may bear several concepts."""
    found: list[Found] = []
    phrases = lexicon.phrases
    for at, token in enumerate(tokens):
        names = _of_token(lexicon, token)
        if token in phrases:
            behind = _of_phrases(_phrases(phrases[token]), tokens, at + 1)
            names = tuple(dict.fromkeys((*behind, *names)))
        if names:
            found += [(name, at) for name in names]
    return found


def _of_phrases(rows: Iterable[tuple[list[str], str]], tokens: list[str], at: int) -> Iterator[str]:
    following = tokens[at : at + _FOLLOWING]
    if following:
        second = following[0]
        for rest, concept in rows:
            wanted = rest[0]
            if (wanted == second or wanted[-1] == "*") and _begins(following, rest):
                yield concept


def _begins(following: list[str], rest: Sequence[str]) -> bool:
    return len(following) >= len(rest) and all(map(_fits, following, rest))


def _fits(token: str, wanted: str) -> bool:
    return token == wanted or (wanted[-1] == "*" and token.startswith(wanted[:-1]))


@lru_cache(8_192)
def _of_token(lexicon: Lexicon, token: str) -> tuple[str, ...]:
    if token >= _EAST and _SPACELESS.match(token):
        return tuple(dict.fromkeys(_of_run(lexicon, token)))
    names = _of_word(lexicon, token)
    if "\u0600" <= token[0] <= "\u06ff" and (bare := _CLITIC.sub("", token)) != token:
        names = (*names, *_of_word(lexicon, bare))
    if not names and "'" in token:  # l'avocat, dell'ordine
        names = _of_word(lexicon, token.rpartition("'")[2])
    return tuple(dict.fromkeys(names))


def _of_word(lexicon: Lexicon, word: str) -> Sequence[str]:
    if names := lexicon.words.get(word):
        return names
    stems, inside, hints = lexicon.stems, lexicon.inside, lexicon.hints
    if word[:_SHORTEST] in lexicon.starts or word[:2] in stems:
        for size in range(min(len(word), _LONGEST), 1, -1):
            if names := stems.get(word[:size]):
                return names
    starts = [at for at in range(len(word) - 2) if word[at : at + _SHORTEST] in hints]
    for size in range(_LONGEST, _SHORTEST - 1, -1) if starts else ():
        for at in starts:
            if at + size <= len(word) and (names := inside.get(word[at : at + size])):
                return names
    return ()


def _of_run(lexicon: Lexicon, run: str) -> Iterator[str]:
    runs, longest, at = lexicon.runs, lexicon.longest, 0
    while at < len(run):
        for size in range(longest.get(run[at], 0), 0, -1):
            if names := runs.get(run[at : at + size]):
                yield from names
                at += size - 1
                break
        at += 1
