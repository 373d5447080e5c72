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
from itertools import islice
from multiprocessing.connection import Connection

from tactd.adapters.exports import ExportFile
from tactd.flow.read_export import read_export
from tactd.flow.shelve import Shelf, shelf
from tactd.marketplaces import Export, NotAnExportError, Problem, readers
from tactd.marketplaces.encodings import Encoding
from tactd.marketplaces.export import of_no_form
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.halves import Second, first_half, joined, second_half
from tactd.marketplaces.survey import Looking, Part, Survey, read_part, scattered, survey
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
    encoding: tuple[str, int] | None = None
    half: Looking | None = None
    looked: Looked | None = None
    export: Export | None = None


_there: _There | None = None


def begin(pipe: Connection, file: ExportFile, forms: tuple[Form, ...], now: datetime) -> None:
    global _there
    _there = _There(file, forms, now)
    threading.Thread(target=_end_with, args=(pipe,), daemon=True).start()
    with contextlib.suppress(OSError, ValueError):  # bound more tightly from outside
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    gc.freeze()
    gc.set_threshold(2_000_000, 20, 20)  # a part makes and drops fewer; hardly any is a cycle


def know(looked: Looked) -> None:
    """What `look` has found, perhaps in another process."""
    assert _there is not None
    _there.looked = looked


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


def look_at_first_half() -> None:
    assert _there is not None
    file, (encoding, skip) = _there.file, _encoding(_there)
    if encoding == "utf-8":
        sample = _sample(file, encoding, skip)
        reader = readers(_there.forms)[_which(sample, file.path.name, _there.forms)]
        size = file.size // 2 - skip
        _there.half = first_half(reader, sample, file.lines(encoding, skip), size)


def look_at_second_half() -> Second | None:
    """What is seen of it, if the file is in UTF-8."""
    assert _there is not None
    file = _there.file
    sample = _sample(file, "utf-8", 0)
    try:
        reader = readers(_there.forms)[_which(sample, file.path.name, _there.forms)]
    except NotAnExportError:
        return None
    return second_half(reader, sample, file.lines("utf-8", file.size // 2))


def look(second: Second | None = None) -> Looked:
    """At the whole, where the halves do not tell."""
    assert _there is not None
    file, (encoding, skip) = _there.file, _encoding(_there)
    sample, name = _sample(file, encoding, skip), file.path.name
    which = _which(sample, name, _there.forms)
    one, found = _there.half, None
    if one is not None and second is not None:
        top = "".join(islice(file.lines(encoding, skip), one.table.top))
        found = joined(one, second, top, name, file.modified)
    _there.half = None
    if found is None:
        reader = readers(_there.forms)[which]
        found = survey(reader, sample, lambda: file.lines(encoding, skip), name, file.modified)
    return Looked(which, (encoding, skip), found)


def _encoding(there: _There) -> tuple[str, int]:
    """Raises NotAnExportError for what is no table at all."""
    if there.encoding is None:
        refuse_what_is_no_table(there.file.start(SAMPLE))
        finding = Encoding()
        for piece in there.file.pieces():
            finding.feed(piece)
        there.encoding = finding.found()
    return there.encoding


def _sample(file: ExportFile, encoding: str, skip: int) -> bytes:
    text = file.start(SAMPLE)[skip:].decode(encoding, "replace").removeprefix("\ufeff")
    return MARK + text[: text.rfind("\n") + 1 or None].encode("utf-8", "replace")


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
    reader = readers(_there.forms)[looked.which]
    export = _as_read(read_part(reader, part, name, looked.found), looked)
    return [_batch(export, _there.now, part.end, looked.found.cuts[-1])]


def _as_read(export: Export, looked: Looked) -> Export:
    encoding, _ = looked.encoding
    said = () if encoding == "utf-8" else (f"read as {encoding}",)
    return replace(export, notes=(*said, *export.notes))


def read_scattered(bucket: int) -> list[Batch]:
    assert _there is not None and _there.looked is not None
    looked, file = _there.looked, _there.file
    lines: Iterable[str] = file.lines(*looked.encoding)
    reader = readers(_there.forms)[looked.which]
    part = scattered(reader, looked.header, looked.found, lines, bucket)
    export = read_part(reader, part, file.path.name, looked.found, bucket)
    return [_batch(export, _there.now, looked.found.cuts[-1], looked.found.cuts[-1])]
