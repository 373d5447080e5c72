"""Workbooks: read like the same rows in a CSV file, and harmless whatever is in them."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ebay_samples import JANE, MODIFIED, NAME, jane, report
from etsy_samples import CUP, MAT, sold_items
from shopify_samples import LENA, TENT, shopify_export
from tactd.adapters.apart import ApartError, BrokenOffError, apart
from tactd.flow.read_export import read_export
from tactd.marketplaces import NotAnExportError, recognise
from tactd.marketplaces.export import Export
from tactd.marketplaces.workbook import cell_text, is_workbook, packed, sheets
from workbook_samples import compound, package, sheet_xml, xls, xlsx

CORNERS = (
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
)


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def read(data: bytes) -> Export:
    return read_export(data, NAME, MODIFIED)


def texts(data: bytes) -> list[list[str]]:
    (rows,) = sheets(packed(data))
    return list(rows)


@pytest.mark.parametrize("make", [xls, xlsx])
@pytest.mark.parametrize(
    "text",
    [
        report([JANE, jane(Order_Number="12-00000-00001", Sales_Record_Number="1842")]),
        shopify_export([LENA, TENT]),
        sold_items(CUP, MAT),
    ],
    ids=["eBay", "Shopify", "Etsy"],
)
def test_a_report_that_was_saved_as_a_workbook_says_the_same(make: object, text: str) -> None:
    data = make(rows_of(text))  # type: ignore[operator]
    plain = read_export(text.encode(), NAME, MODIFIED)
    assert read(data).orders == plain.orders
    assert plain.orders


@pytest.mark.parametrize("name", ["orders.csv", "orders.xls", "orders.xlsx", "orders", "a.txt"])
def test_what_a_file_is_stands_in_its_bytes_and_not_in_its_name(name: str) -> None:
    text = shopify_export([LENA, TENT])
    for data in (text.encode(), xlsx(rows_of(text)), xls(rows_of(text))):
        assert read_export(data, name, MODIFIED).orders


def test_the_sheet_with_the_header_is_found() -> None:
    data = xlsx([["Read me"]], [], rows_of(shopify_export([LENA, TENT])))
    assert read(data).orders


def test_a_problem_names_the_row_that_the_spreadsheet_shows() -> None:
    rows = rows_of(report([jane(Order_Number="12-00000-00001", Buyer_Note="a\nb"), JANE]))
    at = next(n for n, row in enumerate(rows) if "12-34567-89012" in row)
    rows[at][rows[1].index("Paid On Date")] = "soon"
    for data in (xlsx(rows), xls(rows)):
        assert [problem.line for problem in read(data).problems] == [at + 1]


def test_a_formula_is_text_and_stays_text() -> None:
    note = '=cmd|"/c calc"!A1'
    rows = rows_of(report([jane(Buyer_Note=note, Buyer_Name="@SUM(1+1)")]))
    for data in (report([jane(Buyer_Note=note)]).encode(), xlsx(rows), xls(rows)):
        (order,) = read(data).orders
        assert order.note == note


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (395012345671.0, "395012345671"),
        (12, "12"),
        (1.5, "1.5"),
        (12.345, "12.3450"),  # not twelve thousand
        (-0.25, "-0.25"),
        (1e-7, "0.0000001"),
        (123456789012345.0, "123456789012345"),
        (8211234567890123.0, "8.21123456789012E+15"),  # the last digit is lost: nobody's number
        (float("nan"), ""),
        (float("inf"), "INF"),
        (True, "TRUE"),
        (datetime(2026, 11, 2), "2026-11-02"),
        (datetime(2026, 11, 2, 9, 15), "2026-11-02 09:15:00"),
        (date(2026, 11, 2), "2026-11-02"),
        (time(9, 15), "09:15:00"),
        ("two\nlines", "two\nlines"),
        ("hid\u200bden\x1f\x1e\x1d", "hidden"),
    ],
)
def test_a_cell_becomes_the_text_that_readers_of_csv_understand(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_rows_come_out_as_they_went_in() -> None:
    rows = [["订单号", "a\nb", "ü"], ["1", "", "x"], ["", "2", ""]]
    for data in (xls(rows), xlsx(rows)):
        assert texts(data) == rows


# --------------------------------------------------------------------------- hostile ones


def bomb(unpacked: int) -> bytes:
    return package([sheet_xml([["x"]])], {"xl/media/image1.bin": b"\0" * unpacked})


def truthless(data: bytes, told: int) -> bytes:
    """The package, with all sizes in its directory said to be `told`."""
    raw, at = bytearray(data), 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        raw[at + 24 : at + 28] = struct.pack("<I", told)
        at += 4
    return bytes(raw)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tactd.marketplaces.workbook.MOST_UNPACKED", 1_000_000)
    data = bomb(2_000_000)
    assert len(data) < 10_000
    with pytest.raises(NotAnExportError, match="unpack"):
        packed(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (package([CORNERS]), "cannot be opened"),  # 550 GB of empty cells
        (package(['<row r="1"><c r="A99999999999"><v>1</v></c></row>']), "no export is that large"),
        (
            truthless(package([sheet_xml([["x"]] * 20_000)]), 10),
            "damaged|cannot be opened|no header",
        ),
        (xlsx([["Order Number"]])[:-30], "not whole yet"),
        (xlsx([["Order Number"]] * 500)[:600], "not whole yet"),
        (xls([["Order Number"]])[:1000], "damaged|cannot be opened"),
        (b"PK\x03\x04", "not whole yet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged|cannot be opened"),
        (compound("EncryptedPackage", b"\1" * 5000), "password"),
        (xls([["Order Number"]], protected=True), "password"),
        (compound("WordDocument", b"\1" * 5000), "damaged|cannot be opened"),
        (xlsx([["Order Number", "Name"], ["1", "2"]]), "no header"),
        (xlsx([]), "no header"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else value,
)
def test_a_workbook_that_is_none_is_refused_and_nothing_else_happens(
    data: bytes, said: str
) -> None:
    with pytest.raises(NotAnExportError, match=said) as refused:
        read(data)
    assert NAME in str(refused.value)


def test_another_zip_archive_is_called_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("orders.csv", report([JANE]))
    with pytest.raises(NotAnExportError, match="unpack it"):
        read(out.getvalue())


def test_a_workbook_is_never_opened_in_this_process_by_chance() -> None:
    for data in (xls([["a"]]), xlsx([["a"]])):
        assert is_workbook(data)
        with pytest.raises(NotAnExportError, match="Excel"):
            recognise(data, NAME, MODIFIED)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 6000), st.binary(min_size=1, max_size=40), st.sampled_from([xls, xlsx]))
def test_a_spoilt_workbook_is_an_export_or_refused(at: int, junk: bytes, make: object) -> None:
    data = make(rows_of(shopify_export([LENA, TENT])))  # type: ignore[operator]
    at %= len(data)
    try:
        assert isinstance(read(data[:at] + junk + data[at + len(junk) :]), Export)
    except NotAnExportError as refused:
        assert str(refused)


@given(st.lists(st.lists(st.text(max_size=8), min_size=1, max_size=4), max_size=5))
def test_any_bytes_behind_the_mark_are_rows(rows: list[list[str]]) -> None:
    text = "".join("\x1d" + "\x1e".join(["s", *map("\x1f".join, rows)]))
    data = text.encode("utf-8", "replace")
    assert all(isinstance(cell, str) for sheet in sheets(data) for row in sheet for cell in row)
    with pytest.raises(NotAnExportError):
        recognise(data, NAME, MODIFIED)


# --------------------------------------------------------------------------- apart


def test_work_apart_gives_what_it_gives_here() -> None:
    rows = [["a", "b"]] * 2000
    assert apart(packed, xlsx(rows)) == packed(xlsx(rows))


def test_what_work_apart_refuses_is_said_here_in_its_own_words() -> None:
    with pytest.raises(ApartError, match="password"):
        apart(packed, compound("EncryptedPackage", b"\1" * 5000))


def test_work_apart_ends_where_its_memory_ends() -> None:
    data = package([sheet_xml([["x" * 20_000]]) * 10_000])
    with pytest.raises(BrokenOffError):
        apart(packed, data, memory=120 * 1024 * 1024)


def test_work_apart_ends_when_its_time_is_over() -> None:
    data = package([("<row>" + "<c><v>1.5</v></c>" * 60 + "</row>") * 100_000])
    with pytest.raises(BrokenOffError):
        apart(packed, data, seconds=1)


def test_a_million_lines_too_many_are_refused_before_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tactd.marketplaces.tables.MOST_LINES", 1000)
    text = report([JANE] * 1001)
    with pytest.raises(NotAnExportError, match="lines"):
        recognise(text.encode(), NAME, datetime(2026, 11, 20, tzinfo=UTC))
