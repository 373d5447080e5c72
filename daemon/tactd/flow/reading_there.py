"""What the processes do that read a large export for another one (reading_apart.py): one file each
time, in parts, each of which goes back ready for the book."""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection

from tactd.adapters.exports import ExportFile
from tactd.flow.read_export import read_export
from tactd.flow.shelve import Shelf, shelf
from tactd.marketplaces import Export, NotAnExportError, Problem, readers
from tactd.marketplaces.encodings import Encoding
from tactd.marketplaces.export import of_no_form
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.survey import Part, Survey, read_part, scattered, survey
from tactd.marketplaces.tables import refuse_what_is_no_table

SAMPLE = 4 * 1024 * 1024  # bytes from the top; the header is in it
MEMORY = 1024 * 1024 * 1024  # bytes of addresses a process
AT_ONCE = 1000  # orders a batch
MARK = "\ufeff".encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What some rows of a file say, ready for the book."""

    shelf: Shelf
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: int = 0
    records: int = 0
    promised: int = 0
    done: int = 0  # rows, or orders, of the file read so far
    total: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What the first look at a file has found."""

    which: int  # reader
    encoding: tuple[str, int]
    found: Survey

    @property
    def header(self) -> bytes:
        return MARK + self.found.top.encode("utf-8", "replace")


def _batch(export: Export, now: datetime, done: int, total: int) -> Batch:
    return Batch(
        shelf=shelf(export.orders, now),
        problems=export.problems,
        notes=export.notes,
        left_out=export.left_out,
        records=export.records,
        promised=export.promised,
        done=done,
        total=total,
    )


def read_whole(file: ExportFile, forms: Sequence[Form], now: datetime) -> list[Batch]:
    data = file.start(file.size)
    export = _noted(read_export(data, file.path.name, file.modified, None, forms))
    return [_some(export, at, now) for at in range(0, max(1, len(export.orders)), AT_ONCE)]


def _some(export: Export, at: int, now: datetime) -> Batch:
    upto = min(at + AT_ONCE, len(export.orders))
    some = replace(export, orders=export.orders[at:upto])
    if at:
        some = replace(some, problems=(), notes=())
    return _batch(some, now, upto, len(export.orders))


def _noted(export: Export) -> Export:
    """Read in one piece, it has said in its notes what is to be summed up of parts."""
    return replace(export, left_out=0, records=0, promised=0)


@dataclass(slots=True)
class _There:
    file: ExportFile
    forms: tuple[Form, ...]
    now: datetime
    looked: Looked | None
    export: Export | None = None

    @property
    def reader(self) -> Reader:
        assert self.looked is not None
        return readers(self.forms)[self.looked.which]


_there: _There | None = None


def begin(
    pipe: Connection,
    file: ExportFile,
    forms: tuple[Form, ...],
    now: datetime,
    looked: Looked | None,
) -> None:
    global _there
    _there = _There(file, forms, now, looked)
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    with contextlib.suppress(OSError, ValueError):  # bound more tightly from outside
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.freeze()
    gc.set_threshold(2_000_000, 20, 20)  # a part makes and drops fewer; hardly any is a cycle


def _end_with(pipe: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        pipe.recv_bytes()  # nothing ever comes but the end
    os._exit(0)


def open_workbook() -> int:
    """Reads a workbook; how many orders it has."""
    assert _there is not None
    file = _there.file
    data = file.start(file.size)
    export = read_export(data, file.path.name, file.modified, None, _there.forms)
    _there.export = _noted(export)
    return len(export.orders)


def next_orders(at: int) -> list[Batch]:
    assert _there is not None and _there.export is not None
    return [_some(_there.export, at, _there.now)]


def look() -> Looked:
    assert _there is not None
    file, finding = _there.file, Encoding()
    start = file.start(SAMPLE)
    refuse_what_is_no_table(start)
    for piece in file.pieces():
        finding.feed(piece)
    encoding, skip = finding.found()
    text = start[skip:].decode(encoding, "replace")
    sample = MARK + text[: text.rfind("\n") + 1 or None].encode("utf-8", "replace")
    which = _which(sample, file.path.name, _there.forms)
    found = survey(
        readers(_there.forms)[which],
        sample,
        lambda: file.lines(encoding, skip),
        file.path.name,
        file.modified,
    )
    return Looked(which, (encoding, skip), found)


def _which(sample: bytes, name: str, forms: Sequence[Form]) -> int:
    missed = {}
    for which, reader in enumerate(readers(forms)):
        try:
            reader.table(sample)
            return which
        except NotAnExportError as error:
            missed[reader.name] = error
    raise of_no_form(name, missed)


def read_rows(part: Part) -> list[Batch]:
    assert _there is not None and _there.looked is not None
    looked, name = _there.looked, _there.file.path.name
    export = _as_read(read_part(_there.reader, part, name, looked.found), looked)
    return [_batch(export, _there.now, part.end, looked.found.cuts[-1])]


def _as_read(export: Export, looked: Looked) -> Export:
    encoding, _ = looked.encoding
    said = () if encoding == "utf-8" else (f"read as {encoding}",)
    return replace(export, notes=(*said, *export.notes))


def read_scattered(bucket: int) -> list[Batch]:
    assert _there is not None and _there.looked is not None
    looked, file = _there.looked, _there.file
    lines: Iterable[str] = file.lines(*looked.encoding)
    part = scattered(_there.reader, looked.header, looked.found, lines, bucket)
    export = read_part(_there.reader, part, file.path.name, looked.found, bucket)
    return [_batch(export, _there.now, looked.found.cuts[-1], looked.found.cuts[-1])]
