"""A forged sender that imitates a marketplace is told to the seller as what it may be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decide_kit import NOW, mail_of, order_of, policy, wrote
from tactd.core.decide.steps import decide
from tactd.core.sender.look_alike import imitated
from tactd.core.types import Address, Candidate, Clue, Facts, Mail, MailKind, Marketplace, Outcome
from tactd.shipped import packs

NO_REPLY = "no-reply@paypal-review.example"
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


@pytest.mark.parametrize("sender", ["ebay@ebay.com", "0123456789abcdef0123@members.ebay.com"])
def test_a_mail_in_ebays_own_name_that_the_provider_calls_forged_is_suspected(sender: str) -> None:
    rules = replace(policy(), packs=packs())
    mail = mail_of("Item hasn't arrived. Order number: 12-34567-00001", sender, "dmarc=fail")
    held = order_of(1, address="0123456789abcdef0123@members.ebay.com")
    facts = Facts(candidates=(Candidate(held, (Clue("order", held.key.number),)),))
    said = decide(wrote(mail), facts, rules, NOW)
    assert said.kind is MailKind.PHISHING_SUSPECT
    assert said.outcome in (Outcome.STAGE, Outcome.SKIP)
    assert said.match is None or not said.match.certain


def test_a_marketplaces_name_as_a_word_of_anothers_domain_is_suspected_whoever_vouches() -> None:
    rules = replace(policy(), packs=packs())
    stamp = "dmarc=pass header.from={}"
    for domain in ("etsy-verify-help.example", "etsy.help.example"):
        said = decide(wrote(from_(domain, "Etsy Support", stamp)), Facts(), rules, NOW)
        assert said.kind is MailKind.PHISHING_SUSPECT, domain


def test_a_robot_that_imitates_a_marketplace_is_suspected_and_not_answered() -> None:
    rules = replace(policy(), packs=packs())
    robot = replace(from_("paypal-review.example"), sender=Address("PayPal", NO_REPLY))
    said = decide(wrote(robot), Facts(), rules, NOW)
    assert (said.kind, said.outcome) == (MailKind.PHISHING_SUSPECT, Outcome.SKIP)
