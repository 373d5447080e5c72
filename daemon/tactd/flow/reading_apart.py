"""A large export is read by other processes while this one writes.

One looks through it (marketplaces/survey.py); then two read its parts, which come back ready for
the book. Whatever the size of the file, this process holds a few parts of it; and the others end
with this one, however it ends.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import resource
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from tactd.adapters.exports import ExportFile
from tactd.flow.read_export import read_export
from tactd.flow.shelve import Shelf, shelf
from tactd.marketplaces import Export, NotAnExportError, Problem, readers
from tactd.marketplaces.encodings import Encoding
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.survey import Part, Survey, parts, read_part, scattered, survey
from tactd.marketplaces.tables import refuse_what_is_no_table
from tactd.marketplaces.workbook import is_workbook

LARGE = 2 * 1024 * 1024  # bytes; smaller ones are read within a fraction of a second
LARGE_WORKBOOK = LARGE // 8  # it is packed
PROCESSES = 2
AHEAD = 2  # parts given out at a time
SAMPLE = 4 * 1024 * 1024  # bytes from the top; the header is in it
MEMORY = 1024 * 1024 * 1024  # bytes of addresses a process
AT_ONCE = 500  # orders
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
class _Looked:
    """What the first look at a file has found."""

    which: int  # reader
    encoding: tuple[str, int]
    found: Survey

    @property
    def header(self) -> bytes:
        return MARK + self.found.top.encode("utf-8", "replace")


Batches = Generator["Future[Any]", None, None]
"""What is to be waited for. Those that end in a list of Batch are to be written, others are not."""


def batches(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    """Everything that the file says. Waiting, or writing, is done by whoever asks for more. Raises
    ExportFileError, NotAnExportError."""
    workbook = is_workbook(file.start(8))
    if file.size < (LARGE_WORKBOOK if workbook else LARGE):
        yield from _here(file, forms, now)
    elif workbook:
        yield from _workbook(file, forms, now)
    else:
        yield from _table(file, forms, now)


def _here(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    """In another thread of this process: the writer has other things to do."""
    pool = ThreadPoolExecutor(1, thread_name_prefix="export")
    try:
        yield pool.submit(_read_whole, file, forms, now)
    finally:
        pool.shutdown(wait=False)


def _workbook(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    with _others(1, file, forms, now, None) as pool:
        opened = pool.submit(_open)
        yield opened
        for at in range(0, max(1, opened.result()), AT_ONCE):
            yield pool.submit(_next, at)


def _table(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    with _others(1, file, forms, now, None) as pool:
        looking = pool.submit(_look)
        yield looking
        looked = looking.result()
    given: deque[Future[list[Batch]]] = deque()
    with _others(PROCESSES, file, forms, now, looked) as pool:
        for part in parts(looked.found, file.lines(*looked.encoding)):
            given.append(pool.submit(_read, part))
            if len(given) > AHEAD:
                yield given.popleft()
        for bucket in range(looked.found.buckets):
            given.append(pool.submit(_read_scattered, bucket))
            if len(given) > AHEAD:
                yield given.popleft()
        yield from given


@contextmanager
def _others(
    processes: int, file: ExportFile, forms: Sequence[Form], now: datetime, looked: _Looked | None
) -> Generator[ProcessPoolExecutor, None, None]:
    """They end when this end of the pipe is closed: here, or by the end of this process."""
    theirs, ours = multiprocessing.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),  # threads run here: no fork
        initializer=_begin,
        initargs=(theirs, file, tuple(forms), now, looked),
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        ours.close()
        theirs.close()


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


def _read_whole(file: ExportFile, forms: Sequence[Form], now: datetime) -> list[Batch]:
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


# ------------------------------------------------------------------------------ over there


@dataclass(slots=True)
class _There:
    file: ExportFile
    forms: tuple[Form, ...]
    now: datetime
    looked: _Looked | None
    export: Export | None = None

    @property
    def reader(self) -> Reader:
        assert self.looked is not None
        return readers(self.forms)[self.looked.which]


_there: _There | None = None


def _begin(
    pipe: Connection,
    file: ExportFile,
    forms: tuple[Form, ...],
    now: datetime,
    looked: _Looked | None,
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


def _open() -> int:
    """Reads a workbook; how many orders it has."""
    assert _there is not None
    file = _there.file
    data = file.start(file.size)
    export = read_export(data, file.path.name, file.modified, None, _there.forms)
    _there.export = _noted(export)
    return len(export.orders)


def _next(at: int) -> list[Batch]:
    assert _there is not None and _there.export is not None
    return [_some(_there.export, at, _there.now)]


def _look() -> _Looked:
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
    return _Looked(which, (encoding, skip), found)


def _which(sample: bytes, name: str, forms: Sequence[Form]) -> int:
    missed = []
    for which, reader in enumerate(readers(forms)):
        try:
            reader.table(sample)
            return which
        except NotAnExportError as error:
            missed.append(f"{reader.name}: {error}")
    raise NotAnExportError(f"{name} is not an order export that tactd knows ({'; '.join(missed)})")


def _read(part: Part) -> list[Batch]:
    assert _there is not None and _there.looked is not None
    looked, name = _there.looked, _there.file.path.name
    export = _as_read(read_part(_there.reader, part, name, looked.found), looked)
    return [_batch(export, _there.now, part.end, looked.found.cuts[-1])]


def _as_read(export: Export, looked: _Looked) -> Export:
    encoding, _ = looked.encoding
    said = () if encoding == "utf-8" else (f"read as {encoding}",)
    return replace(export, notes=(*said, *export.notes))


def _read_scattered(bucket: int) -> list[Batch]:
    assert _there is not None and _there.looked is not None
    looked, file = _there.looked, _there.file
    lines: Iterable[str] = file.lines(*looked.encoding)
    part = scattered(_there.reader, looked.header, looked.found, lines, bucket)
    export = read_part(_there.reader, part, file.path.name, looked.found, bucket)
    return [_batch(export, _there.now, looked.found.cuts[-1], looked.found.cuts[-1])]
