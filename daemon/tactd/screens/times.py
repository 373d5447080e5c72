"""Times as the seller reads them: on his clock, and how far away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tactd.errors import TactdError


def iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def time_of(text: str | None, zone: str) -> datetime:
    """A time as the seller writes it, on his own clock where it names none. Raises TactdError."""
    if text is None:
        return datetime.now(UTC)
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise TactdError(f"--at {text!r} is not a time like 2026-11-22T14:30+08:00") from None
    return (when if when.tzinfo else when.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def local(text: str, zone: str) -> str:
    """An ISO time on the seller's clock."""
    return f"{datetime.fromisoformat(text).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def span(length: timedelta) -> str:
    """ "40 min", "23 h", "3 days"; never negative."""
    minutes = int(abs(length).total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def until(text: str, now: str) -> str:
    """ "in 23 h", or "2 h late"."""
    left = datetime.fromisoformat(text) - datetime.fromisoformat(now)
    return f"{span(left)} late" if left < timedelta(0) else f"in {span(left)}"


def ago(text: str, now: str) -> str:
    return f"{span(datetime.fromisoformat(now) - datetime.fromisoformat(text))} ago"


def moment(text: str, now: str, zone: str) -> str:
    """When it will be, on the seller's clock: "12:03" today, else "11-23 12:03"."""
    when, today = local(text, zone), local(now, zone)[:10]
    return when[11:] if when[:10] == today else when[5:]
