"""`tactd status`: is everything all right, and what waits for me?"""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.table import Table
from sqlalchemy import Connection

from tactd.adapters import lock
from tactd.adapters.store import Store, inbound, journal, orders, replies, text_order
from tactd.config import Config
from tactd.core.filing.words import Folder
from tactd.core.types import ReplyState
from tactd.screens.by_itself import fullness, in_effect, mode_line, nothing_goes_to, went
from tactd.screens.by_itself import lines as by_itself_lines
from tactd.screens.files import lies_in
from tactd.screens.on_the_way import (
    NOTHING,
    Stops,
    limit_full,
    limits_full,
    on_the_way,
    reply_facts,
    soonest_first,
)
from tactd.screens.on_the_way import show as on_the_way_shown
from tactd.screens.problems import problems
from tactd.screens.terminal import Terminal, count, plain
from tactd.screens.times import ago, iso, local, until
from tactd.shipped import packs

Facts = dict[str, Any]

__all__ = ["gather", "problems", "show", "waiting_table"]


def gather(store: Store, config: Config, now: datetime) -> Facts:
    running, policy = lock.holder(config.store.path) or None, config.policy(packs())
    with store.read() as conn:
        staged = replies.in_states(conn, ReplyState.STAGED)
        places = {one.reply.id: lies_in(config.replies.folder, one) for one in staged}
        waiting = [one for one in staged if places[one.reply.id] not in _MOVED]
        approved = [one for one in staged if places[one.reply.id] is Folder.APPROVED]
        full, stops = limits_full(conn, waiting, policy, now), Stops.of(conn, now)
        return {
            "now": iso(now),
            "running": running,
            "mode": str(config.replies.mode),
            "paused_since": _iso_or_none(journal.paused_since(conn)),
            **in_effect(conn, policy, running is not None),
            "mailboxes": [
                box | fullness(conn, box["name"], policy, now)
                for box in _mailboxes(conn, config, running is not None)
            ],
            "waiting": [
                reply_facts(one, places[one.reply.id], now) | limit_full(one, full)
                for one in waiting
            ],
            "held": soonest_first(
                on_the_way(one, stops, now) for one in replies.in_states(conn, ReplyState.HELD)
            ),
            "on_their_way": [
                *(reply_facts(one, Folder.APPROVED, now) | NOTHING for one in approved),
                *(on_the_way(one, stops, now) for one in replies.in_states(conn, *_UNDER_WAY)),
            ],
            "trouble": _troubles(conn),
            "promises": [_promise(row) for row in journal.open_promises(conn)],
            "todos": [_todo(row) for row in journal.open_todos(conn)],
            "unread": inbound.new_count(conn),
            "last_24_hours": _recent(conn, now - timedelta(hours=24)),
            "by_itself": went(conn, now),
            "nothing_goes_to": nothing_goes_to(conn),
            "orders": _orders(conn),
            "disk_free": _disk_free(config.store.path),
        }


# The seller has moved the file, and tactd has not yet acted on it.
_MOVED = (Folder.APPROVED, Folder.REJECTED)
_UNDER_WAY = (ReplyState.APPROVED, ReplyState.READY, ReplyState.SENDING)


def _iso_or_none(when: datetime | None) -> str | None:
    return iso(when) if when else None


def _mailboxes(conn: Connection, config: Config, running: bool) -> list[Facts]:
    """As last told; without a running tactd nobody watches, whatever was told last."""
    said = journal.flags(conn, journal.HEALTH)
    told = {name: json.loads(value) for name, (value, _) in said.items()}
    now = {} if running else {"state": "not watched", "backlog": [0, 0]}
    return [{"name": box.name, **told.get(box.name, _UNSEEN), **now} for box in config.mailboxes]


_UNSEEN: Facts = {"state": "not started", "problem": "", "caught_up": False, "backlog": [0, 0]}


def _troubles(conn: Connection) -> list[Facts]:
    said = [
        {"what": row.what, "about": row.about, "detail": row.detail, "since": iso(row.at)}
        for row in journal.open_troubles(conn)
    ]
    told = {one["about"] for one in said}
    failed = replies.in_states(conn, ReplyState.FAILED, ReplyState.UNCLEAR)
    stopped = [
        {
            "what": "reply_stopped",
            "about": f"reply {one.reply.id}",
            "detail": one.file_name or "",
            "since": iso(one.reply.created),
        }
        for one in replies.in_states(conn, ReplyState.STAGED, ReplyState.HELD)
        if one.folder == Folder.TROUBLE
    ]
    return [*said, *stopped] + [
        {
            "what": f"reply_{one.reply.state}",
            "about": f"reply {one.reply.id}",
            "detail": one.reply.note,
            "since": iso(one.reply.created),
        }
        for one in failed
        if f"reply {one.reply.id}" not in told
    ]


def _promise(row: Any) -> Facts:
    key = text_order(row.order_key)
    return {"kind": row.kind, "due": iso(row.due), "order": key.number if key else None}


def _todo(row: Any) -> Facts:
    key = text_order(row.order_key)
    order = key.number if key else None
    return {"id": row.id, "what": row.what, "due": iso(row.due), "order": order}


def _recent(conn: Connection, since: datetime) -> Facts:
    return {"decided": journal.outcome_counts(conn, since), "sent": journal.sent_since(conn, since)}


def _orders(conn: Connection) -> Facts:
    last = orders.last_import(conn)
    imported = {"file": last.name, "at": iso(last.at)} if last else None
    return {"count": orders.count(conn), "last_import": imported}


def _disk_free(path: Path) -> int | None:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return None


# ------------------------------------------------------------------------------ for people

MOST = 20  # replies shown
NARROW = 70  # columns; below, the order number is left out


def show(facts: Facts, zone: str, console: Terminal) -> None:
    console.print(f"[bold]{plain(mode_line(facts, zone))}[/]")
    _show_health(facts, console)
    _show_waiting(facts, zone, console)
    on_the_way_shown(facts, zone, console)
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
            row["situation"] + (" [yellow]limit full[/]" if row.get("limit_full_until") else ""),
            *((row["order"] or "?",) if console.width >= NARROW else ()),
            plain(row["subject"]),
        )
        table.add_row(*cells)
    return table


def _show_duties(facts: Facts, zone: str, console: Terminal) -> None:
    for title, rows in (("You have promised", facts["promises"]), ("To do", facts["todos"])):
        if rows:
            console.print(f"\n[bold]{title}:[/]")
        for row in rows:
            what = (row.get("kind") or row.get("what") or "").replace("_", " ")
            left = until(row["due"], facts["now"])
            about = f"  order {row['order']}" if row["order"] else ""
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
    lines = (
        f"last 24 hours: mails decided: {decided or 'none'} · replies sent: {sent or 'none'}",
        *by_itself_lines(facts, zone),
        f"mode {facts['mode']} · {count(book['count'], 'order')} in the book{export}",
        " · ".join(boxes),
    )
    console.print()
    for line in lines:
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
