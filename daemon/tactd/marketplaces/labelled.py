"""What stands in a marketplace's own mail: its labelled lines, and the day by which it wants an
answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from tactd.marketplaces import values

MOST_LINES = 600
_LONGEST = 500  # characters of a line that are looked at
_LABEL = re.compile(r"[\s*•>|]{0,8}([^\s:：][^:：]{0,39})[:：]\s*(.*)")

_DAY = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4}"
    r"|[0-9]{1,2}\.? (?:de )?[^\W\d_]{3,10}\.?,? (?:de )?[0-9]{4}"
    r"|[^\W\d_]{3,10}\.? [0-9]{1,2},? [0-9]{4}"
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|no later than|bis zum|bis|avant le|entro il|entro|antes del|antes de"
    rf"|até)\s(?:[^\W\d_]{{3,10}}, )?({_DAY})(?![0-9])",
    re.IGNORECASE,
)
_FARTHEST = timedelta(days=120)  # a later day is no deadline of a case


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """(label in small letters, value) of each line like "Quantity: 2", in their order. A label at
    the end of its line has its value on the next line that is not empty and no label itself."""
    waiting = ""
    for line in text.splitlines()[:MOST_LINES]:
        found = _LABEL.fullmatch(line[:_LONGEST])
        if found is None:
            if waiting and line.strip():
                yield waiting, line[:_LONGEST].strip()
                waiting = ""
            continue
        label, value = " ".join(found[1].split()).lower(), found[2].strip()
        waiting = "" if value else label
        if value:
            yield label, value


def deadline(text: str, since: datetime, day_first: bool = False) -> datetime | None:
    """The day by which a notice of `since` wants something done, if it names one."""
    for found in _DEADLINE.finditer(text[:20_000]):
        day = values.date(re.sub(r"\bde\b ?", "", found[1]).replace("  ", " "), day_first)
        if day is not None and timedelta(days=-1) < day - since < _FARTHEST:
            return day
    return None
