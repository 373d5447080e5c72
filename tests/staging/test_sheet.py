"""The form of a staged file."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from staging.sheet_samples import BODY, SHEET, sheet
from tactd.core.sheet.file import blanks, file_name, parse, render, same_text
from tactd.core.sheet.mark import check_letters


def test_a_listing_of_the_folder_is_the_work_list_in_the_sellers_time() -> None:
    assert file_name(SHEET) == "2026-11-22_1430_in_transit_12-34567-89012_jane-doe.txt"


def test_a_second_file_of_the_same_name_is_numbered() -> None:
    assert file_name(SHEET, again=1) == "2026-11-22_1430_in_transit_12-34567-89012_jane-doe_2.txt"


@pytest.mark.parametrize(
    ("buyer", "end"),
    [
        ("Zoë Weiß-Łukasz", "zoe-weiss-lukasz"),
        ('a<b>:"/\\|?*c.', "a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("王小明", "12-34567-89012"),
        ("CON", "con"),
        ("x" * 500, "x" * 24),
        ("tab\tnew\nline\0", "tab-new-line"),
    ],
)
def test_a_file_name_is_what_every_system_allows(buyer: str, end: str) -> None:
    name = file_name(sheet(buyer=buyer, situation="s" * 200, order="12-34567-89012" + "9" * 200))
    assert re.fullmatch(r"[a-z0-9_-]+\.txt", name)
    assert len(name) <= 120
    assert file_name(sheet(buyer=buyer)).removesuffix(".txt").endswith(end)


def test_the_reply_comes_first_and_the_marked_line_ends_it() -> None:
    lines = render(SHEET).split("\n")
    assert lines[:3] == ["To: jane@example.com", "Subject: Where is my tent?", ""]
    assert "\n".join(lines[3:]).startswith(BODY + "\n\n=== tactd 123-")


def test_below_the_marked_line_stands_all_that_the_seller_needs() -> None:
    below = render(SHEET).split("=== tactd")[1]
    for part in ("2026-11-22 14:30", "12-34567-89012", "> Where is my tent?", "report.csv",
                 "- Mode is stage.", "| 您的帐篷已于"):  # fmt: skip
        assert part in below


def test_a_warning_is_seen_before_all_else_and_never_sent() -> None:
    text = render(sheet(warnings=("The address is\nnot on file.", "He asked for silence.")))
    assert text.startswith("# ! The address is not on file.\n# ! He asked for silence.\n\nTo: ")
    assert parse(text.encode()) == parse(render(SHEET).encode())


def test_the_words_around_the_reply_are_in_the_sellers_language_or_english() -> None:
    sentences = {code: render(sheet(language=code)).split(" === ")[1] for code in ("es-MX", "tr")}
    assert sentences["es-MX"] == "nada de lo que sigue se envía"
    assert sentences["tr"] == "nothing below this line is sent"


def test_a_very_long_mail_of_a_buyer_does_not_make_a_file_that_nobody_can_open() -> None:
    text = render(sheet(words="help! " * 500_000))
    assert len(text.encode()) < 100_000
    assert "全文在邮箱里" in text


def test_the_check_letters_notice_a_wrong_digit_and_two_that_changed_places() -> None:
    for number in range(1, 3000, 7):
        digits = str(number)
        others = {
            digits[:i] + d + digits[i + 1 :] for i in range(len(digits)) for d in "0123456789"
        }
        others |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
                   for i in range(len(digits) - 1)}  # fmt: skip
        clashes = {int(o) for o in others if check_letters(int(o)) == check_letters(number)}
        assert clashes == {number}


def test_a_mistyped_number_is_no_id() -> None:
    text = render(SHEET).replace("tactd 123-", "tactd 124-")
    assert (parse(text.encode()).id, parse(text.encode()).problems) == (None, ("no_id",))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("sent on [[date of dispatch]].", ("date of dispatch",)),
        ("[[a]] and [[b\nc]]", ("a", "b c")),
        ("half [[a pair", ("a pair",)),
        ("item [A] of [#b#]_[#c#]", ()),
    ],
)
def test_blanks_that_are_left_are_found(text: str, left: tuple[str, ...]) -> None:
    assert blanks(text) == left


def test_what_an_editor_does_to_line_ends_is_no_edit_but_a_changed_letter_is() -> None:
    saved = parse(render(SHEET).replace("\n", "  \r\n").encode("utf-8-sig"))
    assert same_text(saved, SHEET.subject, BODY + "\n\n")
    assert not same_text(saved, SHEET.subject, BODY + "!")
    assert not same_text(saved, SHEET.subject + "?", BODY)


def test_the_deadline_is_shown_in_summer_time_where_the_seller_has_it() -> None:
    summer = sheet(timezone="Europe/Madrid", deadline=datetime(2026, 7, 1, 6, 30, tzinfo=UTC))
    assert file_name(summer).startswith("2026-07-01_0830_")
