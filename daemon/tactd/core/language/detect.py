"""Which language a buyer writes: its script first, then the learnt letters (letters.py).

Short, mixed and foreign texts are not sure: then the language of the thread, or of his country, is
the best guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters
from typing import Final

from tactd.core.language import table
from tactd.core.language.letters import Letters, words_of

_CAP: Final = 1_000  # characters: enough to know any language
_NOISE: Final = re.compile(
    r"https?://\S+|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,255}|(?<!\w)\w*\d\w*", re.ASCII
)
_NOISY: Final = re.compile(r"[@\d]|://")
_LENT_WORDS: Final = """
    tracking number order status label created refund parcel item paypal ebay amazon etsy
    aliexpress shopify dhl ups usps ok re fwd
"""
_LENT: Final = frozenset(_LENT_WORDS.split())  # words of English that stand in any language
_BORROWED: Final = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_LENT))})(?!\w)", re.IGNORECASE)
_SCRIPTS: Final[Mapping[str, tuple[tuple[int, int], ...]]] = {  # first and last signs
    "kana": ((0x3041, 0x3096), (0x30A1, 0x30FA), (0xFF66, 0xFF9D)),
    "hangul": ((0x1100, 0x11FF), (0x3131, 0x318E), (0xAC00, 0xD7A3)),
    "han": ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF)),
    "cyrillic": ((0x0400, 0x04FF),),
    "arabic": ((0x0620, 0x064A), (0x066E, 0x06D3)),
    "latin": ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F)),
    "other": ((0x370, 0x3FF), (0x530, 0x5FF), (0x900, 0xEFF), (0x10A0, 0x10FF), (0x1780, 0x17FF)),
}
_ASCII_LETTERS: Final = frozenset(ascii_letters)
_SYLLABLES: Final = frozenset(("kana", "hangul", "han"))
_LETTERS_PER_SIGN: Final = 3  # a Chinese character or a syllable says as much as three letters
_LOANED: Final = 0.3  # so much of a text in another script than Latin makes it that language's
# Signs of the neighbours who share a script: Ukrainian, Bulgarian's Ъ is left; Persian, Urdu.
_NEIGHBOURS: Final = {"ru": frozenset("іїєґўјљњћђ"), "ar": frozenset("پچژگکیٹڈڑے")}
_EAST: Final = {"hangul": "ko", "cyrillic": "ru", "arabic": "ar"}
_SENTENCE: Final = re.compile(r"[.!?\n;]+")

# Set on formulations that the letters had not seen: of what is sure, 99.5 % is right.
CLEAR: Final = 6.0  # nats between the best language and the next
FAMILIAR: Final = 0.34  # of the words must have been seen in it
MIXED: Final = 0.3  # of the words in sentences of another language


@dataclass(frozen=True, slots=True)
class Language:
    code: str  # one of ar de en es fr id it ja ko nl pl pt ru tr zh
    variant: str = ""  # "Hant", "BR"
    sure: bool = False


def detect(text: str, letters: Letters, prior: str = "", country: str = "") -> Language:
    """The language of `text`.

    `prior` is the language (or tag, "zh-Hant") of the thread, `country` an ISO 3166-1 code; both
    may be "". They decide only what the text itself leaves open.
    """
    text = text[:_CAP]
    if _NOISY.search(text):
        text = _NOISE.sub(" ", text)
    thread = _tagged(prior)
    home = _tagged(table.COUNTRY_LANGUAGE.get(country.upper(), ""))
    shown = _shown(text, letters)
    if shown.code and (shown.sure or shown.code == thread.code):
        return Language(shown.code, _variant(shown, text, thread, home), sure=True)
    for known in (thread, home):
        if known.code:
            return known
    return Language(shown.code or "en", _variant(shown, text, thread, home))


def _shown(text: str, letters: Letters) -> Language:
    """What the text itself shows; code "" where it shows nothing."""
    weights = _script_weights(text)
    total = sum(weights.values())
    if not total or weights["other"] * 2 > total:
        return Language("")
    foreign = {name: count for name, count in weights.items() if name not in ("latin", "other")}
    script = max(foreign, key=lambda one: foreign[one])
    if foreign[script] < _LOANED * total:
        return _latin(text, letters, weights["latin"] >= 0.6 * total)
    code, sure = _of_script(script, text, weights)
    rest = sum(count for name, count in foreign.items() if name != script)
    return Language(code, sure=sure and rest < 0.05 * total and weights["latin"] < 0.6 * total)


def _script_weights(text: str) -> dict[str, int]:
    weights = dict.fromkeys(_SCRIPTS, 0)
    if text.isascii():
        return weights | {"latin": sum(map(text.count, set(text) & _ASCII_LETTERS))}
    for sign in set(text):
        if script := _script_of(sign):
            weights[script] += text.count(sign) * (_LETTERS_PER_SIGN if script in _SYLLABLES else 1)
    # Japanese mixes kana and han; a single kana in a Chinese text is an ornament.
    if weights["kana"] * 5 >= weights["han"] and weights["kana"]:
        weights["kana"] += weights["han"]
        weights["han"] = 0
    return weights


@lru_cache(8_192)
def _script_of(sign: str) -> str:
    code = ord(sign)
    of = (name for name, ranges in _SCRIPTS.items() for a, b in ranges if a <= code <= b)
    return next(of, "")


def _of_script(script: str, text: str, weights: Mapping[str, int]) -> tuple[str, bool]:
    if script == "han":  # without a character that only Chinese writes it may be Japanese
        return "zh", not (table.CHINESE_ONLY | table.ONLY_SIMPLIFIED).isdisjoint(text)
    if script == "kana":
        return "ja", weights["kana"] >= 4 * _LETTERS_PER_SIGN
    code = _EAST[script]
    foreign = not _NEIGHBOURS.get(code, frozenset()).isdisjoint(text.lower())
    return code, weights[script] >= 4 and not foreign


# --------------------------------------------------------------------------- Latin letters


def _latin(text: str, letters: Letters, mostly: bool) -> Language:
    words = words_of(text)
    own = (
        words
        if _LENT.isdisjoint("'".join(words).split("'"))
        else words_of(_BORROWED.sub(" ", text))
    )
    if not words:
        return Language("")
    best, clear = _best(letters, own or words)
    found = _tagged(best)
    sure = (
        mostly
        and len(words) > 1  # "size?" is a Turkish word as well
        and clear >= CLEAR
        and _familiar(letters, own)
        and not _from_elsewhere(letters, words, text)
        and not _mixed(letters, text, found.code)
    )
    return Language(found.code, found.variant, sure)


def _best(letters: Letters, words: Sequence[str]) -> tuple[str, float]:
    """The likeliest label, and how far the next other language is behind it."""
    weighed = list(zip(letters.weigh(words), letters.labels, strict=True))
    nats, best = max(weighed)
    return best, nats - max([one for one, label in weighed if label[:2] != best[:2]])


def _familiar(letters: Letters, words: Sequence[str]) -> bool:
    return sum(map(letters.knows, words)) >= FAMILIAR * len(words) > 0


def _from_elsewhere(letters: Letters, words: Sequence[str], text: str) -> bool:
    """Does it look like a neighbour that the letters do not know?"""
    if len(table.FOREIGN_LETTERS.intersection(text.lower())) > len(words) / 20:
        return True
    foreign = sum(one in table.FOREIGN_WORDS and not letters.knows(one) for one in words)
    return foreign > 0.15 * len(words)


def _mixed(letters: Letters, text: str, code: str) -> bool:
    counted = others = 0
    for sentence in _SENTENCE.split(text):
        words = words_of(sentence)
        if len(words) >= 3:
            counted += len(words)
            others += len(words) if _elsewhere(letters, words, code) else 0
    return others > MIXED * counted


def _elsewhere(letters: Letters, words: Sequence[str], code: str) -> bool:
    """Are they clearly of another language? Mostly not, and then one look is enough."""
    nats = letters.weigh(words)
    if letters.labels[nats.index(max(nats))][:2] == code:
        return False
    best, clear = _best(letters, words)
    return best[:2] != code and clear >= 2 * CLEAR


# --------------------------------------------------------------------------- variants


def _variant(shown: Language, text: str, thread: Language, home: Language) -> str:
    """What the text shows, else what the thread had; for Chinese also what his country writes."""
    if shown.code == "zh":
        signs = Counter(text)
        traditional = sum(signs[sign] for sign in table.ONLY_TRADITIONAL)
        simplified = sum(signs[sign] for sign in table.ONLY_SIMPLIFIED)
        if traditional != simplified:
            return "Hant" if traditional > simplified else ""
    elif shown.sure:
        return shown.variant
    for known in (thread, home):
        if shown.code == known.code:
            return known.variant
    return shown.variant


def _tagged(tag: str) -> Language:
    code, _, variant = tag.partition("-")
    return Language(code, variant)
