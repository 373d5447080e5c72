"""A rehearsal: what happens between two decisions, and what counts for those that come later."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from decide_kit import DAY, NOW
from rehearse.rehearse_kit import HOUR, asked, fell_due, per, rules, run
from tactd.core.rehearse.values import Course, End
from tactd.core.types import (
    By,
    ContactKind,
    ContactState,
    Endpoint,
    EndpointKind,
    LedgerRow,
    Mode,
    PostalAddress,
    Unanswered,
)

MINUTE = timedelta(minutes=1)


def codes(course: Course) -> list[str]:
    return [entry.code for entry in course.why]


def row(at: object, kind: ContactKind, by: By, reply: int | None = None) -> LedgerRow:
    return LedgerRow(
        at=at,  # type: ignore[arg-type]
        endpoint=Endpoint(EndpointKind.MAIL, "buyer1@gmail.com"),
        mailbox="shop",
        kind=kind,
        by=by,
        state=ContactState.SENT,
        reply=reply,
    )


def test_a_sure_answer_goes_when_its_buyer_has_settled() -> None:
    ended = run([asked(1, NOW)], rules(settle=3 * MINUTE))["m1"]
    assert (ended.end, ended.by, ended.went) == (End.SENT, By.AUTO, NOW + 3 * MINUTE)


def test_two_mails_within_the_settle_time_get_one_answer() -> None:
    ended = run([asked(1, NOW), asked(2, NOW + MINUTE)], rules(settle=3 * MINUTE))
    assert (ended["m1"].end, codes(ended["m1"])) == (End.SKIPPED, ["rehearse.answered_with"])
    assert (ended["m2"].end, ended["m2"].went) == (End.SENT, NOW + 4 * MINUTE)


def test_the_same_again_within_a_week_is_staged_and_later_is_not() -> None:
    ended = run([asked(1, NOW), asked(2, NOW + 6 * DAY), asked(3, NOW + 8 * DAY)], rules())
    assert [one.end for one in ended.values()] == [End.SENT, End.STAGED, End.SENT]
    assert codes(ended["m2"]) == ["limit.repeated"]


def test_a_staged_answer_gives_way_to_the_one_to_his_next_mail() -> None:
    staging = replace(rules(), mode=Mode.STAGE)
    ended = run([asked(1, NOW), asked(2, NOW + HOUR)], staging, approve_after=4 * HOUR)
    assert {one.end for one in ended.values()} == {End.STAGED}
    assert [one.went for one in ended.values()] == [None, NOW + 5 * HOUR]


def test_what_really_went_is_replaced_by_what_the_rehearsal_sends() -> None:
    """Really the first answer went and filled the limit; in a rehearsal that stages, it did not."""
    really = row(NOW, ContactKind.ANSWER, By.AUTO, reply=7)
    events = [
        asked(1, NOW, reply=7),
        asked(2, NOW + HOUR, order=2, history=[really], reply=8),
    ]
    limited = rules(answers=per(1, DAY))
    assert run(events, limited)["m2"].end is End.STAGED  # what the rehearsal sent fills it as well
    staging = replace(limited, mode=Mode.STAGE)
    assert "limit.answers_full" not in codes(run(events, staging)["m2"])


@pytest.mark.parametrize(
    "stays",
    [
        row(NOW - HOUR, ContactKind.HAND, By.SELLER),
        row(NOW - HOUR, ContactKind.ANSWER, By.APPROVED, reply=3),
    ],
    ids=["by the seller's own hand", "from before the rehearsal"],
)
def test_what_the_rehearsal_does_not_decide_anew_counts_as_it_was(stays: LedgerRow) -> None:
    ended = run([asked(1, NOW, reply=4, history=[stays])], rules(answers=per(1, DAY)))["m1"]
    assert (ended.end, codes(ended)) == (End.STAGED, ["limit.answers_full"])


def test_a_staged_answer_counts_from_when_it_was_really_approved() -> None:
    policy = replace(rules(answers=per(1, DAY)), mode=Mode.STAGE)
    events = [asked(1, NOW, approved=NOW + HOUR), asked(2, NOW + 2 * HOUR, order=2)]
    ended = run(events, policy)
    assert (ended["m1"].end, ended["m1"].went, ended["m1"].by) == (
        End.STAGED,
        NOW + HOUR,
        By.APPROVED,
    )
    assert "limit.answers_full" in codes(ended["m2"])
    never = run([asked(1, NOW), events[1]], policy)
    assert never["m1"].went is None
    assert "limit.answers_full" not in codes(never["m2"])


def test_a_usual_time_to_approve_takes_the_place_of_the_real_one() -> None:
    policy = replace(rules(), mode=Mode.STAGE)
    ended = run([asked(1, NOW, approved=NOW + DAY)], policy, approve_after=4 * HOUR)["m1"]
    assert ended.went == NOW + 4 * HOUR


def test_what_the_seller_answered_himself_is_not_approved_as_well() -> None:
    policy = replace(rules(), mode=Mode.STAGE)
    ended = run([asked(1, NOW, closed=NOW + HOUR)], policy, approve_after=4 * HOUR)["m1"]
    assert (ended.end, ended.went) == (End.STAGED, None)


def test_a_held_mail_goes_in_the_buyers_morning_and_is_told_as_held() -> None:
    """NOW is 04:00 in Los Angeles, where quiet hours end at eight."""
    due = fell_due(NOW)
    [candidate] = due.facts.candidates
    there = PostalAddress(city="Los Angeles", region="CA", country="US")
    candidate = replace(candidate, order=replace(candidate.order, ship_to=there))
    due = replace(due, facts=replace(due.facts, candidates=(candidate,)))
    quiet = (time(21), time(8))
    [ended] = run([due], rules(quiet=quiet)).values()
    assert (ended.end, ended.by, codes(ended)) == (End.HELD, By.AUTO, ["quiet.night"])
    assert ended.went == NOW + 4 * HOUR


def test_a_full_limit_for_unasked_mail_frees_up_one_at_a_time() -> None:
    limits = {"unasked": per(1, 2 * DAY)}
    due = [fell_due(NOW + at * HOUR, order=order) for at, order in enumerate((1, 2, 3))]
    ended = list(run(due, rules(**limits)).values())
    assert [one.end for one in ended] == [End.SENT, End.HELD, End.HELD]
    assert [one.went for one in ended] == [NOW, NOW + 2 * DAY, NOW + 4 * DAY]


def test_what_still_waits_at_the_end_is_held() -> None:
    due = [fell_due(NOW, order=1), fell_due(NOW + HOUR, order=2)]
    *_, last = run(due, rules(unasked=per(1, 2 * DAY)), until=NOW + DAY).values()
    assert (last.end, last.went) == (End.HELD, None)


def test_a_buyer_who_writes_while_a_follow_up_waits_is_answered_instead() -> None:
    due = [fell_due(NOW, order=1), fell_due(NOW + HOUR, order=2)]
    ended = run([*due, asked(5, NOW + DAY, order=3)], rules(unasked=per(1, 2 * DAY)))
    held = ended["due 12-34567-00002"]
    assert (held.end, codes(held)) == (End.SKIPPED, ["due.wrote_since"])
    assert ended["m5"].end is End.SENT


def test_unasked_mail_that_is_switched_off_is_skipped() -> None:
    [ended] = run([fell_due(NOW)], rules(to="off")).values()
    assert (ended.end, codes(ended)) == (End.SKIPPED, ["proactive.off"])


def test_approved_unasked_mail_still_waits_for_its_limit() -> None:
    """design: what is approved and was not asked for is held by a full limit."""
    staging = replace(rules(unasked=per(1, 2 * DAY)), mode=Mode.STAGE)
    due = [fell_due(NOW, order=1), fell_due(NOW + HOUR, order=2)]
    ended = list(run(due, staging, approve_after=MINUTE).values())
    assert [one.end for one in ended] == [End.STAGED, End.STAGED]
    assert [one.went for one in ended] == [NOW + MINUTE, NOW + MINUTE + 2 * DAY]


def test_a_full_mailbox_makes_the_rest_wait_the_nearest_deadline_first() -> None:
    later = asked(1, NOW - 20 * HOUR, buyer=1)
    waiting = [replace(asked(n, NOW - 20 * HOUR, buyer=n), at=NOW) for n in (3,)]
    fresh = [asked(n, NOW, buyer=n) for n in (2,)]
    events = [replace(later, at=NOW - MINUTE), *fresh, *waiting]
    ended = run(events, rules(per_mailbox=per(1, HOUR)))
    assert ended["m1"].went == NOW - MINUTE
    assert ended["m3"].went == NOW - MINUTE + HOUR
    assert ended["m2"].went == NOW - MINUTE + 2 * HOUR
    assert {one.end for one in ended.values()} == {End.SENT}


def test_an_answer_that_its_mailbox_would_keep_too_long_is_staged() -> None:
    events = [asked(n, NOW + n * MINUTE, buyer=n) for n in (1, 2)]
    ended = run(events, rules(per_mailbox=per(1, 2 * DAY)))["m2"]
    assert (ended.end, codes(ended)) == (End.STAGED, ["staged.deadline"])


def test_what_waited_has_facts_as_fresh_as_when_it_fell_due() -> None:
    """Else every hold longer than the facts are good for would seem to end in staged/."""
    due = [fell_due(NOW, order=1), fell_due(NOW + HOUR, order=2)]
    *_, last = run(due, rules(unasked=per(1, 6 * DAY))).values()
    assert (last.end, last.went) == (End.HELD, NOW + 6 * DAY)


def test_observing_sends_nothing_and_nobody_approves() -> None:
    ended = run([asked(1, NOW)], replace(rules(), mode=Mode.OBSERVE), approve_after=MINUTE)["m1"]
    assert (ended.end, ended.went) == (End.STAGED, None)


def test_a_question_that_the_rehearsal_has_answered_waits_no_more() -> None:
    """ "Hello?" means the question that still waits, if there is one."""
    events = [asked(1, NOW), asked(2, NOW + 2 * HOUR, words="Hello?", order=2)]
    assert "classify.earlier_question" not in codes(run(events, rules())["m2"])
    staging = replace(rules(), mode=Mode.STAGE)
    assert "classify.earlier_question" in codes(run(events, staging)["m2"])
    approved = run(events, staging, approve_after=HOUR)
    assert "classify.earlier_question" not in codes(approved["m2"])
    events[0] = replace(events[0], closed=NOW + HOUR)
    assert "classify.earlier_question" not in codes(run(events, staging)["m2"])


def test_his_mails_that_wait_are_answered_together() -> None:
    """Also one from before the rehearsal, and one about another order."""
    before = Unanswered(77, NOW - HOUR, "My order", "Where is my order?")
    events = [
        asked(1, NOW, waiting=[before], approved=NOW + HOUR),
        asked(2, NOW + 2 * HOUR, words="Hello?", order=2, waiting=[before]),
    ]
    staging = replace(rules(), mode=Mode.STAGE)
    assert "classify.earlier_question" not in codes(run(events, staging)["m2"])
    events[0] = replace(events[0], approved=None)
    assert "classify.earlier_question" in codes(run(events, staging)["m2"])


def test_a_mail_that_may_be_forged_takes_no_answer_from_the_true_buyer() -> None:
    forged = asked(2, NOW + MINUTE, vouched="fail")
    ended = run([asked(1, NOW), forged], rules(settle=3 * MINUTE), approve_after=MINUTE)
    assert (ended["m1"].end, ended["m1"].went) == (End.SENT, NOW + 3 * MINUTE)
    staging = replace(rules(), mode=Mode.STAGE)
    later = asked(3, NOW + DAY, words="Hello?", order=2)
    events = [asked(1, NOW), replace(forged, approved=NOW + HOUR), later]
    assert "classify.earlier_question" in codes(run(events, staging)["m3"])


def test_a_domain_gets_no_more_automatic_mail_in_an_hour_than_in_life() -> None:
    events = [asked(n, NOW + n * MINUTE, buyer=n, domain="example.com") for n in range(1, 13)]
    ended = run(events, rules())
    assert [one.end for one in ended.values()] == [End.SENT] * 10 + [End.STAGED] * 2
    assert codes(ended["m11"]) == ["loop.domain_busy"]
    late = asked(13, NOW + 62 * MINUTE, buyer=13, domain="example.com")
    assert run([*events, late], rules())["m13"].end is End.SENT
