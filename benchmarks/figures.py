"""The figures, each measured beside its reference in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sample_shop
from servers.dovecot import Dovecot
from shop_process import Shop, bare_download

IDLE_AFTER = 5.0  # seconds after catching up: start is over, nothing happens any more
BURST = 200
CONNECTIONS = 4

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figure:
    """`ok`: within `required`; `aim` is what we would like."""

    name: str
    value: float
    unit: str
    required: str
    aim: str
    ok: bool
    reference: str = ""


def backlog(root: Path, server: Dovecot, count: int, tell: Tell) -> list[Figure]:
    """A mailbox full of mail at the first start: until all replies lie in staged/.

    A first start meets a mailbox as its server has it, so the reference does too: two mailboxes
    hold the same files and nobody has opened either. Each side pays once for what Dovecot does at
    the first opening (it reads every file and writes its index and cache)."""
    now = datetime.now(UTC)
    shop, twin = Shop.make(root / "shop", server), Shop.make(root / "twin", server)
    tell(f"backlog: importing {count} orders, filling two mailboxes alike")
    imported = shop.import_orders(0, count, now)
    for one in (shop, twin):
        one.fill(0, count, now)
    bare, again = _speed(bare_download(twin)), _speed(bare_download(twin))
    tell("backlog: tactd run")
    started = time.perf_counter()
    with shop.daemon():
        ended = shop.until_staged(count, 0.1)
        time.sleep(IDLE_AFTER)
        spent = shop.processor()
        memory = shop.memory()
    for one in (shop, twin):
        one.remove()
    speed = count / (ended - started)
    ratio = speed / bare
    return [
        Figure("orders imported", count / imported, "orders/s", "", "", True),
        Figure(
            f"backlog of {count} mails, decided and staged",
            speed,
            "mails/s",
            "",
            "",
            True,
            f"bare download of a mailbox like it, unopened too: {bare:.0f} mails/s",
        ),
        Figure("  beside the bare download", ratio, "×", "≥ 0.05", "0.15", ratio >= 0.05),
        Figure(
            "  the same download once more, index and cache written", again, "mails/s", "", "", True
        ),
        Figure(
            "  processor time a mail, helpers included", spent / count * 1000, "ms", "", "", True
        ),
        _memory("memory after the backlog", memory["now"], 170, 130),
        Figure("  at most", memory["peak"], "MB", "", "", True),
    ]


def bursts(root: Path, server: Dovecot, runs: int, tell: Tell) -> list[Figure]:
    """200 mails at once: from the last acceptance by LMTP until the last reply is staged."""
    now = datetime.now(UTC)
    shop = Shop.make(root, server)
    shop.import_orders(0, BURST * runs, now)
    seconds = []
    with shop.daemon():
        shop.until(lambda: shop.logged("started"), "started", 0.1)
        time.sleep(IDLE_AFTER)
        idle = shop.memory()
        for run in range(runs):
            raws = list(sample_shop.mails(run * BURST, BURST, now))
            begun = time.perf_counter()
            server.deliver(raws, shop.user, CONNECTIONS)
            accepted = time.perf_counter()
            ended = shop.until_staged((run + 1) * BURST, 0.01)
            seconds.append(ended - accepted)
            tell(f"burst {run + 1}: delivered in {accepted - begun:.2f} s, + {seconds[-1]:.2f} s")
            time.sleep(1.5)  # back to IDLE: each burst is a surprise
    bare = bare_download(shop)
    shop.remove()
    good = sum(one < 1.0 for one in seconds)
    reference = f"bare download of {BURST}: {BURST * bare['seconds'] / bare['mails']:.3f} s"
    name = f"burst of {BURST} mails, the slowest of {runs}"
    return [
        Figure(name, max(seconds), "s", "< 1", "", max(seconds) < 1.0, reference),
        Figure("  bursts under a second", good, f"of {runs}", f"{runs}", "", good == runs),
        _memory("memory idle", idle["now"], 120, 90),
    ]


def _speed(download: dict[str, float]) -> float:
    return download["mails"] / download["seconds"]


def _memory(name: str, megabytes: float, most: float, aim: float) -> Figure:
    return Figure(name, megabytes, "MB", f"≤ {most:.0f}", f"{aim:.0f}", megabytes <= most)
