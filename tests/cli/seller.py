"""A seller at his terminal: a folder, a configuration, and the commands as a shell runs them."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from ebay_samples import report
from shop import CONFIG, jane
from tactd import cli

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
        default = {"user": "seller", "mode": "stage", "auto": "[]", "language": "en"}
        fields = {**default, **changed}
        text = CONFIG.format(imap=imap, smtp=smtp, more=more, **fields)
        (self.root / "config.toml").write_text(text, encoding="utf-8")

    def export(self, *rows: dict[str, str], name: str = "OrdersReport.csv") -> Path:
        path = self.root / name
        path.write_text(report(rows or (jane(),), footer=""), encoding="utf-8")
        return path

    def __call__(self, *words: str, given: str = "") -> Ran:
        """Run `tactd WORDS` in the folder, output to a pipe. In this process, which is fast."""
        out, err = _pipe(), _pipe()
        standing = Path.cwd(), sys.stdin, logging.getLogger().handlers[:]
        sys.stdin = _pipe(given)
        os.chdir(self.root)
        try:
            with (
                patch.dict(os.environ, self.environment({}), clear=True),
                redirect_stdout(out),
                redirect_stderr(err),
                pytest.raises(SystemExit) as ended,
            ):
                cli.main(words)
        finally:
            os.chdir(standing[0])
            sys.stdin, logging.getLogger().handlers[:] = standing[1:]
        return Ran(int(ended.value.code or 0), _written(out), _written(err))

    def fresh(self, *words: str, **env: str) -> Ran:
        """The same in a process of its own, with another environment."""
        done = subprocess.run(
            [*TACTD, *words],
            cwd=self.root,
            env=self.environment(env),
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


def _pipe(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", newline="\n")


def _written(pipe: io.TextIOWrapper) -> str:
    pipe.flush()
    buffer = pipe.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()
