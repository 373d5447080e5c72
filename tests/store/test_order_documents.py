"""An import writes orders down in a quicker way than all others do: in the same words."""

from __future__ import annotations

from datetime import UTC

from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.adapters.store import order_documents
from tactd.adapters.store.documents import dump, load
from tactd.adapters.store.order_documents import order_document
from tactd.core import types as t

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
times = st.none() | st.datetimes(timezones=st.just(UTC))
sums = st.none() | st.builds(
    t.Money, st.decimals(allow_nan=False, allow_infinity=False, places=2), words
)
places = st.builds(t.PostalAddress, *[words] * 6)


def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=2).map(tuple)


orders = st.builds(
    t.Order,
    key=st.builds(t.OrderKey, st.sampled_from(t.Marketplace), words),
    buyer_name=words,
    endpoints=some(st.builds(t.Endpoint, st.sampled_from(t.EndpointKind), words)),
    numbers=some(st.builds(t.OtherNumber, words, words)),
    shop=words,
    lines=some(st.builds(t.Line, words, words, words, st.integers(1, 99), sums, words)),
    total=sums,
    refunds=some(st.builds(t.Refund, sums, times.filter(bool), words, words, st.booleans())),
    placed=times,
    paid=times,
    ship_by=times,
    estimate=st.builds(t.Estimate, times, times),
    ship_to=places,
    payer=st.none() | places,
    cancelled_at=times,
    feedback=st.none() | st.builds(t.Feedback, st.sampled_from(t.Rating), words, times),
    cases=some(st.builds(t.MarketplaceCase, words, words, times.filter(bool), times)),
    without_case=times,
    marks=st.frozensets(words, max_size=1),
    parcels=some(
        st.builds(
            t.Parcel,
            some(words),
            words,
            words,
            some(words),
            times,
            some(st.builds(t.Scan, times.filter(bool), st.sampled_from(t.ParcelState), words)),
            st.sampled_from(t.Traced),
            st.sampled_from(t.ParcelState),
        )
    ),
    known=some(st.builds(t.Known, st.sampled_from(t.FactGroup), times.filter(bool), words)),
    note=words,
)


@settings(max_examples=150)
@given(st.lists(orders, max_size=3))
def test_an_imported_order_is_written_down_as_any_other(some: list[t.Order]) -> None:
    for order in some:
        document = order_document(order)
        assert document == dump(t.Order, order)
        assert load(t.Order, document) == order


def test_no_more_texts_are_kept_than_are_of_use() -> None:
    for number in range(2 * order_documents.MOST_KEPT):
        line = t.Line(str(number), "A thing")
        order = t.Order(key=t.OrderKey(t.Marketplace.EBAY, "12"), lines=(line,))
        assert load(t.Order, order_document(order)) == order
    assert len(order_documents._kept) <= order_documents.MOST_KEPT
