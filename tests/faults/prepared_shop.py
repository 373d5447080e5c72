"""A shop that has got as far as a test wants, without any server: an order is in the book and the
replies to some mails are staged. From there a daemon is started, in a process or in the test."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ebay_samples import report
from shop import CONFIG, FAST, ebay_mail, jane
from tactd import wiring
from tactd.adapters.store import contacts, open_store, replies
from tactd.adapters.store.replies import Stored
from tactd.config import Config, load
from tactd.core.types import Fetched, FolderRole, ReplyState, Slice, Watermark
from tactd.errors import ConfigError
from tactd.flow.imports import import_file
from tactd.screens import status
from tactd.service import Service

PASSWORD = "open-sesame"
ENV = {"SHOP_PASSWORD": PASSWORD}
QUESTION = "Hello, where is my order? It has not arrived yet."
WAIT = 15.0


@dataclass
class Prepared:
    """The folder of a shop: what its files and its store say."""

    root: Path
    ahead: timedelta = timedelta()  # of the machine's clock
    _good: Config | None = None

    # ------------------------------------------------------------------ files

    def files(self, folder: str) -> list[Path]:
        found = (self.root / "replies" / folder).glob("*.txt")
        return sorted(path for path in found if not path.name.startswith("."))

    def contents(self, words: str) -> list[Path]:
        """The staged files in which these words stand."""
        return [path for path in self.files("staged") if words in path.read_text("utf-8")]

    def size_of(self, name: str) -> int:
        return (self.root / name).stat().st_size

    def all_files(self) -> dict[str, list[str]]:
        folders = ("staged", "held", "approved", "rejected", "withdrawn", "sent", "trouble")
        return {name: [p.name for p in self.files(name)] for name in folders if self.files(name)}

    def approve(self, path: Path | None = None) -> Path:
        """`mv` to approved/, of a file that lay there for a while."""
        source = path or self.files("staged")[0]
        target = self.root / "replies" / "approved" / source.name
        os.utime(source, (0, datetime.now(UTC).timestamp() - 60))
        return source.rename(target)

    # ------------------------------------------------------------------ the store

    def stored(self) -> list[Stored]:
        store = open_store(self.config.store.url)
        try:
            with store.read() as conn:
                found = replies.in_states(conn, *ReplyState)
            return sorted(found, key=lambda one: one.reply.id)
        finally:
            store.close()

    def states(self) -> list[ReplyState]:
        return [one.reply.state for one in self.stored()]

    def status(self) -> dict[str, Any]:
        store = open_store(self.config.store.url)
        try:
            return status.gather(store, self.config, self.now())
        finally:
            store.close()

    def problems(self) -> str:
        """What `tactd status` shows in red."""
        return "\n".join(status.problems(self.status()))

    def troubles(self) -> dict[str, str]:
        """The same for scripts: what is wrong, and the words for it."""
        return {one["what"]: one["detail"] for one in self.status()["trouble"]}

    def contacts(self) -> list[str]:
        """The states of the ledger's rows."""
        store = open_store(self.config.store.url)
        try:
            with store.read() as conn:
                endpoints = [f"relay:{jane()['Buyer Email']}"]
                rows = contacts.since(conn, endpoints, datetime(2000, 1, 1, tzinfo=UTC))
            return [str(row.state) for row in rows]
        finally:
            store.close()

    @property
    def config(self) -> Config:
        """As the file says, or as it said before it was spoilt."""
        try:
            self._good = load(self.root / "config.toml", {})
        except ConfigError:
            assert self._good is not None
        assert self._good is not None
        return self._good

    # ------------------------------------------------------------------ daemons

    @contextmanager
    def parts(self) -> Any:
        """A daemon that is built and not running: its steps are taken one by one, and leaving it
        is its death, because nothing is finished or tidied."""
        service = self.service()
        try:
            yield service.parts
        finally:
            service.parts.writer.close()
            service.parts.store.close()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def service(self) -> Service:
        knobs = wiring.Knobs(mailbox=FAST, export_settle=timedelta(seconds=0.1), clock=self.now)
        return wiring.service(self.config, ENV, knobs)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Service]:
        """The daemon in this process, on this shop's clock."""
        service = self.service()
        task = asyncio.create_task(service.run())
        try:
            yield service
        finally:
            service.stop()
            await task

    async def later(self, service: Service, minutes: float) -> None:
        """Time passes, and the daemon looks at what is due."""
        self.ahead += timedelta(minutes=minutes)
        await service.parts.dispatch.send_due()
        await service.parts.dispatch.look_up_unclear()
        await service.parts.writer.do(service.parts.desk.move_pending)

    async def until(self, true: Callable[[], object], what: str) -> None:
        for _ in range(int(WAIT / 0.05)):
            if true():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"not seen: {what}; {self.states()} {self.all_files()}")


def prepare(
    root: Path,
    *,
    imap: int,
    smtp: int,
    mails: Sequence[bytes] = (),
    user: str = "seller",
    mode: str = "stage",
    auto: Sequence[str] = ("in_transit", "feedback_thanks"),
    more: str = "",
    change: Mapping[str, str] | None = None,
) -> Prepared:
    """A shop with Jane's order in the book; `mails` are kept, decided and staged.

    `change` replaces words of the configuration."""
    root.mkdir(exist_ok=True)
    text = CONFIG.format(
        imap=imap,
        smtp=smtp,
        user=user,
        mode=mode,
        auto=json.dumps(list(auto)),
        language="en",
        more=more,
    )
    for old, new in (change or {}).items():
        assert old in text
        text = text.replace(old, new)
    (root / "config.toml").write_text(text, encoding="utf-8")
    shop = Prepared(root)
    export = root / "OrdersReport.csv"
    export.write_text(report([jane()], footer=""), encoding="utf-8")
    with shop.parts() as parts:
        assert import_file(parts.store, parts.exports, export, shop.now()).fine
        if mails:
            stage(parts, mails, shop.now())
    return shop


def stage(parts: Any, mails: Sequence[bytes], now: datetime) -> None:
    """As if the mailbox had brought them."""
    fetched = tuple(
        Fetched(uid=uid, raw=raw, size=len(raw), received=now) for uid, raw in enumerate(mails, 1)
    )
    mark = Watermark(1, len(mails))
    batch = Slice(
        role=FolderRole.INBOX, folder="INBOX", uidvalidity=1, watermark=mark, mails=fetched
    )
    parts.pipeline.keep("shop", batch)
    while parts.pipeline.handle_new():
        pass
    while parts.desk.write_new():
        pass


def asked(number: int = 1, words: str = QUESTION) -> bytes:
    """Jane asks where her order is."""
    return ebay_mail(words, message_id=f"<q{number}@ebay.com>")
