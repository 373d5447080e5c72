"""`tactd status`: is everything all right, and what waits for me?"""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from tactd.adapters import lock
from tactd.adapters.store import Store, inbound, journal, orders, replies, text_order
from tactd.adapters.store.replies import Stored
from tactd.config import Config
from tactd.core.types import ReplyState
from tactd.screens.why import plain
from tactd.service import HEALTH

Facts = dict[str, Any]

LITTLE_SPACE = 500 << 20  # bytes


def gather(store: Store, config: Config, now: datetime) -> Facts:
    with store.read() as conn:
        return {
            "now": _iso(now),
            "running": lock.holder(config.store.path) or None,
            "mode": str(config.replies.mode),
            "mailboxes": _mailboxes(conn, config),
            "waiting": [_waiting(one, now) for one in replies.in_states(conn, ReplyState.STAGED)],
            "held": [_waiting(one, now) for one in replies.in_states(conn, ReplyState.HELD)],
            "on_their_way": [_waiting(one, now) for one in replies.in_states(conn, *_UNDER_WAY)],
            "trouble": _troubles(conn),
            "promises": [_promise(row) for row in journal.open_promises(conn)],
            "todos": [_todo(row) for row in journal.open_todos(conn)],
            "unread": inbound.new_count(conn),
            "last_24_hours": _recent(conn, now - timedelta(hours=24)),
            "orders": _orders(conn),
            "disk_free": _disk_free(config.store.path),
        }


_UNDER_WAY = (ReplyState.APPROVED, ReplyState.READY, ReplyState.SENDING)


def _mailboxes(conn: Connection, config: Config) -> list[Facts]:
    said = journal.flags(conn, HEALTH)
    return [
        {"name": box.name, **(json.loads(said[box.name][0]) if box.name in said else _UNSEEN)}
        for box in config.mailboxes
    ]


_UNSEEN: Facts = {"state": "not started", "problem": "", "caught_up": False, "backlog": [0, 0]}


def _waiting(one: Stored, now: datetime) -> Facts:
    reply = one.reply
    return {
        "id": reply.id,
        "state": str(reply.state),
        "deadline": _iso(reply.deadline),
        "overdue": reply.deadline < now,
        "situation": "+".join(reply.situations),
        "order": reply.order.number if reply.order else None,
        "to": reply.to.value,
        "subject": reply.subject,
        "file": f"{one.folder}/{one.file_name}" if one.folder else None,
        "note": reply.note,
        "next_attempt": _iso(reply.next_attempt) if reply.next_attempt else None,
    }


def _troubles(conn: Connection) -> list[Facts]:
    said = [
        {"what": row.what, "about": row.about, "detail": row.detail, "since": _iso(row.at)}
        for row in journal.open_troubles(conn)
    ]
    failed = replies.in_states(conn, ReplyState.FAILED, ReplyState.UNCLEAR)
    return said + [
        {
            "what": f"reply_{one.reply.state}",
            "about": f"reply {one.reply.id}",
            "detail": one.reply.note,
            "since": _iso(one.reply.created),
        }
        for one in failed
    ]


def _promise(row: Any) -> Facts:
    key = text_order(row.order_key)
    return {"kind": row.kind, "due": _iso(row.due), "order": key.number if key else None}


def _todo(row: Any) -> Facts:
    key = text_order(row.order_key)
    order = key.number if key else None
    return {"id": row.id, "what": row.what, "due": _iso(row.due), "order": order}


def _recent(conn: Connection, since: datetime) -> Facts:
    return {"decided": journal.outcome_counts(conn, since), "sent": journal.sent_since(conn, since)}


def _orders(conn: Connection) -> Facts:
    last = orders.last_import(conn)
    imported = {"file": last.name, "at": _iso(last.at)} if last else None
    return {"count": orders.count(conn), "last_import": imported}


def _disk_free(path: Path) -> int | None:
    try:
        return shutil.disk_usage(path.parent).free
    except OSError:
        return None


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


# ------------------------------------------------------------------------------ for people


def show(facts: Facts, zone: str, console: Console) -> None:
    _show_health(facts, console)
    _show_waiting(facts, ZoneInfo(zone), console)
    _show_rest(facts, ZoneInfo(zone), console)


def problems(facts: Facts) -> list[str]:
    """What is not all right, one line each."""
    found = [
        f"mailbox {one['name']}: {one['problem']}" for one in facts["mailboxes"] if one["problem"]
    ]
    found += [f"{one['what']} ({one['about']}): {one['detail']}" for one in facts["trouble"]]
    if facts["running"] is None:
        found.append("tactd is not running: start it with `tactd run`")
    if facts["disk_free"] is not None and facts["disk_free"] < LITTLE_SPACE:
        found.append(f"the disk is nearly full: {facts['disk_free'] >> 20} MB left")
    if facts["orders"]["count"] == 0:
        found.append("the order book is empty: drop an orders export into the orders folder")
    return found


def _show_health(facts: Facts, console: Console) -> None:
    wrong = problems(facts)
    if wrong:
        console.print("[bold red]Something needs you:[/]")
        for one in wrong:
            console.print(f"  ! {plain(one)}", highlight=False)
    else:
        console.print("[bold green]Everything is all right.[/]")
    boxes = ", ".join(f"{one['name']} {one['state']}{_progress(one)}" for one in facts["mailboxes"])
    console.print(
        f"[dim]mode {facts['mode']} · {plain(boxes)} · {facts['orders']['count']} orders[/]"
    )


def _progress(box: Facts) -> str:
    done, total = box["backlog"]
    return f" ({done} of {total})" if total else ""


def _show_waiting(facts: Facts, zone: ZoneInfo, console: Console) -> None:
    rows = facts["waiting"]
    if not rows:
        console.print("\nNo reply waits for you.")
        return
    console.print(f"\n[bold]{len(rows)} replies wait for you[/], nearest deadline first:")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("id", "answer by", "situation", "order", "to", "file"):
        table.add_column(name, overflow="fold" if name == "file" else "ellipsis")
    for row in rows[:30]:
        due = _local(row["deadline"], zone) + (" [red]overdue[/]" if row["overdue"] else "")
        table.add_row(
            str(row["id"]), due, row["situation"], row["order"] or "?", row["to"], row["file"] or ""
        )
    console.print(table)
    if len(rows) > 30:
        console.print(f"… and {len(rows) - 30} more: `tactd staged list`")


def _show_rest(facts: Facts, zone: ZoneInfo, console: Console) -> None:
    for title, rows in (("Held", facts["held"]), ("On their way", facts["on_their_way"])):
        if rows:
            console.print(f"\n[bold]{title}[/]")
        for row in rows:
            again = f", next try {_local(row['next_attempt'], zone)}" if row["next_attempt"] else ""
            console.print(
                f"  {row['id']} {row['situation']} to {row['to']}{again}", highlight=False
            )
    for title, rows in (("Promised", facts["promises"]), ("To do", facts["todos"])):
        if rows:
            console.print(f"\n[bold]{title}[/]")
        for row in rows:
            what = row.get("kind") or row.get("what")
            console.print(
                f"  {_local(row['due'], zone)}  {what}  {row['order'] or ''}", highlight=False
            )
    recent = facts["last_24_hours"]
    went = ", ".join(f"{number} {by}" for by, number in recent["sent"].items()) or "nothing"
    came = ", ".join(f"{number} {what}" for what, number in recent["decided"].items()) or "nothing"
    console.print(f"\n[dim]last 24 hours: decided {came}; went out {went}[/]")


def _local(iso: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(iso).astimezone(zone):%Y-%m-%d %H:%M}"
