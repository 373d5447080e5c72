"""What is read in a bounce, whoever wrote it; and any bytes are read, or are no bounce."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bounce_samples import BUYER, DEAD, OURS, PRIVATE, letter, plain, postfix, report
from tactd.core.read.bounce import Bounce, Told, read_bounce
from tactd.core.undelivered import Meaning, full_status, meaning, reply_code

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def read(raw: bytes) -> Bounce:
    found = read_bounce(raw, NOW)
    assert found is not None
    return found


def about_buyer(raw: bytes) -> Told:
    return next(one for one in read(raw).recipients if one.names(BUYER))


@pytest.mark.parametrize("form", DEAD, ids=lambda form: form.__name__)
def test_every_form_names_our_mail_and_says_that_nobody_is_there(
    form: Callable[[], bytes],
) -> None:
    found = read(form())
    assert OURS in found.returned or PRIVATE in found.private
    assert meaning(about_buyer(form())) is Meaning.DEAD


@pytest.mark.parametrize("form", DEAD, ids=lambda form: form.__name__)
@pytest.mark.parametrize("ends", [b"\n", b"\r"])
def test_line_ends_make_no_difference(form: Callable[[], bytes], ends: bytes) -> None:
    other = read(form().replace(b"\r\n", ends))
    assert (other.returned, other.private) == (read(form()).returned, read(form()).private)
    assert meaning(about_buyer(form().replace(b"\r\n", ends))) is Meaning.DEAD


def test_the_fields_of_a_report_are_read_one_by_one() -> None:
    told = about_buyer(postfix(said="550 5.1.1 no such user here", remote="MX.example.com"))
    assert told == Told(
        BUYER, "failed", "5.1.1", "550 5.1.1 no such user here", BUYER, "mx.example.com"
    )
    assert reply_code(told) == 550


def test_who_was_written_to_counts_where_a_forwarder_wrote_on() -> None:
    told = read(postfix("elsewhere@example.net", original=BUYER)).recipients[0]
    assert told.names(BUYER.upper())
    assert not told.names("other@example.com")


def test_an_original_recipient_in_xtext_is_understood() -> None:
    told = read(postfix("x@example.net", original="jane+2Btag@example.com")).recipients[0]
    assert told.names("jane+tag@example.com")


def test_words_of_our_own_letter_are_not_taken_for_the_servers() -> None:
    """The text that came back is quoted below; an address in it has not bounced."""
    raw = plain(
        "MAILER-DAEMON@mail.example.net",
        "failure notice",
        f"<{BUYER}>:",
        "Sorry, no mailbox here by that name. (#5.1.1)",
        "--- Below this line is a copy of the message.",
        letter(),
        "<friend@example.net>: 550 5.1.1 no such user",
    )
    assert [one.address for one in read(raw).recipients] == [BUYER]


def test_each_recipient_of_a_text_is_told_of_for_himself() -> None:
    raw = plain(
        "MAILER-DAEMON@mail.example.net",
        "failure notice",
        f"<{BUYER}>: 550 5.1.1 user unknown",
        "<full@example.net>: 552 5.2.2 mailbox full",
        "--- Below this line is a copy of the message.",
        letter(),
    )
    found = {one.address: meaning(one) for one in read(raw).recipients}
    assert found == {BUYER: Meaning.DEAD, "full@example.net": Meaning.RETURNED}


def test_a_warning_that_tries_go_on_is_no_failure() -> None:
    raw = plain(
        "MAILER-DAEMON@mail.example.net",
        "Warning: message delayed",
        "Your message has been delayed, the server will keep trying.",
        f"{BUYER}: 450 4.4.1 connection timed out",
        letter(),
    )
    assert meaning(about_buyer(raw)) is Meaning.UNDER_WAY


def test_what_names_no_mail_or_nobody_is_no_bounce() -> None:
    assert read_bounce(b"", NOW) is None
    assert read_bounce(plain("a@example.net", "x", f"{BUYER}: 550 5.1.1 unknown"), NOW) is None
    empty = report(
        sender="a@example.net", subject="x", words="", fields=["X: y"], returned=letter()
    )
    assert read_bounce(empty, NOW) is None


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_an_encoded_report_is_decoded(encoding: str) -> None:
    raw = postfix()
    head, mark, rest = raw.partition(b"Content-Type: message/delivery-status\r\n\r\n")
    block, end, tail = rest.partition(b"\r\n--=_b")
    coded = base64.encodebytes(block) if encoding == "base64" else quopri.encodestring(block)
    field = f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    found = read(head + mark.removesuffix(b"\r\n") + field + coded + end + tail)
    assert found.recipients == read(raw).recipients


# ------------------------------------------------------------------ total


@settings(deadline=None)
@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_are_no_bounce(raw: bytes) -> None:
    found = read_bounce(raw, NOW)
    assert found is None or found.recipients


@settings(deadline=None)
@given(
    st.sampled_from(DEAD),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=12)), max_size=8),
)
def test_a_damaged_bounce_is_read_or_is_none(
    form: Callable[[], bytes], damage: list[tuple[int, bytes]]
) -> None:
    raw = form()
    for at, what in damage:
        raw = raw[:at] + what + raw[at + len(what) :]
    found = read_bounce(raw, NOW)
    for one in found.recipients if found else ():
        assert meaning(one) in Meaning
        assert "\n" not in one.said


def test_a_bounce_of_thousands_of_recipients_is_read_up_to_a_bound() -> None:
    fields = ["Reporting-MTA: dns; x"]
    for number in range(5000):
        fields += ["", f"Final-Recipient: rfc822; b{number}@example.com", "Status: 5.1.1"]
    raw = report(sender="a@example.net", subject="x", words="", fields=fields, returned=letter())
    assert len(read(raw).recipients) <= 100


# ------------------------------------------------------------------ what it means


@pytest.mark.parametrize(
    ("status", "said", "means"),
    [
        ("5.1.1", "no such user", Meaning.DEAD),
        ("5.1.2", "no such domain", Meaning.DEAD),
        ("5.1.10", "the domain takes no mail (RFC 7505)", Meaning.DEAD),
        ("5.2.1", "mailbox disabled", Meaning.DEAD),
        ("5.4.4", "host not found", Meaning.DEAD),
        ("5.4.1", "Recipient address rejected: Access denied", Meaning.DEAD),
        ("5.7.1", "delivery not authorised by the recipient", Meaning.DEAD),
        ("5.7.129", "the recipient takes mail of friends only", Meaning.DEAD),
        ("5.0.0", "550 5.1.1 user unknown", Meaning.DEAD),
        ("5.0.0", "550 no such user", Meaning.DEAD),
        ("5.0.0", "554 transaction failed", Meaning.RETURNED),
        ("5.1.8", "sender's domain does not exist", Meaning.RETURNED),
        ("5.1.1", "552 mailbox is full", Meaning.RETURNED),
        ("5.2.1", "receiving mail at a rate that prevents delivery", Meaning.RETURNED),
        ("5.2.2", "over quota", Meaning.RETURNED),
        ("5.3.4", "message too big", Meaning.RETURNED),
        ("5.4.1", "no answer from host", Meaning.RETURNED),
        ("5.7.1", "client host blocked using a list", Meaning.RETURNED),
        ("5.7.26", "unauthenticated mail", Meaning.RETURNED),
        ("4.4.7", "message expired", Meaning.RETURNED),
        ("4.2.2", "mailbox full", Meaning.RETURNED),
    ],
)
def test_what_a_failure_means_for_the_address(status: str, said: str, means: Meaning) -> None:
    assert meaning(Told(BUYER, "failed", status, said)) is means


@pytest.mark.parametrize("action", ["delayed", "relayed", "expanded", "delivered"])
def test_what_has_not_failed_means_nothing(action: str) -> None:
    assert meaning(Told(BUYER, action, "5.1.1", "no such user")) is Meaning.UNDER_WAY


@settings(deadline=None)
@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=60))
def test_everything_that_can_be_said_has_a_meaning(action: str, status: str, said: str) -> None:
    told = Told(BUYER, action, status, said)
    assert meaning(told) in Meaning
    assert isinstance(full_status(told), str)
