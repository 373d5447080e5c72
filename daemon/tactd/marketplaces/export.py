"""What reading an order export gives, whichever marketplace it is from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tactd.core.types import Marketplace, Order
from tactd.errors import TactdError

OnRows = Callable[[int], None]
"""Called now and then with the number of rows read so far."""


class NotAnExportError(TactdError):
    """The file is not an order export that tactd knows; the text says what it seems to be."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a cell of it, that could not be used. `line` counts from 1, as editors do; 0: it is
    about no single line."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that one file says.

    `as_of` is how old its facts are at least: the earliest of the file's modification time and
    the end of a download date in its name or footer; never the time of an import."""

    marketplace: Marketplace
    orders: tuple[Order, ...]
    problems: tuple[Problem, ...]
    rows: int  # rows of data, good and bad
    as_of: datetime
    notes: tuple[str, ...] = ()  # about the file as a whole
