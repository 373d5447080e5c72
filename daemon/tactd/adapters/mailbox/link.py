"""TCP options: the kernel notices a dead link, and holds no small packet back."""

from __future__ import annotations

import socket
from typing import Protocol

_OPTIONS = (
    # imapclient sends a search in two pieces; Nagle's algorithm would hold the second for 40 ms.
    ("IPPROTO_TCP", "TCP_NODELAY", 1),
    ("SOL_SOCKET", "SO_KEEPALIVE", 1),
    ("IPPROTO_TCP", "TCP_KEEPIDLE", 60),  # seconds of silence before the first probe
    ("IPPROTO_TCP", "TCP_KEEPINTVL", 15),
    ("IPPROTO_TCP", "TCP_KEEPCNT", 4),
    ("IPPROTO_TCP", "TCP_USER_TIMEOUT", 30_000),  # milliseconds until sent data must be taken
)


class _Options(Protocol):
    def setsockopt(self, level: int, option: int, value: int, /) -> None: ...


def set_up_link(sock: _Options) -> None:
    for level, option, value in _OPTIONS:
        if hasattr(socket, option):  # not every system knows all of them
            sock.setsockopt(getattr(socket, level), getattr(socket, option), value)
