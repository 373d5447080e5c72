"""A staged reply as a file: plain UTF-8 text that any editor opens, also on a phone.

    # ! The address is not on file for this order.       warnings: seen first, never sent

    To: jane@example.com
    Subject: Where is my tent?

    Dear Jane, …                                          the reply

    === tactd 123-kqx === nothing below this line is sent === é ===

      To send, move this file to approved/ …              for the seller only, every line indented

Warnings stand above `To:` as lines beginning with "#": the reading side (core/sheet/parse.py) skips
such lines there and nowhere else, so they are seen before all else and can never be sent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tactd.core.sheet.mark import letters_of, mark_line, mark_start, quote
from tactd.core.sheet.parse import Parsed, blanks, normal, one_line, parse, same_text
from tactd.core.sheet.words import label

__all__ = ["Parsed", "Sheet", "blanks", "file_name", "parse", "render", "same_text"]

LONGEST_WORDS = 20_000  # characters of a buyer's mail shown; keeps the file under the adapter's cap
_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that a staged file shows. Only `to`, `subject` and `body` are ever sent."""

    id: int
    to: str
    subject: str
    body: str
    deadline: datetime
    situation: str  # its code, for the file's name
    situation_name: str = ""  # what the seller calls it
    order: str  # its number, or ""
    buyer: str  # name or username, or ""
    standing: tuple[str, ...] = ()  # why he comes first among equals
    warnings: tuple[str, ...]  # sentences in the seller's language
    words: str  # the buyer's own
    words_gloss: str = ""  # the same in the seller's language
    facts: tuple[tuple[str, str, str], ...]  # label, value, age and source
    reasons: tuple[str, ...]
    gloss_subject: str
    gloss_body: str
    language: str  # the seller's
    timezone: str  # the seller's, an IANA name
    links: tuple[tuple[str, str], ...] = ()  # label, address
    pasted: bool = False  # it is pasted on the marketplace's site, not sent


def file_name(sheet: Sheet, again: int = 0) -> str:
    """Begins with the deadline in the seller's time, so that a folder listing is the work list.
    Lower-case ASCII without anything Windows forbids, at most 120 long; `again` > 0 numbers it."""
    when = sheet.deadline.astimezone(ZoneInfo(sheet.timezone))
    names = (_ascii(sheet.situation, 32), _ascii(sheet.order, 32), _ascii(sheet.buyer, 24))
    number = str(again + 1) if again else ""
    return "_".join(filter(None, (f"{when:%Y-%m-%d_%H%M}", *names, number))) + ".txt"


def render(sheet: Sheet) -> str:
    """The text of the file. `parse` gives back `to`, `subject`, `body` and `id`, in normal form."""
    to, subject, body = one_line(sheet.to), one_line(sheet.subject), normal(sheet.body)
    sentence = label("not_sent", sheet.language)
    lines = [
        *_on_top(sheet.warnings),
        f"To: {to}",
        f"Subject: {subject}",
        "",
        *(quote(line) for line in body.split("\n")),
        "",
        mark_line(sheet.id, sentence, letters_of(to, subject, body)),
        "",
        *_indented(_below(sheet)),
    ]
    return "\n".join(lines) + "\n"


def with_id(text: str, number: int) -> str:
    """A sheet that was rendered with id 0, before its reply had one."""
    return text.replace(f"\n{mark_start(0)}", f"\n{mark_start(number)}", 1)


def _on_top(warnings: Iterable[str]) -> list[str]:
    lines = [f"# ! {one_line(warning)}" for warning in warnings]
    return [*lines, ""] if lines else []


def _below(sheet: Sheet) -> list[str]:
    how = "how_pasted" if sheet.pasted else "how"
    lines = [label(how, sheet.language), "", *_summary(sheet)]
    for title, section in _SECTIONS:
        if content := section(sheet):
            lines += ["", label(title, sheet.language), *content]
    return lines


def _summary(sheet: Sheet) -> list[str]:
    when = sheet.deadline.astimezone(ZoneInfo(sheet.timezone))
    rows = (
        ("deadline", f"{when:%Y-%m-%d %H:%M} ({sheet.timezone})"),
        ("situation", sheet.situation_name or sheet.situation),
        ("order", sheet.order),
        ("buyer", _with_standing(sheet)),
    )
    return [f"{label(key, sheet.language)}: {one_line(value)}" for key, value in rows if value]


def _with_standing(sheet: Sheet) -> str:
    said = f"({', '.join(sheet.standing)})" if sheet.standing else ""
    return " ".join(filter(None, (sheet.buyer, said)))


def _quoted(text: str, language: str) -> list[str]:
    lines = normal(text[:LONGEST_WORDS]).split("\n")
    lines += [label("shortened", language)] if len(text) > LONGEST_WORDS else []
    return [f"> {line}".rstrip() for line in lines] if text.strip() else []


def _facts(sheet: Sheet) -> list[str]:
    shown = (tuple(map(one_line, fact)) for fact in sheet.facts)
    return [f"{name}: {value}" + (f"  ({age})" if age else "") for name, value, age in shown]


def _gloss(sheet: Sheet) -> list[str]:
    text = "\n\n".join(filter(None, (one_line(sheet.gloss_subject), normal(sheet.gloss_body))))
    return [f"| {line}".rstrip() for line in text.split("\n")] if text else []


_SECTIONS: tuple[tuple[str, Callable[[Sheet], list[str]]], ...] = (
    ("warnings", lambda sheet: [f"! {one_line(warning)}" for warning in sheet.warnings]),
    ("words", lambda sheet: _quoted(sheet.words, sheet.language)),
    ("gloss", lambda sheet: _quoted(sheet.words_gloss, sheet.language)),
    ("facts", _facts),
    ("reasons", lambda sheet: [f"- {one_line(reason)}" for reason in sheet.reasons]),
    ("reply", _gloss),
    ("links", lambda sheet: [f"{one_line(name)}: {one_line(url)}" for name, url in sheet.links]),
)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in map(quote, lines)]


def _ascii(text: str, longest: int) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UNDECOMPOSED))
    letters = plain.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9_]+", "-", letters)[:longest].strip("-_")
