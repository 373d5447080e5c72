"""A conversation that a site prints as a whole: only the buyer's turns are his words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tactd.core.read.chat_words import BUYERS, BUYERS_UNSPACED, SELLERS, SELLERS_UNSPACED
from tactd.core.read.wrapper_labels import folded
from tactd.core.read.wrapper_people import HIMSELF, PERSONS

TURNS: Final = 3  # fewer are a form's "Buyer: …", "Seller: …"
SPEAKER_WORDS: Final = 5
HEAD: Final = 120  # characters in which speaker and time stand

_TIME: Final = r"\d[\d\s.,:/年月日T-]{2,24}(?:\s?[ap]\.?m\.?)?"
_TURN: Final = re.compile(
    rf"\W{{0,3}}(?:[\[(]?{_TIME}[\])]?[\s,-]{{0,3}})?"
    r"([^\W\d][^:：\[\]()<>|]{0,40}?)"
    rf"[*_]{{0,2}}\s*(?:[\[(][^\])]{{1,40}}[\])]|[,-]?\s{_TIME})?\s*[:：][*_]{{0,2}}\s*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_STAMPED: Final = re.compile(
    r"([^\W\d][^:：?!]{0,60}?)[\s,|·-]{1,3}\d{1,2}[:.]\d\d(?: ?[ap]m)?", re.I
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_CLOCK: Final = re.compile(r".{0,30}\d{1,2}[:.]\d\d.{0,12}")


@dataclass(frozen=True, slots=True)
class _Turn:
    who: str
    seller: bool
    buyer: bool
    words: list[str]


def buyers_turns(lines: list[str]) -> str | None:
    """What the buyer wrote in it; None where it is no conversation with a seller."""
    text = folded("\n".join(lines))
    if SELLERS.isdisjoint(_WORD.findall(text)) and not any(one in text for one in SELLERS_UNSPACED):
        return None
    turns, above = _turns(lines)
    named = any(turn.buyer for turn in turns)
    his = [turn for turn in turns if (turn.buyer if named else not turn.seller)]
    if len(turns) < TURNS or len(his) == len(turns) or not his:
        return None
    if not named and len({turn.who for turn in his}) > 1:
        return None  # who of them is the buyer is not known
    asked = [line for line in above if line.rstrip().endswith(("?", "？", "؟"))]
    said = [word for turn in his for word in turn.words]
    return "\n".join([*asked, *said]).strip() or None


def _turns(lines: list[str]) -> tuple[list[_Turn], list[str]]:
    turns: list[_Turn] = []
    above: list[str] = []
    known = _speakers(lines)
    skip = False
    for at, line in enumerate(lines):
        if skip:
            skip = False
        elif (found := _head(line, lines[at + 1 : at + 2])) and found[0] in known:
            who, said, skip = found
            turns.append(_Turn(who, _is_seller(who), _is_buyer(who), [said] if said else []))
        elif turns and line.strip():
            turns[-1].words.append(line.strip())
        else:
            above.append(line)
    return turns, above


def _speakers(lines: list[str]) -> set[str]:
    """Those with a role; where only the seller has one, also who else speaks more than once."""
    heads = [
        found[0] for at, line in enumerate(lines) if (found := _head(line, lines[at + 1 :][:1]))
    ]
    roles = {who for who in heads if _is_seller(who) or _is_buyer(who)}
    if not any(map(_is_seller, roles)):
        return set()
    return roles | {who for who in heads if heads.count(who) > 1}


def _head(line: str, following: list[str]) -> tuple[str, str, bool] | None:
    """(speaker, what he says on the same line, whether the next line is only a time)."""
    if found := _TURN.fullmatch(line[:HEAD]):
        who = folded(found[1]).strip(" *_-,")
        return (who, line[found.start(2) :].strip(), False) if _is_name(who) else None
    if stamped := _STAMPED.fullmatch(line[:HEAD].strip()):
        who = folded(stamped[1]).strip()
        return (who, "", False) if _is_seller(who) or _is_buyer(who) else None
    who = folded(line.strip(" *_-:"))
    if not _is_name(who) or not (_is_seller(who) or _is_buyer(who)):
        return None
    timed = bool(following and _CLOCK.fullmatch(following[0].strip()))
    return (who, "", True) if timed else None


def _is_name(who: str) -> bool:
    """ "Your shop: no answer." is said by a buyer, about it."""
    words = who.split()
    if not 0 < len(words) <= SPEAKER_WORDS:
        return False
    return len(words) == 1 or (HIMSELF.isdisjoint(words) and PERSONS.isdisjoint(words))


def _is_seller(who: str) -> bool:
    words = _WORD.findall(who)
    return any(word in SELLERS for word in words) or any(one in who for one in SELLERS_UNSPACED)


def _is_buyer(who: str) -> bool:
    if _is_seller(who):
        return False
    return any(word in BUYERS for word in _WORD.findall(who)) or who in BUYERS_UNSPACED
