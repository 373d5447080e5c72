"""The name check: payer and consignee, as people and marketplaces write names and addresses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decide_kit import DAY, NOW, order_of, policy
from tactd.core.decide.steps import decide
from tactd.core.identity.addresses import same_address
from tactd.core.identity.check import Payer, compare
from tactd.core.identity.names import same_name
from tactd.core.payments import FOR_ORDER
from tactd.core.types import (
    Candidate,
    Clue,
    Decision,
    Facts,
    FollowUp,
    Marketplace,
    Order,
    OrderKey,
    Outcome,
    Parcel,
    Past,
    PostalAddress,
    Refund,
    Situation,
    Verdict,
)

HOME = PostalAddress("Jane Poole", "100 Main Street, Flat 2", "Albany", "NY", "12207", "US")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Poole", "JANE POOLE"),
        ("Jane Poole", "Poole, Jane"),
        ("Jane Poole", "jane  poole "),
        ("Jane Poole", "J. Poole"),
        ("Jane Poole", "Jane M. Poole"),
        ("Jane M. Poole", "Jane Marie Poole"),
        ("Jane Poole", "Mrs. Jane Poole"),
        ("Jane Poole", "Jane Pool"),  # a slip
        ("Anna Steiner", "Anna Stiener"),
        ("Jane Poole", "Otto Vogt c/o Jane Poole"),
        ("Jane Poole", "JanePoole"),
        ("Jane Poole", "Jane & John Poole"),
        ("Jörg Müller", "Joerg Mueller"),
        ("Jörg Müller", "Jorg Muller"),
        ("Dr. Jörg Müller-Schmidt", "Müller Schmidt, Jörg"),
        ("Łukasz Żak", "Lukasz Zak"),
        ("José Ángel García López", "jose garcia"),
        ("Séan O'Brien", "Sean OBrien"),
        ("Иван Петров", "Ivan Petrov"),
        ("Юлия Соловьёва", "Yulia Solovyova"),
        ("Наталья Жукова", "Natalya Zhukova"),
        ("王小明", "王 小明"),
        ("王小明", "小明 王"),
        ("王小明 先生", "王小明"),
        ("山田太郎", "山田 太郎 様"),
        ("김민수", "김 민수"),
        ("Ｊａｎｅ　Ｐｏｏｌｅ", "Jane Poole"),
        ("Blue Camp GmbH", "Blue Camp"),
        ("Blue Camp GmbH", "Blue Camp GmbH & Co. KG"),
        ("João Sá", "João Manuel Sá"),
        ("Nguyễn Thị Hoa", "Nguyen Thi Hoa"),
    ],
)
def test_these_are_one_name(one: str, other: str) -> None:
    assert same_name(one, other) is True
    assert same_name(other, one) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Poole", "Otto Vogt"),
        ("Jane Poole", "John Poole"),  # a surname alone is a family, not a person
        ("Jane Poole", "Jane Vogt"),
        ("Jane Poole", "J. Vogt"),
        ("Jane Poole", "Blue Camp Ltd"),
        ("João Sá", "Maria Sá"),
        ("Иван Петров", "Ольга Петрова"),
        ("Иван Петров", "Jane Poole"),
        ("王小明", "李小明"),
        ("山田太郎", "鈴木花子"),
        ("Jane Poole", "Otto Vogt c/o Anna Berg"),
    ],
)
def test_these_are_two_names(one: str, other: str) -> None:
    assert same_name(one, other) is False
    assert same_name(other, one) is False


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Poole", ""),
        ("", ""),
        ("Jane Poole", "Jane"),
        ("Jane Poole", "Mr Poole"),
        ("Jane Poole", "J. P."),
        ("王小明", "Wang Xiaoming"),  # signs do not tell the sound
        ("山田太郎", "Taro Yamada"),
        ("محمد علي", "Mohammed Ali"),
        ("12345", "Jane Poole"),
    ],
)
def test_of_these_it_cannot_be_told(one: str, other: str) -> None:
    assert same_name(one, other) is None
    assert same_name(other, one) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"street": "100 Main St., Apt 2"},
        {"street": "100 main street"},
        {"street": "Flat 2, 100 Main Street"},
        {"street": "100 Main Street, ebay:zsqywfc"},
        {"street": "100 Main Street ebay9k2mxqp"},
        {"zip": "12207-1024"},
        {"city": "ALBANY"},
        {"region": "New York"},
        {"zip": ""},
        {"country": ""},
    ],
)
def test_one_place_is_written_in_many_ways(changes: dict[str, str]) -> None:
    assert same_address(HOME, replace(HOME, **changes)) is True
    assert same_address(replace(HOME, **changes), HOME) is True


@pytest.mark.parametrize(
    "changes",
    [
        {"street": "101 Main Street"},
        {"street": "100 Oak Avenue"},
        {"zip": "94016"},
        {"country": "NG"},
        {"zip": "", "city": "Boston"},
    ],
)
def test_another_house_street_town_or_country_is_another_place(changes: dict[str, str]) -> None:
    assert same_address(HOME, replace(HOME, **changes)) is False


@pytest.mark.parametrize(
    "changes",
    [{"street": ""}, {"zip": "", "city": ""}, {"zip": "", "city": "奥尔巴尼"}],
)
def test_of_half_an_address_it_cannot_be_told(changes: dict[str, str]) -> None:
    assert same_address(HOME, replace(HOME, **changes)) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hauptstraße 5", "Hauptstr. 5", True),
        ("Hauptstraße 5", "Haupt-Str. 5a", True),
        ("Packstation 123", "Am Hang 3", False),
        ("Packstation 123, 90123456", "PACKSTATION 123", True),
        ("ул. Ленина 5", "Lenina ulitsa 5", True),
        ("科技路1号", "广东省深圳市南山区科技路1号", True),
        ("科技路1号", "人民路9号", False),
    ],
)
def test_streets_of_other_countries(one: str, other: str, same: bool) -> None:
    here = PostalAddress("", one, "X", "", "07743", "DE")
    assert same_address(here, replace(here, street=other)) is same


def test_the_name_outweighs_the_address() -> None:
    away = replace(HOME, street="7 Oak Avenue", zip="94016")
    assert compare(HOME, HOME) is Payer.SAME
    assert compare(HOME, replace(away, name="Otto Vogt")) is Payer.NAME
    assert compare(HOME, away) is Payer.ADDRESS
    assert compare(HOME, replace(away, name="")) is Payer.ADDRESS
    assert compare(HOME, replace(HOME, name="")) is Payer.UNKNOWN
    assert compare(PostalAddress("Jane Poole"), HOME) is Payer.SAME
    assert compare(None, HOME) is Payer.UNKNOWN


TEXTS = st.text(max_size=30) | st.sampled_from(["Jane Poole", "J. Poole", "王小明", "c/o", "Sá Co"])


@settings(max_examples=150)
@given(TEXTS, TEXTS)
def test_the_comparison_of_names_is_total_and_knows_no_first(one: str, other: str) -> None:
    assert same_name(one, other) is same_name(other, one)
    assert same_name(one, one) is not False


@settings(max_examples=150)
@given(
    st.builds(PostalAddress, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(["", "US"])),
    st.builds(PostalAddress, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, st.sampled_from(["", "DE"])),
)
def test_the_comparison_of_addresses_is_total_and_knows_no_first(
    one: PostalAddress, other: PostalAddress
) -> None:
    assert same_address(one, other) is same_address(other, one)
    assert same_address(one, one) is not False


# --------------------------------------------------------------------------- what is decided

UNSHIPPED = replace(
    order_of(1, address="jane@example.com"),
    key=OrderKey(Marketplace.SHOPIFY, "#1044"),
    paid=NOW - DAY,
    parcels=(),
    payer=HOME,
    ship_to=replace(HOME, name="Otto Vogt"),
)


def decided(order: Order, **facts: Any) -> Decision:
    event = FollowUp(situation=Situation.IDENTITY_CHECK, order=order.key, mailbox="shop", at=NOW)
    candidate = Candidate(order, (Clue("order", order.key.number),))
    given: dict[str, Any] = {"candidates": (candidate,), "past": Past(language="en"), **facts}
    return decide(event, Facts(**given), policy(auto=frozenset(Situation)), NOW)


def test_the_question_is_a_persons_whatever_may_go_alone() -> None:
    outcome = decided(UNSHIPPED)
    assert outcome.outcome is Outcome.STAGE
    assert [one.code for one in outcome.trail if one.verdict is Verdict.STAGE] == [
        "permit.person_decides"
    ]


def test_he_is_asked_even_if_he_has_written_about_something_else() -> None:
    assert decided(UNSHIPPED, wrote_since=NOW).outcome is Outcome.STAGE


@pytest.mark.parametrize(
    "changes",
    [
        {"ship_to": HOME},
        {"ship_to": replace(HOME, street="7 Oak Avenue")},
        {"ship_to": replace(HOME, name="")},
        {"payer": None},
        {"paid": None},
        {"cancelled_at": NOW},
        {"refunds": (Refund(None, NOW),)},
        {"parcels": (Parcel(shipped_at=NOW),)},
        {"marks": frozenset({FOR_ORDER})},
    ],
)
def test_where_there_is_nothing_to_find_out_nothing_is_asked(changes: dict[str, Any]) -> None:
    assert decided(replace(UNSHIPPED, **changes)).trail[-1].code == "due.payer_clear"
