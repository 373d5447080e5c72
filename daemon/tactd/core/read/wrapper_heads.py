"""A first line that only names who wrote what stands below it."""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.chat_words import SELLERS
from tactd.core.read.wrapper_labels import entries, folded
from tactd.core.read.wrapper_people import ABOUT, FROM, HIMSELF, PERSONS, ROLES

NAME_WORDS: Final = 4
HEAD: Final = 120  # characters

# Behind the name, right before the colon.
WROTE: Final = tuple(
    entries(
        {
            "en": "wrote|has written",
            "de": "schrieb|schreibt|hat geschrieben",
            "es": "escribió|ha escrito|escribe",
            "fr": "a écrit|écrit",
            "it": "ha scritto|scrive",
            "pt": "escreveu|escreve",
            "nl": "schreef|schrijft|heeft geschreven",
            "pl": "napisał|napisała|napisał(a)|pisze",
            "ru": "написал|написала|написал(а)|пишет",
            "tr": "yazdı|şunu yazdı|şunları yazdı",
            "id": "menulis",
            "ja": "さんのメッセージ|様のメッセージ",
            "ko": "님이 작성|님의 메시지",
            "zh": "写道|寫道",
        }
    )
)
WROTE_BEFORE: Final = tuple(entries({"ar": "كتب |كتبت "}))  # before the name

REVIEW: Final = entries(
    {
        "en": "review|rating",
        "de": "bewertung|rezension",
        "es": "reseña|opinión|valoración",
        "fr": "avis|évaluation",
        "it": "recensione|valutazione",
        "pt": "avaliação",
        "nl": "beoordeling",
        "pl": "opinia|recenzja|ocena",
        "ru": "отзыв|оценка",
        "id": "ulasan",
        "ar": "تقييم|مراجعة",
    }
)
TITLES: Final = entries(
    {
        "en": "mr|mrs|ms|dr",
        "de": "frau|herr",
        "es": "sr|sra|señor|señora|don|doña",
        "fr": "m|mme|monsieur|madame",
        "it": "sig|signor|signora|sig.ra",
        "nl": "dhr|mevrouw|meneer|mevr",
        "ru": "господин|госпожа",
        "tr": "bay|bayan",
        "id": "pak|bu|bapak|ibu",
    }
)
_PARTICLES: Final = entries(
    {
        "en": "al|bin",
        "de": "von|van|der|den",
        "es": "de|del|la|el|y",
        "fr": "le|du",
        "it": "di|della|e",
        "pt": "da|do|dos",
    }
)
_RATED: Final = re.compile(
    r"[★☆⭐✩✭]{1,5}.{0,20}|\(?[0-5](?:[.,]\d)? ?(?:/|out of|of|von|sur|de|su|van|z|na|из|dari|من)"
    r" ?5\b.{0,40}|[➕➖＋].{1,300}",
    re.DOTALL | re.IGNORECASE,
)
_OPENED: Final = ('"', "“", "„", "«", "「", "『", ">")


def is_rating(text: str) -> bool:
    """Stars, and what is good or bad in one line each: a review's words."""
    return bool(_RATED.fullmatch(text.strip()))


def is_head(text: str, below: str, further: str) -> bool:
    """ "Jane Doe wrote:" above an empty line, "Review by Jane about Lamp". A buyer who tells what
    somebody wrote quotes him, or goes on in the same paragraph."""
    if len(text) > HEAD:
        return False
    if text[-1:] in (":", "："):
        name = _writer(text[:-1].rstrip())
        return bool(name) and not below.strip() and not further.lstrip().startswith(_OPENED)
    return _is_review(text, below if below.strip() else further)


def _writer(text: str) -> str:
    """The name, if a name it is."""
    plain = folded(text)
    if len(plain) != len(text):
        return ""
    if plain.endswith(WROTE):
        end = max(len(verb) for verb in WROTE if plain.endswith(verb))
        name = text[:-end].strip()
    elif plain.startswith(WROTE_BEFORE):
        name = text[max(len(verb) for verb in WROTE_BEFORE if plain.startswith(verb)) :]
    else:
        return ""
    return name if _is_name(name) else ""


def _is_name(name: str) -> bool:
    words = name.split()
    plain = [folded(word).strip(".") for word in words]
    if not 0 < len(words) <= NAME_WORDS or any(_speaks_of(word) for word in plain):
        return False
    if any(sign in name for sign in "_@") or re.search(r"\w\d", name):
        return len(words) == 1
    return len(words) > 1 and all(map(_is_capital, words))


def _speaks_of(word: str) -> bool:
    tables = (SELLERS, ROLES, PERSONS - _PARTICLES, HIMSELF, TITLES)
    return any(word in table for table in tables)


def _is_capital(word: str) -> bool:
    """ "DHL wrote:" tells of somebody."""
    if word in _PARTICLES or not (word[:1].isupper() or word[:1].islower()):
        return word[:1].isalpha()
    return word[0].isupper() and not (len(word) > 1 and word.isupper()) and word.isprintable()


def _is_review(text: str, below: str) -> bool:
    words = text.split()
    if len(words) < 3 or folded(words[0]) not in REVIEW or folded(words[1]) not in FROM:
        return False
    about = not ABOUT.isdisjoint(map(folded, words[3:]))
    return _is_capital(words[2]) and text[-1] not in ".!?," and (about or is_rating(below))
