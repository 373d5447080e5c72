"""What a text shows to the model: names of features by family.

Families: `w` words, `b` pairs of words, `c` character n-grams, `k` concepts and what they stand
with in a sentence, `d` pairs of concepts in the whole text, `x` concepts with the words beside
them, `s` structure (questions, length, marks). The model sees whether a feature is there, not how
often; each family is normalised by itself, so that a long mail does not shout a short one down.
Total on any text, linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tactd.core.classify.concepts import Found, Lexicon, found_in
from tactd.core.classify.normal import normalised

FAMILIES: Final = "wbckdxs"
CONCEPTUAL: Final = frozenset("kdx")
MOST: Final = 40  # concepts that are paired over a whole text
FIRST: Final = 4  # sentences that are looked at one by one: of the beginning
LAST: Final = 8  # and of the end, where the request stands
SCRIPT: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # written without (reliable) spaces
TOKEN: Final = re.compile(
    rf"[{SCRIPT}]+|[^\W\d_{SCRIPT}]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]|\n"
)
_SPACELESS: Final = re.compile(rf"[{SCRIPT}]")
_BREAK: Final = "¶"
_ENDS: Final = frozenset(".!?。！？؟…;；" + _BREAK)
_ASKS: Final = frozenset("?？؟")
_MARKS: Final = frozenset("?!%$€£¥₽₩") | {"0", "00", "000", "0.0"}
_LENGTHS: Final = (4, 8, 15, 30, 60, 120)
_CLITICS: Final = re.compile(r"^[وف]?(?:ال|لل|بال|وال|[بلك])?(?=\w{3})")


@dataclass(frozen=True, slots=True)
class Shown:
    """The features of a text by family, and of each of its sentences."""

    whole: dict[str, set[str]]
    sentences: list[dict[str, set[str]]]


def features(text: str, lexicon: Lexicon) -> dict[str, set[str]]:
    """The features of the whole text by family."""
    return shown(text, lexicon).whole


def shown(text: str, lexicon: Lexicon) -> Shown:
    tokens = [_token(token) for token in TOKEN.findall(normalised(text))]
    told = [_of_sentence(one, found_in(one, lexicon)) for one in _sentences(tokens)]
    names = [names for names, _ in told]
    found = [found for _, found in told]
    whole = {family: set().union(*(one[family] for one in names)) for family in "wbckx"}
    whole["d"] = _pairs(one.name for part in found for one in part)
    whole["s"] = set(_structure(tokens))
    speaking = [one for one in names if one["w"] or one["s"]]
    if len(speaking) == 1:
        return Shown(whole, [whole])
    return Shown(whole, [*speaking[:FIRST], *speaking[FIRST:][-LAST:]])


def _of_sentence(tokens: list[str], found: list[Found]) -> tuple[dict[str, set[str]], list[Found]]:
    words = [token for token in tokens if token[0].isalnum()]
    names = {
        "w": set(words) | {bare for word in words if (bare := _bare(word)) != word},
        "b": {f"{a} {b}" for a, b in zip(["^", *words], [*words, "$"], strict=True)},
        "c": {gram for word in words for gram in _grams(word)},
        "k": set(_concepts(tokens, found)),
        "d": _pairs(one.name for one in found),
        "x": set(_beside(tokens, found)),
        "s": set(_structure(tokens)),
    }
    return names, found


def _pairs(names: Iterable[str]) -> set[str]:
    held = sorted(set(names))[:MOST]
    return {f"{a}+{b}" for n, a in enumerate(held) for b in held[n + 1 :]}


def _token(found: str) -> str:
    """No name of a feature holds a line break (model.py divides by it)."""
    return _number(found) if found[0].isdigit() else _BREAK if found == "\n" else found


def _number(found: str) -> str:
    """Numbers of as many digits are alike; a price and a time are something else."""
    mark = next((":" if mark == ":" else "." for mark in found if mark in ".,:"), "")
    return f"0{mark}0" if mark else "0" * min(len(found), 5)


def _bare(word: str) -> str:
    return _CLITICS.sub("", word) if "\u0600" <= word[0] <= "\u06ff" else word


@lru_cache(50_000)
def _grams(word: str) -> tuple[str, ...]:
    """Inside a word with its edges; of a run without spaces one to four characters."""
    spaceless = _SPACELESS.match(word) is not None
    edged = word[:80] if spaceless else f"<{word[:40]}>"
    sizes = (1, 2, 3, 4) if spaceless else (3, 4, 5)
    return tuple(edged[i : i + n] for n in sizes for i in range(len(edged) - n + 1))


def _sentences(tokens: list[str]) -> Iterator[list[str]]:
    sentence: list[str] = []
    for token in tokens:
        sentence.append(token)
        if token in _ENDS:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _concepts(sentence: list[str], found: list[Found]) -> Iterator[str]:
    """Concepts, each with a negation or a question it stands in, and pairs in order."""
    asked = any(token in _ASKS for token in sentence) or any(f.name in _ASKING for f in found)
    for at, one in enumerate(found):
        yield one.name
        if asked:
            yield f"{one.name}?"
        if one.name != "NOT" and _negated(found, at):
            yield f"!{one.name}"
        for other in found[at + 1 : at + 5]:
            if other.name != one.name:
                yield f"{one.name}>{other.name}"
    names = sorted({one.name for one in found})
    yield from (f"{a}&{b}" for i, a in enumerate(names) for b in names[i + 1 :])


def _beside(sentence: list[str], found: list[Found]) -> Iterator[str]:
    """What is cancelled, which money, whose address."""
    for one in found:
        if one.at:
            yield f"{sentence[one.at - 1]}_{one.name}"
        if one.at + 1 < len(sentence):
            yield f"{one.name}_{sentence[one.at + 1]}"


_ASKING: Final = frozenset(("WHERE", "WHEN", "ASK", "HOWMUCH"))


def _negated(found: list[Found], at: int) -> bool:
    """A negation up to three tokens before it, or right behind (Japanese, Korean, Turkish)."""
    here = found[at].at
    return any(f.name == "NOT" and -3 <= f.at - here <= 1 for f in found[max(0, at - 3) : at + 3])


@lru_cache(5_000)
def _drawn(sign: str) -> bool:
    """An emoji, an arrow, a star."""
    return unicodedata.category(sign) == "So"


def _structure(tokens: list[str]) -> Iterator[str]:
    words = [token for token in tokens if token[0].isalnum()]
    yield from _MARKS.intersection(tokens)
    asked = sum(token in _ASKS for token in tokens)
    if _BREAK in tokens:
        yield "lines"
    yield f"asked {min(asked, 3)}"
    yield f"cried {min(tokens.count('!') + tokens.count('！'), 3)}"
    length = sum(1 if not _SPACELESS.match(word) else len(word) / 2 for word in words)
    yield f"long {sum(length >= bound for bound in _LENGTHS)}"
    yield from {token for token in tokens if _drawn(token[0])}
