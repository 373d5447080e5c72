"""What systemd does (Restart=always): a daemon that was killed is started again. The first daemons
die at the points they are given, the later ones live."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from daemon_process import DaemonProcess

PATIENCE = 60.0  # seconds until what should happen is given up
STEP = 0.1
_TESTS = Path(__file__).parent.parent
PATH = os.pathsep.join((str(_TESTS), str(_TESTS.parent / "daemon")))
Crash = Callable[[], None]


class Unfinished(AssertionError):  # noqa: N818 - reads as what happened
    """What should happen did not, in all that time."""


class Doomed(DaemonProcess):
    """A daemon that dies at a point ("" : at none)."""

    at: str = ""

    def _words(self, command: str, *rest: str) -> list[str]:
        killer = [sys.executable, "-m", "chaos.killer", str(trace_of(self.root)), self.at]
        return [*killer, "--", command, "--config", str(self.root / "config.toml"), *rest]

    @property
    def code(self) -> int | None:
        return self._process.poll() if self._process else None


class Supervisor:
    def __init__(self, root: Path, password: str, deaths: Sequence[str], crashed: Crash) -> None:
        """`crashed` is called while nobody lives; what it raises ends the round."""
        self.daemon = Doomed(root, {"SHOP_PASSWORD": password, "PYTHONPATH": PATH})
        self.killed = 0
        self._deaths = list(deaths)
        self._crashed = crashed
        self._task: asyncio.Task[None] | None = None
        self._ending = False

    async def start(self) -> None:
        await self._start()
        self._task = asyncio.create_task(self._keep_alive())

    async def end(self) -> None:
        """Ends it by SIGTERM. A daemon that dies while stopping is not started again."""
        self._ending = True
        if self.daemon.alive:
            self.daemon.signal(signal.SIGTERM)
        if self._task is not None:
            await asyncio.wait_for(self._task, PATIENCE)

    def kill(self) -> None:
        """By hand; also the way out of a round that has failed."""
        self._ending = True
        if self.daemon.alive:
            self.daemon.kill()
        if self._task is not None:
            self._task.cancel()

    async def reload(self) -> None:
        """SIGHUP, to a daemon that has said that it runs."""
        await self.until(self._runs, "a daemon that can be told to reload")
        seen = self.daemon.log.count("event=reloaded")
        self.daemon.signal(signal.SIGHUP)
        await self.until(
            lambda: self.daemon.log.count("event=reloaded") > seen or not self._runs(),
            "reloaded",
        )

    async def until(self, true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
        """Waits, over any number of deaths. Raises Unfinished."""
        for _ in range(int(seconds / STEP)):
            with suppress(FileNotFoundError):  # files are on their way
                if true():
                    return
            if self.failure:
                raise Unfinished(f"{self.failure}, before: {what}")
            await asyncio.sleep(STEP)
        raise Unfinished(f"not seen: {what}\n{self._said}")

    @property
    def failure(self) -> str:
        """Why it ended, if it did so by itself."""
        if self._task is None or not self._task.done() or self._task.cancelled():
            return ""
        return str(self._task.exception() or "")

    async def _keep_alive(self) -> None:
        while True:
            while self.daemon.alive:  # noqa: ASYNC110 - a process rings no bell
                await asyncio.sleep(0.05)
            if self.daemon.code == -signal.SIGKILL:
                self.killed += 1
                self._crashed()
            elif not self._ending or self.daemon.code != 0:
                raise Unfinished(f"tactd ended by itself: {self.daemon.code}\n{self._said}")
            if self._ending:
                return
            await self._start()

    async def _start(self) -> None:
        self._since = len(self.daemon.log)
        self.daemon.at = self._deaths.pop(0) if self._deaths else ""
        await self.daemon.start(until="")

    def has_said(self, event: str) -> bool:
        """Any of the daemons until now."""
        return f"event={event}" in self.daemon.log

    @property
    def lives(self) -> bool:
        return self._runs()

    def _runs(self) -> bool:
        return self.daemon.alive and "event=started" in self.daemon.log[self._since :]

    @property
    def _said(self) -> str:
        return self.daemon.log[-3000:]


def trace_of(root: Path) -> Path:
    return root / "points.txt"
