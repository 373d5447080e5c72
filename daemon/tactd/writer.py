"""The one thread that owns the store: a queue of work is fairer than lock errors, and the event
loop never waits for a disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Writer:
    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="writer")

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))

    def do_blocking(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """For other threads (never for the event loop)."""
        return self._pool.submit(work, *args, **kwargs).result()

    def close(self) -> None:
        self._pool.shutdown(wait=True)
