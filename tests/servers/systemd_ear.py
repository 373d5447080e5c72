"""The other end of $NOTIFY_SOCKET: what systemd would hear."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Ear:
    def __init__(self, link: socket.socket) -> None:
        self._link = link

    def next(self, seconds: float = 20) -> list[str]:
        """The lines of the next message. Raises TimeoutError."""
        self._link.settimeout(seconds)
        return self._link.recv(65536).decode().split("\n")

    def until(self, line: str) -> list[str]:
        """All lines up to and with the message that holds `line`. Raises TimeoutError."""
        heard: list[str] = []
        while line not in heard:
            heard += self.next()
        return heard

    def hears(self, line: str, seconds: float) -> bool:
        """Whether a message with `line` comes in time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            with suppress(TimeoutError):
                if line in self.next(left):
                    return True
        return False

    def is_silent(self) -> bool:
        self._link.settimeout(0)
        try:
            self._link.recv(65536)
        except BlockingIOError:
            return True
        return False


@contextmanager
def listening(folder: Path) -> Iterator[tuple[str, Ear]]:
    """The value for $NOTIFY_SOCKET, and the ear."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
        address = str(folder / "notify")
        link.bind(address)
        yield address, Ear(link)
