"""The orders/ folder: exports that the seller drops there, and where they go when they are read.

A file is taken once two looks, far enough apart, found it the same: a browser or a phone may still
be writing it. What has been read is moved to imported/ or trouble/, never deleted or overwritten.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from tactd.core.names import storable
from tactd.errors import TactdError

IMPORTED = "imported"
TROUBLE = "trouble"
REPORT = ".problems.txt"

SETTLE = timedelta(seconds=2)
# Some browsers hold the name with an empty file meanwhile, and a copy over the net may pause.
UNFINISHED_SETTLE = timedelta(minutes=1)
LARGEST = 2 * 1024**3  # bytes; a million orders have some 500 MB

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp")
_HIDDEN = (".", "~$")
_LONGEST_END = 22 + 65_535  # bytes of a zip archive's last record, with its comment


class ExportFileError(TactdError):
    """The file cannot be read, or is too large to be an export."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What changes when a file is written again."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file that is read piece by piece, as often as is wanted. All raise ExportFileError."""

    path: Path
    size: int
    mtime_ns: int

    @property
    def modified(self) -> datetime:
        return datetime.fromtimestamp(self.mtime_ns / 1e9, UTC)

    def start(self, most: int) -> bytes:
        with self._open() as file:
            return file.read(most)

    def pieces(self, size: int = 1 << 20) -> Iterator[bytes]:
        with self._open() as file:
            while piece := file.read(size):
                yield piece

    def lines(self, encoding: str, skip: int) -> Iterator[str]:
        """With their ends, whatever these are; undecodable bytes become U+FFFD."""
        with self._open() as file:
            file.seek(skip)
            yield from io.TextIOWrapper(file, encoding, errors="replace", newline="")

    def unchanged(self) -> bool:
        return _stamp(self.path) == _Stamp(self.size, self.mtime_ns)

    @contextlib.contextmanager
    def _open(self) -> Iterator[io.BufferedReader]:
        try:
            with self.path.open("rb") as file:
                yield file
        except OSError as error:
            raise _unreadable(self.path, error) from error


class ExportFolder:
    """The folder `root`, made if it is absent. Remembers what it saw at earlier looks."""

    def __init__(self, root: Path, settle: timedelta = SETTLE, largest: int = LARGEST) -> None:
        self.root = root
        self.settle = settle
        self.largest = largest
        self._seen: dict[Path, tuple[_Stamp, datetime]] = {}
        self._read: dict[Path, _Stamp] = {}

    def prepare(self) -> None:
        """Makes the folder and its two subfolders. Raises OSError."""
        for folder in (self.root, self.root / IMPORTED, self.root / TROUBLE):
            folder.mkdir(parents=True, exist_ok=True)

    def ready(self, now: datetime) -> list[Path]:
        """Files that have not changed for the settle time, the eldest first. What is evidently not
        finished gets more time."""
        seen = {}
        settled = []
        for path in self._candidates():
            stamp = _stamp(path)
            if stamp is None:
                continue
            before, since = self._seen.get(path, (None, now))
            seen[path] = (stamp, since if before == stamp else now)
            if before == stamp and now - since >= self._patience(path, stamp):
                settled.append((stamp.mtime_ns, path))
        self._seen = seen
        return [path for _, path in sorted(settled)]

    def _patience(self, path: Path, stamp: _Stamp) -> timedelta:
        unfinished = not stamp.size or _ends_too_early(path)
        return max(self.settle, UNFINISHED_SETTLE) if unfinished else self.settle

    def waiting(self) -> int:
        """How many files lie in the folder, settled or not."""
        return len(self._candidates())

    def _candidates(self) -> list[Path]:
        try:
            paths = list(self.root.iterdir())
        except FileNotFoundError:
            return []
        found = [path for path in paths if not _is_unfinished(path.name) and path.is_file()]
        return [path for one in found if (path := _storable(one))]

    def open(self, path: Path) -> ExportFile:
        """The file as it is now. Raises ExportFileError."""
        try:
            with path.open("rb") as file:
                status = os.fstat(file.fileno())
        except OSError as error:
            raise _unreadable(path, error) from error
        if status.st_size > self.largest:
            raise ExportFileError(
                f"{path.name} has {status.st_size >> 20} MB; an export has at most "
                f"{self.largest >> 20} MB. Download a shorter range of dates."
            )
        self._read[path] = _Stamp(status.st_size, status.st_mtime_ns)
        return ExportFile(path, status.st_size, status.st_mtime_ns)

    def read(self, path: Path) -> tuple[bytes, datetime]:
        """The bytes and when they were last modified (UTC). Raises ExportFileError."""
        file = self.open(path)
        return file.start(self.largest), file.modified

    def set_aside(self, path: Path, ok: bool, report: str | None = None) -> Path | None:
        """Moves a file that was read into imported/ (`ok`) or trouble/, with `report` beside it.

        Where it is now; None if it was written again since it was read: it stays, and is taken
        once more. Raises OSError."""
        if path in self._read and _stamp(path) != self._read[path]:
            return None
        folder = self.root / (IMPORTED if ok else TROUBLE)
        folder.mkdir(parents=True, exist_ok=True)
        there = _move(path, folder)
        self._seen.pop(path, None)
        self._read.pop(path, None)
        if report is not None:
            _write_whole(there.with_name(there.name + REPORT), report)
        return there

    async def changes(self) -> AsyncGenerator[None, None]:
        """Yields after each change in the folder. A hint only: some file systems tell nothing."""
        from watchfiles import awatch  # loads slowly: only in the daemon

        async for _ in awatch(self.root, recursive=False):
            yield None


def _unreadable(path: Path, error: OSError) -> ExportFileError:
    return ExportFileError(f"{path.name} cannot be read: {error.strerror}")


def _is_unfinished(name: str) -> bool:
    return name.startswith(_HIDDEN) or name.lower().endswith(_UNFINISHED)


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return _Stamp(status.st_size, status.st_mtime_ns)


def _ends_too_early(path: Path) -> bool:
    """A zip archive, which an .xlsx is, ends with its directory (APPNOTE 4.3.16)."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                return False
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LONGEST_END))
            return b"PK\x05\x06" not in file.read()
    except OSError:
        return False  # reading it will tell


def _storable(path: Path) -> Path | None:
    """The file under a name that can be stored and shown; None where it cannot be renamed."""
    name = storable(path.name)
    if name == path.name:
        return path
    try:
        return _move(path, path.parent, Path(name))
    except OSError:
        return None


def _move(path: Path, folder: Path, called: Path | None = None) -> Path:
    """Into `folder` under a name that was free; a file that is there is never replaced."""
    called = called or path
    for number in count(1):
        name = called.name if number == 1 else f"{called.stem} ({number}){called.suffix}"
        there = folder / name
        if there.with_name(name + REPORT).exists():
            continue
        try:
            os.link(path, there)
        except FileExistsError:
            continue
        except OSError:  # a file system without hard links: look, then move
            if there.exists():
                continue
            return path.rename(there)
        path.unlink()
        return there
    raise AssertionError("unreachable")


def _write_whole(path: Path, text: str) -> None:
    """People see the file complete or not at all."""
    draft = path.with_name(f".{path.name}.tmp")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
