"""The section [limits]: what a seller may write there, and what he is told of a slip."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.config import load, spans
from tactd.core.types import Limits, Rule
from tactd.errors import ConfigError

LEAST = """
[seller]
name = "Blue Sheep Outdoor"
language = "zh"
timezone = "Asia/Shanghai"
address = "me@example.com"
[[mailbox]]
name = "shop"
address = "shop@example.com"
imap = "imaps://imap.example.com"
smtp = "smtps://smtp.example.com"
password = { credential = "shop" }
[limits]
"""
LISTS = ("answers", "unasked", "unasked_per_order", "per_mailbox")
DAY = timedelta(days=1)


def limits(folder: Path, text: str) -> Limits:
    path = folder / "config.toml"
    path.write_text(LEAST + text, encoding="utf-8")
    section = load(path, {}).limits
    return Limits(
        section.answers,
        section.unasked,
        section.unasked_per_order,
        section.per_mailbox,
        section.quiet_hours,
    )


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as refused:
        limits(folder, text)
    assert len(refused.value.problems) == 1, refused.value.problems
    return refused.value.problems[0]


# ------------------------------------------------------------------ what may be written


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("off", ["off", "OFF", " Off "])
def test_off_switches_any_limit_off(tmp_path: Path, key: str, off: str) -> None:
    assert getattr(limits(tmp_path, f'{key} = "{off}"'), key) == ()


@pytest.mark.parametrize("key", LISTS)
def test_a_limit_may_stand_alone_or_in_a_list(tmp_path: Path, key: str) -> None:
    assert getattr(limits(tmp_path, f'{key} = "2 per day"'), key) == (Rule(2, DAY),)
    several = limits(tmp_path, f'{key} = ["2 per day", "5 per 7 days"]')
    assert getattr(several, key) == (Rule(2, DAY), Rule(5, 7 * DAY))


def test_a_limit_that_is_left_out_has_its_default(tmp_path: Path) -> None:
    one = limits(tmp_path, 'answers = "off"')
    assert one.unasked
    assert one.quiet == (time(21), time(8))


def test_the_signs_of_a_chinese_keyboard_are_understood(tmp_path: Path) -> None:
    one = limits(tmp_path, 'answers = "４ per ２４ hours"\nquiet_hours = "２１：００－０８：００"')
    assert one.answers == (Rule(4, DAY),)
    assert one.quiet == (time(21), time(8))


@pytest.mark.parametrize("dash", ["-", " - ", "–", "—", "~", "～"])
def test_quiet_hours_may_be_written_with_any_dash(tmp_path: Path, dash: str) -> None:
    one = limits(tmp_path, f'quiet_hours = "22:30{dash}07:15"')
    assert one.quiet == (time(22, 30), time(7, 15))


# ------------------------------------------------------------------ what is refused, and how


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("zero", ["0", '"0"', '"0 per day"', '["0 per 24 hours"]', "0.0"])
def test_zero_is_refused_for_it_would_stop_all_mail(tmp_path: Path, key: str, zero: str) -> None:
    said = refusal(tmp_path, f"{key} = {zero}")
    assert said.startswith(f"limits.{key}")
    assert "0 is refused" in said
    assert 'write "off" for no limit' in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"4 per 24 huors"', '[0]: "4 per 24 huors" - write it as "4 per 24 hours"'),
        ('"1 each day"', '"1 per day"'),
        ('"4/day"', '"4 per day"'),
        ('"4 times a day"', '"4 per day"'),
        ('"4 per 24h"', '"4 per 24 hours"'),
        ('"4 per"', '"4 per day"'),
        ('"per day"', '"4 per day"'),
        ('"four per day"', '"4 per day"'),
        ('"每天4封"', '"4 per day"'),
        ('"4 per month"', '"4 per 30 days"'),
        ('"4 per 2 months"', '"4 per 60 days"'),
        ('"1 per year"', '"1 per 365 days"'),
        ('"-4 per day"', '"4 per day"'),
        ('"3.5 per day"', 'whole numbers only: write it as "3 per day"'),
        ('"3,5 per day"', 'whole numbers only: write it as "3 per day"'),
        ('"4 per 0 hours"', '"1 hour"'),
        ('"4 per 9999 weeks"', "ten years"),
        ('"1000000 per second"', '"off"'),
        ("-1", '- say of which time, in quotes, as in "1 per day"'),
        ("4", '"4 per day"'),
        ("3.5", '"3 per day"'),
        ("nan", '"4 per day"'),
        ("inf", '"4 per day"'),
        ("[4]", '[0]: 4 - write it in quotes, as in "4 per 24 hours"'),
        ('["4 per day", 5]', "[1]: 5 - write it in quotes"),
        ("[]", 'an empty list is refused: write a list such as ["4 per 24 hours"], or "off"'),
        ('["off"]', '"off" stands alone'),
        ('["4 per day", "off"]', '"off" stands alone'),
        ("true", '"off" for no limit'),
        ("false", '"off" for no limit'),
        ('"none"', 'write "off" for no limit'),
        ('"unlimited"', 'write "off" for no limit'),
        ('""', 'write "off" for no limit'),
        ("{ day = 4 }", 'a list such as ["4 per 24 hours"]'),
        ("1979-05-27", 'a list such as ["4 per 24 hours"]'),
        ('"4 per day, 10 per week"', '["4 per day", "10 per week"]'),
        ('"4 per day 10 per week"', '["4 per day", "10 per week"]'),
    ],
)
def test_a_slip_in_a_limit_is_named_with_what_would_be_right(
    tmp_path: Path, text: str, says: str
) -> None:
    said = refusal(tmp_path, f"answers = {text}")
    assert said.startswith("limits.answers")
    assert says in said


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"21-8"', '"21:00-08:00"'),
        ('"22-7"', '"22:00-07:00"'),
        ('"9pm-8am"', '"21:00-08:00"'),
        ('"10 pm to 6:30 am"', '"22:00-06:30"'),
        ('"12am-7am"', '"00:00-07:00"'),
        ('"21.30-8.15"', '"21:30-08:15"'),
        ('"22:00"', '"21:00-08:00"'),
        ('"night"', '"21:00-08:00"'),
        ('"25:00-08:00"', "no such time of day"),
        ('"21:60-08:00"', "no such time of day"),
        ('"24:00-08:00"', "midnight is 00:00"),
        ('"21:00-24:00"', "midnight is 00:00"),
        ('"08:00-08:00"', "begins when it ends"),
        ('"08:00-21:00"', 'nothing would be sent by day: did you mean "21:00-08:00"?'),
        ('"09:00-08:00"', "nothing would be sent by day"),
        ("21", "in quotes"),
        ("0", "in quotes"),
        ("false", '"off"'),
        ("21:00:00", "in quotes"),
        ('["21:00-08:00"]', "in quotes"),
    ],
)
def test_a_slip_in_quiet_hours_is_named_with_what_would_be_right(
    tmp_path: Path, text: str, says: str
) -> None:
    said = refusal(tmp_path, f"quiet_hours = {text}")
    assert said.startswith("limits.quiet_hours")
    assert says in said


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('answer = "1 per day"', "limits.answer: unknown; did you mean answers?"),
        ('anwsers = "1 per day"', "did you mean answers?"),
        ('per_mail_box = "1 per day"', "did you mean per_mailbox?"),
        ('quiet_hour = "off"', "did you mean quiet_hours?"),
        ('mode = "auto"', "unknown here; it belongs in [replies]"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(
    tmp_path: Path, line: str, says: str
) -> None:
    assert says in refusal(tmp_path, line)


def test_every_slip_is_told_of_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        limits(tmp_path, 'answers = ["4 per", "3 per dya"]\nunasked = 0\nquiet_hours = "21-8"')
    assert [said.partition(":")[0] for said in refused.value.problems] == [
        "limits.answers[0]",
        "limits.answers[1]",
        "limits.unasked",
        "limits.quiet_hours",
    ]


# ------------------------------------------------------------------ whatever is written


@settings(deadline=None)
@given(
    st.text(max_size=30)
    | st.from_regex(
        r"[0-9]{1,3}[.,]?[0-9]? ?(per|a|/|each) ?[0-9]{0,2} ?[a-z]{0,6}", fullmatch=True
    )
)
def test_what_a_hint_proposes_for_a_limit_is_itself_right(text: str) -> None:
    try:
        spans.limit(text)
    except ValueError as refused:
        if "write it as" in str(refused):
            spans.limit(str(refused).split('"')[1])


@settings(deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"[0-9:.apmh -]{0,14}", fullmatch=True))
def test_what_a_hint_proposes_for_quiet_hours_is_a_time_of_day_to_another(text: str) -> None:
    try:
        spans.quiet_hours(text)
    except ValueError as refused:
        if "write it as" in str(refused):
            start, _, end = str(refused).rpartition("write it as ")[2].split('"')[1].partition("-")
            assert time.fromisoformat(start) != time.fromisoformat(end)


@given(st.times(), st.times())
def test_no_quiet_hours_silence_the_better_part_of_the_day(start: time, end: time) -> None:
    try:
        quiet = spans.quiet_hours(f"{start:%H:%M}-{end:%H:%M}")
    except ValueError:
        return
    assert quiet is not None
    first, last = (60 * one.hour + one.minute for one in quiet)
    length = (last - first) % 1440
    assert length <= 720 or (720 - first) % 1440 >= length, "noon is left free"
