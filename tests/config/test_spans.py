from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.config import spans
from tactd.core.types import Days, Rule

READERS: tuple[Callable[[str], object], ...] = (
    spans.duration,
    spans.limit,
    spans.days,
    spans.day_count,
    spans.quiet_hours,
    spans.month_day,
)


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (spans.duration, "3 minutes", timedelta(minutes=3)),
        (spans.duration, "72 hours", timedelta(hours=72)),
        (spans.duration, "1 week", timedelta(weeks=1)),
        (spans.duration, " 2  Days ", timedelta(days=2)),
        (spans.limit, "4 per 24 hours", Rule(4, timedelta(hours=24))),
        (spans.limit, "30 per hour", Rule(30, timedelta(hours=1))),
        (spans.limit, "200 per day", Rule(200, timedelta(days=1))),
        (spans.days, "10-20 days", Days(10, 20)),
        (spans.days, "15 days", Days(15, 15)),
        (spans.day_count, "45 days", 45),
        (spans.day_count, "1 day", 1),
        (spans.quiet_hours, "21:00-08:00", (time(21), time(8))),
        (spans.quiet_hours, "off", None),
        (spans.month_day, "11-15", (11, 15)),
        (spans.month_day, "02-29", (2, 29)),
    ],
)
def test_a_span_is_read_as_the_seller_wrote_it(
    read: Callable[[str], object], text: str, value: object
) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (spans.duration, "72", '"72 hours"'),
        (spans.duration, "10 min", '"10 minutes"'),
        (spans.duration, "3h", '"3 hours"'),
        (spans.duration, "3 hrs", '"3 hours"'),
        (spans.duration, "soon", '"3 hours"'),
        (spans.duration, "-3 hours", '"3 hours"'),
        (spans.duration, "99999 weeks", "ten years"),
        (spans.limit, "4 per 24", '"4 per 24 hours"'),
        (spans.limit, "4 in 7 d", '"4 per 7 days"'),
        (spans.limit, "4 per hours", '"4 per hour"'),
        (spans.limit, "4", '"4 per day"'),
        (spans.days, "10-20", '"10-20 days"'),
        (spans.days, "20-10 days", '"10-20 days"'),
        (spans.day_count, "10-20 days", '"20 days"'),
        (spans.quiet_hours, "21-8", '"21:00-08:00", or "off"'),
        (spans.quiet_hours, "25:00-08:00", "no such time"),
        (spans.quiet_hours, "08:00-08:00", "begins when it ends"),
        (spans.month_day, "15-11", "the month comes first"),
        (spans.month_day, "02-30", "no such day"),
        (spans.month_day, "1-1", "month-day"),
    ],
)
def test_a_span_that_cannot_be_read_is_refused_with_what_would_be_right(
    read: Callable[[str], object], text: str, hint: str
) -> None:
    with pytest.raises(ValueError, match=r".") as refusal:
        read(text)
    assert hint in str(refusal.value)


@pytest.mark.parametrize(
    ("read", "text", "hint"),
    [
        (spans.duration, "0 minutes", '"1 minute"'),
        (spans.limit, "0 per day", '"off"'),
        (spans.limit, "3 per 0 days", '"1 day"'),
        (spans.days, "0-0 days", '"1 day"'),
        (spans.day_count, "0 days", '"1 day"'),
    ],
)
def test_zero_is_refused_with_a_hint(read: Callable[[str], object], text: str, hint: str) -> None:
    with pytest.raises(ValueError, match="0 is refused") as refusal:
        read(text)
    assert hint in str(refusal.value)


@given(st.integers(1, 3660), st.sampled_from(["second", "minute", "hour", "day"]))
def test_every_span_within_ten_years_is_read_exactly(number: int, unit: str) -> None:
    assert spans.duration(f"{number} {unit}s") == number * spans.UNITS[unit]


@given(st.sampled_from(READERS), st.text() | st.from_regex(r"[0-9 a-z:-]{0,30}", fullmatch=True))
def test_no_text_breaks_a_reader_but_by_its_own_refusal(
    read: Callable[[str], object], text: str
) -> None:
    try:
        read(text)
    except ValueError as refusal:
        assert str(refusal)


@given(st.from_regex(r"[0-9]{1,4} ?(per|in|/)? ?[0-9]{0,3} ?(h|hours|d|min)?", fullmatch=True))
def test_the_hint_for_a_limit_is_itself_a_limit(text: str) -> None:
    try:
        spans.limit(text)
    except ValueError as refusal:
        if "write it as" in str(refusal):
            spans.limit(str(refusal).split('"')[1])
