"""How long to stay away from a server that failed, or that refused us."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

from tactd.adapters.mailbox.settings import MailboxSettings

Draw = Callable[[float, float], float]


class BackOff:
    """Full jitter: anything between 0 and a bound that doubles with each failure in a row."""

    def __init__(self, settings: MailboxSettings, draw: Draw = random.uniform) -> None:
        self._settings = settings
        self._draw = draw
        self._failures = 0

    def failed(self, lived: float) -> float:
        """Seconds to wait after a connection that lived for `lived` seconds."""
        if lived >= self._settings.healthy_after:
            self._failures = 0
        bound = min(self._settings.backoff_cap, self._settings.backoff_first * 2**self._failures)
        self._failures = min(self._failures + 1, 30)
        return self._draw(0, bound)


class Refusals:
    """Logins that were refused: trying fast locks accounts, so at most a few an hour.

    After as many refusals in a row it waits for somebody to ask (a reload or a look)."""

    def __init__(self, settings: MailboxSettings, draw: Draw = random.uniform) -> None:
        self._settings = settings
        self._draw = draw
        self._at: deque[float] = deque(maxlen=settings.refusals_per_hour)
        self._in_a_row = 0

    def refused(self, now: float) -> float | None:
        """Seconds to wait; None: until somebody asks."""
        self._at.append(now)
        self._in_a_row += 1
        if self._in_a_row >= self._settings.refusals_per_hour:
            return None
        return self._draw(*self._settings.refusal_wait)

    def accepted(self) -> None:
        self._in_a_row = 0

    def earliest(self, now: float) -> float:
        """Seconds until the hour's budget allows another try, even for one who asks."""
        if len(self._at) < self._settings.refusals_per_hour:
            return 0.0
        return max(0.0, self._at[0] + self._settings.hour - now)
