"""Looking at the folders: every file that a person may have put there, only changed ones read."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tactd.adapters.staging.whole import move_whole
from tactd.core.filing.words import Folder
from tactd.core.names import storable

LARGEST = 1_000_000  # bytes; a staged reply has a few thousand
STILL_WRITING = 0.5  # seconds since the last write in which a file is left alone
_SKEW = 2.0  # seconds that a file server's clock may be ahead

_LITTER_STARTS = (".", "~", "#")
_LITTER_ENDS = ("~", ".swp", ".swx", ".swo", ".tmp", ".bak", ".part", ".crdownload")
_LITTER_NAMES = frozenset({"thumbs.db", "desktop.ini", "icon\r", "4913"})  # vim tests with "4913"

Identity = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file as it lies there. `data` is None if it is as it was at the last look, or as tactd
    itself left it; `Staging.read` has it."""

    folder: Folder
    name: str
    data: bytes | None
    size: int
    modified: datetime
    digest: str  # of the content, or of nothing if it was not read
    too_big: bool = False  # over `LARGEST`, not read
    unreadable: str = ""  # the system's message


@dataclass(frozen=True, slots=True)
class Known:
    identity: Identity
    digest: str
    unreadable: str = ""


def is_litter(name: str) -> bool:
    """What editors, file managers and synchronisers leave lying about."""
    low = name.lower()
    return low in _LITTER_NAMES or low.startswith(_LITTER_STARTS) or low.endswith(_LITTER_ENDS)


def identity(status: os.stat_result) -> Identity:
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def digest_of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def list_folder(path: Path) -> list[tuple[str, os.stat_result]]:
    """Plain files, in the order of their names; symbolic links are not followed. A folder that
    somebody deleted is empty. A file whose name cannot be stored gets one that can; where the
    folder does not allow that, it is left out."""
    listed, odd = [], []
    with contextlib.suppress(FileNotFoundError), os.scandir(path) as entries:
        for entry in entries:
            if is_litter(entry.name) or not entry.is_file(follow_symlinks=False):
                continue
            if storable(entry.name) != entry.name:
                odd.append(entry.name)
                continue
            with contextlib.suppress(FileNotFoundError):
                listed.append((entry.name, entry.stat(follow_symlinks=False)))
    for name in odd:
        with contextlib.suppress(OSError):
            used = move_whole(path / name, path, storable(name))
            listed.append((used, (path / used).lstat()))
    return sorted(listed)


def read_file(path: Path) -> bytes:
    """At most one byte more than `LARGEST`. Raises OSError, also for a symbolic link (ELOOP)."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with os.fdopen(handle, "rb") as file:
        return file.read(LARGEST + 1)


def still_written(status: os.stat_result, now: datetime) -> bool:
    return -_SKEW < now.timestamp() - status.st_mtime < STILL_WRITING


def look_at(
    folder: Folder, path: Path, status: os.stat_result, known: Known | None
) -> tuple[Found, Known] | None:
    """None if the file changes or goes away at this moment: the next look finds out."""
    if known is not None and known.identity == identity(status):
        return _found(folder, path.name, status, known, None), known
    data, unreadable = b"", ""
    if status.st_size <= LARGEST:
        try:
            data = read_file(path)
            if len(data) != status.st_size or identity(path.lstat()) != identity(status):
                return None
        except FileNotFoundError:
            return None
        except OSError as error:
            unreadable = error.strerror or str(error)
    known = Known(identity(status), digest_of(data), unreadable)
    return _found(folder, path.name, status, known, data), known


def _found(
    folder: Folder, name: str, status: os.stat_result, known: Known, data: bytes | None
) -> Found:
    return Found(
        folder=folder,
        name=name,
        data=data,
        size=status.st_size,
        modified=datetime.fromtimestamp(status.st_mtime, UTC),
        digest=known.digest,
        too_big=status.st_size > LARGEST,
        unreadable=known.unreadable,
    )
