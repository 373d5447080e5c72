"""CHECK WHO WROTE: the signatures of mails as they are fetched, where the provider checks nothing.

It asks DNS, so it is done in the mailbox's thread before the mail is kept, never while the store is
being written. DNS that is silent delays a slice of mails by `PATIENCE` at most; what it leaves open
is nobody's word for now, and asked again later (flow/sender_again.py)."""

from __future__ import annotations

import time
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from tactd import log
from tactd.core.read.mail import read
from tactd.core.sender.proved import HOLDS
from tactd.core.sender.signatures import Signature, signatures
from tactd.core.sender.vouched import from_domain
from tactd.core.types import Fetched, FolderRole, Signed, Slice

UNASKED = "sender.key_unknown"
PATIENCE = 20.0  # seconds for the mails of one slice; the mailbox gives no sign of life meanwhile
PATIENCE_AGAIN = 5.0  # for one mail that is tried again; a daemon that is to stop waits as long


class Checks(Protocol):
    """What checks one signature: adapters/dkim.py."""

    @property
    def algorithms(self) -> Container[bytes]:
        """Those that it can check, as a= names them."""

    def hold(self, raw: bytes, signature: Signature) -> bool | None:
        """None: nobody can tell now."""


@dataclass(frozen=True, slots=True)
class SenderCheck:
    checks: Checks
    clock: Callable[[], datetime]
    ticks: Callable[[], float] = time.monotonic

    def of_slice(self, batch: Slice) -> Slice:
        """The same mails with what their signatures prove. Never raises."""
        if batch.role is not FolderRole.INBOX:
            return batch
        until = self.ticks() + PATIENCE
        mails = tuple(replace(one, signed=self._of_mail(one, until)) for one in batch.mails)
        return replace(batch, mails=mails)

    def _of_mail(self, one: Fetched, until: float) -> Signed:
        if one.truncated:
            return Signed("sender.cut_short")
        try:
            return self.of_bytes(one.raw, until)
        except Exception as error:  # noqa: BLE001 - one poisoned mail must not hold up the others
            log.failure("signature_not_checked", error, uid=one.uid)
            return Signed("sender.header_unclear")

    def of_kept(self, raw: bytes) -> Signed:
        """Of a mail that has been kept whole, when it is tried again. Never raises."""
        try:
            return self.of_bytes(raw, self.ticks() + PATIENCE_AGAIN)
        except Exception as error:  # noqa: BLE001
            log.failure("signature_not_checked", error)
            return Signed("sender.header_unclear")

    def of_bytes(self, raw: bytes, until: float = float("inf")) -> Signed:
        now = self.clock()
        domain = from_domain(read(_header(raw), now))
        if domain is None:
            return Signed("sender.from_unclear")
        found = signatures(raw, domain, now, self.checks.algorithms)
        return Signed(found) if isinstance(found, str) else self._first(raw, found, until)

    def _first(self, raw: bytes, found: tuple[Signature, ...], until: float) -> Signed:
        """The first that holds, those that cover more before others."""
        silent = False
        for one in sorted(found, key=lambda signature: not signature.whole):
            holds = self.checks.hold(raw, one) if self.ticks() < until else None
            if holds:
                return Signed(HOLDS, one.domain, one.whole)
            silent |= holds is None
        return Signed(UNASKED if silent else "sender.signature_broken")


def _header(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
