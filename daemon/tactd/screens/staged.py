"""`tactd staged`: the replies that wait, from the shell. Approving and rejecting are the moves of
files that the seller would make himself; nothing else happens here."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tactd.adapters.staging import Staging
from tactd.adapters.store import Store, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing_words import Folder
from tactd.core.types import ReplyState
from tactd.errors import TactdError

Facts = dict[str, Any]

WAITING = (ReplyState.STAGED, ReplyState.HELD)


def listed(store: Store) -> list[Facts]:
    with store.read() as conn:
        return [_row(stored) for stored in replies.in_states(conn, *WAITING)]


def _row(stored: Stored) -> Facts:
    reply = stored.reply
    return {
        "id": reply.id,
        "state": str(reply.state),
        "deadline": reply.deadline.isoformat(timespec="seconds"),
        "situation": "+".join(reply.situations),
        "order": reply.order.number if reply.order else None,
        "to": reply.to.value,
        "subject": reply.subject,
        "file": f"{stored.folder}/{stored.file_name}" if stored.folder else None,
    }


def text_of(store: Store, root: Path, name: str) -> str:
    """The file of a reply, as it lies there now."""
    stored = find(store, name)
    path = file_of(root, stored)
    return path.read_text(encoding="utf-8", errors="replace")


def move(store: Store, root: Path, name: str, to: Folder, now: datetime) -> Facts:
    """Move a reply's file, as `mv` would. Raises TactdError if it does not wait any more."""
    stored = find(store, name)
    if stored.reply.state not in (*WAITING, ReplyState.FAILED):
        raise TactdError(f"reply {stored.reply.id} is {stored.reply.state}; it waits for nothing")
    path = file_of(root, stored)
    staging = Staging(root)
    found = next((one for one in staging.scan(now) if one.name == path.name), None)
    if found is None:
        raise TactdError(f"{path} is being written just now; try again in a second")
    used = staging.move(found, to)
    return {"id": stored.reply.id, "file": f"{to}/{used}"}


def find(store: Store, name: str) -> Stored:
    """A reply by its number, as `12` or `12-kqx`, or by its file's name."""
    digits = name.partition("-")[0]
    with store.read() as conn:
        if digits.isdecimal() and not name.endswith(".txt"):
            stored = replies.get(conn, int(digits))
        else:
            stored = replies.by_file(conn, Path(name).name)
    if stored is None:
        raise TactdError(f"there is no reply {name}; `tactd staged` lists those that wait")
    return stored


def file_of(root: Path, stored: Stored) -> Path:
    if not stored.folder or not stored.file_name:
        raise TactdError(f"reply {stored.reply.id} has no file yet; is tactd running?")
    path = root / stored.folder / stored.file_name
    if not path.exists():
        raise TactdError(f"{path} is not there any more; it has been moved or deleted")
    return path


def show(rows: list[Facts], console: Console) -> None:
    if not rows:
        console.print("No reply waits for you.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("id", "answer by", "situation", "order", "to", "file"):
        table.add_column(name, overflow="fold")
    for row in rows:
        when = row["deadline"][:16].replace("T", " ")
        cells = (str(row["id"]), when, row["situation"], row["order"] or "?", row["to"])
        table.add_row(*cells, row["file"] or "")
    console.print(table)
