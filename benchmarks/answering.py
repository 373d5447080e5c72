"""How fast mails are answered by themselves, beside a bare loop between the same servers."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sample_shop
from between import Between, between
from figures import IDLE_AFTER, Figure, Tell
from servers.dovecot import Dovecot
from shop_process import ANSWERING, Shop

ASKING = range(0, 8 * 100_000, 8)  # the numbers of sample_shop's buyers whose parcel is under way
PATIENCE = 120.0


def answering(root: Path, server: Dovecot, runs: int, backlog: int, tell: Tell) -> list[Figure]:
    """Latency of single mails, and a backlog that came while nobody was there."""
    with between(server.imap) as servers:
        bare = _Bare(root / "bare", server, servers)
        ours = _Ours(root / "ours", server, servers, runs + backlog)
        theirs = [side.measure(runs, backlog, tell) for side in (bare, ours)]
    (slow, speed), (latency, answered) = theirs
    return [
        Figure(
            "reply latency, from the notice to the acceptance, p50",
            latency * 1000,
            "ms",
            "",
            "",
            True,
            f"bare loop {slow * 1000:.1f} ms",
        ),
        _ratio("  beside the bare loop", latency / slow, "≤ 3", "1.5", latency / slow <= 3),
        Figure(
            f"backlog of {backlog} mails answered",
            answered,
            "mails/s",
            "",
            "",
            True,
            f"bare loop {speed:.0f} mails/s",
        ),
        _ratio("  beside the bare loop", answered / speed, "≥ 0.7", "2", answered / speed >= 0.7),
    ]


def _ratio(name: str, value: float, required: str, aim: str, ok: bool) -> Figure:
    return Figure(name, value, "×", required, aim, ok)


class _Side:
    """One of the two programs, with a mailbox of its own."""

    def __init__(self, root: Path, server: Dovecot, servers: Between) -> None:
        self.server = server
        self.servers = servers
        self.shop = Shop.make(root, server, answering=ANSWERING, ports=_ports(servers))

    def running(self) -> Iterator[None]:
        raise NotImplementedError

    def measure(self, runs: int, backlog: int, tell: Tell) -> tuple[float, float]:
        """(p50 of the latency in seconds, mails answered a second)."""
        name, now = type(self).__name__.strip("_").lower(), datetime.now(UTC)
        mails = [sample_shop.mail_about(number, now) for number in ASKING[: runs + backlog]]
        with contextmanager(self.running)():
            time.sleep(IDLE_AFTER)
            waits = [self._one(raw) for raw in mails[:runs]]
        tell(f"{name}: {runs} single mails, p50 {statistics.median(waits) * 1000:.1f} ms")
        self.servers.clear()
        self.server.deliver(mails[runs:], self.shop.user, 4)
        with contextmanager(self.running)():
            _until(lambda: len(self.servers.taken) >= backlog, f"{backlog} answers")
        spent = self.servers.taken[backlog - 1] - self.servers.fetched[0]
        tell(f"{name}: {backlog} mails answered in {spent:.1f} s")
        return statistics.median(waits), backlog / spent

    def _one(self, raw: bytes) -> float:
        self.servers.clear()
        self.server.deliver([raw], self.shop.user)
        _until(lambda: self.servers.taken, "an answer")
        wait = self.servers.taken[0] - self.servers.noticed[0]
        time.sleep(2.0)  # back to IDLE: after news tactd looks by itself for a second
        return wait


class _Bare(_Side):
    def running(self) -> Iterator[None]:
        store = self.shop.root / "bare.db"
        store.unlink(missing_ok=True)
        words = [sys.executable, str(Path(__file__).parent / "bare_loop.py")]
        words += [str(self.servers.imap), self.shop.user, self.server.password]
        words += [str(self.servers.smtp.port), str(store)]
        process = subprocess.Popen(words, stdin=subprocess.PIPE)
        try:
            yield
        finally:
            process.terminate()
            process.wait(10)


class _Ours(_Side):
    def __init__(self, root: Path, server: Dovecot, servers: Between, mails: int) -> None:
        super().__init__(root, server, servers)
        self.shop.import_numbers(ASKING[:mails], datetime.now(UTC))

    def running(self) -> Iterator[None]:
        with self.shop.daemon():
            yield


def _ports(servers: Between) -> tuple[int, int]:
    return servers.imap, servers.smtp.port


def _until(true: Callable[[], object], what: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > give_up:
            raise RuntimeError(f"not seen: {what}")
        time.sleep(0.001)
