"""Which language a buyer writes. Script first, then frequent words and letters.

Short and mixed texts are not sure: then the language of the thread, or of his country, is the
best guess. (A trained model takes the place of the word table later; `detect` stays.)
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from tactd.core.language import table

_CAP: Final = 4000  # characters: enough to know any language
_NOISE = re.compile(r"https?://\S+|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,255}|(?<!\w)\w*\d\w*")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS: Final = {
    "kana": re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]"),
    "hangul": re.compile(r"[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]"),
    "han": re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
    "arabic": re.compile(r"[\u0620-\u064a\u066e-\u06d3]"),
    "latin": re.compile(r"[A-Za-zÀ-ɏ]"),
}
# Signs of the neighbours who share a script: Ukrainian, Bulgarian's Ъ is left; Persian, Urdu.
_NEIGHBOURS: Final = {"ru": frozenset("іїєґўјљњћђ"), "ar": frozenset("پچژگکیٹڈڑے")}
_EAST: Final = {"hangul": "ko", "cyrillic": "ru", "arabic": "ar"}
_LETTERS_PER_SIGN: Final = 3  # a Chinese character or a syllable says as much as three letters


@dataclass(frozen=True, slots=True)
class Language:
    code: str  # one of ar de en es fr id it ja ko nl pl pt ru tr zh
    variant: str = ""  # "Hant", "BR"
    sure: bool = False


def detect(text: str, prior: str = "", country: str = "") -> Language:
    """The language of `text`.

    `prior` is the language (or tag, "zh-Hant") of the thread, `country` an ISO 3166-1 code; both
    may be "". They decide only what the text itself leaves open.
    """
    text = _NOISE.sub(" ", text[:_CAP])
    thread = _tagged(prior)
    home = _tagged(table.COUNTRY_LANGUAGE.get(country.upper(), ""))
    code, sure = _code(text)
    if code and (sure or code == thread.code):
        return Language(code, _variant(code, text, thread, home), sure=True)
    for known in (thread, home):
        if known.code:
            return known
    return Language(code or "en", _variant(code, text, thread, home))


def _code(text: str) -> tuple[str, bool]:
    """The language that the text shows, "" where it shows none, and whether that is sure."""
    weights = _script_weights(text)
    total = sum(weights.values())
    if not total:
        return "", False
    script = max(weights, key=lambda one: weights[one])
    code, sure = _of_script(script, text, weights)
    mixed = weights[script] < 0.6 * total
    return code, sure and not mixed


def _script_weights(text: str) -> dict[str, int]:
    weights = {
        name: len(form.findall(text)) * (1 if name in ("latin", "cyrillic", "arabic") else 3)
        for name, form in _SCRIPTS.items()
    }
    # Japanese mixes kana and han; a single kana in a Chinese text is an ornament.
    if weights["kana"] * 5 >= weights["han"]:
        weights["kana"] += weights.pop("han") if weights["kana"] else 0
    return weights


def _of_script(script: str, text: str, weights: Mapping[str, int]) -> tuple[str, bool]:
    if script == "latin":
        return _latin(text)
    if script == "han":  # without a character that only Chinese writes it may be Japanese
        return "zh", not (table.CHINESE_ONLY | table.ONLY_SIMPLIFIED).isdisjoint(text)
    if script == "kana":
        return "ja", weights["kana"] >= 4 * _LETTERS_PER_SIGN
    code = _EAST[script]
    foreign = not _NEIGHBOURS.get(code, frozenset()).isdisjoint(text.lower())
    return code, weights[script] >= 4 and not foreign


def _latin(text: str) -> tuple[str, bool]:
    words = _words(text)
    ranked = sorted(_scores(words, text.lower()).items(), key=lambda one: -one[1])
    if not ranked:
        return "", False
    (best, score), second = ranked[0], ranked[1][1] if len(ranked) > 1 else 0.0
    if best == "xx":
        return "", False
    known = sum(any(c == best for c, _ in table.WORD_WEIGHTS.get(w, ())) for w in words)
    clear = score >= 1.5 and second <= 0.6 * score
    return best, clear and known >= 2 and known >= 0.25 * len(words)


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def _scores(words: list[str], text: str) -> dict[str, float]:
    scores: dict[str, float] = defaultdict(float)
    for word, count in Counter(words).items():
        for code, weight in table.WORD_WEIGHTS.get(word, ()):
            scores[code] += weight * min(count, 3)
    for letter, codes in table.LETTERS.items():
        if letter in text:
            for code in codes.split():
                scores[code] += 1 / len(codes.split())
    return scores


def _variant(code: str, text: str, thread: Language, home: Language) -> str:
    """What the text shows, else what the thread had; for Chinese also what his country writes."""
    shown = _shown_variant(code, text)
    if shown is not None:
        return shown
    if thread.code == code:
        return thread.variant
    return home.variant if code == home.code == "zh" else ""


def _shown_variant(code: str, text: str) -> str | None:
    if code == "zh":
        signs = Counter(text)
        traditional = sum(signs[sign] for sign in table.ONLY_TRADITIONAL)
        simplified = sum(signs[sign] for sign in table.ONLY_SIMPLIFIED)
        return None if traditional == simplified else "Hant" if traditional > simplified else ""
    if code == "pt":
        words = set(_words(text))
        european, brazilian = words & table.PORTUGUESE, words & table.BRAZILIAN
        return None if bool(european) == bool(brazilian) else "BR" if brazilian else ""
    return ""


def _tagged(tag: str) -> Language:
    code, _, variant = tag.partition("-")
    return Language(code, variant)
