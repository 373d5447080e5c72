"""The buyer's night: when unasked mail must wait.

His clock follows from the country and region that his parcel goes to. Where these leave several
clocks open, his night is whenever it is night by any of them.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tactd.core.quiet_regions import ONE_CLOCK, region_zones
from tactd.core.types import PostalAddress

Quiet = tuple[time, time]
"""From, to, on a clock; it may run over midnight. The end is day already."""

NEVER = datetime.max.replace(tzinfo=UTC)
"""No moment is known to be day: the seller decides."""

_FAR = timedelta(hours=48)  # longest night (24 h), and a change of clocks


def zones(ship_to: PostalAddress) -> tuple[str, ...]:
    """IANA zones that the address may lie in; () where its country is not known."""
    country = ship_to.country.upper()
    known = region_zones(country, ship_to.region) if ship_to.region else None
    if known is not None:
        return known
    return ONE_CLOCK.get(country) or _zones_by_country().get(country, ())


def quiet_until(now: datetime, quiet: Quiet, zones: tuple[str, ...]) -> datetime | None:
    """None if it is day in every zone; else the first moment (UTC) at which it is. NEVER where no
    zone is known, or the zones lie so far apart that they have no hour of day in common."""
    if not zones:
        return NEVER
    clocks, at = [ZoneInfo(name) for name in zones], now.astimezone(UTC)
    while asleep := [zone for zone in clocks if _is_night(at, quiet, zone)]:
        at = max(_wakes(at, quiet, zone) for zone in asleep)
        if at - now > _FAR:
            return NEVER
    return None if at == now else at


def _is_night(at: datetime, quiet: Quiet, zone: ZoneInfo) -> bool:
    start, end = quiet
    clock = at.astimezone(zone).time()
    return start <= clock < end if start < end else clock >= start or clock < end


def _wakes(at: datetime, quiet: Quiet, zone: ZoneInfo) -> datetime:
    """The end of the night that it is at `at`. Clocks may change in that night: then it ends at
    the change, or is counted on from there."""
    morning = at + _from_to(at.astimezone(zone), quiet[1])
    change = _clock_change(at, morning, zone)
    if change is None:
        return morning
    return _wakes(change, quiet, zone) if _is_night(change, quiet, zone) else change


def _from_to(local: datetime, end: time) -> timedelta:
    """How long, on an even clock, until it shows `end`; more than nothing."""
    wall = local.replace(tzinfo=None)
    ahead = datetime.combine(wall.date(), end) - wall
    return ahead if ahead > timedelta(0) else ahead + timedelta(days=1)


def _clock_change(after: datetime, until: datetime, zone: ZoneInfo) -> datetime | None:
    """When the clock is set forward or back in this span (to the second); None: it is not."""
    before = after.astimezone(zone).utcoffset()
    if until.astimezone(zone).utcoffset() == before:
        return None
    low, high = after.replace(microsecond=0), until
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    from babel.core import get_global  # heavy: loaded with the first unasked mail

    found: dict[str, list[str]] = {}
    for zone, country in get_global("zone_territories").items():
        found.setdefault(str(country), []).append(str(zone))
    # Not a country's: the zones of the sea and of nowhere.
    return {country: tuple(sorted(names)) for country, names in found.items() if country != "001"}
