"""Dates, money, countries and lists, as readers of each language write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tactd.core.compose.wording import and_more, country_name, money
from tactd.core.types import Money

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("HK", "es", "Hong Kong"),
        ("HK", "es-MX", "Hong Kong"),
        ("MO", "es", "Macao"),
        ("MO", "zh", "澳门"),
        ("HK", "zh-Hant", "香港"),
        ("MO", "zh-Hant", "澳門"),
        ("HK", "de", "Hongkong"),
        ("HK", "en-GB", "Hong Kong"),
        ("DE", "es", "Alemania"),
    ],
)
def test_a_country_is_named_as_people_call_it(country: str, language: str, name: str) -> None:
    assert country_name(country, language) == name


@pytest.mark.parametrize("language", ["ar", "de", "en", "es", "fr", "id", "it", "ja"])
@pytest.mark.parametrize("country", ["HK", "MO"])
def test_no_country_is_named_by_its_title(country: str, language: str) -> None:
    name = country_name(country, language)
    assert name
    assert "(" not in name
    assert len(name) < 12


@pytest.mark.parametrize(
    ("language", "country", "currency", "text"),
    [
        ("es", "MX", "USD", f"USD{SPACE}24.99"),
        ("en", "AU", "EUR", f"EUR{SPACE}24.99"),
        ("es", "MX", "MXN", "$24.99"),
        ("es", "ES", "USD", f"24,99{SPACE}US$"),
        ("en", "GB", "USD", "US$24.99"),
        ("zh", "CN", "CNY", "¥24.99"),
    ],
)
def test_the_letters_of_a_currency_do_not_touch_the_figures(
    language: str, country: str, currency: str, text: str
) -> None:
    assert money(Money(Decimal("24.99"), currency), language, country) == text


@pytest.mark.parametrize(
    ("first", "language", "text"),
    [
        ("Lantern", "zh", "Lantern 等3件商品"),
        ("Tent (blue)", "zh-Hant", "Tent (blue) 等3件商品"),
        ("Folding camping…", "zh", "Folding camping… 等3件商品"),
        ("露营灯", "zh", "露营灯等3件商品"),
        ("折叠露营灯…", "zh", "折叠露营灯…等3件商品"),
        ("Lantern", "en", "Lantern and 2 more"),
        ("Lantern", "es", "Lantern y 2 más"),
    ],
)
def test_chinese_keeps_a_space_from_a_latin_title(first: str, language: str, text: str) -> None:
    assert and_more(first, 2, language) == text
