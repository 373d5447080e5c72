"""What became of a mail, told from how far the SMTP conversation had come and what was answered.

The only question that matters afterwards: can it have been delivered? Where nobody can tell, the
fate is `unclear`, and the mail is never sent again by itself (RFC 5321 6.1, RFC 1047).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Literal

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


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaSign:
    """A provider's way to say "too much" (config/providers.toml). It is about the account, never
    about the recipient."""

    code: int  # the SMTP reply code, 4yz or 5yz
    says: str  # stands in the reply's text, in lower case
    pause: timedelta  # how long nothing is sent afterwards
    rests: Literal["mailbox", "account"]  # account: every mailbox of the same domain

    def fits(self, code: int | None, text: str) -> bool:
        return self.code == code and self.says in text.casefold()


@dataclass(frozen=True, slots=True)
class Delivery:
    """The end of one attempt. `code` is the server's reply code, None where it gave none."""

    fate: Fate
    code: int | None
    text: str  # one clean line: what the server said, or what went wrong
    stage: Stage
    quota: QuotaSign | None = None  # what the refusal spoke of

    @property
    def pause(self) -> timedelta | None:
        """How long nothing may be sent, where the provider's habits tell."""
        return self.quota.pause if self.quota else None

    @property
    def puts_off_all(self) -> bool:
        """A 4yz before any recipient was named: it would meet every other mail as well."""
        refused = self.fate is Fate.TRANSIENT and (self.code or 0) // 100 == 4
        return refused and self.stage in _OURS


# Refusals of the login or the line, at whatever stage (RFC 4954 6): authentication required,
# mechanism too weak, credentials refused, encryption required.
_LOGIN_CODES = frozenset({530, 534, 535, 538})
# A 5yz there concerns us (blocked, sender refused), not the buyer's address.
_OURS = frozenset({Stage.CONNECT, Stage.LOGIN, Stage.MAIL})


def fate_of(stage: Stage, code: int | None) -> Fate:
    """The fate after the last reply of that stage; None (or no true code) where none was parsed.

    A failure inside `data` without a 4yz or 5yz is unclear even before the body: aiosmtplib does
    not tell whether the server had asked for it."""
    kind = (code or 0) // 100
    if kind == 2 and stage is Stage.DATA:
        return Fate.ACCEPTED
    if kind not in (4, 5):
        return Fate.UNCLEAR if stage is Stage.DATA else Fate.TRANSIENT
    if code in _LOGIN_CODES:
        return Fate.ACCOUNT
    if kind == 4:
        return Fate.TRANSIENT
    return Fate.ACCOUNT if stage in _OURS else Fate.PERMANENT


def quota_sign(signs: Iterable[QuotaSign], code: int | None, text: str) -> QuotaSign | None:
    """The quota that a refusal speaks of."""
    return next((sign for sign in signs if sign.fits(code, text)), None)


def under_quota(delivery: Delivery, signs: Iterable[QuotaSign]) -> Delivery:
    """The same end; but where the refusal means one of the provider's quotas, it is the account
    that rests, and the mail is as good as before."""
    sign = quota_sign(signs, delivery.code, delivery.text)
    return replace(delivery, fate=Fate.ACCOUNT, quota=sign) if sign else delivery


def one_line(text: str) -> str:
    """What a server said, fit for a log line, a file and the store."""
    return clean(text)[:_MAX_TEXT]
