"""A seller at his terminal: a folder, a configuration, and the commands as a shell runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ebay_samples import report
from shop import CONFIG, jane

TACTD = (sys.executable, "-m", "tactd")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        return json.loads(self.out)


@dataclass
class Seller:
    root: Path
    env: dict[str, str] = field(default_factory=dict)

    def configure(self, *, imap: int = 1, smtp: int = 1, more: str = "", **changed: str) -> None:
        fields = {"user": "seller", "mode": "stage", "language": "en", **changed}
        text = CONFIG.format(imap=imap, smtp=smtp, more=more, **fields)
        (self.root / "config.toml").write_text(text, encoding="utf-8")

    def export(self, *rows: dict[str, str], name: str = "OrdersReport.csv") -> Path:
        path = self.root / name
        path.write_text(report(rows or (jane(),), footer=""), encoding="utf-8")
        return path

    def __call__(self, *words: str, given: str = "", **env: str) -> Ran:
        """Run `tactd WORDS` in the folder, output to a pipe."""
        done = subprocess.run(
            [*TACTD, *words],
            cwd=self.root,
            env=self.environment(env),
            input=given.encode(),
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    def start(self, *words: str, **more: Any) -> subprocess.Popen[bytes]:
        """The same, left running."""
        return subprocess.Popen(
            [*TACTD, *words],
            cwd=self.root,
            env=self.environment({}),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **more,
        )

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {**kept, "SHOP_PASSWORD": "open-sesame", **self.env, **more}
