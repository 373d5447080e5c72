"""`tactd check --learn`: who stamps the mail is shown by the mail itself, or said to be unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.seller import Seller
from servers.pymap_server import Pymap
from servers.shop_mailbox import settings_for
from shop import mail
from tactd.adapters.mailbox import newest_headers
from tactd.core.read.mail import read
from tactd.core.sender.stamps import stamps
from tactd.core.sender.vouched import stamping_server
from tactd.core.types import Mail

PROVIDER = "mx.example.org"
RECEIVED = "Received: from out.example.com by {by}; Sat, 21 Nov 2026 10:00:00 +0000\r\n"


def came(stamp: str | None, *, sender: str = "jane@example.com", received: str = "") -> Mail:
    """A mail as the mailbox holds it; the provider's own lines stand on top."""
    top = f"Authentication-Results: {stamp}; dmarc=pass\r\n" if stamp else ""
    raw = f"{received}{top}From: {sender}\r\nSubject: hello\r\n\r\nhello\r\n"
    return read(raw.encode(), datetime(2026, 11, 21, tzinfo=UTC))


def many(stamp: str | None, number: int = 10) -> list[Mail]:
    return [came(stamp, sender=f"jane@shop{at}.example") for at in range(number)]


def test_what_stands_on_nearly_all_mail_is_proposed() -> None:
    found = stamps([*many(PROVIDER, 19), came(None)])
    assert (found.finding, found.proposed, found.mails) == ("found", (PROVIDER,), 20)


def test_several_servers_of_one_provider_are_proposed_together() -> None:
    found = stamps([*many("mx1.example.org", 6), *many("mx2.example.org", 4)])
    assert found.proposed == ("mx1.example.org", "mx2.example.org")


@pytest.mark.parametrize(
    ("mails", "finding"),
    [
        ([], "empty"),
        (many(PROVIDER, 4), "few"),
        (many(None), "unstamped"),
        ([*many(PROVIDER), *many("mx.example.net")], "several"),
        ([*many(PROVIDER, 5), *many(None, 5)], "partly"),
        ([came(PROVIDER) for _ in range(10)], "one_sender"),
    ],
)
def test_what_the_mails_do_not_show_is_not_guessed(mails: Sequence[Mail], finding: str) -> None:
    found = stamps(mails)
    assert (found.finding, found.proposed) == (finding, ())


def test_a_sender_who_stamps_his_own_mail_is_no_evidence() -> None:
    own = [came("mx.evil.example", sender=f"a{at}@evil.example") for at in range(30)]
    assert stamps(own).proposed == ()
    assert stamps([*own, *many(PROVIDER)]).proposed == (PROVIDER,)


def test_a_stamp_below_the_providers_received_line_came_from_outside() -> None:
    outside = RECEIVED.format(by="mx.example.org")
    assert stamping_server(came("mx.example.com", received=outside)) is None
    assert stamping_server(came("mx.example.org", received=outside)) == "mx.example.org"


@given(st.lists(st.sampled_from(["mx.a.example", "mx.b.example", None]), max_size=30))
def test_never_is_an_id_proposed_that_most_mails_lack(ids: list[str | None]) -> None:
    found = stamps([came(one, sender=f"j@s{at}.example") for at, one in enumerate(ids)])
    for one in found.proposed:
        assert ids.count(one) >= 0.9 * len(ids)


def test_the_newest_headers_come_without_a_trace(pymap: Pymap) -> None:
    for number in range(12):
        pymap.append(mail("hello", subject=f"number {number}"))
    raws = newest_headers(settings_for(pymap), 5)
    for raw, number in zip(raws, (11, 10, 9, 8, 7), strict=True):
        assert f"number {number}".encode() in raw
    assert not any(b"hello" in raw for raw in raws)


def test_the_seller_is_shown_the_line_and_nothing_is_written(pymap: Pymap, seller: Seller) -> None:
    seller.configure(imap=pymap.port)
    for number in range(6):
        pymap.append(mail("hello", sender=f"j@shop{number}.example", stamp="dmarc=pass"))
    before = (seller.root / "config.toml").read_bytes()
    (box,) = seller("check", "--learn", "--json").facts["mailboxes"]
    assert box["learned"]["proposed"] == [PROVIDER]
    assert box["learned"]["line"] == f'authserv_id = ["{PROVIDER}"]'
    assert box["learned"]["mails"] == 6
    assert "authserv_id" in seller("check", "--learn").out
    assert (seller.root / "config.toml").read_bytes() == before
