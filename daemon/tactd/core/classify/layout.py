"""The weights of a feature in one long integer: adding up a text is adding integers.

A row has a field of two bytes for each label, and one that holds the byte of nothing, so that a sum
tells how many rows are in it. A sum of many rows, each many times, has fields of four bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

FIELD: Final = 2  # bytes of a weight in a row, and of a sum of ROOM rows
WIDE: Final = 4  # bytes of a sum of many rows, each many times
ROOM: Final = 256
ZERO: Final = 128  # the byte of the weight 0
MIDDLE: Final = 1 << 31  # of a WIDE field


@dataclass(frozen=True, slots=True)
class Layout:
    width: int  # fields, an even number
    low: int  # every second field
    ones: int  # in every WIDE field
    form: str
    places: tuple[int, ...]  # of the labels in a sum

    def added(self, rows: Sequence[int]) -> int:
        """The sum of rows, with WIDE fields."""
        if len(rows) <= ROOM:
            return self._spread(sum(rows))
        parts = [rows[at : at + ROOM] for at in range(0, len(rows), ROOM)]
        return sum([self._spread(sum(part)) for part in parts])

    def fields(self, total: int) -> tuple[int, ...]:
        """Of a sum with WIDE fields: MIDDLE is nothing; `places` tells whose they are."""
        zero = total >> 8 * WIDE * (self.width - 1)
        even = total + (MIDDLE - zero) * self.ones
        return struct.unpack(self.form, even.to_bytes(self.width * WIDE, "little"))

    def _spread(self, total: int) -> int:
        """Those of even places before the others."""
        odd = total >> 8 * FIELD & self.low
        return total & self.low | odd << 8 * FIELD * self.width

    def row(self, weights: bytes | memoryview) -> int:
        wide = bytearray(self.width * FIELD)
        wide[-FIELD] = ZERO
        wide[: len(weights) * FIELD : FIELD] = weights
        return int.from_bytes(wide, "little")


def of(labels: int) -> Layout:
    width = labels + 1 + (labels + 1) % 2
    low = int.from_bytes((b"\xff" * FIELD + bytes(FIELD)) * (width // 2), "little")
    ones = int.from_bytes((b"\1" + bytes(WIDE - 1)) * width, "little")
    places = tuple(n // 2 + n % 2 * width // 2 for n in range(labels))
    return Layout(width, low, ones, f"<{width}I", places)
