"""LOOP: does a machine answer ours, although no header says so? Then a person looks at it; what
tells it twice over also pauses the conversation (flow/loop_alarm.py)."""

from __future__ import annotations

from tactd.core.decide.case import Case
from tactd.core.loops import ALIKE, DOMAIN_MOST, QUICK_RUNNING
from tactd.core.types import BuyerWrote, MailKind


def loop(case: Case) -> Case:
    if _without_text(case):
        return case
    signs = case.facts.loop
    if signs.alike + 1 >= ALIKE:
        case = case.stages("loop.alike", count=str(signs.alike + 1))
    if signs.quick >= QUICK_RUNNING:
        case = case.stages("loop.quick", count=str(signs.quick))
    if signs.domain_hour >= DOMAIN_MOST:
        case = case.stages("loop.domain_busy", count=str(signs.domain_hour))
    return case.stages("loop.paused") if signs.paused else case


def _without_text(case: Case) -> bool:
    """All notices of a message read the same, whoever wrote what."""
    event = case.event
    return isinstance(event, BuyerWrote) and event.message.kind is MailKind.MESSAGE_NOTICE
