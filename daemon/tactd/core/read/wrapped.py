"""A buyer's words inside what a site or a contact form has printed around them.

For mails whose site tactd does not know (the known ones are opened by marketplaces/), and for text
without a sender. Only for understanding: nothing that is found here names an order or a person, and
people always see the whole. What shows no frame is left as it is.
"""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.chats import buyers_turns
from tactd.core.read.wrapper_heads import is_head, is_rating
from tactd.core.read.wrapper_labels import SAYS, folded
from tactd.core.read.wrapper_lines import (
    LONGEST,
    Line,
    Part,
    names_the_writer,
    plain_button,
    seen,
    with_colons,
)
from tactd.core.read.wrapper_voices import announces, by_himself, tells_to_reply
from tactd.core.read.wrapper_words import MARKERS

LINES: Final = 400  # longer mails are nobody's form
TOP: Final = 8  # lines in which a frame introduces the words
FACT_WORDS: Final = 6  # of a fact that is surely none of his words
GREETING: Final = 60  # characters of a line above that

_MARKER: Final = re.compile(r"[-=*]{4,}[^-=*]{3,60}[-=*]{4,}")
_SHORT_MARKER: Final = re.compile(r"[-=*]{2,}\s*([^-=*]{3,60}?)\s*[-=*]{2,}")
_QUOTED: Final = re.compile(
    r'\s*(?:"(.+)"|“(.+)”|„(.+)[“”"]|«(.+)»|「(.+)」|『(.+)』)\s*', re.DOTALL
)
_NUMBERED: Final = re.compile(
    r".{0,120}(?:#|№|n[º°ro]?\.?|nr\.?|no\.?|oggetto|bestelling|订单|注文番号|주문)\s*\d[\d -]{6,}",
    re.I,
)
_CALLED: Final = re.compile(r"([\w.*'’() -]{2,30}?)\s*[:：]\s*(?=\S)")
_EDGES: Final = "*_[]【】()<>•·#-–—=~ \t.:"

# A frame shows itself by two of these; a buyer alone may well write one.
SIGNS: Final = {
    Part.COMES: "comes",
    Part.WROTE: "comes",
    Part.SAYS: "says",
    Part.CHOSEN: "chosen",
    Part.FIELD: "field",
    Part.BUTTON: "button",
    Part.LINK: "button",
    Part.NOTE: "note",
}
INTRODUCES: Final = (Part.COMES, Part.WROTE, Part.SAYS)
ENDS: Final = (Part.BUTTON, Part.LINK)


def unwrapped(text: str) -> str:
    """The buyer's own words, or `text` as it is if there is no frame, or nothing within it."""
    lines = text.strip().split("\n")
    if len(lines) < 2 or len(lines) > LINES:
        return text
    if (between := _between_markers(lines)) is not None:
        return between
    if (turns := buyers_turns(lines)) is not None:
        return turns
    told = _with_notes_inside(_headed([seen(line) for line in with_colons(lines)], lines))
    if not _framed(told, lines):
        return text
    return _said(_of_the_buyer(told), text) or _only_chosen(told) or text


def _between_markers(lines: list[str]) -> str | None:
    """ "------ Begin message ------" … "------ End message ------"."""
    marks = [number for number, line in enumerate(lines) if _is_marker(line.strip()[:LONGEST])]
    if len(marks) != 2:
        return None
    return "\n".join(lines[marks[0] + 1 : marks[1]]).strip() or None


def _is_marker(text: str) -> bool:
    if _MARKER.fullmatch(text) or folded(text).strip(_EDGES) in MARKERS:
        return True
    titled = _SHORT_MARKER.fullmatch(text)
    return titled is not None and not SAYS.isdisjoint(folded(titled[1]).split())


def _headed(told: list[Line], lines: list[str]) -> list[Line]:
    """A first line that names the writer introduces the words."""
    first = lines[0].strip()
    further = next((line for line in lines[2:] if line.strip()), "")
    if told[0].part in (Part.WORDS, Part.WROTE) and is_head(first, lines[1], further):
        return [Line(Part.COMES, first), *told[1:]]
    return told


def _with_notes_inside(told: list[Line]) -> list[Line]:
    """A note between two lines of one paragraph of words is words, and so is one that words
    follow where nothing introduces them."""
    out = list(told)
    if not any(one.part in INTRODUCES for one in told):
        last = max((at for at, one in enumerate(told) if one.part is Part.WORDS), default=0)
        out[:last] = [
            Line(Part.WORDS, one.text) if one.part is Part.NOTE else one for one in told[:last]
        ]
    for at in range(1, len(told) - 1):
        around = {told[at - 1].part, told[at + 1].part}
        if told[at].part is Part.NOTE and around == {Part.WORDS}:
            out[at] = Line(Part.WORDS, told[at].text)
    return out


def _framed(told: list[Line], lines: list[str]) -> bool:
    """Two different signs; or it begins with an introduction, or ends with a button."""
    shown = {SIGNS[one.part] for one in told if one.part in SIGNS}
    return (
        len(shown) + _quotes_once(told) >= 2 or _begins_introduced(told) or plain_button(lines[-1])
    )


def _quotes_once(told: list[Line]) -> bool:
    """One line of words is in quotation marks. Below "somebody wrote:" a buyer goes on himself."""
    words = [one.text for one in told if one.part is Part.WORDS]
    quoted = sum(bool(_QUOTED.fullmatch(text)) for text in words)
    told_by_himself = any(one.part is Part.WROTE for one in told) and len(words) > 1
    return quoted == 1 and not told_by_himself


def _begins_introduced(told: list[Line]) -> bool:
    """The first line announces a message, or the second, below a greeting."""
    filled = [one for one in told if one.part is not Part.BLANK][:2]
    if filled and _announces(filled[0]):
        return True
    greeted = len(filled) == 2 and filled[0].part is Part.WORDS and len(filled[0].text) < GREETING
    return greeted and _announces(filled[1]) and filled[0].text[-1:] in ",!،，！:"


def _announces(one: Line) -> bool:
    return one.part is Part.COMES and (announces(one.text) or names_the_writer(one.text))


# --------------------------------------------------------------------------- the words


def _of_the_buyer(told: list[Line]) -> list[str]:
    """From where the frame says that they begin to the first button below them."""
    begins = _begin(told)
    out: list[str] = []
    chosen = [one.text for one in told[:begins] if one.part is Part.CHOSEN]
    empty_field = False
    for one in told[begins:]:
        if one.part in ENDS and any(out):
            break
        if one.part is Part.BLANK:
            out.append("")
        elif one.part in (Part.WORDS, Part.SAYS) and not empty_field and not _numbered(one, out):
            out.append(one.text)
        elif one.part is Part.CHOSEN:
            chosen.append(one.text)
        empty_field = one.part is Part.FIELD and not one.text
    if sum(map(bool, out)) > 1 and tells_to_reply(out[-1]):
        out.pop()
    return ["\n".join(out), *chosen]


def _numbered(one: Line, out: list[str]) -> bool:
    """The thing that it is about, below the words."""
    return any(out) and one.part is Part.WORDS and bool(_NUMBERED.fullmatch(one.text))


def _begin(told: list[Line]) -> int:
    says = next((at for at, one in enumerate(told) if one.part is Part.SAYS), None)
    if says is not None:
        return min(_after_announcement(told, says), _speaking(told, says))
    filled = [at for at, one in enumerate(told) if one.part is not Part.BLANK][:TOP]
    comes = [at for at in filled if told[at].part in (Part.COMES, Part.WROTE)]
    return comes[-1] + 1 if comes else 0


def _speaking(told: list[Line], says: int) -> int:
    """Where a buyer speaks before a label that may be his own; else `says`."""
    for at, one in enumerate(told[:says]):
        value = at and told[at - 1] == Line(Part.FIELD, "")
        if one.part is Part.WORDS and not value and by_himself(one.text):
            return at
    return says


def _after_announcement(told: list[Line], says: int) -> int:
    """ "The buyer states:", his words, and only then a label of what he would like."""
    for at in range(says - 1, -1, -1):
        if told[at].part in (Part.COMES, Part.WROTE) and told[at].text[-1:] in ":：":
            words = any(one.part is Part.WORDS for one in told[at + 1 : says])
            return at + 1 if words else says
    return says


def _said(found: list[str], frame: str) -> str:
    words, *chosen = found
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", words) if part.strip()]
    quoted = [m for part in _and_lines(paragraphs) if (m := _QUOTED.fullmatch(part))]
    if len(quoted) == 1:
        rated = [line.strip() for line in words.split("\n") if is_rating(line)]
        words = "\n".join([*rated, next(group for group in quoted[0].groups() if group).strip()])
    else:
        words = "\n\n".join(_without_name(part, frame) for part in paragraphs)
    if not words.strip():
        return ""
    return "\n".join([*(one for one in chosen if one), words.strip()])


def _only_chosen(told: list[Line]) -> str:
    """ "Reason: …" where there is no other word of his, and no fact that may be one."""
    if any(one.text and one.part in (Part.WORDS, Part.SAYS) for one in told):
        return ""
    if any(len(one.text.split()) > FACT_WORDS for one in told if one.part is Part.FIELD):
        return ""
    return "\n".join(one.text for one in told if one.part is Part.CHOSEN and one.text)


def _and_lines(paragraphs: list[str]) -> list[str]:
    return [line for part in paragraphs for line in part.split("\n")] + [
        part for part in paragraphs if "\n" in part
    ]


def _without_name(paragraph: str, frame: str) -> str:
    """ "jane_b: where is it" """
    called = _CALLED.match(paragraph)
    if called and (frame.count(called[1]) > 1 or re.search(r"^\S*[\d_*]\S*[^\W\d]$", called[1])):
        return paragraph[called.end() :]
    return paragraph
