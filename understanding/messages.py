"""The whole messages of dev/, as the daemon sees them: the buyer's own words and own subject."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from corpus import LANGUAGES

from tactd.core.classify.reading import whole
from tactd.core.read.quotes import cut

DEV: Final = Path(__file__).parent / "dev"


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    language: str
    text: str  # what the model reads
    intent: str
    also: tuple[str, ...]
    tone: str
    flags: tuple[str, ...]
    answerable: bool


def read_all(folder: Path = DEV) -> list[Message]:
    return [
        _message(json.loads(line))
        for language in LANGUAGES
        for line in (folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def _message(said: dict[str, object]) -> Message:
    own, _ = cut(str(said["body"]))
    return Message(
        id=str(said["id"]),
        language=str(said["language"]),
        text=whole(str(said.get("subject") or ""), own),
        intent=str(said["intent"]),
        also=tuple(said["also"]),  # type: ignore[arg-type]
        tone=str(said["sentiment"]),
        flags=tuple(said["flags"]),  # type: ignore[arg-type]
        answerable=bool(said["answerable"]),
    )
