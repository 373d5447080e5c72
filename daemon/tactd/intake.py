"""Where the mailbox threads meet the daemon: what they fetch is kept, and the loop hears of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from tactd import log
from tactd.adapters.store import inbound, readback
from tactd.core.types import Fetched, FolderRole, SentRead, Slice, Watermark
from tactd.flow.sent_before import read_headers
from tactd.flow.signed import SenderCheck
from tactd.pipeline import Pipeline
from tactd.writer import Writer

P = ParamSpec("P")
T = TypeVar("T")


class News:
    """Rings the event loop from any thread: new mail is kept."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._event = asyncio.Event()

    def attach(self) -> None:
        self._loop = asyncio.get_running_loop()

    def ring(self) -> None:
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self) -> None:
        await self._event.wait()
        self._event.clear()


@dataclass(slots=True)
class KeepInStore:
    """The mailboxes' Keeper: what they fetch is committed by the writer before they go on."""

    writer: Writer
    pipeline: Pipeline
    news: News
    checks: Mapping[str, SenderCheck] = field(default_factory=dict)  # where we check senders
    waiting: set[str] = field(default_factory=set)  # mailboxes that wait for the writer just now

    def watermark(self, mailbox: str, role: FolderRole, folder: str) -> Watermark | None:
        return self._do(mailbox, self._watermark, mailbox, folder)

    def known(self, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
        return self._do(mailbox, self._known, mailbox, folder, uidvalidity, first)

    def keep(self, mailbox: str, slice: Slice) -> None:
        if mailbox in self.checks:
            slice = self.checks[mailbox].of_slice(slice)
        new = self._do(mailbox, self.pipeline.keep, mailbox, slice)
        if new:
            log.event("mail_kept", mailbox=mailbox, folder=slice.role, mails=new)
        self.news.ring()

    def sent_read(self, mailbox: str) -> SentRead | None:
        return self._do(mailbox, self._sent_read, mailbox)

    def keep_sent(self, mailbox: str, mails: tuple[Fetched, ...], further: SentRead) -> None:
        self._do(mailbox, self.pipeline.keep_sent, mailbox, read_headers(mails), further)

    def _do(self, mailbox: str, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        self.waiting.add(mailbox)
        try:
            return self.writer.do_blocking(work, *args, **kwargs)
        finally:
            self.waiting.discard(mailbox)

    def _sent_read(self, mailbox: str) -> SentRead | None:
        with self.pipeline.store.read() as conn:
            return readback.sent_read(conn, mailbox)

    def _watermark(self, mailbox: str, folder: str) -> Watermark | None:
        with self.pipeline.store.read() as conn:
            return inbound.read_watermark(conn, mailbox, folder)

    def _known(self, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
        with self.pipeline.store.read() as conn:
            return inbound.known(conn, mailbox, folder, uidvalidity, first)
