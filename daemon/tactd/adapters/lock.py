"""One tactd a store: an exclusive lock file beside it, which the system frees when we end."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tactd.errors import BusyError, StoreError

TRIES, PAUSE = 10, 0.05  # seconds


@contextmanager
def only_one(store: Path) -> Iterator[None]:
    """Raises BusyError, naming who holds it, if another tactd works on this store; StoreError if
    no lock file can be made beside it."""
    path = store.with_name(store.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written ({error.strerror}): check owner and mode of its folder"
        ) from error
    try:
        try:
            _lock(handle)
        except BlockingIOError:
            holder = os.read(handle, 200).decode(errors="replace").strip() or "unknown"
            raise BusyError(
                f"another tactd works on {store} ({holder}); stop it first, or use "
                "commands such as `tactd status`, which may run beside it"
            ) from None
        with suppress(OSError):  # on a full disk the lock holds, only nobody learns whose it is
            os.ftruncate(handle, 0)
            os.write(handle, f"pid {os.getpid()} on {socket.gethostname()}\n".encode())
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """Raises BlockingIOError if another daemon holds it; one that only asks (`holder`) lets go at
    once, and must not keep a daemon from starting."""
    for left in reversed(range(TRIES)):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not left:
                raise
            time.sleep(PAUSE)
        else:
            return


def holder(store: Path) -> str:
    """Who works on this store now; "" if nobody does."""
    path = store.with_name(store.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.read(handle, 200).decode(errors="replace").strip() or "unknown"
    else:
        return ""
    finally:
        os.close(handle)
