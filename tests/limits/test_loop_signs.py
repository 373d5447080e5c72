"""What tells a machine that sets no header: counters, and the words themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.free_mail import FREE_MAIL
from tactd.core.loops import QUICK, counted_domain, likeness, ours_to, quick_running
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Endpoint,
    EndpointKind,
    LedgerRow,
    Marketplace,
    Pack,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
JANE = Endpoint(EndpointKind.MAIL, "jane@example.com")
AWAY = "Dear Anna,\nI am away until the 3rd. Your mail of 10:31 will be read later.\nBen"
EBAY = Pack(
    marketplace=Marketplace.EBAY,
    dated="2026-11-01",
    answer_within=timedelta(hours=24),
    relay_domains=("members.ebay.com",),
)

ALIKE = {
    "another time in it": AWAY.replace("10:31", "18:02"),
    "another greeting": AWAY.replace("Dear Anna", "Hello Tom"),
    "no greeting": AWAY.partition("\n")[2],
    "other letters' case": AWAY.upper(),
    "other line breaks": AWAY.partition("\n")[0] + "\n" + " ".join(AWAY.split("\n")[1:]),
    "other punctuation": AWAY.replace(".", " !"),
}


def seconds(*at: int) -> list[datetime]:
    return [NOW + timedelta(seconds=one) for one in at]


# ------------------------------------------------------------------ near-identical mails


@pytest.mark.parametrize("difference", ALIKE)
def test_mails_that_read_nearly_the_same_have_the_same_likeness(difference: str) -> None:
    assert likeness(ALIKE[difference], "Re: your order") == likeness(AWAY, "Away")


@pytest.mark.parametrize(
    "other",
    [
        "Where is my order?",
        AWAY.replace("read later", "answered later"),
        "我的包裹在哪里？",
        "مرحبا، أين طلبي؟",
    ],
)
def test_other_words_have_another_likeness(other: str) -> None:
    assert likeness(other, "Away") != likeness(AWAY, "Away")


def test_a_question_in_the_first_line_is_no_greeting() -> None:
    rest = "\nRegards\nJane"
    assert likeness("Where is it?" + rest, "") != likeness("Is it lost?" + rest, "")


def test_a_mail_of_a_greeting_alone_is_compared_by_it() -> None:
    assert likeness("Hello Anna,\n", "x") != likeness("Goodbye Anna,\n", "x")


def test_a_mail_without_words_is_compared_by_its_subject() -> None:
    assert likeness(" \n12?\n", "Order 12") == likeness("", "order 13") != ""
    assert likeness("", "order") != likeness("", "money")


def test_a_mail_without_a_letter_is_like_no_other() -> None:
    assert likeness("12 ?", "-- 13") == ""


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_has_a_likeness_that_ignores_case_and_white_space(
    words: str, subject: str
) -> None:
    found = likeness(words, subject)
    assert found == likeness(f"{words} \t", f"  {subject}")
    assert len(found) in (0, 16)


# ------------------------------------------------------------------ answers faster than a person


@pytest.mark.parametrize(
    ("wrote", "ours", "running"),
    [
        (seconds(5), seconds(0), 1),
        (seconds(30), seconds(0), 1),
        (seconds(31), seconds(0), 0),
        (seconds(5), [], 0),
        (seconds(-5), seconds(0), 0),  # he wrote first
        (seconds(605, 5), seconds(0, 600), 2),
        (seconds(605, 200), seconds(0, 600), 1),  # the one before was slow
        (seconds(900, 5), seconds(0), 0),  # this one was slow
        (seconds(20, 5), seconds(0), 1),  # two mails in a row answered ours once
        (seconds(1205, 605, 5), seconds(0, 600, 1200), 3),
    ],
)
def test_quick_answers_are_counted_as_long_as_they_run_on(
    wrote: list[datetime], ours: list[datetime], running: int
) -> None:
    assert quick_running(wrote, ours) == running


def test_the_servers_whole_seconds_do_not_hide_a_quick_answer() -> None:
    ours = NOW + timedelta(milliseconds=700)
    assert quick_running([NOW], [ours]) == 1  # came at 0.9 s, says INTERNALDATE 0 s


def test_the_sellers_own_hand_and_what_was_refused_are_no_part_of_a_loop() -> None:
    def row(by: By, state: ContactState) -> LedgerRow:
        return LedgerRow(NOW, JANE, "shop", ContactKind.ANSWER, by, state)

    assert ours_to([row(By.SELLER, ContactState.SENT), row(By.AUTO, ContactState.REFUSED)]) == []
    assert ours_to([row(By.AUTO, ContactState.UNCLEAR)]) == [NOW]
    assert ours_to([row(By.APPROVED, ContactState.CLAIMED)]) == [NOW]


@given(st.lists(st.integers(0, 5000), max_size=12), st.lists(st.integers(0, 5000), max_size=12))
def test_no_more_quick_answers_than_mails_of_ours(wrote: list[int], ours: list[int]) -> None:
    running = quick_running(sorted(seconds(*wrote), reverse=True), seconds(*ours))
    assert running <= min(len(wrote), len(ours))
    if wrote and not any(
        timedelta(seconds=-1) <= timedelta(seconds=max(wrote) - one) <= QUICK for one in ours
    ):
        assert running == 0


# ------------------------------------------------------------------ busy domains


@pytest.mark.parametrize(
    ("buyer", "domain"),
    [
        (JANE, "example.com"),
        (Endpoint(EndpointKind.MAIL, "jane@gmail.com"), ""),
        (Endpoint(EndpointKind.MAIL, "jane@163.com"), ""),
        (Endpoint(EndpointKind.MAIL, "0123@members.ebay.com"), ""),
        (Endpoint(EndpointKind.RELAY, "0123@members.ebay.com"), ""),
        (Endpoint(EndpointKind.EBAY, "jane_1"), ""),
    ],
)
def test_only_a_domain_that_somebody_owns_is_counted(buyer: Endpoint, domain: str) -> None:
    assert counted_domain(buyer, [EBAY]) == domain


def test_the_table_of_free_mail_holds_plain_domains() -> None:
    assert {"gmail.com", "qq.com", "yahoo.co.jp", "mail.ru", "web.de", "naver.com"} <= FREE_MAIL
    assert [one for one in FREE_MAIL if one != one.lower().strip(".@ ") or "." not in one] == []
