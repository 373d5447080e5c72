"""Only the provider's own word makes a sender known (RFC 8601; promise 6)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.mail import read
from tactd.core.sender.authres import parse
from tactd.core.sender.domains import aligned
from tactd.core.sender.vouched import vouched
from tactd.core.types import Vouched

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
OURS = ("mx.example.com",)
BORDER = "Received: from mail.example.org ([192.0.2.1]) by mx.example.com with ESMTPS; x"
FOREIGN = "Received: from desk ([192.0.2.9]) by mail.example.org with ESMTPA; x"
FROM = "From: Jane <jane@example.org>"
GOOD = "Authentication-Results: mx.example.com; dmarc=pass header.from=example.org"


def judge(*lines: str, ids: tuple[str, ...] = OURS) -> tuple[Vouched, str]:
    return vouched(read("\r\n".join((*lines, "", "Hello")).encode(), NOW), ids)


def stamped(results: str, sender: str = FROM) -> tuple[Vouched, str]:
    return judge(f"Authentication-Results: {results}", BORDER, sender)


YES = [
    ("mx.example.com; dmarc=pass header.from=example.org", "dmarc"),
    ("MX.Example.Com; DMARC=Pass Header.From=Example.ORG", "dmarc"),
    ("mx.example.com 1; dmarc=pass (p=reject dis=none) header.from=example.org", "dmarc"),
    (
        "mx.example.com (a (nested; dmarc=fail) one); dmarc = pass header.from = example.org",
        "dmarc",
    ),
    ('"mx.example.com"; dmarc=pass reason="all; well" header.from=example.org', "dmarc"),
    ("mx.example.com; spf=fail smtp.mailfrom=x.net; dmarc=pass header.from=example.org", "dmarc"),
    ("mx.example.com; dmarc=none header.from=example.org; dkim=pass header.d=example.org", "dkim"),
    ("mx.example.com; dkim=pass header.d=mail.example.org", "dkim"),
    ("mx.example.com; dkim=pass header.i=@example.org header.s=s header.b=AbC=", "dkim"),
    ("mx.example.com; dkim=fail header.d=x.net; spf=pass smtp.mailfrom=b@example.org", "spf"),
    ("mx.example.com; spf=pass (ok) smtp.mailfrom=bounce.example.org", "spf"),
]


@pytest.mark.parametrize(("results", "method"), YES)
def test_an_aligned_pass_of_our_provider_vouches(results: str, method: str) -> None:
    assert stamped(results) == (Vouched.YES, f"sender.{method}")


NOT_YES = [
    # DMARC said no, whatever else stands there
    ("mx.example.com; dmarc=fail header.from=example.org; dkim=pass header.d=example.org", "no"),
    ("mx.example.com; dmarc=softfail header.from=example.org", "no"),
    ("mx.example.com; dmarc=fail (x dmarc=pass header.from=example.org)", "no"),
    ("mx.example.com; dmarc=fail (a\\) dmarc=pass) header.from=example.org", "no"),
    ("mx.example.com; dmarc=fail reason=\"; dmarc=pass header.from=example.org\"", "no"),
    ("mx.example.com; dmarc=pass header.from=example.org; dmarc=fail", "no"),
    ("mx.example.com; dmarc=pass header.from=example.org; dmarc=pass header.from=x.net", "no"),
    # it passed for another name
    ("mx.example.com; dmarc=pass header.from=examp1e.org", "no"),
    ("mx.example.com; dmarc=pass header.from=example.org.evil.example", "no"),
    ("mx.example.com; dmarc=pass header.from=example.org header.from=x.net", "no"),
    ("mx.example.com; dmarc=pass header.from=ехample.org", "no"),
    ("mx.example.com; dkim=fail header.d=example.org", "no"),
    # a quoted local part, a comment or a reason holds the word
    ('mx.example.com; spf=pass smtp.mailfrom="a; dmarc=pass header.from=example.org"@x.net', "?"),
    ('mx.example.com; spf=pass smtp.mailfrom="x dkim=pass header.d=example.org "@x.net', "?"),
    ('mx.example.com; spf=none reason="\\"; dmarc=pass header.from=example.org"', "?"),
    ("mx.example.com; spf=none (dmarc=pass header.from=example.org)", "?"),
    ("mx.example.com; spf=none (; dmarc=pass header.from=example.org", "?"),
    ('mx.example.com; spf=none smtp.mailfrom="; dmarc=pass header.from=example.org', "?"),
    ("mx.example.com; spf=none x.y=z dmarc=pass header.from=example.org", "?"),
    ("mx.example.com; dm(x)arc=pass header.from=example.org", "?"),
    ("mx.example.com; dmarc=pass", "?"),
    # the first result of a method counts
    ("mx.example.com; dkim=none; dkim=pass header.d=example.org", "?"),
    # aligned with nobody
    ("mx.example.com; dkim=pass header.d=org", "?"),
    ("mx.example.com; dkim=pass header.d=notexample.org", "?"),
    ("mx.example.com; spf=pass smtp.helo=example.org", "?"),
    ("mx.example.com; spf=pass smtp.mailfrom=example.org@x.net", "?"),
    ("mx.example.com; spf=neutral smtp.mailfrom=example.org", "?"),
    # nothing is said, or not by our provider, or in an unknown version
    ("mx.example.com; none", "?"),
    ("mx.example.com", "?"),
    ("mx.example.com 2; dmarc=pass header.from=example.org", "?"),
    ("mx.example.net; dmarc=pass header.from=example.org", "?"),
    ("mx.example.com.evil.example; dmarc=pass header.from=example.org", "?"),
    ("(mx.example.com;) evil.example; dmarc=pass header.from=example.org", "?"),
    ("spf=pass smtp.mailfrom=example.org; dkim=pass header.d=example.org", "?"),
    ("; dmarc=pass header.from=example.org", "?"),
]  # fmt: skip


@pytest.mark.parametrize(("results", "verdict"), NOT_YES)
def test_nothing_else_vouches(results: str, verdict: str) -> None:
    assert stamped(results)[0] is (Vouched.NO if verdict == "no" else Vouched.UNKNOWN)


def test_the_topmost_stamp_of_our_provider_counts_not_one_below_it() -> None:
    bad = "Authentication-Results: mx.example.com; dmarc=fail header.from=example.org"
    assert judge(bad, BORDER, GOOD, FROM) == (Vouched.NO, "sender.dmarc_fail")
    empty = "Authentication-Results: mx.example.com; none"
    assert judge(empty, BORDER, GOOD, FROM) == (Vouched.UNKNOWN, "sender.no_results")


def test_an_unreadable_stamp_of_our_provider_hides_those_below_it() -> None:
    broken = 'Authentication-Results: mx.example.com; spf=none smtp.mailfrom="'
    assert judge(broken, BORDER, GOOD, FROM) == (Vouched.UNKNOWN, "sender.no_results")


def test_a_stamp_too_long_to_keep_hides_those_below_it() -> None:
    long = "Authentication-Results: mx.example.com; spf=none x.y=" + "z" * 9000
    assert judge(long, BORDER, GOOD, FROM) == (Vouched.UNKNOWN, "sender.no_results")


def test_a_stamp_of_somebody_else_above_ours_is_passed_over() -> None:
    other = "Authentication-Results: filter.example.net; dmarc=fail header.from=example.org"
    assert judge(other, GOOD, BORDER, FROM) == (Vouched.YES, "sender.dmarc")


def test_a_stamp_below_a_foreign_hop_came_with_the_mail() -> None:
    assert judge(FOREIGN, GOOD, FROM) == (Vouched.UNKNOWN, "sender.not_stamped")
    assert judge(BORDER, FOREIGN, GOOD, FROM) == (Vouched.UNKNOWN, "sender.not_stamped")


@pytest.mark.parametrize(
    "hop",
    [
        BORDER,
        "Received: by 2002:a05:7208:a12::1 with SMTP id abc; x",
        "Received: from a by 10.1.2.3 with LMTP; x",
        "Received: from mx.example.com by store7 with LMTP id x; y",
        "Received: from x (HELO by evil.example) by mail2.example.com; x",
    ],
)
def test_our_providers_own_hops_may_stand_above_its_stamp(hop: str) -> None:
    assert judge(hop, GOOD, FROM) == (Vouched.YES, "sender.dmarc")


@pytest.mark.parametrize(
    "hop",
    [
        "Received: from mx.example.com by evil.example with SMTP; x",
        "Received: from a (by mx.example.com) by evil.example with SMTP; x",
        "Received: from a by mx.example.com.evil.example; x",
        "Received: from a by 192.88.99.1 with SMTP; x",
        "Received: whatever",
        "Received: from a by",
    ],
)
def test_a_hop_that_only_names_our_provider_is_foreign(hop: str) -> None:
    assert judge(hop, GOOD, FROM) == (Vouched.UNKNOWN, "sender.not_stamped")


@pytest.mark.parametrize(
    "sender",
    [
        (FROM, "From: ebay@example.net"),
        ("From: jane@example.org, bob@example.org",),
        ("From: <jane@example.org> <bob@example.net>",),
        ("From: Jane",),
        ("From:",),
        (),
        (FROM, "From: "),
        ('From: "a@example.net"@example.org',),
        ("From: jane@localhost",),
        ("From: Team: jane@example.org, bob@example.org;",),
    ],
)
def test_a_from_that_is_not_exactly_one_address_is_never_vouched_for(
    sender: tuple[str, ...],
) -> None:
    assert judge(GOOD, BORDER, *sender) == (Vouched.NO, "sender.from_unclear")


def test_an_address_in_the_name_of_from_is_not_the_sender() -> None:
    sender = 'From: "jane@example.org" <bob@example.net>'
    assert judge(GOOD, BORDER, sender) == (Vouched.NO, "sender.dmarc_other_from")
    word = "From: =?utf-8?q?jane=40example=2Eorg=3E?= <bob@example.net>"
    assert judge(GOOD, BORDER, word) == (Vouched.NO, "sender.dmarc_other_from")


def test_without_a_configured_id_nobody_is_known() -> None:
    assert judge(GOOD, BORDER, FROM, ids=()) == (Vouched.UNKNOWN, "sender.not_configured")


def test_without_a_stamp_nobody_is_known() -> None:
    assert judge(BORDER, FROM) == (Vouched.UNKNOWN, "sender.not_stamped")


def test_a_folded_stamp_and_one_of_several_ids_are_read() -> None:
    folded = "Authentication-Results: mx.example.com;\r\n\tdmarc=pass\r\n header.from=example.org"
    assert judge(folded, BORDER, FROM, ids=("mx2.example.com", "mx.example.com"))[0] is Vouched.YES


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("example.org", "example.org", True),
        ("mail.example.org", "example.org", True),
        ("example.org", "mail.example.org", True),
        ("a.example.org", "b.example.org", False),
        ("co.uk", "shop.co.uk", False),
        ("other.co.uk", "shop.co.uk", False),
        ("mail.shop.co.uk", "shop.co.uk", True),
        ("com.cn", "shop.com.cn", False),
        ("badexample.org", "example.org", False),
        (None, "example.org", False),
    ],
)
def test_alignment_is_the_same_name_or_a_subdomain_of_one_organisation(
    one: str | None, other: str, expected: bool
) -> None:
    assert aligned(one, other) is expected


@given(st.text(alphabet='mx.example.com;()"\\ =dmarcpf/1\x00ü', max_size=200))
def test_any_stamp_can_be_read(value: str) -> None:
    assert all(result.method and result.result for result in parse(value).results)


@given(st.text(alphabet='ab;=. "\\@pasdmrc', max_size=60))
def test_no_local_part_smuggles_a_result_in(local: str) -> None:
    quoted = '"' + local.replace("\\", "\\\\").replace('"', '\\"') + '"'
    value = f"mx.example.com; spf=none smtp.mailfrom={quoted}@example.net; dmarc=fail"
    assert [one.method for one in parse(value).results] == ["spf", "dmarc"]
