"""`make chaos`: kills the daemon at points drawn from all that it passes on its days, in some
rounds twice, and holds mailbox, store, SMTP server and folders against one another. Prints what was
hit and what was checked; exit 1 if a promise was broken.

    make chaos ARGS="--seed 7"                      # other points
    make chaos ARGS="--rounds 0"                    # every point of every day
    make chaos ARGS="--dovecot"                     # the mailbox on a real Dovecot
    make chaos ARGS="--only 'ordinary: commit'"     # days and points that hold these words
"""

# ruff: noqa: T201 (its output is a table)
from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from functools import partial

from chaos.days import DAYS
from chaos.kept_by_dovecot import on_dovecot
from chaos.promises import AFTER_RECOVERY, AT_THE_CRASH
from chaos.rounds import Mailbox, Round, play
from servers.dovecot import running_dovecot
from servers.imap_faults import running_faulty_imap

ROUNDS = 150  # some minutes
AT_ONCE = 3  # rounds wait more than they work
ALSO_WHILE_RECOVERING = 0.3  # the share of rounds in which the second daemon dies, too

Plan = tuple[str, tuple[str, ...]]  # a day, and where its daemons die


def name_of(point: str) -> str:
    return point.rpartition("#")[0]


def plans(seen: Sequence[Round], only: str, seed: int) -> list[Plan]:
    """Every name of every day once, at some occurrence, in a shuffled order."""
    chance = random.Random(seed)
    made: list[Plan] = []
    for one in seen:
        by_name: dict[str, list[str]] = defaultdict(list)
        for point in one.points:
            by_name[name_of(point)].append(point)
        for name, points in sorted(by_name.items()):
            if only in f"{one.day}: {name}":
                again = chance.random() < ALSO_WHILE_RECOVERING
                later = [chance.choice(sorted(one.points))] if again else []
                made.append((one.day, (chance.choice(points), *later)))
    chance.shuffle(made)
    return made


async def many(
    todo: Iterable[Plan],
    tell: Callable[[Round], None] = lambda _: None,
    mailbox: Mailbox = running_faulty_imap,
) -> list[Round]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(plan: Plan) -> Round:
        async with gate:
            played = await play(*plan, mailbox)
            tell(played)
            return played

    return list(await asyncio.gather(*map(one, todo)))


def drawn(seen: Sequence[Round], only: str, seed: int, rounds: int | None) -> list[Plan]:
    """So many rounds; None: at most ROUNDS, and no point twice. 0: every point."""
    found = plans(seen, only, seed)
    if rounds is None:
        return found[:ROUNDS]
    while found and len(found) < rounds:  # at other occurrences of the same points
        seed += 1
        found += plans(seen, only, seed)
    return found[: rounds or None]


async def run(seed: int, rounds: int | None, only: str, mailbox: Mailbox) -> int:
    began = time.monotonic()
    days = [day for day in DAYS if only.partition(":")[0] in day] or list(DAYS)
    dry = await many([(day, ()) for day in days], _tell, mailbox)
    todo = drawn([one for one in dry if not one.violations], only, seed, rounds)
    print(f"\nseed {seed}: {len(days)} days without a death, {len(todo)} rounds with")
    played = [*dry, *await many(todo, _tell, mailbox)]
    _show(played, time.monotonic() - began)
    return 1 if any(one.violations for one in played) else 0


# ------------------------------------------------------------------ what is printed


def _tell(one: Round) -> None:
    if one.violations:
        print(f"\n{one.day}: {' then '.join(one.deaths) or 'no death'}  ({one.folder})")
        for said in one.violations:
            print(f"    {said}")
    else:
        print(".", end="")
    sys.stdout.flush()


def _show(played: Sequence[Round], seconds: float) -> None:
    tried, hit, broke = Counter[str](), Counter[str](), Counter[str]()
    for one in played:
        for number, point in enumerate(one.deaths):
            tried[name_of(point)] += 1
            hit[name_of(point)] += number < one.killed
            broke[name_of(point)] += bool(one.violations)
    print(f"\n\n{'killed at':<58}{'tried':>6}{'hit':>6}{'broke':>7}")
    for name in sorted(tried):
        print(f"{name:<58}{tried[name]:>6}{hit[name]:>6}{broke[name] or '-':>7}")
    kills = sum(one.killed for one in played)
    wrong = sum(bool(one.violations) for one in played)
    print(f"\nchecked after each of {len(played)} days (at {kills} crashes, those marked *):")
    for promise in AFTER_RECOVERY:
        mark = "*" if promise in AT_THE_CRASH else " "
        print(f"  {mark} {promise.__name__.replace('_', ' ')}")
    print(f"\n{len(played)} days, {kills} kills, {wrong} broken, {seconds:.0f} s")


def main() -> None:
    words = argparse.ArgumentParser(prog="make chaos", description=__doc__.partition("\n")[0])
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--rounds", type=int, help=f"{ROUNDS}; 0: every point")
    words.add_argument("--only", default="", metavar="WORDS", help='"day: point", parts of them')
    words.add_argument("--dovecot", action="store_true", help="with the mailbox on a real Dovecot")
    given = words.parse_args()
    with running_dovecot() if given.dovecot else nullcontext() as dovecot:
        mailbox = partial(on_dovecot, dovecot) if dovecot else running_faulty_imap
        sys.exit(asyncio.run(run(given.seed, given.rounds, given.only, mailbox)))


if __name__ == "__main__":
    main()
