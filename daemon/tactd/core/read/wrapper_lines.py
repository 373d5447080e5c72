"""What one line of a frame is: a label, a button, a note of the site's, or a buyer's words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tactd.core.read.cues import Cues
from tactd.core.read.wrapper_buttons import BUTTONS, PRESS, TEAMS
from tactd.core.read.wrapper_ends import is_before, is_foot, is_menu
from tactd.core.read.wrapper_fields import FIELDS
from tactd.core.read.wrapper_labels import BETWEEN, CHOSEN, FACTS, SAYS, folded
from tactd.core.read.wrapper_notes import NOTES
from tactd.core.read.wrapper_people import FROM, HIMSELF, PERSONS, ROLES
from tactd.core.read.wrapper_picks import PICKED, picked, unchosen
from tactd.core.read.wrapper_voices import (
    ASKS,
    WORD,
    announces,
    of_a_buyer,
    speaks_himself,
    told_to_the_seller,
)
from tactd.core.read.wrapper_words import COMES

LONGEST: Final = 200  # characters of a line of a frame; only longer ones are surely a buyer's
LONGEST_BUTTON: Final = 90
LABEL_WORDS: Final = 6
BARE: Final = 3  # labels without a colon make a form
NAME_WORDS: Final = 5  # of a value that may be a name
SUFFIX: Final = 10  # characters of a label without spaces

_COMES: Final = Cues(COMES)
_NOTES: Final = Cues(NOTES)
_LABEL: Final = re.compile(r"([^:：]{1,40}?)\s*[:：](?!//)\s*(.*)", re.DOTALL)
_BOXED: Final = re.compile(r"[\[【〔]\s*([^\]】〕]{1,30}?)\s*[\]】〕]\s*[:：]?\s*(.*)", re.DOTALL)
_CELLS: Final = re.compile(r"\|?\s*([^|\t]{1,40}?)\s*[|\t]\s*(.*?)[\s|]*", re.DOTALL)
_FORMS: Final = (
    (re.compile(r"^[\[【〔]"), _BOXED),
    (re.compile(r"[:：]"), _LABEL),
    (re.compile(r"[|\t]"), _CELLS),
)
_RULER: Final = re.compile(r"[-=_*─━—–―\s]*")
_BARS: Final = re.compile(r"\s*[|｜·•/→]\s*|\]\s*\[")
_FACT: Final = re.compile(r"([^\d#№:]{2,30}?)[\s#№nº.:-]*\d[\d\s-]{5,}", re.I)
_TOKEN: Final = re.compile(r"[^\W_]+")
_SENTENCE: Final = re.compile(r"[?？؟!！]|(?:\S+\s+){4}\S*[.。]$")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EDGES: Final = "*_[]【】()<>•·・#-–—=~■●▼◆※ \t"


class Part(Enum):
    WORDS = "words"
    BLANK = "blank"
    COMES = "comes"  # introduces the buyer's words
    WROTE = "wrote"  # so too; a buyer may himself tell what somebody wrote
    SAYS = "says"  # a label before them
    CHOSEN = "chosen"
    FIELD = "field"
    BUTTON = "button"
    LINK = "link"  # is most likely a button
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    part: Part
    text: str  # what of it may be the buyer's


def seen(line: str) -> Line:
    """What this line is if there is a frame at all."""
    text = line.strip()
    plain = folded(text).strip(_EDGES)
    if not plain or _RULER.fullmatch(text):
        return Line(Part.BLANK, "")
    if is_foot(plain):
        return Line(Part.NOTE, text)
    label = _label(text)
    if label and label.part in (Part.SAYS, Part.CHOSEN):
        return label
    if len(text) <= LONGEST:
        if is_before(plain):
            return Line(Part.BUTTON, "")
        if is_menu(text):
            return Line(Part.LINK, "")
        if pressed := _pressed(folded(text)):
            return Line(pressed, "")
        if _is_note(text, plain):
            return Line(Part.NOTE, text)
    if label:
        return label
    if (fact := _FACT.fullmatch(text[:LONGEST])) and labelled(fact[1]) is Part.FIELD:
        return Line(Part.FIELD, text)
    return (_introduced(text, plain) if len(text) <= LONGEST else None) or Line(Part.WORDS, text)


def with_colons(lines: list[str]) -> list[str]:
    """Labels on lines of their own get the colon that tells them from words."""
    bare = {at for at, line in enumerate(lines) if _named(folded(line[:LONGEST].strip()))}
    says = any(folded(lines[at].strip()) in SAYS for at in bare)
    if len(bare) < BARE or not says:
        return lines
    return [f"{line.rstrip()}:" if at in bare else line for at, line in enumerate(lines)]


def plain_button(line: str) -> bool:
    """It is a button whatever stands around it."""
    return _pressed(folded(line.strip()[:LONGEST])) is Part.BUTTON


# --------------------------------------------------------------------------- labels


def _label(text: str) -> Line | None:
    """ "Message: …", "[Message] …", "| Message | … |"; a fact that is a sentence is the buyer's."""
    for mark, form in _FORMS:
        found = form.fullmatch(text) if mark.search(text[:LONGEST]) else None
        if found and (part := labelled(found[1])):
            value = found[2].strip().lstrip("*_ ")
            if part is Part.FIELD and _SENTENCE.search(value[:LONGEST]) and not picked(found[1]):
                return Line(Part.WORDS, text)
            return Line(part, "" if part is Part.CHOSEN and unchosen(value) else value)
    return None


def labelled(label: str) -> Part | None:
    """What stands behind this label: SAYS, CHOSEN, FIELD, or None where it is no site's."""
    name = " ".join(folded(label).strip(_EDGES + "?？؟¿").split())
    return _named(name) or (_unspaced(name) if _UNSPACED.search(name) else _composed(name))


def _named(name: str) -> Part | None:
    if name in SAYS:
        return Part.SAYS
    if name in CHOSEN:
        return Part.CHOSEN
    return Part.FIELD if name in FIELDS else None


def _composed(name: str) -> Part | None:
    """ "Last message from the customer": every word is known, and the strongest decides."""
    tokens = _TOKEN.findall(name.replace("'s ", " "))
    words = [word for word in tokens if word not in BETWEEN and word not in PICKED]
    if not words or len(words) > LABEL_WORDS or not all(map(_known, words)):
        return None
    if picked(name):
        return Part.FIELD
    if _COMES.any_in(name) and (tokens[-1] in BETWEEN or Part.FIELD not in map(_named, words)):
        return None  # "New message from: jane"
    if any(word in FACTS for word in words):
        return Part.FIELD
    if tokens[-1] in FROM:
        return None  # "Question from: jane"
    parts = {_named(word) for word in words}
    return next((part for part in (Part.CHOSEN, Part.SAYS, Part.FIELD) if part in parts), None)


def _known(word: str) -> bool:
    return word in FACTS or _named(word) is not None


def _unspaced(name: str) -> Part | None:
    """ "고객 문의 내용": the end of such a label says what it is."""
    if picked(name):
        return Part.FIELD
    whole = name.replace(" ", "")
    if len(whole) > SUFFIX or _COMES.any_in(name):
        return None
    ends = (whole[start:] for start in range(len(whole) - 1))
    return next((part for end in ends if (part := _named(end))), None)


def _pressed(text: str) -> Part | None:
    parts = [part.strip(_EDGES) for part in _BARS.split(text)]
    if any(part in BUTTONS for part in parts) or _begins_with_button(parts[0]):
        return Part.BUTTON
    return Part.LINK if all(map(_is_link, filter(None, parts))) else None


def _begins_with_button(text: str) -> bool:
    """ "View message on Etsy: https://…": of two words or more, or a buyer could begin so."""
    first, second, *more = [*text.split(" ", 2), "", ""]
    return bool(more[0]) and len(text) <= LONGEST_BUTTON and f"{first} {second}" in BUTTONS


def _is_link(text: str) -> bool:
    """ "Reply to jane_88", "Mesajı yanıtla": a verb of buttons, and nothing but words of labels."""
    if len(text) > LONGEST_BUTTON or _SENTENCE.search(text) or text.endswith((".", ",", ":")):
        return False
    words = [word for word in text.split() if not re.search(r"[\d_*]", word)]
    verbs = [word for word in words if word in PRESS]
    if not verbs or not 2 <= len(text.split()) <= LABEL_WORDS:
        return False
    rest = [word for word in words if word not in PRESS and word not in BETWEEN]
    unknown = [word for word in rest if not _known(word) and word not in ROLES]
    named = words[0] in PRESS and len(words) > len(rest) + len(verbs)  # "Reply to Marta"
    return HIMSELF.isdisjoint(words) and len(unknown) <= named


def _is_note(text: str, plain: str) -> bool:
    if _is_team(plain):
        return True
    return _NOTES.any_in(plain) and not speaks_himself(text)


def _is_team(plain: str) -> bool:
    words = WORD.findall(plain)
    return (
        len(words) <= LABEL_WORDS
        and plain[-1] not in ":?!"
        and (any(word in TEAMS for word in words[:2]) or words[-1:] == ["team"] or "ekibi" in words)
    )


def _introduced(text: str, plain: str) -> Line | None:
    """ "New message from jane_88:"; what stands behind the colon may be said already."""
    found = _LABEL.fullmatch(text)
    value = found[2].strip() if found else ""
    if found and value and of_a_buyer(folded(found[1])) and not speaks_himself(found[1]):
        return Line(Part.SAYS, value)
    asked = found is not None and _from_whom(found[1])
    cues = list(_COMES.found(plain))
    said = plain.endswith((":", "：")) and of_a_buyer(plain)
    if not (cues or said or asked) or ASKS.search(text) or speaks_himself(text):
        return None
    weak = not (said or asked) and all(cue.endswith((":", "：")) for cue in cues)
    if weak and PERSONS.intersection(WORD.findall(plain)):
        return None
    if len(value.split()) > NAME_WORDS or _SENTENCE.search(value):
        return Line(Part.WORDS if weak else Part.SAYS, value if not weak else text)
    if not (asked or announces(text) or told_to_the_seller(plain)):
        return None
    return Line(Part.WROTE if weak else Part.COMES, text)


def names_the_writer(text: str) -> bool:
    """ "Question from: jane_88", "Vraag van: bezoeker (niet ingelogd)"."""
    found = _LABEL.fullmatch(text)
    return found is not None and _from_whom(found[1]) and not _SENTENCE.search(found[2])


def _from_whom(label: str) -> bool:
    *named, last = _TOKEN.findall(folded(label)) or [""]
    return last in FROM and bool(named) and all(_named(word) is Part.SAYS for word in named)
