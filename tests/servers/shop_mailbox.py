"""What the mailbox tests share: a keeper in memory, quick settings, waiting with a deadline."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from tactd.adapters.mailbox import Health, Mailbox, MailboxSettings, State
from tactd.core.types import Fetched, FolderRole, SentRead, Slice, Watermark


class MemoryKeeper:
    """A store that forgets nothing while the test lasts. `fails` makes `keep` raise once each, and
    `fails_at` at that call, counted from 1."""

    def __init__(self) -> None:
        self.slices: list[Slice] = []
        self.marks: dict[str, Watermark] = {}
        self.sent_progress: SentRead | None = None
        self.sent_slices: list[tuple[Fetched, ...]] = []
        self.sent_fails = 0
        self.fails: list[Exception] = []
        self.fails_at = 0
        self.calls = 0
        self.kept_at: dict[int, float] = {}
        self.delay = 0.0
        self._changed = threading.Condition()

    def watermark(self, mailbox: str, role: FolderRole, folder: str) -> Watermark | None:
        return self.marks.get(folder)

    def known(self, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
        return {
            mail.uid
            for one in self.slices
            if (one.folder, one.uidvalidity) == (folder, uidvalidity)
            for mail in one.mails
            if mail.uid >= first
        }

    def keep(self, mailbox: str, slice: Slice) -> None:
        time.sleep(self.delay)
        with self._changed:
            self.calls += 1
            if self.calls == self.fails_at:
                raise RuntimeError("the process was killed here")
            if self.fails:
                raise self.fails.pop()
            self.slices.append(slice)
            if slice.watermark is not None:
                self.marks[slice.folder] = slice.watermark
            self.kept_at.update((mail.uid, time.monotonic()) for mail in slice.mails)
            self._changed.notify_all()

    def sent_read(self, mailbox: str) -> SentRead | None:
        return self.sent_progress

    def keep_sent(self, mailbox: str, mails: tuple[Fetched, ...], further: SentRead) -> None:
        with self._changed:
            if self.sent_fails:
                self.sent_fails -= 1
                raise RuntimeError("the store is not there")
            self.sent_slices.append(mails)
            self.sent_progress = further
            self._changed.notify_all()

    def sent_uids(self) -> list[int]:
        """UIDs of what was read back from Sent, in the order of reading."""
        return [mail.uid for one in self.sent_slices for mail in reversed(one)]

    def mails(self, folder: str = "INBOX", *, at_start: bool | None = None) -> list[Fetched]:
        return [
            mail
            for one in list(self.slices)
            if one.folder == folder and at_start in (None, one.at_start)
            for mail in one.mails
        ]

    def uids(self, folder: str = "INBOX", *, at_start: bool | None = None) -> list[int]:
        return [mail.uid for mail in self.mails(folder, at_start=at_start)]

    def await_uids(self, *uids: int, folder: str = "INBOX", seconds: float = 5) -> None:
        with self._changed:
            there = self._changed.wait_for(lambda: set(uids) <= set(self.uids(folder)), seconds)
        assert there, f"of {uids} only {self.uids(folder)} came in {seconds} s"


def await_true(condition: Callable[[], object], seconds: float = 5) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(0.005)


QUICK: dict[str, Any] = {
    "idle_first": 0.1,
    "look_every": 0.02,
    "quiet": 0.05,
    "sent_every": 30,
    "body_retry": 0.01,
    "connect_timeout": 3,
    "read_timeout": 3,
    "done_timeout": 0.3,
    "backoff_first": 0.02,
    "backoff_cap": 0.05,
}


def settings_for(server: Any, **changed: Any) -> MailboxSettings:
    """Settings that a test can wait for. `server` has host, port or imap, perhaps a user."""
    password = getattr(server, "password", "open-sesame")
    fields: dict[str, Any] = {
        "name": "shop",
        "host": server.host,
        "port": getattr(server, "imap", None) or server.port,
        "security": "plain",
        "user": getattr(server, "user", "seller"),
        "password": lambda: password,
        **QUICK,
        **changed,
    }
    return MailboxSettings(**fields)


@contextmanager
def watching(
    keeper: MemoryKeeper, settings: MailboxSettings, *, until: State | None = State.WATCHING
) -> Iterator[Mailbox]:
    told: list[Health] = []
    box = Mailbox(settings, keeper, on_health=told.append)
    box.start()
    try:
        if until is not None:
            await_true(lambda: any(health.state is until for health in told))
        yield box
    finally:
        box.stop()
        assert box.join(), "the mailbox's thread hangs"


def mail(
    number: int, *, message_id: str = "", body: str = "Where is my parcel?", **headers: str
) -> bytes:
    lines = {
        "From": "Jane Doe <jane@example.com>",
        "To": "shop@example.org",
        "Subject": f"Question {number}",
        "Message-ID": message_id or f"<question-{number}@example.com>",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{head}\r\n{body}\r\n".encode()
