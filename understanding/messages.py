"""The whole messages of dev/, as the daemon sees them: the buyer's own words and own subject."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from corpus import LANGUAGES, Text

from tactd.core.read.quotes import cut
from tactd.core.read.wrapped import unwrapped

DEV: Final = Path(__file__).parent / "dev"


@dataclass(frozen=True, slots=True)
class Message:
    id: str
    answerable: bool
    text: Text  # of its own group: its number, under which several languages tell one story


def read_all(folder: Path = DEV) -> list[Message]:
    return [
        _message(json.loads(line))
        for language in LANGUAGES
        for line in (folder / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def _message(said: dict[str, Any]) -> Message:
    own, _ = cut(said["body"])
    text = Text(
        language=said["language"],
        intent=said["intent"],
        subject=said.get("subject") or "",
        body=unwrapped(own),
        group=f"dev/{said['id'].partition('-')[2]}",
        also=tuple(said["also"]),
        tone=said["sentiment"],
        flags=tuple(said["flags"]),
    )
    return Message(said["id"], said["answerable"], text)
