"""Text of names and addresses as it is compared: one spelling for what is written in several."""

from __future__ import annotations

import re
import unicodedata

# As passports write Cyrillic, but for what differs between countries: folded away below.
_CYRILLIC = str.maketrans({
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "e",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
})  # fmt: skip
_LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
# Umlauts written out, and letters that transliterations do not agree on.
_ALIKE = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ae", "a"), (r"oe", "o"), (r"ue", "u"), (r"[yj]", "i"), (r"ii+", "i"), (r"io", "e"),
        (r"kh", "h"), (r"ks|x", "ks"), (r"ph", "f"), (r"shch", "sch"),
    )
)  # fmt: skip
_APOSTROPHES = re.compile(r"['’`´ʼ]")


def words(text: str) -> tuple[str, ...]:
    """Small letters without accents, Cyrillic in Latin letters, cut at all that is no letter or
    digit: "Müller-Łącki, Jörg" → ("muller", "lacki", "iorg")."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    latin = plain.translate(_LETTERS).translate(_CYRILLIC)
    apart = unicodedata.normalize("NFD", latin)
    bare = unicodedata.normalize(
        "NFC", "".join(sign for sign in apart if not unicodedata.combining(sign))
    )
    cut = "".join(sign if sign.isalnum() else " " for sign in bare).split()
    return tuple(filter(None, map(_alike, cut)))


def _alike(word: str) -> str:
    if word.isascii() and word.isalpha():
        for pattern, to in _ALIKE:
            word = pattern.sub(to, word)
    return word


def script(text: str) -> str:
    """ "latin" (also Cyrillic, which is written in Latin letters here), "east" (Chinese, Japanese
    and Korean), "other", or "" without any letter. A single sign of another script decides."""
    letters = [sign for word in words(text) for sign in word if sign.isalpha()]
    if not letters:
        return ""
    if any(_is_eastern(sign) for sign in letters):
        return "east"
    return "latin" if all(sign < "\u0250" for sign in letters) else "other"


def _is_eastern(sign: str) -> bool:
    return "\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af"
