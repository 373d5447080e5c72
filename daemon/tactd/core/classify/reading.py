"""What a buyer wants, read from his words alone. Total on any text.

The trained model says what is likely; what may go out by itself must also be witnessed, free of
risks, in a language that is sure, and about one thing (design: `sure`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tactd.core.classify.model import Model
from tactd.core.language.detect import Language, detect
from tactd.core.language.letters import Letters
from tactd.core.types import Intent, Reading, Sentiment

CAP: Final = 20_000  # characters that are looked at
SUBJECT: Final = 300
LONG: Final = 1_000  # characters: a mail of this length says more than one thing
THRESHOLD: Final = 0.97
PRESENT: Final = 0.8  # the margin above which an intent is present beside the first
BESIDE: Final = frozenset(Intent) - {Intent.OTHER, Intent.THANKS}
WORDS: Final = 6
LEARNT: Final = (
    *("legal_threat", "chargeback", "abuse", "injury", "fraud"),
    *("several_questions", "sarcasm", "wants_human"),
)
RISKS: Final = (*LEARNT, "displeasure", "long_text")

_REPLY: Final = re.compile(
    r"\s*(?:re|aw|sv|fw|fwd|rv|wg|tr|r|rif|odp|antw|ynt|ilt|enc|res|bls|رد|回复|回覆|答复|转发|轉寄|"
    r"返信|답장)\s?(?:\[\d+\])?[:：]",
    re.IGNORECASE,
)


def read(
    model: Model,
    letters: Letters,
    subject: str,
    words: str,
    prior: str = "",
    country: str = "",
    pushes: Mapping[Intent, float] | None = None,
) -> Reading:
    """The reading of a buyer's message.

    `subject` is his own subject ("" where the marketplace wrote it); `words` his own words;
    `prior` and `country` as in core/language/detect.py; `pushes` is what the seller's corrections
    add to an intent's margin.
    """
    text = whole(subject, words)
    language = _language(letters, subject, words[:CAP], prior, country)
    margins = model.margins(text)
    for intent, push in (pushes or {}).items():
        margins[f"intent:{intent}"] += push
    chances = model.chances(margins)
    first, confidence = next(iter(chances.items()))
    also = tuple(_also(margins, first))
    tone = _tone(margins)
    flags = tuple(_flags(margins, tone, words))
    agreed = margins[f"has:{first}"] > 0
    return Reading(
        intent=Intent(first),
        confidence=round(confidence, 4) if text.strip() else 0.0,
        also=also,
        language=language.code,
        variant=language.variant,
        language_sure=language.sure,
        sentiment=tone,
        flags=flags,
        words=tuple(name[2:] for name, _ in model.because(text, f"intent:{first}", WORDS)),
        agreed=agreed,
        sure=agreed and language.sure and not also and not flags and confidence >= THRESHOLD,
    )


def _language(letters: Letters, subject: str, words: str, prior: str, country: str) -> Language:
    """Of his words; where they leave it open, the subject helps, even one that he only answers."""
    found = detect(words, letters, prior, country)
    return found if found.sure else detect(f"{subject}\n{words}", letters, prior, country)


def whole(subject: str, words: str) -> str:
    """A subject with a reply mark repeats what somebody wrote before: it is not read."""
    fresh = "" if _REPLY.match(subject) else subject.strip()[:SUBJECT]
    return f"{fresh}\n\n{words[:CAP]}" if fresh else words[:CAP]


def _also(margins: Mapping[str, float], first: str) -> Iterator[Intent]:
    for intent in Intent:
        if intent in BESIDE and intent != first and margins[f"has:{intent}"] > PRESENT:
            yield intent


def _tone(margins: Mapping[str, float]) -> Sentiment:
    return max(Sentiment, key=lambda one: margins[f"tone:{one}"])


def _flags(margins: Mapping[str, float], tone: Sentiment, words: str) -> Iterator[str]:
    yield from (flag for flag in LEARNT if margins[f"flag:{flag}"] > 0)
    if tone is Sentiment.NEGATIVE:
        yield "displeasure"
    if len(words) > LONG:
        yield "long_text"
