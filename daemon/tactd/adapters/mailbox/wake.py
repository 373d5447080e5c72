"""Sleeping so that anybody can wake us: poll() over a socketpair and the server's socket."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

BEAT_EVERY = 30.0  # seconds: the longest sleep without a sign of life


class Stopping(Exception):  # noqa: N818 - no error: the way out of whatever the thread is doing
    """The mailbox was asked to stop."""


class Woken(NamedTuple):
    by_us: bool  # somebody called `wake`
    by_server: bool  # the server sent something, or closed the connection


class Waker:
    """`wake` and `stop` may be called from any thread; the rest belongs to the sleeper."""

    def __init__(self, beat: Callable[[], None]) -> None:
        self._beat = beat
        self.stopping = False

    def open(self) -> None:
        self._far, self._near = socket.socketpair()
        self._far.setblocking(False)
        self._near.setblocking(False)

    def wake(self) -> None:
        with suppress(OSError, AttributeError):  # one waits already; or nobody sleeps here (now)
            self._far.send(b"!")

    def stop(self) -> None:
        self.stopping = True
        self.wake()

    def sleep(self, seconds: float, server: int | None = None) -> Woken:
        """Sleep until woken, until `server` (a file descriptor) has something, or for `seconds`.

        Raises Stopping."""
        until = monotonic() + seconds
        while True:
            self._beat()
            self.check()
            left = until - monotonic()
            ready = self._poll(max(0.0, min(left, BEAT_EVERY)), server)
            woken = Woken(self._near.fileno() in ready, server in ready)
            if woken.by_us:
                self._drain()
                self.check()
            if any(woken) or left <= BEAT_EVERY:
                return woken

    def pause(self, seconds: float) -> None:
        """Sleep; only stopping cuts it short. Raises Stopping."""
        until = monotonic() + seconds
        woken_early = False
        while (left := until - monotonic()) > 0:
            woken_early |= self.sleep(left).by_us
        if woken_early:
            self.wake()  # what was asked for in the meantime is still wanted

    def check(self) -> None:
        """Raises Stopping if that was asked for."""
        if self.stopping:
            raise Stopping

    def close(self) -> None:
        self._far.close()
        self._near.close()

    def _poll(self, seconds: float, server: int | None) -> set[int]:
        poller = select.poll()
        poller.register(self._near.fileno(), select.POLLIN)
        if server is not None:
            poller.register(server, select.POLLIN)
        return {descriptor for descriptor, _ in poller.poll(seconds * 1000)}

    def _drain(self) -> None:
        try:
            while self._near.recv(4096):
                pass
        except BlockingIOError:
            pass
