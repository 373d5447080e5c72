"""What a text shows to the model: names of features by family.

Families: `w` words, `b` pairs of words, `c` character n-grams, `k` concepts and what they stand
with in a sentence, `d` pairs of concepts in the whole text, `x` concepts with the words beside
them, `s` structure (questions, length, marks). The model sees whether a feature is there, not how
often (but a run of letters once for each word that it is in); each family is normalised by itself,
so that a long mail does not shout a short one down. Total on any text, linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from tactd.core.classify.concepts import Found, Lexicon, found_in
from tactd.core.classify.normal import normalised

FAMILIES: Final = "wbckdxs"
ALONE: Final = "wck"  # what sentences are looked at by
LETTERS: Final = "c"  # here words stand for their `grams`
CONCEPTUAL: Final = frozenset("kdx")
MOST: Final = 40  # concepts that are paired over a whole text
FIRST: Final = 4  # sentences that are looked at one by one: of the beginning
LAST: Final = 8  # and of the end, where the request stands
SCRIPT: Final = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"  # written without (reliable) spaces
TOKEN: Final = re.compile(
    rf"[{SCRIPT}]+|[^\W\d_{SCRIPT}]+(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|[^\w\s]|\n"
)
_SPACELESS: Final = re.compile(rf"[{SCRIPT}]")
_EAST: Final = "\u3040"  # what is written without spaces stands from here on
_BREAK: Final = "¶"
_ENDS: Final = frozenset(".!?。！？؟…;；" + _BREAK)
_ASKS: Final = frozenset("?？؟")
_MARKS: Final = frozenset("?!%$€£¥₽₩") | {"0", "00", "000", "0.0"}
_LENGTHS: Final = (4, 8, 15, 30, 60, 120)
_ASKED: Final = tuple(f"asked {n}" for n in range(4))
ASKS_TWICE: Final = frozenset(_ASKED[2:])  # of the structure
_CRIED: Final = tuple(f"cried {n}" for n in range(4))
_LONG: Final = tuple(f"long {n}" for n in range(len(_LENGTHS) + 1))
_ASKING: Final = frozenset(("WHERE", "WHEN", "ASK", "HOWMUCH"))
_CLITICS: Final = re.compile(r"^[وف]?(?:ال|لل|بال|وال|[بلك])?(?=\w{3})")

T = TypeVar("T")
Names = dict[str, set[str]]  # of features, by family


@dataclass(frozen=True, slots=True)
class Shown:
    """The features of a text by family, and of each sentence that is looked at by itself."""

    whole: Names
    sentences: list[Names]
    asking: list[bool]  # which of them are questions


class _Joined(dict[str, str]):
    """`A&B` by B: names of pairs, put together once. There are a few thousand."""

    def __init__(self, start: str) -> None:
        super().__init__()
        self.start = start

    def __missing__(self, other: str) -> str:
        self[other] = made = f"{self.start}{other}"
        return made


class _Pairs(dict[str, _Joined]):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    def __missing__(self, one: str) -> _Joined:
        self[one] = made = _Joined(f"{one}{self.mark}")
        return made


_THEN: Final = _Pairs(">")  # the second stands behind the first
_AND: Final = _Pairs("&")  # in one sentence
_WITH: Final = _Pairs("+")  # in one text
_NEGATED: Final = _Joined("!")


def shown(text: str, lexicon: Lexicon) -> Shown:
    """The features of the whole text and of its sentences."""
    raw = TOKEN.findall(normalised(text))
    tokens = [one if one[0].isalpha() else _token(one) for one in raw]
    sentences = _sentences(tokens)
    found = [found_in(one, lexicon) for one in sentences]
    told = list(map(_of_sentence, sentences, found))
    whole = {family: set[str]().union(*[one[family] for one in told]) for family in ALONE}
    whole["b"] = set[str]().union(*map(_side_by_side, sentences))
    whole["d"] = _unordered(sorted({name for part in found for name, _ in part})[:MOST], _WITH)
    whole["x"] = set[str]().union(*map(_beside, sentences, found))
    whole["s"] = _structure(tokens)
    asking = [len(one) > 1 and one[-1] in _ASKS for one in sentences]
    return Shown(whole, [whole] if len(told) == 1 else _ends(told), _ends(asking))


def _ends(each: list[T]) -> list[T]:
    """Of the sentences those that are looked at."""
    return [*each[:FIRST], *each[FIRST:][-LAST:]]


def _of_sentence(tokens: list[str], found: list[Found]) -> Names:
    words = {token for token in tokens if token[0].isalnum()}
    bare = _bare_words(words)
    return {
        "w": words.union(bare) if bare else words,
        "c": words,
        "k": _concepts(tokens, found) if found else set(),
    }


def _side_by_side(tokens: list[str]) -> Iterator[str]:
    words = [token for token in tokens if token[0].isalnum()]
    return map(" ".join, zip(["^", *words], [*words, "$"], strict=True))


def _unordered(names: Sequence[str], pairs: _Pairs) -> set[str]:
    found: set[str] = set()
    for at, name in enumerate(names, 1):
        found.update(map(pairs[name].__getitem__, names[at:]))
    return found


def _token(found: str) -> str:
    """No name of a feature holds a line break (model.py divides by it)."""
    return _number(found) if found[0].isdigit() else _BREAK if found == "\n" else found


def _number(found: str) -> str:
    """Numbers of as many digits are alike; a price and a time are something else."""
    mark = next((":" if mark == ":" else "." for mark in found if mark in ".,:"), "")
    return f"0{mark}0" if mark else "0" * min(len(found), 5)


def _bare_words(words: set[str]) -> list[str]:
    """Arabic ones without their article and what is written together with it."""
    if max(words, default="") < "\u0600":
        return []
    return [_CLITICS.sub("", word) for word in words if "\u0600" <= word[0] <= "\u06ff"]


def grams(word: str) -> tuple[str, ...]:
    """Inside a word with its edges; of a run without spaces one to four characters."""
    spaceless = word >= _EAST and _SPACELESS.match(word)
    edged = word[:80] if spaceless else f"<{word[:40]}>"
    sizes = (1, 2, 3, 4) if spaceless else (3, 4, 5)
    return tuple([edged[i : i + n] for n in sizes for i in range(len(edged) - n + 1)])


def _sentences(tokens: list[str]) -> list[list[str]]:
    ends = [at for at, token in enumerate(tokens, 1) if token in _ENDS]
    if not ends or ends[-1] < len(tokens):
        ends.append(len(tokens))
    return [tokens[start:end] for start, end in zip([0, *ends], ends, strict=False) if end]


def _concepts(sentence: list[str], found: list[Found]) -> set[str]:
    """Concepts, each with a negation or a question it stands in, and pairs in order."""
    named = [name for name, _ in found]
    each = set(named)
    shown = _unordered(sorted(each), _AND)
    for at, name in enumerate(named, 1):
        shown.update(map(_THEN[name].__getitem__, named[at : at + 4]))
    if len(each) < len(named):
        shown.difference_update([_THEN[name][name] for name in each])
    if "NOT" in each:
        shown.update(_negated(found))
    if not (_ASKS.isdisjoint(sentence) and _ASKING.isdisjoint(each)):
        shown.update([f"{name}?" for name in each])
    return shown | each


def _beside(sentence: list[str], found: list[Found]) -> list[str]:
    """What is cancelled, which money, whose address."""
    if not found:
        return []
    edged = ["", *sentence, ""]
    beside = [f"{edged[at]}_{name}" for name, at in found if at]
    beside += [f"{name}_{edged[at + 2]}" for name, at in found if edged[at + 2]]
    return beside


def _negated(found: list[Found]) -> Iterator[str]:
    """A negation up to three tokens before it, or right behind (Japanese, Korean, Turkish)."""
    for at, (name, here) in enumerate(found):
        if name == "NOT":
            for other, there in found[max(0, at - 2) : at + 4]:
                if other != "NOT" and -3 <= here - there <= 1:
                    yield _NEGATED[other]


def _drawn(mark: str) -> bool:
    """An emoji, an arrow, a star."""
    return unicodedata.category(mark) == "So"


def _structure(tokens: list[str]) -> set[str]:
    words = [token for token in tokens if token[0].isalnum()]
    marks = [token for token in tokens if not token[0].isalnum()]
    told = {one for one in marks if one in _MARKS or (one > "\x7f" and _drawn(one))}
    told.update(_MARKS.intersection(words))
    asked = sum(map(marks.count, _ASKS))
    cried = marks.count("!") + marks.count("！")
    told.update((_ASKED[min(asked, 3)], _CRIED[min(cried, 3)]))
    told.add(_LONG[bisect_right(_LENGTHS, _length(words))])
    if _BREAK in marks:
        told.add("lines")
    return told


def _length(words: list[str]) -> float:
    """Words; of what is written without spaces two signs are one."""
    if max(words, default="") < _EAST:
        return len(words)
    return sum([len(one) / 2 if _SPACELESS.match(one) else 1 for one in words])
