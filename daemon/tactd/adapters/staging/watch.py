"""When to look again: soon after something changed, and every 15 seconds in any case.

The watch is a hint only. Network shares report no changes, and the system's number of watches is
limited; then the tick alone does it. After each change there is a second look, because a file that
was still being written is left alone at the first.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from watchfiles import Change, awatch

TICK = 15.0  # seconds
SECOND_LOOK = 0.8  # seconds; more than look.STILL_WRITING
_GROUP = 300  # milliseconds over which changes are taken together
_STEP = 50


async def changes(
    root: Path, stop: asyncio.Event, is_news: Callable[[Change, str], bool], tick: float = TICK
) -> AsyncIterator[None]:
    """Yields whenever it is worth looking, until `stop` is set."""
    changed = asyncio.Event()
    watcher = asyncio.create_task(_watch(root, changed, is_news))
    pause = min(SECOND_LOOK, tick)  # what changed while the watch was being set up
    try:
        while not await _first(stop, changed, pause):
            pause = SECOND_LOOK if changed.is_set() else tick
            changed.clear()
            yield
    finally:
        watcher.cancel()
        await asyncio.gather(watcher, return_exceptions=True)


async def _watch(
    root: Path, changed: asyncio.Event, is_news: Callable[[Change, str], bool]
) -> None:
    with contextlib.suppress(OSError, RuntimeError):
        async for _ in awatch(root, watch_filter=is_news, debounce=_GROUP, step=_STEP):
            changed.set()


async def _first(stop: asyncio.Event, changed: asyncio.Event, pause: float) -> bool:
    """Waits for either event, at most `pause` seconds. True: stop."""
    waiting = [asyncio.create_task(event.wait()) for event in (stop, changed)]
    await asyncio.wait(waiting, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return stop.is_set()
