"""What would end otherwise under another configuration, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tactd.core.rehearse.values import Course, End
from tactd.core.types import TrailEntry

_STRICT = (End.SENT, End.HELD, End.STAGED, End.SKIPPED)


@dataclass(frozen=True, slots=True)
class Difference:
    """One event in both rehearsals. `why`: what stands in its way only in the stricter one."""

    before: Course
    after: Course
    why: tuple[TrailEntry, ...]

    @property
    def freed(self) -> bool:
        """What stood in its way does so no more."""
        return _STRICT.index(self.after.end) < _STRICT.index(self.before.end)


def differences(before: Sequence[Course], after: Sequence[Course]) -> list[list[Difference]]:
    """Those that differ in how they end, or in the situation that is answered: grouped by the
    change and its reasons, the largest group first."""
    groups: dict[tuple[object, ...], list[Difference]] = defaultdict(list)
    for old, new in zip(before, after, strict=True):
        if (old.end, old.situations) != (new.end, new.situations):
            found = Difference(old, new, _why(old, new))
            groups[old.end, new.end, *(entry.code for entry in found.why)].append(found)
    return sorted(groups.values(), key=len, reverse=True)


def _why(before: Course, after: Course) -> tuple[TrailEntry, ...]:
    stricter, other = after, before
    if _STRICT.index(before.end) > _STRICT.index(after.end):
        stricter, other = before, after
    known = {entry.code for entry in other.why}
    return tuple(entry for entry in stricter.why if entry.code not in known) or stricter.why
