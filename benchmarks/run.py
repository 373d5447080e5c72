"""`make bench`: how fast tactd is and how much memory it takes, as a table and as JSON.

Exit 1 if a figure misses what is required, 2 without Dovecot.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

import figures  # noqa: E402
from answering import answering  # noqa: E402
from claiming import claiming  # noqa: E402
from order_book import order_book  # noqa: E402
from servers.dovecot import HOW_TO_GET_IT, installed, running_dovecot  # noqa: E402

console = Console()
PARTS = ("backlog", "bursts", "answers", "limits", "book")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer mails, fewer runs")
    parser.add_argument("--only", choices=PARTS, help="one of them")
    options = parser.parse_args()
    if not installed():
        console.print(HOW_TO_GET_IT, style="red")
        return 2
    found = measure(options.quick, options.only)
    console.print(table(found))
    write(found, quick=options.quick)
    return 0 if all(figure.ok for figure in found) else 1


def measure(quick: bool, only: str | None) -> list[figures.Figure]:
    mails, runs = (1_000, 3) if quick else (10_000, 20)
    singles, answered = (5, 500) if quick else (30, 2_000)
    orders = 50_000 if quick else 1_000_000
    found: list[figures.Figure] = []
    with tempfile.TemporaryDirectory(prefix="tactd-bench-") as folder, running_dovecot() as server:
        root = Path(folder)
        parts: dict[str, Callable[[Path], list[figures.Figure]]] = {
            "backlog": lambda at: figures.backlog(at, server, mails, _tell),
            "bursts": lambda at: figures.bursts(at, server, runs, _tell),
            "answers": lambda at: answering(at, server, singles, answered, _tell),
            "limits": lambda at: claiming(at, _tell),
            "book": lambda at: order_book(at, server, orders, _tell),
        }
        for name, part in parts.items():
            if only in (None, name):
                found += part(root / name)
    return found


def table(found: list[figures.Figure]) -> Table:
    made = Table("figure", "measured", "required", "aim", "reference")
    for one in found:
        value = f"{one.value:,.2f}" if one.value < 10 else f"{one.value:,.0f}"
        style = None if one.ok else "red"
        row = (one.name, f"{value} {one.unit}", one.required, one.aim, one.reference)
        made.add_row(*row, style=style)
    return made


def write(found: list[figures.Figure], *, quick: bool) -> None:
    """benchmarks/results/<time>.json, for comparing runs."""
    now = datetime.now(UTC)
    machine = {"cpus": os.cpu_count(), "python": platform.python_version()}
    facts = {"at": now.isoformat(timespec="seconds"), "quick": quick, "machine": machine}
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    path = results / f"{now:%Y-%m-%dT%H%M%S}.json"
    document = {**facts, "figures": [asdict(figure) for figure in found]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console.print(f"written to {path.relative_to(HERE.parent)}")


def _tell(text: str) -> None:
    console.print(text, style="dim")


if __name__ == "__main__":
    sys.exit(main())
