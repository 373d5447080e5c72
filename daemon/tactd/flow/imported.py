"""What became of an export: what of it is in the book, and what could not be used."""

from __future__ import annotations

from dataclasses import dataclass, field

from tactd.core.counted import count
from tactd.flow.reading_there import Batch
from tactd.marketplaces import Problem
from tactd.marketplaces.export import fell_short, left_out

MOST_PROBLEMS, MOST_NOTES = 10_000, 20  # kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file. `refused` says why nothing of it could be used."""

    name: str
    orders: int = 0
    changed: int = 0
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""

    @property
    def fine(self) -> bool:
        return not self.refused and not self.problems

    def report(self) -> str:
        """For the seller, beside the file: what was wrong, line by line."""
        many = count(self.orders, "order")
        some = f"{self.name}: {many} imported; these rows could not be used:"
        return "\n".join([self.refused or some, *map(str, self.problems), *self.notes]) + "\n"


@dataclass(slots=True)
class SoFar:
    """What has become of a file, batch by batch."""

    name: str
    orders: int = 0
    changed: int = 0
    refused: str = ""
    records: int = 0
    promised: int = 0
    left_out: int = 0
    problems: dict[Problem, None] = field(default_factory=dict)
    more_problems: int = 0
    notes: dict[str, None] = field(default_factory=dict)

    def read(self, batch: Batch) -> None:
        for problem in batch.problems:
            self.problem(problem)
        self.notes |= dict.fromkeys(batch.notes[: max(0, MOST_NOTES - len(self.notes))])
        self.records += batch.records
        self.promised = max(self.promised, batch.promised)
        self.left_out += batch.left_out

    def problem(self, problem: Problem) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems[problem] = None
        else:
            self.more_problems += problem not in self.problems

    def result(self) -> Imported:
        problems = sorted(self.problems, key=lambda one: (one.line, one.reason))
        if self.more_problems:
            more = count(self.more_problems, "more row")
            problems.append(Problem(0, f"{more} could not be used"))
        return Imported(
            name=self.name,
            orders=self.orders,
            changed=self.changed,
            problems=tuple(problems),
            notes=(
                *self.notes,
                *fell_short(self.promised, self.records),
                *left_out(self.left_out),
            ),
            refused=self.refused,
        )
