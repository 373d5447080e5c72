"""Attacks on "nothing goes to a stranger" by headers: what a forger can write above, below and
into a mail that names a true order and its buyer's true address."""

from __future__ import annotations

from pathlib import Path

import pytest

from attacks.shop_in_steps import Steps, steps
from shop import ebay_mail, mail
from story_kit import VOUCHED, WHERE, address_of, asks, codes, no_fact_of, number_of, sheet
from tactd.core.types import Mode
from tactd.screens import why

BUYER = address_of(1)
OURS = "mx.example.org"
BORDER = f"Received: from evil.example ([192.0.2.6]) by {OURS} with ESMTPS; x"
HOP = "Received: from laptop by mail.evil.example; x"
GOOD = f"Authentication-Results: {OURS}; {VOUCHED}"
BAD = f"Authentication-Results: {OURS}; dmarc=fail header.from=example.com"


def under(*lines: str, raw: bytes = b"") -> bytes:
    return "\n".join((*lines, "")).encode() + (raw or asks(1, stamp=""))


def results(text: str) -> bytes:
    return under(f"Authentication-Results: {text}")


UNPROVEN = {
    "forged below what the provider says": under(BAD, BORDER, GOOD),
    "doubled, and the upper one fails": under(BAD, GOOD),
    "doubled, and the upper one is empty": under(f"Authentication-Results: {OURS}; none", GOOD),
    "doubled within one header": results(f"{OURS}; {VOUCHED}; dmarc=fail header.from=example.com"),
    "doubled passes for two names": results(f"{OURS}; {VOUCHED}; dmarc=pass header.from=x.example"),
    "below a foreign hop": under(BORDER, HOP, GOOD),
    "another's authserv-id": results(f"mail.evil.example; {VOUCHED}"),
    "ours as a comment of another's": results(f"mail.evil.example ({OURS}); {VOUCHED}"),
    "ours in a comment before another's": results(f"({OURS};) mail.evil.example; {VOUCHED}"),
    "ours as a part of another's": results(f"{OURS}.evil.example; {VOUCHED}"),
    "another one as a part of ours": results(f"evil.{OURS}; {VOUCHED}"),
    "a pass in a comment": results(f"{OURS}; dmarc=fail ({VOUCHED}) header.from=example.com"),
    "a pass in nested comments": results(f"{OURS}; dmarc=none (a (b) ; {VOUCHED})"),
    "a pass in an open comment": results(f"{OURS}; spf=none (; {VOUCHED}"),
    "a pass in a quoted string": results(f'{OURS}; dmarc=none reason="; {VOUCHED}"'),
    "a pass in a quoted local part": results(f'{OURS}; spf=none smtp.mailfrom="; {VOUCHED}"@x.de'),
    "a pass behind a broken quote": results(f'{OURS}; spf=none x.y="a\\"; {VOUCHED}'),
    "a pass for the attacker": results(f"{OURS}; dkim=pass header.d=evil.example"),
    "a pass for the attacker's DMARC": results(f"{OURS}; dmarc=pass header.from=evil.example"),
    "a pass for a neighbour": results(f"{OURS}; dkim=pass header.d=badexample.com"),
    "a pass for all of .com": results(f"{OURS}; dkim=pass header.d=com"),
    "a pass for the greeting": results(f"{OURS}; spf=pass smtp.helo=example.com"),
    "a pass in an encoded word": results(f"{OURS}; =?utf-8?q?dmarc=3Dpass?= header.from=x"),
    "our id in an encoded word": results(f"=?utf-8?q?{OURS}?=; {VOUCHED}"),
    "in another header": under(f"X-Authentication-Results: {OURS}; {VOUCHED}"),
    "in the chain of others": under(f"ARC-Authentication-Results: i=1; {OURS}; {VOUCHED}"),
    "in the body": asks(1, stamp="", words=f"Authentication-Results: {OURS}; {VOUCHED}\n\n{WHERE}"),
    "a stranger forwarded it": results(f"{OURS}; dkim=fail header.d=example.com"),
    "in another version": results(f"{OURS} 2; {VOUCHED}"),
}  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> object:
    with steps(tmp_path) as made:
        yield made


def told(shop: Steps, name: str = "m1") -> dict[str, object]:
    return why.of_id(shop.parts.store, shop.parts.pipeline.rules.policy, name)


@pytest.mark.parametrize("raw", UNPROVEN.values(), ids=list(UNPROVEN))
def test_no_header_that_a_forger_writes_makes_him_known(shop: Steps, raw: bytes) -> None:
    """What is drafted for the address on file may hold facts, but never goes there by itself."""
    (path,) = shop.stage(raw)
    found = told(shop)
    assert found["would"] == "stage"
    assert not {"disclose.on_file"} & set(codes(found))
    assert any("# ! " in line for line in sheet(path).top)


def test_the_same_mail_is_known_under_what_the_provider_writes(shop: Steps) -> None:
    """The attacks above fail for the right reason."""
    shop.stage(under(GOOD, BORDER))
    assert "disclose.on_file" in codes(told(shop))


SENDERS = {
    "two addresses": f"<{BUYER}>, <x@evil.example>",
    "two addresses, his first": f"x@evil.example, {BUYER}",
    "two places in one": f"<{BUYER}> <x@evil.example>",
    "a group": f"Team: {BUYER}, x@evil.example;",
    "his address in the name": f'"{BUYER}" <x@evil.example>',
    "his address in an encoded word": "=?utf-8?q?buyer1=40example=2Ecom?= <x@evil.example>",
    "a whole From in an encoded word": "=?utf-8?q?=3Cbuyer1=40example=2Ecom=3E=2C?= x@evil.example",
    "his address in a comment": f"({BUYER}) x@evil.example",
    "his address as a local part": f'"{BUYER}"@evil.example',
    "his address as a route": f"<@{BUYER}:x@evil.example>",
    "an encoded word for an address": "=?utf-8?q?buyer1=40example=2Ecom?=",
    "Cyrillic letters": "buyer1@ехample.com",
    "wide letters": "buyer1@ｅxample.com",
    "a domain that looks like it": "buyer1@examp1e.com",
    "his domain below another": "buyer1@example.com.attacker.example",
    "no address": "Jane Poole",
    "nothing": "",
}


@pytest.mark.parametrize("stamp", [VOUCHED, "dmarc=pass header.from=evil.example"])
@pytest.mark.parametrize("sender", SENDERS.values(), ids=list(SENDERS))
def test_no_way_of_writing_from_gets_a_fact(shop: Steps, sender: str, stamp: str) -> None:
    raw = asks(1, stamp=stamp).replace(f"From: Jane Poole <{BUYER}>".encode(), b"From: PLACE")
    assert b"PLACE" in raw
    shop.stage(raw.replace(b"PLACE", sender.encode()))
    found = told(shop)
    assert "disclose.on_file" not in codes(found)
    assert found["would"] in ("stage", "skip")
    for path in shop.files("staged"):
        assert no_fact_of(sheet(path).body, 1, 2) == []


@pytest.mark.parametrize("above", [True, False])
def test_a_second_from_header_takes_all_trust(shop: Steps, above: bool) -> None:
    raw, other = under(GOOD), b"From: x@evil.example\n"
    first = raw.index(b"From:")
    raw = raw[:first] + other + raw[first:] if above else raw.replace(b"To:", other + b"To:", 1)
    (path,) = shop.stage(raw)
    assert "disclose.forged" in codes(told(shop))
    assert no_fact_of(sheet(path).body, 1, 2) == []


ELSEWHERE = ["x@evil.example", f"{BUYER}, x@evil.example", "buyer1@examp1e.com"]


@pytest.mark.parametrize("reply_to", ELSEWHERE)
def test_an_answer_that_is_wanted_elsewhere_goes_to_the_sender_and_says_nothing(
    shop: Steps, reply_to: str
) -> None:
    (path,) = shop.stage(asks(1, Reply_To=reply_to))
    read = sheet(path)
    assert "disclose.reply_to_elsewhere" in codes(told(shop))
    assert read.to == BUYER
    assert no_fact_of(read.body, 1, 2) == []


LOOK_ALIKES = ["ebay.com.attacker.example", "еbay.com", "members-ebay.com", "ebay.com-mail.example"]


@pytest.mark.parametrize("domain", LOOK_ALIKES)
def test_who_looks_like_the_marketplace_is_a_stranger(shop: Steps, domain: str) -> None:
    raw = ebay_mail(f"{WHERE} {number_of(1)}", message_id="<e@x.example>", authenticated=False)
    raw = raw.replace(b"@members.ebay.com", f"@{domain}".encode())
    shop.stage(under(f"Authentication-Results: {OURS}; dmarc=pass header.from={domain}", raw=raw))
    assert "disclose.on_file" not in codes(told(shop))
    for path in shop.files("staged"):
        assert no_fact_of(sheet(path).body, 1, 2) == []


# ------------------------------------------------------------------ does the order exist?

ASKED = [WHERE, "I want my money back.", "Please cancel it.", "Please change my address."]
FROM = {
    "a stranger": {"sender": "x@evil.example", "stamp": "dmarc=pass header.from=evil.example"},
    "a stranger whom nobody knows": {"sender": "mallory@evil.example", "stamp": ""},
    "a forger": {"sender": BUYER, "stamp": "dmarc=fail header.from=example.com"},
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("who", FROM.values(), ids=list(FROM))
@pytest.mark.parametrize("place", ["subject", "words"])
def test_a_letter_is_the_same_to_the_byte_whether_the_order_exists_or_not(
    tmp_path: Path, asked: str, who: dict[str, str], place: str
) -> None:
    letters = []
    for number in (number_of(1), "12-34567-00077"):
        root = tmp_path / number
        root.mkdir()
        words = f"{asked} {number}" if place == "words" else asked
        subject = number if place == "subject" else "A question"
        raw = mail(words, subject=subject, name="Ann", message_id="<q@evil.example>", **who)
        with steps(root) as shop:
            shop.stage(raw)
            assert shop.parts.pipeline.rules.policy.mode is Mode.STAGE
            reply = shop.replies()[0].reply
            found = told(shop)
            sent = (reply.to, reply.subject.replace(number, "#"), reply.body.encode())
            letters.append((*sent, found["decision"], found["would"]))
    assert letters[0] == letters[1]
    assert number_of(1).encode() not in letters[0][2]
