"""How long a mailbox stays away from a server, with the time as an argument."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tactd.adapters.mailbox.backoff import BackOff, Refusals
from tactd.adapters.mailbox.settings import MailboxSettings

SETTINGS = MailboxSettings(
    name="shop",
    host="imap.example.com",
    port=993,
    security="tls",
    user="shop@example.com",
    password=lambda: "x",
)


def _longest(low: float, high: float) -> float:
    return high


def test_the_bound_doubles_from_one_second_to_five_minutes() -> None:
    backoff = BackOff(SETTINGS, _longest)
    waits = [backoff.failed(lived=5) for _ in range(12)]
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


def test_ten_minutes_of_health_begin_it_anew() -> None:
    backoff = BackOff(SETTINGS, _longest)
    for _ in range(5):
        backoff.failed(lived=599)
    assert backoff.failed(lived=600) == 1


@given(st.lists(st.floats(0, 2000), max_size=60))
def test_the_wait_is_never_over_the_cap_nor_below_zero(lives: list[float]) -> None:
    backoff = BackOff(SETTINGS)
    assert all(0 <= backoff.failed(lived) <= 300 for lived in lives)


def test_the_jitter_is_full() -> None:
    seen = {BackOff(SETTINGS).failed(0) for _ in range(50)}
    assert len(seen) > 10
    assert min(seen) < 0.5 < max(seen)


def test_three_refusals_are_15_to_60_minutes_apart_and_the_fourth_waits_for_a_person() -> None:
    refusals = Refusals(SETTINGS)
    waits = [refusals.refused(now) for now in (0, 1000, 2000)]
    assert all(wait is not None and 900 <= wait <= 3600 for wait in waits[:2])
    assert waits[2] is None


@given(st.lists(st.floats(0, 5000), min_size=4, max_size=40))
def test_no_hour_sees_more_than_three_logins_however_often_somebody_asks(
    patience: list[float],
) -> None:
    refusals, now = Refusals(SETTINGS), 0.0
    tries: list[float] = []
    for asked_after in patience:
        now += asked_after + refusals.earliest(now + asked_after)
        refusals.refused(now)
        tries.append(now)
    # The hour's end is computed in floats: a millionth of a second is forgiven.
    assert all(later - first >= 3600 - 1e-6 for first, later in zip(tries, tries[3:], strict=False))


def test_a_login_that_works_gives_the_tries_back_but_not_the_hour() -> None:
    refusals = Refusals(SETTINGS)
    for now in (0, 10, 20):
        refusals.refused(now)
    refusals.accepted()
    assert refusals.earliest(30) == 3570
    assert refusals.refused(4000) is not None


def test_the_real_timings_keep_the_promises_about_time() -> None:
    """A dead link is noticed within 9 minutes and 30 seconds, a refusal is no hammering."""
    assert SETTINGS.idle_for + SETTINGS.done_timeout <= 570
    assert SETTINGS.poll <= SETTINGS.idle_for < 29 * 60
    assert SETTINGS.refusal_wait[0] * 4 >= 3600
    assert SETTINGS.search_window * len("4294967295 ") < 1_000_000
