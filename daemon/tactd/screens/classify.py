"""`tactd classify`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tactd.core.classify.reading import classify


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer a line; a line that is no JSON object gets an answer that says so."""
    for line in lines:
        if line.strip():
            yield _answer(line)


def _answer(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    reading = classify(str(asked.get("subject") or ""), str(asked.get("body") or ""))
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
