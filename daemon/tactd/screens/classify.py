"""`tactd classify`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tactd.core.read.body import TEXT_CHARS
from tactd.core.read.quotes import cut
from tactd.core.types import Reader


def answers(lines: Iterable[str], reader: Reader) -> Iterator[dict[str, Any]]:
    """One answer a line; a line that is no JSON object gets an answer that says so."""
    for line in lines:
        if line.strip():
            yield _answer(line, reader)


def buyers_words(body: str) -> str:
    """What the buyer wrote himself in a mail's text."""
    return cut(body[:TEXT_CHARS])[0]


def _answer(line: str, reader: Reader) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    words = buyers_words(str(asked.get("body") or ""))
    reading = reader.read(str(asked.get("subject") or ""), words)
    answer = {
        "id": asked.get("id"),
        "intent": str(reading.intent),
        "confidence": reading.confidence,
        "also": [str(intent) for intent in reading.also],
        "language": reading.language,
        "sentiment": str(reading.sentiment),
        "sure": reading.sure,
    }
    return answer | ({"variant": reading.variant} if reading.variant else {})
