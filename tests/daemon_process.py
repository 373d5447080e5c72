"""`tactd run` as a child process, as systemd would start it: it can be killed, and what it leaves
behind can be looked at. Its log is the file `tactd.log` of its folder."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 20.0  # seconds until something that should happen at once is given up
STEP = 0.02


@dataclass
class DaemonProcess:
    root: Path  # holds config.toml
    env: Mapping[str, str] = field(default_factory=dict)
    _process: subprocess.Popen[bytes] | None = None

    # ------------------------------------------------------------------ its life

    async def start(self, *, until: str = "event=started") -> None:
        seen = len(self.log)
        with (self.root / "tactd.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: ASYNC220 - it outlives this call
                self._words("run"), cwd=self.root, env=self._env(), stdout=log, stderr=log
            )
        if until:
            await self.until(lambda: until in self.log[seen:], until)

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def ended(self, seconds: float = PATIENCE) -> int:
        """Its exit code, once it has ended."""
        process = self._process
        assert process is not None
        return await asyncio.to_thread(process.wait, seconds)

    async def stop(self) -> int:
        self.signal(signal.SIGTERM)
        return await self.ended()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    # ------------------------------------------------------------------ what it says and does

    @property
    def log(self) -> str:
        path = self.root / "tactd.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    async def until(self, true: Callable[[], object], what: str) -> None:
        for _ in range(int(PATIENCE / STEP)):
            if true():
                return
            if not self.alive:
                raise AssertionError(f"tactd ended before: {what}\n{self.log[-4000:]}")
            await asyncio.sleep(STEP)
        raise AssertionError(f"not seen: {what}\n{self.log[-4000:]}")

    async def until_logged(self, words: str, times: int = 1) -> None:
        await self.until(lambda: self.log.count(words) >= times, f"{words!r} in the log")

    async def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another `tactd` command beside it, on the same configuration."""
        return await asyncio.to_thread(
            subprocess.run,
            self._words(*words),
            cwd=self.root,
            env=self._env(),
            capture_output=True,
            text=True,
            timeout=60,
        )

    def _words(self, command: str, *rest: str) -> list[str]:
        config = str(self.root / "config.toml")
        return [sys.executable, "-m", "tactd", command, "--config", config, *rest]

    def _env(self) -> dict[str, str]:
        return {**os.environ, "COLUMNS": "200", **self.env}


@asynccontextmanager
async def running_daemon(root: Path, **env: str) -> AsyncIterator[DaemonProcess]:
    """A daemon at work, killed at the end if it still lives."""
    daemon = DaemonProcess(root, env)
    try:
        await daemon.start()
        yield daemon
    finally:
        if daemon.alive:
            daemon.kill()
