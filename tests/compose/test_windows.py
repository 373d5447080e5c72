from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compose.letters import DELIVERY, ORDER, PARCEL, SHIPPED_AT, on
from tactd.core.types import (
    Days,
    Delivery,
    Estimate,
    Order,
    Parcel,
    ParcelState,
    PostalAddress,
    Route,
    Season,
)
from tactd.core.windows import Source, money_back, parcel_to_speak_of, ship_by, window

TO_US = replace(ORDER, ship_to=PostalAddress(country="US"))


def shipped(order: Order, at: datetime | None, service: str = "") -> Order:
    return replace(order, parcels=(Parcel(numbers=("X1",), service=service, shipped_at=at),))


def test_the_marketplaces_own_estimate_wins_over_the_route() -> None:
    span = window(replace(TO_US, estimate=Estimate(on(11, 20), on(12, 1))), DELIVERY)
    assert span is not None
    assert (span.earliest, span.latest, span.source) == (on(11, 20), on(12, 1), "marketplace")
    assert span.days == Days(8, 19)


def test_an_estimate_that_was_over_before_the_parcel_left_forecasts_nothing() -> None:
    span = window(replace(TO_US, estimate=Estimate(on(11, 1), on(11, 9))), DELIVERY)
    assert span is not None and span.source == Source.ROUTE


def test_an_estimate_without_a_first_day_begins_with_the_usual_days_but_never_after_its_end() -> (
    None
):
    wide = window(replace(TO_US, estimate=Estimate(None, on(12, 20))), DELIVERY)
    narrow = window(replace(TO_US, estimate=Estimate(None, on(11, 15))), DELIVERY)
    assert wide is not None and wide.earliest == SHIPPED_AT + timedelta(days=10)
    assert narrow is not None and narrow.earliest == narrow.latest == on(11, 15)


def test_an_estimate_that_began_before_dispatch_begins_with_dispatch() -> None:
    span = window(replace(TO_US, estimate=Estimate(on(11, 3), on(11, 30))), DELIVERY)
    assert span is not None
    assert (span.earliest, span.days) == (SHIPPED_AT, Days(0, 18))


def test_an_estimate_is_known_before_the_parcel_leaves() -> None:
    span = window(shipped(replace(ORDER, estimate=Estimate(None, on(12, 1))), None), DELIVERY)
    assert span is not None and span.latest == on(12, 1)


def test_nothing_is_expected_of_what_was_not_shipped() -> None:
    assert window(shipped(ORDER, None), DELIVERY) is None
    assert window(replace(ORDER, parcels=()), DELIVERY) is None


@pytest.mark.parametrize(
    ("country", "service", "days"),
    [
        ("US", "China Post EPACKET (tracked)", Days(10, 20)),
        ("US", "Standard", Days(12, 25)),
        ("us", "", Days(12, 25)),
        ("BR", "ePacket", Days(30, 60)),
        ("DE", "ePacket", Days(15, 30)),
        ("", "ePacket", Days(15, 30)),
    ],
)
def test_the_route_that_names_country_and_service_goes_before_country_alone_before_the_default(
    country: str, service: str, days: Days
) -> None:
    order = replace(shipped(ORDER, SHIPPED_AT, service), ship_to=PostalAddress(country=country))
    span = window(order, DELIVERY)
    assert span is not None and span.days == days
    assert span.source == (Source.DEFAULT if days == DELIVERY.default else Source.ROUTE)


@pytest.mark.parametrize(
    ("day", "more"),
    [(on(11, 14), 0), (on(11, 15), 7), (on(12, 31), 7), (on(1, 10), 7), (on(1, 11), 0)],
)
def test_what_ships_in_the_season_takes_longer_also_over_the_new_year(
    day: datetime, more: int
) -> None:
    span = window(shipped(ORDER, day), DELIVERY)
    assert span is not None and span.days == Days(15 + more, 30 + more)
    assert span.latest == day + timedelta(days=30 + more)


def test_of_several_parcels_the_one_shipped_last_that_has_not_come_is_spoken_of() -> None:
    first = replace(PARCEL, numbers=("A",), shipped_at=on(11, 1))
    later = replace(PARCEL, numbers=("B",), shipped_at=on(11, 5))
    there = replace(PARCEL, numbers=("C",), shipped_at=on(11, 9), state=ParcelState.DELIVERED)
    assert parcel_to_speak_of(replace(ORDER, parcels=(later, first, there))) == later
    assert parcel_to_speak_of(replace(ORDER, parcels=(there,))) == there


def test_the_day_of_dispatch_is_the_marketplaces_else_payment_and_handling() -> None:
    assert ship_by(replace(ORDER, ship_by=on(11, 30)), DELIVERY) == on(11, 30)
    assert ship_by(ORDER, DELIVERY) == on(11, 13)
    assert ship_by(replace(ORDER, paid=None), DELIVERY) is None


def test_money_back_is_promised_ten_days_after_the_marketplaces_estimate() -> None:
    order = replace(ORDER, estimate=Estimate(None, on(12, 1)))
    assert money_back(order, DELIVERY) == on(12, 11)


def test_the_guarantee_counts_only_without_an_estimate_and_from_dispatch() -> None:
    assert money_back(ORDER, DELIVERY) == SHIPPED_AT + timedelta(days=45)
    assert money_back(shipped(ORDER, None), DELIVERY) == on(11, 10) + timedelta(days=45)
    assert money_back(replace(shipped(ORDER, None), paid=None), DELIVERY) is None


def test_money_back_is_not_promised_while_the_parcel_may_still_come_on_time() -> None:
    order = replace(ORDER, ship_to=PostalAddress(country="BR"))
    span = window(order, DELIVERY)
    assert span is not None and money_back(order, DELIVERY) == span.latest


MOMENTS = st.integers(-900, 900).map(lambda hours: SHIPPED_AT + timedelta(hours=hours))
SPANS = st.builds(
    lambda first, more: Days(first, first + more), st.integers(0, 90), st.integers(0, 90)
)
DAYS_OF_YEAR = st.tuples(st.integers(1, 12), st.integers(1, 28))
DELIVERIES = st.builds(
    Delivery,
    default=SPANS,
    guarantee=st.integers(1, 120),
    handling=st.integers(0, 30),
    ship_from=st.just("CN"),
    routes=st.lists(
        st.builds(Route, st.sampled_from(["US", "BR"]), SPANS, st.sampled_from(["", "post"])),
        max_size=3,
    ).map(tuple),
    seasons=st.lists(
        st.builds(Season, DAYS_OF_YEAR, DAYS_OF_YEAR, st.integers(0, 30)), max_size=2
    ).map(tuple),
)


@given(
    at=st.none() | MOMENTS,
    estimate=st.builds(Estimate, st.none() | MOMENTS, st.none() | MOMENTS),
    delivery=DELIVERIES,
    country=st.sampled_from(["US", "BR", "DE", ""]),
)
def test_a_window_never_ends_before_it_begins_nor_begins_before_dispatch(
    at: datetime | None, estimate: Estimate, delivery: Delivery, country: str
) -> None:
    order = replace(
        shipped(ORDER, at, "post"), estimate=estimate, ship_to=PostalAddress(country=country)
    )
    span = window(order, delivery)
    assert (span is None) == (at is None and estimate.latest is None)
    if span is not None:
        assert span.earliest <= span.latest
        assert 0 <= span.days.first <= span.days.last
        assert at is None or at <= span.earliest
