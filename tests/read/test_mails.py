"""What a mail says, where it says it: addresses, ids, parts, attachments, HTML."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tactd.core.read.mail import read
from tactd.core.types import Address, Attachment, Mail

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def mail(*lines: str, body: str = "Hello") -> Mail:
    return read("\r\n".join((*lines, "", body)).encode(), NOW)


def alternative(plain: str, html: str) -> Mail:
    parts = (
        f"--b\nContent-Type: text/plain\n\n{plain}\n--b\nContent-Type: text/html\n\n{html}\n--b--"
    )
    return mail("Content-Type: multipart/alternative; boundary=b", body=parts)


def html(source: str) -> str:
    return mail("Content-Type: text/html; charset=utf-8", body=source).text


# --------------------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("jane@example.org", [("", "jane@example.org")]),
        ("Jane Doe <jane@example.org>", [("Jane Doe", "jane@example.org")]),
        ('"Doe, Jane" <jane@example.org>', [("Doe, Jane", "jane@example.org")]),
        ('"a\\"b" <jane@example.org>', [('a"b', "jane@example.org")]),
        ("jane@example.org (Jane (the buyer))", [("Jane (the buyer)", "jane@example.org")]),
        ("a@example.org, B <b@example.org>", [("", "a@example.org"), ("B", "b@example.org")]),
        ("Team: a@example.org, <b@example.org>;", [("", "a@example.org"), ("", "b@example.org")]),
        ("=?utf-8?q?Doe=2C_J=C3=B6?= <j@example.org>", [("Doe, Jö", "j@example.org")]),
        ("=?utf-8?q?Doe, J?= <j@example.org>", [("Doe, J", "j@example.org")]),
        ("<@relay.example:jane@example.org>", [("", "jane@example.org")]),
        ("< jane @ example.org >", [("", "jane@example.org")]),
        ('"jane doe"@example.org', [("", '"janedoe"@example.org')]),
        ("a@example.org; b@example.org", [("", "a@example.org"), ("", "b@example.org")]),
        ("undisclosed-recipients:;", []),
        ("Jane", [("Jane", "")]),
        ("", []),
    ],
)
def test_addresses_are_read_as_they_are_written(value: str, people: list[tuple[str, str]]) -> None:
    assert mail(f"To: {value}").to == tuple(Address(*one) for one in people)


def test_the_sender_is_the_first_address_and_all_of_them_are_counted() -> None:
    read_mail = mail("From: Jane <jane@example.org>, b@example.org", "From: c@example.org")
    assert read_mail.sender == Address("Jane", "jane@example.org")
    assert read_mail.senders == 3


def test_only_valid_message_ids_are_kept() -> None:
    found = mail(
        "Message-ID: <[a@b.example]>",
        "In-Reply-To: Your mail of Friday <x@example.com>",
        "References: <a@example.com>\r\n <b@example.com> broken> <> <c d@example.com>",
    )
    assert found.message_id == "<[a@b.example]>"
    assert found.in_reply_to == ("<x@example.com>",)
    assert found.references == ("<a@example.com>", "<b@example.com>")


def test_an_id_longer_than_250_characters_is_none() -> None:
    assert mail(f"Message-ID: <{'a' * 251}>").message_id is None


def test_the_newest_hundred_references_are_kept() -> None:
    found = mail("References: " + " ".join(f"<{n}@e.example>" for n in range(150)))
    assert found.references[0] == "<50@e.example>"
    assert found.references[-1] == "<149@e.example>"


def test_dates_are_utc() -> None:
    assert mail("Date: Fri, 20 Nov 2026 12:00:00 +0100").date == datetime(
        2026, 11, 20, 11, tzinfo=UTC
    )
    assert mail("Date: Fri, 20 Nov 2026 12:00:00 -0000").date == NOW


def test_headers_are_kept_in_order_unfolded_decoded_and_in_lower_case() -> None:
    found = mail("X-B: 1", "received: a\r\n\tby b", "X-A: =?utf-8?q?=C3=A9?=", "X-B: 2")
    assert found.headers == (("x-b", "1"), ("received", "a by b"), ("x-a", "é"), ("x-b", "2"))


def test_encoded_words_mean_nothing_in_structured_headers() -> None:
    value = "=?utf-8?q?no?="
    assert mail(f"Auto-Submitted: {value}").header("auto-submitted") == value


def test_a_huge_header_does_not_push_out_the_others() -> None:
    noise = [f"DKIM-Signature: {n} {'b' * 3000}" for n in range(9)]
    found = mail("X-Huge: " + "x" * 15_000, *noise, "From: a@example.org", "List-Id: <l.example>")
    assert found.header("from") == "a@example.org"
    assert found.header("list-id") == "<l.example>"
    assert sum(len(name) + len(value) for name, value in found.headers) <= 16_384
    assert "headers_left_out" in found.flaws


def test_at_most_thirty_hops_are_kept_and_their_number_is_told() -> None:
    found = mail(*(f"Received: {n}" for n in range(44)))
    assert found.all_headers("received") == tuple(map(str, range(30)))
    assert "received=44" in found.flaws


def test_a_lone_carriage_return_adds_no_header() -> None:
    found = mail("Subject: a\rAuto-Submitted: no\rFrom: b@example.org", "From: a@example.org")
    assert found.header("auto-submitted") is None
    assert found.senders == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_will_do(end: str) -> None:
    raw = end.join(("Subject: Hi", "From: a@example.org", "", "one", "two")).encode()
    assert (read(raw, NOW).subject, read(raw, NOW).text) == ("Hi", "one\ntwo")


def test_text_without_an_empty_line_before_it_is_text() -> None:
    found = read(b"Subject: Hi\nWhere is my order, please?\n\nJane", NOW)
    assert (found.subject, found.text) == ("Hi", "Where is my order, please?\n\nJane")
    assert found.flaws == ("header_end",)


# --------------------------------------------------------------------------- the same mail


def test_the_same_mail_in_two_folders_has_one_key() -> None:
    one = read(b"Received: a\r\nMessage-ID: <a@b>\r\nFrom: x@y.example\r\n\r\nHello\r\n", NOW)
    two = read(b"Message-ID:\r\n <a@b>\r\nFrom: x@y.example\r\nX-Folder: b\r\n\r\nHello", NOW)
    assert one.content_key == two.content_key


@pytest.mark.parametrize(
    "other",
    [
        b"Message-ID: <c@b>\nDate: 1\nFrom: x@y.example\n\nHello",
        b"Message-ID: <a@b>\nDate: 2\nFrom: x@y.example\n\nHello",
        b"Message-ID: <a@b>\nDate: 1\nFrom: z@y.example\n\nHello",
        b"Message-ID: <a@b>\nDate: 1\nFrom: x@y.example\n\nHullo",
    ],
)
def test_another_id_date_sender_or_text_is_another_mail(other: bytes) -> None:
    one = read(b"Message-ID: <a@b>\nDate: 1\nFrom: x@y.example\n\nHello", NOW)
    assert one.content_key != read(other, NOW).content_key


def test_a_mail_cut_short_by_the_fetch_keeps_its_key_and_the_servers_size() -> None:
    raw = b"Message-ID: <a@b>\n\n" + b"Hello\n" * 50_000
    short = read(raw[:100_000], NOW, truncated=True, size=len(raw))
    assert short.content_key == read(raw, NOW).content_key
    assert (short.size, short.flaws) == (len(raw), ("truncated",))


# --------------------------------------------------------------------------- parts


def test_plain_text_is_preferred() -> None:
    assert alternative("Plain words", "<p>Other words</p>").text == "Plain words"


@pytest.mark.parametrize(
    "stub",
    ["", " \n", "Please view this email in your browser.", "Your client does not support HTML."],
)
def test_html_is_taken_where_the_plain_text_is_empty_or_a_stub(stub: str) -> None:
    assert alternative(stub, "<p>Where is it?</p>").text == "Where is it?"


def test_a_stub_is_better_than_nothing() -> None:
    stub = "Please view this email in your browser."
    assert alternative(stub, "<img src=x>").text == stub


def test_attachments_are_named_and_never_text() -> None:
    found = mail(
        "Content-Type: multipart/mixed; boundary=b",
        body="--b\nContent-Type: text/plain\n\nSee photo\n"
        "--b\nContent-Type: image/jpeg; name=a\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename*0*=gb2312''%B0%FC; filename*1=/x.jpg\n\nAAAA\n"
        '--b\nContent-Type: text/plain; name="=?utf-8?q?=E5=8C=85?="\n\nnot mine\n'
        "--b\nContent-Type: message/rfc822\n\nSubject: other\n\nsomebody else\n--b--",
    )
    assert found.text == "See photo"
    assert found.attachments == (
        Attachment("包/x.jpg", "image/jpeg", 3),
        Attachment("包", "text/plain", 8),
        Attachment("", "message/rfc822", 29),
    )


def test_text_with_a_file_name_is_the_text_if_there_is_no_other() -> None:
    assert mail("Content-Type: text/plain; name=mail.txt").text == "Hello"


def test_several_texts_follow_one_another() -> None:
    body = "--b\n\none\n--b\nContent-Type: image/png\n\nx\n--b\n\ntwo\n--b--"
    assert mail("Content-Type: multipart/mixed; boundary=b", body=body).text == "one\n\ntwo"


@pytest.mark.parametrize(
    ("boundary", "flaw"), [("boundary=b", "unclosed"), ("boundary=other", "boundary")]
)
def test_parts_are_found_without_an_end_or_by_another_boundary(boundary: str, flaw: str) -> None:
    found = mail(f"Content-Type: multipart/mixed; {boundary}", body="--b\n\nHello there")
    assert found.text == "Hello there"
    assert flaw in found.flaws


def test_flowed_lines_are_joined_and_quotes_stay_quotes() -> None:
    body = "This is one \nline.\n> quoted \n> too\n-- \nJane"
    found = mail("Content-Type: text/plain; format=flowed", body=body)
    assert found.text == "This is one line.\n> quoted too\n--\nJane"
    assert (found.own, found.cut) == ("This is one line.", "> quoted too\n--\nJane")


def test_a_mail_with_nothing_but_history_says_so() -> None:
    found = mail(body="On 3 May 2026 at 12:00 Shop <a@example.com> wrote:\n> Dear buyer")
    assert found.own == found.text
    assert found.flaws == ("only_quoted",)


# --------------------------------------------------------------------------- HTML


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>Hello,</p><p>where<br>is it?</p>", "Hello,\n\nwhere\nis it?"),
        ("<div>a</div><div>b<div>c</div></div>d", "a\nb\nc\nd"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<table><tr><td>Item ID</td><td>123</td></tr><tr><td>x</table>", "Item ID 123\nx"),
        ("a <b>b</b>\n c &amp; d&nbsp;e &lt;", "a b c & d e <"),
        ("<pre>one\n two</pre>", "one\ntwo"),
        ("<span style='white-space: -o-pre-wrap'>one\ntwo</span>", "one\ntwo"),
        ("1 < 2 and <3 <", "1 < 2 and <3 <"),
        ("a<!-- <p>no</p> -->b<!DOCTYPE x><?php y ?>c", "abc"),
        ('<a href="a>b">link</a>', "link"),
        ("<head><title>t</title><style>p{}</style></head><body>x<script>a<b>c</script>y", "xy"),
        ("<head><meta charset=utf-8><body>x", "x"),
    ],
)
def test_html_becomes_the_lines_that_a_reader_sees(source: str, text: str) -> None:
    assert html(source) == text


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">secret</div>',
        "<p hidden>secret</p>",
        '<span style="mso-hide: all">secret</span>',
        '<span style="FONT-SIZE:0px; color:red">secret</span>',
        '<span style="opacity: 0">secret</span>',
        '<div style="max-height:0; overflow:hidden">secret</div>',
        '<div style="display:none"><p>se<b>cret</b></p></div>',
        "<div style=display:none>secret</div>",
        '<div style="visibility:hidden">secret</div>',
    ],
)
def test_hidden_text_is_dropped(hidden: str) -> None:
    assert html(f"<div>Hello {hidden} there</div>").split() == ["Hello", "there"]


@pytest.mark.parametrize(
    "shown",
    [
        '<td style="font-size:0"><div style="font-size:13px">seen</div></td>',
        '<span style="font-size:0.9em">seen</span>',
        '<span style="opacity:0.5">seen</span>',
        '<span style="max-height:0.5px" title="hidden">seen</span>',
        "<p class=hidden>seen</p>",
    ],
)
def test_text_that_only_looks_hidden_is_kept(shown: str) -> None:
    assert html(shown) == "seen"


QUOTED = [
    '<div class="gmail_quote"><div class="gmail_attr">On 3 May 2026, S &lt;a@example.com&gt; wrote:'
    "</div><blockquote>Dear buyer</blockquote></div>",
    "<blockquote type=cite>Dear buyer</blockquote>",
    '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> S</div><p>Dear buyer',
    '<div class="OutlookMessageHeader">From: S</div><p>Dear buyer</p>',
    '<div class="foxdiv">From: S</div><p>Dear buyer</p>',
    '<div class="yahoo_quoted">On Friday S wrote:<br>Dear buyer</div>',
    '<div class="protonmail_quote">On Friday<br>Dear buyer</div>',
    "<div>------------------ 原始邮件 ------------------</div><div>发件人: S</div>Dear buyer",
    "<div><b>From:</b> S<br><b>Sent:</b> Friday<br><b>To:</b> J<br><b>Subject:</b> x</div>"
    "Dear buyer",
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_a_client_marks_as_history_in_html_is_cut(quoted: str) -> None:
    found = mail("Content-Type: text/html; charset=utf-8", body=f"<p>Where is it?</p>{quoted}")
    assert found.own == "Where is it?"
    assert "Dear buyer" in found.cut


def test_an_answer_between_blockquotes_is_kept() -> None:
    source = "<div>Hi</div><blockquote>Size?</blockquote><p>Large</p><blockquote>Ok?</blockquote>"
    assert mail("Content-Type: text/html", body=source).own == "Hi\n\nLarge"


def _links(source: str) -> tuple[str, ...]:
    return mail("Content-Type: text/html; charset=utf-8", body=source).links


def test_where_html_leads_is_kept_apart_from_its_text() -> None:
    source = '<p>See <a class=x href="https://a.example/?x=1&amp;y=2">it</a></p>'
    assert _links(source) == ("https://a.example/?x=1&y=2",)
    assert html(source) == "See it"


@pytest.mark.parametrize(
    "link",
    [
        "http://a.example/",
        "javascript:alert(1)",
        "https://a.example/&#10;Order: 1",
        "https://a.example/&#x202e;x",
        "https://a.example/" + "x" * 500,
    ],
)
def test_only_a_plain_https_link_is_one(link: str) -> None:
    assert _links(f'<a href="{link}">it</a>') == ()


def test_a_page_full_of_links_gives_forty() -> None:
    assert len(_links("".join(f"<a href='https://a.example/{n}'>x</a>" for n in range(500)))) == 40


def test_hidden_links_and_those_of_a_mail_in_plain_text_are_none() -> None:
    assert _links('<div hidden><a href="https://a.example/">x</a></div>y') == ()
    assert alternative("Hello", '<a href="https://a.example/">x</a>').links == ()
