"""The files that a mail carries: their bytes. (What READ keeps of them is only name and size.)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tactd.core.read.fields import Budget, split
from tactd.core.read.mime import parse

MOST = 20  # files of one mail


@dataclass(frozen=True, slots=True)
class File:
    name: str  # data only, never a path
    data: bytes


def files(raw: bytes) -> tuple[File, ...]:
    """Those that have a name, at most `MOST`. Total: what cannot be read is not there."""
    return tuple(one for one, _ in zip(_files(raw), range(MOST), strict=False))


def _files(raw: bytes) -> Iterator[File]:
    budget = Budget()
    try:
        leaves = tuple(parse(*split(raw, budget), budget).leaves())
    except Exception:  # noqa: BLE001 - total by contract, as read() is
        return
    for leaf in leaves:
        if leaf.name:
            yield File(leaf.name, leaf.content())
