"""Troubles with files and folders: told of once where the seller looks (`tactd status`), and
forgotten when they are over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from tactd import log
from tactd.adapters.store import Store, journal
from tactd.flow.folders import Place

UNREADABLE = "folder_unreadable"


class FolderTrouble:
    """A folder that cannot be used now. Belongs to the thread that owns the store."""

    def __init__(self, store: Store, about: str, clock: Callable[[], datetime]) -> None:
        """`about`: the folder, as the seller knows it."""
        self._store = store
        self._about = about
        self._clock = clock
        self._told = True  # perhaps: by an earlier run

    def tell(self, error: OSError) -> None:
        """Raises StoreError."""
        where = error.filename if isinstance(error.filename, str) else self._about
        detail = f"{where} cannot be used: {error.strerror or error}"
        with self._store.write() as conn:
            news = journal.report(conn, UNREADABLE, self._about, detail, self._clock())
        self._told = True
        if news:
            log.failure(UNREADABLE, error, folder=self._about)

    def over(self) -> None:
        """Raises StoreError."""
        if self._told:
            with self._store.write() as conn:
                journal.resolve(conn, UNREADABLE, self._about, self._clock())
            self._told = False


def report_files(store: Store, places: Iterable[Place], detail: str, now: datetime) -> None:
    with store.write() as conn:
        for folder, name in places:
            journal.report(conn, "file_failed", f"{folder}/{name}", detail, now)
