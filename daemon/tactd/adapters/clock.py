"""The clock: a metronome that says "look at the rows that are due now". Due times live in the
store; nothing is ever lost because a tick was late or left out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


def now() -> datetime:
    return datetime.now(UTC)


class Metronome:
    """Calls its ticks on the running event loop until stopped."""

    def __init__(self) -> None:
        # The stock misfire grace of one second drops a tick for ever that came while the loop was
        # busy; here a late tick is as good as any.
        self._scheduler: Any = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def every(self, period: timedelta, tick: Tick) -> None:
        self._scheduler.add_job(tick, "interval", seconds=period.total_seconds())

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
