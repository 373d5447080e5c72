"""What a buyer wants, read from his words alone. Total on any text.

The trained model says what is likely; what may go out by itself must also be witnessed, free of
risks, in a language that is sure, and about one thing (design: `sure`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from tactd.core.classify.concepts import Lexicon, found_in, spoken
from tactd.core.classify.features import TOKEN
from tactd.core.classify.gloss import plainly
from tactd.core.classify.model import Model
from tactd.core.classify.normal import normalised
from tactd.core.classify.scores import Scores
from tactd.core.classify.subjects import SUBJECT
from tactd.core.language.detect import Language, detect
from tactd.core.language.letters import Letters
from tactd.core.read.quotes import begins_with_history
from tactd.core.read.wrapped import unwrapped
from tactd.core.types import Intent, Reading, Sentiment

CAP: Final = 20_000  # characters that are looked at
LONG: Final = 1_000  # characters: a mail of this length says more than one thing
ANYBODYS: Final = 0.3  # confidence in words that may be the shop's own: too little for a letter
BESIDE: Final = frozenset(Intent) - {Intent.OTHER, Intent.THANKS}
EMPTY: Final = frozenset(("PARCEL", "MY", "GREETING", "MESSAGE", "BUY", "PLEASE"))
LEARNT: Final = (
    *("legal_threat", "chargeback", "abuse", "injury", "fraud"),
    *("several_questions", "sarcasm", "wants_human"),
)
RISKS: Final = (*LEARNT, "displeasure", "long_text")


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
    words = words[:CAP]
    muddled = begins_with_history(words)
    words = unwrapped(words)
    language = _language(letters, subject, words, prior, country)
    subject = "" if says_nothing(spoken(model.lexicons, language.code), subject) else subject
    more = {str(intent): margin for intent, margin in (pushes or {}).items()}
    scores = model.read(subject, words, language.code, more)
    first, confidence = next(iter(scores.intents.items()))
    if not words.strip() and not subject.strip():
        first, confidence = Intent.OTHER, 0.0
    if muddled:
        confidence = min(confidence, ANYBODYS)
    flags = tuple(_flags(scores, words))
    return Reading(
        intent=Intent(first),
        confidence=round(confidence, 4),
        also=tuple(Intent(one) for one in scores.also if Intent(one) in BESIDE),
        language=language.code,
        variant=language.variant,
        language_sure=language.sure,
        sentiment=Sentiment(scores.tone),
        flags=flags,
        words=plainly(model, scores.because),
        agreed=scores.agreed,
        sure=scores.sure and language.sure and not (flags or muddled) and bool(words.strip()),
    )


def says_nothing(lexicon: Lexicon, subject: str) -> bool:
    """ "My order 12-34567-89012" names no wish: in a short mail it would outweigh the words."""
    tokens = TOKEN.findall(normalised(subject[:SUBJECT]))
    found = found_in(tokens, lexicon)
    senses: dict[int, set[str]] = {}
    for name, at in found:
        senses.setdefault(at, set()).add(name)
    words = ((token, senses.get(at, set())) for at, token in enumerate(tokens))
    return all(_empty(token, named) for token, named in words if token[0].isalpha())


def _empty(token: str, named: set[str]) -> bool:
    """A run without spaces is a whole sentence: all that it names must be empty."""
    if any("\u3040" <= sign <= "\u9fff" for sign in token):
        return bool(named) and named <= EMPTY
    return not EMPTY.isdisjoint(named)


def _language(letters: Letters, subject: str, words: str, prior: str, country: str) -> Language:
    """Of his words; where they leave it open, the subject helps, even one that he only answers."""
    found = detect(words, letters, prior, country)
    return found if found.sure else detect(f"{subject}\n{words}", letters, prior, country)


def _flags(scores: Scores, words: str) -> Iterator[str]:
    yield from (flag for flag in LEARNT if flag in scores.flags)
    if scores.displeased:
        yield "displeasure"
    if len(words) > LONG:
        yield "long_text"
