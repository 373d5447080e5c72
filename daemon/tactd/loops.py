"""The daemon's loops. Each waits for its own kind of news, so that none waits for another."""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from tactd import log
from tactd.adapters.clock import Metronome
from tactd.errors import StoreError
from tactd.parts import Parts
from tactd.reporting import Reporting
from tactd.rounds import Rounds
from tactd.watchdog import watch

Loop = Callable[[], Coroutine[Any, Any, None]]

AGAIN = 5.0  # seconds until a loop that failed is begun again
LOOK_AT_EXPORTS = 2.0  # seconds
FOLLOW_UP = timedelta(seconds=30)  # what is due is due for days: it need not be on the second


@dataclass(slots=True)
class Loops:
    parts: Parts
    rounds: Rounds
    reporting: Reporting
    stopping: asyncio.Event
    _bells: dict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    _sent_bell: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _metronome: Metronome = field(default_factory=Metronome)

    def start(self) -> None:
        table: dict[str, Loop] = {
            "mail": self.mail,
            "folders": self.folders,
            "exports": self.exports,
            **{f"send {name}": partial(self.send, name) for name in self.parts.outboxes},
            "sent": self.sent,
            "watchdog": partial(watch, self.parts),
        }
        for what, loop in table.items():
            self.begin(what, loop)
        self._metronome.every(timedelta(seconds=2), self.tick)
        self._metronome.every(FOLLOW_UP, self.follow_up)
        self._metronome.every(FOLLOW_UP, self.ask_again)
        self._metronome.every(timedelta(hours=24), self.daily)
        self._metronome.start()

    def begin(self, what: str, loop: Loop) -> None:
        self._tasks.append(asyncio.create_task(self._keep_going(what, loop)))

    async def end(self) -> None:
        self._metronome.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_going(self, what: str, loop: Loop) -> None:
        """A loop that fails is told of and begun again: one fault must not end the daemon."""
        while not self.stopping.is_set():
            try:
                await loop()
                return
            except StoreError as error:
                log.failure("store_failed", error, loop=what)
            except Exception as error:  # noqa: BLE001
                log.failure("loop_failed", error, loop=what)
            await self._pause(AGAIN)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)

    # ------------------------------------------------------------------ the loops

    async def mail(self) -> None:
        # Exports that lie there are read before the first mail is decided.
        await self.rounds.import_exports(settle=True)
        self.parts.news.ring()  # what a failure has left undone
        while True:
            await self.parts.news.wait()
            await self.rounds.handle_all(self._ring)

    async def folders(self) -> None:
        async for _ in self.parts.desk.staging.changes(self.stopping):
            await self.rounds.look_at_desk()
            self._ring()

    async def exports(self) -> None:
        """The folder is small and changes seldom: looking beats listening, which some file
        systems do not support."""
        while not self.stopping.is_set():
            await self.rounds.import_exports()
            await self._pause(LOOK_AT_EXPORTS)

    async def send(self, mailbox: str) -> None:
        """One a mailbox: a server may hang for minutes, and nothing else waits for it."""
        bell = self._bells[mailbox]
        while not self.stopping.is_set():
            await self.parts.dispatch.send_due_of(mailbox)
            await self.rounds.write_and_move()
            await bell.wait()
            bell.clear()

    async def sent(self) -> None:
        """Looks and copies wait for the IMAP server, which may be away."""
        while not self.stopping.is_set():
            await self.parts.dispatch.look_up_unclear()
            await self.parts.dispatch.copy_to_sent()
            await self._sent_bell.wait()
            self._sent_bell.clear()

    # ------------------------------------------------------------------ by the clock

    async def tick(self) -> None:
        if self.stopping.is_set():
            return
        self._ring()
        try:
            await self.reporting.tell()
            await self.rounds.move_pending()
        except StoreError as error:
            log.failure("store_failed", error, loop="clock")

    async def follow_up(self) -> None:
        if self.stopping.is_set():
            return
        try:
            if await self.rounds.follow_up():
                self._ring()
        except StoreError as error:
            log.failure("store_failed", error, loop="follow_up")

    async def ask_again(self) -> None:
        if self.stopping.is_set():
            return
        try:
            await self.rounds.ask_again()
        except StoreError as error:
            log.failure("store_failed", error, loop="ask_again")

    async def daily(self) -> None:
        await self.rounds.check_staged()

    def _ring(self) -> None:
        """Something may be due: whoever sends looks into the store."""
        for bell in (*self._bells.values(), self._sent_bell):
            bell.set()
