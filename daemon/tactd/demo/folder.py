"""The folder in which the demo works: made afresh each time, and never in place of another."""

from __future__ import annotations

import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tactd.adapters import lock
from tactd.demo.envelopes import ADDRESS, PROVIDER
from tactd.demo.mails import SAMPLES
from tactd.demo.orders import SALES, report
from tactd.errors import TactdError

MARKER = ".tactd-demo"
STORE = "tactd.db"

CONFIG = """\
# Written by `tactd demo`. The servers are the demo's own and end with it.

[seller]
name = "Blue Sheep Outdoor"
language = "{language}"
timezone = "Asia/Shanghai"
address = "me@example.org"

[[mailbox]]
name = "shop"
address = "{address}"
imap = "imap://127.0.0.1:{imap}"
smtp = "smtp://127.0.0.1:{smtp}"
password = {{ file = "shop.password" }}
authserv_id = ["{provider}"]

[replies]
mode = "stage"
"""


@dataclass(frozen=True, slots=True)
class DemoFolder:
    root: Path

    @property
    def config(self) -> Path:
        return self.root / "config.toml"

    @property
    def replies(self) -> Path:
        return self.root / "replies"

    @property
    def orders(self) -> Path:
        return self.root / "orders"

    @property
    def log(self) -> Path:
        return self.root / "tactd.log"

    def make(self) -> None:
        """An empty folder. Raises TactdError where something else lies."""
        if problem := self._not_ours():
            raise TactdError(
                f"{self.root}: {problem}; it stays as it is. "
                "Name another folder: tactd demo --folder FOLDER"
            )
        try:
            if self.root.exists():
                shutil.rmtree(self.root)
            self.root.mkdir(parents=True)
            (self.root / MARKER).write_text(
                "Made by `tactd demo`, which makes this folder afresh each time.\n",
                encoding="utf-8",
            )
        except OSError as error:
            raise TactdError(f"{self.root} cannot be made: {error.strerror}") from error

    def _not_ours(self) -> str | None:
        if self.root.is_symlink():
            return "is a link, and the demo makes its folder afresh"
        if not self.root.exists():
            return None
        if not self.root.is_dir():
            return "is a file"
        if holder := lock.holder(self.root / STORE):
            return f"another demo is running there ({holder})"
        if (self.root / MARKER).is_file() or not any(self.root.iterdir()):
            return None
        return "was not made by tactd demo"

    def write_password(self) -> str:
        password = secrets.token_urlsafe(12)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self.root / "shop.password", flags, 0o600), "w") as file:
            file.write(password + "\n")
        return password

    def write_config(self, *, imap: int, smtp: int, language: str) -> None:
        text = CONFIG.format(
            language=language, address=ADDRESS, imap=imap, smtp=smtp, provider=PROVIDER
        )
        self.config.write_text(text, encoding="utf-8")

    def write_mails(self, now: datetime) -> list[tuple[bytes, datetime]]:
        """The sample mails, also as files for `tactd why FILE.eml`."""
        folder = self.root / "mails"
        folder.mkdir()
        mails = [(one.raw(one.received(now)), one.received(now)) for one in SAMPLES]
        for sample, (raw, _) in zip(SAMPLES, mails, strict=True):
            (folder / sample.file).write_bytes(raw)
        return mails

    def drop_orders(self, now: datetime) -> str:
        """eBay's report, named as the browser saves it."""
        name = f"eBay-OrdersReport-{now:%b-%d-%Y-%H_%M_%S}+0000.csv"
        (self.orders / name).write_text(report(SALES, now), encoding="utf-8", newline="")
        return name
