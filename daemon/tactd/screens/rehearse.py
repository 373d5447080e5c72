"""`tactd rehearse`: several configurations side by side, and what differs between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tactd import wiring
from tactd.adapters.store import Store
from tactd.config import Config, load
from tactd.core.counted import count
from tactd.core.reasons import reason
from tactd.core.rehearse.differences import Difference, differences
from tactd.core.rehearse.figures import Figures, buyers, figures
from tactd.core.rehearse.values import Course, End
from tactd.errors import ConfigError
from tactd.flow.rehearse import Rehearsed, rehearse
from tactd.flow.rules import Rules
from tactd.screens.terminal import Terminal
from tactd.screens.times import iso, span

Facts = dict[str, Any]

EXAMPLES_TOLD = 20  # of each difference
NOW = "now"


@dataclass(frozen=True, slots=True)
class Compared:
    """A configuration in the rehearsal. The seller's own comes first."""

    name: str
    config: Config
    rules: Rules


def configurations(own: Path, others: Sequence[Path], env: Mapping[str, str]) -> list[Compared]:
    """Raises ConfigError with what is wrong in any of the files, each problem with its file."""
    names = [path.name for path in others]
    wanted = [(NOW, own)] + [
        (path.name if names.count(path.name) == 1 else str(path), path) for path in others
    ]
    missing = [path for path in others if not path.exists()]
    found, problems = [], [f"{path}: {_MISSING}" for path in missing]
    for name, path in wanted:
        if path in missing:
            continue
        try:
            config = load(path, env)
            found.append(Compared(name, config, wiring.rules(config)))
        except ConfigError as error:
            problems += [_in_file(path, problem) for problem in error.problems]
    if problems:
        raise ConfigError(problems)
    return found


_MISSING = (
    "there is no such file; --with takes a copy of your config.toml in which you have changed what "
    "you want to compare"
)


def _in_file(path: Path, problem: str) -> str:
    return problem if problem.startswith(str(path)) else f"{path}: {problem}"


# ------------------------------------------------------------------------------ facts


def gather(
    store: Store,
    compared: Sequence[Compared],
    now: datetime,
    days: int,
    approve_after: timedelta | None,
    progress: Terminal,
) -> Facts:
    since, every = now - timedelta(days=days), [one.rules for one in compared]
    with progress.status("looking …") as line:

        def tell(done: int, total: int) -> None:
            if done % 50 == 0:
                line.update(f"decided anew: {done} of {total}")

        played = rehearse(store, every, since, now, approve_after, tell)
    people = buyers(played.courses, played.people)
    length = now - (played.began or now)
    first, *rest = zip(compared, played.courses, strict=True)
    return {
        "days": days,
        "since": iso(since),
        "until": iso(now),
        "events": len(first[1]),
        "buyers": people,
        "approve_after": span(approve_after) if approve_after is not None else None,
        "configurations": [
            _configuration(one, figures(courses, played.people, people, length))
            for one, courses in zip(compared, played.courses, strict=True)
        ],
        "differences": [_versus(first, other, played) for other in rest],
        "hints": _hints(compared, played.unreadable),
    }


def _configuration(one: Compared, found: Figures) -> Facts:
    return {
        "name": one.name,
        "mode": str(one.rules.policy.mode),
        "total": _ends(found.ends),
        "situations": {name or "none": _ends(ends) for name, ends in found.situations.items()},
        "mails": found.mails,
        "per_buyer_and_week": round(found.per_buyer_and_week, 2),
        "most_in_a_week": found.most_in_a_week,
        "most_to": found.most_to.value if found.most_to else None,
    }


def _ends(ends: Mapping[End, int]) -> dict[str, int]:
    return {str(end): ends.get(end, 0) for end in End}


def _versus(
    first: tuple[Compared, list[Course]], other: tuple[Compared, list[Course]], played: Rehearsed
) -> Facts:
    groups = differences(first[1], other[1])
    language = first[0].rules.policy.seller_language
    return {
        "configuration": other[0].name,
        "count": sum(map(len, groups)),
        "groups": [_group(group, language) for group in groups],
    }


def _group(group: Sequence[Difference], language: str) -> Facts:
    one = group[0]
    return {
        "count": len(group),
        "before": str(one.before.end),
        "after": str(one.after.end),
        "freed": one.freed,
        "codes": [entry.code for entry in one.why],
        "reasons": [reason(entry, language) for entry in one.why],
        "examples": [_example(one, language) for one in group[:EXAMPLES_TOLD]],
    }


def _example(one: Difference, language: str) -> Facts:
    buyer = one.after.buyer or one.before.buyer
    return {
        "mail": one.after.name,
        "buyer": buyer.value if buyer else None,
        "before": {"end": str(one.before.end), "situation": "+".join(one.before.situations)},
        "after": {"end": str(one.after.end), "situation": "+".join(one.after.situations)},
        "reasons": [reason(entry, language) for entry in one.why],
    }


def _hints(compared: Sequence[Compared], unreadable: int) -> list[str]:
    """What makes a comparison say something else than the seller thinks."""
    own = {box.name for box in compared[0].config.mailboxes}
    found = []
    for one in compared[1:]:
        missing = sorted(own - {box.name for box in one.config.mailboxes})
        if missing:
            boxes = ", ".join(missing)
            found.append(f"{one.name} has no mailbox {boxes}: nobody vouches for its senders there")
    if unreadable:
        left = "is" if unreadable == 1 else "are"
        said = count(unreadable, "stored decision")
        found.append(f"{said} could not be read and {left} left out")
    if len({one.rules.policy.seller_name for one in compared}) > 1:
        found.append("the configurations are of different shops ([seller] name)")
    return found
