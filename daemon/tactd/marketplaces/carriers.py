"""Whose a tracking number is, how it is checked, and the public page that shows it.

The tracking-numbers package knows the carriers of America and the check digits of the large ones;
what it lacks stands here, above all what leaves China. Sources: the Universal Postal Union's S10,
the carriers' public pages; forms that no carrier has published are as sellers see them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import mul

from tracking_numbers import get_definition
from tracking_numbers.definition import TrackingNumberDefinition

from tactd.core.types import Traced

LONGEST = 40

# The page of 17track serves where a carrier has none that is known to take a number in its address.
ANY_PAGE = "https://t.17track.net/en#nums={n}"
PAGES = {
    "4PX": "https://track.4px.com/#/result/0/{n}",
    "Cainiao": "https://global.cainiao.com/newDetail.htm?mailNoList={n}",
    "FedEx": "https://www.fedex.com/apps/fedextrack/?tracknumbers={n}",
    "Royal Mail": "https://www.royalmail.com/track-your-item#/tracking-results/{n}",
    "UPS": "https://wwwapps.ups.com/WebTracking/track?track=yes&trackNums={n}",
    "USPS": "https://tools.usps.com/go/TrackConfirmAction?tLabels={n}",
    "Yanwen": "https://track.yw56.com.cn/en/querydel?nums={n}",
    "YunExpress": "https://www.yuntrack.com/parcelTracking?id={n}",
}

# Whose S10 numbers end in these letters (ISO 3166-1).
POSTS = {
    "AE": "Emirates Post", "AR": "Correo Argentino", "AT": "Austrian Post", "AU": "Australia Post",
    "BE": "bpost", "BG": "Bulgarian Posts", "BR": "Correios", "BY": "Belpochta",
    "CA": "Canada Post", "CH": "Swiss Post", "CL": "CorreosChile", "CN": "China Post",
    "CO": "4-72", "CY": "Cyprus Post", "CZ": "Czech Post", "DE": "Deutsche Post",
    "DK": "PostNord", "EE": "Omniva", "EG": "Egypt Post", "ES": "Correos", "FI": "Posti",
    "FR": "La Poste", "GB": "Royal Mail", "GR": "Hellenic Post", "HK": "Hongkong Post",
    "HR": "Croatian Post", "HU": "Magyar Posta", "ID": "Pos Indonesia", "IE": "An Post",
    "IL": "Israel Post", "IN": "India Post", "IS": "Pósturinn", "IT": "Poste Italiane",
    "JP": "Japan Post", "KR": "Korea Post", "KZ": "Kazpost", "LT": "Lithuania Post",
    "LU": "POST Luxembourg", "LV": "Latvia Post", "MO": "Macao Post", "MT": "MaltaPost",
    "MX": "Correos de México", "MY": "Pos Malaysia", "NL": "PostNL", "NO": "Posten",
    "NZ": "New Zealand Post", "PE": "Serpost", "PH": "PHLPost", "PL": "Poczta Polska",
    "PT": "CTT", "RO": "Poșta Română", "RS": "Pošta Srbije", "RU": "Russian Post",
    "SA": "Saudi Post", "SE": "PostNord", "SG": "Singapore Post", "SI": "Pošta Slovenije",
    "SK": "Slovenská pošta", "TH": "Thailand Post", "TR": "PTT", "TW": "Chunghwa Post",
    "UA": "Ukrposhta", "US": "USPS", "UZ": "Uzbekistan Post", "VN": "Vietnam Post",
    "ZA": "South African Post Office",
}  # fmt: skip
POST = "postal service"  # one that has no row above


@dataclass(frozen=True, slots=True)
class Carrier:
    name: str
    page: str  # with {n} for the number
    traced: Traced = Traced.FULL


_CHECK_DIGITS = "50987654321"  # by what the others weigh
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


_ZEROS = sum(_WEIGHTS) * ord("0")


def s10(number: str) -> str | None:
    """Why `number` fails the UPU S10 check; None if it passes."""
    weighed = (sum(map(mul, _WEIGHTS, number[2:10].encode())) - _ZEROS) % 11
    expected = _CHECK_DIGITS[weighed]
    return None if number[10] == expected else f"check digit is {number[10]}, not {expected}"


Check = Callable[[str], str | None]


def unchecked(number: str) -> str | None:
    """This carrier's numbers have no check digit that is known."""
    return None


@dataclass(frozen=True, slots=True)
class Form:
    carrier: str
    pattern: str  # over capitals and digits; no spaces
    check: Check = unchecked
    traced: Traced = Traced.FULL


# The first form that fits and passes its check is taken, so the narrow ones stand first.
FORMS = (
    Form("Yanwen", r"[A-Z]{2}\d{9}YP"),  # like S10, but YP is no country
    Form("YunExpress", r"YT\d{10,20}"),
    Form("4PX", r"4PX\d{10,16}CN"),
    Form("Cainiao", r"LP\d{14,20}(?:CN)?"),
    Form("Cainiao", r"CNG\d{8,20}"),
    # Class U is an untracked small packet: seen leaving the country, and then no more.
    Form(POST, r"U[A-Z]\d{9}[A-Z]{2}", s10, Traced.DEPARTURE),
    Form(POST, r"[A-Z]{2}\d{9}[A-Z]{2}", s10),
    Form("SpeedPAK", r"E[ESM]\d{10,20}[0-9A-Z]{0,12}"),
    Form("SFC", r"SFC[0-9A-Z]{10,20}|QA\d{13}"),
    Form("DHL", r"0034\d{16}|JJ?D\d{16,18}|J[A-Z]{2,3}\d{9,10}|GM\d{16,20}"),
    Form("Hermes", r"H\d{19}"),
)


@dataclass(frozen=True, slots=True)
class Product:
    """A form that the tracking-numbers package knows, by the package's name for it. What a number
    must look like before it is asked for at all: its length, and how it begins."""

    name: str
    carrier: str
    lengths: range
    begins: str = ""


PRODUCTS = (
    Product("UPS", "UPS", range(18, 19), "1Z"),
    Product("Amazon Logistics", "Amazon Logistics", range(15, 16), "TBA"),
    Product("OnTrac", "OnTrac", range(15, 16), "C"),
    Product("FedEx Ground 96 (22)", "FedEx", range(22, 23), "96"),
    Product("FedEx Ground GSN", "FedEx", range(34, 35), "96"),
    Product("FedEx Express (34)", "FedEx", range(34, 35), "100"),
    Product("USPS 91", "USPS", range(22, 35, 2), "9"),
    Product("USPS 91", "USPS", range(28, 35, 2), "420"),
    Product("USPS 34v2", "USPS", range(32, 35), "420"),
    Product("USPS 20", "USPS", range(20, 21)),
    Product("FedEx Ground (SSCC-18)", "FedEx", range(18, 19), "0"),
    Product("FedEx Ground", "FedEx", range(15, 16)),
    Product("FedEx Express (12)", "FedEx", range(12, 13)),
    Product("DHL Express Air", "DHL", range(11, 12)),
    Product("DHL Express", "DHL", range(10, 11)),
)

_FORMS = tuple((form, re.compile(form.pattern, re.ASCII)) for form in FORMS)
_OF_LENGTH = {
    length: tuple(product for product in PRODUCTS if length in product.lengths)
    for length in range(LONGEST + 1)
}
# Nearly all numbers from China look so; no other form has nine digits between letters.
_LIKE_S10 = re.compile(r"[A-Z]{2}\d{9}[A-Z]{2}", re.ASCII)
_POSTAL = tuple((form, found) for form, found in _FORMS if form.carrier in (POST, "Yanwen"))
_FEW_DIGITS = re.compile(r"(?:[^0-9]*[0-9]){0,7}[^0-9]*")


def carrier(plain: str) -> Carrier | None:
    """Whose number this is, in capitals and digits; None where its form is not known or its check
    digit is wrong."""
    if _LIKE_S10.fullmatch(plain):
        for check, whose in _postal(plain[:2], plain[-2:]):
            if check(plain) is None:
                return whose
    return _of_another_form(plain)


@lru_cache(maxsize=4096)
def _postal(service: str, country: str) -> tuple[tuple[Check, Carrier], ...]:
    """Whose numbers may be that look as S10 has it, by their letters."""
    like = f"{service}000000000{country}"
    fits = [form for form, pattern in _POSTAL if pattern.fullmatch(like)]
    return tuple((form.check, _carrier_of(form, country)) for form in fits)


@lru_cache(maxsize=4096)
def _of_another_form(plain: str) -> Carrier | None:
    if not 10 <= len(plain) <= LONGEST or not plain.isascii():
        return None
    if not _LIKE_S10.fullmatch(plain) and _FEW_DIGITS.fullmatch(plain):
        return None
    return _own(plain) or _packaged(plain)


def _own(plain: str) -> Carrier | None:
    # None of the forms above is all digits.
    if (plain.isdigit() and not plain.startswith("00")) or _LIKE_S10.fullmatch(plain):
        return None
    fits = (form for form, pattern in _FORMS if pattern.fullmatch(plain))
    form = next((one for one in fits if one.check(plain) is None), None)
    return None if form is None else _carrier_of(form, plain[-2:])


def _carrier_of(form: Form, country: str) -> Carrier:
    name = POSTS.get(country, POST) if form.carrier is POST else form.carrier
    return _carrier(name, form.traced)


@cache
def _carrier(name: str, traced: Traced) -> Carrier:
    return Carrier(name, PAGES.get(name, ANY_PAGE), traced)


def _packaged(plain: str) -> Carrier | None:
    for product in _OF_LENGTH[len(plain)]:
        if plain.startswith(product.begins) and _valid(product, plain):
            return Carrier(product.carrier, PAGES.get(product.carrier, ANY_PAGE))
    return None


def _valid(product: Product, plain: str) -> bool:
    """UPS has more kinds of service than the package lists; its check digit is enough."""
    tested = _definition(product.name).test(plain)
    wrong = [name for name, _ in tested.validation_errors] if tested else ["form"]
    return not [name for name in wrong if not (product.name == "UPS" and name == "Service Type")]


@cache
def _definition(name: str) -> TrackingNumberDefinition:
    """Raises KeyError where the package has dropped it (a test asks for each)."""
    found = get_definition(name)
    if found is None:
        raise KeyError(name)
    return found
