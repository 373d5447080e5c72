from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd import log

EVENT = re.compile(r'<\d>event=\w+( \w+=([^\s"=\\]+|"([^"\\]|\\.)*"))*\n')


@contextmanager
def logging_to(level: log.Level = "info", journald: bool = True) -> Iterator[io.StringIO]:
    """tactd's log in a buffer; the test run's own logging is put back afterwards."""
    root, own = logging.getLogger(), logging.getLogger("tactd")
    before = (list(root.handlers), root.level, own.level)
    stream = io.StringIO()
    try:
        log.configure(level, stream, journald)
        yield stream
    finally:
        root.handlers[:], root.level = before[0], before[1]
        own.setLevel(before[2])


def line(level: log.Level = "info", /, **fields: object) -> str:
    with logging_to() as stream:
        log.event("mail_kept", level=level, **fields)
    return stream.getvalue()


def test_an_event_is_one_line_of_its_name_and_fields() -> None:
    assert line(mailbox="shop", uid=12) == "<6>event=mail_kept mailbox=shop uid=12\n"


@pytest.mark.parametrize(
    ("level", "priority"), [("info", "<6>"), ("warning", "<4>"), ("error", "<3>")]
)
def test_journald_gets_the_priority_in_front(level: log.Level, priority: str) -> None:
    assert line(level).startswith(f"{priority}event=mail_kept")


def test_elsewhere_the_line_begins_with_time_and_level() -> None:
    with logging_to(journald=False) as stream:
        log.event("started", level="warning")
    moment, level, event = stream.getvalue().split()
    assert datetime.fromisoformat(moment).tzinfo is not None
    assert (level, event) == ("warning", "event=started")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("two words", '"two words"'),
        ('say "hi"', r'"say \"hi\""'),
        ("a=b", '"a=b"'),
        ("", '""'),
        ("a\nevent=forged", r'"a\nevent=forged"'),
        ("\x1b[31mred", r'"\x1b[31mred"'),
        ("\u202edecoy", r'"\u202edecoy"'),
        ("back\\slash", r'"back\\slash"'),
        ("Müller-é", "Müller-é"),
        (True, "true"),
        (0.25, "0.25"),
        (datetime(2026, 11, 21, 9, 0, tzinfo=UTC), "2026-11-21T09:00:00+00:00"),
    ],
)
def test_values_are_quoted_and_control_characters_escaped(value: object, shown: str) -> None:
    assert line(x=value) == f"<6>event=mail_kept x={shown}\n"


def test_a_field_without_a_value_is_left_out() -> None:
    assert line(order=None, uid=0) == "<6>event=mail_kept uid=0\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("jane@example.com", "j***@…"),
        ("Jane <jane.doe+x@mail.example.com>, now", "Jane <j***@…>, now"),
        ("mailto:jane@example.com", "mailto:j***@…"),
        ("jane＠example.com", "j***@…"),
        ("@example.com", "***@…"),
        ("a@b@example.com", "a***@…"),
        ("no address here", "no address here"),
    ],
)
def test_what_looks_like_a_mail_address_is_masked(text: str, shown: str) -> None:
    assert log.masked(text) == shown


@given(st.text(), st.emails(), st.text())
def test_no_address_gets_through_between_blanks(before: str, address: str, after: str) -> None:
    shown = line(x=f"{before} {address} {after}")
    assert address not in shown
    assert "@example" not in shown.replace("@…", "")


@given(st.dictionaries(st.sampled_from("abcdef"), st.text() | st.integers() | st.none()))
def test_a_line_stays_one_line_that_can_be_taken_apart(fields: dict[str, object]) -> None:
    assert EVENT.fullmatch(line(**fields))


def test_a_body_that_slips_in_is_cut() -> None:
    assert len(line(x="word " * 10_000)) < 400


def test_debug_is_silent_unless_asked_for() -> None:
    assert line("debug") == ""
    with logging_to("debug") as stream:
        log.event("idle", level="debug")
    assert stream.getvalue() == "<7>event=idle\n"


def test_a_failure_names_its_place_and_not_the_words_of_a_mail() -> None:
    with logging_to() as stream:
        try:
            int("Where is my parcel?")
        except ValueError as error:
            log.failure("mail_failed", error, mail=3)
    shown = stream.getvalue()
    assert "event=mail_failed mail=3 error=ValueError" in shown
    assert "test_log.py" in shown
    assert "parcel" not in shown


def test_a_failure_of_the_system_says_what_it_was() -> None:
    with logging_to() as stream:
        log.failure("disk", OSError(28, "No space left on device"))
    assert 'detail="[Errno 28] No space left on device"' in stream.getvalue()


def test_imapclient_is_never_heard_and_other_libraries_only_when_they_warn() -> None:
    with logging_to("debug") as stream:
        logging.getLogger("imapclient.imaplib").error("> b'LOGIN jane hunter2'")
        logging.getLogger("apscheduler").info("tick")
        logging.getLogger("apscheduler").warning("missed by %s", "1 s")
    assert stream.getvalue() == '<4>event=log logger=apscheduler message="missed by 1 s"\n'


def test_configuring_again_replaces_the_first_output() -> None:
    with logging_to() as first:
        second = io.StringIO()
        log.configure("info", second, True)
        log.event("once")
    assert (first.getvalue(), second.getvalue()) == ("", "<6>event=once\n")
