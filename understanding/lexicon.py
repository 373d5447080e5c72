"""The concept lexicon of concepts.toml, read once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from tactd.core.classify import concepts, features

FILE: Final = Path(__file__).parent / "concepts.toml"
CALLED: Final = FILE.with_name("gloss.toml")
LEXICONS: Final = concepts.parse(FILE.read_text(encoding="utf-8"))


def shown(text: str, language: str) -> dict[str, set[str]]:
    """The features of a text."""
    return parts(text, language).whole


def parts(text: str, language: str) -> features.Shown:
    """The features of a text and of its sentences."""
    return features.shown(text, concepts.spoken(LEXICONS, language))


def gloss() -> dict[str, dict[str, str]]:
    """A word for each concept and language: what gloss.toml calls it, else its first entry."""
    found: dict[str, dict[str, str]] = {}
    for language, rows in tomllib.loads(FILE.read_text(encoding="utf-8")).items():
        for concept, entries in rows.items():
            found.setdefault(concept, {})[language] = entries.split(",")[0].strip(" *")
    called = tomllib.loads(CALLED.read_text(encoding="utf-8"))
    for language, rows in called.items():
        for concept, word in rows.items():
            found[concept][language] = word
    return found
