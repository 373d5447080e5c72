"""What programs and companies add below every mail: notices of secrecy and of virus checks.

Each looks at the last lines only, and never takes everything away.
"""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.cues import Cues
from tactd.core.read.footer_words import (
    CHECKED,
    HEADINGS,
    MAIL,
    PRINTING,
    READER,
    SCANNERS,
    SECRET,
)

TAIL: Final = 40  # lines at the end that are looked at
NOTICES: Final = 8  # of one mail
NOTICE_CHARS: Final = 4_000
NOTICE_LINE: Final = 200  # characters
_NOTICES: Final = Cues((*SCANNERS, *PRINTING))
_CHECKED: Final = Cues(CHECKED)
_SECRET: Final = Cues(SECRET)
_LINK: Final = re.compile(r"<?https?://\S{1,2000}")
_EMPTY: Final = re.compile(r"[\s|_*=<>#-]*|<?https?://\S+>?|<#[\w-]+>|<[^<>\s]+@[^<>\s]+>")
_ADDRESS: Final = re.compile(r"[\s|<]*[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+[\s|>]*")


def without_footers(lines: list[str], kept: list[int]) -> list[int]:
    """Without the notices at the end, from below upwards."""
    out, left = kept, _trimmed(lines, kept)
    for _ in range(NOTICES):
        if not left or (first := _notice(lines, left)) is None:
            break
        out = left = _trimmed(lines, left[:first])
    return out or kept


def without_address(lines: list[str], kept: list[int]) -> list[int]:
    """Without a mail address that a program puts alone at the end, unless it was announced."""
    left = _trimmed(lines, kept)
    if len(left) > 1 and _ADDRESS.fullmatch(lines[left[-1]]):
        above = next((lines[n].strip() for n in reversed(left[:-1]) if lines[n].strip()), ":")
        if above[-1:] not in (":", "："):
            return _trimmed(lines, left[:-1])
    return kept


def _trimmed(lines: list[str], kept: list[int]) -> list[int]:
    end = len(kept)
    while end and _EMPTY.fullmatch(lines[kept[end - 1]][:400]):
        end -= 1
    return kept[:end]


def _notice(lines: list[str], kept: list[int]) -> int | None:
    """Where in `kept` the notice begins with which it ends."""
    first = len(kept) - 1
    while first and len(kept) - first < TAIL and lines[kept[first - 1]].strip():
        first -= 1
    paragraph = [lines[number].casefold() for number in kept[first:]]
    if _is_secret(" ".join(paragraph)):
        return first + next(n for n, line in enumerate(paragraph) if _begins_notice(line))
    last = _LINK.sub("", paragraph[-1]).strip() or paragraph[-1].strip()
    return len(kept) - 1 if _is_notice_line(last) else None


def _is_secret(text: str) -> bool:
    if len(text) > NOTICE_CHARS or "?" in text or "？" in text:
        return False
    named = all(any(map(text.__contains__, words)) for words in (READER, MAIL))
    return named and _SECRET.any_in(text)  # what costs most is asked last


def _begins_notice(line: str) -> bool:
    return any(word in line for words in (HEADINGS, SECRET, READER) for word in words)


def _is_notice_line(text: str) -> bool:
    if len(text) > NOTICE_LINE or "?" in text:
        return False
    return (
        text.strip(" :.*-_") in HEADINGS
        or _NOTICES.any_in(text)
        or (_CHECKED.any_in(text) and any(word in text for word in MAIL))
    )
