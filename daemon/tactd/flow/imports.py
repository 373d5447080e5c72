"""IMPORT: a marketplace's export file meets the order book."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from tactd import log
from tactd.adapters.exports import ExportFolder
from tactd.adapters.store import Store, journal, orders
from tactd.core.types import Order
from tactd.errors import TactdError
from tactd.flow.book import OtherOrderError, enter
from tactd.flow.buyers import note_large
from tactd.flow.read_export import read_export
from tactd.flow.told_cases import note_cases
from tactd.marketplaces import Export, Problem
from tactd.marketplaces.generic.form import Form

AT_ONCE = 500  # orders a transaction
# A flag: orders have changed, by whatever process, and drafts have not been compared with them.
BOOK_CHANGED = "book_changed"

Progress = Callable[[str, int, int], None]
"""Called now and then with "reading" or "writing", how much is done, and of how much (0: not
known)."""


def _silent(_doing: str, _done: int, _total: int) -> None: ...


def _tell_rows(progress: Progress, rows: int) -> None:
    progress("reading", rows, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file. `refused` says why nothing of it could be used."""

    name: str
    orders: int = 0
    changed: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""

    @property
    def fine(self) -> bool:
        return not self.refused and not self.problems

    def report(self) -> str:
        """For the seller, beside the file: what was wrong, line by line."""
        head = self.refused or f"{self.orders} orders imported; these rows could not be used:"
        return "\n".join([f"{self.name}: {head}", *map(str, self.problems), *self.notes]) + "\n"


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
    """Read one export into the book. The rows that cannot be used are listed, the rest counts;
    the same file again changes nothing. `forms` are those that the seller has described. `told`: he
    sees the result himself, so what is wrong need not wait for him in `tactd status`. Raises
    StoreError."""
    try:
        data, modified = folder.read(path)
        on_rows = partial(_tell_rows, progress)
        export = read_export(data, path.name, modified, on_rows, forms)
    except TactdError as error:
        result = Imported(name=path.name, refused=str(error))
    else:
        result = _write(store, path.name, export, now, progress)
    _note(store, result, now, told)
    return result


def import_folder(
    store: Store,
    folder: ExportFolder,
    now: datetime,
    progress: Progress = _silent,
    *,
    forms: Sequence[Form] = (),
) -> list[Imported]:
    """Everything that lies ready in the watched folder; each file is moved aside afterwards."""
    results = []
    for path in folder.ready(now):
        result = import_file(store, folder, path, now, progress, forms=forms)
        folder.set_aside(path, not result.refused, None if result.fine else result.report())
        results.append(result)
    return results


def book_changed(store: Store) -> str:
    """The change of the order book that drafts have yet to be compared with; "" if none."""
    with store.read() as conn:
        return journal.flags(conn, BOOK_CHANGED).get("", ("",))[0]


def compared(store: Store, change: str) -> None:
    """Drafts have been compared with the book as of that change, or a later one."""
    with store.write() as conn:
        journal.clear_flag(conn, BOOK_CHANGED, change)


def _write(store: Store, name: str, export: Export, now: datetime, progress: Progress) -> Imported:
    changed, total = 0, len(export.orders)
    clashes: list[Problem] = []
    for at in range(0, total, AT_ONCE):
        with store.write() as conn:
            some = export.orders[at : at + AT_ONCE]
            news = sum(_enter(conn, order, now, clashes) for order in some)
            if news:
                journal.set_flag(conn, BOOK_CHANGED, f"{now.isoformat()} {name} {at}", now)
        changed += news
        progress("writing", min(at + AT_ONCE, total), total)
    if changed:
        with store.write() as conn:
            note_large(conn, now)
    return Imported(
        name=name,
        orders=total - len(clashes),
        changed=changed,
        problems=(*export.problems, *clashes),
        notes=export.notes,
    )


def _enter(conn: Connection, order: Order, now: datetime, clashes: list[Problem]) -> bool:
    """Whether the book has changed. Another order of the same name is left out and told of."""
    try:
        changed = enter(conn, order, now)
    except OtherOrderError as error:
        clashes.append(Problem(0, str(error)))
        return False
    if changed and order.cases:
        note_cases(conn, order.key, now)
    return changed


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
        orders.note_import(conn, result.name, now, result.orders, result.changed, said)
        if result.fine:
            journal.resolve(conn, "export", result.name, now)
        elif not told:
            detail = result.refused or f"{len(result.problems)} rows could not be used"
            journal.report(conn, "export", result.name, detail, now)
