"""eBay's policy pack says the same as the code that opens eBay's mails."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from tactd.marketplaces.ebay.mails import OWN_DOMAINS, is_relay

PACK = tomllib.loads(files("tactd.marketplaces.ebay").joinpath("policy.toml").read_text("utf-8"))


def test_the_domains_of_the_pack_are_those_the_mails_are_known_by() -> None:
    assert PACK["own_domains"] == list(OWN_DOMAINS)
    assert all(is_relay(f"0123456789abcdef0123@{domain}") for domain in PACK["relay_domains"])


def test_a_buyer_can_only_be_answered_in_plain_text_without_links() -> None:
    assert (PACK["reach"], PACK["links"], PACK["max_length"]) == ("reply", False, 2000)
    assert PACK["answer_within"] == "24 hours"
