"""`python -m chaos.killer TRACE [POINT#N] -- run --config …`: the real daemon, in a hurry, that
kills itself by SIGKILL when it comes to a point for the Nth time. Every point it passes is a line
of the file TRACE.

What is hurried are waits only (looks into Sent, tries after a refusal, the metronome), so that a
round takes seconds. One thing is broken on purpose: a mail that holds POISON cannot be decided.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from chaos.points import watch
from chaos.sabotage import SABOTAGE
from tactd import cli, wiring
from tactd.adapters.clock import Metronome
from tactd.adapters.outbox.settings import Timeouts
from tactd.adapters.staging import watch as staging_watch
from tactd.flow import judge, send

POISON = "poison@example.com"
SABOTAGED = "TACTD_CHAOS_SABOTAGE"  # a key of sabotage.py
NEVER = ""
FASTER = 8  # times
MAILBOX = {
    "idle_first": 0.1,
    "look_every": 0.05,
    "quiet": 0.1,
    "sent_every": 0.2,
    "poll": 1.0,
    "backoff_first": 0.1,
    "backoff_cap": 0.3,
}


class Killer:
    """Counts the points, and dies at one."""

    def __init__(self, trace: Path, at: str) -> None:
        self._file = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._at = at
        self._met: Counter[str] = Counter()
        self._lock = threading.Lock()

    def meet(self, name: str) -> None:
        with self._lock:
            self._met[name] += 1
            point = f"{name}#{self._met[name]}"
            os.write(self._file, f"{point}\n".encode())
            if point == self._at:
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(60)  # the signal is on its way


def hurry() -> None:
    _set(send, "LOOKS", tuple(timedelta(seconds=one) for one in (0.2, 0.4, 0.6)))
    _set(send, "RETRY_AFTER", (timedelta(seconds=0.2),))
    _set(send, "RETRY_THEN", timedelta(seconds=0.5))
    _set(send, "ACCOUNT_PAUSE", timedelta(seconds=0.5))
    _set(staging_watch, "_GROUP", 60)  # milliseconds
    every = Metronome.every
    _set(Metronome, "every", lambda self, period, tick: every(self, period / FASTER, tick))
    service, settings = wiring.service, wiring.smtp_settings
    knobs = wiring.Knobs(mailbox=MAILBOX, export_settle=timedelta(seconds=0.1))
    impatient = Timeouts(connect=2, login=2, command=0.7, data=0.7, quit=1)
    _set(wiring, "service", lambda config: service(config, knobs=knobs))
    _set(wiring, "smtp_settings", lambda *all_: replace(settings(*all_), timeouts=impatient))


def poison() -> None:
    decide: Callable[..., Any] = judge.decide  # type: ignore[attr-defined]

    def decide_or_fail(*words: Any, **named: Any) -> Any:
        if any(POISON in repr(one) for one in words):
            raise RuntimeError("nobody foresaw this")
        return decide(*words, **named)

    _set(judge, "decide", decide_or_fail)


def die_with_the_harness(parent: int) -> None:
    """A harness that was stopped leaves no daemon behind."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGKILL)


def _set(owner: Any, name: str, value: object) -> None:
    assert hasattr(owner, name), f"{owner} has no {name} any more"
    setattr(owner, name, value)


def main(words: list[str]) -> None:
    end = words.index("--")
    trace, at = words[0], words[1] if end > 1 else NEVER
    hurry()
    poison()
    if (kind := os.environ.get(SABOTAGED)) is not None:
        SABOTAGE[kind]()
    watcher = threading.Thread(target=die_with_the_harness, args=(os.getppid(),), daemon=True)
    watcher.start()
    watch(Killer(Path(trace), at).meet)
    cli.main(words[end + 1 :])


if __name__ == "__main__":
    main(sys.argv[1:])
