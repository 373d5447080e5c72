"""Carries approved replies to the outbox, and looks after those whose fate is open.

The store is asked and told by the writer thread; between the two stands nothing but the network.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from tactd import log
from tactd.adapters.mailbox import Mailbox, SentError
from tactd.adapters.outbox import Outbox
from tactd.adapters.store import Store, journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.fate import Delivery, Fate, Stage
from tactd.core.types import By, Policy, ReplyState
from tactd.flow import send
from tactd.flow.put_back import mind_mailboxes, stage_if_late
from tactd.flow.send import Claimed, Ripen

T = TypeVar("T")

LOOK_TIMEOUT = 60.0  # seconds for one look into Sent
FIRST_LOOK = timedelta(minutes=10)  # how long a start waits for Sent before it sends all the same
COPY_FOR = timedelta(hours=24)  # how long a copy into Sent is tried
FINISH = 40.0  # seconds that sends in flight are given when the daemon stops


class InStore(Protocol):
    """Runs work in the writer thread."""

    def do(self, work: Callable[..., T], *args: object) -> Awaitable[T]: ...


class Dispatch:
    def __init__(
        self,
        store: Store,
        writer: InStore,
        outboxes: dict[str, Outbox],
        mailboxes: dict[str, Mailbox],
        policy: Callable[[], Policy],
        clock: Callable[[], datetime],
        jitter: Callable[[], float],
        saves_itself: Callable[[str], bool],
        ripen: Ripen,
    ) -> None:
        self.store = store
        self.writer = writer
        self.outboxes = outboxes
        self.mailboxes = mailboxes
        self.policy = policy
        self.clock = clock
        self.jitter = jitter
        self.saves_itself = saves_itself
        self.ripen = ripen
        self._sending = {name: asyncio.Lock() for name in outboxes}
        # Sends whose end the store has not been told yet, by mailbox and reply.
        self._open: dict[str, dict[int, Delivery]] = defaultdict(dict)
        self._stopped = False
        self._began: datetime | None = None
        self._from_before: set[int] = set()  # replies that were ready before this start

    # ------------------------------------------------------------------ sending

    async def send_due(self) -> int:
        """Send what is ready in all mailboxes; how many went out."""
        return sum(await asyncio.gather(*map(self.send_due_of, self.outboxes)))

    async def send_due_of(self, mailbox: str) -> int:
        """Send what is ready in one mailbox, nearest deadline first, one after another: its server
        may hang for minutes, and the other mailboxes must not wait for that."""
        sent = 0
        async with self._sending[mailbox]:
            await self._settle_open(mailbox)
            while some := await self._send_some(mailbox):
                sent += some
        return sent

    async def _send_some(self, mailbox: str) -> int:
        sent = 0
        for stored in await self.writer.do(self._due, mailbox):
            claimed = None if self._stopped else await self.writer.do(self._claim, stored)
            if claimed is not None:
                sent += await self._send(claimed) is ReplyState.SENT
        return sent

    def _may_have_gone(self, stored: Stored) -> bool:
        """Has Sent not been read since this start? A store that was restored from a backup may
        hold as ready, or decide again, what has gone out long ago. What a person has approved
        waits a while for that; what goes by itself waits until it is read."""
        box = self.mailboxes.get(stored.reply.mailbox)
        if self._began is None or box is None or box.health.caught_up:
            return False
        if stored.reply.by is By.AUTO:
            return True
        waited = self.clock() - self._began >= FIRST_LOOK
        return stored.reply.id in self._from_before and not waited

    async def _send(self, claimed: Claimed) -> ReplyState | None:
        outbox = self.outboxes[claimed.mailbox]
        try:
            delivery = await outbox.send(claimed.sender, claimed.recipient, claimed.wire)
        except asyncio.CancelledError:
            cut_off = Delivery(Fate.UNCLEAR, None, "tactd was stopped while sending", Stage.DATA)
            await asyncio.shield(self._conclude(claimed, cut_off))
            raise
        return await self._conclude(claimed, delivery)

    async def _conclude(self, claimed: Claimed, delivery: Delivery) -> ReplyState | None:
        log.event(
            "reply_attempted",
            level="info" if delivery.fate is Fate.ACCEPTED else "warning",
            reply=claimed.reply_id,
            mailbox=claimed.mailbox,
            situation=claimed.situation,
            fate=delivery.fate,
            stage=delivery.stage,
            code=delivery.code,
        )
        self._open[claimed.mailbox][claimed.reply_id] = delivery
        return await self._settle_one(claimed.mailbox, claimed.reply_id)

    async def _settle_open(self, mailbox: str) -> None:
        """What became of earlier sends, where the store could not be told (a full disk)."""
        for reply_id in list(self._open[mailbox]):
            await self._settle_one(mailbox, reply_id)

    async def _settle_one(self, mailbox: str, reply_id: int) -> ReplyState | None:
        delivery = self._open[mailbox][reply_id]
        state = await self.writer.do(self._settle, reply_id, delivery)
        del self._open[mailbox][reply_id]
        return state

    async def finish(self) -> None:
        """Begin nothing new and wait for the sends in flight."""
        self._stopped = True
        locks = asyncio.gather(*(lock.acquire() for lock in self._sending.values()))
        try:
            await asyncio.wait_for(locks, FINISH)
        except TimeoutError:
            log.event("send_cut_off", level="warning")

    # ------------------------------------------------------------------ in the writer thread

    def recover(self) -> int:
        """At the start: what was being sent is of unclear fate, what was ready waits for a look
        into Sent, and what has no mailbox any more is told of."""
        self._began = self.clock()
        with self.store.write() as conn:
            ready = replies.in_states(conn, *replies.TO_GO)
            self._from_before = {one.reply.id for one in ready}
            mind_mailboxes(conn, ready, self.outboxes, self._began)
            return send.recover(conn, self._began)

    def settles_at(self) -> datetime | None:
        """When the next reply that goes by itself has settled; None: there is none to wait for."""
        with self.store.read() as conn:
            return replies.next_settled(conn, self.clock())

    def _due(self, mailbox: str) -> list[Stored]:
        with self.store.read() as conn:
            due = replies.due(conn, mailbox, self.clock())
            rested = send.rest_is_over(conn, mailbox, self.clock())
        if rested:
            with self.store.write() as conn:
                journal.resolve(conn, "account_paused", mailbox, self.clock())
        return due

    def _claim(self, stored: Stored) -> Claimed | None:
        with self.store.write() as conn:
            if self._may_have_gone(stored):
                stage_if_late(conn, stored.reply.id, self.clock())
                return None
            return send.claim(conn, stored, self.policy(), self.clock(), self.ripen)

    def _settle(self, reply_id: int, delivery: Delivery) -> ReplyState | None:
        with self.store.write() as conn:
            return send.conclude(conn, reply_id, delivery, self.policy(), self.clock(), self.jitter)

    # ------------------------------------------------------------------ Sent

    async def look_up_unclear(self) -> int:
        """Look for mails of unclear fate in the Sent folder; how many were looked for."""
        waiting = await self.writer.do(self._unclear)
        for stored in waiting:
            found = await self._find(stored)
            await self.writer.do(self._note_look, stored, found)
        return len(waiting)

    async def _find(self, stored: Stored) -> bool | None:
        box = self.mailboxes.get(stored.reply.mailbox)
        if box is None:
            return None
        own = stored.reply.message_id
        try:
            future = asyncio.wrap_future(box.find_sent(own, send.private_id(own)))
            return await asyncio.wait_for(future, LOOK_TIMEOUT)
        except (SentError, ValueError, TimeoutError) as error:
            log.failure("sent_not_searched", error, reply=stored.reply.id)
            return None

    def _unclear(self) -> list[Stored]:
        with self.store.read() as conn:
            return replies.unclear_due(conn, self.clock(), len(send.LOOKS))

    def _note_look(self, stored: Stored, found: bool | None) -> None:
        with self.store.write() as conn:
            send.looked_up(conn, stored, found, self.policy(), self.clock())
        log.event("sent_searched", reply=stored.reply.id, found=found)

    async def copy_to_sent(self) -> int:
        """Lay a copy of what went out into Sent, where the provider does not do it. A step of its
        own: whatever becomes of it, the reply stays sent."""
        return sum([await self._copy_sent_of(name) for name in self.outboxes])

    async def _copy_sent_of(self, mailbox: str) -> int:
        """How many were laid there. As long as mails wait to go out, they come first."""
        done = 0
        while not self._sending[mailbox].locked():
            waiting = await self.writer.do(self._uncopied, mailbox)
            noted = [await self._copy_one(stored) for stored in waiting]
            done += sum(noted)
            if not any(noted):
                break
        return done

    async def _copy_one(self, stored: Stored) -> bool:
        copied = await self._copy(stored)
        if copied is None and stored.sent_at and self.clock() - stored.sent_at > COPY_FOR:
            copied = False
        if copied is not None:
            await self.writer.do(self._note_copy, stored.reply.id, copied)
        return copied is not None

    async def _copy(self, stored: Stored) -> bool | None:
        """True: it lies there; None: not yet."""
        name = stored.reply.mailbox
        box = self.mailboxes.get(name)
        if self.saves_itself(name):
            return True
        if box is None or stored.wire is None:
            return None
        try:
            future = asyncio.wrap_future(box.append_sent(stored.wire, stored.reply.message_id))
            await asyncio.wait_for(future, LOOK_TIMEOUT)
        except (SentError, TimeoutError) as error:
            log.failure("sent_not_copied", error, reply=stored.reply.id)
            return None
        return True

    def _uncopied(self, mailbox: str) -> list[Stored]:
        with self.store.read() as conn:
            return replies.uncopied(conn, mailbox)

    def _note_copy(self, reply_id: int, copied: bool) -> None:
        with self.store.write() as conn:
            replies.change(conn, reply_id, [ReplyState.SENT], copied=copied)
