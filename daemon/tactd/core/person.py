"""Names of people, as far as a name may lead to an order: weakly, and never to a person."""

from __future__ import annotations

import unicodedata

MOST_PARTS = 5  # more words than that are a sentence
LONGEST = 60  # characters
_NO_NAME = "0"
# Nearly all names, one by one: small letters, and blanks for all else but what no name holds.
_ASCII = "".join(
    sign.lower() if sign.isalpha() else _NO_NAME if sign.isdigit() or sign == "@" else " "
    for sign in map(chr, range(128))
)
_UNDECOMPOSED = str.maketrans({"ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d"})


def name_key(name: str) -> str:
    """A person's name for comparing: small letters without accents, its parts sorted, so that
    "Poole, Jane" is "jane poole". "" for what names nobody in particular (one word, unless it is
    in Chinese, Japanese or Korean signs) or is no name at all."""
    if len(name) > LONGEST:
        return ""
    plain = name.translate(_ASCII) if name.isascii() else _of_any_letters(name)
    parts = plain.split() if _NO_NAME not in plain else []
    whole = [part for part in parts if len(part) > 1 or not part.isascii()]
    unspaced = len(whole) == 1 and len(whole[0]) > 1 and whole[0] >= "\u3040"
    return " ".join(sorted(whole)) if 2 <= len(whole) <= MOST_PARTS or unspaced else ""


def _of_any_letters(name: str) -> str:
    if any(map(str.isdigit, name)) or "@" in name:
        return _NO_NAME
    apart = unicodedata.normalize("NFKD", name.lower().translate(_UNDECOMPOSED))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    lower = unicodedata.normalize("NFKC", bare)
    return "".join(sign if sign.isalpha() else " " for sign in lower)
