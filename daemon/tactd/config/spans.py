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
_HOUR = re.compile(r"(\d{1,2})(?:[:.h](\d\d))? ?(am|pm)?", re.ASCII)
_FRACTION = re.compile(r"(\d{1,6})[.,e]\d", re.ASCII)
_LIMIT_START = re.compile(r"[,;]|(?<=[a-z])\s+(?=\d)")
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)
_AT_ONCE = re.compile(r"0 ?(?:second|minute)s?", re.ASCII)
_SHORT = {"hr": "hour"}
_LONGER = {"month": 30, "quarter": 90, "year": 365}  # no units of ours: how many days they are
_NO_LIMIT = frozenset({"none", "no", "never", "unlimited", "false", "no limit", "disabled", ""})
_FULL_WIDTH = str.maketrans("０１２３４５６７８９：－–—～~", "0123456789:-----")
_DAY = 24 * 60  # minutes
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
    plain = _plain(text)
    found = _LIMIT.fullmatch(plain)
    if not found:
        raise ValueError(_limit_hint(plain))
    count, number, unit, bare_unit = found.groups()
    if int(count) == 0:
        raise ValueError(ZERO)
    return Rule(int(count), _bounded(int(number or 1), unit or bare_unit))


ZERO = (
    '0 is refused, for it would stop all mail: write "off" for no limit, '
    'or mode = "stage" to send nothing by itself'
)


def is_off(text: str) -> bool:
    return _plain(text) == "off"


def bare_number(value: float) -> str:
    """What to write instead of a limit that is a number without words."""
    if value == 0:
        return ZERO
    number = int(abs(value)) if abs(value) < 1_000_000 else 0
    return f'say of which time, in quotes, as in "{number or 4} per day"'


def limit_texts(text: str) -> list[str]:
    """The limits that stand in one pair of quotes. Raises ValueError for more than one."""
    parts = [part.strip() for part in _LIMIT_START.split(_plain(text)) if part.strip()]
    if len(parts) > 1 and all(_LIMIT.fullmatch(part) for part in parts):
        listed = ", ".join(f'"{part}"' for part in parts)
        raise ValueError(f"each limit stands in quotes of its own: [{listed}]")
    return [text]


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
    if is_off(text):
        return None
    plain = _plain(text)
    found = _QUIET.fullmatch(plain)
    if not found:
        raise ValueError(f'write it as "{_quiet_like(plain)}", or "off"')
    hours = [int(part) for part in found.groups()]
    hint = 'write it as "21:00-08:00", or "off"'
    if 24 in (hours[0], hours[2]):
        raise ValueError(f'midnight is 00:00, as in "21:00-00:00"; {hint}')
    try:
        start, end = time(hours[0], hours[1]), time(hours[2], hours[3])
    except ValueError as error:
        raise ValueError(f"no such time of day; {hint}") from error
    if start == end:
        raise ValueError(f"begins when it ends; {hint}")
    if _all_day(start, end):
        swapped = f'"{end:%H:%M}-{start:%H:%M}"'
        raise ValueError(f"nothing would be sent by day: did you mean {swapped}?")
    return start, end


def _all_day(start: time, end: time) -> bool:
    """More than half a day with noon in it: the day was written instead of the night."""
    first, last = (60 * one.hour + one.minute for one in (start, end))
    noon = (12 * 60 - first) % _DAY < (last - first) % _DAY
    return noon and (last - first) % _DAY > _DAY / 2


def _quiet_like(text: str) -> str:
    """From the seller's own numbers, where they are two times of day: "9pm-8am", "21-8"."""
    found = _HOUR.findall(text)
    try:
        times = [
            time(_on_the_day(int(hour), half), int(minute or 0)) for hour, minute, half in found
        ]
    except ValueError:
        times = []
    start, end = times if len(times) == 2 and times[0] != times[1] else (time(21), time(8))
    return f"{start:%H:%M}-{end:%H:%M}"


def _on_the_day(hour: int, half: str) -> int:
    return hour % 12 + (12 if half == "pm" else 0) if half else hour % 24


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
    """Small letters, single spaces; the digits and marks of a Chinese keyboard as ours."""
    return " ".join(text.translate(_FULL_WIDTH).lower().split())


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


def _limit_hint(plain: str) -> str:
    """What is wrong with a limit that cannot be read, and what would be right."""
    if plain in _NO_LIMIT:
        return 'write "off" for no limit, or a limit such as "4 per 24 hours"'
    if plain == "0":
        return ZERO
    if fraction := _FRACTION.match(plain):
        rest = plain[fraction.end() :].lstrip("0123456789")
        return f'whole numbers only: write it as "{_limit_like(fraction[1] + rest)}"'
    if re.match(r"[0-9]{7}", plain):
        return 'no provider lets so many through: write "off" for no limit'
    return f'write it as "{_limit_like(plain)}"'


def _limit_like(text: str) -> str:
    numbers = re.findall(r"[0-9]{1,6}", text)
    count, *periods = [found.lstrip("0") or "1" for found in numbers] or ["4"]
    longer = next((days for word, days in _LONGER.items() if word in text), 0)
    if longer:
        return f"{count} per {min(longer * int(periods[0] if periods else 1), 3660)} days"
    if periods:
        return f"{count} per {periods[0]} {_unit(text) or 'hours'}"
    unit = _unit(text).removesuffix("s")
    return f"{count} per {unit or ('day' if numbers else '24 hours')}"
