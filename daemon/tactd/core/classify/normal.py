"""One spelling for what buyers type in many: the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from tactd.core.language.table import TO_SIMPLIFIED

CAP: Final = 4_000  # characters that are read
_FOLD: Final[Mapping[int, int | None]] = {
    **dict.fromkeys(range(0x0300, 0x0370)),  # accents
    **dict.fromkeys([*range(0x064B, 0x0660), 0x0670, 0x0640]),  # Arabic vowels, tatweel
    **dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xFE0F]),
    **str.maketrans("ىةłıøđ", "يهliod"),
    **str.maketrans("’‘`´", "''''"),
}
_SIGNS: Final = 8_192  # that are remembered
_JUNK: Final = re.compile(r"https?://\S+|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,255}")
_DRAWN: Final = re.compile(r"([^\W\d_])\1{2,}")  # sooooo


class _Folded(dict[int, str]):
    """What becomes of a sign; looked up once for each."""

    def __missing__(self, code: int) -> str:
        simple = chr(code).translate(TO_SIMPLIFIED)
        folded = unicodedata.normalize("NFKD", simple).translate(_FOLD)
        if len(self) < _SIGNS:
            self[code] = folded
        return folded


_FOLDED: Final = _Folded()


def normalised(text: str) -> str:
    """Lower case, accents and vowel marks folded, Chinese simplified, long drawn letters short."""
    text = text[:CAP]
    if "@" in text or "://" in text:
        text = _JUNK.sub(" ", text)
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(_FOLDED))
    return _DRAWN.sub(r"\1\1", text)
