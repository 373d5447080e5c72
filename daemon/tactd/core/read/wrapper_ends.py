"""Lines that only a site writes below a buyer's words: a foot, a menu, what the seller wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tactd.core.read.wrapper_buttons import PRESS
from tactd.core.read.wrapper_feet import BEFORE, FEET
from tactd.core.read.wrapper_labels import folded
from tactd.core.read.wrapper_menus import MENU

HEAD: Final = 3  # characters by which a beginning is found
MENU_PIECE: Final = 8  # words
MENU_PIECES: Final = 8

_BEFORE_TEXT: Final = "¡¿«»\"'“”„✔✓☑☐⭐💡ⓘℹ️\u200f\u200e「『▲☆★"
_MOMENT: Final = re.compile(r"\d{4}.*\d[:.]\d\d")
_BARS: Final = re.compile(r"\s*[|｜·•]\s*")
_SAID: Final = re.compile(r"[?？؟!！:：。]|[.,]$")
_BUTTON_EDGES: Final = "[]【】() *_▼▶>"


def _indexed(table: Mapping[str, str]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """By the first characters: (beginning, of which one must follow)."""
    out: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for entry in (entry for row in table.values() for entry in row.split("|")):
        begin, _, within = folded(entry).partition("…")
        begin = begin.lstrip(_BEFORE_TEXT)
        found = (begin, tuple(within.split(",")) if within else ())
        out[begin[:HEAD]] = (*out.get(begin[:HEAD], ()), found)
    return out


_FEET: Final = _indexed(FEET)
_BEFORE: Final = _indexed(BEFORE)


def is_foot(plain: str) -> bool:
    """The site says it of itself, of the form, or to the seller."""
    return _begins(_FEET, plain)


def is_before(plain: str) -> bool:
    """From here on stands what the seller wrote."""
    return _begins(_BEFORE, plain) and plain.endswith((":", "：", "wrote", "says"))


def is_menu(text: str) -> bool:
    """ "View this conversation | Help | Report message": short pieces, one of them well known."""
    pieces = [piece.strip(_BUTTON_EDGES) for piece in _BARS.split(folded(text))]
    if not 2 <= len(pieces) <= MENU_PIECES or _SAID.search(text):
        return False
    words = [piece.split() for piece in pieces if piece]
    return all(len(piece) <= MENU_PIECE for piece in words) and (
        not MENU.isdisjoint(pieces) or sum(piece[0] in PRESS for piece in words) > 1
    )


def _begins(
    table: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]],
    plain: str,
) -> bool:
    plain = plain.lstrip(_BEFORE_TEXT)
    for begin, within in (*table.get(plain[:HEAD], ()), *table.get(plain[: HEAD - 1], ())):
        if plain.startswith(begin) and (
            not within or any(_follows(one, plain[len(begin) :]) for one in within)
        ):
            return True
    return False


def _follows(word: str, rest: str) -> bool:
    return bool(_MOMENT.search(rest)) if word == "#" else word in rest
