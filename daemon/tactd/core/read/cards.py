"""The business card that stands below a letter's closing.

It looks at the last lines only, and never takes everything away. What goes on like a letter is one.
"""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.card_words import (
    CLOSINGS,
    COMPANY,
    HOUSE,
    LETTER,
    LETTER_UNSPACED,
    ORDER,
    POSTSCRIPT,
    RULE,
    SECRETS,
    SLOGANS,
    STREET,
)
from tactd.core.read.cues import Cues
from tactd.core.read.footer_words import PRINTING
from tactd.core.read.wrapper_voices import speaks_himself

TAIL: Final = 40  # lines at the end that are looked at
CARD_LINE: Final = 100  # characters; a longer line is a sentence
NOTICE_LINE: Final = 300  # characters of what a company lets every mail say
NAME_WORDS: Final = 5
CARD_WORDS: Final = 8  # of one piece of a line
UNSPACED: Final = 30  # characters of one piece of a line that has no spaces
ADDRESS: Final = 4  # lines of a card in which a street is enough
CONTACT: Final = re.compile(
    r"\S@\S|\bwww\.|https?://|\bt[eé]l|\bfax\b|〒|電話|电话|전화|هاتف|جوال"
    r"|(?<![\d-])\+?\(?\d[\d ()./-]{7,20}\d(?![\d-])",
    re.IGNORECASE,
)
_BARS: Final = re.compile(r"[|,;/·•–—]|\s-\s")
_EDGES: Final = re.compile(r"^[\s*_-]+|[\s,.!،。、:*_-]+$")
_WORD: Final = re.compile(r"[^\W\d_]+")
_PRINTING: Final = Cues(PRINTING)


def without_card(lines: list[str], kept: list[int]) -> list[int]:
    """Without what stands between a closing with a name and the end, if it names a company or a
    way to reach it. Closing and name stay: a person wrote them."""
    filled = [number for number in kept if lines[number].strip()]
    for at in range(len(filled) - 1, max(len(filled) - TAIL, 0), -1):
        if not _closes(lines[filled[at]]):
            continue
        card = filled[at + 1 :]
        if not _is_card([lines[number].strip() for number in card]):
            return kept
        first = card[0] if CONTACT.search(lines[card[0]]) else card[0] + 1
        return [number for number in kept if number < first]
    return kept


def _closes(line: str) -> bool:
    return len(line) < CARD_LINE and _EDGES.sub("", line.casefold()) in CLOSINGS


def _is_card(texts: list[str]) -> bool:
    """A name or a way to reach it first, a company or a number, and nothing of a letter. What a
    company lets every mail say may stand below that."""
    if not texts or not (_is_named(texts[0]) or _is_reach(texts[0])):
        return False
    street = len(texts) >= ADDRESS and any(map(STREET.search, texts))
    reached = False
    for text in texts:
        reached = reached or _is_reach(text)
        if not (reached and _is_printed(text)) and (_is_sentence(text) or _is_letter(text)):
            return False
    return reached or street


def _is_named(text: str) -> bool:
    return len(text.split()) <= NAME_WORDS and not re.search(r"\d", text)


def _is_reach(text: str) -> bool:
    return bool(CONTACT.search(text) or COMPANY.search(text))


def _is_printed(text: str) -> bool:
    """ "Rooms can be cancelled for free up to 7 days before arrival", "Follow us"."""
    plain = text.casefold().lstrip("\"'“„«※*_- ")
    if len(text) > NOTICE_LINE or POSTSCRIPT.search(text):
        return False
    if plain.startswith(SECRETS) or _PRINTING.any_in(plain):
        return True
    if slogan := next(filter(plain.startswith, SLOGANS), ""):
        return not _is_letter(plain[len(slogan) :])
    of_house = any(word in plain for word in HOUSE) and any(word in plain for word in RULE)
    return of_house and not speaks_himself(text) and not ORDER.search(text)


def _is_sentence(text: str) -> bool:
    if len(text) > CARD_LINE or text.endswith("。"):
        return True
    pieces = _BARS.split(text)
    longest = max(len(piece.split()) for piece in pieces)
    if longest > CARD_WORDS or (longest > NAME_WORDS and text.endswith(".")):
        return True
    unspaced = max(len(word) for word in text.split())
    return unspaced > UNSPACED and not _is_reach(text)


def _is_letter(text: str) -> bool:
    """It asks, adds, speaks of its writer or to its reader, or of an order."""
    if POSTSCRIPT.search(text) or speaks_himself(text) or ORDER.search(text):
        return True
    words = _WORD.findall(text.casefold())
    return not LETTER.isdisjoint(words) or bool(LETTER_UNSPACED.search(text))
