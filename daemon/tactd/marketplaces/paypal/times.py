"""When a row of PayPal's activity happened: an account writes 11/02 or 02/11, and names its zone
by letters.

Which comes first, day or month, is decided over the whole file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from tactd.marketplaces import values
from tactd.marketplaces.joined import RowError
from tactd.marketplaces.paypal.columns import Cells

_NUMBERS = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}")
_AHEAD = timedelta(days=1)  # clocks differ

# Hours from UTC. CST is America's here; PayPal's other zones have names or numbers.
ZONES = {
    "UTC": 0, "GMT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3, "SGT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
MONTH_FIRST = frozenset({"EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"})

_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)


def is_day_first(rows: Sequence[Cells], modified: datetime) -> tuple[bool, bool]:
    """(does the day stand first?, is that certain?) A number over 12 settles it; else what would
    lie in the future, or out of order; else where the account is."""
    found = [match for row in rows if (match := _NUMBERS.fullmatch(row.date))]
    over = {at for match in found for at in (1, 2) if int(match[at]) > 12}
    if over:
        return over == {1}, len(over) == 1
    days = [
        [values.date(match[0], first) or modified for match in found] for first in (False, True)
    ]
    if len(found) < 2 or days[0] == days[1]:
        likely = [max(one, default=modified) <= modified + _AHEAD for one in days]
    else:
        likely = [_may_be(one, modified) for one in days]
    if likely[0] != likely[1]:
        return likely[1], True
    return _by_place(rows), not found or days[0] == days[1]


def _may_be(days: Sequence[datetime], modified: datetime) -> bool:
    """Activity is listed by time, up or down, and ends before the file was written."""
    ordered = sorted(days)
    return max(days) <= modified + _AHEAD and list(days) in (ordered, ordered[::-1])


def _by_place(rows: Sequence[Cells]) -> bool:
    """Americans write the month first; who has a comma before the cents does not."""
    if any(re.search(r",\d{2}$", row.gross) for row in rows):
        return True
    zones = {row.zone.upper() for row in rows if row.zone}
    return not all(zone in MONTH_FIRST or zone.startswith("AMERICA/") for zone in zones)


def moment(cells: Cells, day_first: bool) -> datetime:
    """Raises RowError where the date cannot be read."""
    at = values.date(f"{cells.date} {cells.time}".strip(), day_first)
    if at is None:
        raise RowError(f"the date {cells.date[:40]!r} {cells.time[:20]!r} cannot be read")
    if not cells.time:
        return at
    return at.replace(tzinfo=zone(cells.zone) or UTC).astimezone(UTC)


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo | None:
    """`PST`, `CEST`, `Europe/Berlin`, `GMT+08:00` → the zone; None for what is none."""
    plain = name.strip()
    if (hours := ZONES.get(plain.upper())) is not None:
        return timezone(timedelta(hours=hours))
    if found := _OFFSET.fullmatch(plain.upper()):
        span = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(-span if found[1] == "-" else span) if span <= timedelta(hours=14) else None
    try:
        return ZoneInfo(plain) if re.fullmatch(r"[A-Za-z_]+/[A-Za-z_/+-]+", plain) else None
    except (KeyError, ValueError, OSError):  # no such zone, or a path that is none
        return None
