"""Amazon's order reports, as they really are."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amazon_samples import (
    ALL,
    JANE_ALL,
    MODIFIED,
    NUMBER,
    RELAY,
    all_orders,
    new_orders,
    report,
    unshipped,
)
from cli.seller import Seller
from ebay_samples import JANE as EBAY_JANE
from ebay_samples import report as ebay_report
from tactd.core.merge import merge
from tactd.core.orders import known, state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Marketplace,
    Money,
    Order,
    OrderState,
    OtherNumber,
    PostalAddress,
    Reach,
)
from tactd.marketplaces import Export, NotAnExportError, recognise
from tactd.marketplaces.amazon.assemble import RELAY_DOMAINS
from tactd.marketplaces.amazon.columns import NAMES, Cells
from tactd.shipped import packs


def read(text: str | bytes, name: str = "50028020354.txt") -> Export:
    return recognise(text.encode() if isinstance(text, str) else text, name, MODIFIED)


def only(text: str | bytes) -> Order:
    (order,) = read(text).orders
    return order


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


# --------------------------------------------------------------------------- the real forms


def test_all_orders_gives_goods_money_place_and_what_has_left() -> None:
    order = only(all_orders())
    assert (order.key.marketplace, order.key.number) == (Marketplace.AMAZON, NUMBER)
    assert order.placed == datetime(2026, 11, 1, 8, 4, 21, tzinfo=UTC)
    assert order.total == usd("28.58")  # 24.00 + 1.32 + 4.99 + 0.27 - 2.00
    (line,) = order.lines
    assert (line.item, line.sku, line.quantity) == ("B0TACT0001", "LAN-01", 2)
    assert line.price == usd("12.00")
    assert order.ship_to == PostalAddress("", "", "Portland", "ME", "04101", "US")
    assert order.shop == "Amazon.com"
    assert state(order) is OrderState.SHIPPED
    assert read(all_orders()).problems == ()


def test_all_orders_says_neither_who_bought_nor_when_it_was_paid_or_sent() -> None:
    order = only(all_orders())
    assert (order.endpoints, order.buyer_name, order.paid) == ((), "", None)
    assert [parcel.shipped_at for parcel in order.parcels] == [None]


def test_unshipped_orders_gives_the_relay_the_address_and_the_day_to_ship_by() -> None:
    order = only(unshipped())
    assert order.endpoints == (Endpoint(EndpointKind.RELAY, RELAY),)
    assert order.paid == datetime(2026, 11, 1, 8, 31, 2, tzinfo=UTC)
    assert order.ship_by == datetime(2026, 11, 5, 7, 59, 59, tzinfo=UTC)
    assert (order.ship_to.name, order.ship_to.street) == ("Jane Poole", "7 Harbour Lane, Flat 2")
    assert OtherNumber("transaction", "05812345678901") in order.numbers
    assert order.total is None
    assert state(order) is OrderState.TO_SHIP


def test_pieces_that_have_left_make_an_unshipped_order_a_shipped_one() -> None:
    order = only(unshipped({"quantity-shipped": "1", "quantity-to-ship": "1"}))
    assert state(order) is OrderState.SHIPPED


def test_new_orders_gives_relay_money_and_estimate_but_knows_nothing_of_dispatch() -> None:
    order = only(new_orders())
    assert order.endpoints == (Endpoint(EndpointKind.RELAY, RELAY),)
    assert order.total == usd("30.58")
    assert order.estimate.latest == datetime(2026, 12, 4, 12, tzinfo=UTC)
    assert known(order, FactGroup.PAYMENT) is not None
    assert known(order, FactGroup.DISPATCH) is None


def test_the_three_reports_of_one_order_make_one_order_in_any_sequence() -> None:
    texts = (new_orders(), unshipped(), all_orders())
    orders = [only_at(text, 10 + day) for day, text in enumerate(texts)]
    results = [merge(merge(one, two), three) for one, two, three in permutations(orders)]
    assert all(result == results[0] for result in results)
    (line,) = results[0].lines
    assert (line.item, line.sku) == ("B0TACT0001", "LAN-01")
    assert results[0].ship_to.street == "7 Harbour Lane, Flat 2"
    assert results[0].paid == datetime(2026, 11, 1, 8, 31, 2, tzinfo=UTC)
    assert state(results[0]) is OrderState.SHIPPED


def only_at(text: str, day: int) -> Order:
    (order,) = recognise(text.encode(), "a.txt", datetime(2026, 11, day, tzinfo=UTC)).orders
    return order


def test_a_newer_address_elsewhere_takes_nothing_from_the_old_one() -> None:
    old = only_at(unshipped(), 10)
    new = only_at(
        all_orders({"ship-city": "Leeds", "ship-postal-code": "LS1", "ship-state": ""}), 11
    )
    assert merge(old, new).ship_to == PostalAddress("", "", "Leeds", "", "LS1", "US")


def test_the_german_site_writes_the_same_names_and_prices_hold_the_tax() -> None:
    row = {
        "sales-channel": "Amazon.de",
        "currency": "EUR",
        "item-price": "1.116,99",
        "item-tax": "178,34",
        "shipping-price": "4,99",
        "shipping-tax": "",
        "item-promotion-discount": "-1,98",
        "ship-city": "Köln",
        "ship-country": "DE",
    }
    export = read(all_orders(row).encode("cp1252"))
    (order,) = export.orders
    assert order.total == Money(Decimal("1120.00"), "EUR")
    assert order.ship_to.city == "Köln"
    assert "read as cp1252" in export.notes


def test_the_british_site_gives_pounds() -> None:
    order = only(all_orders({"currency": "GBP", "sales-channel": "Amazon.co.uk"}))
    assert order.total == Money(Decimal("26.99"), "GBP")


def test_the_older_form_with_a_column_more_is_read() -> None:
    header = [*ALL[:8], "url", *ALL[8:]]
    assert only(report([JANE_ALL], header)) == only(all_orders())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_encoding_is_read(encoding: str) -> None:
    text = unshipped({"recipient-name": "Zoë Šťastná 李雷"})
    assert only(text.encode(encoding)).ship_to.name == "Zoë Šťastná 李雷"


def test_a_file_saved_again_with_semicolons_is_read() -> None:
    assert only(report([JANE_ALL], separator=";")) == only(all_orders())


# --------------------------------------------------------------------------- several rows


def test_items_of_one_order_are_joined_and_their_money_added_once() -> None:
    second = {"asin": "B0TACT0002", "sku": "PEG-09", "item-price": "5.00", "item-tax": "0"}
    more = second | {"shipping-price": "", "shipping-tax": "", "item-promotion-discount": ""}
    order = only(all_orders({}, more))
    assert [line.item for line in order.lines] == ["B0TACT0001", "B0TACT0002"]
    assert order.total == usd("33.58")
    assert len(order.parcels) == 1


def test_an_item_that_stands_twice_in_a_file_counts_once() -> None:
    order = only(new_orders({}, {}))
    assert len(order.lines) == 1
    assert order.total == usd("30.58")


def test_a_row_of_further_discounts_is_no_item() -> None:
    blank = dict.fromkeys(JANE_ALL, "")
    further = blank | {"amazon-order-id": NUMBER, "currency": "USD"}
    order = only(all_orders({}, further | {"ship-promotion-discount": "4.99"}))
    assert len(order.lines) == 1
    assert order.total == usd("23.59")


def test_an_item_without_a_price_leaves_the_total_unknown() -> None:
    pending = {"order-status": "Pending", "item-price": "", "item-status": "Unshipped"}
    order = only(all_orders({"order-status": "Pending"}, pending | {"asin": "B0TACT0002"}))
    assert order.total is None
    assert state(order) is OrderState.UNPAID


def test_a_cancelled_item_is_no_part_of_the_order() -> None:
    gone = {"item-status": "Cancelled", "quantity": "0", "item-price": "", "asin": "B0TACT0002"}
    order = only(all_orders({}, gone))
    assert [line.item for line in order.lines] == ["B0TACT0001"]
    assert order.total == usd("28.58")


def test_a_cancelled_order_is_cancelled_since_its_last_change() -> None:
    order = only(all_orders({"order-status": "Cancelled", "item-status": "Cancelled"}))
    assert order.cancelled_at == datetime(2026, 11, 4, 22, 7, 59, tzinfo=UTC)
    assert state(order) is OrderState.CANCELLED


def test_an_order_that_contradicts_itself_is_left_out_and_named() -> None:
    export = read(all_orders({"item-status": "Cancelled"}))
    assert export.orders == ()
    assert "all its items are cancelled" in str(export.problems[0])


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Unshipped", OrderState.UNPAID),  # the file does not say when it was paid
        ("Shipped - Delivered to Buyer", OrderState.DELIVERED),
        ("Shipped - Returned to Seller", OrderState.RETURNED),
        ("Shipped - Lost in Transit", OrderState.LOST),
    ],
)
def test_the_status_tells_what_the_goods_do(status: str, expected: OrderState) -> None:
    assert state(only(all_orders({"order-status": status}))) is expected


def test_an_unknown_status_is_named_and_nothing_counts_as_sent() -> None:
    export = read(all_orders({"order-status": "Teleported"}))
    assert [str(problem) for problem in export.problems] == [
        "line 2: the status 'Teleported' is not known"
    ]
    assert export.orders[0].parcels == ()


# --------------------------------------------------------------------------- bad input


def test_a_quotation_mark_is_a_letter_and_swallows_no_rows() -> None:
    titles = ('"Bright lantern', 'Rack 19" wide', '"""Best"" lantern"')
    rows = [
        {"product-name": title, "amazon-order-id": f"112-0000000-000000{n}"}
        for n, title in enumerate(titles)
    ]
    export = read(all_orders(*rows))
    found = [order.lines[0].title for order in export.orders]
    assert found == ['"Bright lantern', 'Rack 19" wide', '"Best" lantern']


def test_a_file_of_which_every_cell_is_quoted_is_read() -> None:
    quoted = all_orders().replace("\t", '"\t"').replace("\r\n", '"\r\n"')
    assert only('"' + quoted.removesuffix('"')) == only(all_orders())


def test_orders_of_other_shops_are_left_out_with_a_note() -> None:
    export = read(all_orders({}, {"amazon-order-id": "S01-3718414-0463502"}))
    assert [order.key.number for order in export.orders] == [NUMBER]
    assert "orders of other shops, which Amazon only delivers, left out: 1" in export.notes
    assert export.problems == ()


def test_bad_rows_are_listed_and_the_good_ones_kept() -> None:
    export = read(
        all_orders(
            {},
            {"amazon-order-id": "112-0000000-0000001", "purchase-date": "yesterday"},
            {"amazon-order-id": "=HYPERLINK(1)"},
            {"amazon-order-id": "112-0000000-0000002", "quantity": "many"},
        )
    )
    assert [order.key.number for order in export.orders] == [NUMBER, "112-0000000-0000002"]
    assert [str(problem) for problem in export.problems] == [
        "line 3: the date 'yesterday' (placed) cannot be read",
        "line 4: '=HYPERLINK(1)' is no order number",
        "line 5: the quantity 'many' cannot be read",
    ]


def test_a_file_cut_off_in_a_row_names_that_row_and_leaves_its_order_out() -> None:
    other = {"amazon-order-id": "112-0000000-0000001"}
    text = all_orders({}, other, other | {"asin": "B0TACT0002"})
    export = read(text[: text.rindex("Standard")])
    assert [order.key.number for order in export.orders] == [NUMBER]
    assert export.problems[0].line == 4


def test_an_unreadable_amount_leaves_the_total_unknown() -> None:
    export = read(all_orders({"shipping-price": "free!"}))
    assert export.orders[0].total is None
    assert "shipping" in export.problems[0].reason


def test_a_look_alike_of_the_relay_domain_is_no_relay() -> None:
    order = only(unshipped({"buyer-email": "x@marketplace.amazon.com.example.net"}))
    assert [endpoint.kind for endpoint in order.endpoints] == [EndpointKind.MAIL]


def test_facts_are_never_newer_than_the_file_or_the_day_in_its_name() -> None:
    assert read(all_orders()).as_of == MODIFIED
    named = read(all_orders(), "AllOrders_2026-11-18.txt")
    assert named.as_of == datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_files_of_two_marketplaces_are_not_taken_for_each_other() -> None:
    assert read(ebay_report([EBAY_JANE])).marketplace is Marketplace.EBAY
    for text in (all_orders(), unshipped(), new_orders()):
        assert read(text).marketplace is Marketplace.AMAZON


@given(st.binary(max_size=400))
def test_any_bytes_below_a_header_give_rows_and_problems_only(data: bytes) -> None:
    export = read(report([]).encode() + data)
    assert export.rows >= len(export.orders)


WHOLE = all_orders({}, {"amazon-order-id": "112-0000000-0000001"}).encode()


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8), st.integers(0, 40))
def test_a_spoilt_file_never_stops_the_reader(at: int, junk: bytes, skipped: int) -> None:
    try:
        export = read(WHOLE[:at] + junk + WHOLE[at + skipped :])
    except NotAnExportError:
        return
    assert export.rows >= len(export.orders)


@given(
    st.dictionaries(
        st.sampled_from([name for name in ALL if name != "amazon-order-id"]),
        st.text(st.characters(exclude_characters="\t\r\n"), max_size=30),
        max_size=12,
    )
)
def test_any_text_in_any_cell_gives_the_order_or_a_problem(cells: dict[str, str]) -> None:
    export = read(all_orders(cells).encode("utf-8", "replace"))
    assert export.orders or export.problems


# --------------------------------------------------------------------------- the shop


def test_the_shop_takes_the_file_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    seller = Seller(tmp_path)
    seller.configure()
    (tmp_path / "unshipped.txt").write_text(unshipped(), encoding="utf-8")
    for changed in (1, 0):
        (file,) = seller("orders", "import", "unshipped.txt", "--json").facts
        assert (file["orders"], file["changed"], file["problems"]) == (1, changed, [])
    shown = seller("orders", "show", NUMBER, "--json")
    assert "Jane Poole" in shown.out


def test_every_field_has_its_column() -> None:
    assert tuple(NAMES) == Cells._fields


def test_the_pack_says_the_same_as_the_reader() -> None:
    pack = packs()[Marketplace.AMAZON]
    assert pack.relay_domains == RELAY_DOMAINS
    assert [f"marketplace.{domain}" for domain in pack.own_domains] == list(RELAY_DOMAINS)
    assert (pack.reach, pack.links) == (Reach.REPLY, False)
