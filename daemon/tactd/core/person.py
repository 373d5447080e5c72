"""Names of people, as far as a name may lead to an order: weakly, and never to a person."""

from __future__ import annotations

import unicodedata

MOST_PARTS = 5  # more words than that are a sentence
LONGEST = 60  # characters
_UNDECOMPOSED = str.maketrans({"ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d"})


def name_key(name: str) -> str:
    """A person's name for comparing: small letters without accents, its parts sorted, so that
    "Poole, Jane" is "jane poole". "" for what names nobody in particular (one word, unless it is
    in Chinese, Japanese or Korean signs) or is no name at all."""
    if len(name) > LONGEST or any(map(str.isdigit, name)) or "@" in name:
        return ""
    lower = name.lower()
    if not lower.isascii():
        apart = unicodedata.normalize("NFKD", lower.translate(_UNDECOMPOSED))
        bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
        lower = unicodedata.normalize("NFKC", bare)
    parts = "".join(sign if sign.isalpha() else " " for sign in lower).split()
    whole = [part for part in parts if len(part) > 1 or not part.isascii()]
    unspaced = len(whole) == 1 and len(whole[0]) > 1 and whole[0] >= "\u3040"
    return " ".join(sorted(whole)) if 2 <= len(whole) <= MOST_PARTS or unspaced else ""
