"""What imapclient makes of the server's answers, turned into values with types."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from imapclient.imap_utf7 import decode as decode_utf7

from tactd.adapters.mailbox.folders import Listed
from tactd.core.types import Fetched


class Opened(NamedTuple):
    uidvalidity: int
    uidnext: int
    exists: int


class Meta(NamedTuple):
    size: int
    received: datetime
    flags: tuple[str, ...]


def listed(flags: tuple[bytes, ...], delimiter: bytes | None, name: object) -> Listed | None:
    """None for a name that is no modified UTF-7."""
    try:
        text = decode_utf7(name) if isinstance(name, bytes) else str(name)
    except ValueError:
        return None
    low = frozenset(flag.decode("ascii", "replace").lower() for flag in flags)
    return Listed(text, low, (delimiter or b"").decode("ascii", "replace"))


def meta(data: dict[bytes, Any]) -> Meta:
    received = data.get(b"INTERNALDATE") or datetime.now(UTC)
    flags = tuple(flag.decode("utf-8", "replace") for flag in data.get(b"FLAGS") or ())
    return Meta(int(data[b"RFC822.SIZE"]), received.astimezone(UTC), flags)


def header_only(uid: int, data: dict[bytes, Any]) -> Fetched | None:
    raw, received = body(data), data.get(b"INTERNALDATE")
    if raw is None or received is None:
        return None
    return Fetched(uid=uid, raw=raw, size=0, received=received.astimezone(UTC), truncated=True)


def body(data: dict[bytes, Any]) -> bytes | None:
    """The text of whichever part was asked for; None: the server gave none."""
    return next((data[key] for key in data if key.startswith(b"BODY[")), None)
