"""The running daemon. Three kinds of hands work here, and no two touch the same thing:

- one thread a mailbox owns its IMAP connection (adapters/mailbox);
- one thread, the *writer*, owns the store: everything of pipeline.py and the desk runs in it;
- the event loop waits: for news, for the folders, for the clock, and for SMTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, ParamSpec, TypeVar

from tactd import log
from tactd.adapters import notify
from tactd.adapters.clock import Metronome
from tactd.adapters.exports import ExportFolder
from tactd.adapters.mailbox import Health, Mailbox, State
from tactd.adapters.outbox import Outbox
from tactd.adapters.store import Store, inbound, journal
from tactd.core.types import FolderRole, Slice, Watermark
from tactd.errors import StoreError
from tactd.flow.desk import Desk
from tactd.flow.dispatch import Dispatch
from tactd.flow.imports import book_changed, compared, import_folder
from tactd.pipeline import Pipeline

P = ParamSpec("P")
T = TypeVar("T")

STORE_RETRY = 5.0  # seconds until the next try when the disk is full


class Writer:
    """The one thread that owns the store."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writer")

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))

    def do_blocking(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """For other threads (never for the event loop)."""
        return self._pool.submit(work, *args, **kwargs).result()

    def close(self) -> None:
        self._pool.shutdown(wait=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What wiring.py has built."""

    store: Store
    writer: Writer
    pipeline: Pipeline
    desk: Desk
    dispatch: Dispatch
    exports: ExportFolder
    mailboxes: dict[str, Mailbox]
    outboxes: dict[str, Outbox]
    clock: Callable[[], datetime]
    news: News
    reload: Callable[[], Coroutine[Any, Any, None]] | None = None


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

    def watermark(self, mailbox: str, role: FolderRole, folder: str) -> Watermark | None:
        return self.writer.do_blocking(self._watermark, mailbox, folder)

    def known(self, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
        return self.writer.do_blocking(self._known, mailbox, folder, uidvalidity, first)

    def keep(self, mailbox: str, slice: Slice) -> None:
        new = self.writer.do_blocking(self.pipeline.keep, mailbox, slice)
        if new:
            log.event("mail_kept", mailbox=mailbox, folder=slice.role, mails=new)
        self.news.ring()

    def _watermark(self, mailbox: str, folder: str) -> Watermark | None:
        with self.pipeline.store.read() as conn:
            return inbound.read_watermark(conn, mailbox, folder)

    def _known(self, mailbox: str, folder: str, uidvalidity: int, first: int) -> set[int]:
        with self.pipeline.store.read() as conn:
            return inbound.known(conn, mailbox, folder, uidvalidity, first)


@dataclass(slots=True)
class Service:
    """Runs the parts until stopped."""

    parts: Parts
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _bells: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    _sent_bell: asyncio.Event = field(default_factory=asyncio.Event)

    # ------------------------------------------------------------------ run and once

    async def run(self) -> None:
        """The daemon: works until `stop` is called."""
        metronome = Metronome()
        await self._begin()
        self._tasks = [
            asyncio.create_task(self._keep_going("mail", self._mail_loop)),
            asyncio.create_task(self._keep_going("folders", self._desk_loop)),
            asyncio.create_task(self._keep_going("exports", self._export_loop)),
            asyncio.create_task(self._keep_going("sent", self._sent_loop)),
            *map(self._sender, self.parts.outboxes),
        ]
        metronome.every(timedelta(seconds=2), self._tick)
        metronome.every(timedelta(hours=24), self._daily)
        metronome.start()
        notify.ready("watching")
        log.event("started", mailboxes=len(self.parts.mailboxes))
        await self.stopping.wait()
        notify.stopping()
        metronome.stop()
        await self._end()

    async def once(self, patience: timedelta = timedelta(minutes=30)) -> list[str]:
        """Handle what is there, then end. The problems that are left, one line each."""
        await self._begin()
        await self.import_exports(settle=True)
        waiting = asyncio.create_task(self._mail_loop())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._caught_up(), patience.total_seconds())
        await self.handle_all()
        await self.look_at_desk()
        await self.parts.dispatch.send_due()
        await self.look_at_desk()
        await self.parts.dispatch.copy_to_sent()
        await self._tell_health()
        waiting.cancel()
        problems = [
            f"{name}: {box.health.problem or 'not caught up'}"
            for name, box in self.parts.mailboxes.items()
            if not box.health.caught_up
        ]
        await self._end()
        return problems

    def stop(self) -> None:
        self.stopping.set()

    def reloaded(self, problems: Sequence[str]) -> None:
        """The configuration was read again; with problems the old one is still in use."""
        if not problems:
            for box in self.parts.mailboxes.values():
                box.look()  # a login that was refused may be right now
        work = partial(self.parts.writer.do, self._note_reload, problems)
        self._tasks.append(asyncio.create_task(self._keep_going("reload", work)))

    def _note_reload(self, problems: Sequence[str]) -> None:
        now = self.parts.clock()
        with self.parts.store.write() as conn:
            journal.resolve(conn, "reload_refused", "config", now)
            if problems:
                journal.report(conn, "reload_refused", "config", "; ".join(problems), now)

    async def _begin(self) -> None:
        parts = self.parts
        parts.news.attach()
        parts.exports.prepare()
        await parts.writer.do(parts.dispatch.recover)
        await parts.writer.do(parts.desk.look, anew=True)
        await parts.writer.do(self._note_reload, [])
        for box in parts.mailboxes.values():
            box.start()
        parts.news.ring()

    async def _end(self) -> None:
        """Intake first, then sends in flight, then the store."""
        parts = self.parts
        for box in parts.mailboxes.values():
            box.stop()
        joins = [asyncio.to_thread(box.join) for box in parts.mailboxes.values()]
        await asyncio.gather(parts.dispatch.finish(), *joins)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for outbox in parts.outboxes.values():
            await outbox.close()
        await asyncio.to_thread(parts.writer.close)
        parts.store.close()
        log.event("stopped")

    # ------------------------------------------------------------------ loops

    async def _keep_going(self, what: str, loop: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """A loop that fails is told of and begun again: one fault must not end the daemon."""
        while not self.stopping.is_set():
            try:
                await loop()
                return
            except StoreError as error:
                log.failure("store_failed", error, loop=what)
            except Exception as error:  # noqa: BLE001
                log.failure("loop_failed", error, loop=what)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), STORE_RETRY)

    async def _mail_loop(self) -> None:
        # Exports that lie there are read before the first mail is decided.
        await self.import_exports(settle=True)
        self.parts.news.ring()  # what a failure has left undone
        while True:
            await self.parts.news.wait()
            await self.handle_all()

    async def _desk_loop(self) -> None:
        async for _ in self.parts.desk.staging.changes(self.stopping):
            await self.look_at_desk()
            self._ring()

    def _ring(self) -> None:
        """Something may be due: whoever sends looks into the store."""
        for bell in (*self._bells.values(), self._sent_bell):
            bell.set()

    def _sender(self, mailbox: str) -> asyncio.Task[None]:
        loop = partial(self._send_loop, mailbox)
        return asyncio.create_task(self._keep_going(f"send {mailbox}", loop))

    async def _send_loop(self, mailbox: str) -> None:
        """One a mailbox: a server may hang for minutes, and nothing else waits for it."""
        bell = self._bells[mailbox]
        while not self.stopping.is_set():
            await self.parts.dispatch.send_due_of(mailbox)
            await self.parts.writer.do(self.parts.desk.move_pending)
            await bell.wait()
            bell.clear()

    async def _sent_loop(self) -> None:
        """Looks and copies wait for the IMAP server, which may be away."""
        while not self.stopping.is_set():
            await self.parts.dispatch.look_up_unclear()
            await self.parts.dispatch.copy_to_sent()
            await self._sent_bell.wait()
            self._sent_bell.clear()

    async def _export_loop(self) -> None:
        """The folder is small and changes seldom: looking beats listening, which some file
        systems do not support."""
        while not self.stopping.is_set():
            await self.import_exports()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), 2)

    async def _tick(self) -> None:
        if self.stopping.is_set():
            return
        self._ring()
        try:
            await self._tell_health()
            await self.parts.writer.do(self.parts.desk.move_pending)
        except StoreError as error:
            log.failure("store_failed", error, loop="clock")

    async def _daily(self) -> None:
        await self.parts.writer.do(self.parts.desk.check_facts)
        self.parts.news.ring()

    # ------------------------------------------------------------------ what the loops do

    async def handle_all(self) -> None:
        """Decide every mail that waits, and write what the seller is to see."""
        parts = self.parts
        while await parts.writer.do(parts.pipeline.handle_new):
            while await parts.writer.do(parts.desk.write_new):
                pass
        while await parts.writer.do(parts.desk.write_new):
            pass
        await parts.writer.do(parts.desk.move_pending)

    async def look_at_desk(self) -> None:
        await self.parts.writer.do(self.parts.desk.look)
        while await self.parts.writer.do(self.parts.desk.write_new):
            pass

    async def import_exports(self, *, settle: bool = False) -> None:
        """Files are taken when two looks have found them the same; `settle` waits for that."""
        parts = self.parts
        await self._import_ready()
        if settle and parts.exports.waiting():
            await asyncio.sleep(parts.exports.settle.total_seconds() + 0.1)
            await self._import_ready()

    async def _import_ready(self) -> None:
        """What is new in the book may overtake what lies in staged/, and what is being judged. It
        may also have come by `tactd orders import`, from another process."""
        parts, work = self.parts, self.parts.writer.do
        await work(import_folder, parts.store, parts.exports, parts.clock())
        if change := await work(book_changed, parts.store):
            await work(parts.pipeline.forget_judged)
            if await work(parts.desk.check_facts) is not None:
                await work(compared, parts.store, change)
            parts.news.ring()

    async def _caught_up(self) -> None:
        """Every mailbox has handed over what lay there, or cannot."""
        hopeless = (State.REFUSED, State.BACKING_OFF, State.STOPPED)
        boxes = self.parts.mailboxes.values()
        while any(  # noqa: ASYNC110 - health is told in another thread
            not b.health.caught_up and b.health.state not in hopeless for b in boxes
        ):
            await asyncio.sleep(0.05)

    async def _tell_health(self) -> None:
        healths = {name: box.health for name, box in self.parts.mailboxes.items()}
        await self.parts.writer.do(self._note_health, healths)

    def _note_health(self, healths: Mapping[str, Health]) -> None:
        with self.parts.store.read() as conn:
            noted = journal.flags(conn, journal.HEALTH)
        now = self.parts.clock()
        for name, health in healths.items():
            said = json.dumps(health_facts(health))
            if noted.get(name, ("", now))[0] != said:
                with self.parts.store.write() as conn:
                    journal.set_flag(conn, journal.HEALTH + name, said, now)


def health_facts(health: Health) -> dict[str, object]:
    """What `tactd status` shows of a mailbox."""
    return {
        "state": str(health.state),
        "since": health.since.isoformat(timespec="seconds"),
        "problem": health.problem,
        "caught_up": health.caught_up,
        "backlog": list(health.backlog),
        "alerts": list(health.alerts),
    }
