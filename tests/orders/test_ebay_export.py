"""eBay's order files, as they really are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from ebay_samples import JANE, MODIFIED, NAME, US, jane, report, sample
from tactd.core.merge import merge
from tactd.core.orders import known, state
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Money,
    Order,
    OrderState,
    OtherNumber,
    ParcelState,
    PostalAddress,
    Rating,
    Traced,
)
from tactd.marketplaces import Export, NotAnExportError, recognise


def day(year: int, month: int, day_of_month: int) -> datetime:
    return datetime(year, month, day_of_month, 12, tzinfo=UTC)


def read(text: str | bytes, name: str = NAME, modified: datetime = MODIFIED) -> Export:
    return recognise(text.encode() if isinstance(text, str) else text, name, modified)


def only(text: str | bytes) -> Order:
    (order,) = read(text).orders
    return order


def by_number(export: Export) -> dict[str, Order]:
    return {order.key.number: order for order in export.orders}


# --------------------------------------------------------------------------- the real forms


def test_the_us_report_gives_its_orders_and_names_the_unpaid_row() -> None:
    export = read(sample("orders-us.csv"))
    assert list(by_number(export)) == ["12-34567-89012", "13-11111-22222", "14-22222-33333"]
    assert [str(problem) for problem in export.problems] == [
        "line 9: no order number (sales record 1844): not paid yet?"
    ]
    assert export.rows == 6


def test_a_plain_order_has_all_that_a_reply_may_need() -> None:
    order = by_number(read(sample("orders-us.csv")))["12-34567-89012"]
    assert order.buyer_name == "Jane Poole"
    assert order.total == Money(Decimal("24.99"), "USD")
    assert (order.placed, order.paid) == (day(2026, 11, 1), day(2026, 11, 2))
    assert order.ship_by == day(2026, 11, 5)
    assert (order.estimate.earliest, order.estimate.latest) == (day(2026, 11, 16), day(2026, 12, 4))
    assert (order.ship_to.city, order.ship_to.country) == ("Portland", "US")
    (line,) = order.lines
    assert (line.item, line.quantity, line.sku) == ("395012345671", 2, "LAN-01")
    (parcel,) = order.parcels
    assert parcel.numbers == ("LK473124829CN",)
    assert (parcel.carrier, parcel.service) == ("China Post", "ePacket")
    assert parcel.shipped_at == day(2026, 11, 4)
    assert parcel.state is ParcelState.UNKNOWN
    assert state(order) is OrderState.SHIPPED


def test_relay_mail_and_user_name_are_endpoints_in_lower_case() -> None:
    assert only(report([JANE])).endpoints == (
        Endpoint(EndpointKind.RELAY, "0123456789abcdef0123@members.ebay.com"),
        Endpoint(EndpointKind.EBAY, "tidepool_ann"),
    )
    (mail, _) = only(report([jane(Buyer_Email="Jane@Example.com")])).endpoints
    assert mail == Endpoint(EndpointKind.MAIL, "jane@example.com")


@pytest.mark.parametrize("email", ["x@members-ebay.com", "x@members.ebay.com.example.net"])
def test_a_look_alike_of_the_relay_domain_is_no_relay(email: str) -> None:
    kinds = {endpoint.kind for endpoint in only(report([jane(Buyer_Email=email)])).endpoints}
    assert EndpointKind.RELAY not in kinds


def test_the_money_of_an_order_of_several_items_counts_once() -> None:
    order = by_number(read(sample("orders-us.csv")))["13-11111-22222"]
    assert order.total == Money(Decimal("1433.66"), "USD")
    assert [line.item for line in order.lines] == ["395012345672", "395012345673"]
    assert order.lines[1].variation == "[Colour:Red]"
    assert order.ship_to.country == "IT"


def test_each_tracking_number_is_a_parcel_that_knows_its_items() -> None:
    order = by_number(read(sample("orders-us.csv")))["13-11111-22222"]
    assert [(p.numbers, p.lines) for p in order.parcels] == [
        (("RR473124829CN",), ("395012345672",)),
        (("YT2012345678901234",), ("395012345673",)),
    ]


def test_a_blank_rating_of_a_newer_report_takes_none_away_and_a_removed_one_does() -> None:
    def reported(rating: str, days: int) -> Order:
        later = MODIFIED + timedelta(days=days)
        text = report([{**JANE, "Feedback Received": rating}], footer="")
        [order] = recognise(text.encode(), "r.csv", later).orders
        return order

    rated = reported("Negative", 0)
    kept = merge(rated, reported("", 1)).feedback
    assert kept is not None
    assert kept.rating is Rating.NEGATIVE
    gone = merge(rated, reported("Removed", 1)).feedback
    assert gone is not None
    assert gone.rating is Rating.REMOVED


def test_of_several_ratings_the_worst_is_kept() -> None:
    order = by_number(read(sample("orders-us.csv")))["13-11111-22222"]
    assert order.feedback is not None
    assert order.feedback.rating is Rating.NEUTRAL


def test_items_without_a_summary_row_are_added_up() -> None:
    second = jane(Item_Number="395012345699", Total_Price="$5.01", Tracking_Number="")
    assert only(report([JANE, second])).total == Money(Decimal("30.00"), "USD")


def test_the_code_in_australian_address_lines_is_no_address() -> None:
    order = by_number(read(sample("orders-us.csv")))["14-22222-33333"]
    assert order.ship_to.street == "5 Wattle St"
    assert order.total == Money(Decimal("18.50"), "AUD")
    assert state(order) is OrderState.TO_SHIP


def test_the_uk_form_is_read_with_the_day_first() -> None:
    export = read(sample("orders-uk.csv"), "ebay-orders.csv")
    (order,) = export.orders
    assert order.paid == day(2026, 11, 3)
    assert order.total == Money(Decimal("14.29"), "GBP")
    assert (order.ship_to.region, order.ship_to.zip) == ("North Yorkshire", "YO1 7AA")
    assert order.feedback is not None
    assert order.feedback.rating is Rating.NEGATIVE
    assert [problem.line for problem in export.problems] == [5]


def test_the_german_form_with_semicolons_commas_and_cp1252() -> None:
    export = read(sample("orders-de.csv"), "bestellungen.csv")
    (order,) = export.orders
    assert order.buyer_name == "Jörg Müller"
    assert order.total == Money(Decimal("1116.99"), "EUR")
    assert order.paid == day(2025, 12, 10)
    assert order.ship_to.country == "DE"
    assert order.parcels[0].carrier == "DHL"
    assert "read as cp1252" in export.notes
    assert export.problems == ()


def test_the_older_file_exchange_form() -> None:
    order = only(sample("file-exchange-us.csv"))
    assert order.key.number == "110093125309-2712345678901"
    assert order.ship_to.city == "Austin"
    assert OtherNumber("paypal", "8DE43526FG170894H") in order.numbers


# The German download of File Exchange; a third of its columns is of no use here.
FILE_EXCHANGE_DE = (  # noqa: SIM905 (forty quotation marks more would not read better)
    "Verkaufsprotokollnummer|Mitgliedsname|Vollständiger Name des Käufers|E-Mail des Käufers"
    "|Käuferadresse 1|Käuferadresse 2|Ort des Käufers|Staat des Käufers|Postleitzahl des Käufers"
    "|Land des Käufers|Bestellnummer|Artikelnummer|Transaktions-ID|Artikelbezeichnung|Stückzahl"
    "|Verkaufspreis|Inklusive Mehrwertsteuersatz|Verpackung und Versand|Versicherung|Gesamtpreis"
    "|Zahlungsmethode|PayPal Transaktions-ID|Rechnungsnummer|Verkaufsdatum|Kaufabwicklungsdatum"
    "|Bezahldatum|Versanddatum|Versandservice|Erhaltene Bewertungen|Bestandseinheit"
    "|Variantendetails|Sendungsnummer|eBay Plus|Nebenkosten"
).split("|")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_german_form_of_file_exchange(encoding: str) -> None:
    row = {
        "Verkaufsprotokollnummer": "12",
        "Mitgliedsname": "wald_und_wiese",
        "Vollständiger Name des Käufers": "Jörg Müller",
        "E-Mail des Käufers": "joerg@example.com",
        "Käuferadresse 1": "Lindenstraße 4",
        "Ort des Käufers": "Köln",
        "Postleitzahl des Käufers": "50667",
        "Land des Käufers": "Deutschland",
        "Bestellnummer": "110093125309-2712345678901",
        "Artikelnummer": "110093125309",
        "Transaktions-ID": "2712345678901",
        "Artikelbezeichnung": "Schlafsack",
        "Stückzahl": "2",
        "Verkaufspreis": "EUR 9,99",
        "Gesamtpreis": "EUR 1.024,98",
        "PayPal Transaktions-ID": "8DE43526FG170894H",
        "Verkaufsdatum": "03.04.2018",
        "Bezahldatum": "04.04.18",
        "Versanddatum": "05/04/2018",
        "Sendungsnummer": "RB123456785CN",
    }
    text = report([row], header=FILE_EXCHANGE_DE, separator=";", footer="")
    order = only(text.encode(encoding))
    assert order.total == Money(Decimal("1024.98"), "EUR")
    assert (order.placed, order.paid) == (day(2018, 4, 3), day(2018, 4, 4))
    assert order.parcels[0].shipped_at == day(2018, 4, 5)
    assert order.ship_to == PostalAddress(
        "Jörg Müller", "Lindenstraße 4", "Köln", "", "50667", "DE"
    )
    assert OtherNumber("transaction", "2712345678901") in order.numbers


def test_the_british_form_of_file_exchange_has_no_name_beside_its_address() -> None:
    names = {
        "Ship To Address 1": "Post To Address 1",
        "Ship To City": "Post To City",
        "Ship To State": "Post To State",
        "Ship To Zip": "Post To Postal Code",
        "Ship To Country": "Post To Country",
        "Shipped On Date": "Posted on Date",
        "Buyer Username": "User Id",
        "Buyer Name": "Buyer Fullname",
        "Order Number": "Order ID",
        "Item Number": "Item ID",
    }
    row = {names.get(name, name): text for name, text in jane(Shipped_On_Date="04/11/2026").items()}
    del row["Ship To Name"]
    order = only(report([row], header=list(row), footer=""))
    assert (order.ship_to.name, order.ship_to.zip) == ("Jane Poole", "04101")
    assert order.parcels[0].shipped_at == day(2026, 11, 4)


def test_an_old_order_of_one_item_is_known_by_its_item_and_transaction() -> None:
    text = sample("file-exchange-us.csv").decode()
    unnumbered = text.replace('"110093125309-2712345678901"', '""')
    assert only(unnumbered).key.number == "110093125309-2712345678901"
    unpaid = read(unnumbered.replace('"Mar-02-18"', '""'))
    assert unpaid.orders == ()
    assert "no order number" in unpaid.problems[0].reason


@pytest.mark.parametrize(
    "header",
    [
        "Transaction creation date,Type,Order number,Buyer username,Item ID,Net amount",
        "Datum der Transaktionserstellung;Typ;Bestellnummer;Nutzername des Käufers;Artikelnummer",
    ],
)
def test_a_report_of_transactions_is_not_one_of_orders(header: str) -> None:
    with pytest.raises(NotAnExportError):
        read(f"{header}\r\n1,2,12-34567-89012,x,395012345671,3\r\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_spreadsheets_write_is_read(encoding: str) -> None:
    order = only(report([jane(Buyer_Name="Zoë Šťastná 李雷")]).encode(encoding))
    assert order.buyer_name == "Zoë Šťastná 李雷"


def test_a_file_that_a_chinese_spreadsheet_saved_is_read() -> None:
    rows = [jane(Buyer_Name="李雷", Buyer_Note="请尽快发货，谢谢", Item_Title="折叠露营灯 户外")]
    assert only(report(rows).encode("gb18030")).buyer_name == "李雷"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator: str) -> None:
    assert only(report([JANE], separator=separator)).buyer_name == "Jane Poole"


def test_a_sep_line_is_obeyed() -> None:
    assert only("sep=|\r\n" + report([JANE], separator="|")).buyer_name == "Jane Poole"


def test_columns_are_found_by_name_and_never_by_place() -> None:
    shuffled = [*reversed(US), "A New Column"]
    assert only(report([JANE], header=shuffled)) == only(report([JANE]))


def test_a_missing_column_that_matters_is_named() -> None:
    header = [name for name in US if name != "Tracking Number"]
    row = {name: value for name, value in JANE.items() if name != "Tracking Number"}
    assert "no column found for: tracking number" in read(report([row], header=header)).notes


# --------------------------------------------------------------------------- how old the facts are


def test_facts_are_never_newer_than_the_file() -> None:
    modified = datetime(2026, 11, 19, 8, tzinfo=UTC)
    export = read(report([JANE]), modified=modified)
    assert export.as_of == modified


def test_facts_are_never_newer_than_the_range_in_the_footer() -> None:
    export = read(report([JANE]), "orders.csv", MODIFIED + timedelta(days=30))
    assert export.as_of == day(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "as_of"),
    [
        ("eBay-OrdersReport-Nov-12-2026.csv", day(2026, 11, 12)),
        (
            "eBay-OrdersReport-Nov-12-2026-03_14_15-0700-12.csv",
            datetime(2026, 11, 12, 10, 14, 15, tzinfo=UTC),
        ),
        ("orders 2026-11-01 to 2026-11-13.csv", day(2026, 11, 13)),
    ],
)
def test_facts_are_never_newer_than_the_day_in_the_name(name: str, as_of: datetime) -> None:
    assert read(report([JANE], footer=""), name, MODIFIED + timedelta(days=30)).as_of == as_of


def test_an_export_knows_payment_and_dispatch_and_nothing_of_tracking() -> None:
    order = only(report([JANE]))
    payment = known(order, FactGroup.PAYMENT)
    assert payment is not None
    assert (payment.as_of, payment.source) == (day(2026, 11, 20), NAME)
    assert known(order, FactGroup.DISPATCH) is not None
    assert known(order, FactGroup.TRACKING) is None


# --------------------------------------------------------------------------- bad rows


def test_an_unreadable_date_costs_its_order_and_no_other() -> None:
    export = read(report([jane(Shipped_On_Date="soon"), jane(Order_Number="12-00000-00001")]))
    assert list(by_number(export)) == ["12-00000-00001"]
    assert [str(p) for p in export.problems] == ["line 4: the date 'soon' (shipped) cannot be read"]


def test_an_order_with_one_bad_row_is_left_out_whole() -> None:
    bad = jane(Item_Number="395012345699", Paid_On_Date="32-32-32")
    assert read(report([JANE, bad])).orders == ()


def test_unreadable_money_is_reported_and_left_blank() -> None:
    export = read(report([jane(Total_Price="24.99")]))
    assert export.orders[0].total is None
    assert [problem.line for problem in export.problems] == [4]


@pytest.mark.parametrize("number", ["9.40011E+21", "9,40011E+21", "9,4e+21"])
def test_a_tracking_number_that_a_spreadsheet_shortened_is_reported_and_not_used(
    number: str,
) -> None:
    export = read(report([jane(Tracking_Number=number)]))
    assert export.orders[0].parcels[0].numbers == ()
    assert export.orders[0].parcels[0].traced is Traced.NONE
    assert "shortened" in export.problems[0].reason


def test_formulas_stay_text() -> None:
    order = only(report([jane(Buyer_Name="=HYPERLINK(1)", Tracking_Number='="0034043416"')]))
    assert order.buyer_name == "=HYPERLINK(1)"
    assert order.parcels[0].numbers == ("0034043416",)


def test_control_and_bidirectional_characters_are_dropped() -> None:
    assert only(report([jane(Buyer_Name="Ja\x00ne \u202ePoole\x1b")])).buyer_name == "Jane Poole"


def test_a_number_without_a_date_is_announced_and_not_shipped() -> None:
    order = only(report([jane(Shipped_On_Date="")]))
    assert order.parcels[0].state is ParcelState.ANNOUNCED
    assert state(order) is OrderState.TO_SHIP


def test_a_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    lines = report([JANE, jane(Order_Number="12-00000-00002"), jane(Order_Number="12-00000-00003")])
    broken = lines.replace('"1841","12-00000-00002"', '"1841,12-00000-00002', 1)
    export = read(broken)
    assert "12-34567-89012" in by_number(export)
    assert "12-00000-00003" in by_number(export)
    assert [problem.line for problem in export.problems] == [5]


def test_a_file_cut_short_keeps_what_is_whole_and_says_so() -> None:
    whole = report([JANE, jane(Order_Number="12-00000-00002")], footer="")
    export = read(whole[: whole.index("12-00000-00002") + 40])
    assert list(by_number(export)) == ["12-34567-89012"]
    assert [problem.line for problem in export.problems] == [5]


def test_fewer_records_than_the_footer_promises_are_noted() -> None:
    footer = '\r\n9,"record(s) downloaded, from Nov-01-26 to Nov-20-26"\r\n'
    notes = read(report([JANE], footer=footer)).notes
    assert "the file says it holds 9 sales records, but there are 1" in notes


def test_line_breaks_in_a_note_do_not_shift_the_lines() -> None:
    noted = jane(Buyer_Note="please\nring\ntwice", Order_Number="12-00000-00001")
    export = read(report([noted, jane(Order_Number="")]))
    assert export.orders[0].note == "please\nring\ntwice"
    assert [problem.line for problem in export.problems] == [7]


def test_progress_is_told() -> None:
    heard: list[int] = []
    rows = [jane(Order_Number=f"12-00000-{number:05d}") for number in range(2500)]
    recognise(report(rows).encode(), NAME, MODIFIED, heard.append)
    assert heard == [1000, 2000]
