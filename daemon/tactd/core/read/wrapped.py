"""A buyer's words inside what a site or a contact form has printed around them.

For mails whose site tactd does not know (the known ones are opened by marketplaces/), and for text
without a sender. Only for understanding: nothing that is found here names an order or a person, and
people always see the whole. What shows no frame is left as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tactd.core.read.wrapper_words import (
    BUTTONS,
    CHOSEN,
    COMES,
    FIELDS,
    MARKERS,
    NOTES,
    SAYS,
)

LONGEST: Final = 200  # characters of a line of a frame; only longer ones are surely a buyer's
LINES: Final = 400  # longer mails are nobody's form
LONGEST_BUTTON: Final = 90
TOP: Final = 8  # lines in which a frame introduces the words

_LABEL: Final = re.compile(r"([^:：]{1,40}?)\s*[:：](?!//)\s*(.*)", re.DOTALL)
_RULER: Final = re.compile(r"[-=_*─━—–\s]*")
_MARKER: Final = re.compile(r"[-=*]{4,}[^-=*]{3,60}[-=*]{4,}")
_BARS: Final = re.compile(r"\s*[|｜·•/→]\s*|\]\s*\[")
_QUOTED: Final = re.compile(
    r'\s*(?:"(.+)"|“(.+)”|„(.+)[“”"]|«(.+)»|「(.+)」|『(.+)』)\s*', re.DOTALL
)
_NUMBERED: Final = re.compile(
    r".{0,120}(?:#|№|n[º°ro]?\.?|nr\.?|no\.?|oggetto|bestelling|订单|注文番号|주문)\s*\d[\d -]{6,}",
    re.I,
)
_FACT: Final = re.compile(r"([^\d#№:]{2,30}?)[\s#№nº.:-]*\d[\d\s-]{5,}", re.I)
_CALLED: Final = re.compile(r"([\w.*'’() -]{2,30}?)\s*[:：]\s*(?=\S)")
_EDGES: Final = "*_[]【】()<>•·#-–—=~ \t"


class Part(Enum):
    WORDS = "words"
    BLANK = "blank"
    COMES = "comes"  # introduces the buyer's words
    SAYS = "says"  # a label before them
    CHOSEN = "chosen"
    FIELD = "field"
    BUTTON = "button"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class _Line:
    part: Part
    text: str  # what of it may be the buyer's


# A frame shows itself by two of these; a buyer alone may well write one.
SIGNS: Final = frozenset({Part.COMES, Part.SAYS, Part.CHOSEN, Part.FIELD, Part.BUTTON, Part.NOTE})


def unwrapped(text: str) -> str:
    """The buyer's own words, or `text` as it is if there is no frame, or nothing within it."""
    lines = text.strip().split("\n")
    if len(lines) < 2 or len(lines) > LINES:
        return text
    if (between := _between_markers(lines)) is not None:
        return between
    told = [_seen(line) for line in lines]
    return (_said(_of_the_buyer(told), text) or text) if _framed(told) else text


def _between_markers(lines: list[str]) -> str | None:
    """ "------ Begin message ------" … "------ End message ------"."""
    marks = [number for number, line in enumerate(lines) if _is_marker(line.strip()[:LONGEST])]
    if len(marks) != 2:
        return None
    return "\n".join(lines[marks[0] + 1 : marks[1]]).strip() or None


def _is_marker(text: str) -> bool:
    return bool(_MARKER.fullmatch(text)) or text.casefold().strip(_EDGES + ".:") in MARKERS


def _framed(told: list[_Line]) -> bool:
    """Two different signs; or it begins with an introduction, or ends with a button."""
    shown = {one.part for one in told} & SIGNS
    quoted = [one for one in told if one.part is Part.WORDS and _QUOTED.fullmatch(one.text)]
    return (
        len(shown) + (len(quoted) == 1) >= 2
        or told[0].part is Part.COMES
        or told[-1].part is Part.BUTTON
    )


# --------------------------------------------------------------------------- lines


def _seen(line: str) -> _Line:
    text = line.strip()
    plain = text.casefold().replace("’", "'").strip(_EDGES)
    if not plain or _RULER.fullmatch(text):
        return _Line(Part.BLANK, "")
    if len(text) <= LONGEST:
        if any(note in plain for note in NOTES):
            return _Line(Part.NOTE, text)
        if _is_button(text.casefold()):
            return _Line(Part.BUTTON, "")
    if (label := _LABEL.match(text)) and (part := _labelled(label[1])):
        return _Line(part, label[2].strip())
    if (fact := _FACT.fullmatch(text[:LONGEST])) and _labelled(fact[1]) is Part.FIELD:
        return _Line(Part.FIELD, text)
    if len(text) <= LONGEST and any(cue in plain for cue in COMES):
        return _Line(Part.COMES, text)
    return _Line(Part.WORDS, text)


def _labelled(label: str) -> Part | None:
    name = " ".join(label.casefold().replace("’", "'").strip(_EDGES).split())
    if name in SAYS:
        return Part.SAYS
    if name in CHOSEN:
        return Part.CHOSEN
    return Part.FIELD if name in FIELDS else None


def _is_button(text: str) -> bool:
    parts = [part.strip(_EDGES) for part in _BARS.split(text)]
    if len(parts) > 1:
        return any(part in BUTTONS for part in parts)
    return parts[0] in BUTTONS or _begins_with_button(parts[0])


def _begins_with_button(text: str) -> bool:
    """ "View message on Etsy: https://…": of two words or more, or a buyer could begin so."""
    first, second, *more = [*text.split(" ", 2), "", ""]
    return bool(more[0]) and len(text) <= LONGEST_BUTTON and f"{first} {second}" in BUTTONS


# --------------------------------------------------------------------------- the words


def _of_the_buyer(told: list[_Line]) -> list[str]:
    """From where the frame says that they begin to the first button below them."""
    begins = _begin(told)
    out: list[str] = []
    chosen = [one.text for one in told[:begins] if one.part is Part.CHOSEN]
    empty_field = False
    for one in told[begins:]:
        if one.part is Part.BUTTON and any(out):
            break
        if one.part is Part.BLANK:
            out.append("")
        elif one.part in (Part.WORDS, Part.SAYS) and not empty_field and not _numbered(one, out):
            out.append(one.text)
        elif one.part is Part.CHOSEN:
            chosen.append(one.text)
        empty_field = one.part is Part.FIELD and not one.text
    return ["\n".join(out), *chosen]


def _numbered(one: _Line, out: list[str]) -> bool:
    """The thing that it is about, below the words."""
    return any(out) and one.part is Part.WORDS and bool(_NUMBERED.fullmatch(one.text))


def _begin(told: list[_Line]) -> int:
    says = next((at for at, one in enumerate(told) if one.part is Part.SAYS), None)
    if says is not None:
        return says
    filled = [at for at, one in enumerate(told) if one.part is not Part.BLANK][:TOP]
    comes = [at for at in filled if told[at].part is Part.COMES]
    return comes[-1] + 1 if comes else 0


def _said(found: list[str], frame: str) -> str:
    words, *chosen = found
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", words) if part.strip()]
    quoted = [m for part in _and_lines(paragraphs) if (m := _QUOTED.fullmatch(part))]
    if len(quoted) == 1:
        words = next(group for group in quoted[0].groups() if group)
    else:
        words = "\n\n".join(_without_name(part, frame) for part in paragraphs)
    if not words.strip():
        return ""
    return "\n".join([*(one for one in chosen if one), words.strip()])


def _and_lines(paragraphs: list[str]) -> list[str]:
    return [line for part in paragraphs for line in part.split("\n")] + [
        part for part in paragraphs if "\n" in part
    ]


def _without_name(paragraph: str, frame: str) -> str:
    """ "jane_b: where is it" """
    called = _CALLED.match(paragraph)
    if called and (frame.count(called[1]) > 1 or re.search(r"[\d_*]", called[1])):
        return paragraph[called.end() :]
    return paragraph
