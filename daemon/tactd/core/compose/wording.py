"""Dates, money, countries and lists as a reader of a language writes them (Unicode CLDR)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from tactd.core.types import Money

# English dates without a country are written day first, as most of the world reads them.
_LOCALES = {
    "en": "en_GB",
    "zh": "zh_Hans_CN",
    "zh-Hant": "zh_Hant_TW",
    "pt-BR": "pt_BR",
}
_LOCALES_OF_COUNTRY = {
    ("en", "US"): "en_US",
    ("en", "CA"): "en_CA",
    ("en", "AU"): "en_AU",
    ("es", "MX"): "es_MX",
    ("pt", "BR"): "pt_BR",
    ("de", "AT"): "de_AT",
    ("de", "CH"): "de_CH",
    ("fr", "CA"): "fr_CA",
    ("fr", "CH"): "fr_CH",
}

# "to the United States": English needs the article inside a sentence.
_WITH_ARTICLE = frozenset({"AE", "BS", "CF", "DO", "GB", "GM", "IM", "MV", "NL", "PH", "SB", "US"})
# CLDR names these too, but nothing is posted there ("Unknown Region", "pseudo-accents" …).
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
# CLDR's long names of these are titles ("RAE de Hong Kong (China)") that nobody writes on a parcel.
_SHORT_NAMES = {
    "ar": {"HK": "هونغ كونغ", "MO": "مكاو"},
    "de": {"HK": "Hongkong", "MO": "Macau"},
    "en": {"HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar"},
    "es": {"HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar"},
    "fr": {"HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar"},
    "id": {"HK": "Hong Kong", "MO": "Makau"},
    "it": {"HK": "Hong Kong", "MO": "Macao", "MM": "Myanmar"},
    "ja": {"HK": "香港", "MO": "マカオ"},
    "ko": {"HK": "홍콩", "MO": "마카오"},
    "nl": {"HK": "Hongkong", "MO": "Macau", "MM": "Myanmar"},
    "pl": {"HK": "Hongkong", "MO": "Makau", "MM": "Mjanma"},
    "pt": {"HK": "Hong Kong", "MO": "Macau", "MM": "Mianmar"},
    "ru": {"HK": "Гонконг", "MO": "Макао", "MM": "Мьянма"},
    "tr": {"HK": "Hong Kong", "MO": "Makao", "MM": "Myanmar"},
    "zh": {"HK": "香港", "MO": "澳门"},
    "zh-Hant": {"HK": "香港", "MO": "澳門"},
}

_AND_MORE = {
    "en": "{first} and {count} more",
    "es": "{first} y {count} más",
    "zh": "{first}{gap}等{total}件商品",
    "zh-Hant": "{first}{gap}等{total}件商品",
}

# Where the letters of a currency's code touch the figures: "USD24.99" (CLDR, currencySpacing).
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def long_date(day: date, language: str, country: str = "") -> str:
    """ "12 November 2026"."""
    return _long_date(day, _tag(language, country))


def money(amount: Money, language: str, country: str = "") -> str:
    """ "$24.99"; the currency is told apart where the reader's country has another dollar."""
    return _money(amount.amount, amount.currency, _tag(language, country))


@lru_cache(maxsize=2048)
def country_name(country: str, language: str) -> str | None:
    """ISO 3166-1 alpha-2 → "Germany", "the United States"; None if unknown."""
    code = country.upper()
    if code in _NO_COUNTRY:
        return None
    short = _SHORT_NAMES.get(language) or _SHORT_NAMES.get(_base(language), {})
    name = short.get(code) or _locale(_tag(language)).territories.get(code)
    if name and _base(language) == "en" and code in _WITH_ARTICLE:
        return f"the {name}"
    return name


def and_more(first: str, others: int, language: str) -> str:
    """The first of several things: "Lantern and 2 more"."""
    if not others:
        return first
    form = _AND_MORE.get(language) or _AND_MORE.get(_base(language)) or "{first} (+{count})"
    gap = "" if _ends_wide(first) else " "
    return form.format(first=first, gap=gap, count=others, total=others + 1)


def _ends_wide(text: str) -> bool:
    """Is its last letter one of those that stand in a square (Chinese, Japanese, Korean)?"""
    last = next((letter for letter in reversed(text) if letter.isalnum()), "")
    return last != "" and unicodedata.east_asian_width(last) in ("W", "F")


def _base(language: str) -> str:
    return language.partition("-")[0]


def _tag(language: str, country: str = "") -> str:
    own = _LOCALES_OF_COUNTRY.get((_base(language), country.upper()))
    return own or _LOCALES.get(language) or _LOCALES.get(_base(language)) or language


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    """English for a language that CLDR does not have."""
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


@lru_cache(maxsize=8192)
def _long_date(day: date, tag: str) -> str:
    return format_date(day, "long", locale=_locale(tag))


@lru_cache(maxsize=8192)
def _money(amount: Decimal, currency: str, tag: str) -> str:
    return _TOUCHING.sub(
        "\N{NO-BREAK SPACE}", format_currency(amount, currency, locale=_locale(tag))
    )
