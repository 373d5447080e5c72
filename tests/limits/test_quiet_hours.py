"""Unasked mail waits for the buyer's day, whatever his country does with its clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.core.quiet import NEVER, quiet_until, zones
from tactd.core.quiet_regions import ONE_CLOCK, REGIONS
from tactd.core.types import PostalAddress

NIGHT = (time(21, 0), time(8, 0))
KNOWN = (
    "America/New_York", "America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Asia/Shanghai",
    "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Kathmandu",
)  # fmt: skip

times = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda naive: naive.replace(tzinfo=UTC)
)
clock_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
nights = st.tuples(clock_times, clock_times).filter(lambda pair: pair[0] != pair[1])
some_zones = st.lists(st.sampled_from(KNOWN), min_size=1, max_size=3, unique=True).map(tuple)


def ship_to(country: str, region: str = "") -> PostalAddress:
    return PostalAddress(country=country, region=region)


def night_in(at: datetime, quiet: tuple[time, time], zone: str) -> bool:
    clock, (start, end) = at.astimezone(ZoneInfo(zone)).time(), quiet
    return start <= clock < end if start < end else not end <= clock < start


@given(times, nights, some_zones)
def test_at_the_time_it_names_it_is_day_everywhere(
    now: datetime, quiet: tuple[time, time], where: tuple[str, ...]
) -> None:
    until = quiet_until(now, quiet, where)
    if until != NEVER:
        assert not any(night_in(until or now, quiet, zone) for zone in where)


@settings(max_examples=60)
@given(times, some_zones)
def test_no_moment_before_is_day_everywhere(now: datetime, where: tuple[str, ...]) -> None:
    until = quiet_until(now, NIGHT, where) or now
    end, at = min(until, now + timedelta(hours=48)), now
    while at < end:
        assert any(night_in(at, NIGHT, zone) for zone in where)
        at += timedelta(minutes=1)


@given(times, st.sampled_from(KNOWN))
def test_a_night_of_eleven_hours_is_never_longer_than_twelve(now: datetime, zone: str) -> None:
    until = quiet_until(now, NIGHT, (zone,))
    assert until is None or now < until <= now + timedelta(hours=12)


@given(times)
def test_where_any_hour_is_common_it_comes_within_a_day_and_a_half(now: datetime) -> None:
    for country in ("US", "RU", "CA", "AU", "BR", "MX", "ID"):
        until = quiet_until(now, NIGHT, zones(ship_to(country)))
        assert until is None or until <= now + timedelta(hours=36), country


@pytest.mark.parametrize(
    ("now", "zone", "until"),
    [
        # Clocks go forward at 02:00 to 03:00: the night is an hour shorter.
        ("2026-03-08T03:00+00:00", "America/New_York", "2026-03-08T12:00+00:00"),
        # They go back at 02:00 to 01:00: an hour longer.
        ("2026-11-01T02:00+00:00", "America/New_York", "2026-11-01T13:00+00:00"),
        ("2026-11-22T02:00+00:00", "America/New_York", "2026-11-22T13:00+00:00"),
        ("2026-11-22T01:59:59.999+00:00", "America/New_York", None),
        # Lord Howe sets its clock by half an hour.
        ("2026-10-03T11:00+00:00", "Australia/Lord_Howe", "2026-10-03T21:00+00:00"),
    ],
)
def test_nights_in_which_clocks_change(now: str, zone: str, until: str | None) -> None:
    expected = datetime.fromisoformat(until) if until else None
    assert quiet_until(datetime.fromisoformat(now), NIGHT, (zone,)) == expected


def test_a_night_that_ends_in_the_hour_that_is_skipped_ends_at_the_change() -> None:
    now = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)  # midnight in New York, clocks go 02:00 → 03:00
    until = quiet_until(now, (time(21), time(2, 30)), ("America/New_York",))
    assert until == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)


def test_an_unknown_country_has_no_hour_that_is_known_to_be_day() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert zones(ship_to("")) == zones(ship_to("XX")) == ()
    assert quiet_until(now, NIGHT, ()) == NEVER


def test_army_post_may_lie_anywhere() -> None:
    assert zones(ship_to("US", "AE")) == ()


def test_zones_on_two_sides_of_the_world_leave_it_to_the_seller() -> None:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    apart = ("Pacific/Auckland", "Europe/London")
    assert quiet_until(now, (time(18), time(9)), apart) == NEVER


@pytest.mark.parametrize(
    ("country", "region", "expected"),
    [
        ("US", "TX", {"America/Chicago", "America/Denver"}),
        ("US", "California", {"America/Los_Angeles"}),
        ("US", "US-NY", {"America/New_York"}),
        ("us", "new york", {"America/New_York"}),
        ("US", "DE", {"America/New_York"}),
        ("CA", "Québec", {"America/Toronto", "America/Halifax"}),
        ("AU", "NSW", {"Australia/Sydney"}),
        ("BR", "Estado de São Paulo", {"America/Sao_Paulo"}),
        ("BR", "Sao Paulo", {"America/Sao_Paulo"}),
        ("MX", "Nuevo Leon", {"America/Mexico_City"}),
        ("RU", "Московская обл.", {"Europe/Moscow"}),
        ("RU", "Primorskiy kray", {"Asia/Vladivostok"}),
        ("RU", "Приморский край", {"Asia/Vladivostok"}),
        ("RU", "Respublika Tatarstan", {"Europe/Moscow"}),
        ("ID", "Bali", {"Asia/Makassar"}),
        ("ES", "Las Palmas", {"Atlantic/Canary"}),
        ("CN", "Xinjiang", {"Asia/Shanghai"}),
        ("FR", "Île-de-France", {"Europe/Paris"}),
        ("JP", "", {"Asia/Tokyo"}),
    ],
)
def test_regions_are_known_as_exports_write_them(
    country: str, region: str, expected: set[str]
) -> None:
    assert set(zones(ship_to(country, region))) == expected


def test_an_unknown_region_of_a_wide_country_counts_as_all_of_it() -> None:
    everywhere = set(zones(ship_to("US", "Atlantis")))
    assert {"America/New_York", "Pacific/Honolulu", "America/Anchorage"} <= everywhere


def test_every_zone_of_the_tables_exists() -> None:
    named = [zone for table in REGIONS.values() for row in table for zone in row.split()]
    named += [zone for row in ONE_CLOCK.values() for zone in row]
    assert all(ZoneInfo(zone) for zone in named)


def test_no_region_is_named_twice_in_a_country() -> None:
    from tactd.core.quiet_regions import plain

    for country, table in REGIONS.items():
        own = [{plain(name) for name in names.split(",")} for names in table.values()]
        assert sum(map(len, own)) == len(set().union(*own)), country
