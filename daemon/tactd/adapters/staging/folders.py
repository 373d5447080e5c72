"""The seven folders, and what may be done in them."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from watchfiles import Change

from tactd.adapters.staging.cut_off import undo_cut_off
from tactd.adapters.staging.look import (
    LARGEST,
    Found,
    Known,
    digest_of,
    identity,
    is_litter,
    list_folder,
    look_at,
    read_file,
    still_written,
)
from tactd.adapters.staging.watch import TICK, changes
from tactd.adapters.staging.whole import (
    move_whole,
    remove_old,
    replace_whole,
    sync_names,
    write_whole,
)
from tactd.core.filing.words import Folder
from tactd.core.sheet.bytes import with_note

_THREADS = 16  # an fsync waits for the disk; several at once share one journal commit


class Staging:
    """replies/ on disk. Methods block on the disk: call them from a thread where that matters.

    Raises OSError where a folder cannot be made or written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: dict[tuple[str, str], Known] = {}
        for folder in Folder:
            (root / folder).mkdir(parents=True, exist_ok=True)
            remove_old(root / folder)

    def write(self, folder: str, name: str, text: str) -> str:
        """A new file, whole and on disk when this returns; the name used (numbered if taken)."""
        used = self._write(folder, name, text)
        sync_names(self.root / folder)
        return used

    def write_many(self, items: Iterable[tuple[str, str, str]]) -> list[str | OSError]:
        """(folder, name, text) of each; the name used of each, or why it was not written."""

        def one(item: tuple[str, str, str]) -> str | OSError:
            try:
                return self._write(*item)
            except OSError as error:
                return error

        todo = list(items)
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="staging") as pool:
            written = list(pool.map(one, todo))
        for folder in {folder for folder, _, _ in todo}:
            sync_names(self.root / folder)
        return written

    def move(self, found: Found, folder: str, note: str = "") -> str:
        """Moves a file, never over another, and returns the name used. A note goes on top of it as
        "#" lines, or beside it as X.note.txt if the file is not text.

        Raises FileNotFoundError if it is gone: somebody was faster, look again."""
        path = self.root / found.folder / found.name
        used = found.name
        if found.folder != folder:
            used = move_whole(path, self.root / folder, found.name)
            self._known.pop((found.folder, found.name), None)
        digest = found.digest
        if note:
            digest = self._put_note(replace(found, folder=Folder(folder), name=used), note)
        self._remember(folder, used, digest)
        return used

    def read(self, found: Found) -> bytes:
        """What the file holds now. Raises OSError; ValueError if it is too big."""
        data = read_file(self.root / found.folder / found.name)
        if len(data) > LARGEST:
            raise ValueError(f"{found.name} is larger than {LARGEST} bytes")
        return data

    def lies(self, folder: str, name: str) -> bool:
        """Is there such a file, whether it is being written or not?"""
        return bool(name) and (self.root / folder / name).is_file()

    def scan(self, now: datetime, *, anew: bool = False) -> list[Found]:
        """All files that people may mean something by, folder by folder. One that is still being
        written is left out. `anew` reads all of them again, after moves that a crash has cut off
        are undone. Raises OSError if a folder cannot be listed; then nothing has been read."""
        if anew:
            self._known.clear()
            undo_cut_off(self.root)
        # All are listed before one is read: what was read would be no news at the next look, if a
        # folder that cannot be listed ended this one.
        listed = [(folder, list_folder(self.root / folder)) for folder in Folder]
        looked = {
            (folder, name): self._look(folder, name, status, now)
            for folder, files in listed
            for name, status in files
        }
        for gone in self._known.keys() - looked.keys():
            self._known.pop(gone, None)
        return [found for found in looked.values() if found is not None]

    def changes(self, stop: asyncio.Event, tick: float = TICK) -> AsyncIterator[None]:
        """Yields whenever a look is worth while, until `stop` is set."""
        return changes(self.root, stop, self._is_news, tick)

    def _write(self, folder: str, name: str, text: str) -> str:
        data = text.encode()
        used = write_whole(self.root / folder, name, data)
        self._remember(folder, used, digest_of(data))
        return used

    def _look(
        self, folder: Folder, name: str, status: os.stat_result, now: datetime
    ) -> Found | None:
        known = self._known.get((folder, name))
        fresh = known is None or known.identity != identity(status)
        if fresh and still_written(status, now):
            return None
        looked = look_at(folder, self.root / folder / name, status, known)
        if looked is None:
            return None
        found, self._known[folder, name] = looked
        return found

    def _put_note(self, found: Found, note: str) -> str:
        """The digest of the file afterwards."""
        path = self.root / found.folder / found.name
        before = identity(path.lstat())
        data = b"" if found.too_big or found.unreadable else self.read(found)
        noted = with_note(data, note) if data else None
        if noted and replace_whole(path, noted, lambda: identity(path.lstat()) == before):
            return digest_of(noted)
        self.write(found.folder, f"{Path(found.name).stem}.note.txt", f"{note}\n")
        return found.digest

    def _remember(self, folder: str, name: str, digest: str) -> None:
        """tactd's own doing is no news."""
        path = self.root / folder / name
        with contextlib.suppress(FileNotFoundError):  # somebody has moved it on already
            self._known[folder, name] = Known(identity(path.lstat()), digest)

    def _is_news(self, change: Change, path: str) -> bool:
        file = Path(path)
        if is_litter(file.name):
            return False
        known = self._known.get((file.parent.name, file.name))
        try:
            now = identity(file.lstat())
        except FileNotFoundError:
            return known is not None  # else tactd itself moved it away
        return known is None or known.identity != now
