"""A shop whose clock the story turns: the daemon's own parts, a real SMTP server, a store and the
seller's folders; mails are handed in as a mailbox would, and nothing happens between two beats."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from decide_kit import order_of
from servers.smtp_recorder import Recorded, smtp_recorder
from shop import CONFIG
from story_kit import address_of, asks
from tactd import wiring
from tactd.adapters.store import journal, orders, readback, replies
from tactd.adapters.store.replies import Stored
from tactd.config import load
from tactd.core.types import (
    Estimate,
    FactGroup,
    Fetched,
    FolderRole,
    Known,
    Order,
    ParcelState,
    PostalAddress,
    ReplyState,
    SentRead,
    Signed,
    Slice,
)
from tactd.screens import status
from tactd.screens.terminal import Terminal
from tactd.service import Service

START = datetime(2026, 11, 4, 15, 0, tzinfo=UTC)  # a Wednesday, 10:00 in New York
WINDOW_ENDS = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)


@dataclass
class ClockShop:
    root: Path
    service: Service
    smtp: Any
    now: datetime = START
    uid: int = 0

    # ------------------------------------------------------------------ what happens outside

    def book(self, buyer: int = 1, **changed: Any) -> Order:
        """An order that is on its way, as an export of this very hour reports it."""
        ship_to = PostalAddress(name="Jane Poole", city="Albany", region="NY", country="US")
        order = replace(
            order_of(buyer, address=address_of(buyer)),
            estimate=Estimate(WINDOW_ENDS - timedelta(days=14), WINDOW_ENDS),
            ship_to=ship_to,
            known=(Known(FactGroup.DISPATCH, self.now, "report.csv"),),
        )
        order = replace(order, **changed)
        order = replace(order, parcels=tuple(_shipped(one, START) for one in order.parcels))
        with self.service.parts.store.write() as conn:
            orders.put(conn, order)
        return order

    def delivered(self, buyer: int = 1) -> None:
        order = self.book(buyer)
        parcels = tuple(replace(one, state=ParcelState.DELIVERED) for one in order.parcels)
        with self.service.parts.store.write() as conn:
            orders.put(conn, replace(order, parcels=parcels))

    async def mail(
        self,
        raw: bytes,
        role: FolderRole = FolderRole.INBOX,
        mailbox: str = "shop",
        signed: Signed | None = None,
    ) -> None:
        await self.mails(raw, role=role, mailbox=mailbox, signed=signed)

    async def mails(
        self,
        *raws: bytes,
        role: FolderRole = FolderRole.INBOX,
        mailbox: str = "shop",
        signed: Signed | None = None,
    ) -> None:
        """They come, and are handled together. `signed`: as the mailbox's thread has found."""
        first, self.uid = self.uid + 1, self.uid + len(raws)
        mails = (
            Fetched(uid=uid, raw=raw, size=len(raw), received=self.now, signed=signed)
            for uid, raw in enumerate(raws, first)
        )
        batch = Slice(role=role, folder=role, uidvalidity=1, watermark=None, mails=tuple(mails))
        self.service.parts.pipeline.keep(mailbox, batch)
        await self.service.handle_all()
        await self.beat()

    async def asks(self, words: str = "", *, buyer: int = 1, number: int = 1) -> None:
        more = {"words": words} if words else {}
        await self.mail(asks(buyer, **more, number=number, date=self.now))

    # ------------------------------------------------------------------ time

    async def at(self, now: datetime) -> None:
        """What the daemon does when it is that late."""
        self.now = now
        await self.beat()

    async def beat(self) -> None:
        await self.service.rounds.follow_up()
        for path in self.root.glob("replies/*/*.txt"):  # a fresh file is left alone for a moment
            with contextlib.suppress(FileNotFoundError):
                os.utime(path, (1_000_000_000, 1_000_000_000))
        await self.service.look_at_desk()
        await self.service.parts.dispatch.send_due()
        await self.service.look_at_desk()

    # ------------------------------------------------------------------ what came of it

    @property
    def sent(self) -> list[Recorded]:
        return list(self.smtp.mails)

    def replies(self) -> list[Stored]:
        with self.service.parts.store.read() as conn:
            found = replies.in_states(conn, *ReplyState)
        return sorted(found, key=lambda one: one.reply.id)

    def states(self) -> list[str]:
        """ "in_transit sent", … in the order in which they were drafted."""
        return [f"{one.reply.situations[0]} {one.reply.state}" for one in self.replies()]

    def files(self, folder: str) -> list[Path]:
        return sorted((self.root / "replies" / folder).glob("*.txt"))

    def move(self, path: Path, folder: str) -> None:
        path.rename(self.root / "replies" / folder / path.name)

    def status(self) -> dict[str, Any]:
        config = load(self.root / "config.toml", {})
        return status.gather(self.service.parts.store, config, self.now)

    def screen(self) -> str:
        """What `tactd status` shows."""
        out = io.StringIO()
        facts = {**self.status(), "running": "pid 1", "disk_free": None}
        status.show(facts, "Asia/Shanghai", Terminal(file=out, width=200))
        return out.getvalue()

    def last_codes(self) -> list[str]:
        """The trail of the latest decision."""
        with self.service.parts.store.read() as conn:
            [last] = journal.latest_decisions(conn, 1)
        return [entry.code for entry in last.decision.trail]


def _shipped(parcel: Any, at: datetime) -> Any:
    return replace(parcel, shipped_at=at - timedelta(days=20))


@asynccontextmanager
async def clock_shop(
    root: Path,
    *,
    mode: str = "auto",
    auto: str = '["in_transit", "delay_notice"]',
    more: str = "",
    settle: str = "0 seconds",
    smtp: Any = None,
) -> AsyncIterator[ClockShop]:
    """`smtp`: another server than the recorder."""
    async with contextlib.nullcontext(smtp) if smtp else smtp_recorder(login=True) as server:
        text = CONFIG.format(
            imap=1, smtp=server.port, user="shop", mode=mode, auto=auto, language="en",
            more=f'settle = "{settle}"\n{more}',
        )  # fmt: skip
        (root / "config.toml").write_text(text, encoding="utf-8")
        shop: ClockShop | None = None
        knobs = wiring.Knobs(clock=lambda: shop.now if shop else START)
        service = wiring.service(load(root / "config.toml", {}), {"SHOP_PASSWORD": "secret"}, knobs)
        shop = ClockShop(root, service, server)
        read = SentRead(folder="Sent", uidvalidity=1, window=timedelta(days=90), done=True)
        with service.parts.store.write() as conn:
            readback.note_sent_read(conn, "shop", read, START)
        service.parts.news.attach()
        try:
            yield shop
        finally:
            await service.parts.dispatch.finish()
            for outbox in service.parts.outboxes.values():
                await outbox.close()
            service.parts.writer.close()
            service.parts.store.close()
