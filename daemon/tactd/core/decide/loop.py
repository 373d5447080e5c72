"""LOOP: does a machine answer ours, although no header says so? Then a person looks at it; what
tells it twice over also pauses the conversation (flow/loop_alarm.py)."""

from __future__ import annotations

from tactd.core.decide.case import Case
from tactd.core.loops import ALIKE, DOMAIN_MOST, QUICK_RUNNING


def loop(case: Case) -> Case:
    signs = case.facts.loop
    if signs.alike + 1 >= ALIKE:
        case = case.stages("loop.alike", count=str(signs.alike + 1))
    if signs.quick >= QUICK_RUNNING:
        case = case.stages("loop.quick", count=str(signs.quick))
    if signs.domain_hour >= DOMAIN_MOST:
        case = case.stages("loop.domain_busy", count=str(signs.domain_hour))
    return case.stages("loop.paused") if signs.paused else case
