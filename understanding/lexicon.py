"""The concept lexicon of concepts.toml, read once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from tactd.core.classify import concepts, features

FILE: Final = Path(__file__).parent / "concepts.toml"
CALLED: Final = FILE.with_name("gloss.toml")
NOT_SAID: Final = "not_said"
LEXICON: Final = concepts.parse(FILE.read_text(encoding="utf-8"))


def shown(text: str) -> dict[str, set[str]]:
    """The features of a text."""
    return features.features(text, LEXICON)


def parts(text: str) -> features.Shown:
    """The features of a text and of its sentences."""
    return features.shown(text, LEXICON)


def gloss() -> dict[str, dict[str, str]]:
    """A word for each concept and language: what gloss.toml calls it, else its first entry."""
    found: dict[str, dict[str, str]] = {}
    for language, rows in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for concept, entries in rows.items():
            found.setdefault(concept, {})[language] = entries.split(",")[0].strip(" *")
    called = tomllib.loads(CALLED.read_text(encoding="utf-8"))
    for language in called.keys() - {NOT_SAID}:
        for concept, word in called[language].items():
            found[concept][language] = word
    return found


def not_said() -> dict[str, list[str]]:
    """By language the words that would be called by what another language means by them."""
    called = tomllib.loads(CALLED.read_text(encoding="utf-8"))
    return {language: words.split() for language, words in called[NOT_SAID].items()}
