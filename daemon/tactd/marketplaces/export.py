"""What reading an order export gives, whichever marketplace it is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tactd.core.types import Marketplace, Order
from tactd.errors import TactdError

OnRows = Callable[[int], None]
"""Called now and then with the number of rows read so far."""


class NotAnExportError(TactdError):
    """The file is not an order export that tactd knows; the text says what it seems to be."""


class NoHeaderError(NotAnExportError):
    """No row near the top of the file is the header that a reader looks for."""


def of_no_form(name: str, missed: Mapping[str, NotAnExportError]) -> NotAnExportError:
    """That no reader takes the file `name`: what each missed, by its name, and what to do."""
    near = [f"read as {one}: {why}" for one, why in missed.items() if not _headless(why)]
    others = ", ".join(one for one, why in missed.items() if _headless(why))
    near += [f"it has no header row of an export of {others}"] if others else []
    return NotAnExportError(
        f"{name} is not an order export that tactd knows ({'; '.join(near)}). If it is a list of "
        "orders from elsewhere, say in config.toml, under [[orders.columns]], which column holds "
        "what"
    )


def _headless(why: NotAnExportError) -> bool:
    return isinstance(why, NoHeaderError)


@dataclass(frozen=True, slots=True)
class Problem:
    """A row, or a cell of it, that could not be used. `line` counts from 1, as editors do; 0: it is
    about no single line."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What a large file tells only as a whole, known before its parts are read one by one."""

    as_of: datetime
    day_first: bool = False
    certain: bool = True  # whether the day stands first
    apart: frozenset[str] = frozenset()  # numbers of orders that are not to be read in this part


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
    # Of parts: how many of what were counted, and how many records the file says it holds.
    left_out: int = 0
    records: int = 0
    promised: int = 0


def fell_short(promised: int, found: int) -> list[str]:
    """A note where a file says that it holds more sales records than it does: it was cut short."""
    if not found or promised <= found:
        return []
    return [f"the file says it holds {promised} sales records, but there are {found}"]


def left_out(count: int) -> list[str]:
    """A note of orders in which no buyer of the marketplace has any part."""
    said = f"orders of other shops, which Amazon only delivers, left out: {count}"
    return [said] if count else []
