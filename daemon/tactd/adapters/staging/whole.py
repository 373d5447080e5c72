"""Files that appear whole, and never take the place of another.

A new file is a temporary dotfile in the same folder until its bytes are on disk; then it gets its
name by link(2), which refuses to replace (rename(2) does not). File systems without hard links get
an empty placeholder, made exclusively, and a rename over it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

TEMPORARY = ".tactd-"
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
_LONGEST = 240  # bytes of a name; file systems allow 255


def write_whole(folder: Path, name: str, data: bytes) -> str:
    """Writes a new file, readable to the group as far as the umask allows, and returns the name
    used; the same file again, after a crash that forgot the first, is one file.

    Raises OSError (disk full, no permission); then nothing is left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(folder, data)

    def give(free: str) -> None:
        try:
            _give(temporary, folder / free)
        except FileExistsError:
            if not _holds(folder / free, data):
                raise

    try:
        return _first_free(name, give)
    finally:
        temporary.unlink(missing_ok=True)


def move_whole(source: Path, folder: Path, name: str) -> str:
    """Moves a file and returns the name used. Raises OSError, FileNotFoundError if it is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    used = _first_free(name, lambda free: _give(source, folder / free))
    source.unlink(missing_ok=True)
    return used


def replace_whole(path: Path, data: bytes, unchanged: Callable[[], bool]) -> bool:
    """Puts a note on a file, unless somebody has just changed it."""
    temporary = _temporary(path.parent, data)
    try:
        if not unchanged():
            return False
        temporary.replace(path)
        return True
    finally:
        temporary.unlink(missing_ok=True)


def sync_names(folder: Path) -> None:
    """Makes the new names in a folder survive a power cut, where the system can do that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def remove_old(folder: Path) -> None:
    """Temporary files that a crash left behind, more than an hour ago."""
    for path in folder.glob(f"{TEMPORARY}*"):
        with contextlib.suppress(FileNotFoundError):
            if path.lstat().st_mtime < time.time() - 3600:
                path.unlink()


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and path.read_bytes() == data
    except OSError:
        return False


def _temporary(folder: Path, data: bytes) -> Path:
    path = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _give(source: Path, target: Path) -> None:
    """The file gets a second name. Raises FileExistsError if that is taken."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        target.open("xb").close()
        try:
            source.replace(target)
        except OSError:
            target.unlink()
            raise


def _first_free(name: str, give: Callable[[str], None]) -> str:
    for candidate in _names(name):
        try:
            give(candidate)
        except FileExistsError:
            continue
        return candidate
    raise AssertionError("names never run out")


def _names(name: str) -> Iterator[str]:
    """X.txt, X_2.txt, X_3.txt …; a name too long for a number loses letters of its stem."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - Path would swallow trailing dots
    yield name
    number = 2
    while True:
        end = f"_{number}{suffix}"
        kept = os.fsencode(stem)[: _LONGEST - len(os.fsencode(end))]
        yield kept.decode("utf-8", "ignore") + end
        number += 1
