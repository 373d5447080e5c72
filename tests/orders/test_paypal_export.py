"""PayPal's activity download: payments, what became of them, and the orders that they pay for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paypal_samples import HEADER, JANE, MODIFIED, NAME, TXN, activity, jane, refund
from tactd.core.orders import is_open, known, state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Marketplace,
    Money,
    Order,
    OrderKey,
    OrderState,
    OtherNumber,
    PostalAddress,
)
from tactd.marketplaces import Export, NotAnExportError, recognise


def read(data: bytes, modified: datetime = MODIFIED, name: str = NAME) -> Export:
    return recognise(data, name, modified)


def only(*rows: dict[str, str]) -> Order:
    export = read(activity(rows))
    assert export.problems == ()
    (order,) = export.orders
    return order


def dollars(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


# --------------------------------------------------------------------------- the real form


def test_a_payment_tells_who_paid_what_when_and_where_the_goods_go() -> None:
    order = only(JANE)
    assert order.key == OrderKey(Marketplace.PAYPAL, TXN)
    assert order.endpoints == (Endpoint(EndpointKind.MAIL, "jane.poole@example.com"),)
    assert order.paid == datetime(2026, 11, 19, 16, 10, 42, tzinfo=UTC)
    assert (order.total, order.buyer_name) == (dollars("1068.90"), "Jane Poole")
    assert order.numbers == (OtherNumber("invoice", "c5501200344001.1"),)
    assert order.ship_to == order.payer
    assert order.ship_to == PostalAddress(
        "Jane Poole", "100 Main Street, Flat 2", "Albany", "NY", "12207", "US"
    )
    assert [(line.item, line.title, line.quantity) for line in order.lines] == [
        ("LAN-1", "Folding camping lantern", 2)
    ]
    assert order.note == "Please leave it with the porter"
    assert state(order) is OrderState.TO_SHIP


def test_whether_the_goods_have_gone_paypal_does_not_know() -> None:
    assert known(only(JANE), FactGroup.DISPATCH) is None
    entry = known(only(JANE), FactGroup.PAYMENT)
    assert entry is not None
    assert (entry.as_of, entry.source) == (MODIFIED, NAME)


def test_the_consignee_is_the_one_whom_the_shipping_address_names() -> None:
    other = jane(Shipping_Address="Otto Vogt, 100 Main Street, Flat 2, Albany, NY, 12207, US")
    order = only(other)
    assert order.payer is not None
    assert (order.ship_to.name, order.payer.name) == ("Otto Vogt", "Jane Poole")
    assert only(jane(Shipping_Address="somewhere else")).ship_to.name == ""
    assert only(jane(Shipping_Address="", Address_Line_1="")).ship_to.name == ""


def test_a_german_file_with_a_comma_before_the_cents_says_the_same() -> None:
    row = jane(
        Date="19.11.2026", Time="17:10:42", TimeZone="CET", Type="PayPal Express-Zahlung",
        Status="Abgeschlossen", Gross="1.068,90", Balance_Impact="Haben", Currency="EUR",
    )  # fmt: skip
    for separator in (",", ";"):
        (order,) = read(activity([row], german=True, separator=separator)).orders
        assert order.total == Money(Decimal("1068.90"), "EUR")
        assert order.paid == datetime(2026, 11, 19, 16, 10, 42, tzinfo=UTC)


def test_columns_that_the_seller_has_not_chosen_may_be_missing() -> None:
    few = [
        *("TimeZone", "Time", "Date", "Type", "Currency", "Gross"),
        *("From Email Address", "Transaction ID"),
    ]
    export = read(activity([JANE], header=few))
    (order,) = export.orders
    assert order.total == dollars("1068.90")
    assert order.paid == datetime(2026, 11, 19, 16, 10, 42, tzinfo=UTC)
    assert any("invoice number" in note for note in export.notes)


def test_a_cart_is_one_payment_and_its_goods_are_its_lines() -> None:
    cart = [
        jane(Item_Title="", Item_ID="", Quantity=""),
        jane(Type="Shopping Cart Item", Item_ID="LAN-1", Gross="1,028.90", Balance_Impact="Memo"),
        jane(
            Type="Shopping Cart Item", Item_ID="TENT-1", Item_Title="Small tent", Gross="40.00",
            Quantity="1", Balance_Impact="Memo",
        ),
    ]  # fmt: skip
    order = only(*cart)
    assert order.total == dollars("1068.90")
    assert [(line.item, line.price) for line in order.lines] == [
        ("LAN-1", dollars("1028.90")),
        ("TENT-1", dollars("40.00")),
    ]


@pytest.mark.parametrize(
    "cells",
    [
        {"Status": "Pending"},
        {"Status": "Denied"},
        {"Status": "Ausstehend"},
        {"Balance_Impact": "Memo"},
        {"Gross": "-12.00", "Balance_Impact": "Debit"},
        {"Type": "Account Hold for Open Authorization"},
        {"Type": "Payment Hold"},
        {"Type": "Payment Release"},
        {"Type": "Payment Review Hold"},
        {"Type": "General Withdrawal", "Gross": "-500.00"},
        {"Type": "General Currency Conversion", "From_Email_Address": ""},
        {"Type": "Allgemeine Währungsumrechnung"},
        {"Type": "Rückbuchung allgemeiner Einbehaltung"},
        {"Type": "Bank Deposit to PP Account"},
        {"Type": "Donation Payment"},
        {"Type": "Chargeback Fee", "Reference_Txn_ID": TXN},
        {"Type": "Payment Refund", "Gross": "12.00", "Reference_Txn_ID": TXN},
        {"Type": "Payment Refund", "Gross": "-12.00", "Reference_Txn_ID": "PP-R-ABC-1"},
        {"From_Email_Address": ""},
    ],
)
def test_what_is_no_sale_is_left_out_without_a_word(cells: dict[str, str]) -> None:
    other = jane(Transaction_ID="2XX00000AA000001B", **cells)
    export = read(activity([JANE, other]))
    assert [order.key.number for order in export.orders] == [TXN]
    assert (export.problems, export.rows) == ((), 2)


# --------------------------------------------------------------------------- what became of it


def test_a_refund_is_told_of_the_payment_that_it_gives_back() -> None:
    for rows in ([JANE, refund()], [refund(), JANE]):
        order = only(*rows)
        assert [one.amount for one in order.refunds] == [dollars("40.00")]
        assert state(order) is OrderState.TO_SHIP
    assert state(only(JANE, refund("-1,068.90"))) is OrderState.REFUNDED
    assert state(only(JANE, refund("-1068.90", Type="Payment Reversal"))) is OrderState.REFUNDED


def test_a_dispute_is_a_case_until_its_hold_is_cancelled() -> None:
    hold = refund(Type="Hold on Balance for Dispute Investigation")
    over = refund(
        Type="Cancellation of Hold for Dispute Resolution", Date="11/21/2026", Gross="40.00",
        Transaction_ID="3RF00000AA000001B", Balance_Impact="Credit",
    )  # fmt: skip
    (case,) = only(JANE, hold).cases
    assert (case.kind, case.number, is_open(case)) == ("claim", TXN, True)
    for rows in ([JANE, hold, over], [over, hold, JANE]):
        (case,) = only(*rows).cases
        assert not is_open(case)
        assert case.opened == datetime(2026, 11, 20, 16, 10, 42, tzinfo=UTC)


def test_a_chargeback_is_a_case_of_its_own() -> None:
    (case,) = only(JANE, refund(Type="Chargeback")).cases
    assert (case.kind, is_open(case)) == ("chargeback", True)


# --------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("date", "others", "expected"),
    [
        ("11/05/2026", [("11/19/2026", "EST")], 5),  # 19 is no month
        ("05/11/2026", [("19/11/2026", "PST")], 5),
        ("05/11/2026", [], 5),  # the other way round it would lie in the past summer: no doubt
        ("11/12/2026", [], 12),  # 11 December is still to come
        ("05/11/2026", [("06/11/2026", "CET"), ("07/11/2026", "CET")], 5),
        ("11/05/2026", [("11/06/2026", "PST"), ("11/07/2026", "PST")], 5),
        ("05/11/2026", [("04/11/2026", "GMT"), ("03/11/2026", "GMT")], 5),
    ],
)
def test_whether_day_or_month_comes_first_is_seen_in_the_file(
    date: str, others: list[tuple[str, str]], expected: int
) -> None:
    zone = others[0][1] if others else "GMT" if date == "05/11/2026" else "PST"
    rows = [
        jane(Date=text, TimeZone=where, Transaction_ID=f"{number}XX00000AA000001B")
        for number, (text, where) in enumerate([(date, zone), *others], start=1)
    ]
    export = read(activity(rows))
    first = next(o for o in export.orders if o.key.number.startswith("1"))
    assert first.paid is not None
    assert (first.paid.month, first.paid.day) == (11, expected)


def test_one_day_over_twelve_settles_the_whole_file() -> None:
    rows = [jane(Date="03/04/2026"), jane(Date="25/04/2026", Transaction_ID="9XX00000AA000001B")]
    export = read(activity(rows))
    assert [order.paid and order.paid.month for order in export.orders] == [4, 4]
    assert export.problems == ()


def test_dates_that_nothing_settles_are_told() -> None:
    export = read(activity([jane(Date="03/04/2026")]))
    (problem,) = export.problems
    assert str(problem) == "read as month/day, but nothing in the file shows it for certain"
    assert len(export.orders) == 1


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("PST", 16), ("PDT", 15), ("CET", 7), ("CEST", 6), ("GMT", 8), ("Europe/Berlin", 7),
        ("America/Los_Angeles", 16), ("GMT+08:00", 0), ("GMT-5", 13), ("JST", 23),
    ],
)  # fmt: skip
def test_a_time_is_that_of_its_zone(zone: str, hour: int) -> None:
    paid = only(jane(TimeZone=zone, Time="08:10:42")).paid
    assert paid is not None
    assert paid.hour == hour


def test_a_zone_that_is_not_known_is_told() -> None:
    for zone in ("XYZ", "../../etc/passwd", "Europe/Nowhere", "GMT+99"):
        export = read(activity([jane(TimeZone=zone)]))
        assert len(export.orders) == 1
        assert any("time zone" in note for note in export.notes)


def test_the_name_of_a_file_tells_when_it_was_written() -> None:
    name = "AB1CD2EF3GH4J-CSR-20261101000000-20261121235959-20261120084209.CSV"
    assert read(activity([JANE]), name=name).as_of == datetime(2026, 11, 20, 8, 42, 9, tzinfo=UTC)
    assert read(activity([JANE]), name="x-20269999999999.CSV").as_of == MODIFIED


# --------------------------------------------------------------------------- bad rows


def test_a_bad_date_or_sum_costs_its_payment_and_is_listed_with_its_line() -> None:
    rows = [JANE, jane(Date="yesterday", Transaction_ID="2XX00000AA000001B")]
    export = read(activity([*rows, jane(Gross="much", Transaction_ID="3XX00000AA000001B")]))
    assert [order.key.number for order in export.orders] == [TXN]
    assert [problem.line for problem in export.problems] == [3, 4]


def test_a_row_without_a_transaction_is_listed() -> None:
    export = read(activity([jane(Transaction_ID=""), jane(Transaction_ID="12345678901234567")]))
    assert (len(export.orders), len(export.problems)) == (0, 2)


def test_a_row_that_ends_early_is_listed() -> None:
    whole = activity([JANE, jane(Transaction_ID="2XX00000AA000001B")])
    export = read(whole[: whole.rindex(b"shop@example.org") - 3])
    assert [order.key.number for order in export.orders] == [TXN]
    assert [problem.line for problem in export.problems] == [3]


@pytest.mark.parametrize("email", ["jane", "a@b@c d", "a@example.com,b@example.com", "@"])
def test_what_is_no_mail_address_is_no_endpoint(email: str) -> None:
    export = read(activity([jane(From_Email_Address=email)]))
    assert all(order.endpoints == () for order in export.orders)


@pytest.mark.parametrize("text", ['{"order_id": 12}', "a", "no digit", "x" * 70 + "1"])
def test_what_is_no_number_is_no_invoice(text: str) -> None:
    assert only(jane(Invoice_Number=text)).numbers == ()


def test_a_list_of_something_else_is_no_activity() -> None:
    with pytest.raises(NotAnExportError):
        read(b"Date,Gross,Transaction ID\r\n1,2,3\r\n")


WHOLE = activity([JANE, refund(), jane(Transaction_ID="2XX00000AA000001B", Note="two\nlines")])


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_below_a_header_give_rows_and_problems_only(data: bytes) -> None:
    export = read(",".join(HEADER).encode() + b"\n" + data)
    assert len(export.orders) <= export.rows


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE)), st.binary(max_size=8), st.integers(0, 40))
def test_a_spoilt_file_never_stops_the_reader(at: int, junk: bytes, skipped: int) -> None:
    try:
        export = read(WHOLE[:at] + junk + WHOLE[at + skipped :])
    except NotAnExportError:
        return
    assert export.rows >= len(export.orders)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(HEADER), st.text(max_size=30), max_size=12))
def test_any_text_in_any_cell_stops_nothing(cells: dict[str, str]) -> None:
    export = read(activity([JANE | cells, jane(Transaction_ID="2XX00000AA000001B")]))
    assert "2XX00000AA000001B" in {order.key.number for order in export.orders}


@settings(max_examples=60)
@given(
    st.datetimes(datetime(2010, 1, 1), datetime(2026, 11, 20)).map(
        lambda at: at.replace(microsecond=0)
    ),
    st.booleans(),
    st.integers(2, 40),
)
def test_a_month_of_payments_is_dated_right_whichever_comes_first(
    start: datetime, day_first: bool, days: int
) -> None:
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"
    times = [start + timedelta(days=step) for step in range(days)]
    rows = [
        jane(
            Date=f"{at:{form}}", Time=f"{at:%H:%M:%S}", TimeZone="GMT" if day_first else "EST",
            Transaction_ID=f"{number:04}X0000AA000001B"[:17],
        )
        for number, at in enumerate(times)
    ]  # fmt: skip
    export = read(activity(rows), modified=times[-1].replace(tzinfo=UTC) + timedelta(days=1))
    shift = timedelta(0) if day_first else timedelta(hours=5)
    assert [order.paid for order in export.orders] == [
        at.replace(tzinfo=UTC) + shift for at in times
    ]
