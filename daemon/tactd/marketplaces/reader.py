"""What reads one kind of export: in one piece, or a large file part by part (survey.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tactd.marketplaces.export import Export, OnRows, Whole
from tactd.marketplaces.records import Row
from tactd.marketplaces.tables import Table


class Parse(Protocol):
    def __call__(
        self,
        data: bytes,
        name: str,
        modified: datetime,
        on_rows: OnRows | None = None,
        whole: Whole | None = None,
    ) -> Export:
        """All orders of the file `name`; with `whole`, of a part of it, below the same header.
        Raises NotAnExportError for any other file."""


Number = Callable[[list[str]], str]
"""The number of the order that a row's cells are of; "" where they do not say, or only go on."""
Tells = Callable[[Row, bool], bool]
"""Is this row needed to know what the file tells as a whole? Also told: is the row above blank?"""


def _nothing(_: Table) -> Tells:
    return lambda _row, _after_blank: False


def _all_cells(_: Table) -> int:
    return -1


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    parse: Parse
    table: Callable[[bytes], Table]  # raises NotAnExportError
    number: Callable[[Table], Number]
    tells: Callable[[Table], Tells] = _nothing
    day_first: Callable[[bytes, str, datetime], tuple[bool, bool]] | None = None
    """Does the day stand first, and is that certain? Asked of the rows that `tells` has chosen."""
    first_cells: Callable[[Table], int] = _all_cells
    """How many of the first cells of a row tell its order; -1: all may be needed. Where they do,
    `tells` is not asked of it."""

    def whole(self, sketch: bytes, name: str, modified: datetime) -> Whole:
        """`sketch`: the header and the rows that `tells` has chosen, after a blank one."""
        as_of = self.parse(sketch, name, modified).as_of
        if self.day_first is None:
            return Whole(as_of=as_of)
        day_first, certain = self.day_first(sketch, name, modified)
        return Whole(as_of=as_of, day_first=day_first, certain=certain)
