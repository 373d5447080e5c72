"""What lay in Sent before tactd came: read back over the longest limit window, headers only,
newest first, one slice at a time, so that new mail never waits for more than one slice.

The keeper commits each slice together with how far it got; a restart goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic

from tactd import log
from tactd.adapters.mailbox.connection import Connection, ServerError
from tactd.adapters.mailbox.explain import said
from tactd.adapters.mailbox.look import Folder, NotKept
from tactd.adapters.mailbox.settings import Keeper, MailboxSettings
from tactd.core.types import Fetched, SentRead

_FIELDS = "DATE FROM TO CC MESSAGE-ID IN-REPLY-TO REFERENCES X-TACTD-ID AUTO-SUBMITTED"
HEADERS = f"BODY.PEEK[HEADER.FIELDS ({_FIELDS})]"

QUICK_TRIES = 3  # failures in a row after which it is tried only now and then
SKIPPED_AFTER = 5  # failures after which the mail in question, by then alone, is left out
NO_FOLDER = SentRead(folder="", uidvalidity=0, window=timedelta(0))


class ReadBack:
    """Belongs to the mailbox's thread and outlives its connections."""

    def __init__(
        self, settings: MailboxSettings, keeper: Keeper, tell: Callable[[SentRead], None]
    ) -> None:
        self._settings = settings
        self._keeper = keeper
        self._tell = tell
        self._now: SentRead | None = None  # as the keeper has it
        self._unsearched = 0  # the highest UID that no search has covered yet
        self._uids: list[int] = []  # found and not yet read, ascending
        self._failures = 0
        self._not_before = 0.0
        self.problem = ""  # for the seller

    def due(self) -> bool:
        """Is there a slice to be read now?"""
        now = self._now
        if now is None or monotonic() < self._not_before:
            return False
        return not now.done or now.window < self._settings.sent_window()

    def without_folder(self) -> None:
        """The mailbox has no folder of sent mail. If the seller says so, all of it is read."""
        fine = self._settings.sent == "none"
        nothing = replace(NO_FOLDER, window=self._settings.sent_window(), done=fine)
        self._now = None
        if self._keeper.sent_read(self._settings.name) != nothing:
            self._keep((), nothing)
        self._tell(nothing)

    def step(self, connection: Connection, folder: Folder) -> None:
        """Search a stretch, or read a slice; nothing if all is read. `folder` was just entered.

        Raises OSError, ServerError or NotKept; called again after that, it asks for less."""
        if monotonic() < self._not_before:
            return
        now = self._progress(folder)
        if now.done:
            return
        try:
            if self._unsearched:
                self._search(connection)
            if not self._unsearched:
                self._read(connection, now)
        except NotKept:
            raise
        except (OSError, ServerError) as error:
            self._failed(error)
            raise

    # ----------------------------------------------------------------- where it stands

    def _progress(self, folder: Folder) -> SentRead:
        """As this process knows it, else as the keeper does; from the beginning if the folder is
        another one, its UIDs mean something else, or it has to go back further than before."""
        now, window = self._now, self._settings.sent_window()
        if now is None:
            now = self._keeper.sent_read(self._settings.name)
            self._unsearched = now.down_to - 1 if now else 0
        place = (folder.name, folder.uidvalidity)
        if now is None or (now.folder, now.uidvalidity) != place or now.window < window:
            now = self._begin(folder, window, before=now)
        if self._now is None:
            self._tell(now)
        self._now = now
        return now

    def _begin(self, folder: Folder, window: timedelta, before: SentRead | None) -> SentRead:
        now = SentRead(
            folder=folder.name,
            uidvalidity=folder.uidvalidity,
            window=window,
            down_to=folder.last + 1,
        )
        self._unsearched, self._uids = folder.last, []
        if before is not None:
            self._keep((), now)  # until it is done again, nothing goes by itself
        log.event("sent_reading", mailbox=self._settings.name, days=window.days)
        return now

    def _since(self, now: SentRead) -> datetime:
        return datetime.now(UTC) - now.window

    # ----------------------------------------------------------------- what is there

    def _search(self, connection: Connection) -> None:
        """One stretch of UIDs: an answer that lists too many would be too long, and too slow."""
        assert self._now is not None
        low = max(1, self._unsearched - self._settings.sent_stretch + 1)
        # SINCE knows only days, in the server's own time zone: one more, and cut exactly later.
        day = (self._since(self._now) - timedelta(days=1)).date()
        found = connection.search("UID", f"{low}:{self._unsearched}", "SINCE", day)
        inside = sorted({uid for uid in found if low <= uid <= self._unsearched})
        self._uids = inside + self._uids
        self._unsearched = low - 1

    # ----------------------------------------------------------------- a slice

    def _read(self, connection: Connection, now: SentRead) -> None:
        size = max(1, self._settings.sent_slice // 10**self._failures)
        uids = self._uids[-size:]
        if uids and self._failures >= SKIPPED_AFTER:
            log.event("sent_mail_unreadable", level="warning", mailbox=self._settings.name)
            mails: tuple[Fetched, ...] = ()
        else:
            mails = connection.headers(uids, HEADERS) if uids else ()
        rest = self._uids[: -len(uids)] if uids else []
        read = now.read + len(uids)
        further = replace(
            now,
            down_to=uids[0] if rest else 1,
            read=read,
            total=read + len(rest),
            done=not rest,
        )
        since = self._since(now)
        self._keep(tuple(one for one in mails if one.received >= since), further)
        self._uids, self._now = rest, further
        self._failures, self._not_before, self.problem = 0, 0.0, ""
        self._tell(further)
        if further.done:
            log.event("sent_read", mailbox=self._settings.name, mails=read)

    def _keep(self, mails: tuple[Fetched, ...], further: SentRead) -> None:
        try:
            self._keeper.keep_sent(self._settings.name, mails, further)
        except Exception as error:
            raise NotKept(said(error)) from error

    def _failed(self, error: Exception) -> None:
        self._failures += 1
        if self._failures > QUICK_TRIES:  # it must not cost INBOX its connection all the time
            self._not_before = monotonic() + self._settings.sent_retry
            self.problem = (
                f"what lies in the folder of sent mail cannot be read ({said(error)}); until it "
                "can, nothing goes out by itself; trying again by itself"
            )
        log.event(
            "sent_not_read",
            level="warning",
            mailbox=self._settings.name,
            error=type(error).__name__,
            failures=self._failures,
        )
