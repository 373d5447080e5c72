"""The wire form of a reply, read back by an independent parser."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tactd.core.envelope import (
    MAX_REFERENCES,
    Letter,
    address_problem,
    answer_subject,
    clean,
    new_message_id,
    valid_ids,
    wire,
)

LETTER = Letter(
    sender_name="Blue Sheep Outdoor",
    sender="shop@example.com",
    recipient="jane@example.org",
    subject="Re: Where is my tent?",
    body="Dear Jane,\n\nyour tent left us on 12 November 2026.\n\nKind regards\nBlue Sheep Outdoor",
    message_id="<4f2a.tactd@example.com>",
    date=datetime(2026, 11, 22, 14, 30, tzinfo=UTC),
    private_id="r-17",
    auto=True,
    in_reply_to="<m1@example.org>",
    references=("<m0@example.org>", "<m1@example.org>"),
)
EVERY_HEADER = [
    *("From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "X-Tactd-Id"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
]
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\0", "\x1c", "\r\n\r\n"]),
        st.sampled_from(
            ["Bcc: all@example.net", "=?utf-8?q?a=0D=0ABcc:_x?=", "=?", "?=", "\u202e"]
        ),
        st.sampled_from(
            ['"', "\\", "<x@example.net>", ",", ";", ":", "@", "(", "字" * 40, "w" * 99]
        ),
    ),
    max_size=8,
).map("".join)
ID = st.from_regex(r"<[a-zA-Z0-9.+/=_-]{1,150}@[a-z0-9.-]{1,90}>", fullmatch=True).filter(
    lambda one: "=?" not in one
)


def parsed(letter: Letter) -> EmailMessage:
    message = email.message_from_bytes(wire(letter), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


def test_an_independent_parser_reads_what_was_written() -> None:
    message = parsed(LETTER)
    assert message["From"].addresses[0].display_name == "Blue Sheep Outdoor"
    assert message["From"].addresses[0].addr_spec == "shop@example.com"
    assert message["To"].addresses[0].addr_spec == "jane@example.org"
    assert message["Subject"] == "Re: Where is my tent?"
    assert message["Date"].datetime == LETTER.date
    assert message["Message-ID"] == LETTER.message_id
    assert message["In-Reply-To"] == "<m1@example.org>"
    assert message["References"] == "<m0@example.org> <m1@example.org>"
    assert message["X-Tactd-Id"] == "r-17"
    assert text(message) == LETTER.body + "\n"
    assert message.get_content_type() == "text/plain"
    assert message.defects == []


def test_every_automatic_mail_says_that_it_is_one() -> None:
    message = parsed(LETTER)
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"


def test_where_automatic_mail_is_dropped_it_looks_like_any_other_and_is_still_found() -> None:
    message = parsed(replace(LETTER, marked=False))
    assert message["Auto-Submitted"] is None
    assert message["X-Auto-Response-Suppress"] == "OOF"
    assert message["X-Tactd-Id"] == "r-17"


def test_a_mail_that_a_person_approved_is_not_marked_automatic_but_wants_no_absence_notes() -> None:
    message = parsed(replace(LETTER, auto=False))
    assert message["Auto-Submitted"] is None
    assert message["X-Auto-Response-Suppress"] == "OOF"


@given(subject=HOSTILE, name=HOSTILE, body=HOSTILE, reference=HOSTILE, parent=HOSTILE)
@example(
    subject="=?utf-8?q?a=0D=0ABcc:_x?=",
    name="=?utf-8?q?x?=",
    body="\0.\r\n.",
    reference="",
    parent="",
)
def test_nothing_in_any_field_can_create_a_header(
    subject: str, name: str, body: str, reference: str, parent: str
) -> None:
    letter = replace(
        LETTER,
        subject=subject,
        sender_name=name,
        body=body,
        reference_line=reference,
        in_reply_to=parent,
        references=(parent, subject, name),
    )
    message = parsed(letter)
    assert set(message.keys()) <= set(EVERY_HEADER)
    assert len(message.keys()) == len(set(message.keys()))
    assert [one.addr_spec for one in message["From"].addresses] == ["shop@example.com"]
    assert [one.addr_spec for one in message["To"].addresses] == ["jane@example.org"]


@given(subject=HOSTILE, name=HOSTILE)
def test_subject_and_name_come_back_as_they_were_but_for_invisible_characters(
    subject: str, name: str
) -> None:
    letter = replace(LETTER, subject=subject, sender_name=name)
    assert str(parsed(letter)["Subject"] or "") == clean(subject)
    # the older parser: the newer one puts spaces between the encoded words of a name
    raw = email.message_from_bytes(wire(letter))["From"]
    shown, address = parseaddr(raw.replace("\r\n", ""))
    assert str(make_header(decode_header(shown))) == clean(name)[:64].strip()
    assert address == "shop@example.com"


@given(body=st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), min_size=1))
@example(body="From here.\n.\n..\n" + "x" * 5000)
@example(body="您好,\n包裹已于11月12日寄出。" * 200)
@example(body="مرحبا\u200f 😀\u200d")
def test_the_body_comes_back_as_it_was(body: str) -> None:
    assert text(parsed(replace(LETTER, body=body))) == body.strip("\n") + "\n"


@given(subject=HOSTILE, name=HOSTILE, body=HOSTILE, ids=st.lists(ID, max_size=40))
def test_the_bytes_suit_any_relay_ascii_and_short_lines_ended_by_crlf(
    subject: str, name: str, body: str, ids: list[str]
) -> None:
    raw = wire(replace(LETTER, subject=subject, sender_name=name, body=body, references=tuple(ids)))
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 998 for line in lines)
    assert not any(b"\r" in line or b"\n" in line for line in lines)


@given(ids=st.lists(ID, max_size=60, unique=True), parent=ID)
def test_ids_keep_their_form_however_long_and_the_parent_stands_last(
    ids: list[str], parent: str
) -> None:
    message = parsed(replace(LETTER, references=tuple(ids), in_reply_to=parent))
    expected = [*(one for one in ids if one != parent), parent][-MAX_REFERENCES:]
    assert str(message["References"]).split() == expected
    assert message["In-Reply-To"] == parent


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "no brackets@example.org",
        "<a b@c>",
        "<a\r\nBcc: x@y>",
        "<é@example.org>",
        "<>",
        "<a><b>",
        "<" + "x" * 300 + ">",
        "<=?utf-8?q?x?=>",
    ],
)
def test_an_id_that_is_none_is_left_out(wrong: str) -> None:
    message = parsed(replace(LETTER, in_reply_to=wrong, references=(wrong, "<m0@example.org>")))
    assert message["In-Reply-To"] is None
    assert message["References"] == "<m0@example.org>"


def test_the_id_form_of_microsoft_with_square_brackets_is_kept() -> None:
    assert valid_ids(("<[x@y]>", "<[x@y]>")) == ("<[x@y]>",)


def test_a_mail_that_answers_nothing_has_no_thread_headers() -> None:
    message = parsed(replace(LETTER, in_reply_to="", references=()))
    assert message["In-Reply-To"] is None
    assert message["References"] is None


def test_the_marketplaces_reference_is_the_last_paragraph() -> None:
    reference = "[#a02-0sample02tst#]_[#0123456789abcdef0123456789abcdef#]"
    body = text(parsed(replace(LETTER, body="Hello\n", reference_line=reference)))
    assert body == f"Hello\n\n{reference}\n"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jane",
        "jane@",
        "@example.org",
        "jane@example.org, eve@example.net",
        "a b@example.org",
        "jane@example.org\r\nBcc: eve@example.net",
        "Jane <jane@example.org>",
        "jane@example..org",
        "=?utf-8?q?eve?=@example.org",
        "jane@example.org\x00",
        "j\u202eane@example.org",
        "a@-b.example",
        '"x y"@example.org',
        "jane@[127.0.0.1]",
        "x" * 65 + "@example.org",
        "a@" + "b." * 140 + "org",
    ],
)
def test_a_malformed_address_is_refused_not_mended(address: str) -> None:
    assert address_problem(address)
    with pytest.raises(ValueError, match="recipient: "):
        wire(replace(LETTER, recipient=address))
    with pytest.raises(ValueError, match="sender: "):
        wire(replace(LETTER, sender=address))


@pytest.mark.parametrize(
    "address",
    [
        "jane@example.org",
        "2x6ab+case-1_b@members.ebay.com",
        "o'neil@example.co.uk",
        "..dots..@docomo.example",
        "a@localhost",
        "jürgen@müller.example",
        "x@xn--mller-kva.example",
    ],
)
def test_addresses_as_people_really_have_them_are_accepted_and_kept(address: str) -> None:
    assert address_problem(address) is None
    assert f"To: {address}\r\n".encode() in wire(replace(LETTER, recipient=address))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"message_id": "<x>\r\nBcc: <eve@example.net>"}, "Message-ID"),
        ({"message_id": ""}, "Message-ID"),
        ({"private_id": "r 17\r\n"}, "X-Tactd-Id"),
        ({"date": datetime(2026, 11, 22)}, "time zone"),
    ],
)
def test_what_we_made_ourselves_must_be_right(change: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        wire(replace(LETTER, **change))  # type: ignore[arg-type]


def test_the_date_keeps_its_zone() -> None:
    shanghai = timezone(timedelta(hours=8))
    letter = replace(LETTER, date=datetime(2026, 11, 22, 22, 30, tzinfo=shanghai))
    assert parsed(letter)["Date"] == "Sun, 22 Nov 2026 22:30:00 +0800"


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert wire(LETTER) == wire(replace(LETTER))


@pytest.mark.parametrize(
    "original",
    [
        "Where is it?",
        "Re: Where is it?",
        "RE: re: Fwd: Where is it?",
        "AW: WG: Where is it?",
        "Antw: Where is it?",
        "SV: VS: Where is it?",
        "RIF: R: Where is it?",
        "RES: ENC: Where is it?",
        "ODP: Where is it?",
        "Odp.: Where is it?",
        "YNT: İLT: Where is it?",
        "回复：Where is it?",
        "答复: 回覆: Where is it?",
        "转发：Where is it?",
        "Re[2]: Where is it?",
        "Re(3): Where is it?",
        "RE : Where is it?",
        "Re:Where is it?",
        "\r\n Re:\tWhere is\x00 it?",
        "رد: Where is it?",
        "Re^2: Where is it?",
        "BLS: Where is it?",
        "회신: Where is it?",
        "返信: Where is it?",
    ],
)
def test_the_subject_of_an_answer_has_one_re_whatever_marks_it_had(original: str) -> None:
    assert answer_subject(original) == "Re: Where is it?"


@pytest.mark.parametrize(
    "original", ["Return: my tent", "Order 5: late", "Red: wrong colour", "12:30"]
)
def test_words_that_only_look_like_marks_stay(original: str) -> None:
    assert answer_subject(original) == f"Re: {original}"


def test_an_empty_subject_is_answered_with_a_bare_re() -> None:
    assert answer_subject(" \u200b ") == "Re:"


@given(HOSTILE)
def test_answering_an_answer_changes_nothing_more(original: str) -> None:
    once = answer_subject(original)
    assert answer_subject(once) == once
    assert len(once) <= 254


def test_our_message_id_is_made_of_the_token_and_the_mailboxs_domain() -> None:
    assert new_message_id("Example.com", "9f3c") == "<9f3c.tactd@example.com>"
    assert new_message_id("müller.example", "9f3c") == "<9f3c.tactd@xn--mller-kva.example>"


@pytest.mark.parametrize(
    ("domain", "token"),
    [
        ("", "t"),
        ("example.com", ""),
        ("exa mple.com", "t"),
        ("example.com>\r\n", "t"),
        ("x.example", "<"),
    ],
)
def test_a_message_id_is_not_made_of_what_has_no_place_in_it(domain: str, token: str) -> None:
    with pytest.raises(ValueError):
        new_message_id(domain, token)
