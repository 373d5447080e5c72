"""Two reports of one order make one order, whichever was read first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tactd.core.merge import merge
from tactd.core.orders import (
    index_keys,
    is_open,
    known,
    latest,
    normal_address,
    normal_number,
    open_cases,
    state,
    unshipped_lines,
)
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
    Feedback,
    Known,
    Line,
    Marketplace,
    MarketplaceCase,
    Money,
    Order,
    OrderKey,
    OrderState,
    OtherNumber,
    Parcel,
    ParcelState,
    PostalAddress,
    Rating,
    Refund,
    Scan,
    Traced,
)

KEY = OrderKey(Marketplace.EBAY, "12-34567-89012")
START = datetime(2026, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def at(day: int) -> datetime:
    return START + day * DAY


def facts(day: int, *groups: FactGroup) -> tuple[Known, ...]:
    wanted = groups or (FactGroup.PAYMENT, FactGroup.DISPATCH)
    return tuple(Known(group, at(day), f"export {day}") for group in wanted)


def order(**changes: object) -> Order:
    return replace(Order(key=KEY, known=facts(0)), **changes)  # type: ignore[arg-type]


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


# --------------------------------------------------------------------------- merge


def test_the_newer_report_wins_whichever_is_read_last() -> None:
    elder = order(ship_by=at(5), total=usd("10"), known=facts(1))
    newer = order(ship_by=at(7), total=usd("12"), known=facts(2))
    for merged in (merge(elder, newer), merge(newer, elder)):
        assert (merged.ship_by, merged.total) == (at(7), usd("12"))
        assert latest(merged) == at(2)


def test_a_blank_never_wins_over_something_known() -> None:
    full = order(
        buyer_name="Jane", paid=at(0), total=usd("5"), note="hi", ship_to=PostalAddress("Jane"),
        estimate=Estimate(at(9), at(12)), feedback=Feedback(Rating.NEUTRAL), known=facts(1),
    )  # fmt: skip
    merged = merge(full, order(known=facts(2)))
    assert replace(merged, known=full.known) == full


def test_each_group_of_facts_is_as_new_as_its_own_source() -> None:
    export = order(paid=at(1), ship_by=at(4), known=facts(3))
    notice = order(paid=at(2), ship_by=at(9), known=facts(5, FactGroup.PAYMENT))
    merged = merge(export, notice)
    assert (merged.paid, merged.ship_by) == (at(2), at(4))
    assert [(k.group, k.as_of) for k in merged.known] == [
        (FactGroup.PAYMENT, at(5)),
        (FactGroup.DISPATCH, at(3)),
    ]


def test_a_removed_rating_is_gone_until_a_newer_word_of_it() -> None:
    given = order(
        feedback=Feedback(Rating.NEGATIVE, "Late", at(1)), known=facts(1, FactGroup.FEEDBACK)
    )
    removed = order(feedback=Feedback(Rating.REMOVED, at=at(5)), known=facts(5, FactGroup.FEEDBACK))
    again = order(feedback=Feedback(Rating.POSITIVE), known=facts(9, FactGroup.FEEDBACK))
    for told in permutations([given, removed]):
        assert merge(*told).feedback == Feedback(Rating.REMOVED, at=at(5))
    for one, two, three in permutations([given, removed, again]):
        merged = merge(merge(one, two), three).feedback
        assert merged is not None
        assert (merged.rating, merged.comment) == (Rating.POSITIVE, "")


def test_endpoints_and_numbers_of_both_reports_are_kept() -> None:
    one, two = Endpoint(EndpointKind.MAIL, "a@example.com"), Endpoint(EndpointKind.EBAY, "ann")
    first, second = OtherNumber("sales_record", "1"), OtherNumber("transaction", "2")
    merged = merge(
        order(endpoints=(one,), numbers=(second,)), order(endpoints=(two,), numbers=(first,))
    )
    assert set(merged.endpoints) == {one, two}
    assert merged.numbers == (first, second)


def test_two_orders_are_never_merged() -> None:
    with pytest.raises(ValueError, match="two orders"):
        merge(order(), Order(key=OrderKey(Marketplace.EBAY, "99-99999-99999")))


def test_a_parcel_is_known_again_by_any_of_its_numbers() -> None:
    elder = order(parcels=(Parcel(numbers=("LP1", "S10")),), known=facts(1))
    newer = order(parcels=(Parcel(numbers=("S10",), shipped_at=at(1)),), known=facts(2))
    (parcel,) = merge(elder, newer).parcels
    assert (parcel.numbers, parcel.shipped_at) == (("S10", "LP1"), at(1))


def test_a_corrected_number_is_shown_first_and_the_old_one_still_found() -> None:
    elder = order(parcels=(Parcel(numbers=("OLD",)),), known=facts(1))
    newer = order(parcels=(Parcel(numbers=("NEW",)),), known=facts(2))
    for merged in (merge(elder, newer), merge(newer, elder)):
        assert [parcel.numbers for parcel in merged.parcels] == [("NEW", "OLD")]


def test_a_second_parcel_is_a_second_parcel() -> None:
    one = Parcel(numbers=("A",), lines=("1",))
    two = Parcel(numbers=("B",), lines=("2",))
    merged = merge(order(parcels=(one,), known=facts(1)), order(parcels=(two,), known=facts(2)))
    assert merged.parcels == (one, two)


def test_the_announcement_without_a_number_becomes_the_parcel_with_one() -> None:
    elder = order(parcels=(Parcel(shipped_at=at(1)),), known=facts(1))
    newer = order(parcels=(Parcel(numbers=("A",)),), known=facts(2))
    (parcel,) = merge(elder, newer).parcels
    assert (parcel.numbers, parcel.shipped_at) == (("A",), at(1))


def test_a_later_export_does_not_undo_what_tracking_said() -> None:
    scan = Scan(at(6), ParcelState.DELIVERED, "Portland")
    tracked = order(
        parcels=(Parcel(numbers=("A",), scans=(scan,), state=ParcelState.DELIVERED),),
        known=facts(6, FactGroup.TRACKING),
    )
    export = order(parcels=(Parcel(numbers=("A",), state=ParcelState.ANNOUNCED),), known=facts(8))
    for merged in (merge(tracked, export), merge(export, tracked)):
        assert merged.parcels[0].scans == (scan,)
        assert state(merged) is OrderState.DELIVERED


def test_a_changed_rating_leaves_the_old_comment_behind() -> None:
    elder = order(feedback=Feedback(Rating.NEGATIVE, "never came"), known=facts(1))
    newer = order(feedback=Feedback(Rating.POSITIVE), known=facts(2))
    assert merge(elder, newer).feedback == Feedback(Rating.POSITIVE)


def test_two_equal_lines_of_one_report_stay_two_however_often_it_is_read() -> None:
    twice = order(lines=(Line("1", "Peg"), Line("1", "Peg")))
    merged = merge(twice, replace(twice, known=facts(2)))
    assert len(merged.lines) == 2
    assert len(merge(merged, twice).lines) == 2


# --------------------------------------------------------------------------- properties

maybe_day = st.none() | st.integers(0, 30).map(at)
parcels = st.lists(
    st.builds(
        Parcel,
        numbers=st.sampled_from([("A",), ("B",), ("C",)]),
        carrier=st.sampled_from(["", "China Post"]),
        shipped_at=maybe_day,
    ),
    max_size=3,
    unique_by=lambda parcel: parcel.numbers,
).map(lambda found: tuple(sorted(found, key=lambda parcel: parcel.numbers)))
endpoints = st.sets(st.sampled_from("abc").map(lambda x: Endpoint(EndpointKind.EBAY, x))).map(
    lambda found: tuple(sorted(found, key=lambda endpoint: endpoint.value))
)
lines = st.lists(
    st.builds(
        Line,
        item=st.sampled_from(["1", "2"]),
        title=st.sampled_from(["", "Peg"]),
        price=st.none() | st.just(usd("3")),
    ),
    max_size=2,
    unique_by=lambda line: line.item,
).map(lambda found: tuple(sorted(found, key=lambda line: line.item)))
reports = st.builds(
    Order,
    key=st.just(KEY),
    buyer_name=st.sampled_from(["", "Jane", "Jane Poole"]),
    endpoints=endpoints,
    lines=lines,
    total=st.none() | st.sampled_from(["1", "2"]).map(usd),
    paid=maybe_day,
    ship_by=maybe_day,
    estimate=st.builds(Estimate, maybe_day, maybe_day),
    feedback=st.none() | st.sampled_from(Rating).map(Feedback),
    parcels=parcels,
    marks=st.frozensets(st.sampled_from(["hold", "out_of_stock"])),
    known=st.integers(0, 9).map(facts),
)


@given(reports, reports)
def test_reading_a_report_again_changes_nothing(one: Order, other: Order) -> None:
    merged = merge(one, other)
    assert merge(one, one) == one
    assert merge(merged, merged) == merged
    assert merge(merged, other) == merged


@given(reports, reports)
def test_the_order_of_reading_does_not_matter_where_the_ages_differ(
    one: Order, other: Order
) -> None:
    assume(latest(one) != latest(other))
    assert merge(one, other) == merge(other, one)


@given(reports, reports)
def test_nothing_known_is_lost(one: Order, other: Order) -> None:
    merged = merge(one, other)
    for report in (one, other):
        assert set(report.endpoints) <= set(merged.endpoints)
        assert report.marks <= merged.marks
        assert {line.item for line in report.lines} <= {line.item for line in merged.lines}
        for name in ("buyer_name", "total", "paid", "ship_by", "feedback"):
            assert getattr(merged, name) or not getattr(report, name)
        numbers = {number for parcel in merged.parcels for number in parcel.numbers}
        assert {number for parcel in report.parcels for number in parcel.numbers} <= numbers


@given(reports, st.lists(st.integers(0, 20), min_size=3, max_size=3, unique=True))
def test_three_exports_of_a_life_give_the_same_order_in_any_sequence(
    last: Order, days: list[int]
) -> None:
    """As exports really are: what was filled in once stays filled in."""
    first = replace(last, parcels=(), feedback=None, paid=None, known=facts(min(days)))
    middle = replace(last, feedback=None, ship_by=at(40), known=facts(sorted(days)[1]))
    late = replace(last, ship_by=at(41), known=facts(max(days)))
    results = [
        merge(merge(one, two), three) for one, two, three in permutations((first, middle, late))
    ]
    assert all(result == results[0] for result in results)


# --------------------------------------------------------------------------- state, keys


def parcel(**changes: object) -> Parcel:
    return replace(Parcel(numbers=("A",)), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, OrderState.UNPAID),
        ({"paid": at(1)}, OrderState.TO_SHIP),
        ({"paid": at(1), "parcels": (parcel(),)}, OrderState.TO_SHIP),
        (
            {"paid": at(1), "parcels": (parcel(state=ParcelState.ANNOUNCED),)},
            OrderState.TO_SHIP,
        ),
        ({"paid": at(1), "parcels": (parcel(shipped_at=at(2)),)}, OrderState.SHIPPED),
        ({"parcels": (parcel(state=ParcelState.MOVING),)}, OrderState.SHIPPED),
        ({"parcels": (parcel(state=ParcelState.CUSTOMS),)}, OrderState.CUSTOMS),
        ({"parcels": (parcel(state=ParcelState.PICKUP),)}, OrderState.PICKUP),
        ({"parcels": (parcel(state=ParcelState.RETURNED),)}, OrderState.RETURNED),
        ({"parcels": (parcel(state=ParcelState.DELIVERED),)}, OrderState.DELIVERED),
        (
            {"parcels": (parcel(state=ParcelState.DELIVERED), parcel(state=ParcelState.MOVING))},
            OrderState.SHIPPED,
        ),
        (
            {"parcels": (parcel(state=ParcelState.DELIVERED), parcel(state=ParcelState.LOST))},
            OrderState.LOST,
        ),
        ({"cancelled_at": at(1), "parcels": (parcel(shipped_at=at(2)),)}, OrderState.CANCELLED),
        ({"total": usd("9"), "refunds": (Refund(usd("9"), at(3)),)}, OrderState.REFUNDED),
        ({"paid": at(1), "refunds": (Refund(None, at(3)),)}, OrderState.REFUNDED),
        (
            {"paid": at(1), "total": usd("9"), "refunds": (Refund(usd("4"), at(3)),)},
            OrderState.TO_SHIP,
        ),
    ],
)
def test_the_state_is_derived_from_dates_and_parcels(
    changes: dict[str, object], expected: OrderState
) -> None:
    assert state(order(**changes)) is expected


def test_what_has_not_been_shipped_yet_is_named() -> None:
    lines = (Line("1", "Peg"), Line("2", "Pole"))
    assert unshipped_lines(
        order(lines=lines, parcels=(parcel(lines=("1",), shipped_at=at(1)),))
    ) == ("2",)
    assert unshipped_lines(order(lines=lines, parcels=(parcel(shipped_at=at(1)),))) == ()
    assert unshipped_lines(order(lines=lines, parcels=(parcel(lines=("1",)),))) == ()


def test_an_order_is_found_by_all_its_numbers_and_endpoints() -> None:
    keys = index_keys(
        order(
            endpoints=(
                Endpoint(EndpointKind.MAIL, "ann@example.com"),
                Endpoint(EndpointKind.RELAY, "0a@members.ebay.com"),
                Endpoint(EndpointKind.EBAY, "ann"),
            ),
            numbers=(OtherNumber("transaction", "77"), OtherNumber("sales_record", "1")),
            lines=(Line("395012345671", "Peg"),),
            parcels=(Parcel(numbers=("rb 123 456 785 cn",)),),
        )
    )
    assert keys == {
        ("order", "12-34567-89012"),
        ("tracking", "RB123456785CN"),
        ("address", "ann@example.com"),
        ("relay", "0a@members.ebay.com"),
        ("username", "ann"),
        ("item", "395012345671"),
        ("transaction", "77"),
        ("username_item", "ann\x1f395012345671"),
    }


def test_addresses_and_numbers_are_compared_without_case_and_spaces() -> None:
    assert normal_address(" <Ann@Example.COM> ") == "ann@example.com"
    assert normal_number("rb 123-456 785 cn") == "RB123456785CN"


def test_a_group_that_was_never_reported_is_not_known() -> None:
    assert known(order(), FactGroup.TRACKING) is None


def test_a_line_without_its_variation_is_the_same_purchase() -> None:
    bare = order(lines=(Line("395", "Tent", price=usd("9")),), known=facts(1))
    full = order(lines=(Line("395", "Tent", sku="T-1", variation="red"),), known=facts(2))
    for merged in (merge(bare, full), merge(full, bare)):
        assert merged.lines == (Line("395", "Tent", sku="T-1", price=usd("9"), variation="red"),)


def test_two_variations_of_an_item_are_two_purchases() -> None:
    red = order(lines=(Line("395", "Tent", variation="red"),), known=facts(1))
    blue = order(lines=(Line("395", "Tent", variation="blue"),), known=facts(2))
    assert len(merge(red, blue).lines) == 2


def test_a_dispatch_without_a_number_leaves_a_parcel_as_traced_as_its_number_is() -> None:
    numbered = order(parcels=(Parcel(numbers=("LK1",), traced=Traced.FULL),), known=facts(1))
    bare = order(parcels=(Parcel(shipped_at=at(1), traced=Traced.NONE),), known=facts(2))
    for merged in (merge(numbered, bare), merge(bare, numbered)):
        assert [one.traced for one in merged.parcels] == [Traced.FULL]


# --------------------------------------------------------------------------- cases and feedback


def case(opened: int, closed: int | None = None, answer_by: int | None = None) -> MarketplaceCase:
    def day(number: int | None) -> datetime | None:
        return None if number is None else at(number)

    return MarketplaceCase("inr", "5071", at(opened), day(answer_by), day(closed))


def together(*cases: MarketplaceCase) -> tuple[MarketplaceCase, ...]:
    """The cases of an order that has been told of in all these notices, whatever came first."""
    found = set()
    for some in permutations(cases):
        merged = order()
        for one in some:
            merged = merge(merged, order(cases=(one,), known=()))
        found.add(open_cases(merged) or merged.cases)
    (only,) = found
    return only


def test_a_case_that_was_closed_is_closed_whichever_notice_came_first() -> None:
    (one,) = together(case(1, answer_by=4), case(3, closed=3))
    assert (one.opened, one.answer_by, one.closed) == (at(1), at(4), at(3))
    assert not is_open(one)


def test_a_case_that_is_opened_again_after_it_was_closed_is_open() -> None:
    (one,) = together(case(1), case(3, closed=3), case(5, answer_by=8))
    assert is_open(one)
    assert one.answer_by == at(8)


def unnumbered(day: int) -> Order:
    """A report that names an open case and no number of it."""
    since = MarketplaceCase("claim", "", at(0), said_open=at(day))
    return order(cases=(since,), known=facts(day))


def calm(day: int) -> Order:
    """A report that would name one."""
    return order(without_case=at(day), known=facts(day))


@pytest.mark.parametrize(
    ("reports", "is_one_open"),
    [
        ([unnumbered(2), calm(5)], False),
        ([calm(2), unnumbered(5)], True),
        ([calm(1), unnumbered(3), calm(5)], False),
        ([unnumbered(1), calm(3), unnumbered(5)], True),
        ([calm(1), calm(2), unnumbered(4), unnumbered(6)], True),
    ],
)
def test_a_case_that_a_newer_report_does_not_name_any_more_is_over(
    reports: list[Order], is_one_open: bool
) -> None:
    books = set()
    for some in permutations(reports):
        merged = some[0]
        for one in some[1:]:
            merged = merge(merged, one)
        assert bool(open_cases(merged)) is is_one_open
        books.add(merged)
    assert len(books) == 1


def test_a_report_that_names_no_case_closes_none_that_bears_a_number() -> None:
    assert open_cases(merge(order(cases=(case(1),)), calm(5)))


def test_cases_of_other_numbers_stay_apart() -> None:
    merged = merge(
        order(cases=(case(1, closed=2),)),
        order(cases=(MarketplaceCase("return", "5072", at(1)),), known=()),
    )
    assert [one.number for one in open_cases(merged)] == ["5072"]


def test_a_rating_is_as_new_as_the_report_that_holds_it() -> None:
    rated = order(feedback=Feedback(Rating.NEGATIVE, "late"), known=facts(3, FactGroup.FEEDBACK))
    later = order(known=facts(9))  # an export without ratings says nothing of them
    changed = order(feedback=Feedback(Rating.POSITIVE), known=facts(5, FactGroup.FEEDBACK))
    for some in permutations((rated, later, changed)):
        merged = order(known=())
        for one in some:
            merged = merge(merged, one)
        assert merged.feedback == Feedback(Rating.POSITIVE)


def test_a_notice_that_names_goods_by_their_title_meets_the_line_of_the_export() -> None:
    sold = replace(order(), lines=(Line("", "Blue  Mug", quantity=2),))
    listed = replace(order(), lines=(Line("1234", "Blue mug", "MUG", 2, variation="Big"),))
    for one, other in ((sold, listed), (listed, sold)):
        (line,) = merge(one, other).lines
        assert (line.item, line.sku, line.variation, line.quantity) == ("1234", "MUG", "Big", 2)
    two = replace(listed, lines=(*listed.lines, Line("1234", "Blue mug", "", 1, variation="Small")))
    assert len(merge(sold, two).lines) == 2
