"""The demo as a user starts it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tactd.demo.mails import SAMPLES

# Called without the command line, so that these tests guard the demo alone.
_START = """
import asyncio, sys
from pathlib import Path
from rich.console import Console
from tactd.demo.show import show
from tactd.errors import TactdError
try:
    code = asyncio.run(show(Path(sys.argv[1]), "--stay" in sys.argv, Console(), sys.argv[2]))
except TactdError as error:
    code = str(error)
sys.exit(code)
"""


def command(folder: Path, *options: str, language: str = "en") -> list[str]:
    return [sys.executable, "-W", "error", "-c", _START, str(folder), language, *options]


@dataclass(frozen=True, slots=True)
class Run:
    folder: Path
    code: int
    out: str
    err: str

    def staged(self) -> list[Path]:
        return sorted((self.folder / "replies" / "staged").glob("*.txt"))

    def row(self, who: str) -> str:
        """What the table says of a sample's mail."""
        number = next(at for at, one in enumerate(SAMPLES, 1) if one.who == who)
        table = self.out.partition("mail  from")[2].partition('"mode is stage"')[0]
        return " ".join(table.partition(f"\nm{number} ")[2].partition("\nm")[0].split())


def run(folder: Path, *options: str, language: str = "en") -> Run:
    done = subprocess.run(
        command(folder, *options, language=language),
        capture_output=True,
        encoding="utf-8",
        env=environment(),
        timeout=60,
        check=False,
    )
    return Run(folder, done.returncode, done.stdout, done.stderr)


def environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1"}
