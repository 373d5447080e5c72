"""Changes are seen by the watch at once, and by the tick where there is no watch."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tactd.adapters.staging import Staging
from tactd.adapters.staging import watch as watching

PATIENCE = 10  # seconds; only a broken watch waits so long


class Looks:
    """Counts the looks that `changes` asks for, and lets a test wait for the next."""

    def __init__(self, staging: Staging, tick: float) -> None:
        self.stop = asyncio.Event()
        self.count = 0
        self._came = asyncio.Event()
        self._task = asyncio.create_task(self._run(staging, tick))

    async def _run(self, staging: Staging, tick: float) -> None:
        async for _ in staging.changes(self.stop, tick):
            self.count += 1
            self._came.set()

    async def next(self) -> None:
        await asyncio.wait_for(self._came.wait(), PATIENCE)
        self._came.clear()

    async def end(self) -> None:
        self.stop.set()
        await asyncio.wait_for(self._task, PATIENCE)


async def _write_until_seen(staging: Staging, looks: Looks) -> None:
    """The watch needs a moment to be set up."""
    for number in range(100):
        (staging.root / "approved" / f"{number}.txt").write_text("x")
        try:
            await asyncio.wait_for(looks._came.wait(), 0.1)
        except TimeoutError:
            continue
        return
    raise AssertionError("the watch saw nothing")


async def test_a_new_file_is_worth_a_look_and_a_second_one_when_it_is_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "SECOND_LOOK", 0.1)
    looks = Looks(staging := Staging(tmp_path), tick=3600)
    await _write_until_seen(staging, looks)
    await looks.next()
    await looks.next()
    assert looks.count >= 2
    await looks.end()


async def test_without_a_watch_the_tick_alone_asks_for_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_watch(*args: object, **kwargs: object) -> None:
        raise OSError(28, "no space left for watches")

    monkeypatch.setattr(watching, "awatch", no_watch)
    looks = Looks(Staging(tmp_path), tick=0.01)
    for _ in range(3):
        await looks.next()
    await looks.end()


async def test_stopping_ends_the_watch_at_once(tmp_path: Path) -> None:
    looks = Looks(Staging(tmp_path), tick=3600)
    await asyncio.sleep(0)
    await looks.end()
    assert looks.count == 0


def test_what_tactd_itself_did_and_litter_are_not_worth_a_look(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.write("staged", "a.txt", "text")
    staging.write("staged", "deleted.txt", "text")
    (tmp_path / "staged/deleted.txt").unlink()
    (tmp_path / "staged/b.txt").write_text("by the seller")
    news = {
        name: staging._is_news(watching.Change.added, str(tmp_path / "staged" / name))
        for name in ("a.txt", "b.txt", "deleted.txt", "moved away.txt", ".tactd-1", "a.txt~")
    }
    assert news == {
        "a.txt": False,
        "b.txt": True,
        "deleted.txt": True,
        "moved away.txt": False,
        ".tactd-1": False,
        "a.txt~": False,
    }
