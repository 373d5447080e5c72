"""What rehearsals come to, in figures: how each kind of event ends, and how often a buyer gets
mail."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tactd.core.rehearse.values import Course, End
from tactd.core.types import Endpoint

WEEK = timedelta(days=7)


class People:
    """Which endpoints are one person, as far as the stored facts have tied them."""

    def __init__(self) -> None:
        self._toward: dict[Endpoint, Endpoint] = {}

    def tie(self, endpoints: Sequence[Endpoint]) -> None:
        for one in endpoints[1:]:
            here, there = self.person(one), self.person(endpoints[0])
            if here != there:
                self._toward[here] = there

    def person(self, endpoint: Endpoint) -> Endpoint:
        """The endpoint that stands for all of his."""
        on_the_way = []
        while endpoint in self._toward:
            on_the_way.append(endpoint)
            endpoint = self._toward[endpoint]
        self._toward |= dict.fromkeys(on_the_way, endpoint)  # straight there the next time
        return endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    situations: Mapping[str, Counter[End]]  # "" for what nobody would answer
    ends: Counter[End]
    mails: int  # that went to buyers, by themselves or approved
    per_buyer_and_week: float
    most_in_a_week: int  # to one buyer, within any seven days
    most_to: Endpoint | None


def buyers(rehearsals: Iterable[Sequence[Course]], people: People) -> int:
    """To how many buyers there was something to say, in any of the rehearsals."""
    return len(
        {
            people.person(course.buyer)
            for courses in rehearsals
            for course in courses
            if course.buyer is not None and course.end is not End.SKIPPED
        }
    )


def figures(courses: Sequence[Course], people: People, count: int, length: timedelta) -> Figures:
    """`count`: of the buyers; `length`: of the time rehearsed; less than a week counts as one."""
    situations: dict[str, Counter[End]] = defaultdict(Counter)
    sent: dict[Endpoint, list[datetime]] = defaultdict(list)
    for course in courses:
        situations["+".join(course.situations)][course.end] += 1
        if course.went is not None and course.buyer is not None:
            sent[people.person(course.buyer)].append(course.went)
    most = max(
        ((in_a_week(times), str(who.value), who) for who, times in sent.items()), default=None
    )
    mails = sum(map(len, sent.values()))
    return Figures(
        situations=dict(sorted(situations.items(), key=lambda row: (-row[1].total(), row[0]))),
        ends=sum(situations.values(), Counter()),
        mails=mails,
        per_buyer_and_week=mails / max(1, count) / max(1.0, length / WEEK),
        most_in_a_week=most[0] if most else 0,
        most_to=most[2] if most else None,
    )


def in_a_week(times: Iterable[datetime]) -> int:
    """The most of these that lie within any seven days."""
    most, window = 0, list[datetime]()
    for at in sorted(times):
        window = [one for one in window if one > at - WEEK] + [at]
        most = max(most, len(window))
    return most
