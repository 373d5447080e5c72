"""How a mailbox is doing, as one frozen value that any thread may read."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from tactd import log
from tactd.core.types import SentRead

ALERTS_KEPT = 5


class State(StrEnum):
    CONNECTING = "connecting"
    CATCHING_UP = "catching_up"
    WATCHING = "watching"
    BACKING_OFF = "backing_off"
    REFUSED = "refused"
    STOPPED = "stopped"


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    state: State = State.CONNECTING
    since: datetime = field(default_factory=_now)  # when this state began
    last_ok: datetime | None = None  # the last time the server answered a look
    problem: str = ""  # for the seller: what is wrong and what to do
    caught_up: bool = False  # everything that lay there has been handed over once
    backlog: tuple[int, int] = (0, 0)  # mails of the present catching up: done, total
    sent_read: bool = False  # what lay in Sent before tactd came has been read back
    sent_backlog: tuple[int, int] = (0, 0)  # mails of that: read, to be read
    alerts: tuple[str, ...] = ()  # the server's [ALERT] texts, newest last (RFC 3501 7.1)
    heartbeat: float = 0.0  # time.monotonic() of the thread's last sign of life


class Pulse:
    """The mailbox thread's pen for its health; the others only read `now`."""

    def __init__(self, mailbox: str, tell: Callable[[Health], None]) -> None:
        self._mailbox = mailbox
        self._tell = tell
        self._health = Health(heartbeat=time.monotonic())
        self._beat = time.monotonic()

    @property
    def now(self) -> Health:
        return replace(self._health, heartbeat=self._beat)

    def beat(self) -> None:
        self._beat = time.monotonic()

    def answered(self) -> None:
        """The server answered a look: quiet news, nobody is told."""
        self._health = replace(self._health, last_ok=_now())

    def enter(self, state: State, problem: str = "") -> None:
        if (state, problem) == (self._health.state, self._health.problem):
            return
        log.event(f"mailbox_{state}", mailbox=self._mailbox, problem=problem or None)
        since = self._health.since if state is self._health.state else _now()
        self._change(replace(self._health, state=state, problem=problem, since=since))

    def caught_up(self, problem: str) -> None:
        self._health = replace(self._health, caught_up=True, backlog=(0, 0), last_ok=_now())
        self.enter(State.WATCHING, problem)

    def progress(self, done: int, total: int) -> None:
        self.beat()
        if self._health.state is State.CATCHING_UP:
            self._change(replace(self._health, backlog=(done, total)))

    def sent_read(self, far: SentRead) -> None:
        backlog = (0, 0) if far.done else (far.read, far.total)
        self._change(replace(self._health, sent_read=far.done, sent_backlog=backlog))

    def alert(self, text: str) -> None:
        if text in self._health.alerts:
            return  # many servers say the same at each login
        log.event("mailbox_alert", level="warning", mailbox=self._mailbox, text=text)
        self._change(replace(self._health, alerts=(*self._health.alerts, text)[-ALERTS_KEPT:]))

    def _change(self, health: Health) -> None:
        self._health = health
        self.beat()
        try:
            self._tell(self.now)
        except Exception as error:  # noqa: BLE001 - a listener's fault must not end the fetching
            log.failure("mailbox_listener_failed", error, mailbox=self._mailbox)
