"""Money and dates as marketplaces write them, in many languages.

Each function gives None for what it cannot read; none of them guesses or raises.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import lru_cache

from tactd.core.types import Money

# --------------------------------------------------------------------------- money

# Longest first: "AU $" must be seen before "$".
_SIGNS = (
    ("US $", "USD"),
    ("AU $", "AUD"),
    ("CA $", "CAD"),
    ("NZ $", "NZD"),
    ("HK $", "HKD"),
    ("SG $", "SGD"),
    ("MX $", "MXN"),
    ("NT $", "TWD"),
    ("CN ¥", "CNY"),
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("CA$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("MX$", "MXN"),
    ("NT$", "TWD"),
    ("CN¥", "CNY"),
    ("C $", "CAD"),
    ("A $", "AUD"),
    ("S $", "SGD"),
    ("R$", "BRL"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("S$", "SGD"),
    ("RMB", "CNY"),
    ("Fr.", "CHF"),
    ("zł", "PLN"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₽", "RUB"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("$", "USD"),
)
_SIGN_CODES = dict(_SIGNS)
_MONEY = re.compile(
    r"\s*(?P<minus>-)?\s*(?P<before>[^\d\s.,+-][^\d.,+-]{0,6}?)?\s*(?P<minus2>-)?\s*"
    r"(?P<number>[0-9][0-9 .,'’\u00a0\u202f]{0,20})\s*(?P<after>\D{0,6}?)\s*"
)
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[.,][0-9]{3})+")


@lru_cache(maxsize=8192)
def money(text: str, currency: str = "") -> Money | None:
    """`$1,433.66`, `116,99 €`, `AU $12.34`, `EUR 5` → Money.

    `currency` is used where the text names none; without either there is no Money."""
    found = _MONEY.fullmatch(text) if len(text) < 40 else None
    if found is None:
        return None
    code = _currency(found["before"] or "", found["after"]) or currency
    amount = number(found["number"])
    if not code or amount is None:
        return None
    return Money(-amount if found["minus"] or found["minus2"] else amount, code)


def _currency(before: str, after: str) -> str:
    sign = (before or after).strip()
    if (code := _SIGN_CODES.get(" ".join(sign.split()))) is not None:
        return code
    return sign.upper() if sign.upper() in _currency_codes() else ""


@lru_cache(maxsize=1)
def _currency_codes() -> frozenset[str]:
    from babel import Locale  # loads slowly: only when a file is read

    return frozenset(Locale("en").currencies)


def number(text: str) -> Decimal | None:
    """`1,433.66`, `1.433,66`, `1 433,66`, `116,99` → Decimal. A lone mark with three digits
    behind it (`1,433`) groups thousands: prices have two decimals or none."""
    plain = re.sub(r"[\s'’\u00a0\u202f]", "", text)
    if not re.fullmatch(r"[0-9]+(?:[.,][0-9]+)*", plain, re.ASCII) or len(plain) > 18:
        return None
    head, mark, tail = _split_decimals(plain)
    if not _WHOLE.fullmatch(head):
        return None
    digits = re.sub(r"[.,]", "", head)
    return Decimal(f"{digits}.{tail}" if mark else digits)


def _split_decimals(plain: str) -> tuple[str, str, str]:
    place = max(plain.rfind("."), plain.rfind(","))
    if place < 0:
        return plain, "", ""
    head, mark, tail = plain[:place], plain[place], plain[place + 1 :]
    groups = len(tail) == 3 and head != "0" and not ({".", ","} - {mark}) & set(head)
    return (plain, "", "") if groups or mark in head else (head, mark, tail)


# --------------------------------------------------------------------------- dates

# Month names start like this, in English, German, French, Italian, Spanish, Dutch, Polish and
# Portuguese; accents are folded away. "mar" and "mai" mean the same wherever they are used.
_MONTHS = {
    "jan": 1, "janv": 1, "gen": 1, "ene": 1, "sty": 1, "janeiro": 1,
    "feb": 2, "fev": 2, "fevr": 2, "lut": 2,
    "mar": 3, "mars": 3, "mrz": 3, "marz": 3, "maerz": 3, "mrt": 3, "maa": 3,
    "apr": 4, "avr": 4, "abr": 4, "kwi": 4,
    "may": 5, "mai": 5, "mag": 5, "mei": 5, "maj": 5,
    "jun": 6, "juin": 6, "giu": 6, "cze": 6,
    "jul": 7, "juil": 7, "lug": 7, "lip": 7,
    "aug": 8, "aou": 8, "aout": 8, "ago": 8, "sie": 8,
    "sep": 9, "sept": 9, "set": 9, "wrz": 9,
    "oct": 10, "okt": 10, "ott": 10, "out": 10, "paz": 10,
    "nov": 11, "lis": 11,
    "dec": 12, "dez": 12, "dic": 12, "gru": 12,
}  # fmt: skip

_TIME = r"(?:[t ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d{1,9})?)?"
_ZONE = r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?)?"
_DAY_FORMS = tuple(
    re.compile(form + _TIME + _ZONE, re.ASCII)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<name>[a-z]{3,10})\.?[- ](?P<day>\d{1,2}),?[- ](?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})\.?[- ](?P<name>[a-z]{3,10})\.?,?[- ](?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d{2})",
        r"(?P<first>\d{1,2})[/-](?P<second_number>\d{1,2})[/-](?P<year>\d{4}|\d{2})",
    )
)


@lru_cache(maxsize=8192)
def date(text: str, day_first: bool = False) -> datetime | None:
    """`Sep-07-26`, `10-Dez-25`, ISO 8601, `09/07/2026` … → UTC. A day alone is 12:00 UTC; a time
    without a zone is taken as UTC. `day_first` reads `07/09/2026` as 7 September; a number over
    12 settles it by itself."""
    if not 6 <= len(text) <= 40:
        return None
    folded = fold(text.strip())
    found = next((m for form in _DAY_FORMS if (m := form.fullmatch(folded))), None)
    if found is None:
        return None
    try:
        return _moment(found.groupdict(), day_first)
    except (ValueError, OverflowError):
        return None


def _moment(part: dict[str, str | None], day_first: bool) -> datetime | None:
    month, day = _month_and_day(part, day_first)
    year = int(part["year"] or 0)
    if month is None or not 1990 <= (year := year + 2000 if year < 100 else year) <= 2100:
        return None
    if part["hour"] is None:
        return datetime(year, month, day, 12, tzinfo=UTC)
    hour = int(part["hour"])
    if part["half"]:
        hour = hour % 12 + (12 if part["half"].startswith("p") else 0)
    at = datetime(
        year, month, day, hour, int(part["minute"] or 0), int(part["second"] or 0),
        tzinfo=_zone(part["zone"]),
    )  # fmt: skip
    return at.astimezone(UTC)


def _month_and_day(part: dict[str, str | None], day_first: bool) -> tuple[int | None, int]:
    if (name := part.get("name")) is not None:
        return month_number(name), int(part["day"] or 0)
    if (one := part.get("first")) is not None:
        first, second = int(one), int(part["second_number"] or 0)
        return (second, first) if first > 12 or (day_first and second <= 12) else (first, second)
    return int(part["month"] or 0), int(part["day"] or 0)


def month_number(name: str) -> int | None:
    """1 to 12 for a month's name or its short form, in the languages of _MONTHS."""
    folded = fold(name).rstrip(".")
    return next((m for size in (4, 3) if (m := _MONTHS.get(folded[:size]))), None)


def _zone(text: str | None) -> timezone:
    if not text or text[0] not in "+-":
        return UTC
    span = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-span if text[0] == "-" else span)


def fold(text: str) -> str:
    """Lower case without accents."""
    plain = unicodedata.normalize("NFD", text.replace("ß", "ss"))
    folded = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return folded.replace("ł", "l")
