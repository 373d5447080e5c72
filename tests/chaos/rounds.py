"""One round: a day in a fresh shop, whose daemon dies at the given points, and what came of it."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from chaos.days import DAYS
from chaos.kept_by_dovecot import KeptByDovecot
from chaos.promises import AFTER_RECOVERY, AT_THE_CRASH, broken
from chaos.shop_day import ShopDay
from chaos.supervisor import Supervisor, trace_of
from servers.imap_faults import FaultyImap, running_faulty_imap
from servers.smtp_faults import faulty_smtp

Mailbox = Callable[[], AbstractContextManager[FaultyImap | KeptByDovecot]]


@dataclass
class Round:
    day: str
    deaths: tuple[str, ...] = ()  # of the first daemon, of the second …
    violations: list[str] = field(default_factory=list)
    killed: int = 0
    points: list[str] = field(default_factory=list)  # that were passed, in their order
    seconds: float = 0
    folder: Path | None = None  # kept where something is wrong


async def play(
    day: str, deaths: Sequence[str] = (), mailbox: Mailbox = running_faulty_imap
) -> Round:
    began = time.monotonic()
    root = Path(tempfile.mkdtemp(prefix="tactd-chaos-"))
    played = Round(day, tuple(deaths))
    try:
        await _play(played, root, mailbox)
    except AssertionError as error:
        played.violations.append(str(error))
    trace = trace_of(root)
    played.points = trace.read_text().splitlines() if trace.exists() else []
    played.seconds = time.monotonic() - began
    if played.violations:
        played.folder = root
    else:
        shutil.rmtree(root)
    return played


async def _play(played: Round, root: Path, mailbox: Mailbox) -> None:
    script = DAYS[played.day]
    with mailbox() as imap:
        async with faulty_smtp(dict(script.faults), once=True) as smtp:
            shop = ShopDay(root, imap, smtp, script.mode)
            shop.daemon = Supervisor(
                root, "open-sesame", played.deaths, lambda: _look_at_the_dead(shop)
            )
            shop.open()
            try:
                await script.story(shop)
                await shop.quiet()
                await shop.daemon.end()
            finally:
                shop.daemon.kill()
                played.killed = shop.daemon.killed
                played.violations += shop.seen_wrong
            played.violations += broken(shop, AFTER_RECOVERY)


def _look_at_the_dead(shop: ShopDay) -> None:
    """Nobody lives now: what the crash has left is looked at before it is made up for."""
    wrong = broken(shop, AT_THE_CRASH) if shop.has_store else []
    assert not wrong, f"at the crash: {'; '.join(wrong)}"
