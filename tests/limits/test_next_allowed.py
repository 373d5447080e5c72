"""Limits count sliding windows over the contact ledger; whatever the history, no rule is broken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tactd.core.decide.limit import fullest, next_allowed, period_text
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Endpoint,
    EndpointKind,
    LedgerRow,
    Limits,
    Marketplace,
    OrderKey,
    Rule,
)

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
JANE = Endpoint(EndpointKind.MAIL, "jane@example.com")
ORDER = OrderKey(Marketplace.EBAY, "12-34567-89012")

minutes = st.integers(-60 * 24 * 40, 60 * 24)
times = st.lists(minutes.map(lambda ago: NOW + timedelta(minutes=ago)), max_size=30)
rules = st.lists(
    st.builds(
        Rule, st.integers(1, 6), st.integers(1, 60 * 24 * 30).map(lambda m: timedelta(minutes=m))
    ),
    max_size=4,
)


def row(at: datetime, kind: ContactKind = ContactKind.ANSWER, **other: object) -> LedgerRow:
    values: dict[str, object] = {
        "at": at,
        "endpoint": JANE,
        "mailbox": "shop",
        "kind": kind,
        "by": By.AUTO,
        "state": ContactState.SENT,
    }
    return LedgerRow(**{**values, **other})  # type: ignore[arg-type]


def inside(history: list[datetime], rule: Rule, at: datetime) -> int:
    return sum(one > at - rule.period for one in history)


@given(times, rules)
def test_at_the_time_it_names_every_rule_has_room(
    history: list[datetime], limits: list[Rule]
) -> None:
    at = next_allowed(history, limits, NOW)
    assert at >= NOW
    assert all(inside(history, rule, at) < rule.count for rule in limits)


@given(times, rules)
def test_just_before_that_time_some_rule_is_full(
    history: list[datetime], limits: list[Rule]
) -> None:
    at = next_allowed(history, limits, NOW)
    before = at - timedelta(microseconds=1)
    assert at == NOW or any(inside(history, rule, before) >= rule.count for rule in limits)


@given(times, rules, st.integers(1, 12))
def test_whoever_waits_as_told_never_breaks_a_rule(
    history: list[datetime], limits: list[Rule], mails: int
) -> None:
    past = [at for at in history if at <= NOW]
    now = NOW
    for _ in range(mails):
        now = next_allowed(past, limits, now)
        past.append(now)
        for rule in limits:
            newest = sorted(past)[-rule.count - 1 :]
            if all(at > NOW for at in newest) and len(newest) > rule.count:
                assert newest[-1] - newest[0] >= rule.period


def test_without_rules_it_is_always_now() -> None:
    assert next_allowed([NOW] * 100, [], NOW) == NOW


def test_a_refused_mail_does_not_count() -> None:
    limits = Limits(answers=(Rule(1, timedelta(minutes=10)),))
    refused = row(NOW, state=ContactState.REFUSED)
    assert fullest([refused], limits, ContactKind.ANSWER, None, NOW) is None


def test_a_mail_of_unclear_fate_counts() -> None:
    limits = Limits(answers=(Rule(1, timedelta(minutes=10)),))
    unclear = row(NOW, state=ContactState.UNCLEAR)
    full = fullest([unclear], limits, ContactKind.ANSWER, None, NOW)
    assert full is not None
    assert full.free_at == NOW + timedelta(minutes=10)


def test_the_sellers_own_hand_counts_for_answers_and_for_unasked_mail() -> None:
    one = (Rule(1, timedelta(days=1)),)
    limits = Limits(answers=one, unasked=one)
    by_hand = row(NOW, ContactKind.HAND, by=By.SELLER)
    for kind in (ContactKind.ANSWER, ContactKind.UNASKED):
        assert fullest([by_hand], limits, kind, None, NOW) is not None


def test_unasked_mail_about_one_order_leaves_room_for_another() -> None:
    limits = Limits(unasked_per_order=(Rule(1, timedelta(days=60)),))
    about = row(NOW, ContactKind.UNASKED, order=ORDER)
    other = OrderKey(Marketplace.EBAY, "98-76543-21098")
    assert fullest([about], limits, ContactKind.UNASKED, ORDER, NOW) is not None
    assert fullest([about], limits, ContactKind.UNASKED, other, NOW) is None


def test_of_two_full_limits_the_one_that_frees_up_last_is_named() -> None:
    limits = Limits(answers=(Rule(1, timedelta(minutes=10)), Rule(2, timedelta(days=1))))
    history = [row(NOW - timedelta(hours=1)), row(NOW)]
    full = fullest(history, limits, ContactKind.ANSWER, None, NOW)
    assert full is not None
    assert full.rule == Rule(2, timedelta(days=1))
    assert full.free_at == NOW - timedelta(hours=1) + timedelta(days=1)


def test_periods_are_written_as_in_the_configuration() -> None:
    spans = (timedelta(minutes=10), timedelta(hours=24), timedelta(days=7), timedelta(days=30))
    assert [period_text(Rule(1, span)) for span in spans] == [
        "10 minutes",
        "24 hours",
        "7 days",
        "30 days",
    ]
