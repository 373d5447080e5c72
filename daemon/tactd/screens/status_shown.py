"""`tactd status` for people: first what is wrong, then what waits, then all the rest."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from tactd.core.counted import count
from tactd.screens import on_the_way, unconfirmed, unknown
from tactd.screens.by_itself import lines, mode_line
from tactd.screens.problems import problems
from tactd.screens.terminal import Terminal, plain
from tactd.screens.times import ago, local, until

Facts = dict[str, Any]

MOST = 20  # replies shown
NARROW = 70  # columns; below, the order number is left out


def show(facts: Facts, zone: str, console: Terminal) -> None:
    console.print(f"[bold]{plain(mode_line(facts, zone))}[/]")
    _show_health(facts, console)
    _show_waiting(facts, zone, console)
    on_the_way.show(facts, zone, console)
    unconfirmed.show(facts["unconfirmed"], facts["now"], zone, console)
    _show_duties(facts, zone, console)
    _show_background(facts, zone, console)


def _show_health(facts: Facts, console: Terminal) -> None:
    wrong = problems(facts)
    if not wrong:
        console.print(f"{console.sign('pass')} [bold green]Everything is all right.[/]")
        return
    title = "One thing is" if len(wrong) == 1 else f"{len(wrong)} things are"
    console.print(f"[bold red]{title} not all right:[/]")
    for one in wrong:
        console.print(f"  {console.sign('bad')} {plain(one)}")


def _show_waiting(facts: Facts, zone: str, console: Terminal) -> None:
    rows = facts["waiting"]
    if not rows:
        console.print("\nNo reply waits for you.")
        return
    late = sum(row["overdue"] for row in rows)
    title = f"{count(len(rows), 'reply waits', 'replies wait')} for you"
    console.print(f"\n[bold]{title}[/]" + (f", [red]{late} late[/]:" if late else ":"))
    console.print(waiting_table(rows[:MOST], facts["now"], zone, console))
    if len(rows) > MOST:
        console.print(f"… and {len(rows) - MOST} more: `tactd staged list`")
    console.print("[dim]read one: tactd staged show ID · send it: tactd staged approve ID[/]")


def waiting_table(rows: list[Facts], now: str, zone: str, console: Terminal) -> Table:
    """Nearest deadline first. What tells replies apart is never cut; the subject is."""
    table = Table(box=None, pad_edge=False, header_style="dim", expand=console.cramped)
    for name in ("id", "answer by", "", "situation"):
        table.add_column(name, no_wrap=True)
    if console.width >= NARROW:
        table.add_column("order", no_wrap=True)
    table.add_column("subject", no_wrap=True, overflow="ellipsis", ratio=1, max_width=80)
    for row in rows:
        left = until(row["deadline"], now)
        cells = (
            str(row["id"]),
            local(row["deadline"], zone)[5:],
            f"[red]{left}[/]" if left.endswith("late") else left,
            row["situation"] + _marks(row),
            *((row["order"] or "?",) if console.width >= NARROW else ()),
            plain(row["subject"]),
        )
        table.add_row(*cells)
    return table


def _marks(row: Facts) -> str:
    """What sets a reply apart: it is pasted and not sent, a limit that is full, a buyer whom the
    shop lives on."""
    paste = " [cyan]paste[/]" if row.get("pasted") else ""
    full = " [yellow]limit full[/]" if row.get("limit_full_until") else ""
    return paste + full + "".join(f" [cyan]{mark}[/]" for mark in row.get("standing", ()))


def _show_duties(facts: Facts, zone: str, console: Terminal) -> None:
    for title, rows in (("You have promised", facts["promises"]), ("To do", facts["todos"])):
        if rows:
            console.print(f"\n[bold]{title}:[/]")
        for row in rows:
            what = (row.get("kind") or row.get("what") or "").replace("_", " ")
            left = until(row["due"], facts["now"])
            about = f" {row['about']}" if row.get("about") else ""
            about += f"  order {row['order']}" if row["order"] else ""
            console.print(plain(f"  {local(row['due'], zone)[5:]} {left}  {what}{about}"))


_DECIDED = {"stage": "staged", "skip": "skipped", "hold": "held", "send": "to be sent"}
_SENT = {"auto": "by itself", "approved": "approved by you", "seller": "by your own hand"}


def _show_background(facts: Facts, zone: str, console: Terminal) -> None:
    """What is good to know once the rest is understood."""
    recent, book = facts["last_24_hours"], facts["orders"]
    decided = ", ".join(f"{number} {_DECIDED[what]}" for what, number in recent["decided"].items())
    sent = ", ".join(f"{number} {_SENT[by]}" for by, number in recent["sent"].items())
    last = book["last_import"]
    export = f", last export {ago(last['at'], facts['now'])}" if last else ""
    boxes = [
        f"{one['name']} {one['state'].replace('_', ' ')}{_progress(one)}{_sent_progress(one)}"
        for one in facts["mailboxes"]
    ]
    said = (
        f"last 24 hours: mails decided: {decided or 'none'} · replies sent: {sent or 'none'}",
        *lines(facts, zone),
        f"mode {facts['mode']} · {count(book['count'], 'order')} in the book{export}",
        " · ".join(boxes),
    )
    if (under_way := facts["importing"]) is not None:
        far = f"{under_way['rows']} of {under_way['of']} rows"
        said += (f"reading {under_way['file']}: {far}",)
    console.print()
    unknown.show(facts["unknown_notices"], console)
    for line in said:
        console.print(f"[dim]{plain(line)}[/]")


def _progress(box: Facts) -> str:
    done, total = box["backlog"]
    return f" ({done} of {total})" if total else ""


def _sent_progress(box: Facts) -> str:
    """Until it is done, nothing goes out by itself."""
    if box.get("sent_read", True) or box["problem"]:
        return ""
    read, total = box["sent_backlog"]
    return f", reading your Sent folder back ({read} of {total})" if total else ""
