"""CLASSIFY: what the buyer wants. The reading itself is core/classify; here it meets the rest of
the conversation: earlier mails that still wait, the buyer's language, his country."""

from __future__ import annotations

from dataclasses import replace

from tactd.core.decide.case import Case
from tactd.core.decide.stopping import asks_to_stop
from tactd.core.types import Intent, Reading

# "Hello?" or "Thanks in advance" after a question does not take the question back.
SAYS_LITTLE = frozenset({Intent.OTHER, Intent.THANKS})
FAINT = 0.8  # confidence below which words that say something say little


def classify(case: Case) -> Case:
    message = case.wrote.message
    reading = _read(case, message.subject, message.words)
    if case.facts.unanswered and _says_little(reading):
        reading, case = _with_earlier(case, reading)
    case = replace(case, reading=reading, language=answer_language(case, reading))
    data = {"intent": str(reading.intent), "words": ", ".join(reading.words)}
    if reading.sure:
        return case.passes("classify.sure", **data)
    for flag in reading.flags:
        case = case.stages("classify.risk", flag=flag)
    if not reading.language_sure:
        case = case.stages("classify.language", language=reading.language)
    return case.stages("classify.unsure", confidence=f"{reading.confidence:.2f}", **data)


def answer_language(case: Case, reading: Reading) -> str:
    """His language if the mail shows it, else the one he wrote before, else the reading's guess
    (which has taken his country into account)."""
    tag = f"{reading.language}-{reading.variant}" if reading.variant else reading.language
    if reading.language_sure:
        return tag
    return case.facts.past.language or tag


def _says_little(reading: Reading) -> bool:
    return reading.intent in SAYS_LITTLE or reading.confidence < FAINT


def _with_earlier(case: Case, newest: Reading) -> tuple[Reading, Case]:
    """Read the newest mail together with those that wait; a person checks what comes of it."""
    earlier = [one.words for one in case.facts.unanswered]
    together = _read(
        case, case.facts.unanswered[-1].subject, "\n\n".join([*earlier, case.wrote.message.words])
    )
    if _says_little(together):
        return newest, case
    if asks_to_stop(newest) and not asks_to_stop(together):  # what he asks first hides no stop
        together = replace(together, also=(*together.also, Intent.OPT_OUT))
    return replace(together, sure=False), case.stages("classify.earlier_question")


def _read(case: Case, subject: str, words: str) -> Reading:
    order = case.match.order
    country = order.ship_to.country if order else ""
    past, taught = case.facts.past, case.facts.taught
    return case.policy.reader.read(
        subject, words, prior=past.language, country=country, taught=taught
    )
