"""A large export is read by other processes while this one writes.

One looks through it (marketplaces/survey.py); then two read its parts, which come back ready for
the book. Whatever the size of the file, this process holds a few parts of it; and the others end
with this one, however it ends.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from tactd.adapters.exports import ExportFile
from tactd.flow import reading_there as there
from tactd.flow.reading_there import AT_ONCE, Batch, Looked
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.survey import parts
from tactd.marketplaces.workbook import is_workbook

LARGE = 2 * 1024 * 1024  # bytes; smaller ones are read within a fraction of a second
LARGE_WORKBOOK = LARGE // 8  # it is packed
PROCESSES = 2
AHEAD = 4  # parts given out at a time: nobody waits for this process while it writes

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
        yield pool.submit(there.read_whole, file, forms, now)
    finally:
        pool.shutdown(wait=False)


def _workbook(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    with _others(1, file, forms, now, None) as pool:
        opened = pool.submit(there.open_workbook)
        yield opened
        for at in range(0, max(1, opened.result()), AT_ONCE):
            yield pool.submit(there.next_orders, at)


def _table(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    with _others(1, file, forms, now, None) as pool:
        looking = pool.submit(there.look)
        yield looking
        looked = looking.result()
    given: deque[Future[list[Batch]]] = deque()
    with _others(PROCESSES, file, forms, now, looked) as pool:
        for part in parts(looked.found, file.lines(*looked.encoding)):
            given.append(pool.submit(there.read_rows, part))
            if len(given) > AHEAD:
                yield given.popleft()
        for bucket in range(looked.found.buckets):
            given.append(pool.submit(there.read_scattered, bucket))
            if len(given) > AHEAD:
                yield given.popleft()
        yield from given


@contextmanager
def _others(
    processes: int, file: ExportFile, forms: Sequence[Form], now: datetime, looked: Looked | None
) -> Generator[ProcessPoolExecutor, None, None]:
    """They end when this end of the pipe is closed: here, or by the end of this process."""
    theirs, ours = multiprocessing.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),  # threads run here: no fork
        initializer=there.begin,
        initargs=(theirs, file, tuple(forms), now, looked),
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        ours.close()
        theirs.close()
