"""`tactd run` as its users run it: a process of its own, between a real Dovecot and its folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sample_shop
from servers.dovecot import Dovecot

PATIENCE = 600.0  # seconds until a figure is given up
CONFIG = """
[seller]
name = "Blue Sheep Outdoor"
language = "zh"
timezone = "Asia/Shanghai"
address = "me@example.org"

[[mailbox]]
name = "shop"
address = "shop@example.org"
imap = "imap://127.0.0.1:{imap}"
smtp = "smtp://127.0.0.1:{smtp}"
user = "{user}"
password = {{ env = "SHOP_PASSWORD" }}
authserv_id = ["mx.example.org"]

[replies]
{replies}
"""
STAGING = 'mode = "stage"'
# Everything that is sure goes at once, as often as it likes.
ANSWERING = """mode = "auto"
auto = ["in_transit"]
settle = "0 seconds"

[limits]
per_mailbox = "off"
"""


@dataclass
class Shop:
    """A seller's folder, and the daemon that works in it."""

    root: Path
    server: Dovecot
    user: str
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def make(
        cls,
        root: Path,
        server: Dovecot,
        *,
        answering: str = STAGING,
        ports: tuple[int, int] | None = None,
    ) -> Shop:
        """`ports` of the IMAP and SMTP servers, if others stand before or beside Dovecot."""
        root.mkdir(parents=True)
        user = server.fresh_user()
        imap, smtp = ports or (server.imap, 9)
        text = CONFIG.format(imap=imap, smtp=smtp, user=user, replies=answering)
        (root / "config.toml").write_text(text, encoding="utf-8")
        return cls(root, server, user)

    # ------------------------------------------------------------------ before

    def import_orders(self, first: int, count: int, now: datetime) -> float:
        """Seconds that `tactd orders import` took."""
        return self.import_numbers(range(first, first + count), now)

    def import_numbers(self, numbers: Iterable[int], now: datetime) -> float:
        path = self.root / "OrdersReport.csv"
        path.write_text(sample_shop.report_of(numbers, now), encoding="utf-8")
        return self.import_file(path)

    def import_file(self, path: Path) -> float:
        """Seconds that `tactd orders import` took."""
        started = time.perf_counter()
        words = self._tactd("orders", "import", str(path), "--json")
        said = subprocess.run(words, capture_output=True, env=self._env(), check=False)
        if said.returncode:
            raise RuntimeError(f"orders import: {said.stderr.decode(errors='replace')}")
        return time.perf_counter() - started

    def fill(self, first: int, count: int, now: datetime) -> None:
        """Mails straight into the Maildir, dated within the last day."""
        self.server.deliver([b"Subject: makes the Maildir\r\n\r\n"], self.user)
        maildir = self.server.folder / "home" / self.user / "Maildir"
        owner = maildir.stat()
        for path in [*maildir.glob("new/*"), *maildir.glob("cur/*")]:
            path.unlink()
        for number, raw in enumerate(sample_shop.mails(first, count, now), first):
            when = sample_shop.received(number, now).timestamp()
            path = maildir / "new" / f"{int(when)}.M{number}.bench,S={len(raw)}"
            path.write_bytes(raw)
            os.chown(path, owner.st_uid, owner.st_gid)
            os.utime(path, (when, when))

    # ------------------------------------------------------------------ the daemon

    @contextmanager
    def daemon(self) -> Iterator[None]:
        with (self.root / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self._tactd("run"), stdout=log, stderr=log, env=self._env(), cwd=self.root
            )
        try:
            yield
        finally:
            self.process.terminate()
            self.process.wait(60)

    def staged(self) -> int:
        """How many replies lie in staged/, whole and under their names."""
        try:
            names = os.listdir(self.root / "replies" / "staged")  # noqa: PTH208 - hot
        except FileNotFoundError:
            return 0
        return sum(not name.startswith(".") for name in names)

    def logged(self, word: str) -> int:
        return (self.root / "log").read_text(encoding="utf-8").count(word)

    def until(self, true: Callable[[], object], what: str, every: float) -> float:
        """When it came true (perf_counter)."""
        give_up = time.monotonic() + PATIENCE
        while not true():
            if self.process is not None and self.process.poll() is not None:
                raise RuntimeError(f"tactd ended: {self._last_words()}")
            if time.monotonic() > give_up:
                raise RuntimeError(f"not seen: {what}; {self._last_words()}")
            time.sleep(every)
        return time.perf_counter()

    def until_staged(self, count: int, every: float) -> float:
        return self.until(lambda: self.staged() >= count, f"{count} staged", every)

    def memory(self) -> dict[str, float]:
        """MB of the process: now (VmRSS) and at most (VmHWM), proc(5)."""
        assert self.process is not None
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8").splitlines()
        said = dict(line.split(":", 1) for line in lines)
        return {key: int(said[name].split()[0]) / 1024 for key, name in _MEMORY.items()}

    def processor(self) -> float:
        """Seconds of processor time that the process has used, with those of its helpers that have
        ended, proc(5). Unlike the time that passed, it depends little on what else is done."""
        assert self.process is not None
        said = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        own_and_helpers = said.rpartition(")")[2].split()[11:15]
        return sum(map(int, own_and_helpers)) / os.sysconf("SC_CLK_TCK")

    def remove(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    def _tactd(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tactd", *words]

    def _env(self) -> dict[str, str]:
        ours = {"SHOP_PASSWORD": self.server.password, "TACTD_CONFIG": str(self._config)}
        return {**os.environ, **ours}

    @property
    def _config(self) -> Path:
        return self.root / "config.toml"

    def _last_words(self) -> str:
        return (self.root / "log").read_text(encoding="utf-8")[-2000:]


_MEMORY = {"now": "VmRSS", "peak": "VmHWM"}


def bare_download(shop: Shop) -> dict[str, float]:
    """What benchmarks/bare.py measures on the mailbox of this shop."""
    words = [sys.executable, str(Path(__file__).parent / "bare.py")]
    words += [str(shop.server.imap), shop.user, shop.server.password]
    said = subprocess.run(words, check=True, capture_output=True)
    found: dict[str, float] = json.loads(said.stdout)
    return found
