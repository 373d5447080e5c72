"""kill -9 at every commit, network step and file step of a day in the shop: nothing is lost and
nothing goes out twice (promises 1 and 2). A small seeded draw; `make chaos` does them all."""

from __future__ import annotations

import asyncio
import random
import re
import shutil

import pytest

from chaos.killer import SABOTAGED
from chaos.rounds import Round, play
from chaos.run import many, name_of

pytestmark = pytest.mark.timeout(600)  # all rounds count as one; it takes about 40 s
SEED = 20261122

# The day, what its points are called, and how many of them are drawn.
DRAWN: tuple[tuple[str, str, int], ...] = (
    ("ordinary", "commit (before|after) .*keep", 1),
    ("ordinary", "commit (before|after) .*handle_(each|backlog)", 1),
    ("ordinary", "commit (before|after) .*_handle_group", 1),
    ("ordinary", "commit before .*claim", 1),
    ("ordinary", "commit after .*claim", 1),
    ("ordinary", "commit before .*settle", 1),
    ("ordinary", "commit", 2),
    ("ordinary", "file link after", 1),
    ("ordinary", "imap APPEND", 1),
    ("ordinary", "imap", 1),
    ("ordinary", "smtp BODY", 1),
    ("switches", "commit", 1),
    ("answer lost", "smtp|commit", 1),
    ("by itself", "commit after .*claim", 1),
    ("by itself", "smtp BODY", 1),
)


def draw(points: list[str]) -> list[tuple[str, str]]:
    """(day, point), the same for the same seed as long as points keep their names."""
    chance, drawn = random.Random(SEED), list[tuple[str, str]]()
    for day, pattern, count in DRAWN:
        names = sorted({name_of(point) for point in points if re.match(pattern, point)})
        assert names, f"no point of an ordinary day is called {pattern} any more"
        some = chance.sample(names, min(count, len(names)))
        drawn += [(day, f"{name}#1") for name in some]
    return list(dict.fromkeys(drawn))


@pytest.fixture(scope="module")
def days() -> list[Round]:
    """All rounds, three at a time; the first is a day without a death."""

    async def live() -> list[Round]:
        quiet = await play("ordinary")
        plans = [(day, (point,)) for day, point in draw(quiet.points)]
        return [quiet, *await many(plans)]

    return asyncio.run(live())


def test_no_promise_is_broken_wherever_the_daemon_dies(days: list[Round]) -> None:
    broken = [(one.day, one.deaths, one.violations) for one in days if one.violations]
    assert broken == []


def test_the_daemon_has_died_nearly_everywhere_it_should(days: list[Round]) -> None:
    """A day without the point it should die at has proved nothing."""
    missed = [one.deaths for one in days if one.deaths and not one.killed and one.day == "ordinary"]
    assert len(missed) <= 2, missed


@pytest.mark.parametrize(
    ("sabotage", "deaths", "found"),
    [
        ("repeats", ["smtp BODY sent#1"], "nothing_is_sent_twice"),
        (
            "hasty",
            ["commit after pipeline.keep#2", "commit after pipeline.keep#1"],
            "the_watermark_is_never_beyond_what_is_stored",
        ),
    ],
    ids=["repeats what was cut off", "moves the watermark first"],
)
async def test_a_daemon_that_breaks_a_promise_is_found_out(
    sabotage: str, deaths: list[str], found: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SABOTAGED, sabotage)
    played = await play("ordinary", deaths)
    assert found in " ".join(played.violations)
    if played.folder:
        shutil.rmtree(played.folder)
