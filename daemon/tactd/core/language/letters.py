"""Which language Latin letters are: naive Bayes over words and runs of one to four letters.

The counts are learnt from this project's own training texts (understanding/languages.py). A file
is one zlib stream: a line of JSON with the labels, one line with the names, then one byte for each
name and label: twenty times the logarithm of how much likelier it makes the label, plus 128.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

STEPS: Final = 20  # a weight of 20 is one nat
_FIELD: Final = 4  # bytes of a sum
_NONE: Final = 128  # the byte of the weight 0
_LONGEST_WORD: Final = 40
_SIZES: Final = (1, 2, 3, 4)
_WORD: Final = re.compile(r"[a-zÀ-ɏ]+(?:['’][a-zÀ-ɏ]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Letters:
    labels: tuple[str, ...]  # languages, `pt-BR` beside `pt`
    table: Mapping[str, int]

    def weigh(self, words: Iterable[str]) -> list[float]:
        """Nats for each label; only their differences mean something."""
        known = [_weighed(self, word) for word in set(words)]
        width = len(self.labels)
        total = sum([packed for packed, _ in known])
        less = _NONE * sum([count for _, count in known])
        held = struct.unpack(f"<{width}I", total.to_bytes(width * _FIELD, "little"))
        return [(value - less) / STEPS for value in held]

    def knows(self, word: str) -> bool:
        return f"={word}" in self.table


def words_of(text: str) -> list[str]:
    """The words in Latin letters, in lower case."""
    return [word.replace("’", "'")[:_LONGEST_WORD] for word in _WORD.findall(text.lower())]


def names_of(text: str) -> set[str]:
    """What a text shows: its words (with `=`) and the runs of letters in them."""
    return set().union(*map(_names, words_of(text)))


def load(file: bytes) -> Letters:
    """Raises ValueError, KeyError or zlib.error for what is no such file."""
    head, names, weights = zlib.decompress(file).split(b"\n", 2)
    labels = tuple(json.loads(head)["labels"])
    width = len(labels)
    wide = bytearray(len(weights) * _FIELD)
    wide[::_FIELD] = weights
    step, view = width * _FIELD, memoryview(wide)
    rows = [int.from_bytes(view[at : at + step], "little") for at in range(0, len(wide), step)]
    return Letters(labels, dict(zip(names.decode().split(" "), rows, strict=True)))


def dump(labels: Sequence[str], weights: Mapping[str, Sequence[float]]) -> bytes:
    """What `load` reads; weights are nats, cut off beyond 6.3."""
    head = json.dumps({"labels": list(labels)}).encode()
    names = " ".join(weights).encode()
    data = bytes(_byte(nats) for row in weights.values() for nats in row)
    return zlib.compress(head + b"\n" + names + b"\n" + data, 9)


def _byte(nats: float) -> int:
    return max(-127, min(127, round(nats * STEPS))) + _NONE


@lru_cache(4_096)
def _weighed(letters: Letters, word: str) -> tuple[int, int]:
    """The sum of the rows of a word's names, and how many they are."""
    rows = list(filter(None, map(letters.table.get, _names(word))))
    return sum(rows), len(rows)


def _names(word: str) -> set[str]:
    edged = f"<{word}>"
    size = len(edged)
    names = {edged[at : at + n] for n in _SIZES for at in range(size - n + 1)}
    names.add(f"={word}")
    return names
