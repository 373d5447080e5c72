"""A large export is read by other processes while this one writes.

Two look through it first, each at one half (marketplaces/survey.py, halves.py); then they read its
parts, which come back ready for the book. Whatever the size of the file, this process holds a few
parts of it; and the others end with this one, however it ends.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import cycle
from typing import Any

from tactd.adapters.exports import ExportFile
from tactd.flow import reading_there as there
from tactd.flow.reading_there import AT_ONCE, Batch, Looked
from tactd.marketplaces.generic.form import Form
from tactd.marketplaces.halves import MOST_BYTES, Second
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
    with _others(1, file, forms, now) as (other,):
        opened = other.submit(there.open_workbook)
        yield opened
        for at in range(0, max(1, opened.result()), AT_ONCE):
            yield other.submit(there.next_orders, at)


def _table(file: ExportFile, forms: Sequence[Form], now: datetime) -> Batches:
    given: deque[Future[list[Batch]]] = deque()
    with _others(PROCESSES, file, forms, now) as others:
        looked = yield from _look(file, others)
        for other in others:
            other.submit(there.know, looked)
        turns = cycle(others)
        for part in parts(looked.found, file.lines(*looked.encoding)):
            given.append(next(turns).submit(there.read_rows, part))
            if len(given) > AHEAD:
                yield given.popleft()
        for bucket in range(looked.found.buckets):
            given.append(next(turns).submit(there.read_scattered, bucket))
            if len(given) > AHEAD:
                yield given.popleft()
        yield from given


def _look(
    file: ExportFile, others: Sequence[ProcessPoolExecutor]
) -> Generator[Future[Any], None, Looked]:
    one, other = others[0], others[-1]
    seen: Second | None = None
    if file.size <= MOST_BYTES:
        second = other.submit(there.look_at_second_half)
        first = one.submit(there.look_at_first_half)
        yield first
        first.result()
        yield second
        seen = second.result()
    looking = one.submit(there.look, seen)
    yield looking
    return looking.result()


@contextmanager
def _others(
    processes: int, file: ExportFile, forms: Sequence[Form], now: datetime
) -> Generator[list[ProcessPoolExecutor], None, None]:
    """Each has its own pool, so that what is said to one does not reach another. They end when this
    end of the pipe is closed: here, or by the end of this process."""
    theirs, ours = multiprocessing.Pipe(duplex=False)
    pools = [
        ProcessPoolExecutor(
            1,
            mp_context=multiprocessing.get_context("spawn"),  # threads run here: no fork
            initializer=there.begin,
            initargs=(theirs, file, tuple(forms), now),
        )
        for _ in range(processes)
    ]
    try:
        yield pools
    finally:
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
        ours.close()
        theirs.close()
