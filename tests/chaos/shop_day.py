"""A shop on the day of a round: its servers, its daemon, its seller, and all that he has done, so
that it can be held against what the store says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, select

from chaos.kept_by_dovecot import KeptByDovecot
from chaos.supervisor import Supervisor, Unfinished
from ebay_samples import report
from servers.imap_faults import FaultyImap
from servers.smtp_faults import FaultySmtp
from shop import CONFIG, mail
from story_kit import address_of, asks, order_of
from tactd.adapters.store import Store, open_store, replies
from tactd.adapters.store.replies import Stored
from tactd.adapters.store.schema import mail as inbound
from tactd.core.types import ReplyState
from tactd.errors import StoreError
from tactd.screens import switch

ORDERS = 12
CALM = 4  # looks in a row, a tenth of a second apart
FOLDERS = ("staged", "held", "approved", "rejected", "withdrawn", "sent", "trouble")
UNDER_WAY = (ReplyState.APPROVED, ReplyState.READY, ReplyState.SENDING)


@dataclass
class Done:
    """What the seller and his buyers have done."""

    given: list[bytes] = field(default_factory=list)
    approved: dict[int, str] = field(default_factory=dict)  # buyer → words that must be in it
    rejected: set[int] = field(default_factory=set)
    sure: set[int] = field(default_factory=set)  # may be answered without him
    by_hand: set[int] = field(default_factory=set)
    edits: list[str] = field(default_factory=list)  # each must be found again somewhere


@dataclass
class ShopDay:
    root: Path
    imap: FaultyImap | KeptByDovecot
    smtp: FaultySmtp
    mode: str
    daemon: Supervisor = field(init=False)
    done: Done = field(default_factory=Done)
    seen_wrong: list[str] = field(default_factory=list)

    def open(self, more: str = "") -> None:
        self._configure(more)
        orders = self.root / "orders"
        orders.mkdir(exist_ok=True)
        rows = [order_of(buyer) for buyer in range(1, ORDERS + 1)]
        (orders / "OrdersReport.csv").write_text(report(rows, footer=""), encoding="utf-8")

    def _configure(self, more: str) -> None:
        ports = {"imap": self.imap.port, "smtp": self.smtp.port}
        text = CONFIG.format(
            **ports,
            user=getattr(self.imap, "user", "seller"),
            mode=self.mode,
            auto='["in_transit"]',
            language="en",
            more=f'settle = "0 seconds"\n{more}',
        )
        (self.root / "config.toml").write_text(text, encoding="utf-8")

    # ------------------------------------------------------------------ buyers

    def asks(self, buyer: int, words: str = "", number: int = 1) -> bytes:
        raw = asks(buyer, *([words] if words else []), number=number)
        self.give(raw)
        return raw

    def give(self, raw: bytes) -> None:
        raw = crlf(raw)
        self.done.given.append(raw)
        self.imap.add(raw)

    # ------------------------------------------------------------------ the seller

    async def approve(self, buyer: int, edit: str = "") -> None:
        if edit:
            await self.edit(buyer, edit)
        await self._move(buyer, "approved")
        self.done.approved[buyer] = edit

    async def reject(self, buyer: int) -> None:
        await self._move(buyer, "rejected")
        self.done.rejected.add(buyer)

    async def edit(self, buyer: int, words: str) -> None:
        """In an editor that writes its file in place, and an hour ago: so it is taken at once.

        Where the letter leaves a place for his words, there; else at its beginning."""
        await self.daemon.until(lambda: self.file(buyer), f"a staged reply to buyer {buyer}")
        path = self.file(buyer)
        assert path is not None
        lines = path.read_text("utf-8").split("\n")
        start = next(at for at, line in enumerate(lines) if line.startswith("Subject: ")) + 2
        left_open = [at for at, line in enumerate(lines) if line.startswith("[[")]
        at, after = (left_open[0], left_open[0] + 1) if left_open else (start, start)
        path.write_text("\n".join([*lines[:at], words, *lines[after:]]), encoding="utf-8")
        self.done.edits.append(words)

    def answer_by_hand(self, buyer: int, question: bytes) -> None:
        """In his mail program: his answer lies in Sent."""
        message = message_from_bytes(question)
        raw = mail(
            "It comes tomorrow.",
            sender="shop@example.org",
            name="Blue Sheep",
            to=address_of(buyer),
            subject=f"Re: {message['Subject']}",
            message_id=f"<hand{buyer}@example.org>",
            In_Reply_To=message["Message-ID"],
            References=message["Message-ID"],
        )
        self.imap.add(crlf(raw), "Sent", flags="\\Seen")
        self.done.by_hand.add(buyer)

    def file(self, buyer: int, folder: str = "staged") -> Path | None:
        line = f"To: {address_of(buyer)}"
        found = (path for path in self.files(folder) if line in path.read_text("utf-8"))
        return next(found, None)

    async def _move(self, buyer: int, folder: str) -> None:
        await self.daemon.until(
            lambda: self._moved(buyer, folder), f"a reply to {buyer} to move to {folder}"
        )

    def _moved(self, buyer: int, folder: str) -> bool:
        path = self.file(buyer)
        if path is None:
            return False
        target = self.root / "replies" / folder / path.name
        os.utime(path, (0, datetime.now(UTC).timestamp() - 60))
        path.rename(target)
        return True

    def pause(self) -> None:
        with closing(open_store(self.url)) as store:
            switch.pause(store, datetime.now(UTC))

    def resume(self) -> None:
        with closing(open_store(self.url)) as store:
            switch.resume(store)

    async def change_configuration(self) -> None:
        self._configure('[limits]\nanswers = ["5 per 24 hours"]\n')
        await self.daemon.reload()

    # ------------------------------------------------------------------ looking

    def files(self, folder: str) -> list[Path]:
        found = (self.root / "replies" / folder).glob("*.txt")
        return sorted(path for path in found if not path.name.startswith("."))

    def all_files(self) -> list[Path]:
        return [path for folder in FOLDERS for path in self.files(folder)]

    @property
    def has_store(self) -> bool:
        """Does it hold its tables? The first start may have been cut off before."""
        try:
            self.rows(select(inbound.c.id).limit(1))
        except StoreError:
            return False
        return True

    @property
    def url(self) -> str:
        return f"sqlite:///{self.root / 'tactd.db'}"

    def accepted(self) -> list[Message]:
        """What the SMTP server has taken."""
        return [message_from_bytes(raw) for raw in self.smtp.accepted]

    def to(self, buyer: int) -> list[Stored]:
        return [one for one in self.replies() if one.reply.to.value == address_of(buyer)]

    def has_gone(self, buyer: int) -> bool:
        """As far as anybody can tell."""
        gone = (ReplyState.SENT, ReplyState.UNCLEAR)
        return any(one.reply.state in gone for one in self.to(buyer))

    def replies(self) -> list[Stored]:
        with self._reading() as conn:
            return replies.in_states(conn, *ReplyState)

    def rows(self, statement: Any) -> list[Any]:
        with self._reading() as conn:
            return list(conn.execute(statement))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """Only looks: `open_store` would make what is not there yet. Raises StoreError."""
        with closing(Store(create_engine(self.url))) as store, store.read() as conn:
            yield conn

    # ------------------------------------------------------------------ quiet

    async def quiet(self, *, but_ready: bool = False) -> None:
        """Nothing is left to be done, seen twice. `but_ready`: what is approved waits."""
        calm = 0

        def is_calm() -> bool:
            nonlocal calm
            left = self.left(but_ready=but_ready)
            calm = calm + 1 if not left and self.daemon.lives else 0
            return calm > CALM

        try:
            await self.daemon.until(is_calm, "quiet")
        except Unfinished as error:
            raise Unfinished(
                f"left to be done: {self.left(but_ready=but_ready)}; {error}"
            ) from error

    def left(self, *, but_ready: bool = False) -> list[str]:
        """What is still to be done, one word each."""
        if not self.has_store:
            return ["not begun"]
        there = self.rows(select(inbound.c.state).where(inbound.c.role == "inbox"))
        waiting = len(self.done.given) - len([row for row in there if row.state != "new"])
        busy = (ReplyState.SENDING,) if but_ready else UNDER_WAY
        said = [f"{waiting} mails"] if waiting else []
        for one in self.replies():
            state = one.reply.state
            unfiled = state is ReplyState.STAGED and one.folder is None
            unsearched = state is ReplyState.UNCLEAR and one.looked_up < 3
            uncopied = state is ReplyState.SENT and one.copied is None
            if state in busy or unfiled or unsearched or uncopied or one.move_to:
                said.append(f"reply {one.reply.id} {state} {one.folder}→{one.move_to}")
        return said


def crlf(raw: bytes) -> bytes:
    """Lines as they end in a mailbox."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
