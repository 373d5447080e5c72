"""What is due without having been asked for: dropped where there is nothing to tell, staged where
there is a doubt, held where only a limit or his night stands in the way, and else sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide_kit import DAY, NOW, mail_of, order_of, policy, wrote
from tactd.adapters.store.documents import dump, load
from tactd.core.decide.limit import free_at_text, fullest
from tactd.core.decide.steps import UNASKED_STEPS, decide
from tactd.core.decide.unasked import held_until
from tactd.core.quiet import quiet_until, zones
from tactd.core.types import (
    Buyer,
    BuyerWrote,
    By,
    Candidate,
    Clue,
    ContactKind,
    ContactState,
    Decision,
    Endpoint,
    EndpointKind,
    Event,
    Facts,
    FollowUp,
    LedgerRow,
    Limits,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Mode,
    Order,
    Outcome,
    Past,
    Policy,
    PostalAddress,
    Reach,
    Rule,
    Silence,
    Situation,
    Verdict,
)
from tactd.shipped import packs

ADDRESS = "buyer1@example.com"
ASKED = wrote(mail_of("Where is my order?", ADDRESS))
LATE = replace(
    order_of(1, "overdue", ADDRESS),
    ship_to=PostalAddress(city="Portland", region="OR", country="US"),
)
EVENT = FollowUp(
    situation=Situation.DELAY_NOTICE, order=LATE.key, mailbox="shop", at=NOW, asked=ASKED
)
# 18:00 in Portland and Boise, the clocks of Oregon.
BY_DAY = NOW.replace(hour=20)
POLICY = replace(
    policy(),
    proactive={"delay_notice": "asked"},
    limits=Limits(unasked=(Rule(1, 3 * DAY),), quiet=(time(21), time(8))),
)


def facts(order: Order = LATE, **changed: Any) -> Facts:
    given: dict[str, Any] = {
        "candidates": (Candidate(order, (Clue("order", order.key.number),)),),
        "buyer": Buyer(order.endpoints, order.buyer_name, 1),
        "past": Past(language="en"),
    }
    return Facts(**{**given, **changed})


def row(at: datetime, kind: ContactKind = ContactKind.UNASKED, **changed: Any) -> LedgerRow:
    mine = LedgerRow(at, LATE.endpoints[-1], "shop", kind, By.AUTO, ContactState.SENT)
    return replace(mine, **changed)


def outcome(
    known: Facts | None = None,
    event: FollowUp = EVENT,
    rules: Policy = POLICY,
    now: datetime = BY_DAY,
) -> tuple[Outcome, set[str]]:
    """The outcome, and the codes that made it so."""
    made = decide(event, known or facts(), rules, now)
    return made.outcome, {one.code for one in made.trail if one.verdict is not Verdict.PASS}


def test_late_and_silent_by_day_it_goes() -> None:
    assert outcome() == (Outcome.SEND, set())


DROPPED = {
    "due.order_gone": {"candidates": ()},
    "due.wrote_since": {"wrote_since": NOW},
    "due.seller_wrote": {"history": (row(NOW, ContactKind.HAND, by=By.SELLER),)},
    "due.told": {
        "history": (row(NOW - 30 * DAY, order=LATE.key, situation="in_transit delay_notice"),)
    },
    "silence.stop": {"buyer": Buyer(LATE.endpoints, silence=Silence.STOP)},
    "silence.no_unasked": {"buyer": Buyer(LATE.endpoints, silence=Silence.NO_UNASKED)},
}


@pytest.mark.parametrize("code", DROPPED)
def test_there_is_nothing_to_tell_any_more(code: str) -> None:
    assert outcome(facts(**DROPPED[code])) == (Outcome.SKIP, {code})


@pytest.mark.parametrize("state", ["delivered", "refunded", "lost", "unpaid"])
def test_a_parcel_that_is_not_under_way_is_not_told_of(state: str) -> None:
    known = facts(order_of(1, state, ADDRESS))
    assert outcome(known) == (Outcome.SKIP, {"due.not_under_way"})


def test_a_cancelled_order_is_not_told_of() -> None:
    assert outcome(facts(replace(LATE, cancelled_at=NOW)))[1] == {"due.not_under_way"}


def test_a_parcel_inside_its_window_is_not_late() -> None:
    assert outcome(facts(order_of(1, "moving", ADDRESS)))[1] == {"due.not_late"}


def test_while_a_case_is_open_nothing_is_written() -> None:
    case = MarketplaceCase("inr", "5012345678", NOW)
    assert outcome(facts(replace(LATE, cases=(case,)))) == (Outcome.SKIP, {"due.open_case"})
    closed = replace(case, closed=NOW)
    assert outcome(facts(replace(LATE, cases=(closed,))))[0] is Outcome.SEND


def test_a_notice_that_could_not_go_for_a_week_is_dropped() -> None:
    assert outcome(now=BY_DAY + 7 * DAY) == (Outcome.SKIP, {"due.stale"})


@pytest.mark.parametrize(
    ("setting", "asked", "code"),
    [
        ("off", True, "proactive.off"),
        ("asked", False, "proactive.not_asked"),
        ("asked", True, ""),
        ("everyone", True, ""),
        ("", True, "proactive.off"),
    ],
)
def test_the_seller_says_who_is_told_unasked(setting: str, asked: bool, code: str) -> None:
    rules = replace(POLICY, proactive={"delay_notice": setting} if setting else {})
    event = EVENT if asked else replace(EVENT, asked=None)
    assert outcome(event=event, rules=rules)[1] == ({code} if code else set())


def test_it_goes_only_to_an_address_that_the_book_holds_for_the_order() -> None:
    elsewhere = replace(EVENT, asked=wrote(mail_of("Where is it?", "other@example.com")))
    assert outcome(event=elsewhere) == (Outcome.SKIP, {"disclose.no_address"})


RELAY = "0123456789abcdef0123@members.ebay.com"


def relayed(order: Order) -> tuple[Facts, FollowUp, Policy]:
    """He has asked through eBay's relay."""
    message = Message(kind=MailKind.BUYER_MESSAGE, marketplace=Marketplace.EBAY, reference="[#a#]")
    asked = BuyerWrote(mail_of("Where is my order?", RELAY), message, "shop")
    return facts(order), replace(EVENT, asked=asked), replace(POLICY, packs=packs())


def test_through_a_relay_it_goes_on_with_the_mail_of_his_that_is_at_hand() -> None:
    order = replace(order_of(1, "overdue", RELAY), ship_to=LATE.ship_to)
    known, event, rules = relayed(order)
    made = decide(event, known, rules, BY_DAY)
    assert (made.outcome, made.reach) == (Outcome.SEND, Reach.REPLY)
    assert made.disclosure is not None
    assert made.disclosure.to == Endpoint(EndpointKind.RELAY, RELAY)


def test_a_relay_alone_cannot_be_written_to_without_a_mail_of_his() -> None:
    order = replace(order_of(1, "overdue", RELAY), ship_to=LATE.ship_to)
    known, event, rules = relayed(order)
    rules = replace(rules, proactive={"delay_notice": "everyone"})
    made = decide(replace(event, asked=None), known, rules, BY_DAY)
    assert made.trail[-1].code == "disclose.no_address"


def test_old_facts_make_it_a_persons() -> None:
    known = tuple(replace(one, as_of=NOW - 4 * DAY) for one in LATE.known)
    assert outcome(facts(replace(LATE, known=known))) == (Outcome.STAGE, {"choose.fact_old"})


def test_in_a_country_that_is_not_known_a_person_decides() -> None:
    known = facts(replace(LATE, ship_to=PostalAddress()))
    assert outcome(known) == (Outcome.STAGE, {"quiet.unknown_country"})


def test_at_night_it_is_held_until_his_morning() -> None:
    made = decide(EVENT, facts(), POLICY, NOW)  # 04:00 in Portland
    assert made.outcome is Outcome.HOLD
    assert held_until(made.trail) == NOW.replace(hour=16)


def test_a_full_limit_that_frees_up_at_night_holds_until_the_morning_after() -> None:
    earlier = row(NOW - 3 * DAY + timedelta(hours=20))  # frees up at 00:00 in Portland
    made = decide(EVENT, facts(history=(earlier,)), POLICY, BY_DAY)
    assert made.outcome is Outcome.HOLD
    assert held_until(made.trail) == (NOW + DAY).replace(hour=16)


def test_a_doubt_outweighs_a_hold() -> None:
    assert outcome(rules=replace(POLICY, auto=frozenset()), now=NOW)[0] is Outcome.STAGE


def test_what_was_promised_to_him_knows_no_night_and_is_staged_when_a_limit_is_full() -> None:
    promised = replace(EVENT, kind=ContactKind.ANSWER)
    rules = replace(POLICY, limits=replace(POLICY.limits, answers=(Rule(1, DAY),)), proactive={})
    assert outcome(event=promised, rules=rules, now=NOW)[0] is Outcome.SEND
    known = facts(history=(row(NOW - timedelta(hours=1), ContactKind.ANSWER),))
    assert outcome(known, promised, rules, NOW) == (Outcome.STAGE, {"limit.answers_full"})


def test_the_moment_that_is_written_is_never_too_early() -> None:
    for seconds in (0, 1, 59, 59.999999):
        at = NOW + timedelta(seconds=seconds)
        said = datetime.fromisoformat(free_at_text(at, "Asia/Shanghai"))
        assert at <= said < at + timedelta(minutes=1)


# ------------------------------------------------------------------ whatever the facts

orders = st.sampled_from(["overdue", "moving", "delivered", "lost"]).flatmap(
    lambda state: st.sampled_from(["US", "", "CN", "BR"]).map(
        lambda country: replace(order_of(1, state, ADDRESS), ship_to=PostalAddress(country=country))
    )
)
some_rows = st.lists(
    st.builds(
        row,
        st.integers(-90, 2).map(lambda hours: NOW + timedelta(hours=hours)),
        st.sampled_from(ContactKind),
        order=st.sampled_from([None, LATE.key]),
        state=st.sampled_from(ContactState),
        situation=st.sampled_from(["", "delay_notice", "in_transit"]),
    ),
    max_size=3,
).map(tuple)
all_facts = st.builds(
    facts,
    orders,
    history=some_rows,
    wrote_since=st.none() | st.just(NOW),
    suppressed=st.booleans(),
    sent_read=st.booleans(),
    past=st.sampled_from([Past(), Past(language="en")]),
    buyer=st.sampled_from(Silence).map(lambda one: Buyer(LATE.endpoints, silence=one)),
)
events = st.builds(
    lambda asked, kind: replace(EVENT, asked=asked, kind=kind),
    st.sampled_from([None, ASKED]),
    st.sampled_from([ContactKind.UNASKED, ContactKind.ANSWER]),
)
moments = st.integers(0, 24 * 9).map(lambda hours: NOW + timedelta(hours=hours))
policies = st.builds(
    lambda mode, whom: replace(POLICY, mode=mode, proactive={"delay_notice": whom}),
    st.sampled_from(Mode),
    st.sampled_from(["off", "asked", "everyone"]),
)


@given(events, all_facts, policies, moments)
def test_what_goes_by_itself_unasked_is_decent(
    event: FollowUp, known: Facts, rules: Policy, now: datetime
) -> None:
    made = decide(event, known, rules, now)
    if made.outcome is not Outcome.SEND or event.kind is not ContactKind.UNASKED:
        return
    order = known.candidates[0].order
    assert rules.mode is Mode.AUTO
    assert known.buyer is not None
    assert known.buyer.silence is Silence.NONE
    assert known.wrote_since is None
    assert rules.limits.quiet is not None
    assert quiet_until(now, rules.limits.quiet, zones(order.ship_to)) is None
    assert fullest(known.history, rules.limits, event.kind, order.key, now) is None
    assert rules.proactive["delay_notice"] == "everyone" or event.asked is not None


@given(events, all_facts, policies, moments)
def test_only_a_limit_or_his_night_holds_and_never_for_ever(
    event: FollowUp, known: Facts, rules: Policy, now: datetime
) -> None:
    made = decide(event, known, rules, now)
    until = held_until(made.trail)
    if made.outcome is Outcome.HOLD:
        assert event.kind is ContactKind.UNASKED
        assert until is not None
        assert now < until < now + timedelta(days=5)
    for entry in made.trail:
        held = entry.verdict is Verdict.HOLD
        assert not held or entry.step in ("limit", "quiet")


@given(events, all_facts, policies, moments)
def test_stored_and_read_again_it_is_decided_the_same(
    event: FollowUp, known: Facts, rules: Policy, now: datetime
) -> None:
    made = decide(event, known, rules, now)
    again = cast(Event, load(cast("type[Any]", Event), dump(FollowUp, event)))
    assert again == event
    assert decide(again, load(Facts, dump(Facts, known)), rules, now) == made
    assert load(Decision, dump(Decision, made)) == made


def test_a_document_of_before_is_still_a_mail() -> None:
    assert load(cast("type[Any]", Event), dump(BuyerWrote, ASKED)) == ASKED


def test_the_steps_stand_in_the_order_that_is_told() -> None:
    names = [step.__name__ for step in UNASKED_STEPS]
    assert names == [
        "due", "wanted", "silence", "loop", "address", "facts", "often", "quiet", "permit",
    ]  # fmt: skip
