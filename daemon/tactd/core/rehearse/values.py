"""What goes into a rehearsal and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tactd.core.types import By, Decision, Endpoint, Event, Facts, Situation, TrailEntry

Judge = Callable[[Event, Facts, datetime], Decision]
"""DECIDE under one configuration (and COMPOSE, which may stage what DECIDE would send)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An event as it was first decided, and what the seller did about it."""

    name: str  # "m12", or the key of what fell due
    at: datetime
    event: Event
    facts: Facts
    mail: int | None = None
    reply: int | None = None  # the one that was made ready to answer it
    approved: datetime | None = None  # when that went out because the seller approved it
    closed: datetime | None = None  # when the seller answered it himself, or would have no answer


class End(StrEnum):
    """How an event ends. `held`: it went, or waits to go, later than it was due, because a limit
    was full or it was night where the buyer lives."""

    SENT = "sent"
    STAGED = "staged"
    HELD = "held"
    SKIPPED = "skipped"


@dataclass(slots=True, kw_only=True)
class Course:
    """What becomes of an event in one rehearsal. It is filled in as time passes there."""

    name: str
    buyer: Endpoint | None
    situations: tuple[Situation, ...] = ()
    end: End = End.SKIPPED
    why: tuple[TrailEntry, ...] = ()  # what decided; empty for what goes at once
    went: datetime | None = None
    by: By | None = None  # who let it go
