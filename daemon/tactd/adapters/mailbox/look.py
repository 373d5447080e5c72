"""What is new in a folder, and handing it to the keeper.

The watermark says up to which UID everything is stored. A start moves it only at its very end, so
that a crash in the middle of one does not turn old mail into new mail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tactd.adapters.mailbox.answers import Opened
from tactd.adapters.mailbox.connection import Connection
from tactd.adapters.mailbox.explain import said
from tactd.adapters.mailbox.fetch import Download
from tactd.adapters.mailbox.settings import Keeper, MailboxSettings
from tactd.core.types import Fetched, FolderRole, Slice, Watermark


class NotKept(Exception):  # noqa: N818 - reads as what happened
    """The keeper did not take a slice: nothing of it is stored, the watermark stands."""


@dataclass(slots=True)
class Folder:
    """What this process knows of a folder; the truth about `last` is in the store."""

    role: FolderRole
    name: str
    uidvalidity: int = 0
    start: int = 0
    last: int = 0
    uidnext: int = 0  # as the server said it when the folder was last opened

    def mark(self, upto: int) -> Watermark:
        return Watermark(self.uidvalidity, upto, self.start)


@dataclass(slots=True)
class Look:
    settings: MailboxSettings
    keeper: Keeper
    download: Download
    progress: Callable[[int, int], None]

    def enter(self, connection: Connection, folder: Folder) -> int:
        """Open the folder and bring everything that is not stored yet; how many mails that was.

        Raises OSError, ServerError or NotKept; then look again later."""
        opened = connection.examine(folder.name)
        mark = self.keeper.watermark(self.settings.name, folder.role, folder.name)
        folder.uidvalidity, folder.uidnext = opened.uidvalidity, opened.uidnext
        if mark is None:
            return self._begin(connection, folder, opened, *self._at_first_start(folder.role))
        if mark.uidvalidity != opened.uidvalidity:
            return self._begin(connection, folder, opened, *self._at_renewal())
        folder.start, folder.last = mark.start, mark.uid
        uids = self._search(connection, folder.last + 1, opened)
        return self._bring_new(connection, folder, uids)

    def new(self, connection: Connection, folder: Folder) -> int:
        """The same for a folder that is open and was entered before: one search by UID."""
        uids = connection.search("UID", f"{folder.last + 1}:*")
        return self._bring_new(connection, folder, _above(uids, folder.last))

    def rescan(self, connection: Connection, folder: Folder) -> int:
        """Bring mails below the watermark that became visible late (clustered servers). What lay
        there before the first start is nobody's business. The folder must be open."""
        low = max(folder.start, folder.last - self.settings.rescan_uids) + 1
        if low > folder.last:
            return 0
        there = connection.search("UID", f"{low}:{folder.last}")
        unknown = set(there) - self._known(folder, low)
        late = sorted(uid for uid in unknown if low <= uid <= folder.last)
        return self._hand_over(self._slices(connection, folder, late, _unmoved), len(late))

    # ----------------------------------------------------------------- new mail

    def _bring_new(self, connection: Connection, folder: Folder, uids: list[int]) -> int:
        if not uids:
            return 0
        slices = self._slices(connection, folder, uids, folder.mark)
        brought = self._hand_over(slices, len(uids))
        folder.last = uids[-1]
        return brought

    def _search(
        self, connection: Connection, low: int, opened: Opened, *criteria: object
    ) -> list[int]:
        """UIDs from `low` up, ascending; in windows where one answer could be too long a line."""
        step = self.settings.search_window
        starts = range(low, max(low + 1, opened.uidnext), step) if opened.exists > step else [low]
        found: list[int] = []
        for start in starts:
            end = "*" if start + step >= opened.uidnext or len(starts) == 1 else start + step - 1
            found += connection.search("UID", f"{start}:{end}", *criteria)
        return _above(found, low - 1)

    def _known(self, folder: Folder, first: int) -> set[int]:
        return self.keeper.known(self.settings.name, folder.name, folder.uidvalidity, first)

    # ----------------------------------------------------------------- starts

    def _begin(
        self,
        connection: Connection,
        folder: Folder,
        opened: Opened,
        since: datetime,
        criteria: tuple[str, ...],
    ) -> int:
        """Mails that lay there before: handed over as such, and all later ones are new."""
        last = opened.uidnext - 1
        # SINCE knows only days, in the server's own time zone: one more, and cut exactly later.
        days = ("SINCE", (since - timedelta(days=1)).date())
        found = self._search(connection, 1, opened, *days, *criteria)
        known = self._known(folder, 1) if found else set()
        uids = [uid for uid in found if uid <= last and uid not in known]
        slices = self._slices(connection, folder, uids, _unmoved, at_start=True, since=since)
        brought = self._hand_over(slices, len(uids))
        folder.start = folder.last = last
        self._kept(self._slice(folder, folder.mark(last), (), at_start=True))
        return brought + self.new(connection, folder)

    def _at_first_start(self, role: FolderRole) -> tuple[datetime, tuple[str, ...]]:
        """From when on, and which, of the mails that lay there before tactd first came."""
        since = datetime.now(UTC) - self.settings.first_window
        return since, ("UNANSWERED", "UNDELETED") if role is FolderRole.INBOX else ()

    def _at_renewal(self) -> tuple[datetime, tuple[str, ...]]:
        """The same after a change of UIDVALIDITY, when it cannot be told what is stored already:
        the keeper knows mails again by their content."""
        window = max(self.settings.first_window, self.settings.renew_window)
        return datetime.now(UTC) - window, ()

    # ----------------------------------------------------------------- handing over

    def _slices(
        self,
        connection: Connection,
        folder: Folder,
        uids: list[int],
        mark: Callable[[int], Watermark | None],
        *,
        at_start: bool = False,
        since: datetime | None = None,
    ) -> Iterator[Slice]:
        done = 0
        for batch in self.download.batches(connection, folder.name, folder.uidvalidity, uids):
            mails = tuple(m for m in batch.mails if since is None or m.received >= since)
            done += len(batch.mails)
            yield self._slice(folder, mark(batch.upto), mails, at_start)
            self.progress(done, len(uids))

    def _slice(
        self, folder: Folder, mark: Watermark | None, mails: tuple[Fetched, ...], at_start: bool
    ) -> Slice:
        return Slice(
            role=folder.role,
            folder=folder.name,
            uidvalidity=folder.uidvalidity,
            watermark=mark,
            mails=mails,
            at_start=at_start,
        )

    def _hand_over(self, slices: Iterable[Slice], expected: int) -> int:
        if expected <= self.settings.slice_mails:
            return sum(self._kept(slice) for slice in slices)
        return self._overlapping(slices)

    def _overlapping(self, slices: Iterable[Slice]) -> int:
        """Fetch the next slice while the keeper commits the one before; never more than one."""
        brought = 0
        with ThreadPoolExecutor(1, thread_name_prefix=f"keep-{self.settings.name}") as hand:
            before: Future[int] | None = None
            for slice in slices:
                if before is not None:
                    brought += before.result()
                before = hand.submit(self._kept, slice)
            return brought + (before.result() if before is not None else 0)

    def _kept(self, slice: Slice) -> int:
        try:
            self.keeper.keep(self.settings.name, slice)
        except Exception as error:
            raise NotKept(said(error)) from error
        return len(slice.mails)


def _unmoved(upto: int) -> Watermark | None:
    return None


def _above(uids: Iterable[int], last: int) -> list[int]:
    """`n:*` always names the last mail, even one below n (RFC 3501 6.4.8)."""
    return sorted({uid for uid in uids if uid > last})
