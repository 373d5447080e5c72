"""A shop without servers, whose steps are taken one by one: for attacks that hang on the order of
things."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ebay_samples import report
from faults.prepared_shop import Prepared, prepare
from story_kit import order_of
from tactd.adapters.store import journal, replies
from tactd.adapters.store.replies import Stored
from tactd.core.fate import Delivery, Fate, Stage
from tactd.core.types import Fetched, FolderRole, ReplyState, Slice, Watermark
from tactd.flow.imports import import_file
from tactd.service import Service

ACCEPTED = Delivery(Fate.ACCEPTED, 250, "2.0.0 ok", Stage.DATA)
LONG_AGO = 1_000_000_000  # a file that was written then is not being written now


@dataclass
class Steps:
    """A daemon that is built and not running, and the hands that could be at work in it."""

    root: Path
    service: Service
    prepared: Prepared
    wires: list[bytes] = field(default_factory=list)  # what a server would have been given
    uids: dict[FolderRole, int] = field(default_factory=dict)

    @property
    def parts(self) -> Any:
        return self.service.parts

    # ------------------------------------------------------------------ mail and orders

    def give(self, *mails: bytes, role: FolderRole = FolderRole.INBOX, box: str = "shop") -> None:
        """Kept, and not yet handled."""
        first = self.uids.get(role, 0) + 1
        self.uids[role] = first + len(mails) - 1
        received = self.prepared.now()
        fetched = tuple(
            Fetched(uid=uid, raw=raw, size=len(raw), received=received)
            for uid, raw in enumerate(mails, first)
        )
        batch = Slice(
            role=role,
            folder=role.value,
            uidvalidity=7,
            watermark=Watermark(7, self.uids[role]),
            mails=fetched,
        )
        self.parts.pipeline.keep(box, batch)

    def handle(self) -> None:
        while self.parts.pipeline.handle_new():
            pass
        while self.parts.desk.write_new():
            pass
        self.parts.desk.move_pending()

    def stage(self, *mails: bytes) -> list[Path]:
        self.give(*mails)
        self.handle()
        return self.files("staged")

    def book(self, *rows: dict[str, str], name: str = "Orders.csv") -> None:
        path = self.root / name
        path.write_text(report(rows, footer=""), encoding="utf-8")
        done = import_file(self.parts.store, self.parts.exports, path, self.prepared.now())
        assert done.fine, done

    # ------------------------------------------------------------------ the seller

    def files(self, folder: str) -> list[Path]:
        return self.prepared.files(folder)

    def look(self) -> None:
        for path in (self.root / "replies").rglob("*"):
            if path.is_file() and not path.is_symlink():
                os.utime(path, (LONG_AGO, LONG_AGO))
        self.parts.desk.look()
        while self.parts.desk.write_new():
            pass

    def approve(self, path: Path) -> Path:
        moved = path.rename(self.root / "replies" / "approved" / path.name)
        self.look()
        return moved

    # ------------------------------------------------------------------ sending

    def due(self) -> list[Stored]:
        found: list[Stored] = self.parts.dispatch._due("shop")
        return found

    def send(self, *, end: Delivery | None = ACCEPTED) -> int:
        """Send what is due; `end` None: tactd dies before it learns what became of it."""
        count = 0
        for stored in self.due():
            claimed = self.parts.dispatch._claim(stored)
            if claimed is None:
                continue
            count += 1
            self.wires.append(claimed.wire)
            if end is not None:
                self.parts.dispatch._settle(claimed.reply_id, end)
        self.parts.desk.move_pending()
        return count

    # ------------------------------------------------------------------ what the store says

    def states(self) -> list[ReplyState]:
        return [one.reply.state for one in self.replies()]

    def replies(self) -> list[Stored]:
        with self.parts.store.read() as conn:
            found = replies.in_states(conn, *ReplyState)
        return sorted(found, key=lambda one: one.reply.id)

    def troubles(self) -> list[tuple[str, str, str]]:
        with self.parts.store.read() as conn:
            return [(row.what, row.about, row.detail) for row in journal.open_troubles(conn)]


@contextmanager
def steps(root: Path, *rows: dict[str, str], prepared: Prepared | None = None) -> Iterator[Steps]:
    """A shop with these orders (one of buyer 1 if none is named)."""
    shop = prepared or prepare(root, imap=9, smtp=9)
    service = shop.service()
    try:
        made = Steps(root, service, shop)
        if prepared is None:
            made.book(*(rows or (order_of(1), order_of(2))))
        yield made
    finally:
        service.parts.writer.close()
        service.parts.store.close()
