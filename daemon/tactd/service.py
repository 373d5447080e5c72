"""The running daemon: what is started, and in which order it is stopped. Three kinds of hands work
here, and no two touch the same thing:

- one thread a mailbox owns its IMAP connection (adapters/mailbox, intake.py);
- one thread, the *writer*, owns the store: everything of pipeline.py and the desk runs in it;
- the event loop waits: for news, for the folders, for the clock, and for SMTP (loops.py).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tactd import log
from tactd.adapters import notify
from tactd.adapters.mailbox import Health, State
from tactd.adapters.store import flags, journal
from tactd.core.types import Mode
from tactd.loops import Loops
from tactd.parts import Parts
from tactd.reporting import Reporting, rules_facts
from tactd.rounds import Rounds
from tactd.watchdog import more_time


@dataclass(slots=True)
class Service:
    """Runs the parts until stopped."""

    parts: Parts
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    settles_at: datetime | None = None  # `once` waits for that
    rounds: Rounds = field(init=False)
    reporting: Reporting = field(init=False)
    loops: Loops = field(init=False)

    def __post_init__(self) -> None:
        self.rounds = Rounds(self.parts)
        self.reporting = Reporting(self.parts)
        self.loops = Loops(self.parts, self.rounds, self.reporting, self.stopping)

    async def run(self) -> None:
        """The daemon: works until `stop` is called."""
        await self._begin()
        self.loops.start()
        notify.ready("watching")
        log.event("started", mailboxes=len(self.parts.mailboxes))
        await self.stopping.wait()
        notify.stopping()
        await self._end()

    async def once(self, patience: timedelta = timedelta(minutes=30)) -> list[str]:
        """Handle what is there, then end. The problems that are left, one line each."""
        await self._begin()
        await self.rounds.import_exports(settle=True)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._sent_read(), patience.total_seconds())
        handling = asyncio.create_task(self.loops.mail())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._caught_up(), patience.total_seconds())
        await self.handle_all()
        await self.rounds.import_exports(settle=True)  # what the seller has mailed himself
        await self.rounds.follow_up()
        await self.look_at_desk()
        await self.parts.dispatch.send_due()
        await self._let_settle()
        await self.look_at_desk()
        await self.parts.dispatch.copy_to_sent()
        await self.reporting.tell()
        handling.cancel()
        problems = [
            f"{name}: {box.health.problem or 'not caught up'}"
            for name, box in self.parts.mailboxes.items()
            if not box.health.caught_up
        ]
        await self._end()
        return problems

    def stop(self) -> None:
        self.stopping.set()

    async def handle_all(self) -> None:
        await self.rounds.handle_all()

    async def look_at_desk(self) -> None:
        await self.rounds.look_at_desk()

    def reloaded(self, problems: Sequence[str]) -> None:
        """The configuration was read again; with problems the old one is still in use."""
        if not problems:
            for box in self.parts.mailboxes.values():
                box.look()  # a login that was refused may be right now
        self.loops.begin("reload", partial(self.parts.writer.do, self._note_reload, problems))

    def _note_reload(self, problems: Sequence[str]) -> None:
        now = self.parts.clock()
        with self.parts.store.write() as conn:
            journal.resolve(conn, "reload_refused", "config", now)
            if problems:
                journal.report(conn, "reload_refused", "config", "; ".join(problems), now)
            else:
                said = json.dumps(rules_facts(self.parts.pipeline.rules))
                flags.put(conn, flags.IN_USE, said, now)

    # ------------------------------------------------------------------ begin and end

    async def _begin(self) -> None:
        parts = self.parts
        parts.news.attach()
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
        async with more_time():
            await asyncio.gather(parts.dispatch.finish(), *joins)
        await self.loops.end()
        for outbox in parts.outboxes.values():
            await outbox.close()
        await asyncio.to_thread(parts.writer.close)
        parts.store.close()
        log.event("stopped")

    async def _let_settle(self) -> None:
        """What goes by itself waits until its buyer has settled, which may be some minutes."""
        dispatch, clock = self.parts.dispatch, self.parts.clock
        while (until := await self.parts.writer.do(dispatch.settles_at)) is not None:
            self.settles_at = until
            log.event("settling", until=until.isoformat(timespec="seconds"))
            await asyncio.sleep(max(0.1, (until - clock()).total_seconds()))
            await dispatch.send_due()
        self.settles_at = None

    async def _sent_read(self) -> None:
        """Until then nothing would go by itself; the daemon need not wait for that."""
        if self.parts.pipeline.rules.policy.mode is Mode.AUTO:
            await self._until_all(lambda health: health.sent_read or bool(health.problem))

    async def _caught_up(self) -> None:
        """Every mailbox has handed over what lay there, or cannot."""
        await self._until_all(lambda health: health.caught_up)

    async def _until_all(self, done: Callable[[Health], bool]) -> None:
        hopeless = (State.REFUSED, State.BACKING_OFF, State.STOPPED)
        boxes = self.parts.mailboxes.values()
        while any(  # noqa: ASYNC110 - health is told in another thread
            not done(b.health) and b.health.state not in hopeless for b in boxes
        ):
            await asyncio.sleep(0.05)
