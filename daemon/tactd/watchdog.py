"""Signs of life for systemd's watchdog: given only while the daemon really works, so that what
hangs is started again, and nothing else is.

A mailbox in back-off is healthy: its thread lives, and a restart mends no provider. A full disk is
no reason to be killed either: a restart makes no space, and ten in a row would be the last.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Protocol

from tactd import log
from tactd.adapters import notify
from tactd.adapters.mailbox import Health
from tactd.adapters.store import flags
from tactd.errors import StoreError, StoreFullError
from tactd.parts import Parts

LAG = 5.0  # seconds that the event loop may be late
STUCK = 600.0  # seconds that a write may wait: it may have a long backlog
ANSWER = 2.0  # seconds that a look waits for its write; later it is the next look's
ASK_AGAIN = timedelta(seconds=10)  # for more time, while stopping


class Living(Protocol):
    """A mailbox, as far as it matters here."""

    @property
    def health(self) -> Health: ...

    @property
    def longest_silence(self) -> float: ...


@dataclass(slots=True, kw_only=True)
class Watchdog:
    mailboxes: Mapping[str, Living]
    waiting: Collection[str]  # mailboxes that wait for the store, which has a limit of its own
    write: Callable[[], Awaitable[None]]  # something into the store; raises StoreError
    alive: Callable[[], None] = notify.alive
    now: Callable[[], float] = time.monotonic
    _write: asyncio.Task[str] | None = None
    _since: float = 0.0  # when that write was asked for
    _store: str = ""  # what the last write that ended said was wrong
    _silent: str = field(default="", init=False)

    async def run(self, period: timedelta) -> None:
        """Give signs of life three times in each `period`."""
        every = period.total_seconds() / 3
        lag = 0.0
        while True:
            self._speak(await self.look(lag, min(ANSWER, every / 2)))
            due = self.now() + every
            await asyncio.sleep(every)
            lag = self.now() - due

    async def look(self, lag: float, patience: float = ANSWER) -> str | None:
        """Why there can be no sign of life now. `lag`: seconds the event loop was late."""
        await self._try_store(patience)
        if lag >= LAG:
            return f"the event loop was {lag:.0f} s late"
        if self._write is not None and self.now() - self._since > STUCK:
            return f"the store has not answered for {self.now() - self._since:.0f} s"
        return self._store or self._dead_mailbox()

    def _dead_mailbox(self) -> str | None:
        for name, box in self.mailboxes.items():
            silence = self.now() - box.health.heartbeat
            if silence > box.longest_silence and name not in self.waiting:
                return f"mailbox {name} has given no sign of life for {silence:.0f} s"
        return None

    async def _try_store(self, patience: float) -> None:
        if self._write is None:
            self._since = self.now()
            self._write = asyncio.create_task(self._told())
        await asyncio.wait({self._write}, timeout=patience)
        if self._write.done():
            self._store = self._write.result()
            self._write = None

    async def _told(self) -> str:
        try:
            await self.write()
        except StoreFullError:
            return ""
        except StoreError as error:
            return str(error)
        return ""

    def _speak(self, reason: str | None) -> None:
        if reason is None:
            self.alive()
        elif not self._silent:
            log.event("watchdog_silent", level="error", reason=reason)
        self._silent = reason or ""


async def watch(parts: Parts) -> None:
    """Returns at once where systemd does not watch."""
    if (period := notify.watchdog_period()) is None:
        return
    dog = Watchdog(
        mailboxes=parts.mailboxes,
        waiting=parts.keeper.waiting,
        write=partial(parts.writer.do, _write, parts),
    )
    await dog.run(period)


def _write(parts: Parts) -> None:
    now = parts.clock()
    with parts.store.write() as conn:
        flags.put(conn, flags.ALIVE, now.isoformat(timespec="seconds"), now)


@asynccontextmanager
async def more_time() -> AsyncIterator[None]:
    """The unit's timeouts are put off for as long as this lasts."""
    asking = asyncio.create_task(_ask_for_time())
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)


async def _ask_for_time() -> None:
    while True:
        notify.extend(3 * ASK_AGAIN)
        await asyncio.sleep(ASK_AGAIN.total_seconds())
