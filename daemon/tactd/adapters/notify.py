"""Words to systemd (sd_notify(3)): ready, reloading, stopping, and a line of status.

Without $NOTIFY_SOCKET nobody listens, and nothing is said."""

from __future__ import annotations

import contextlib
import os
import socket
import time


def ready(status: str = "") -> None:
    _say("READY=1", _status(status))


def status(text: str) -> None:
    _say(_status(text))


def reloading() -> None:
    # systemd 253 and newer want the time with it.
    _say("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")


def stopping() -> None:
    _say("STOPPING=1")


def _status(text: str) -> str:
    return f"STATUS={text.splitlines()[0]}" if text else ""


def _say(*lines: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as link,
    ):
        link.connect(address)
        link.send("\n".join(filter(None, lines)).encode())
