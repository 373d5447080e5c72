"""Times and numbers as a seller writes them: "3 minutes", "4 per 24 hours", "10-20 days".

Every function takes the text and returns the value, or raises ValueError with words that say how
to write it. 0 is refused (but for `settle`): some read it as "never", others as "without a limit".
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from tactd.core.types import Days, Rule

UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
LONGEST = timedelta(days=3660)

_SPAN = r"(\d{1,6}) ?(second|minute|hour|day|week)s?"
_DURATION = re.compile(_SPAN, re.ASCII)
_LIMIT = re.compile(rf"(\d{{1,6}}) per (?:{_SPAN}|(second|minute|hour|day|week))", re.ASCII)
_DAYS = re.compile(r"(\d{1,4})(?: ?- ?(\d{1,4}))? days?", re.ASCII)
_QUIET = re.compile(r"(\d\d):(\d\d) ?- ?(\d\d):(\d\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_AT_ONCE = re.compile(r"0 ?(?:second|minute)s?", re.ASCII)
_SHORT = {"hr": "hour"}
_LEAP_YEAR = 2000  # 29 February is a day of the year, too


def duration(text: str, unit: str = "hours") -> timedelta:
    """ "72 hours". `unit` is what the hint proposes for a bare number."""
    found = _DURATION.fullmatch(_plain(text))
    if not found:
        raise ValueError(f'write it as "{_numbers(text, "3")[0]} {_unit(text) or unit}"')
    return _bounded(int(found[1]), found[2])


def settle(text: str) -> timedelta:
    """ "3 minutes". Here 0 has one meaning: answer at once."""
    if _AT_ONCE.fullmatch(_plain(text)):
        return timedelta(0)
    return duration(text, "minutes")


def limit(text: str) -> Rule:
    """ "4 per 24 hours" or "30 per hour"."""
    found = _LIMIT.fullmatch(_plain(text))
    if not found:
        raise ValueError(f'write it as "{_limit_like(text)}"')
    count, number, unit, bare_unit = found.groups()
    if int(count) == 0:
        raise ValueError('0 is refused: write "off" for no limit, or mode = "stage" to send less')
    return Rule(int(count), _bounded(int(number or 1), unit or bare_unit))


def days(text: str) -> Days:
    """ "10-20 days"; "15 days" is from 15 to 15."""
    found = _DAYS.fullmatch(_plain(text))
    if not found:
        first, *rest = _numbers(text, "10", "20")
        raise ValueError(f'write it as "{"-".join((first, *rest[:1]))} days"')
    first_day, last_day = int(found[1]), int(found[2] or found[1])
    if last_day == 0:
        raise ValueError('0 is refused: nothing arrives on the day it leaves; write "1 day"')
    if first_day > last_day:
        raise ValueError(f'the smaller number comes first: "{last_day}-{first_day} days"')
    return Days(first_day, last_day)


def day_count(text: str) -> int:
    """ "3 days"."""
    found = _DAYS.fullmatch(_plain(text))
    if not found or found[2]:
        raise ValueError(f'write it as "{_numbers(text, "3")[-1]} days"')
    if int(found[1]) == 0:
        raise ValueError('0 is refused: the least is "1 day"')
    return int(found[1])


def quiet_hours(text: str) -> tuple[time, time] | None:
    """ "21:00-08:00" (over midnight as well as within a day); "off" is None."""
    if _plain(text) == "off":
        return None
    found = _QUIET.fullmatch(_plain(text))
    hint = 'write it as "21:00-08:00", or "off"'
    if not found:
        raise ValueError(hint)
    hours = [int(part) for part in found.groups()]
    try:
        start, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError as error:
        raise ValueError(f"no such time of day; {hint}") from error
    if start == end:
        raise ValueError(f"begins when it ends; {hint}")
    return start, end


def month_day(text: str) -> tuple[int, int]:
    """ "11-15" is 15 November."""
    found = _MONTH_DAY.fullmatch(_plain(text))
    if not found:
        raise ValueError('write it as month-day: "11-15" is 15 November')
    try:
        day = date(_LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError as error:
        raise ValueError('no such day; the month comes first: "11-15" is 15 November') from error
    return day.month, day.day


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _bounded(number: int, unit: str) -> timedelta:
    span = number * UNITS[unit]
    if not span:
        raise ValueError(f'0 is refused: the least is "1 {unit}"')
    if span > LONGEST:
        raise ValueError("is longer than ten years")
    return span


def _numbers(text: str, *default: str) -> list[str]:
    """The numbers in a text that could not be read, for a hint that the seller can copy."""
    return [found.lstrip("0") or "1" for found in re.findall(r"[0-9]{1,6}", text)] or list(default)


def _unit(text: str) -> str:
    """The unit meant by "h", "hrs", "min", "d" …, as it is written out; "" if there is none."""
    words = (word.removesuffix("s") for word in re.findall(r"[a-z]+", text.lower()))
    meant = (unit for word in words for unit in UNITS if unit.startswith(_SHORT.get(word, word)))
    return next((f"{unit}s" for unit in meant), "")


def _limit_like(text: str) -> str:
    numbers = _numbers(text, "4", "24")
    if len(numbers) == 1:
        unit = _unit(text).removesuffix("s") or "day"
        return f"{numbers[0]} per {unit}"
    return f"{numbers[0]} per {numbers[1]} {_unit(text) or 'hours'}"
