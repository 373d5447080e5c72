"""All templates as one frozen value, and the way from a language to the texts that serve it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

FRAME = "_frame"
STRANGER = "_stranger"
ENGLISH = "en"

LANGUAGES = frozenset(
    {"ar", "de", "en", "es", "fr", "id", "it", "ja", "ko"}
    | {"nl", "pl", "pt", "pt-BR", "ru", "tr", "zh", "zh-Hant"}
)
"""What a letter may be written in (BCP 47)."""

_TRADITIONAL = ("zh-Hant", "zh-TW", "zh-HK", "zh-MO")


class Key(NamedTuple):
    """Where a text lives: `<folder>/<language>.txt`, its second wording `<language>.2.txt`."""

    folder: str  # a situation, `_frame` or `_stranger`
    language: str
    variant: int = 1

    def __str__(self) -> str:
        number = "" if self.variant == 1 else f".{self.variant}"
        return f"{self.folder}/{self.language}{number}.txt"


@dataclass(frozen=True, slots=True)
class Templates:
    sources: Mapping[Key, str]
    wordings: Mapping[tuple[str, str], tuple[int, ...]]  # the variants of a folder and language
    digest: str  # stored with each decision

    def languages(self) -> tuple[str, ...]:
        """Those in which a letter can be written at all."""
        return tuple(sorted({key.language for key in self.sources if key.folder == FRAME}))

    def variants(self, folder: str, language: str) -> tuple[int, ...]:
        return self.wordings.get((folder, language), ())

    def has(self, folder: str, language: str) -> bool:
        return bool(self.variants(folder, language))

    def serving(self, folders: Iterable[str], language: str) -> str | None:
        """The language in which the frame and all these folders are written: the one asked for,
        else its fallback, else None."""
        wanted = (FRAME, *folders)
        return next(
            (
                candidate
                for candidate in (language, fallback(language))
                if candidate and all(self.has(folder, candidate) for folder in wanted)
            ),
            None,
        )


def template_set(sources: Mapping[Key, str]) -> Templates:
    listed = sorted((str(key), text) for key, text in sources.items())
    digest = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    wordings: dict[tuple[str, str], tuple[int, ...]] = {}
    for folder, language, variant in sorted(sources):
        wordings[folder, language] = (*wordings.get((folder, language), ()), variant)
    return Templates(MappingProxyType(dict(sources)), MappingProxyType(wordings), digest)


def fallback(language: str) -> str | None:
    """The language that may stand in unseen: the region dropped, but traditional Chinese never
    becomes simplified (its readers would take it for somebody else's mail)."""
    base, _, rest = language.partition("-")
    if not rest:
        return None
    if language in _TRADITIONAL or rest.startswith("Hant"):
        return "zh-Hant" if language != "zh-Hant" else None
    return base
