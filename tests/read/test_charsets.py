"""Bytes become the letters that were meant, also where they are called by a wrong name."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.charset import clean, codec, decode
from tactd.core.read.fields import words
from tactd.core.read.mail import read

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

WRITTEN = [
    # the words, how they were encoded, what they were called
    ("我的包裹在哪里？", "gbk", "gbk"),
    ("我的包裹在哪里？", "gbk", "gb2312"),
    ("朱镕基 㐀㒨 𠀀", "gb18030", "gb2312"),
    ("朱镕基", "gb18030", "GB_2312-80"),
    ("我的包裹", "hz", "hz-gb-2312"),
    ("我的包裹在哪裡？", "big5", "Big5"),
    ("唔該 嘅", "big5hkscs", "big5"),
    ("荷物はどこですか①", "cp932", "Shift_JIS"),
    ("荷物はどこですか", "iso2022_jp", "ISO-2022-JP"),
    ("荷物はどこですか", "euc_jp", "x-euc-jp"),
    ("소포는 어디에 있나요? 똠", "cp949", "ks_c_5601-1987"),
    ("소포는 어디에 있나요?", "euc_kr", "euc-kr"),
    ("Где моя посылка?", "koi8_r", "KOI8-R"),
    ("Где моя посылка?", "cp1251", "windows-1251"),
    ("Où est-il ? “5 €”", "cp1252", "iso-8859-1"),
    ("Où est-il ?", "utf-8", "us-ascii"),
    ("Gdzie jest żółty?", "iso8859-2", "iso-8859-2"),
    ("Şimdi nerede?", "cp1254", "iso-8859-9"),
    ("أين الطرد؟", "cp1256", "windows-1256"),
    ("包裹", "utf-8", "utf-8"),
    ("包裹", "utf-8-sig", "gbk"),
    ("包裹", "utf-16", "gbk"),
    ("包裹", "utf-8", "unknown-8bit"),
    ("包裹", "utf-8", None),
    ("荷物はどこ", "iso2022_jp", None),
]


@pytest.mark.parametrize(("text", "encoding", "declared"), WRITTEN)
def test_the_charset_that_was_meant_is_found(
    text: str, encoding: str, declared: str | None
) -> None:
    found = decode(text.encode(encoding), declared)
    assert (found.text, found.flaw) == (text, "")


UNDECLARED = [
    ("您好，我的包裹在哪里？我已经等了三个星期了，请帮我查一下。", "gb18030"),
    ("您好，請問我的包裹在哪裡？我已經等了三個星期，請幫我查詢。", "big5"),
    ("荷物はまだ届いていません。いつ届きますか。教えてください。", "cp932"),
    ("안녕하세요. 제 소포가 아직 도착하지 않았습니다. 확인 부탁드립니다.", "cp949"),
    ("Здравствуйте, где моя посылка? Я жду её уже три недели, ответьте.", "koi8_r"),
    ("Здравствуйте, где моя посылка? Я жду её уже три недели, ответьте.", "cp1251"),
]


@pytest.mark.parametrize(("text", "encoding"), UNDECLARED)
def test_undeclared_letters_are_guessed_and_the_guess_is_a_flaw(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.flaw) == (text, "charset_guessed")


def test_html_names_its_own_charset() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">包裹'
    assert decode(page.encode("gbk"), html=True).text == page


def test_one_broken_letter_does_not_make_the_declared_charset_a_lie() -> None:
    found = decode("我的包裹在哪里".encode("gbk") * 20 + b"\xff\xff", "gb2312")
    assert found.text.startswith("我的包裹在哪里")
    assert found.flaw == "charset"


def test_a_letter_cut_in_two_at_the_end_is_dropped_without_a_flaw() -> None:
    assert decode("包裹".encode("gbk")[:-1], "gbk") == decode("包".encode("gbk"), "gbk")


@pytest.mark.parametrize("name", ["rot13", "zlib", "hex", "punycode", "", "x" * 99, "a\0b", "foo"])
def test_what_is_no_charset_says_nothing(name: str) -> None:
    assert codec(name) is None
    assert decode(b"Hello", name).text == "Hello"


@given(
    st.binary(max_size=200), st.sampled_from([None, "gb2312", "utf-7", "utf-16", "big5", "idna"])
)
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    clean(decode(data, declared).text).encode()


# --------------------------------------------------------------------------- headers


def word(data: bytes, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(data).decode()}?="


def subject(value: str | bytes, also: str = "") -> str:
    raw = value if isinstance(value, bytes) else value.encode()
    return read(b"Subject: " + raw + b"\r\n" + also.encode() + b"\r\nx", NOW).subject


def test_encoded_words_split_inside_a_letter_are_joined() -> None:
    data = "我的包裹在哪里".encode()
    assert subject(f"{word(data[:4], 'utf-8')}\r\n {word(data[4:], 'UTF-8')}") == "我的包裹在哪里"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
        ("=?utf-8?q?a_b=20c?=", "a b c"),
        ("=?gb2312?Q?=B0=FC?= =?utf-8?q?_x?=", "包 x"),
        ("=?utf-8*en?q?caf=C3=A9?=", "café"),
        ("Re: =?iso-8859-1?q?caf=E9?= (1)", "Re: café (1)"),
        ("=?utf-8?q?a b?=", "a b"),
        ("=?utf-8?q??=", ""),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?foo?q?abc?=", "abc"),
        ("=?utf-8?b?aGVsbG8?=", "hello"),
        ("=?utf-8?q?a=00b=0D=0ABcc:_x?=", "ab Bcc: x"),
        ("=?utf-8?q?=E2=80=AEgpj=2Eexe?=", "gpj.exe"),
    ],
)
def test_encoded_words_are_read(value: str, text: str) -> None:
    assert subject(value) == text


@pytest.mark.parametrize("encoding", ["gbk", "big5", "cp932", "koi8_r", "cp949"])
def test_raw_letters_in_a_header_are_read_in_the_charset_of_the_text(encoding: str) -> None:
    text = {"koi8_r": "Где мой заказ", "cp949": "주문", "cp932": "注文"}.get(encoding, "包裹")
    also = f"Content-Type: text/plain; charset={encoding}\r\n"
    assert subject(text.encode(encoding), also) == text


def test_raw_utf8_in_a_header_is_read_without_a_charset() -> None:
    assert subject("包裹在哪里") == "包裹在哪里"


@given(st.text(max_size=200))
def test_any_header_text_has_words(value: str) -> None:
    assert isinstance(words(value).text, str)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b\x07c\x1b[1m", "abc[1m"),
        ("a\r\nb\rc\x0bd\u2028e\x85f", "a\nb\nc\nd\ne\nf"),
        ("a\tb\xa0c\u202fd", "a\tb c d"),
        ("e\u0301", "é"),
        ("\u202egnp.exe\u202c \u2066x\u2069 \u200bz\ufeff\u00ad", "gnp.exe x z"),
        ("x\U000e0041\U000e007f", "x"),
        ("\ud83d", "\ufffd"),
        ("👩‍🚀 包裹", "👩🚀 包裹"),
    ],
)
def test_all_text_is_cleaned(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_long_runs_of_accents_are_shortened_because_normalising_them_is_quadratic() -> None:
    assert len(clean("e" + "\u0323" * 5000)) <= 31
