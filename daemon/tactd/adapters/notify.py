"""Words to systemd (sd_notify(3)): ready, reloading, stopping, a line of status, and the watchdog's
signs of life.

Without $NOTIFY_SOCKET nobody listens, and nothing is said."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from datetime import timedelta

_MICROSECOND = timedelta(microseconds=1)


def heard() -> bool:
    """Whether anybody listens."""
    return bool(os.environ.get("NOTIFY_SOCKET"))


def ready(status: str = "") -> None:
    _say("READY=1", _status(status))


def status(text: str) -> None:
    _say(_status(text))


def reloading() -> None:
    # systemd 253 and newer want the time with it.
    _say("RELOADING=1", f"MONOTONIC_USEC={time.monotonic_ns() // 1000}")


def stopping() -> None:
    _say("STOPPING=1")


def alive() -> None:
    """A sign of life. Left out for longer than `watchdog_period`, systemd kills and restarts."""
    _say("WATCHDOG=1")


def extend(more: timedelta) -> None:
    """Starting or stopping goes on for so long from now, whatever the unit's timeouts say. Say it
    again before that has passed, for as long as it goes on."""
    _say(f"EXTEND_TIMEOUT_USEC={more // _MICROSECOND}")


def watchdog_period() -> timedelta | None:
    """The longest silence that systemd bears (WatchdogSec=); None where it does not watch us.

    sd_watchdog_enabled(3): $WATCHDOG_PID names whom it watches, and is inherited by children, who
    are not meant. Be heard three times in a period: one word may be late."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    period = _whole(os.environ.get("WATCHDOG_USEC", ""))
    return period * _MICROSECOND if period else None


def _whole(text: str) -> int:
    """0 for what is no number; more digits than a 64-bit one has are no number either."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


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
