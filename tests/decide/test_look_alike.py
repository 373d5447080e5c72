"""A forged sender that imitates a marketplace is told to the seller as what it may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decide_kit import NOW, mail_of, policy, wrote
from tactd.core.decide.steps import decide
from tactd.core.sender.look_alike import imitated
from tactd.core.types import Address, Facts, Mail, MailKind, Marketplace, Outcome
from tactd.shipped import packs

FAILED = "dmarc=fail header.from={}"


def from_(domain: str, name: str = "eBay", stamp: str = FAILED, subject: str = "Hello") -> Mail:
    mail = mail_of("Click here", f"x@{domain}", stamp=stamp.format(domain), subject=subject)
    return replace(mail, sender=Address(name, f"x@{domain}"))


@pytest.mark.parametrize(
    ("domain", "name", "marketplace"),
    [
        ("ebay-support.example.com", "eBay", Marketplace.EBAY),
        ("members-ebay.com", "eBay member", Marketplace.EBAY),
        ("еbаy.com", "eBay", Marketplace.EBAY),  # Cyrillic
        ("amaz0n.com", "Amazon", Marketplace.AMAZON),
        ("arnazon-seller.com", "Amazon Seller Central", Marketplace.AMAZON),
        ("etsy.com.example.org", "Etsy", Marketplace.ETSY),
        ("ebay.com", "eBay", None),
        ("reply.ebay.co.uk", "eBay", None),
        ("betsy.example.com", "Betsy", Marketplace.ETSY),  # by chance: the stamp has to speak, too
        ("betsyfield.example.com", "B. Field", None),
        ("example.com", "eBay fan", None),
        ("", "eBay", None),
    ],
)
def test_a_domain_imitates_a_marketplace_that_the_name_claims(
    domain: str, name: str, marketplace: Marketplace | None
) -> None:
    assert imitated(from_(domain, name), packs().values()) is marketplace


def test_a_forged_look_alike_is_suspected_and_learns_nothing() -> None:
    rules = replace(policy(), packs=packs())
    forged = decide(wrote(from_("ebay-support.example.com")), Facts(), rules, NOW)
    assert (forged.kind, forged.outcome) == (MailKind.PHISHING_SUSPECT, Outcome.STAGE)
    assert "screen.look_alike" in {entry.code for entry in forged.trail}
    assert forged.disclosure is not None and not forged.disclosure.facts


@pytest.mark.parametrize("stamp", ["", "dmarc=pass header.from={}"])
def test_a_name_alone_makes_nobody_a_suspect(stamp: str) -> None:
    rules = replace(policy(), packs=packs())
    said = decide(wrote(from_("betsy.example.com", "Betsy", stamp)), Facts(), rules, NOW)
    assert said.kind is MailKind.BUYER_MESSAGE
