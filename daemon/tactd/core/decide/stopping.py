"""STOP: does the buyer ask for no more mail? Whatever else he wants, and whatever is drafted for
it: then nothing goes to him by itself. What is wrongly held is seen by a person; a mail to somebody
who has asked for none cannot be taken back."""

from __future__ import annotations

from tactd.core.types import Intent, Reading

LIKELY = 0.5  # confidence below which it is a guess: a guess silences nobody

# "Stop", "cancel": wishes that a few words leave open, and that a person tells apart.
NEAR = frozenset({Intent.CANCEL_ORDER, Intent.CHANGE_ORDER})


def asks_to_stop(reading: Reading) -> bool:
    """As what he wants most, or beside something else (where the reading says how likely the other
    is, and names it only if it is likely itself)."""
    first = reading.intent is Intent.OPT_OUT and reading.confidence >= LIKELY
    return first or Intent.OPT_OUT in reading.also


def nothing_but_a_stop(reading: Reading) -> bool:
    """Is what he wants besides only what is easily taken for it?"""
    stops = reading.intent is Intent.OPT_OUT and reading.confidence >= LIKELY
    return stops and bool(reading.also) and NEAR.issuperset(reading.also)
