"""Mails by their UIDs: in slices, under a size cap, and no mail can block those behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from tactd.adapters.mailbox.answers import Meta
from tactd.adapters.mailbox.connection import Connection
from tactd.adapters.mailbox.settings import MailboxSettings
from tactd.core.types import Fetched

WHOLE = "BODY.PEEK[]"
HEADER = "BODY.PEEK[HEADER]"


class Batch(NamedTuple):
    """Mails fetched together; every UID up to `upto` that was asked for is in it, or is gone."""

    mails: tuple[Fetched, ...]
    upto: int


class Download:
    """Remembers, over reconnects, which mails it failed to get: such a mail is fetched alone, each
    time asking for less (`_ladder`), and in the end is handed over without its text."""

    def __init__(self, settings: MailboxSettings, pause: Callable[[float], None]) -> None:
        self._settings = settings
        self._pause = pause
        self._failures: Counter[tuple[str, int, int]] = Counter()
        self._beginning = f"BODY.PEEK[]<0.{settings.beginning}>"
        self._ladder = (WHOLE, WHOLE, WHOLE, self._beginning, HEADER)

    def batches(
        self, connection: Connection, folder: str, uidvalidity: int, uids: Sequence[int]
    ) -> Iterator[Batch]:
        """`uids` in ascending order. Raises OSError or ServerError; called again after that, it
        goes on more carefully."""
        rest = list(uids)
        while rest:
            count = self._together(folder, uidvalidity, rest)
            group, rest = rest[:count], rest[count:]
            yield from self._group(connection, folder, uidvalidity, group)

    def _together(self, folder: str, uidvalidity: int, uids: list[int]) -> int:
        """How many of `uids` may be asked for in one command."""
        for count, uid in enumerate(uids[: self._settings.slice_mails]):
            if self._failures[folder, uidvalidity, uid]:
                return max(1, count)
        return self._settings.slice_mails

    def _group(
        self, connection: Connection, folder: str, uidvalidity: int, uids: list[int]
    ) -> Iterator[Batch]:
        tries = self._failures[folder, uidvalidity, uids[0]]
        if tries >= len(self._ladder):
            yield Batch((_without_text(uids[0], None),), uids[0])
            return
        with self._counting(folder, uidvalidity, uids):
            metas = connection.metas(uids)
        for run in self._runs(uids, metas):
            with self._counting(folder, uidvalidity, run):
                mails = self._fetch(connection, [uid for uid in run if uid in metas], metas, tries)
            for uid in run:
                self._failures.pop((folder, uidvalidity, uid), None)
            yield Batch(mails, run[-1])

    @contextmanager
    def _counting(self, folder: str, uidvalidity: int, uids: list[int]) -> Iterator[None]:
        try:
            yield
        except Exception:
            self._failures.update((folder, uidvalidity, uid) for uid in uids)
            raise

    def _runs(self, uids: list[int], metas: dict[int, Meta]) -> Iterator[list[int]]:
        """Cut so that no run holds much more than `slice_bytes`."""
        run: list[int] = []
        weight = 0
        for uid in uids:
            size = min(metas[uid].size, self._settings.size_cap) if uid in metas else 0
            if run and weight + size > self._settings.slice_bytes:
                yield run
                run, weight = [], 0
            run.append(uid)
            weight += size
        yield run

    def _fetch(
        self, connection: Connection, uids: list[int], metas: dict[int, Meta], tries: int
    ) -> tuple[Fetched, ...]:
        item = self._ladder[tries]
        large = [uid for uid in uids if metas[uid].size > self._settings.size_cap]
        small = [uid for uid in uids if metas[uid].size <= self._settings.size_cap]
        parts = dict.fromkeys(small, item)
        parts |= dict.fromkeys(large, self._beginning if item == WHOLE else item)
        raws = connection.bodies(small, item)
        for uid in large:
            raws |= connection.bodies([uid], parts[uid])
        mails = (
            _fetched(uid, raws[uid], metas[uid], parts[uid])
            if uid in raws
            else self._insist(connection, uid, metas[uid])
            for uid in uids
        )
        return tuple(mail for mail in mails if mail is not None)

    def _insist(self, connection: Connection, uid: int, meta: Meta) -> Fetched | None:
        """The server said OK and gave no text: ask again, for less each time.

        None: the mail was deleted in the meantime."""
        for item in self._ladder[1:]:
            self._pause(self._settings.body_retry)
            if uid not in connection.metas([uid]):
                return None
            if item == WHOLE and meta.size > self._settings.size_cap:
                continue
            if raw := connection.bodies([uid], item).get(uid):
                return _fetched(uid, raw, meta, item)
        return _without_text(uid, meta)


def _fetched(uid: int, raw: bytes, meta: Meta, item: str) -> Fetched:
    return Fetched(
        uid=uid,
        raw=raw,
        size=meta.size,
        received=meta.received,
        flags=meta.flags,
        truncated=item != WHOLE,
    )


def _without_text(uid: int, meta: Meta | None) -> Fetched:
    """Kept all the same: the reader sets it aside and the seller is told once."""
    meta = meta or Meta(0, datetime.now(UTC), ())
    return _fetched(uid, b"", meta, HEADER)
