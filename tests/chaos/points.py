"""The points at which a daemon may die: every commit, every IMAP and SMTP step, every step of a
file. They are wrapped from outside, in the libraries that tactd stands on: the product knows
nothing of this.

A point's name says what happens and which function of tactd wants it, as in
"commit before dispatch._claim" or "smtp BODY half". Names outlive changes of timing, numbers of
steps do not.
"""

from __future__ import annotations

import imaplib
import os
import re
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from aiosmtplib.protocol import SMTPProtocol
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

Meet = Callable[[str], None]

_TAGGED = re.compile(rb"([A-P]{4,5}\d+) (?:UID )?([A-Z]+)")
_FILE_STEPS = ("link", "rename", "replace", "unlink", "fsync")
_SMTP_VERB = re.compile(rb"(EHLO|AUTH|MAIL|RCPT|DATA|RSET|NOOP|QUIT)\b", re.IGNORECASE)
# Functions that only carry out what another wants.
_PLUMBING = (
    "tactd.adapters.store.",
    "tactd.adapters.staging.",
    "tactd.adapters.mailbox.connection",
    "tactd.adapters.outbox.",
    "tactd.writer",
    "tactd.intake",
)


def watch(meet: Meet) -> None:
    """From now on `meet` is called at each point, in the thread that has come to it."""
    _commits(meet)
    _imap(meet)
    _smtp(meet)
    _files(meet)


def wanted_by() -> str:
    """The function of tactd on whose behalf this happens; "" if tactd has no part in it."""
    frame: FrameType | None = sys._getframe(1)
    ours = []
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("tactd."):
            ours.append((module, frame.f_code.co_name))
        frame = frame.f_back
    wants = (one for one in ours if not one[0].startswith(_PLUMBING))
    module, function = next(wants, ours[-1] if ours else ("", ""))
    return f"{module.rpartition('.')[2]}.{function}" if module else ""


# ------------------------------------------------------------------ the store


def _commits(meet: Meet) -> None:
    """Commits of transactions that write; reading leaves nothing behind."""
    writing = threading.local()
    commit: Callable[..., None] = DefaultDialect.do_commit

    @event.listens_for(Engine, "commit")
    def note(conn: Connection) -> None:
        writing.now = conn.get_execution_options().get("immediate", False)

    def do_commit(dialect: DefaultDialect, raw: Any) -> None:
        if not getattr(writing, "now", False):
            commit(dialect, raw)
            return
        writing.now = False
        caller = wanted_by()
        meet(f"commit before {caller}")
        commit(dialect, raw)
        meet(f"commit after {caller}")

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


# ------------------------------------------------------------------ the mailbox


def _imap(meet: Meet) -> None:
    verbs: dict[bytes, str] = {}
    client: Any = imaplib.IMAP4
    send, get_line = client.send, client._get_line

    def sending(imap: Any, data: bytes) -> None:
        send(imap, data)
        if match := _TAGGED.match(data):
            verbs[match[1]] = match[2].decode()
            meet(f"imap {match[2].decode()} sent {wanted_by()}")
        elif data.strip():
            meet(f"imap data sent {wanted_by()}")

    def line(imap: Any) -> bytes:
        got: bytes = get_line(imap)
        verb = verbs.pop(got.partition(b" ")[0], None)
        if verb is not None:
            meet(f"imap {verb} answered {wanted_by()}")
        return got

    client.send, client._get_line = sending, line


# ------------------------------------------------------------------ SMTP


def _smtp(meet: Meet) -> None:
    protocol: Any = SMTPProtocol
    made, write, received = (
        protocol.connection_made,
        protocol.write,
        protocol.data_received,
    )
    said: dict[int, str] = {}  # by connection: what was sent last

    def connected(self: Any, transport: Any) -> None:
        said[id(self)] = "CONNECT"
        made(self, transport)
        meet("smtp CONNECT made")

    def writing(self: Any, data: bytes) -> None:
        verb = said[id(self)] = _verb(data)
        if verb == "BODY":
            middle = len(data) // 2
            write(self, data[:middle])
            meet("smtp BODY half")
            data = data[middle:]
        write(self, data)
        meet(f"smtp {verb} sent")

    def answered(self: Any, data: bytes) -> None:
        meet(f"smtp {said.get(id(self), 'CONNECT')} answered")
        received(self, data)

    protocol.connection_made, protocol.write = connected, writing
    protocol.data_received = answered


def _verb(data: bytes) -> str:
    if data.endswith(b"\r\n.\r\n"):
        return "BODY"
    match = _SMTP_VERB.match(data)
    return match[1].decode().upper() if match else "AUTH"


# ------------------------------------------------------------------ files


def _files(meet: Meet) -> None:
    for step in _FILE_STEPS:
        setattr(os, step, _around(meet, step, getattr(os, step)))


def _around(meet: Meet, step: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def doing(*words: Any, **named: Any) -> Any:
        caller = wanted_by()
        if not caller:
            return real(*words, **named)
        meet(f"file {step} before {caller}")
        done = real(*words, **named)
        meet(f"file {step} after {caller}")
        return done

    return doing
