"""`tactd why` for people."""

from __future__ import annotations

from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tactd.screens import reply_fate, told
from tactd.screens.terminal import Terminal, clean, plain
from tactd.screens.times import local

Facts = dict[str, Any]


def show(facts: Facts, console: Terminal, zone: str = "UTC") -> None:
    if "trail" not in facts:
        state, why = facts["state"].replace("_", " "), plain(facts["reasons"][0])
        console.print(f"mail m{facts['mail']}: {state}: {why}")
        return
    _show_summary(facts, console)
    _show_history(facts, zone, console)
    console.print()
    console.print(_trail(facts["trail"], console))
    if facts["reply"]:
        console.print(Text(f"\nSubject: {clean(facts['reply']['subject'])}\n"))
        console.print(Padding(Text(clean(facts["reply"]["body"])), (0, 0, 0, 2)), soft_wrap=False)


def _show_summary(facts: Facts, console: Terminal) -> None:
    title = facts["situation"] or facts["kind"].replace("_", " ")
    console.print(f"{console.sign(facts['decision'])} [bold]{facts['decision']}[/]: {title}")
    order = facts["order"] or ", ".join(facts["orders"])
    signs = [f"{one['kind']} {one['value']}" for one in facts["match"]["evidence"]]
    reply = f"{facts['reply_id']}, {facts['reply_state']}" if "reply_id" in facts else ""
    note = f" ({facts['note']})" if facts.get("note") else ""
    doubt = "" if facts["sure"] else " (not sure)"
    rows = (
        ("order", order if facts["order"] or not order else f"one of {order}"),
        ("signs", ", ".join(signs)),
        ("wants", facts["intent"] + doubt if facts["intent"] else ""),
        ("language", facts["language"]),
        ("in mode auto", facts["would"] if facts["would"] != facts["decision"] else ""),
        *told.lines(facts),
        ("reply", reply + note),
        ("answered by", facts.get("answered_by")),
    )
    table = Table.grid(padding=(0, 2))
    for label, value in rows:
        if value:
            table.add_row(f"  [dim]{label}[/]", Text(clean(value), overflow="fold"))
    if table.row_count:
        console.print(table, soft_wrap=False)


def _show_history(facts: Facts, zone: str, console: Terminal) -> None:
    """Each time that it was decided, if it was more than once, and what became of the reply."""
    several = facts["decisions"] if len(facts.get("decisions", ())) > 1 else []
    rows = [
        (one["at"], f"decided{' afresh' * bool(at)}: {_outcome(one)}")
        for at, one in enumerate(several)
    ]
    rows += reply_fate.lines(facts.get("fate", []), zone)
    if rows:
        console.print()
    for at, said in rows:
        console.print(f"  [dim]{local(at, zone)[5:] if at else ' ' * 11}[/] {plain(said)}")


def _outcome(one: Facts) -> str:
    why = f" ({one['reasons'][0]})" if one["reasons"] else ""
    return f"{one['decision']} {one['situation'] or ''}".rstrip() + why


def _trail(entries: list[Facts], console: Terminal) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for entry in entries:
        sign = console.sign(entry["verdict"])
        table.add_row(f"  {sign}", entry["step"], Text(clean(entry["reason"])))
    return table


def show_latest(rows: list[Facts], zone: str, console: Terminal) -> None:
    if not rows:
        console.print("No mail has been decided yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim", expand=console.cramped)
    for name in ("mail", "came", "fate"):
        table.add_column(name, no_wrap=True)
    for name, share in (("from", 2), ("subject", 3), ("why", 3)):
        table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=share, max_width=50)
    for row in rows:
        fate = row["decision"] + (f" {row['situation']}" if row["situation"] else "")
        came = local(row["received"], zone)[5:]
        name = f"m{row['mail']}" if row["mail"] else "due"
        cells = (name, came, fate, row["from"], row["subject"], row["reason"])
        table.add_row(*map(plain, cells))
    console.print(table)
    console.print("[dim]one of them step by step: tactd why m12[/]")
