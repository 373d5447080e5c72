"""What the demo says while it goes on. Made to be read at 80 columns."""

from __future__ import annotations

import email
import email.policy
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tactd.demo.mails import Sample

Fact = Mapping[str, Any]

FATES = {
    "send": ("would be sent", "green"),
    "stage": ("staged", "yellow"),
    "hold": ("held", "blue"),
    "skip": ("no answer", "dim"),
}
WIDEST = 100  # columns; longer lines are hard to read
SHOWN_HEADERS = ("From", "To", "Subject", "In-Reply-To", "Message-ID")


class Teller:
    def __init__(self, console: Console) -> None:
        self.console = console
        self.width = min(console.width, WIDEST) if console.is_terminal else 80
        self._step = 0

    def say(self, text: str = "", style: str = "") -> None:
        self._print(Text(text, style=style))

    def step(self, title: str, text: str = "") -> None:
        self._step += 1
        self.say()
        self.say(f"{self._step}. {title}", style="bold cyan")
        if text:
            self.say(text)

    def commands(self, lines: Sequence[str]) -> None:
        """Lines to be copied: never wrapped, whatever their length."""
        for line in lines:
            self.console.print(Text(f"  {line}", style="green"), soft_wrap=True)

    def fates(self, samples: Sequence[Sample], decided: Sequence[Fact]) -> None:
        """One row a mail: who wrote what, what becomes of it, and why."""
        table = Table(box=None, pad_edge=False, header_style="dim", width=self.width)
        table.add_column("mail", no_wrap=True)
        table.add_column("from, and what it is", no_wrap=True)
        table.add_column("fate", no_wrap=True)
        table.add_column("why", ratio=1, overflow="fold")
        for sample, fact in zip(samples, decided, strict=True):
            table.add_row(f"m{fact['mail']}", *_cells(sample, fact))
        self.say()
        self._print(table)

    def sheet(self, path: Path) -> None:
        self._framed(path.name, Text(path.read_text(encoding="utf-8").strip("\n")))

    def arrived(self, raw: bytes) -> None:
        """What the SMTP server was given: headers decoded, and the text."""
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        shown = Text()
        for name in SHOWN_HEADERS:
            if mail[name]:
                shown.append(f"{name}: ", style="dim").append(f"{mail[name]}\n")
        body = mail.get_body(("plain",))
        shown.append(f"\n{body.get_content().strip()}" if body else "")
        self._framed("arrived at the SMTP server", shown)

    def draft(self, text: str) -> None:
        self._framed("the whole draft", Text(text.strip()))

    def _framed(self, title: str, text: Text) -> None:
        self._print(Panel(text, title=Text(title), title_align="left", width=self.width))

    def _print(self, what: RenderableType) -> None:
        self.console.print(what, width=self.width, soft_wrap=False, highlight=False)


def _cells(sample: Sample, fact: Fact) -> tuple[Text, Text, Text]:
    word, style = FATES[fact["decision"]]
    situation = fact["situation"] or fact["kind"]
    who = Text.assemble(sample.who, "\n", (sample.about, "dim"))
    fate = Text.assemble((word, style), "\n", ("\n".join(situation.split("+")), "dim"))
    return who, fate, Text("; ".join(reasons(fact)))


def reasons(fact: Fact) -> list[str]:
    """Why, the telling ones first: what the mode adds to every mail is left out where there is
    anything else to say."""
    codes = [entry for entry in fact["trail"] if entry["verdict"] == fact["decision"]]
    telling = [entry for entry in codes if not entry["code"].startswith("permit.")]
    wanted = telling or [one for one in codes if one["code"] != "permit.mode"] or codes
    return [str(entry["reason"]) for entry in wanted]


def short(path: Path) -> str:
    """As the seller would type it from where he is."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def tactd_command() -> str:
    """How tactd was called, so that the commands that are shown can be copied."""
    called = Path(sys.argv[0])
    if called.name != "tactd":
        return f"{short(Path(sys.executable))} -m tactd"
    found = shutil.which("tactd")
    return "tactd" if found and Path(found).samefile(called) else short(called)


def stay_command(folder: Path) -> str:
    """How to run the demo once more so that it stays."""
    usual = short(folder) == "demo"
    if usual and "MAKELEVEL" in os.environ:
        return "make demo ARGS=--stay"
    where = "" if usual else f" --folder {short(folder)}"
    return f"{tactd_command()} demo --stay{where}"
