"""Days that the name or the footer of a file gives: how old its facts are at least."""

from __future__ import annotations

import re
from datetime import datetime

from tactd.marketplaces import values

# "Sep-07-26", "10-Dez-25", "Nov-20-2026-03:14:15-0700" within a name or footer.
_NAMED_DAY = re.compile(
    r"(?<![0-9A-Za-zÀ-ž])"
    r"(?P<day>[A-Za-zÀ-ž]{3,10}-\d{1,2}-\d{2,4}|\d{1,2}-[A-Za-zÀ-ž]{3,10}\.?-\d{2,4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})"
    r"(?:[-_ ](?P<time>\d{2}(?:[:_]|%3A)\d{2}(?:[:_]|%3A)\d{2})(?P<zone>[+-]\d{4})?)?"
)


def last_day(text: str) -> datetime | None:
    """The last day that is named in `text`; None where it names none."""
    found = [_moment(match) for match in _NAMED_DAY.finditer(text)]
    return max((at for at in found if at is not None), default=None)


def _moment(match: re.Match[str]) -> datetime | None:
    clock = re.sub("_|%3A", ":", match["time"] or "")
    return values.date(f"{match['day']} {clock} {match['zone'] or ''}".strip())
