"""Money, dates and countries as marketplaces write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.types import Money
from tactd.marketplaces import values
from tactd.marketplaces.countries import country


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$24.99", "24.99", "USD"),
        ("$1,433.66", "1433.66", "USD"),
        ("116,99 €", "116.99", "EUR"),
        ("1.116,99 €", "1116.99", "EUR"),
        ("1\u202f116,99\u00a0€", "1116.99", "EUR"),
        ("£12.34", "12.34", "GBP"),
        ("AU $12.34", "12.34", "AUD"),
        ("C $5", "5", "CAD"),
        ("US $1,200", "1200", "USD"),
        ("EUR 12,34", "12.34", "EUR"),
        ("12,34 EUR", "12.34", "EUR"),
        ("CHF 1'200.50", "1200.50", "CHF"),
        ("12,50 zł", "12.50", "PLN"),
        ("¥1,200", "1200", "JPY"),
        ("-$3.00", "-3.00", "USD"),
        ("$0.00", "0.00", "USD"),
    ],
)
def test_money_is_read_in_its_local_form(text: str, amount: str, currency: str) -> None:
    assert values.money(text) == Money(Decimal(amount), currency)


@pytest.mark.parametrize("text", ["", "$", "free", "12.34", "$1,2,3", "abc 12", "$1e9", "NaN €"])
def test_what_is_not_surely_money_is_none(text: str) -> None:
    assert values.money(text) is None


def test_a_currency_that_is_known_otherwise_fills_in() -> None:
    assert values.money("12.34", "EUR") == Money(Decimal("12.34"), "EUR")
    assert values.money("$12.34", "EUR") == Money(Decimal("12.34"), "USD")


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("Sep-07-26", 2026, 9, 7),
        ("10-Dez-25", 2025, 12, 10),
        ("10-Dec-25", 2025, 12, 10),
        ("07-Sept-26", 2026, 9, 7),
        ("2026-11-20", 2026, 11, 20),
        ("11/20/2026", 2026, 11, 20),
        ("20/11/2026", 2026, 11, 20),
        ("20.11.2026", 2026, 11, 20),
        ("3-févr.-26", 2026, 2, 3),
        ("1-août-26", 2026, 8, 1),
        ("05-ene-26", 2026, 1, 5),
        ("05-Mär-26", 2026, 3, 5),
        ("Nov 20, 2026", 2026, 11, 20),
    ],
)
def test_a_day_without_a_time_is_noon_utc(text: str, year: int, month: int, day: int) -> None:
    assert values.date(text) == datetime(year, month, day, 12, tzinfo=UTC)


def test_a_day_that_could_be_either_is_read_as_the_file_says() -> None:
    assert values.date("05/06/2026") == datetime(2026, 5, 6, 12, tzinfo=UTC)
    assert values.date("05/06/2026", day_first=True) == datetime(2026, 6, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("Sep-30-26 23:45:00", 23, 45),
        ("2026-09-30T23:45:00Z", 23, 45),
        ("2026-09-30T23:45:00+02:00", 21, 45),
        ("2026-09-30 23:45 -0000", 23, 45),
        ("09/30/2026 11:45 PM", 23, 45),
        ("09/30/2026 12:05 AM", 0, 5),
    ],
)
def test_a_time_of_day_and_its_zone_are_kept(text: str, hour: int, minute: int) -> None:
    assert values.date(text) == datetime(2026, 9, 30, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "31-Feb-26", "99-Mai-26", "Sep-07-1826", "2026-13-01", "--", "1" * 500]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert values.date(text) is None


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["en", "de", "fr", "it", "es", "nl", "pl", "pt"]),
)
def test_short_month_names_of_each_language_are_read_back(day: date, language: str) -> None:
    text = format_date(day, "dd-MMM-yy", locale=language)
    assert values.date(text) == datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)), st.integers(-14, 14))
def test_any_iso_time_is_read_back(at: datetime, hours: int) -> None:
    sign = "-" if hours < 0 else "+"
    text = f"{at:%Y-%m-%dT%H:%M:%S}{sign}{abs(hours):02d}:00"
    expected = at.replace(microsecond=0, tzinfo=UTC) - timedelta(hours=hours)
    assert values.date(text) == expected


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United States", "US"),
        ("USA", "US"),
        ("United Kingdom", "GB"),
        ("Korea, South", "KR"),
        ("Russian Federation", "RU"),
        ("Deutschland", "DE"),
        ("Vereinigtes Königreich", "GB"),
        ("Großbritannien", "GB"),
        ("Royaume-Uni", "GB"),
        ("Estados Unidos", "US"),
        ("Czech Republic", "CZ"),
        ("Bosnia & Herzegovina", "BA"),
        ("Côte d'Ivoire (Ivory Coast)", "CI"),
        ("中国", "CN"),
        ("fr", "FR"),
        ("Mordor", ""),
        ("", ""),
    ],
)
def test_a_country_is_known_by_its_names(name: str, code: str) -> None:
    assert country(name) == code


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_without_an_error(text: str) -> None:
    amount = values.money(text)
    assert amount is None or amount.amount.is_finite()
    at = values.date(text)
    assert at is None or at.tzinfo is UTC
    assert country(text) == "" or len(country(text)) == 2


@given(st.text(alphabet="0123456789.,' \u00a0-+eE$€", max_size=30))
def test_any_sort_of_figures_is_read_or_refused_without_an_error(text: str) -> None:
    amount = values.money(text, "EUR")
    assert amount is None or amount.amount.is_finite()
