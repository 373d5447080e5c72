"""Whose Authentication-Results a mailbox may trust: what its own mail shows (RFC 8601 5).

The provider stamps whatever comes in, so its authserv-id stands on nearly all mails, whoever sent
them. A mail from the very organisation that the stamp names is no evidence: a sender who vouches
for himself looks the same. Nothing is guessed; what the mails do not show is said to be unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tactd.core.sender.domains import domain_name, organisation
from tactd.core.sender.vouched import stamping_server
from tactd.core.types import Mail

NEARLY_ALL = 0.9  # of the mails that can tell
FEW = 5  # with fewer mails nothing is proposed

Finding = Literal["found", "empty", "few", "one_sender", "unstamped", "several", "partly"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamps:
    """`proposed` is empty unless `finding` is "found". `seen` counts per id, most first, only
    mails whose sender is of another organisation; `mails` is how many of those there were."""

    finding: Finding
    mails: int
    seen: tuple[tuple[str, int], ...] = ()
    proposed: tuple[str, ...] = ()


def stamps(mails: Sequence[Mail]) -> Stamps:
    """What the newest mails of a mailbox show about who stamps them."""
    telling = [
        (_organisation_of(mail), stamp)
        for mail in mails
        if (stamp := stamping_server(mail)) is None or not _vouches_for_itself(mail, stamp)
    ]
    seen = tuple(Counter(stamp for _, stamp in telling if stamp).most_common())
    proposed = _in_nearly_all(seen, len(telling))
    senders = {sender for sender, _ in telling}
    finding = _finding(len(mails), len(telling), len(senders), seen, proposed)
    kept = proposed if finding == "found" else ()
    return Stamps(finding=finding, mails=len(telling), seen=seen, proposed=kept)


def _finding(
    mails: int,
    telling: int,
    senders: int,
    seen: tuple[tuple[str, int], ...],
    proposed: tuple[str, ...],
) -> Finding:
    rows: tuple[tuple[bool, Finding], ...] = (
        (mails == 0, "empty"),
        (telling < FEW, "few"),
        (not seen, "unstamped"),
        (bool(proposed) and senders < 2, "one_sender"),
        (bool(proposed), "found"),
        (len(seen) > 1, "several"),
        (True, "partly"),
    )
    return next(finding for true, finding in rows if true)


def _in_nearly_all(seen: tuple[tuple[str, int], ...], mails: int) -> tuple[str, ...]:
    """One id that nearly all mails bear, or several of one organisation (mx1, mx2 …) together."""
    for top, number in seen[:1]:
        if number >= NEARLY_ALL * mails:
            return (top,)
        related = [(one, n) for one, n in seen if organisation(one) == organisation(top)]
        if sum(n for _, n in related) >= NEARLY_ALL * mails:
            return tuple(one for one, _ in related)
    return ()


def _vouches_for_itself(mail: Mail, stamp: str) -> bool:
    return _organisation_of(mail) == organisation(stamp)


def _organisation_of(mail: Mail) -> str | None:
    """Who registered the domain of From; None where there is none."""
    address = mail.sender.email if mail.sender else ""
    domain = domain_name(address.rpartition("@")[2])
    return organisation(domain) if domain else None
