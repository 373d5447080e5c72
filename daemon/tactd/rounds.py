"""What the daemon does again and again. Each round does all that is to be done, and returns."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tactd.core.sender.proved import HOLDS
from tactd.flow import imports, who_is_one
from tactd.flow.confirming import mind_unconfirmed
from tactd.flow.imported import Imported
from tactd.flow.imports import book_changed, importing, next_step
from tactd.flow.mailed_exports import lay_mailed
from tactd.flow.notices import changed_orders, compared, keys_of
from tactd.flow.sender_again import UNCHECKED, due
from tactd.flow.thrown_away import forget_thrown_away
from tactd.flow.troubles import FolderTrouble
from tactd.parts import Parts

T = TypeVar("T")


@dataclass(slots=True)
class Rounds:
    """Runs on the event loop; the work itself is the writer's. Raises StoreError."""

    parts: Parts
    _orders: FolderTrouble = field(init=False)
    _importing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._orders = FolderTrouble(self.parts.store, "orders", self.parts.clock)

    async def handle_all(self, decided: Callable[[], None] = lambda: None) -> None:
        """Decide every mail that waits, and write what the seller is to see. `decided` is called
        after each step: something may be ready to go out by itself."""
        parts = self.parts
        while await parts.writer.do(parts.pipeline.handle_new):
            decided()
            await self._write_new()
        await self._compare_noticed()
        await self._write_new()
        await self.move_pending()

    async def follow_up(self) -> int:
        """Decide what has fallen due without being asked for; how many."""
        done = 0
        await self.parts.writer.do(mind_unconfirmed, self.parts.store, self.parts.clock())
        while some := await self.parts.writer.do(self.parts.pipeline.follow_up):
            done += some
        if done:
            await self.write_and_move()
        return done

    async def ask_again(self) -> None:
        """Check senders again whose keys could not be asked for. DNS is asked in a thread of its
        own: nothing else waits for it."""
        parts, work = self.parts, self.parts.writer.do
        proved = set()
        for asked in await work(due, parts.store, parts.clock()):
            check = parts.keeper.checks.get(asked.mailbox)
            found = await asyncio.to_thread(check.of_kept, asked.raw) if check else UNCHECKED
            if await work(parts.pipeline.sender_asked, asked, found):
                proved.add(asked.mail)
        if proved:
            await work(parts.desk.decide_anew, proved, HOLDS)
            parts.news.ring()

    async def look_at_desk(self) -> None:
        """Follow what the seller has done in the folders."""
        await self.parts.writer.do(self.parts.desk.look)
        await self.write_and_move()

    async def move_pending(self) -> None:
        await self.parts.writer.do(self.parts.desk.move_pending)

    async def write_and_move(self) -> None:
        """Bring the folders to what the store says: new files, then moves."""
        await self._write_new()
        while await self.parts.writer.do(self.parts.desk.write_sent):
            pass
        await self.move_pending()

    async def _write_new(self) -> None:
        while await self.parts.writer.do(self.parts.desk.write_new):
            pass

    async def import_exports(self, *, settle: bool = False) -> None:
        """Files are taken when two looks have found them the same; `settle` waits for that."""
        exports = self.parts.exports
        await self._import_ready()
        if settle and await self.parts.writer.do(self._any_waiting):
            await asyncio.sleep(exports.settle.total_seconds() + 0.1)
            await self._import_ready()

    async def check_staged(self) -> None:
        """Compare what lies in staged/ with the order book: facts grow old by themselves, too."""
        await self.parts.writer.do(self.parts.desk.check_facts)
        self.parts.news.ring()

    async def _compare_noticed(self) -> None:
        """Notices have changed orders: is what lies in staged/ about them still true?"""
        parts, work = self.parts, self.parts.writer.do
        changed = await work(changed_orders, parts.store)
        if changed and await work(parts.desk.check_facts, keys_of(changed)) is not None:
            await work(compared, parts.store, changed)

    async def _import_ready(self) -> None:
        """What is new in the book may overtake what lies in staged/, and what is being judged. It
        may also have come by `tactd orders import`, from another process."""
        parts, work = self.parts, self.parts.writer.do
        async with self._importing:
            for path in await work(self._ready):
                await self._import(path)
        if change := await work(book_changed, parts.store):
            await work(parts.pipeline.forget_judged)
            if await work(parts.desk.check_facts) is not None:
                await work(imports.compared, parts.store, change)
            parts.news.ring()
        await self._compare_buyers()

    async def _compare_buyers(self) -> None:
        """The seller has said who is one person, from another process."""
        parts, work = self.parts, self.parts.writer.do
        if what := await work(who_is_one.said, parts.store):
            await work(parts.pipeline.forget_judged)
            if await work(parts.desk.check_buyers) is not None:
                await work(who_is_one.compared, parts.store, what)
            parts.news.ring()

    async def _import(self, path: Path) -> None:
        """Step by step: a large file takes minutes, and mail goes on meanwhile."""
        parts, work = self.parts, self.parts.writer.do
        steps = importing(parts.store, parts.exports, path, parts.clock(), forms=tuple(parts.forms))
        try:
            while not isinstance(ahead := await work(next_step, steps), Imported):
                if ahead is not None:
                    await _ended(ahead)
        finally:
            await work(steps.close)
        await work(self._set_aside, path, ahead)

    # ------------------------------------------------------------------ in the writer thread

    def _ready(self) -> list[Path]:
        return self._of_folder(self._look) or []

    def _look(self) -> list[Path]:
        """What the seller has mailed himself is laid there first."""
        parts = self.parts
        forget_thrown_away(parts.store, parts.exports.root, parts.clock())
        lay_mailed(parts.store, parts.exports.root, parts.clock())
        return parts.exports.ready(parts.clock())

    def _set_aside(self, path: Path, result: Imported) -> None:
        self._of_folder(lambda: imports.set_aside(self.parts.exports, path, result))

    def _of_folder(self, work: Callable[[], T]) -> T | None:
        """None, and told of, where the folder cannot be read, or what was read not moved."""
        try:
            found = work()
        except OSError as error:
            self._orders.tell(error)
            return None
        self._orders.over()
        return found

    def _any_waiting(self) -> bool:
        try:
            return bool(self.parts.exports.waiting())
        except OSError:
            return False  # `_import` has told of it


async def _ended(ahead: Future[Any]) -> None:
    """Wait for it, whatever becomes of it: who asked for it looks into it next."""
    (over,), _ = await asyncio.wait([asyncio.wrap_future(ahead)])
    if not over.cancelled():
        over.exception()  # asyncio logs what nobody has looked at
