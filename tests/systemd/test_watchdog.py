"""Signs of life are given exactly while the daemon works: a restart must mend what hangs, and must
not be done to what a restart cannot mend."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from faults.prepared_shop import asked, prepare
from servers.imap_faults import FaultyImap
from servers.systemd_ear import Ear, listening
from tactd.adapters.mailbox import Health, State
from tactd.adapters.outbox import Outbox
from tactd.adapters.outbox.conversation import Delivery
from tactd.core.types import ReplyState
from tactd.errors import StoreError, StoreFullError
from tactd.reporting import status_line
from tactd.watchdog import LAG, STUCK, Watchdog

PERIOD = timedelta(seconds=0.03)


@dataclass
class Box:
    """A mailbox, as far as the watchdog sees it."""

    heartbeat: float = 0.0
    state: State = State.WATCHING
    longest_silence: float = 120.0

    @property
    def health(self) -> Health:
        return Health(state=self.state, heartbeat=self.heartbeat)


async def fine() -> None:
    """The store takes what is written."""


async def full() -> None:
    raise StoreFullError("store: database or disk is full")


async def damaged() -> None:
    raise StoreError("store: database disk image is malformed")


@dataclass
class Kennel:
    """A watchdog with everything around it invented."""

    box: Box = field(default_factory=Box)
    waiting: set[str] = field(default_factory=set)
    write: Callable[[], Awaitable[None]] = fine
    time: float = 0.0

    def __post_init__(self) -> None:
        self.dog = Watchdog(
            mailboxes={"shop": self.box},
            waiting=self.waiting,
            write=lambda: self.write(),
            now=lambda: self.time,
        )

    async def says(self, lag: float = 0.0) -> str | None:
        return await self.dog.look(lag, patience=0.01)


@pytest.fixture
def kennel() -> Kennel:
    return Kennel()


async def test_a_daemon_that_works_gives_signs_of_life(kennel: Kennel) -> None:
    assert await kennel.says() is None


async def test_a_mailbox_that_shows_no_life_for_too_long_ends_them(kennel: Kennel) -> None:
    kennel.time = 120
    assert await kennel.says() is None
    kennel.time = 121
    assert "mailbox shop" in (await kennel.says() or "")
    kennel.box.heartbeat = 121
    assert await kennel.says() is None


@pytest.mark.parametrize("state", [State.BACKING_OFF, State.REFUSED, State.CONNECTING])
async def test_a_mailbox_that_waits_for_its_provider_is_healthy(
    kennel: Kennel, state: State
) -> None:
    kennel.time = kennel.box.heartbeat = 10_000
    kennel.box.state = state
    assert await kennel.says() is None


async def test_a_mailbox_that_waits_for_the_store_is_not_the_one_that_hangs(
    kennel: Kennel,
) -> None:
    kennel.waiting.add("shop")
    kennel.time = 500
    assert await kennel.says() is None


async def test_a_loop_that_is_late_ends_them(kennel: Kennel) -> None:
    assert await kennel.says(lag=LAG - 0.1) is None
    assert "loop" in (await kennel.says(lag=LAG) or "")


async def test_a_store_that_cannot_be_written_ends_them_until_it_can(kennel: Kennel) -> None:
    kennel.write = damaged
    assert "malformed" in (await kennel.says() or "")
    kennel.write = fine
    assert await kennel.says() is None


async def test_a_full_disk_is_nothing_that_a_restart_would_mend(kennel: Kennel) -> None:
    kennel.write = full
    assert await kennel.says() is None


async def test_a_store_that_is_busy_is_waited_for_and_one_that_hangs_is_not(
    kennel: Kennel,
) -> None:
    answer = asyncio.Event()

    async def slow() -> None:
        await answer.wait()

    kennel.write = slow
    assert await kennel.says() is None
    kennel.time = kennel.box.heartbeat = STUCK
    assert await kennel.says() is None
    kennel.time = kennel.box.heartbeat = STUCK + 1
    assert "the store has not answered" in (await kennel.says() or "")
    answer.set()
    assert await kennel.says() is None


async def test_a_blocked_loop_misses_its_turn_and_is_forgiven_when_it_runs_again() -> None:
    kennel, looks, signs = Kennel(), 0, asyncio.Queue[int]()

    async def count() -> None:
        nonlocal looks
        looks += 1

    def alive() -> None:
        signs.put_nowait(looks)
        if looks == 1:  # while it sleeps before its second turn, the loop is blocked
            asyncio.get_running_loop().call_soon(block)

    def block() -> None:
        kennel.time += LAG + 1

    kennel.write, kennel.dog.alive = count, alive
    running = asyncio.create_task(kennel.dog.run(PERIOD))
    heard = [await signs.get(), await signs.get()]
    running.cancel()
    assert heard == [1, 3], "the second turn was silent"


def test_a_real_mailbox_may_be_silent_twice_as_long_as_it_waits_for_its_server(
    tmp_path: Path,
) -> None:
    shop = prepare(tmp_path, imap=9, smtp=9)
    with shop.parts() as parts:
        assert parts.mailboxes["shop"].longest_silence == 120


# ------------------------------------------------------------------ what systemd hears


async def test_systemd_hears_ready_then_life_then_stopping(
    tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = prepare(tmp_path / "shop", imap=faulty_imap.port, smtp=9)
    with listening(tmp_path) as (address, ear):
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        monkeypatch.setenv("WATCHDOG_USEC", "150000")
        async with shop.running() as service:
            heard = await asyncio.to_thread(ear.until, "WATCHDOG=1")
            await shop.until(lambda: service.parts.mailboxes["shop"].health.caught_up, "watched")
            await service.loops.tick()
            await service.loops.tick()
        heard += rest(ear)
    assert heard[0] == "READY=1"
    assert heard.index("READY=1") < heard.index("WATCHDOG=1") < heard.index("STOPPING=1")
    told = [line for line in heard if line.startswith("STATUS=mailboxes")]
    assert told[-1].startswith("STATUS=mailboxes watched: 1 of 1, replies waiting for you: 0")
    assert len(told) == len(set(told)), "it is told on change only"


async def test_a_send_in_flight_at_the_end_is_given_more_time(
    tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = prepare(tmp_path / "shop", imap=faulty_imap.port, smtp=9, mails=[asked()])
    begun, going_on = asyncio.Event(), asyncio.Event()
    real = Outbox.send

    async def slow(self: Outbox, *letter: str | bytes) -> Delivery:
        begun.set()
        await going_on.wait()
        return await real(self, *letter)  # type: ignore[arg-type]

    monkeypatch.setattr(Outbox, "send", slow)
    with listening(tmp_path) as (address, ear):
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        shop.approve()
        async with shop.running() as service:
            await service.look_at_desk()
            await service.loops.tick()
            await asyncio.wait_for(begun.wait(), 10)
            service.stop()
            heard = await asyncio.to_thread(ear.until, "EXTEND_TIMEOUT_USEC=30000000")
            assert "STOPPING=1" in heard
            assert shop.states() == [ReplyState.SENDING], "it is waited for"
            going_on.set()


def rest(ear: Ear) -> list[str]:
    """What else was said."""
    heard: list[str] = []
    while True:
        try:
            heard += ear.next(0.05)
        except TimeoutError:
            return heard


def test_the_status_line_counts_what_waits() -> None:
    boxes = [Health(state=State.WATCHING), Health(state=State.BACKING_OFF)]
    counts = {"staged": 3, "ready": 1, "sending": 1, "sent": 40}
    assert status_line(boxes, counts, 2) == (
        "mailboxes watched: 1 of 2, replies waiting for you: 3, on their way: 2, troubles: 2"
    )
