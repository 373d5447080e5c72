"""`tactd rehearse`: several configurations side by side, and what differs between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from tactd import wiring
from tactd.adapters.store import Store
from tactd.config import Config, load
from tactd.core.reasons import reason
from tactd.core.rehearse.differences import Difference, differences
from tactd.core.rehearse.figures import Figures, buyers, figures
from tactd.core.rehearse.values import Course, End
from tactd.errors import ConfigError
from tactd.flow.rehearse import Rehearsed, rehearse
from tactd.flow.rules import Rules
from tactd.screens.terminal import Terminal, clean, count, plain
from tactd.screens.times import iso, span

Facts = dict[str, Any]

EXAMPLES = 3  # of each difference; scripts get EXAMPLES_TOLD
EXAMPLES_TOLD = 20
NOW = "now"


@dataclass(frozen=True, slots=True)
class Compared:
    """A configuration in the rehearsal. The seller's own comes first."""

    name: str
    config: Config
    rules: Rules


def configurations(own: Path, others: Sequence[Path], env: Mapping[str, str]) -> list[Compared]:
    """Raises ConfigError with what is wrong in any of the files, each problem with its file."""
    names = [path.name for path in others]
    wanted = [(NOW, own)] + [
        (path.name if names.count(path.name) == 1 else str(path), path) for path in others
    ]
    found, problems = [], []
    for name, path in wanted:
        try:
            config = load(path, env)
            found.append(Compared(name, config, wiring.rules(config)))
        except ConfigError as error:
            problems += [_in_file(path, problem) for problem in error.problems]
    if problems:
        raise ConfigError(problems)
    return found


def _in_file(path: Path, problem: str) -> str:
    return problem if problem.startswith(str(path)) else f"{path}: {problem}"


# ------------------------------------------------------------------------------ facts


def gather(
    store: Store,
    compared: Sequence[Compared],
    now: datetime,
    days: int,
    approve_after: timedelta | None,
    progress: Terminal,
) -> Facts:
    since, every = now - timedelta(days=days), [one.rules for one in compared]
    with progress.status("looking …") as line:

        def tell(done: int, total: int) -> None:
            if done % 50 == 0:
                line.update(f"decided anew: {done} of {total}")

        played = rehearse(store, every, since, now, approve_after, tell)
    people = buyers(played.courses, played.people)
    length = now - (played.began or now)
    first, *rest = zip(compared, played.courses, strict=True)
    return {
        "days": days,
        "since": iso(since),
        "until": iso(now),
        "events": len(first[1]),
        "buyers": people,
        "approve_after": span(approve_after) if approve_after is not None else None,
        "configurations": [
            _configuration(one, figures(courses, played.people, people, length))
            for one, courses in zip(compared, played.courses, strict=True)
        ],
        "differences": [_versus(first, other, played) for other in rest],
        "hints": _hints(compared),
    }


def _configuration(one: Compared, found: Figures) -> Facts:
    return {
        "name": one.name,
        "mode": str(one.rules.policy.mode),
        "total": _ends(found.ends),
        "situations": {name or "none": _ends(ends) for name, ends in found.situations.items()},
        "mails": found.mails,
        "per_buyer_and_week": round(found.per_buyer_and_week, 2),
        "most_in_a_week": found.most_in_a_week,
        "most_to": found.most_to.value if found.most_to else None,
    }


def _ends(ends: Mapping[End, int]) -> dict[str, int]:
    return {str(end): ends.get(end, 0) for end in End}


def _versus(
    first: tuple[Compared, list[Course]], other: tuple[Compared, list[Course]], played: Rehearsed
) -> Facts:
    groups = differences(first[1], other[1])
    language = first[0].rules.policy.seller_language
    return {
        "configuration": other[0].name,
        "count": sum(map(len, groups)),
        "groups": [_group(group, language) for group in groups],
    }


def _group(group: Sequence[Difference], language: str) -> Facts:
    one = group[0]
    return {
        "count": len(group),
        "before": str(one.before.end),
        "after": str(one.after.end),
        "freed": one.freed,
        "codes": [entry.code for entry in one.why],
        "reasons": [reason(entry, language) for entry in one.why],
        "examples": [_example(one, language) for one in group[:EXAMPLES_TOLD]],
    }


def _example(one: Difference, language: str) -> Facts:
    buyer = one.after.buyer or one.before.buyer
    return {
        "mail": one.after.name,
        "buyer": buyer.value if buyer else None,
        "before": {"end": str(one.before.end), "situation": "+".join(one.before.situations)},
        "after": {"end": str(one.after.end), "situation": "+".join(one.after.situations)},
        "reasons": [reason(entry, language) for entry in one.why],
    }


def _hints(compared: Sequence[Compared]) -> list[str]:
    """What makes a comparison say something else than the seller thinks."""
    own = {box.name for box in compared[0].config.mailboxes}
    found = []
    for one in compared[1:]:
        missing = sorted(own - {box.name for box in one.config.mailboxes})
        if missing:
            boxes = ", ".join(missing)
            found.append(f"{one.name} has no mailbox {boxes}: nobody vouches for its senders there")
    if len({one.rules.policy.seller_name for one in compared}) > 1:
        found.append("the configurations are of different shops ([seller] name)")
    return found


# ------------------------------------------------------------------------------ for people


def show(facts: Facts, console: Terminal) -> None:
    if not facts["events"]:
        console.print(
            f"Nothing has been decided in the last {facts['days']} days, so there is nothing to "
            "rehearse. Let `tactd run` or `tactd once` read your mailbox first (mode "
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
    table = Table(box=None, pad_edge=False, header_style="dim", expand=console.cramped)
    table.add_column("\nsituation", overflow="fold")
    for one in compared:
        for at, end in enumerate(End):
            name = plain(one["name"]) if at == 0 else ""
            table.add_column(f"[bold]{name}[/]\n{end}", justify="right")
    names = dict.fromkeys(name for one in compared for name in one["situations"])
    for name in names:
        ends = [one["situations"].get(name, {}) for one in compared]
        table.add_row(_named(name), *(_figure(row.get(end, 0)) for row in ends for end in End))
    totals = [_figure(one["total"][end]) for one in compared for end in End]
    table.add_row("[bold]all[/]", *totals)
    return table


def _named(situation: str) -> str:
    return "[dim]not a buyer's question[/]" if situation == "none" else plain(situation)


def _figure(number: int) -> str:
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
