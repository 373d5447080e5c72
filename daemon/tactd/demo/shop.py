"""Everything that runs while the demo does: the servers, the configuration, the daemon."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tactd import log, wiring
from tactd.adapters import lock
from tactd.config import load
from tactd.core.filing.words import Folder
from tactd.demo.envelopes import ADDRESS
from tactd.demo.folder import DemoFolder
from tactd.demo.mails import SAMPLES
from tactd.errors import TactdError
from tactd.screens import staged, why
from tactd.service import Service

if TYPE_CHECKING:
    from tactd.demo.servers import Mailbox, Outgoing

PATIENCE = 20.0  # seconds for what should happen at once
GLANCE = 0.05
KNOBS = wiring.Knobs(
    mailbox={"idle_first": 0.1, "look_every": 0.05, "quiet": 0.3, "sent_every": 2.0},
    export_settle=timedelta(seconds=0.2),
)

Fact = dict[str, Any]


@dataclass(slots=True)
class Shop:
    """Everything that runs while the demo does."""

    place: DemoFolder
    service: Service
    mailbox: Mailbox
    outgoing: Outgoing

    def why(self, mail: int) -> Fact:
        parts = self.service.parts
        return why.of_id(parts.store, parts.pipeline.rules.policy, f"m{mail}")

    def mails(self) -> list[int]:
        """The numbers of the mails that are decided, in the order in which they came."""
        parts = self.service.parts
        rows = why.latest(parts.store, parts.pipeline.rules.policy, 10 * len(SAMPLES))
        return sorted({row["mail"] for row in rows})

    def waiting(self) -> list[Fact]:
        return staged.listed(self.service.parts.store)

    def file_of(self, decided: Sequence[Fact], who: str) -> Path:
        """The staged file that answers this sample."""
        reply = decision_on(decided, who)["reply_id"]
        (file,) = (str(row["file"]) for row in self.waiting() if row["id"] == reply)
        return self.place.replies / file

    def approve(self, path: Path) -> None:
        """As `mv` does it."""
        path.rename(self.place.replies / Folder.APPROVED / path.name)

    def troubles(self) -> set[Path]:
        """What could not be sent."""
        return set((self.place.replies / Folder.TROUBLE).glob("[!.]*"))


def decision_on(decided: Sequence[Fact], who: str) -> Fact:
    return next(fact for one, fact in zip(SAMPLES, decided, strict=True) if one.who == who)


@asynccontextmanager
async def open_shop(place: DemoFolder, language: str) -> AsyncIterator[Shop]:
    """Servers, configuration and the running daemon; all gone afterwards."""
    from tactd.demo import servers  # needs the demo extra

    password = place.write_password()
    async with (
        servers.mailbox(ADDRESS, password) as mailbox,
        servers.outgoing(ADDRESS, password) as outgoing,
    ):
        await asyncio.to_thread(mailbox.prepare)
        place.write_config(imap=mailbox.port, smtp=outgoing.port, language=language)
        config = load(place.config, os.environ)
        with lock.only_one(config.store.path), place.log.open("a", encoding="utf-8") as log_file:
            log.configure("info", log_file, journald=False)
            service = wiring.service(config, os.environ, KNOBS)
            running = asyncio.create_task(service.run())
            try:
                yield Shop(place, service, mailbox, outgoing)
            finally:
                service.stop()
                await running
                log.configure("warning", sys.stderr, journald=False)


async def until(true: Callable[[], object], what: str) -> None:
    """Wait for what the daemon does in its own time. Raises TactdError."""
    for _ in range(int(PATIENCE / GLANCE)):
        if true():
            return
        await asyncio.sleep(GLANCE)
    raise TactdError(
        f"the demo has waited {PATIENCE:.0f} seconds in vain until {what}; "
        "tactd.log in its folder may say why"
    )
