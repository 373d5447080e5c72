"""What became of a mail, told from how far the SMTP conversation had come and what was answered.

The only question that matters afterwards: can it have been delivered? Where nobody can tell, the
fate is `unclear`, and the mail is never sent again by itself (RFC 5321 6.1, RFC 1047).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tactd.core.envelope import clean

_MAX_TEXT = 300


class Fate(StrEnum):
    ACCEPTED = "accepted"
    PERMANENT = "permanent"  # refused for good: nothing was delivered
    TRANSIENT = "transient"  # nothing was delivered: try later
    ACCOUNT = "account"  # nothing was delivered, and no other mail would fare better: pause
    UNCLEAR = "unclear"  # it may have been delivered


class Stage(StrEnum):
    """How far the conversation had come. `connect` includes greeting, TLS and EHLO."""

    CONNECT = "connect"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The end of one attempt. `code` is the server's reply code, None where it gave none."""

    fate: Fate
    code: int | None
    text: str  # one clean line: what the server said, or what went wrong
    stage: Stage


# Refusals that are about the account, not about this mail or its recipient: (reply code or 0 for
# any, what stands in the text, in lower case). Codes 53x: RFC 4954 6; the others: the providers'.
_ACCOUNT_SIGNS: tuple[tuple[int, str], ...] = (
    (530, ""),  # authentication required (RFC 4954 6)
    (534, ""),  # mechanism too weak, or an application password is needed
    (535, ""),  # credentials refused
    (538, ""),  # encryption required
    (550, "5.4.5"),  # Gmail: daily sending quota
    (550, "5.7.30"),  # Microsoft: basic authentication switched off
    (0, "submissionquotaexceeded"),  # Microsoft: daily recipients
    (0, "mi:sfq"),  # NetEase: quota of 15 minutes
    (0, "mi:stc"),  # NetEase: quota of the day
    (0, "frequency limited"),  # QQ: mails per minute, hour or day
    (0, "too many login"),  # Gmail 454 4.7.0
)
# A 5yz there concerns us (blocked, sender refused), not the buyer's address.
_OURS = frozenset({Stage.CONNECT, Stage.LOGIN, Stage.MAIL})


def fate_of(stage: Stage, code: int | None, text: str = "") -> Fate:
    """The fate after the last reply of that stage; None (or no true code) where none was parsed.

    A failure inside `data` without a 4yz or 5yz is unclear even before the body: aiosmtplib does
    not tell whether the server had asked for it."""
    kind = (code or 0) // 100
    if kind == 2 and stage is Stage.DATA:
        return Fate.ACCEPTED
    if kind not in (4, 5):
        return Fate.UNCLEAR if stage is Stage.DATA else Fate.TRANSIENT
    if _about_the_account(code, text):
        return Fate.ACCOUNT
    if kind == 4:
        return Fate.TRANSIENT
    return Fate.ACCOUNT if stage in _OURS else Fate.PERMANENT


def one_line(text: str) -> str:
    """What a server said, fit for a log line, a file and the store."""
    return clean(text)[:_MAX_TEXT]


def _about_the_account(code: int | None, text: str) -> bool:
    said = text.casefold()
    return any(sign in said for number, sign in _ACCOUNT_SIGNS if number in (0, code))
