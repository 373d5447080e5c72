"""Who speaks in a line, and of whom: a buyer speaks of himself, a site speaks of him."""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.wrapper_buttons import REPLIES
from tactd.core.read.wrapper_labels import folded
from tactd.core.read.wrapper_people import HIMSELF, PERSONS, RECEIVES, ROLES, ROLES_UNSPACED

LINE: Final = 200  # characters that are looked at
ORDER_WORDS: Final = 6  # of a line that tells the seller what to do

ASKS: Final = re.compile(r"[?？؟]")
WORD: Final = re.compile(r"[^\W\d_]+")
_SELLERS_SIGNS: Final = ("您", "購入者", "구매자", "买家", "買家")  # a buyer does not speak so
_HIMSELF: Final = re.compile(
    r"\bI\b|\bi (?:am|was|have|had|want|need|got|did|do|will|would|can|still|just|paid|ordered)\b"
    "|我|咱|私は|私の|僕|저는|제가|저희"
)
_ANNOUNCED: Final = re.compile(
    r"[^.,;،，。:：]*[^.,;،，。](?:[:：]\s*(?:"
    r"(?:[来來]自 ?)?(?:\S*[\d_*]\S*|[^\s.]+\.\S+|\S+(?= \(\d))(?: ?\(\d[\d., ]*\))?"
    r"|(?:[A-ZÀ-Þ]\S* ?){1,3}(?<![.!])"
    r")?)?"
)


def speaks_himself(text: str) -> bool:
    return bool(_HIMSELF.search(text)) or not HIMSELF.isdisjoint(WORD.findall(folded(text)))


def by_himself(text: str) -> bool:
    """A buyer speaks: of himself, or he asks. A site does neither."""
    return bool(ASKS.search(text)) or speaks_himself(text)


def of_a_buyer(text: str) -> bool:
    """He is spoken of: "The customer left a note:", "구매자 의견:"."""
    if not ROLES.isdisjoint(WORD.findall(text)):
        return PERSONS.isdisjoint(WORD.findall(text))
    return any(role in text for role in ROLES_UNSPACED)


def told_to_the_seller(plain: str) -> bool:
    words = WORD.findall(plain)
    known = (PERSONS, RECEIVES, ROLES)
    if any(sign in plain for sign in _SELLERS_SIGNS):
        return True
    return not all(table.isdisjoint(words) for table in known)


def announces(text: str) -> bool:
    """A buyer who tells of a message makes a sentence: "A message from DHL: parcel lost."."""
    return bool(_ANNOUNCED.fullmatch(text))


def tells_to_reply(text: str) -> bool:
    """ "Respond in the app": at the end of a frame it is said to the seller."""
    words = folded(text[:LINE]).split()
    return (
        bool(words) and words[0] in REPLIES and len(words) <= ORDER_WORDS and not by_himself(text)
    )
