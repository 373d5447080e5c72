"""A rehearsal as people read it: tables side by side, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from tactd.core.counted import count
from tactd.core.rehearse.values import End
from tactd.screens.terminal import Terminal, clean, plain

Facts = dict[str, Any]
Rows = Sequence[tuple[str, Sequence[Mapping[str, int]]]]

EXAMPLES = 3  # of each difference
NAMES_WIDE, ENDS_WIDE = 18, 31  # columns of the terminal


def show(facts: Facts, console: Terminal) -> None:
    if not facts["events"]:
        console.print(
            f"Nothing has been decided in the last {count(facts['days'], 'day')}, so there is "
            "nothing to rehearse. Let `tactd run` or `tactd once` read your mailbox first (mode "
            '"observe" is enough), or look further back with --days.'
        )
        return
    console.print(
        f"{count(facts['events'], 'event')} of the last {count(facts['days'], 'day')}, "
        f"{count(facts['buyers'], 'buyer')} to write to, decided anew\n"
    )
    console.print(_table(facts["configurations"], console))
    console.print()
    console.print(_frequency(facts["configurations"]))
    console.print(f"[dim]{_approvals(facts['approve_after'])}[/]")
    for hint in facts["hints"]:
        console.print(f"{console.sign('note')} {plain(hint)}")
    for versus in facts["differences"]:
        console.print()
        _show_differences(versus, facts["events"], console)
    if not facts["differences"]:
        console.print(
            "\n[dim]Copy config.toml, change \\[limits] or `auto` in the copy, and compare: "
            "tactd rehearse --with copy.toml[/]"
        )


def _approvals(after: str | None) -> str:
    taken = f"after {after}" if after else "when you really approved it, else never"
    return f"What is staged counts as approved {taken}."


def _table(compared: list[Facts], console: Terminal) -> Table:
    fits = console.width >= NAMES_WIDE + ENDS_WIDE * len(compared)
    table = Table(box=None, pad_edge=False, header_style="dim", expand=console.cramped)
    names = dict.fromkeys(name for one in compared for name in one["situations"])
    rows = [(_named(name), [one["situations"].get(name, {}) for one in compared]) for name in names]
    rows.append(("[bold]all[/]", [one["total"] for one in compared]))
    (_beside if fits else _below)(table, [plain(one["name"]) for one in compared], rows)
    return table


def _beside(table: Table, configurations: list[str], rows: Rows) -> None:
    table.add_column("\nsituation", overflow="fold")
    for name in configurations:
        for at, end in enumerate(End):
            table.add_column(f"[bold]{'' if at else name}[/]\n{end}", justify="right")
    for name, ends in rows:
        table.add_row(name, *(_figure(one, end) for one in ends for end in End))


def _below(table: Table, configurations: list[str], rows: Rows) -> None:
    """In a narrow window each configuration has a line of its own."""
    table.add_column("situation", overflow="fold")
    table.add_column("")
    for end in End:
        table.add_column(str(end), justify="right")
    for name, ends in rows:
        for at, (configuration, one) in enumerate(zip(configurations, ends, strict=True)):
            figures_of = [_figure(one, end) for end in End]
            table.add_row("" if at else name, configuration, *figures_of)


def _named(situation: str) -> str:
    return "[dim]not a buyer's question[/]" if situation == "none" else plain(situation)


def _figure(ends: Mapping[str, int], end: End) -> str:
    number = ends.get(end, 0)
    return str(number) if number else "[dim]0[/]"


def _frequency(compared: list[Facts]) -> Table:
    table = Table.grid(padding=(0, 2))
    for one in compared:
        most = f"at most {one['most_in_a_week']} in 7 days"
        whom = f"({clean(one['most_to'])})" if one["most_to"] else ""
        table.add_row(
            Text(clean(one["name"]), style="bold"),
            f"{one['per_buyer_and_week']:.2f} mails per buyer and week",
            Text(f"{most} {whom}".rstrip()),
        )
    return table


def _show_differences(versus: Facts, events: int, console: Terminal) -> None:
    name = plain(versus["configuration"])
    if not versus["groups"]:
        console.print(f"With [bold]{name}[/] nothing would be different.")
        return
    console.print(f"What would be different with [bold]{name}[/]: {versus['count']} of {events}")
    for group in versus["groups"]:
        _show_group(group, console)


def _show_group(group: Facts, console: Terminal) -> None:
    change = f"{group['before']} -> {group['after']}"
    if group["before"] == group["after"]:
        change = f"{group['after']}, answered otherwise"
    console.print(f"\n  {group['count']:>4}  [bold]{change}[/]")
    told = group["examples"][:EXAMPLES]
    same = all(one["reasons"] == group["reasons"] for one in told)
    if same:
        _show_reasons(group["reasons"], group["freed"], console)
    for one in told:
        _show_example(one, console)
        if not same:
            _show_reasons(one["reasons"], group["freed"], console)
    if group["count"] > len(told):
        console.print(f"        [dim]… and {group['count'] - len(told)} more[/]")


def _show_reasons(reasons: list[str], freed: bool, console: Terminal) -> None:
    for said in reasons:
        console.print(f"        {'no more: ' if freed else ''}{plain(said)}")


def _show_example(one: Facts, console: Terminal) -> None:
    before, after = one["before"]["situation"], one["after"]["situation"]
    about = after if before == after else f"{before or '-'} -> {after or '-'}"
    words = (plain(one["mail"]), plain(one["buyer"] or ""), plain(about))
    console.print(f"        [dim]{'  '.join(word for word in words if word)}[/]")
