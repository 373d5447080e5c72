"""A letter in one language: the passages of its situations, in order, in one frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tactd.core.compose.render import MissingFactError, Part, compiled, rendered
from tactd.core.compose.template_file import FRAME_BLOCKS, LETTER_BLOCKS, SUBJECT
from tactd.core.compose.template_set import FRAME, Key, Templates
from tactd.core.labels import YOUR_ANSWER, column
from tactd.core.types import Situation


def empty_sheet(language: str) -> str:
    """Stands in where not even a `handover` text is there."""
    return f"[answer]\n[[{YOUR_ANSWER[column(language)]}]]\n"


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that could not be written, and the fact it lacked."""

    folder: str
    fact: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What one situation has to say."""

    key: Key
    blocks: Mapping[str, str]
    facts: frozenset[str]  # the known facts that its text names


@dataclass(frozen=True, slots=True)
class Letter:
    keys: tuple[Key, ...]  # the texts used in the end
    subject: str
    body: str
    facts: frozenset[str]
    gaps: tuple[Gap, ...]


def write(keys: tuple[Key, ...], facts: Mapping[str, str], templates: Templates) -> Letter:
    """The letter; what lacks a fact is replaced by the sheet that the seller fills in."""
    written = [_passage_or_sheet(key, facts, templates) for key in keys]
    frame = _frame(keys[0].language, facts, templates)
    passages = list({passage.key: passage for passage, _ in written}.values())
    gaps = [gap for _, gap in (*written, frame) if gap]
    return Letter(
        keys=tuple(passage.key for passage in passages),
        subject=passages[0].blocks.get(SUBJECT, ""),
        body=_body(frame[0].blocks, passages),
        facts=frozenset().union(frame[0].facts, *(passage.facts for passage in passages)),
        gaps=tuple(gaps),
    )


def _passage_or_sheet(
    key: Key, facts: Mapping[str, str], templates: Templates
) -> tuple[Passage, Gap | None]:
    try:
        return _passage(key, facts, templates), None
    except MissingFactError as error:
        sheet = Key(Situation.HANDOVER, key.language)
        return _passage(sheet, {}, templates), Gap(key.folder, error.fact)


def _frame(
    language: str, facts: Mapping[str, str], templates: Templates
) -> tuple[Passage, Gap | None]:
    key = Key(FRAME, language)
    try:
        return _passage(key, facts, templates), None
    except MissingFactError as error:
        return Passage(key, {}, frozenset()), Gap(FRAME, error.fact)


def _passage(key: Key, facts: Mapping[str, str], templates: Templates) -> Passage:
    parts = compiled(templates.sources.get(key) or empty_sheet(key.language))
    return Passage(key, {part.name: rendered(part, facts) for part in parts}, _named(parts, facts))


def _named(parts: Iterable[Part], facts: Mapping[str, str]) -> frozenset[str]:
    return frozenset().union(*(part.facts for part in parts)) & facts.keys()


def _body(frame: Mapping[str, str], passages: Iterable[Passage]) -> str:
    greeting, closing, signature = (frame.get(name, "") for name in FRAME_BLOCKS)
    said = [
        paragraph
        for passage in passages
        for name in LETTER_BLOCKS
        for paragraph in passage.blocks.get(name, "").split("\n\n")
    ]
    ending = "\n".join(part for part in (closing, signature) if part)
    return "\n\n".join(_once(part for part in (greeting, *said, ending) if part))


def _once(parts: Iterable[str]) -> tuple[str, ...]:
    """Two situations may say the same sentence; a letter says it once."""
    return tuple(dict.fromkeys(parts))
