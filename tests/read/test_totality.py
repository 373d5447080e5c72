"""Any bytes give a Mail: nothing is lost because it could not be read (promise 1)."""

from __future__ import annotations

import random
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.mail import read
from tactd.core.types import Mail

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

WHOLE = (
    b"Received: from mail.example.org by mx.example.com with ESMTPS; x\r\n"
    b'From: "Doe, Jane" <jane@example.org>\r\n'
    b"To: Team: shop@example.com, <b@example.com>;\r\n"
    b"Subject: =?utf-8?b?5oiR55qE?= =?gb2312?q?=B0=FC=B9=FC?= (12-34567-89012)\r\n"
    b"Date: Fri, 20 Nov 2026 12:00:00 +0100\r\n"
    b"Message-ID: <[a1@example.org]>\r\n"
    b"References: <a@example.com> (note) <b@example.com>\r\n"
    b'Content-Type: multipart/mixed; boundary="b 1"\r\n'
    b"\r\n"
    b"--b 1\r\n"
    b'Content-Type: multipart/alternative; boundary="b2"\r\n\r\n'
    b"--b2\r\nContent-Type: text/plain; charset=gb2312; format=flowed\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"=B0=FC=B9=FC \r\nhere\r\n> quoted\r\n"
    b"--b2\r\nContent-Type: text/html\r\n\r\n<p style='x'>Hello <b>you</b><!-- c --></p>\r\n"
    b"--b2--\r\n"
    b"--b 1\r\n"
    b"Content-Type: application/pdf; name*0*=utf-8''%E5%8C%85; name*1=.pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n"
    b"--b 1--\r\n"
)

UNWANTED = set(range(32)) - {9, 10} | set(range(0x7F, 0xA0)) | {0xAD, 0xFEFF, 0x061C}
UNWANTED |= {*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)}


def texts(mail: Mail) -> list[str]:
    people = [one for one in (mail.sender, *mail.to, *mail.cc, *mail.reply_to) if one]
    return [
        mail.text,
        mail.own,
        mail.cut,
        mail.subject,
        *(value for _, value in mail.headers),
        *(text for one in people for text in (one.name, one.email)),
        *(one.name for one in mail.attachments),
    ]


def check(mail: Mail) -> None:
    """What holds for every Mail, whatever it was made from."""
    for text in texts(mail):
        assert UNWANTED.isdisjoint(map(ord, text))
        assert unicodedata.is_normalized("NFC", text)
        text.encode()  # no lone surrogates: it can be stored
    assert bool(mail.own) == bool(mail.text.strip())
    assert len(mail.content_key) == 64
    assert mail.date is None or mail.date.tzinfo is not None


@given(st.binary(max_size=400))
def test_any_bytes_give_a_mail(raw: bytes) -> None:
    check(read(raw, NOW))


@given(st.data())
def test_a_damaged_mail_gives_a_mail(data: st.DataObject) -> None:
    raw = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(raw)))
        end = start + data.draw(st.integers(0, 40))
        raw[start:end] = data.draw(
            st.binary(max_size=12)
            | st.sampled_from([b"\n", b"\r\n\r\n", b"--b2", b"(", b'"', b"=?"])
        )
    check(read(bytes(raw), NOW))


def test_a_thousand_mails_with_flipped_bytes_give_mails() -> None:
    dice = random.Random(7)
    for _ in range(1000):
        raw = bytearray(WHOLE)
        for _ in range(dice.randint(1, 20)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        check(read(bytes(raw), NOW))


@pytest.mark.parametrize("length", range(0, len(WHOLE), 23))
def test_a_mail_that_breaks_off_anywhere_gives_a_mail(length: int) -> None:
    check(read(WHOLE[:length], NOW, truncated=True))


MANY = 300_000
BOMBS = {
    "nested multiparts": (
        b"".join(
            b"Content-Type: multipart/x; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
        ),
        "depth",
    ),
    "nested messages": (b"Content-Type: message/rfc822\n\n" * 3000, ""),
    "open comments": (b"From: " + b"(" * 60_000 + b"\n\nHello", "header_long"),
    "open quotes": (b"To: " + b'"' * 16_000 + b"\n\nHello", ""),
    "many addresses": (b"To: " + b"a@b.example," * 100_000 + b"\n\nHello", "header_block"),
    "many encoded words": (
        b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\nHello",
        "header_block",
    ),
    "many parts": (b"Content-Type: multipart/x; boundary=b\n\n" + b"--b\n\n\n" * MANY, "parts"),
    "near boundaries": (
        b"Content-Type: multipart/x; boundary=b\n\n" + b"\n--bx" * MANY,
        "parts",
    ),
    "many parameters": (b"Content-Type: text/plain; " + b';"' * 8000 + b"\n\nHello", ""),
    "many headers": (
        b"".join(b"X-%d: y\n" % n for n in range(20_000)) + b"\nHello",
        "header_block",
    ),
    "many hops": (b"Received: x\n" * 57 + b"\nHello", "received=57"),
    "many quotes": (b"Subject: x\n\n" + b">\n" * MANY, "only_quoted"),
    "many attributions": (b"Subject: x\n\n" + b"On 1 2 3 4 5 wrote wrot :\n" * 40_000, ""),
    "long attributions": (
        b"Subject: x\n\n" + (b"on 1" + b" 2" * 170 + b" wrot wrote:x:\n") * 2500,
        "",
    ),
    "many header labels": (b"Subject: x\n\n" + b"From: x\n" * 60_000, ""),
    "open tags": (b"Content-Type: text/html\n\n" + b"<a " * MANY, "html_long"),
    "open attributes": (b"Content-Type: text/html\n\n" + b"<a b='>" * MANY, "html_long"),
    "open comments in HTML": (b"Content-Type: text/html\n\n" + b"<!--" * MANY, "html_long"),
    "open elements": (b"Content-Type: text/html\n\n" + b"<div>" * 40_000 + b"</b>" * 9000, ""),
    "piled up accents": (
        b"Content-Type: text/plain; charset=utf-8\n\n" + "\u0301\u0316".encode() * MANY,
        "",
    ),
    "all bytes": (bytes(range(256)) * 4000, ""),
    "too large": (b"Subject: x\n\n" + b"Hello\n" * 500_000, "truncated"),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.timeout(5)  # mail.md invariant 30; every one of them takes well under a second
def test_a_bomb_gives_a_mail_that_names_its_flaw(bomb: str) -> None:
    raw, flaw = BOMBS[bomb]
    mail = read(raw, NOW)
    check(mail)
    assert flaw in ("", *mail.flaws)


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: text/plain; name*",
        "Content-Type: text/plain; name*0*=",
        "Content-Type: text/plain; charset=foo",
        "Content-Type: text/plain; charset=rot13",
        "Content-Type: text/plain; charset=zlib",
        "Content-Type: text/plain; charset=punycode",
        'Content-Type: text/plain; charset="utf\x00-8"',
        "Content-Type: text/plain; charset*=x'y'z",
        "Content-Type: /",
        "Content-Type: multipart/alternative",
        "Content-Type: multipart/mixed; boundary=",
        "Content-Disposition: ;;; =",
        "Content-Transfer-Encoding: x-unknown",
        "Content-Transfer-Encoding: base64",
        "To: (c):",
        'To: "',
        "Message-ID: <[x@y]>",
        "Date: yesterday",
        "Date: Fri, 99 Nov 999999 99:99:99 +9999",
        "Date: Fri, 1 Jan 0001 00:00:00 +1400",
        "Subject: =?utf-8?b?====?= =?x?q?=ZZ?=",
    ],
)
def test_a_field_that_the_library_cannot_read_costs_only_that_field(header: str) -> None:
    mail = read(f"From: jane@example.org\n{header}\n\nHello there\n".encode(), NOW)
    check(mail)
    assert mail.sender is not None
    assert mail.sender.email == "jane@example.org"
    assert mail.text
    assert header.startswith("Content-Transfer-Encoding: base64") or "Hello" in mail.text


def test_a_date_that_cannot_be_read_is_a_flaw_and_none() -> None:
    mail = read(b"Date: yesterday\n\nHello", NOW)
    assert (mail.date, mail.flaws) == (None, ("date",))
