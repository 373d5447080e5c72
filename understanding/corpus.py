"""The written texts of train/, read and checked. `python understanding/corpus.py` counts them.

Exit 1 if a file has a fault: each is told with its file and line.
"""

# ruff: noqa: T201
from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

TRAIN: Final = Path(__file__).parent / "train"
LANGUAGES: Final = (
    *("ar", "de", "en", "es", "fr", "id", "it", "ja"),
    *("ko", "nl", "pl", "pt", "ru", "tr", "zh"),
)
INTENTS: Final = (
    "where_is_my_item",
    "refund_request",
    "return_request",
    "item_problem",
    "cancel_order",
    "change_order",
    "product_question",
    "negotiation",
    "wholesale",
    "payment_question",
    "customs",
    "feedback",
    "thanks",
    "opt_out",
    "other",
)
TONES: Final = ("positive", "neutral", "negative")
FLAGS: Final = (
    "legal_threat",
    "chargeback",
    "abuse",
    "injury",
    "fraud",
    "several_questions",
    "sarcasm",
    "wants_human",
)
VARIANTS: Final = {"Hant": "zh", "BR": "pt"}
LONGEST: Final = 4_000  # characters of a text

_MANY: Final = {"also": INTENTS, "flags": FLAGS}
_ONE: Final = {"tone": ("positive", "negative"), "variant": tuple(VARIANTS)}


@dataclass(frozen=True, slots=True)
class Text:
    """One thing a buyer may write. `group` is unique over all files: one way of saying it."""

    language: str
    intent: str
    subject: str
    body: str
    group: str
    also: tuple[str, ...] = ()
    tone: str = "neutral"
    flags: tuple[str, ...] = ()
    hard: bool = False
    variant: str = ""

    @property
    def whole(self) -> str:
        return f"{self.subject}\n\n{self.body}" if self.subject else self.body


@dataclass(frozen=True, slots=True)
class Fault:
    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(slots=True)
class Corpus:
    texts: list[Text] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class FormError(ValueError):
    """A heading that the form does not know."""


def read_all(folder: Path = TRAIN) -> Corpus:
    """All languages; a missing file is a fault."""
    corpus = Corpus()
    for language in LANGUAGES:
        file = folder / f"{language}.txt"
        if not file.exists():
            corpus.faults.append(Fault(file.name, 0, "missing"))
            continue
        one = read(file.read_text(encoding="utf-8").split("\n"), language, file.name)
        corpus.texts += one.texts
        corpus.faults += one.faults
    return corpus


def read(lines: Iterable[str], language: str, file: str = "") -> Corpus:
    """The form that README.md describes. Total: what does not fit is a fault, and skipped."""
    corpus = Corpus()
    heading: Text | None = None
    seen: dict[str, int] = {}
    for number, line in _numbered(lines):
        try:
            if line.startswith("= "):
                heading = _heading(line[2:], language)
            elif line.startswith("#"):
                heading = _grouped(heading, line)
            else:
                corpus.texts.append(_text(heading, line, seen, number))
        except FormError as fault:
            corpus.faults.append(Fault(file, number, str(fault)))
    return corpus


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    return ((n, line.strip()) for n, line in enumerate(lines, 1) if line.strip())


def _heading(words: str, language: str) -> Text:
    intent, *rest = words.split()
    _known("intent", intent, INTENTS)
    text = Text(language, intent, "", "", "")
    for word in rest:
        name, _, value = word.partition("=")
        if word == "hard":
            text = replace(text, hard=True)
        elif name in _MANY:
            found = tuple(_known(name, one, _MANY[name]) for one in value.split(","))
            text = replace(text, also=found) if name == "also" else replace(text, flags=found)
        elif name in _ONE:
            one = _known(name, value, _ONE[name])
            text = replace(text, tone=one) if name == "tone" else replace(text, variant=one)
        else:
            raise FormError(f"unknown word in a heading: {word}")
    return _consistent(text)


def _known(name: str, value: str, values: Iterable[str]) -> str:
    if value not in values:
        raise FormError(f"unknown {name}: {value}")
    return value


def _consistent(text: Text) -> Text:
    if text.intent in text.also:
        raise FormError(f"the intent is repeated in also: {text.intent}")
    if text.variant and VARIANTS[text.variant] != text.language:
        raise FormError(f"variant {text.variant} in {text.language}")
    return text


def _grouped(heading: Text | None, line: str) -> Text:
    if heading is None:
        raise FormError("a group before the first intent")
    name = line.lstrip("#").strip()
    if not name:
        raise FormError("a group without a name")
    return replace(heading, group=f"{heading.language}/{heading.intent}/{name}")


def _text(heading: Text | None, line: str, seen: dict[str, int], number: int) -> Text:
    if heading is None or not heading.group:
        raise FormError("a text outside of a group")
    if len(line) > LONGEST:
        raise FormError(f"a text of {len(line)} characters")
    if any(unicodedata.category(c) == "Cc" for c in line):
        raise FormError("a control character")
    key = " ".join(line.casefold().split())
    if key in seen:
        raise FormError(f"the same text as in line {seen[key]}: {line[:50]}")
    seen[key] = number
    subject, bar, body = line.partition(" || ")
    words = [part.strip().replace("¶", "\n") for part in ((subject, body) if bar else ("", line))]
    return replace(heading, subject=words[0], body=words[1])


# --------------------------------------------------------------------------- counts


def main() -> int:
    corpus = read_all()
    for line in _report(corpus.texts):
        print(line)
    for fault in corpus.faults:
        print(fault, file=sys.stderr)
    return 1 if corpus.faults else 0


def _report(texts: list[Text]) -> Iterator[str]:
    yield f"{'':18}{''.join(f'{one:>5}' for one in LANGUAGES)}{'all':>7}"
    for intent in INTENTS:
        yield _row(intent, [text for text in texts if text.intent == intent])
    yield _row("texts", texts)
    yield _row("groups", list({text.group: text for text in texts}.values()))
    yield _row("hard", [text for text in texts if text.hard])
    for tone in ("positive", "negative"):
        yield _row(tone, [text for text in texts if text.tone == tone])
    for flag in FLAGS:
        yield _row(flag, [text for text in texts if flag in text.flags])
    yield _row("with also", [text for text in texts if text.also])
    hard = sum(text.hard for text in texts)
    yield f"hard: {hard / max(1, len(texts)):.1%} of {len(texts)} texts"


def _row(name: str, texts: list[Text]) -> str:
    counts = [sum(text.language == one for text in texts) for one in LANGUAGES]
    return f"{name:18}{''.join(f'{n:5}' for n in counts)}{len(texts):7}"


if __name__ == "__main__":
    sys.exit(main())
