"""Country names as marketplaces write them, in many languages → ISO 3166-1 codes."""

from __future__ import annotations

import re
from functools import lru_cache

from tactd.marketplaces.values import fold

_COUNTRY_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "ru", "zh", "ja")
# Names that marketplaces write and CLDR does not.
_COUNTRY_ALIASES = {
    "usa": "US", "u s a": "US", "united states of america": "US", "america": "US",
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB",
    "northern ireland": "GB", "grossbritannien": "GB", "vereinigtes konigreich": "GB",
    "russian federation": "RU", "korea south": "KR", "south korea": "KR", "korea": "KR",
    "republic of korea": "KR", "korea republic of": "KR", "korea north": "KP",
    "czech republic": "CZ", "tschechische republik": "CZ", "macedonia": "MK",
    "turkey": "TR", "turkei": "TR", "slovak republic": "SK", "viet nam": "VN",
    "hong kong": "HK", "hongkong": "HK", "macau": "MO", "macao": "MO", "taiwan": "TW",
    "holland": "NL", "brunei darussalam": "BN", "moldova republic of": "MD",
    "republic of croatia": "HR", "croatia republic of": "HR", "ireland republic of": "IE",
    "iran": "IR", "bahamas the": "BS", "gambia the": "GM", "swaziland": "SZ", "burma": "MM",
    "cote divoire ivory coast": "CI", "cape verde islands": "CV", "vatican city state": "VA",
    "congo democratic republic of the": "CD", "congo republic of the": "CG",
    "bosnia and herzegovina": "BA", "trinidad and tobago": "TT", "apo fpo": "US",
    "puerto rico": "PR", "virgin islands u s": "VI", "peoples republic of china": "CN",
}  # fmt: skip


@lru_cache(maxsize=4096)
def country(text: str) -> str:
    """A country's name or code → ISO 3166-1 alpha-2; "" where it is not known."""
    name = _country_name(text)
    if len(name) == 2 and name.upper() in _territories().values():
        return name.upper()
    return _COUNTRY_ALIASES.get(name) or _territories().get(name, "")


def _country_name(text: str) -> str:
    words = re.sub(r"[^\w]+", " ", fold(text).replace("'", "").replace("’", ""))
    return words.replace(" & ", " and ").strip()


@lru_cache(maxsize=1)
def _territories() -> dict[str, str]:
    from babel import Locale  # loads slowly: only when a file is read

    names: dict[str, str] = {}
    for language in _COUNTRY_LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "ZZ"):
                names.setdefault(_country_name(name), code)
    return names
