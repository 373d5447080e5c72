"""What a mailbox needs to know, and what it needs from the store."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

from tactd.core.types import Fetched, FolderRole, SentRead, Slice, Watermark

Security = Literal["tls", "starttls", "plain"]


class Keeper(Protocol):
    """The store's side. Each call returns only once it is committed."""

    def watermark(self, mailbox: str, role: FolderRole, folder: str) -> Watermark | None: ...

    def known(self, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
        """UIDs from `first` up that are stored already."""

    def keep(self, mailbox: str, slice: Slice) -> None:
        """Commit mails and watermark in one transaction. Raising means: nothing was kept."""

    def sent_read(self, mailbox: str) -> SentRead | None:
        """How far Sent has been read back; None: it was never begun."""

    def keep_sent(self, mailbox: str, mails: tuple[Fetched, ...], further: SentRead) -> None:
        """Commit that these were sent (of each only the header is there), and how far that is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailboxSettings:
    """All plain numbers of time are seconds."""

    name: str
    host: str
    port: int
    security: Security
    user: str
    password: Callable[[], str]  # asked for at each login, never kept
    inbox: str = "INBOX"
    # "auto": the special-use folder, else one with a common name; "none": there is none
    sent: str = "auto"
    tls: ssl.SSLContext | None = None  # None: the system's certificates, names verified

    # What is known of the provider's habits (config/providers.toml).
    idle: bool = True  # False: it is asked, whatever it announces
    needs_id: bool = False  # it opens no folder before ID (RFC 2971)
    keeps_message_id: bool = True  # False: what it sends is found by X-Tactd-Id alone
    hint: str = ""  # what the seller is to do when the login is refused

    first_window: timedelta = timedelta(hours=72)  # how far back the first start looks
    renew_window: timedelta = timedelta(days=14)  # the least after a change of UIDVALIDITY
    # How far Sent is read back before the first send: asked again at each look.
    sent_window: Callable[[], timedelta] = lambda: timedelta(days=60)
    sent_slice: int = 300  # mails, headers only: about 100 kB
    sent_stretch: int = 20_000  # UIDs per SEARCH
    sent_pause: float = 0.02  # between two slices
    sent_retry: float = 10 * 60  # after failures in a row
    size_cap: int = 2 * 1024 * 1024  # bytes; of larger mails only the beginning is fetched
    beginning: int = 256 * 1024
    slice_mails: int = 100
    slice_bytes: int = 8 * 1024 * 1024
    search_window: int = 50_000  # UIDs per SEARCH: imaplib takes lines up to 1,000,000 bytes

    idle_for: float = 9 * 60  # RFC 2177 allows 29 minutes; in the field 10 are too many
    idle_first: float = 0.3  # the first IDLE after new mail: a push may have been overlooked
    look_every: float = 0.15  # between two searches while mail keeps coming
    quiet: float = 1.0  # no new mail for so long: back to IDLE
    poll: float = 5 * 60  # a look is never further apart, whatever IDLE says
    poll_without_idle: float = 60
    sent_every: float = 60
    rescan_every: float = 15 * 60
    rescan_uids: int = 200
    body_retry: float = 2.0

    connect_timeout: float = 15
    read_timeout: float = 60
    done_timeout: float = 30  # for the answer to DONE
    backoff_first: float = 1.0
    backoff_cap: float = 5 * 60
    healthy_after: float = 10 * 60  # a connection that lived so long starts the back-off anew
    refusals_per_hour: int = 3
    refusal_wait: tuple[float, float] = (15 * 60, 60 * 60)
    hour: float = 3600
