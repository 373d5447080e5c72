"""The kinds of value that config.toml holds, each with its own check and its own hint.

A validator raises ValueError with "what would be right"; load.py puts the key path before it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from pydantic import PlainValidator, ValidationInfo

LANGUAGES = (
    *("ar", "de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "zh"),
    *("pt-BR", "zh-Hant"),
)

_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})*", re.ASCII
)
_COUNTRY_SLIPS = {"UK": "GB", "EL": "GR"}
_NAME = re.compile(r"[\w-][\w.-]{0,39}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the configuration lies: relative paths count from `folder`, "~" is `home`."""

    folder: Path
    home: Path | None = None

    def path(self, text: str) -> Path:
        """Raises ValueError for what cannot be a path."""
        if not text or not text.isprintable():
            raise ValueError("write the name of a file or folder")
        head, *rest = Path(text).parts or (".",)
        if head != "~":
            return self.folder / text
        if self.home is None:
            raise ValueError('"~" means nothing here ($HOME is not set); write the whole path')
        return self.home.joinpath(*rest)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    lower = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), lower, n=1, cutoff=0.7)
    return lower[close[0]] if close else None


def choice(word: str, known: Iterable[str]) -> str:
    """`word`, if it is one of `known`; else ValueError with the nearest or all of them."""
    names = tuple(known)
    if word in names:
        return word
    meant = nearest(word, names)
    if meant:
        raise ValueError(f'unknown; did you mean "{meant}"?')
    raise ValueError(f"unknown; write one of {', '.join(names)}")


def text_field(example: str, read: Callable[[str], object]) -> PlainValidator:
    """A validator for a value that is written in quotes, and read by `read`."""

    def check(value: object) -> object:
        if not isinstance(value, str):
            raise ValueError(f"write it in quotes, as in {example}")
        return read(value)

    return PlainValidator(check)


def place_of(info: ValidationInfo) -> Place:
    place = info.context
    if not isinstance(place, Place):
        raise TypeError("config models are validated with a Place as context")
    return place


def one_line(text: str) -> str:
    line = text.strip()
    if not line or not line.isprintable():
        raise ValueError("write one line of text")
    return line


def email_address(text: str) -> str:
    """An addr-spec of RFC 5321 in ASCII, without the quoted forms that nobody uses."""
    if not _ADDRESS.fullmatch(text) or text.startswith(".") or ".@" in text or ".." in text:
        raise ValueError('write one mail address and nothing else, as in "me@example.com"')
    return text


def short_name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError('letters, digits, "-", "_" and "." only, 40 at most')
    return text


def language(text: str) -> str:
    return choice(text, LANGUAGES)


def time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (OSError, ValueError, KeyError) as error:  # what zoneinfo raises for odd names
        meant = nearest(text, available_timezones())
        hint = f'did you mean "{meant}"?' if meant else 'write it as "Asia/Shanghai"'
        raise ValueError(f"no such time zone; {hint}") from error
    return text


def country(text: str) -> str:
    """ISO 3166-1 alpha-2, from the list that the tzdata package carries."""
    if text not in _countries():
        upper = _COUNTRY_SLIPS.get(text.upper(), text.upper())
        hint = f'write "{upper}"' if upper in _countries() else 'write its two letters, as in "US"'
        raise ValueError(f"no such country; {hint}")
    return text


@cache
def _countries() -> frozenset[str]:
    table = resources.files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text("utf-8")
    return frozenset(row.split("\t")[0] for row in table.splitlines() if row[:1] not in ("#", ""))
