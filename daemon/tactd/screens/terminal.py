"""The seller's terminal: what may be printed there, and how it ends well.

Output may go to a file, a closed pipe, a narrow window or a terminal that knows no Unicode; none of
these may cost more than beauty.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from typing import Any

import click
from rich.console import Console
from rich.markup import escape

WIDE = 200  # columns of a table in a file or a pipe
CLOSED_PIPE = 141  # what a shell reports for a program that SIGPIPE has ended

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# name: (what it is, what a terminal without Unicode gets)
_SIGNS = {
    "pass": ("[green]✓[/]", "[green]+[/]"),
    "bad": ("[red]✗[/]", "[red]x[/]"),
    "note": ("[yellow]![/]", "[yellow]![/]"),
    "send": ("[green]➤[/]", "[green]>[/]"),
    "stage": ("[yellow]✋[/]", "[yellow]![/]"),
    "hold": ("[blue]⏳[/]", "[blue]~[/]"),
    "skip": ("[dim]–[/]", "[dim]-[/]"),
}


class ReaderGone(Exception):  # noqa: N818 - no error: `| head` has seen enough
    """Nobody reads our output any more. (click would end a BrokenPipeError with exit code 1.)"""


class Terminal(Console):
    """A console that leaves long lines whole where nobody looks at them as they come."""

    def print(self, *objects: Any, **more: Any) -> None:
        super().print(*objects, **{"soft_wrap": not self.is_terminal, **more})

    def on_broken_pipe(self) -> None:
        raise ReaderGone  # rich itself would exit as if something had failed

    @property
    def cramped(self) -> bool:
        """Somebody looks at it, so a table should fill the width and not exceed it."""
        return self.width < WIDE

    def sign(self, name: str) -> str:
        return _SIGNS[name][0 if _knows_unicode(self.encoding) else 1]


def _terminal(stream: Any, **more: Any) -> Terminal:
    narrow = stream is None or stream.isatty() or "COLUMNS" in os.environ
    return Terminal(width=None if narrow else WIDE, highlight=False, **more)


console = _terminal(sys.stdout)
errors = _terminal(sys.stderr, stderr=True)


def prepare() -> None:
    """What the terminal cannot show is replaced, instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def input_lines() -> Iterator[str]:
    """Standard input is UTF-8 whatever the terminal is; bad bytes are replaced."""
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "replace")


def hush() -> None:
    """The reader of our output has gone: drop what is still buffered."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def clean(text: str) -> str:
    """Text from a mail, a server or a file can steer no terminal. \\x1f parts the two halves of a
    clue."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\x1f", " + "))


def plain(text: str) -> str:
    """The same, and never taken for markup."""
    return escape(clean(text))


def complain(text: str) -> None:
    errors.print(clean(text), style="red", markup=False)


def write(text: str, *, end: str = "\n") -> None:
    """Text as it is. Raises ReaderGone."""
    try:
        click.echo(text + end, nl=False)
    except BrokenPipeError:
        raise ReaderGone from None


def print_json(facts: Any) -> None:
    ascii_only = not _knows_unicode(getattr(sys.stdout, "encoding", None))
    write(json.dumps(facts, ensure_ascii=ascii_only, indent=2))


def _knows_unicode(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").startswith(("utf", "gb18030"))
