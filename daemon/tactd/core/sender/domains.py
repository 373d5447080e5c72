"""Domain names: what a valid one is, and who registered it."""

from __future__ import annotations

import re

# Suffixes under which everybody can register a name: the organisation is one label more. Short on
# purpose; a missing one makes alignment too generous only among names under that suffix.
TWO_LEVEL = frozenset(
    f"{second}.{top}"
    for top, seconds in {
        "uk": "co org me ltd plc net sch ac gov nhs",
        "au": "com net org edu gov id asn",
        "nz": "co net org ac govt geek",
        "jp": "co ne or ac ad ed go gr lg",
        "kr": "co ne or re pe go ac",
        "cn": "com net org gov edu ac",
        "tw": "com net org idv edu gov",
        "hk": "com net org edu gov idv",
        "br": "com net org gov edu adv eng ind art blog",
        "mx": "com net org gob edu",
        "ar": "com net org gob edu",
        "co": "com net org gov edu nom",
        "pe": "com net org gob edu nom",
        "ve": "com net org co web",
        "tr": "com net org gen web bel edu gov",
        "id": "co or ac web go sch my biz",
        "in": "co net org firm gen ind ac gov",
        "il": "co org net ac gov muni",
        "za": "co net org web gov ac",
        "sg": "com net org edu gov per",
        "my": "com net org edu gov name",
        "ph": "com net org edu gov",
        "th": "co in or ac go net",
        "vn": "com net org edu gov",
        "ua": "com net org edu gov in kiev kyiv",
        "ru": "com net org pp msk spb",
        "pl": "com net org edu gov info biz waw",
        "es": "com nom org gob edu",
        "pt": "com org edu gov",
        "fr": "com asso nom gouv",
        "it": "edu gov",
        "gr": "com net org edu gov",
        "cy": "com net org",
        "ro": "com org nom info",
        "hu": "co org info",
        "eg": "com net org edu gov",
        "sa": "com net org edu gov med",
        "ae": "co net org ac gov",
        "ng": "com net org edu gov",
        "ke": "co or ne go ac",
        "pk": "com net org edu gov",
        "bd": "com net org edu gov",
        "com": "br cn de eu gb hu jpn kr no qc ru sa se uk us za",
        "net": "gb hu in jp se uk",
    }.items()
    for second in seconds.split()
)

_DOMAIN = re.compile(r"(?=.{4,253}$)(?!-)[^\s@<>\"(),;:\\/=]+\.[^\s@<>\"(),;:\\/=.]{2,63}")


def aligned(one: str | None, domain: str) -> bool:
    """The same domain, or one a subdomain of the other within one organisation. Two subdomains
    side by side are not enough here: under a suffix that we do not know they may be strangers."""
    if one is None or organisation(one) != organisation(domain):
        return False
    return one == domain or one.endswith("." + domain) or domain.endswith("." + one)


def organisation(domain: str) -> str:
    """The name that somebody registered: one label more than the public suffix."""
    labels = domain.split(".")
    return ".".join(labels[-3 if ".".join(labels[-2:]) in TWO_LEVEL else -2 :])


def domain_name(text: str) -> str | None:
    """In lower case; None where it is no domain name. Unicode names stay as they are: they equal
    only themselves."""
    lower = text.lower().rstrip(".")
    return lower if _DOMAIN.fullmatch(lower) else None
