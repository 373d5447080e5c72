"""A subject in front of the words that it belongs to; one that only answers says nothing new."""

from __future__ import annotations

import re
from typing import Final

SUBJECT: Final = 300  # characters that are read
_REPLIES: Final = (  # in front of a subject that is only answered or passed on
    "re|aw|sv|vs|fw|fwd|rv|wg|tr|trs|r|i|rif|ri|odp|pd|antw|antwort|antwoord|doorst|ynt|yan|yanıt|"
    "ilt|enc|res|réf|réponse|reply|respuesta|resposta|risposta|reenviado|odpowiedź|bls|balas|"
    "balasan|atb|ответ|отв|на|пересл|رد|الرد|إعادة[- ]توجيه|تحويل|回复|回覆|答复|答覆|转发|轉發|"
    "转寄|轉寄|返信|返|転送|回信|답장|회신|전달"
)
_AUTOMATIC: Final = (
    "automatic reply|automatische antwort|automatisch antwoord|réponse automatique|"
    "respuesta automática|resposta automática|risposta automatica|자동 회신|"
    "自动回复|自動回覆|自動返信"
)
_REPLY: Final = re.compile(
    r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
    r"(?:(?:\[[^\]]{1,20}\]|\*{1,5}[A-Z]{2,12}\*{1,5})\s*)?"  # [EXTERNAL], *SPAM*
    rf"(?:(?:{_REPLIES})\.?\s?(?:\[\d+\]|\(\d+\)|\^\d+|-\d+)?\s?|{_AUTOMATIC})\s?[:：]",
    re.IGNORECASE,
)


def whole(subject: str, words: str) -> str:
    """A subject with a reply mark repeats what somebody wrote before: it is not read."""
    fresh = "" if _REPLY.match(subject) else subject.strip()[:SUBJECT]
    return f"{fresh}\n\n{words}" if fresh else words
