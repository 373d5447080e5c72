"""`tactd classify`: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tactd.core.read.body import TEXT_CHARS
from tactd.core.read.quotes import cut
from tactd.core.types import Reader

MARK = "\ufeff"  # some Windows programs begin a file with it


def answers(lines: Iterable[str], reader: Reader) -> Iterator[dict[str, Any]]:
    """One answer a line; a line that is no JSON object, or holds no text to read, gets an answer
    that says so."""
    for number, line in enumerate(lines):
        asked = line.removeprefix(MARK) if number == 0 else line
        if asked.strip():
            yield _answer(asked, reader)


def buyers_words(body: str) -> str:
    """What the buyer wrote himself in a mail's text."""
    return cut(body[:TEXT_CHARS])[0]


def _answer(line: str, reader: Reader) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except ValueError as error:
        return {"id": None, "error": f"not JSON: {error}"}
    except RecursionError:
        return {"id": None, "error": "not JSON that can be read: nested too deeply"}
    if not isinstance(asked, dict):
        return {"id": None, "error": "not a JSON object"}
    if "subject" not in asked and "body" not in asked:
        return {"id": asked.get("id"), "error": "neither subject nor body"}
    subject, body = (asked.get(name) or "" for name in ("subject", "body"))
    if not isinstance(subject, str) or not isinstance(body, str):
        return {"id": asked.get("id"), "error": "subject and body must be texts"}
    reading = reader.read(subject, buyers_words(body))
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
