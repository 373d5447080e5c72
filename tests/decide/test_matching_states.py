"""Which of several orders of one buyer a mail is about, and when a sure sign is too old."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide_kit import DAY, NOW, mail_of, order_of, policy, wrote
from tactd.core.decide.case import Case
from tactd.core.decide.match import CERTAIN, DOUBTFUL, STRONG, TIERS, conclude, match, weigh
from tactd.core.decide.signs import on_this_site, with_signs
from tactd.core.types import (
    Candidate,
    Clue,
    Facts,
    Feedback,
    Intent,
    Line,
    MailKind,
    Marketplace,
    Match,
    Message,
    Order,
    Parcel,
    ParcelState,
    PostalAddress,
    Rating,
)

ADDRESS = "buyer1@example.com"
WHERE, OTHER = Intent.WHERE_IS_MY_ITEM, Intent.OTHER


def order(number: int, days: int, state: str = "moving", title: str = "", item: str = "") -> Order:
    """One that was shipped so many days ago."""
    made = order_of(number, state, ADDRESS)
    shipped = NOW - days * DAY
    parcels = tuple(replace(one, shipped_at=shipped) for one in made.parcels)
    lines = (Line(item or f"39501234567{number}", title or "Folding camping lantern"),)
    placed = NOW - (days + 2) * DAY
    return replace(made, lines=lines, parcels=parcels, placed=placed, paid=placed)


def his(*orders: Order, clue: str = "address") -> tuple[Candidate, ...]:
    """All found by one clue; where that is a number, each by its own."""
    named = clue == "order"
    return tuple(
        Candidate(one, (Clue(clue, one.key.number if named else ADDRESS),)) for one in orders
    )


def asked(candidates: tuple[Candidate, ...], intent: Intent = WHERE) -> Match:
    return conclude(candidates, NOW, lambda: intent)


# --------------------------------------------------------------------------- state and date


def test_who_asks_where_it_is_means_the_one_under_way() -> None:
    moving, done = order(1, 10), order(2, 20, "delivered")
    found = asked(his(done, moving))
    assert found.order is moving
    assert found.certain
    assert "state" in {one.kind for one in found.evidence}
    assert found.candidates == (moving.key, done.key)


def test_two_under_way_are_a_doubt_with_both_listed_the_newest_first() -> None:
    older, newer = order(1, 20), order(2, 10)
    older, newer = (replace(one, estimate=type(one.estimate)()) for one in (older, newer))
    found = asked(his(older, newer))
    assert found.order is None
    assert not found.certain
    assert found.candidates == (newer.key, older.key)
    assert found.confidence == 0.5


def test_an_order_that_is_not_shipped_yet_is_under_way_too() -> None:
    found = asked(his(order(1, 10), order(2, 3, "to_ship")))
    assert found.order is None


@pytest.mark.parametrize(("ended", "certain"), [(60, True), (20, False)])
def test_a_new_order_is_meant_where_the_others_ended_long_ago(ended: int, certain: bool) -> None:
    old = replace(order(2, ended, "delivered"), estimate=order_of(2, "overdue").estimate)
    assert asked(his(order(1, 10), old), OTHER).certain is certain


def test_who_has_rated_an_order_does_not_wait_for_it() -> None:
    rated = replace(order(2, 12), feedback=Feedback(Rating.POSITIVE, at=NOW - 2 * DAY))
    moving = order(1, 10)
    assert asked(his(rated, moving)).order is moving


def test_orders_that_are_all_over_are_a_doubt() -> None:
    done = [order(number, 20, "delivered") for number in (1, 2)]
    assert asked(his(*done)).order is None


def test_who_names_two_orders_means_both() -> None:
    named = his(order(1, 10), order(2, 20, "delivered"), clue="order")
    assert asked(named).order is None


def test_what_is_asked_is_read_only_where_it_decides() -> None:
    def never() -> Intent:
        raise AssertionError("read for nothing")

    assert conclude(his(order(1, 10)), NOW, never).certain


# --------------------------------------------------------------------------- age


def test_an_address_alone_does_not_lead_to_what_was_over_long_ago() -> None:
    """A new mail may well be about a new purchase."""
    old = replace(order(1, 200, "delivered"), estimate=order_of(1, "overdue").estimate)
    found = asked(his(old))
    assert found.order is old
    assert not found.certain
    assert found.confidence == DOUBTFUL
    assert asked(his(old, clue="order")).certain


# --------------------------------------------------------------------------- before a sale


def mail_about(items: tuple[str, ...], candidates: tuple[Candidate, ...]) -> Case:
    event = wrote(mail_of("Hello, is this still there?"))
    message = Message(
        kind=MailKind.BUYER_MESSAGE,
        marketplace=Marketplace.EBAY,
        words="Hello, is this still there?",
        items=items,
    )
    event = replace(event, message=message)
    return Case(event=event, facts=Facts(candidates=candidates), policy=policy(), now=NOW)


@pytest.mark.parametrize("clue", ["username", "relay", "address", "thread"])
def test_who_asks_about_an_item_that_he_has_not_bought_has_no_order_of_it(clue: str) -> None:
    case = match(mail_about(("395099999999",), his(order(1, 10), clue=clue)))
    assert case.match.order is None
    assert case.match.candidates == ()
    assert [entry.code for entry in case.trail] == ["match.before_sale"]


def test_an_order_that_he_names_is_meant_whatever_else_he_asks_about() -> None:
    case = match(mail_about(("395099999999",), his(order(1, 10), clue="order")))
    assert case.match.certain


def test_only_numbers_of_one_form_tell_items_apart() -> None:
    """A report may know the item by a number of the shop's own."""
    case = match(mail_about(("B0TACT0001",), his(order(1, 10, item="LANT-01"))))
    assert case.match.certain


@pytest.mark.parametrize(("site", "led"), [(Marketplace.EBAY, 1), (Marketplace.AMAZON, 0)])
def test_a_username_leads_only_to_orders_of_its_own_marketplace(
    site: Marketplace, led: int
) -> None:
    """Two people may be called alike on two marketplaces."""
    message = Message(kind=MailKind.BUYER_MESSAGE, marketplace=site, username="ann")
    assert len(on_this_site(his(order(1, 10), clue="username"), message)) == led
    assert len(on_this_site(his(order(1, 10), clue="order"), message)) == 1


# --------------------------------------------------------------------------- weak signs


def signed(words: str, *orders: Order, title: str = "") -> tuple[Candidate, ...]:
    message = Message(kind=MailKind.BUYER_MESSAGE, words=words, item_title=title)
    return with_signs(his(*orders), message)


LANTERN, MUG = order(1, 10, title="Folding camping lantern"), order(2, 12, title="Camping mugs")


def test_words_of_one_title_only_tell_which_order_fits_but_make_nothing_certain() -> None:
    found = asked(signed("Where are my lanterns?", LANTERN, MUG))
    assert found.order is LANTERN
    assert not found.certain
    assert found.confidence == DOUBTFUL


@pytest.mark.parametrize("words", ["Where is it?", "my camping things", "the lantern and the mugs"])
def test_words_that_fit_both_titles_or_neither_tell_nothing(words: str) -> None:
    assert asked(signed(words, LANTERN, MUG)).order is None


def test_a_title_that_the_wrapper_names_counts_like_the_words() -> None:
    found = asked(signed("Hello?", LANTERN, MUG, title="Folding camping lantern"))
    assert found.order is LANTERN


def test_the_town_it_goes_to_is_a_weak_sign() -> None:
    there = replace(LANTERN, ship_to=PostalAddress(city="Springfield", country="US"))
    found = asked(signed("I live in Springfield now", there, replace(MUG, lines=LANTERN.lines)))
    assert found.order is there
    assert not found.certain


def test_a_short_number_is_an_order_only_with_something_else() -> None:
    alone = Candidate(LANTERN, (Clue("order", "#1044"),))
    assert not weigh((alone,)).certain
    both = Candidate(LANTERN, (Clue("order", "#1044"), Clue("address", ADDRESS)))
    assert weigh((both,)).certain


# --------------------------------------------------------------------------- properties

KINDS = sorted({kind for tier in TIERS for kind in tier})
WEAK = sorted(set(KINDS) - STRONG)
times = st.integers(0, 300).map(lambda days: NOW + timedelta(hours=days))
states = st.sampled_from(["moving", "to_ship", "delivered", "lost", "refunded", "unpaid"])
some_orders = st.builds(order, st.integers(1, 6), st.integers(1, 250), states)
some_clues = st.lists(
    st.builds(Clue, st.sampled_from(KINDS), st.sampled_from(["123456789", "22"])), max_size=4
).map(tuple)
some = st.lists(
    st.builds(Candidate, some_orders, some_clues), max_size=4, unique_by=lambda one: one.order.key
).map(tuple)
intents = st.sampled_from([WHERE, OTHER, Intent.ITEM_PROBLEM])
weak = st.lists(st.builds(Clue, st.sampled_from(WEAK), st.just("x")), min_size=1, max_size=4)


@settings(max_examples=200)
@given(some, intents, times)
def test_an_order_is_certain_only_with_a_strong_clue(
    found: tuple[Candidate, ...], intent: Intent, now: datetime
) -> None:
    made = conclude(found, now, lambda: intent)
    assert 0 <= made.confidence <= 1
    assert (made.order is None) or made.confidence > 0
    if made.certain:
        (one,) = (one for one in found if one.order is made.order)
        assert {clue.kind for clue in one.clues} & STRONG
        assert made.confidence >= CERTAIN


@settings(max_examples=200)
@given(some, intents, st.randoms())
def test_the_order_of_the_candidates_leaves_no_mark(
    found: tuple[Candidate, ...], intent: Intent, chance: st.DataObject
) -> None:
    shuffled = list(found)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert conclude(found, NOW, lambda: intent) == conclude(tuple(shuffled), NOW, lambda: intent)


def _without_chance(one: Candidate) -> Candidate:
    return replace(one, clues=tuple(clue for clue in one.clues if clue.kind in STRONG))


@settings(max_examples=300)
@given(some, st.integers(0, 3), weak, intents)
def test_weak_signs_never_make_an_order_certain(
    found: tuple[Candidate, ...], at: int, signs: list[Clue], intent: Intent
) -> None:
    """However many of them are added to whichever order (but for its item, where it is on file
    for the sender: that is how two of his orders are told apart). One may take back what another
    has put in doubt."""
    if at >= len(found):
        return
    before = conclude(found, NOW, lambda: intent)
    chance = [clue for clue in signs if clue.kind != "item"]
    more = replace(found[at], clues=(*found[at].clues, *chance))
    after = conclude((*found[:at], more, *found[at + 1 :]), NOW, lambda: intent)
    if after.certain and not before.certain:
        assert {clue.kind for clue in more.clues} & STRONG
        bare = conclude([_without_chance(one) for one in found], NOW, lambda: intent)
        assert after.order in (before.order, bare.order if bare.certain else None)


@settings(max_examples=200)
@given(some, some_clues, intents)
def test_clues_to_one_order_never_make_another_certain(
    found: tuple[Candidate, ...], clues: tuple[Clue, ...], intent: Intent
) -> None:
    """What is added speaks for the first; no other may be the surer for it."""
    if len(found) < 2:
        return
    before = conclude(found, NOW, lambda: intent)
    more = replace(found[0], clues=(*found[0].clues, *clues))
    after = conclude((more, *found[1:]), NOW, lambda: intent)
    if after.certain and after.order is not more.order:
        assert before.certain or before.order is None
        assert before.order in (None, after.order) or before.order is found[0].order


def test_a_parcel_that_came_back_is_no_longer_under_way() -> None:
    back = replace(
        order(2, 20), parcels=(Parcel(shipped_at=NOW - 20 * DAY, state=ParcelState.RETURNED),)
    )
    moving = order(1, 10)
    assert asked(his(moving, back)).order is moving
