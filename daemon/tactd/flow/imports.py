"""IMPORT: a marketplace's export file meets the order book."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import BrokenExecutor, Future, wait
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.exports import ExportFolder
from tactd.adapters.store import Store, flags, journal, orders
from tactd.core.counted import count
from tactd.errors import StoreError, TactdError
from tactd.flow.buyers import note_large
from tactd.flow.imported import Imported, SoFar
from tactd.flow.reading_apart import Batches, batches
from tactd.flow.reading_there import Batch
from tactd.flow.shelve import shelve
from tactd.flow.thrown_away import forget_mended
from tactd.flow.told_cases import note_cases
from tactd.marketplaces import Problem
from tactd.marketplaces.generic.form import Form

TOGETHER = 2  # batches a transaction
MANY = 5000  # rows: below it is over at once
# A flag: orders have changed, by whatever process, and drafts have not been compared with them.
BOOK_CHANGED = "book_changed"
IMPORTING = "importing"  # flag: how far a large file has been read, as JSON
_NEWS = timedelta(hours=2)

Progress = Callable[[str, int, int], None]
"""Called now and then with "reading" or "writing", how many rows are done, and of how many (0: not
known)."""


def _silent(_doing: str, _done: int, _total: int) -> None: ...


Steps = Generator["Future[Any] | None", None, Imported]
"""An import, step by step: each writes for a moment. What is yielded is to be waited for before the
next one, outside of the thread that owns the store; None: others may have their turn."""


def import_file(
    store: Store,
    folder: ExportFolder,
    path: Path,
    now: datetime,
    progress: Progress = _silent,
    *,
    forms: Sequence[Form] = (),
    told: bool = False,
) -> Imported:
    """`importing`, in one go."""
    steps = importing(store, folder, path, now, progress, forms=forms, told=told)
    with contextlib.closing(steps):
        while not isinstance(ahead := next_step(steps), Imported):
            if ahead is not None:
                wait([ahead])
        return ahead


def next_step(steps: Steps) -> Future[Any] | Imported | None:
    """What is to be waited for; or the result, after the last one."""
    try:
        return next(steps)
    except StopIteration as over:
        result: Imported = over.value
        return result


def importing(
    store: Store,
    folder: ExportFolder,
    path: Path,
    now: datetime,
    progress: Progress = _silent,
    *,
    forms: Sequence[Form] = (),
    told: bool = False,
) -> Steps:
    """Read one export into the book. The rows that cannot be used are listed, the rest counts;
    the same file again changes nothing. `forms` are those that the seller has described. `told`: he
    sees the result himself, so what is wrong need not wait for him in `tactd status`. Raises
    StoreError."""
    so_far = SoFar(path.name)
    try:
        file = folder.open(path)
        with contextlib.closing(batches(file, forms, now)) as ahead:
            progress("reading", 0, 0)
            yield from _write(store, ahead, so_far, now, progress)
        so_far.refused = "" if file.unchanged() else f"{path.name} was written again while read"
    except StoreError:
        raise
    except TactdError as error:
        so_far.refused = str(error)
    except (BrokenExecutor, MemoryError) as error:
        log.failure("reading_failed", error)
        so_far.refused = f"{path.name} takes more memory than any export does, or it is damaged"
    if so_far.changed:
        with store.write() as conn:
            note_large(conn, now)
    result = so_far.result()
    _note(store, result, now, told)
    return result


def set_aside(folder: ExportFolder, path: Path, result: Imported) -> None:
    """What has been read leaves the watched folder. Raises OSError."""
    folder.set_aside(path, not result.refused, None if result.fine else result.report())


def book_changed(store: Store) -> str:
    """The change of the order book that drafts have yet to be compared with; "" if none."""
    with store.read() as conn:
        return flags.under(conn, BOOK_CHANGED).get("", ("",))[0]


def compared(store: Store, change: str) -> None:
    """Drafts have been compared with the book as of that change, or a later one."""
    with store.write() as conn:
        flags.drop(conn, BOOK_CHANGED, change)


def _write(
    store: Store, ahead: Batches, so_far: SoFar, now: datetime, progress: Progress
) -> Generator[Future[Any] | None, None, None]:
    waiting: list[Batch] = []
    for future in ahead:
        yield future
        if isinstance(some := future.result(), list):
            waiting += some
        while len(waiting) >= TOGETHER:
            _write_some(store, waiting[:TOGETHER], so_far, now, progress)
            del waiting[:TOGETHER]
            yield None
    if waiting:
        _write_some(store, waiting, so_far, now, progress)


def _write_some(
    store: Store, some: Sequence[Batch], so_far: SoFar, now: datetime, progress: Progress
) -> None:
    """In one transaction, which takes a fraction of a second: a commit waits for the disk."""
    with store.write() as conn:
        for batch in some:
            _shelve(conn, batch, so_far, now)
        _note_progress(conn, so_far.name, some[-1], now)
    progress("writing", some[-1].done, some[-1].total)


def _shelve(conn: Connection, batch: Batch, so_far: SoFar, now: datetime) -> None:
    entered = shelve(conn, batch.shelf, now)
    so_far.read(batch)
    for key in entered.cases:
        note_cases(conn, key, now)
    if entered.changed:
        change = f"{now.isoformat()} {so_far.name} {so_far.orders}"
        flags.put(conn, BOOK_CHANGED, change, now)
    so_far.orders += len(batch.shelf.orders) - len(entered.clashes)
    so_far.changed += entered.changed
    for clash in entered.clashes:
        so_far.problem(Problem(0, clash))


def _note_progress(conn: Connection, name: str, batch: Batch, now: datetime) -> None:
    """For `tactd status`, while a large file is read."""
    if batch.total > MANY:
        said = {"file": name, "rows": batch.done, "of": batch.total}
        flags.put(conn, IMPORTING, json.dumps(said, ensure_ascii=False), now)


def under_way(conn: Connection, now: datetime) -> dict[str, Any] | None:
    """The large file that is being read: `file`, `rows`, `of`; None if there is none. What has been
    left by a process that was killed is soon no news."""
    said = flags.get(conn, IMPORTING)
    return json.loads(said[0]) if said and now - said[1] < _NEWS else None


def _note(store: Store, result: Imported, now: datetime, told: bool) -> None:
    problems = [[one.line, one.reason] for one in result.problems]
    if result.refused:
        problems.append([0, result.refused])
    log.event(
        "export_imported",
        level="info" if result.fine else "warning",
        name=result.name,
        orders=result.orders,
        changed=result.changed,
        problems=len(problems),
    )
    said = json.dumps(problems, ensure_ascii=False)
    with store.write() as conn:
        if under_way := flags.get(conn, IMPORTING):
            flags.drop(conn, IMPORTING, under_way[0])
        orders.note_import(conn, result.name, now, result.orders, result.changed, said)
        if result.fine:
            forget_mended(conn, result.name, now)
        elif not told:
            detail = result.refused or f"{count(len(result.problems), 'row')} could not be used"
            journal.report(conn, "export", result.name, detail, now)
