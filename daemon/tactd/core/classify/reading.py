"""What a buyer wants, read from his words alone. Total on any text.

First version: literal rules (intent_rules.py) over concepts (lexicon.py) in English, Spanish and
Chinese. All else is OTHER with little confidence. The interface stays when a trained model takes
over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tactd.core.classify.intent_rules import (
    ASKS_NOTHING,
    BESIDE,
    BY_NEED,
    CONTRADICTIONS,
    FLAGS,
    OF_THANKS,
    PRAISE,
    PRAISED,
    PRIORITY,
    SPOILS_PRAISE,
)
from tactd.core.classify.ruled_concepts import Sentence, sentences
from tactd.core.language.detect import Language, detect
from tactd.core.types import Intent, Reading, Sentiment

CAP: Final = 20_000  # characters that are read
LONG: Final = 400  # characters: a mail of this length says more than one thing
THRESHOLD: Final = 0.8
KNOWN_SHARE: Final = 0.6  # of the words, below which the rules have not understood the mail
RULED: Final = frozenset({"en", "zh", "es"})

# Calibrated by hand.
CLEAN: Final = 0.9
SEVERAL: Final = 0.5
COARSE: Final = 0.5
NONE: Final = 0.2

_PAUSE: Final = re.compile(r", |BUT ")
_DISPLEASED: Final = re.compile(r"(?<!NOT )\bBAD |NOT (?:GOOD|STARS) ")
_REPLY: Final = re.compile(r"\s*(?:re|aw|sv|fw|fwd|rv|回复|答复|回覆|转发)\s?[:：]", re.I)


@dataclass(frozen=True, slots=True)
class _Hit:
    intent: Intent
    clean: bool
    words: str
    sentence: int


def classify(subject: str, words: str, *, prior: str = "", country: str = "") -> Reading:
    """The reading of a buyer's message.

    `subject` is his own subject ("" where the marketplace wrote it); `words` his own words;
    `prior` and `country` as in core/language/detect.py.
    """
    text = _text(subject, words)
    language = detect(text, prior, country)
    said = sentences(text)
    intent, also, confidence, hits = _intents(said)
    flags = _flags(said, intent, hits, len(words))
    agreed = confidence >= CLEAN
    return Reading(
        intent=intent,
        confidence=confidence,
        also=also,
        language=language.code,
        variant=language.variant,
        language_sure=language.sure,
        sentiment=_sentiment(said),
        flags=flags,
        words=tuple(dict.fromkeys(hit.words[:60] for hit in hits[:8])),
        agreed=agreed,
        sure=agreed
        and not also
        and not flags
        and confidence >= THRESHOLD
        and _understood(said, language),
    )


def _text(subject: str, words: str) -> str:
    """A subject with a reply mark repeats what somebody wrote before: it is not read."""
    fresh = "" if _REPLY.match(subject) else subject.strip()[:300]
    return f"{fresh}\n\n{words[:CAP]}" if fresh else words[:CAP]


def _understood(said: Sequence[Sentence], language: Language) -> bool:
    known = sum(one.known for one in said)
    unknown = sum(one.unknown for one in said)
    return language.sure and language.code in RULED and known >= KNOWN_SHARE * (known + unknown)


# --------------------------------------------------------------------------- intents


def _intents(said: Sequence[Sentence]) -> tuple[Intent, tuple[Intent, ...], float, list[_Hit]]:
    hits = [hit for number, one in enumerate(said) for hit in _fitting(one, number)]
    found = [intent for intent in PRIORITY if any(hit.intent is intent for hit in hits)]
    if not found:
        return _kind_words(said)
    first, also = found[0], tuple(found[1:])
    clean = any(hit.clean and hit.intent is first for hit in hits)
    if also or not clean:
        return first, also, SEVERAL if also else COARSE, hits
    return first, (), COARSE if _contradicted(said) else CLEAN, hits


def _fitting(sentence: Sentence, number: int) -> list[_Hit]:
    concepts = dict.fromkeys(piece.concept for piece in sentence.pieces)
    hits = []
    called = dict.fromkeys(rule for name in concepts for rule in BY_NEED.get(name, ()))
    for rule in called:
        if not rule.unless.isdisjoint(concepts) or (rule.question and not sentence.question):
            continue
        if match := rule.form.search(sentence.line):
            words = sentence.phrase(match.start(), match.end())
            clean = rule.clean and _nothing_beside(rule.intent, match)
            hits.append(_Hit(rule.intent, clean, words, number))
    return hits


def _nothing_beside(intent: Intent, match: re.Match[str]) -> bool:
    """Is there nothing else in the clause that could turn the meaning?"""
    line = match.string
    before = _PAUSE.split(line[: match.start()])[-1]
    after = _PAUSE.split(line[match.end() :])[0]
    allowed = BESIDE | {"REFUND", "FULL"} if intent is Intent.REFUND_REQUEST else BESIDE
    return intent is Intent.OPT_OUT or allowed.issuperset(f"{before}{after}".split())


def _contradicted(said: Sequence[Sentence]) -> bool:
    return any(form.search(one.line) for one in said for form in CONTRADICTIONS)


def _kind_words(said: Sequence[Sentence]) -> tuple[Intent, tuple[Intent, ...], float, list[_Hit]]:
    """Praise, thanks, or nothing that the rules know."""
    concepts = {piece.concept for one in said for piece in one.pieces}
    hits = [
        _Hit(Intent.FEEDBACK, True, one.text[piece.start : piece.end], number)
        for number, one in enumerate(said)
        for piece in one.pieces
        if piece.concept in ("GOOD", "STARS", "THANKS", "FEEDBACK", "BAD")
    ]
    asked = any(one.question for one in said)
    spoilt = asked or not SPOILS_PRAISE.isdisjoint(concepts)
    praises = sum(piece.concept in PRAISE for one in said for piece in one.pieces)
    if praises and not PRAISED.isdisjoint(concepts):
        return Intent.FEEDBACK, (), COARSE if spoilt else CLEAN, hits
    if "FEEDBACK" in concepts:
        return Intent.FEEDBACK, (), COARSE, hits
    if "THANKS" in concepts and concepts <= OF_THANKS and not asked:
        return Intent.THANKS, (), CLEAN, hits
    return Intent.OTHER, (), NONE, []


# --------------------------------------------------------------------------- risks and mood


def _flags(
    said: Sequence[Sentence], intent: Intent, hits: Sequence[_Hit], length: int
) -> tuple[str, ...]:
    concepts = {piece.concept for one in said for piece in one.pieces}
    flags = [flag for concept, flag in FLAGS.items() if concept in concepts]
    if any(_DISPLEASED.search(one.line) for one in said):
        flags.append("displeasure")
    if _several_questions(said, intent, hits):
        flags.append("several_questions")
    if length > LONG:
        flags.append("long_text")
    return tuple(flags)


def _several_questions(said: Sequence[Sentence], intent: Intent, hits: Sequence[_Hit]) -> bool:
    """Something is asked that the intent does not cover."""
    if intent is Intent.OTHER:
        return sum(one.question for one in said) > 1
    covered = {hit.sentence for hit in hits if hit.intent is intent}
    return any(
        one.question and (number not in covered or one.unknown > 3) and not _asks_nothing(one)
        for number, one in enumerate(said)
    )


def _asks_nothing(sentence: Sentence) -> bool:
    return {piece.concept for piece in sentence.pieces} <= ASKS_NOTHING


def _sentiment(said: Sequence[Sentence]) -> Sentiment:
    good = bad = 0
    for one in said:
        before = ""
        for piece in one.pieces:
            turned = before == "NOT"
            good += piece.concept in PRAISE and not turned
            bad += piece.concept in PRAISE and turned
            bad += piece.concept in ("BAD", "PROBLEM", "ABUSE", "FRAUD", "INJURY") and not turned
            before = piece.concept
    if good and not bad:
        return Sentiment.POSITIVE
    return Sentiment.NEGATIVE if bad and bad >= good else Sentiment.NEUTRAL
