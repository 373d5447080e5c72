"""MATCH: one order, or a doubt; never a guess between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide_kit import CLUE_KINDS, NOW, candidate_lists, mail_of, order_of, policy, wrote
from tactd.core.decide.match import CERTAIN, TIERS, weigh
from tactd.core.decide.steps import decide
from tactd.core.types import Candidate, Clue, Facts


@given(candidate_lists)
def test_what_is_certain_is_one_order_with_evidence(found: tuple[Candidate, ...]) -> None:
    match = weigh(found)
    assert set(match.candidates) <= {one.order.key for one in found}
    assert bool(match.candidates) == bool(found)
    assert 0 <= match.confidence <= 1
    if match.certain:
        assert match.order in [one.order for one in found]
        assert match.evidence
        assert match.confidence >= CERTAIN


@given(candidate_lists)
def test_two_orders_with_equal_evidence_are_never_certain(found: tuple[Candidate, ...]) -> None:
    match = weigh(found)
    if match.order is None:
        return
    (best,) = [one for one in found if one.order is match.order]
    twins = [
        one
        for one in found
        if one is not best and {c.kind for c in one.clues} == {c.kind for c in best.clues}
    ]
    assert not twins


@given(candidate_lists, st.randoms())
def test_the_order_of_the_candidates_says_nothing(
    found: tuple[Candidate, ...], random: st.DataObject
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = weigh(found), weigh(tuple(shuffled))
    assert (one.order, one.certain) == (other.order, other.certain)


@given(st.lists(st.sampled_from(CLUE_KINDS), min_size=1, max_size=4))
def test_one_clue_more_makes_nobody_less_sure(kinds: list[str]) -> None:
    order = order_of(1)
    clues = tuple(Clue(kind, "a") for kind in kinds)
    less = weigh((Candidate(order, clues[:-1]),)) if clues[:-1] else weigh(())
    assert weigh((Candidate(order, clues),)).confidence >= less.confidence


@pytest.mark.parametrize("kind", sorted({kind for tier in TIERS for kind in tier}))
def test_two_orders_behind_the_same_single_clue_are_a_doubt(kind: str) -> None:
    pair = tuple(Candidate(order_of(number), (Clue(kind, "a"),)) for number in (1, 2))
    match = weigh(pair)
    assert match.order is None
    assert not match.certain


def test_an_item_number_alone_is_not_enough() -> None:
    assert not weigh((Candidate(order_of(1), (Clue("item", "a"),)),)).certain


def test_what_the_buyer_names_outweighs_what_merely_fits() -> None:
    named = Candidate(order_of(1), (Clue("order", "a"),))
    fits = Candidate(order_of(2), (Clue("address", "b"), Clue("item", "c")))
    assert weigh((named, fits)).order == order_of(1)


def test_who_has_an_order_and_names_anothers_is_matched_with_neither() -> None:
    own, others = order_of(1, address="jane@example.com"), order_of(2, address="ben@example.com")
    found = (
        Candidate(own, (Clue("address", "jane@example.com"),)),
        Candidate(others, (Clue("order", others.key.number),)),
    )
    mail = mail_of(f"Mine is as late as {others.key.number}.", "jane@example.com")
    match = decide(wrote(mail), Facts(candidates=found), policy(), NOW).match
    assert match is not None
    assert (match.order, match.certain) == (None, False)
    assert set(match.candidates) == {own.key, others.key}
