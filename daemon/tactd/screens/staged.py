"""`tactd staged`: the replies that wait, from the shell. Approving and rejecting are the moves of
files that the seller would make himself; nothing else happens here."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tactd.adapters.staging import Found, Staging
from tactd.adapters.staging.look import look_at
from tactd.adapters.store import Store, replies
from tactd.adapters.store.replies import Stored
from tactd.core.filing.judge import Lying, Trouble, explain, judge
from tactd.core.filing.words import Folder
from tactd.core.reach import pasted, place_of
from tactd.core.sheet.parse import parse
from tactd.core.types import Policy, ReplyState
from tactd.errors import TactdError
from tactd.flow.folders import filed_as
from tactd.screens.files import lies_in
from tactd.screens.on_the_way import limit_full, limits_full
from tactd.screens.status_shown import waiting_table
from tactd.screens.terminal import Terminal, clean
from tactd.screens.times import iso

Facts = dict[str, Any]

WAITING = (ReplyState.STAGED, ReplyState.HELD)


def listed(
    store: Store,
    root: Path | None = None,
    policy: Policy | None = None,
    now: datetime | None = None,
) -> list[Facts]:
    """With `policy` each says whether a limit is full for it now."""
    now = now or datetime.now(UTC)
    with store.read() as conn:
        found = replies.in_states(conn, *WAITING)
        full = limits_full(conn, found, policy, now) if policy else {}
        return [_row(stored, root) | limit_full(stored, full) for stored in found]


def _row(stored: Stored, root: Path | None) -> Facts:
    reply, place = stored.reply, lies_in(root, stored) if root else stored.folder
    return {
        "id": reply.id,
        "state": str(reply.state),
        "deadline": iso(reply.deadline),
        "situation": "+".join(reply.situations),
        "order": reply.order.number if reply.order else None,
        "to": place_of(reply.to, reply.order),
        "pasted": pasted(reply.to),
        "subject": reply.subject,
        "standing": list(stored.standing),
        "file": f"{place}/{stored.file_name}" if place else None,
    }


def text_of(store: Store, root: Path, name: str) -> str:
    """The file of a reply, as it lies there now."""
    stored = find(store, name)
    path = file_of(root, stored)
    return path.read_text(encoding="utf-8", errors="replace")


def move_all(
    store: Store, root: Path, names: tuple[str, ...], to: str, *, at_once: bool = False
) -> tuple[list[Facts], list[str]]:
    """Move the files of several replies; what was moved, and why the others were not. `at_once`:
    approved whatever the limits for unasked mail and the buyer's night say."""
    moved: list[Facts] = []
    problems: list[str] = []
    for name in names:
        try:
            moved.append(move(store, root, name, Folder(to), at_once=at_once))
        except TactdError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{name}: its file cannot be moved to {to}/: {error.strerror}")
    return moved, problems


def move(store: Store, root: Path, name: str, to: Folder, *, at_once: bool = False) -> Facts:
    """Move a reply's file, as `mv` would. Raises TactdError if it does not wait any more."""
    stored = find(store, name)
    number, state = stored.reply.id, stored.reply.state
    if state not in (*WAITING, ReplyState.FAILED):
        raise TactdError(f"reply {number} is {state} and cannot be moved: `tactd why {number}`")
    if state is ReplyState.HELD and to is Folder.APPROVED and not at_once:
        raise TactdError(_stays_held(stored))
    path = file_of(root, stored)
    if path.parent.name == to:
        raise TactdError(f"reply {number} lies in {to}/ already")
    looked = look_at(Folder(path.parent.name), path, path.lstat(), None)
    if looked is None:
        raise TactdError(f"{path} is being written just now; try again in a second")
    if to is Folder.APPROVED and (flaw := _not_to_be_sent(stored, looked[0])):
        raise TactdError(f"reply {number}: {flaw}")
    if at_once:
        with store.write() as conn:
            replies.change(conn, number, (*WAITING, ReplyState.FAILED), at_once=True)
    used = Staging(root).move(looked[0], to)
    return {"id": number, "file": f"{to}/{used}"}


def _not_to_be_sent(stored: Stored, file: Found) -> str:
    """Why the daemon would put this file into trouble/ if it lay in approved/; "" if it would
    not."""
    data = b"" if file.too_big or file.unreadable else file.data or b""
    lying = Lying(folder=Folder.APPROVED, name=file.name, parsed=parse(data))
    action = judge(lying, filed_as(stored))
    return explain(action, "en").replace("\n", " ") if isinstance(action, Trouble) else ""


def _stays_held(stored: Stored) -> str:
    number, at = stored.reply.id, stored.reply.next_attempt
    until = f" until {iso(at)}" if at else ""
    return f"reply {number} is held{until}: `tactd staged approve --now {number}` sends it now"


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
    """Raises TactdError where there is none."""
    number = stored.reply.id
    if not stored.folder or not stored.file_name:
        raise TactdError(f"reply {number} has no file yet; `tactd run` or `tactd once` writes it")
    place = lies_in(root, stored)
    if place is None:
        raise TactdError(
            f"{stored.file_name} lies in none of the folders of {root}; it has been renamed, moved "
            "away or deleted"
        )
    return root / place / stored.file_name


def show(rows: list[Facts], zone: str, console: Terminal) -> None:
    if not rows:
        console.print("No reply waits for you.")
        return
    console.print(waiting_table(rows, iso(datetime.now(UTC)), zone, console))
    elsewhere = [row for row in rows if row["file"] and not row["file"].startswith(row["state"])]
    for row in elsewhere:
        said = (
            f"{row['id']} lies in {row['file'].partition('/')[0]}/: tactd has not acted on it yet"
        )
        console.print(f"  {console.sign('note')} {said}")


def show_moved(moved: list[Facts], console: Terminal) -> None:
    for one in moved:
        console.print(clean(f"{one['id']} → {one['file']}"), markup=False)
