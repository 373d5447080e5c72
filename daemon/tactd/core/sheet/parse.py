"""A staged file as it came back from the seller's editor: what would be sent, and what is wrong.

Only this is read: the lines `To:` and `Subject:`, the reply below the first empty line, and the
marked line (core/sheet/mark.py). Empty lines and lines that begin with "#" above `To:` are skipped
(warnings and notes); everything below the marked line is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tactd.core.sheet.bytes import GBK, decode
from tactd.core.sheet.mark import Mark, find_marks, read_mark, unquote

_FIELD = re.compile(r"(to|subject)\s*[:：]\s*(.*)", re.IGNORECASE)
_SKIPPED = re.compile(r"\s*(#|$)")
_BLANK = re.compile(r"\[\[([^\[\]]{0,200})(?:\]\])?")
_LOST_IN_GBK = re.compile(r"\?\w|\?\?")  # "se?or"; an emoji becomes "??"
_CONTROL = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]"
)  # all but the tab; and halves of letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file says. `problems` holds codes of core/sheet/words.py, the gravest first."""

    id: int | None = None
    to: str = ""
    subject: str = ""
    body: str = ""
    problems: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()  # that the marked line promises


def parse(data: bytes) -> Parsed:
    """Total: any bytes give a result."""
    decoded = decode(data)
    lines = decoded.text.splitlines()
    marks = find_marks(lines)
    mark = read_mark(lines, marks[0]) if marks else None
    fields, extra, rest = _head(lines[: mark.line] if mark else lines)
    to, subject = fields.get("to", ""), one_line(fields.get("subject", ""))
    body = normal("\n".join(unquote(line) for line in rest))
    lost = _lost(f"{to}\n{subject}\n{body}", mark, decoded.codec)
    problems = (
        ("no_mark", not marks),
        ("two_marks", len(marks) > 1),
        ("no_id", mark is not None and mark.id is None),
        ("no_to", not to),
        ("no_subject", "subject" not in fields),
        ("extra_line", extra),
        ("lost_letters", lost),
        ("empty", not body),
    )
    return Parsed(
        id=mark.id if mark else None,
        to=one_line(to),
        subject=subject,
        body=body,
        problems=tuple(code for code, wrong in problems if wrong),
        letters=mark.letters if mark else (),
    )


def same_text(parsed: Parsed, subject: str, body: str) -> bool:
    """Did the seller leave it as it was? Line ends and trailing white space do not count."""
    return parsed.subject == one_line(subject) and parsed.body == normal(body)


def blanks(text: str) -> tuple[str, ...]:
    """What stands in [[ ]] and is still to be filled in; half a pair of brackets counts too."""
    return tuple(" ".join(match[1].split()) for match in _BLANK.finditer(text))


def normal(text: str) -> str:
    """Text as files and mails carry it: line ends are "\\n", no control characters but the tab, no
    white space at the ends of lines, no empty lines at either end."""
    lines = (
        (line if line.isprintable() else _CONTROL.sub("", line)).rstrip()
        for line in text.splitlines()
    )
    return "\n".join(lines).strip("\n")


def one_line(text: str) -> str:
    if text.isprintable():  # most texts are one line of letters: nothing else to be done
        return text.strip()
    return " ".join(normal(text).split("\n")).strip()


def _head(lines: list[str]) -> tuple[Mapping[str, str], bool, list[str]]:
    """The fields, whether another line stood among them, and the lines of the reply."""
    fields: dict[str, str] = {}
    at = next((i for i, line in enumerate(lines) if not _SKIPPED.match(line)), len(lines))
    for line in lines[at:]:
        match = _FIELD.match(line.strip())
        if match is None or match[1].lower() in fields:
            break
        fields[match[1].lower()] = match[2]
        at += 1
    rest = lines[at:]
    return fields, bool(fields and rest and rest[0].strip()), rest


def _lost(text: str, mark: Mark | None, codec: str) -> bool:
    if "\ufffd" in text or (mark is not None and not mark.whole):
        return True
    return codec == GBK and _LOST_IN_GBK.search(text) is not None
