"""Tracking numbers: which look like one, whose they are, and where a buyer can look them up.

S10 is the Universal Postal Union's form, with a check digit; the others are what carriers use.
Sources: UPU S10; the carriers' public pages. The page of 17track serves where a carrier has none
that is known to take a number in its address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tactd.core.orders import normal_number
from tactd.core.types import Traced

ANY_PAGE = "https://t.17track.net/en#nums={n}"


def s10(number: str) -> str | None:
    """Why `number` fails the UPU S10 check; None if it passes."""
    digits = [int(sign) for sign in number[2:11]]
    weighed = sum(w * d for w, d in zip((8, 6, 4, 2, 3, 5, 9, 7), digits, strict=False)) % 11
    expected = {0: 5, 1: 0}.get(weighed, 11 - weighed)
    return None if digits[8] == expected else f"check digit is {digits[8]}, not {expected}"


def ups(number: str) -> str | None:
    """Why `number` fails the check of UPS's 1Z numbers; None if it passes."""
    values = [int(s) if s.isdigit() else (ord(s) - 63) % 10 for s in number[2:17]]
    expected = -(sum(values[0::2]) + 2 * sum(values[1::2])) % 10
    return None if number[17] == str(expected) else f"check digit is not {expected}"


def mod10(number: str) -> str | None:
    """Why `number` fails the modulus-10 check of USPS (weights 3 and 1 from the right)."""
    digits = [int(sign) for sign in reversed(number[:-1])]
    expected = -(3 * sum(digits[0::2]) + sum(digits[1::2])) % 10
    return None if number[-1] == str(expected) else f"check digit is not {expected}"


def fedex(number: str) -> str | None:
    """Why `number` fails the modulus-11 check of FedEx's 12 digits; None if it passes."""
    weights = (3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1)
    total = sum(w * int(d) for w, d in zip(weights, number, strict=False))
    expected = total % 11 % 10
    return None if number[11] == str(expected) else f"check digit is not {expected}"


def unchecked(number: str) -> str | None:
    """This carrier's numbers have no check digit that is known."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    carrier: str
    pattern: str  # over capitals and digits; no spaces
    check: Callable[[str], str | None] = unchecked
    page: str = ANY_PAGE


S10 = "postal service"

# The first form that fits and passes its check is taken, so the narrow ones stand first.
FORMS = (
    Form("Yanwen", r"[A-Z]{2}\d{9}YP", page="https://track.yw56.com.cn/en/querydel?nums={n}"),
    Form("YunExpress", r"YT\d{16}", page="https://www.yuntrack.com/parcelTracking?id={n}"),
    Form("YunExpress", r"YT\d{10,20}", page="https://www.yuntrack.com/parcelTracking?id={n}"),
    Form("4PX", r"4PX\d{10,16}CN", page="https://track.4px.com/#/result/0/{n}"),
    Form("Cainiao", r"LP\d{14,20}", page="https://global.cainiao.com/newDetail.htm?mailNoList={n}"),
    Form("Cainiao", r"LP\d{14}CN", page="https://global.cainiao.com/newDetail.htm?mailNoList={n}"),
    Form("Cainiao", r"CNG\d{8,20}", page="https://global.cainiao.com/newDetail.htm?mailNoList={n}"),
    Form(S10, r"[A-Z]{2}\d{9}[A-Z]{2}", s10),
    Form("SpeedPAK", r"E[ESM]\d{10,20}[0-9A-Z]{0,12}"),
    Form("SFC", r"SFC[0-9A-Z]{10,20}"),
    Form(
        "UPS",
        r"1Z[0-9A-Z]{15}\d",
        ups,
        "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={n}",
    ),
    Form(
        "USPS", r"9[1-5]\d{20}", mod10, "https://tools.usps.com/go/TrackConfirmAction?tLabels={n}"
    ),
    Form("DHL", r"0034\d{16}"),
    Form("Hermes", r"H\d{19}"),
    Form("FedEx", r"\d{12}", fedex, "https://www.fedex.com/apps/fedextrack/?tracknumbers={n}"),
)

# Whose S10 numbers end in these letters (ISO 3166-1).
POSTS = {
    "AT": "Austrian Post", "AU": "Australia Post", "BE": "bpost", "BG": "Bulgarian Posts",
    "BR": "Correios", "CA": "Canada Post", "CH": "Swiss Post", "CN": "China Post",
    "CZ": "Czech Post", "DE": "Deutsche Post", "DK": "PostNord", "EE": "Omniva", "ES": "Correos",
    "FI": "Posti", "FR": "La Poste", "GB": "Royal Mail", "GR": "Hellenic Post",
    "HK": "Hongkong Post", "HU": "Magyar Posta", "ID": "Pos Indonesia", "IE": "An Post",
    "IL": "Israel Post", "IN": "India Post", "IT": "Poste Italiane", "JP": "Japan Post",
    "KR": "Korea Post", "LT": "Lithuania Post", "LU": "POST Luxembourg", "LV": "Latvia Post",
    "MX": "Correos de México", "MY": "Pos Malaysia", "NL": "PostNL", "NO": "Posten",
    "NZ": "New Zealand Post", "PH": "PHLPost", "PL": "Poczta Polska", "PT": "CTT",
    "RU": "Russian Post", "SE": "PostNord", "SG": "Singapore Post", "TH": "Thailand Post",
    "TR": "PTT", "TW": "Chunghwa Post", "UA": "Ukrposhta", "US": "USPS", "UZ": "Uzbekistan Post",
    "VN": "Vietnam Post",
}  # fmt: skip
POST_PAGES = {
    "GB": "https://www.royalmail.com/track-your-item#/tracking-results/{n}",
    "US": "https://tools.usps.com/go/TrackConfirmAction?tLabels={n}",
}

_COMPILED = tuple((form, re.compile(form.pattern, re.ASCII)) for form in FORMS)

_FEW_DIGITS = re.compile(r"(?:[^0-9]*[0-9]){0,7}[^0-9]*")

# Every number in use has three digits in a row, or in groups: most mails have none at all.
_A_FIGURE = re.compile(r"[0-9](?:[ -]?[0-9]){2}")

# A run of letters and digits, perhaps in groups of two and more as people write them. Each piece
# starts where the one before ended, so the search never looks back.
_RUN = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]+(?:[ -][0-9A-Za-z]+)*", re.ASCII)
_LONGEST = 40
_MOST_GROUPS = 7
_LONGEST_PREFIX = 4  # a longer word without a digit is prose


def carrier_and_page(number: str) -> tuple[str, str] | None:
    """(the carrier's name, the public page that shows this number); None where the form of the
    number is not known. The page is for reading by people: tactd never opens it."""
    plain = normal_number(number)
    form = _form(plain)
    if form is None:
        return None
    if form.carrier is S10:
        post = plain[-2:]
        return POSTS.get(post, S10), POST_PAGES.get(post, ANY_PAGE).format(n=plain)
    return form.carrier, form.page.format(n=plain)


def traced(number: str) -> Traced:
    """How far a number can be followed: an untracked small packet (S10 class U) is seen leaving
    the country and then no more."""
    plain = normal_number(number)
    form = _form(plain)
    return Traced.DEPARTURE if form and form.carrier is S10 and plain[0] == "U" else Traced.FULL


def tracking_numbers(text: str) -> Iterator[str]:
    """Tracking numbers in what people wrote, normalised; also written in groups (`RB 123 …`)."""
    for run in _RUN.finditer(text) if _A_FIGURE.search(text) else ():
        words = re.split(r"[ -]", run[0])
        at = 0
        while at < len(words):
            if _is_prose(words[at]):
                at += 1
                continue
            number, used = _number_at(words, at)
            if number:
                yield number
            at += used


def _is_prose(word: str) -> bool:
    return len(word) > _LONGEST_PREFIX and word.isalpha()


def _number_at(words: list[str], at: int) -> tuple[str, int]:
    """The longest tracking number that starts at this word, and how many words it takes."""
    together = [""]
    for word in words[at : at + _MOST_GROUPS]:
        if _is_prose(word) or len(together[-1]) + len(word) > _LONGEST:
            break
        together.append(together[-1] + word.upper())
    for used in range(len(together) - 1, 0, -1):
        if _form(together[used]) and (used == 1 or not together[used].isdigit()):
            return together[used], used
    return "", 1


@lru_cache(maxsize=4096)
def _form(plain: str) -> Form | None:
    if not 10 <= len(plain) <= _LONGEST or _FEW_DIGITS.fullmatch(plain):
        return None
    return next((f for f, p in _COMPILED if p.fullmatch(plain) and f.check(plain) is None), None)
