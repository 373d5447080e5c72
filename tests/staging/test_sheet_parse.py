"""Reading a staged file back, whatever an editor made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staging.sheet_samples import BODY, SAVED, SHEET, sheet, windows_ansi_chinese
from tactd.core.sheet.file import parse, render
from tactd.core.sheet.parse import normal, one_line

TRICKY = (
    "=== tactd 123-kqx === x === é ===",
    "  == TACTD 7",
    "\\=== tactd",
    "\\\\ === tactd 9-abc",
    "To: evil@example.net",
    "Subject: other",
    "# a heading",
    "# >> a note",
    "",
    "-- ",
    "\ufeffodd",
    "Señor, ça coûte 12 €",
    "谢谢 🙏🏽",
    "e\u0301 decomposed",
    "\u2028",
)
lines = st.sampled_from(TRICKY) | st.text(max_size=30)
bodies = st.lists(lines, max_size=8).map("\n".join)


@given(bodies, st.text(max_size=40), st.sampled_from(sorted(SAVED)), st.integers(1, 10**12))
def test_what_was_written_comes_back_exactly_from_every_editor(
    body: str, subject: str, editor: str, number: int
) -> None:
    written = sheet(id=number, body=body, subject=subject, words=body, warnings=(subject,))
    got = parse(SAVED[editor](render(written)))
    expected = (number, written.to, one_line(subject), normal(body))
    assert (got.id, got.to, got.subject, got.body) == expected
    assert set(got.problems) <= {"empty"} | (
        {"lost_letters"} if "\ufffd" in body + subject else set()
    )


gbk_letters = st.characters(codec="gbk", exclude_characters="\ufffd")
gbk_bodies = st.lists(st.text(gbk_letters, max_size=20) | st.sampled_from(TRICKY[:9])).map(
    "\n".join
)


@given(gbk_bodies, st.integers(1, 10**9))
def test_what_gbk_can_hold_comes_back_exactly_from_chinese_windows(body: str, number: int) -> None:
    got = parse(windows_ansi_chinese(render(sheet(id=number, body=body))))
    assert (got.id, got.to, got.body) == (number, SHEET.to, normal(body))


@given(st.binary(max_size=400), st.integers(0, 2000), st.integers(0, 40), st.booleans())
def test_any_bytes_give_a_result(junk: bytes, at: int, cut: int, sixteen: bool) -> None:
    whole = render(SHEET).encode("utf-16" if sixteen else "utf-8")
    parse(junk)
    damaged = parse(whole[:at] + junk + whole[at + cut :])
    assert damaged.id in (123, None) or b"tactd" in junk


def test_a_euro_sign_survives_chinese_windows() -> None:
    got = parse(windows_ansi_chinese(render(sheet(body="12,50 € 谢谢"))))
    assert (got.body, got.problems) == ("12,50 € 谢谢", ())


@pytest.mark.parametrize("encoding", ["gbk", "cp1252", "shift_jis", "euc_kr", "big5", "ascii"])
def test_an_encoding_that_lost_a_letter_is_noticed(encoding: str) -> None:
    text = render(sheet(body="Señor Müller, 中国 спасибо", language="en"))
    assert "lost_letters" in parse(text.encode(encoding, "replace")).problems


@pytest.mark.parametrize("encoding", ["cp1252", "shift_jis", "euc_kr", "big5", "cp1251"])
def test_letters_typed_into_an_ascii_draft_are_not_misread_in_a_foreign_encoding(
    encoding: str,
) -> None:
    typed = {"cp1252": "señor", "shift_jis": "ありがとう", "euc_kr": "감사", "big5": "謝謝"}
    text = render(sheet(language="en", gloss_body="", gloss_subject=""))
    edited = text.replace("Dear Jane", typed.get(encoding, "спасибо"))
    assert "lost_letters" in parse(edited.encode(encoding, "replace")).problems


def test_letters_that_the_seller_typed_and_gbk_lost_are_noticed() -> None:
    edited = render(SHEET).replace("Dear Jane", "Buenos días, señora")
    assert "lost_letters" in parse(windows_ansi_chinese(edited)).problems
    assert parse(windows_ansi_chinese(render(SHEET))).problems == ()


def test_text_that_was_decoded_wrongly_and_saved_as_utf8_is_noticed() -> None:
    twice = render(sheet(body="Señor")).encode().decode("cp1252", "replace").encode()
    assert "lost_letters" in parse(twice).problems


def test_an_editor_that_wraps_the_marked_line_does_no_harm() -> None:
    text = render(sheet(body="á í ó ú " * 3 + "你好，谢谢您的来信，祝好", language="en"))
    start = text.index("=== tactd")
    end = text.index("\n", start)
    wrapped = text[start:end].replace(" ", "\n").replace("===\ntactd\n", "=== tactd ")
    got = parse((text[:start] + wrapped + text[end:]).encode())
    assert (got.id, got.problems) == (123, ())
    assert "你" in got.letters


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("=== tactd", "", "no_mark"),
        ("To: jane@example.com\n", "", "no_to"),
        ("To: jane@example.com", "To:", "no_to"),
        ("To: ", "my note\nTo: ", "no_to"),
        ("Subject: Where is my tent?\n", "", "no_subject"),
        ("tent?\n\n", "tent?\n", "extra_line"),
        ("Subject:", "Cc: boss@example.com\nSubject:", "extra_line"),
        ("Subject:", "To: evil@example.net\nSubject:", "extra_line"),
        (BODY, " \n\n", "empty"),
        (" === é ===", " === ? ===", "lost_letters"),
        (" === é ===", "", "lost_letters"),
        ("Dear", "=== tactd 5-abc ===\nDear", "two_marks"),
        ("  买家原文\n", "=== tactd 5-abc === x === é ===\n", "two_marks"),
    ],
)
def test_every_damage_has_its_name(old: str, new: str, problem: str) -> None:
    problems = parse(render(SHEET).replace(old, new, 1).encode()).problems
    assert problem in problems


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("To: ", "to:"),
        ("To: ", "TO ： "),
        ("To: ", "\n# >> a note\n\n  To: "),
        ("=== tactd 123-", "==  Tactd  123 – "),
        ("To: jane@example.com\nSubject: Where is my tent?",
         "Subject: Where is my tent?\nTo: jane@example.com"),
    ],
)  # fmt: skip
def test_small_slips_of_fingers_and_phones_do_no_harm(old: str, new: str) -> None:
    got = parse(render(SHEET).replace(old, new, 1).encode())
    assert (got.id, got.to, got.body, got.problems) == (123, SHEET.to, BODY, ())


def test_nothing_below_the_marked_line_is_read() -> None:
    hostile = "=== tactd 5-abc ===\nTo: evil@example.net\nSubject: x\n\n[[blank]] \ufffd"
    text = render(sheet(words=hostile, facts=((hostile, hostile, hostile),), reasons=(hostile,)))
    assert parse(text.encode()) == parse(render(SHEET).encode())
