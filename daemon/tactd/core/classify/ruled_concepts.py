"""A text as sentences of concepts: "Where is my order?" is `WHERE PARCEL` and a question.

Unknown words stay as `_`, so that a rule can say how many of them it bears; a run of unknown
Chinese characters is one. Linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from tactd.core.classify.lexicon import FILLER, LEXICON
from tactd.core.language.table import TO_SIMPLIFIED

UNKNOWN: Final = "_"
COMMA: Final = ","
MOST: Final = 300  # sentences that are read: nobody asks for something after so many
_LONGEST: Final = 200  # words of a sentence; then it is cut
_FILLER: Final = "FILLER"
_STEM: Final = 4  # letters that a stem has at least
_TOKEN: Final = re.compile(
    r"[a-z]+|[\u3400-\u9fff]|\d+(?:st|nd|rd|th)?\b|[👍👎❤😊😍😀💯🥰😡😠😞]|[.!?…。！？\n;；]|[,，、:：()（）\-–—]"
)
_END: Final = frozenset(".!…。！\n;；?？")
_QUESTION: Final = frozenset("?？")
_PAUSE: Final = frozenset(",，、:：()（）-–—")
# A question without its mark.
_ASKING: Final = re.compile(r"[吗呢哪]|什么|怎么|多少|几天|能不能")
_BEGINS_ASKING: Final = re.compile(
    r"(?:where|when|what|why|how|who|which|can|could|do you|does|did|are you|has my|have you"
    r"|will (?:it|you)|is (?:it|this|that|there)|donde|cuando|cual|por que|pueden?)\b"
)
_NOISE: Final = re.compile(
    r"https?://\S+|(?<![^\s@])[^\s@]{1,64}@[^\s@]{1,255}|(?<=\d)[.,:/-](?=\d)"
)
_WRAPPED: Final = re.compile(r"\n(?=[^\W\d_A-Z\u3400-\u9fff])")  # a line that goes on


@dataclass(frozen=True, slots=True)
class Piece:
    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`line` is the concepts with a space after each: what the rules are matched against."""

    pieces: tuple[Piece, ...]
    line: str
    question: bool
    known: int  # words
    text: str  # all of the normalised text, for `phrase`

    @property
    def unknown(self) -> int:
        return sum(piece.concept == UNKNOWN for piece in self.pieces)

    def phrase(self, start: int, end: int) -> str:
        """The words behind a part of `line`."""
        first = self.line.count(" ", 0, start)
        last = max(self.line.count(" ", 0, end) - 1, first)
        return self.text[self.pieces[first].start : self.pieces[last].end]


# --------------------------------------------------------------------------- the lexicon, compiled


@dataclass(frozen=True, slots=True)
class _Lexicon:
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first word, longest first
    stems: Mapping[str, str]


def _compile() -> _Lexicon:
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, str] = {}
    for concept, entries in [*LEXICON.items(), (_FILLER, FILLER)]:
        for entry in entries.split(","):
            words = normalised(entry.strip())
            tokens = tuple(_TOKEN.findall(words))
            if words.endswith("*"):
                tokens = (*tokens[:-1], f"{tokens[-1]}*")
            if len(tokens) == 1 and words.endswith("*"):
                stems[words[:-1]] = concept
            elif tokens:
                phrases.setdefault(tokens[0], []).append((tokens, concept))
    ordered = {first: tuple(sorted(e, key=lambda p: -len(p[0]))) for first, e in phrases.items()}
    return _Lexicon(ordered, stems)


def normalised(text: str) -> str:
    """Lower case, without accents and apostrophes, Chinese simplified. "sí" is not "si"."""
    text = text.lower().replace("sí", "yes").replace("’", "'").replace("'", "")
    if not text.isascii():
        folded = unicodedata.normalize("NFKD", text.translate(TO_SIMPLIFIED))
        text = "".join(c for c in folded if not unicodedata.combining(c))
    return text


_COMPILED: Final = _compile()

# --------------------------------------------------------------------------- reading


def sentences(text: str) -> tuple[Sentence, ...]:
    whole = normalised(_NOISE.sub(" ", _WRAPPED.sub(" ", text)))
    found = (_sentence(tokens, whole) for tokens in islice(_split(whole), MOST))
    return tuple(one for one in found if one is not None)


def _split(text: str) -> Iterator[list[re.Match[str]]]:
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        tokens.append(token)
        if token[0] in _END or len(tokens) >= _LONGEST:
            if len(tokens) > 1:
                yield tokens
            tokens = []
    if tokens:
        yield tokens


def _sentence(tokens: list[re.Match[str]], text: str) -> Sentence | None:
    pieces: list[Piece] = []
    known = at = 0
    while at < len(tokens):
        concept, length = _longest(tokens, at)
        piece = Piece(concept, tokens[at].start(), tokens[at + length - 1].end())
        if concept not in (_FILLER, ""):
            _append(pieces, piece, text)
        known += length if concept not in (UNKNOWN, COMMA, "") else 0
        at += length
    if not known and not pieces:
        return None
    line = "".join(f"{piece.concept} " for piece in pieces)
    return Sentence(tuple(pieces), line, _asks(tokens, text), known, text)


def _asks(tokens: list[re.Match[str]], text: str) -> bool:
    first, last = tokens[0], tokens[-1]
    if last[0] in _QUESTION:
        return True
    said = text[first.start() : last.end()]
    return _BEGINS_ASKING.match(said) is not None or _ASKING.search(said) is not None


def _append(pieces: list[Piece], piece: Piece, text: str) -> None:
    before = pieces[-1] if pieces else None
    run = before is not None and before.concept == piece.concept == UNKNOWN
    if before and run and before.end == piece.start and not text[piece.start].isascii():
        pieces[-1] = Piece(UNKNOWN, before.start, piece.end)
    else:
        pieces.append(piece)


def _longest(tokens: list[re.Match[str]], at: int) -> tuple[str, int]:
    """The concept of the longest phrase that begins here, and how many words it has."""
    word = tokens[at][0]
    for phrase, concept in _COMPILED.phrases.get(word, ()):
        if _begins(tokens, at, phrase):
            return concept, len(phrase)
    if word in _PAUSE:
        return COMMA, 1
    if word in _END:
        return "", 1
    return (_FILLER if word[0].isdigit() else _stem(word)), 1


def _begins(tokens: list[re.Match[str]], at: int, phrase: tuple[str, ...]) -> bool:
    if at + len(phrase) > len(tokens):
        return False
    last = len(phrase) - 1
    if any(tokens[at + n][0] != phrase[n] for n in range(1, last)):
        return False
    end, wanted = tokens[at + last][0], phrase[last]
    return end.startswith(wanted[:-1]) if wanted.endswith("*") else end == wanted


def _stem(word: str) -> str:
    lengths = range(min(len(word), 12), _STEM - 1, -1)
    return next((c for n in lengths if (c := _COMPILED.stems.get(word[:n]))), UNKNOWN)
