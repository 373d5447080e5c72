"""Files that are no exports, or were made to do harm."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ebay_samples import JANE, MODIFIED, NAME, US, jane, report
from tactd.marketplaces import Export, NotAnExportError, recognise, tables
from tactd.marketplaces.records import RECORD_LINES
from tactd.marketplaces.tables import PROBED


def read(data: bytes) -> Export:
    return recognise(data, NAME, MODIFIED)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no header"),
        (b"\r\n \r\n", "empty"),
        (b"\x00" * 1000, "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF"),
        (b"PK\x03\x04\x14\x00", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"<!DOCTYPE html><title>Sign in</title>", "web page"),
        (b"  <html>", "web page"),
        (b"<html><body><TABLE border=1><tr><td>Order</td></tr></table>", "save it as .xlsx"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "save it as .xlsx",
        ),
        (b'{"error": "no"}', "JSON"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 100, "no header"),
        (b"just a letter to my shop", "no header"),
        (b"Order Number,Name\r\n1,2\r\n", "no header"),
        (b"Order ID,Buyer,Item Name\r\n1,2,3\r\n", "no header"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_its_kind(data: bytes, said: str) -> None:
    with pytest.raises(NotAnExportError, match=said) as refused:
        read(data)
    assert NAME in str(refused.value)


def test_a_header_too_far_down_is_no_header() -> None:
    with pytest.raises(NotAnExportError):
        read(b"x\r\n" * 100 + report([JANE]).encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
@pytest.mark.parametrize("above", ["", "x\r\n" * 30, "y" * 300_000 + "\r\n"])
def test_a_large_file_is_known_by_its_top_wherever_in_it_the_header_stands(
    encoding: str, above: str
) -> None:
    rows = [jane(Order_Number=f"12-34567-{n:05d}", Buyer_Name="Jörg") for n in range(3000)]
    text = report(rows, footer="")
    assert len(text) > 2 * PROBED
    assert len(read((above + text).encode(encoding)).orders) == 3000


def test_a_large_file_of_another_kind_is_refused_without_being_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = []
    whole = tables.decode
    monkeypatch.setattr(tables, "decode", lambda data: (sizes.append(len(data)), whole(data))[1])
    with pytest.raises(NotAnExportError, match="no header"):
        read(b"just,a,letter\r\n" * 200_000)
    assert max(sizes) <= PROBED


def test_a_single_line_of_a_megabyte_is_refused() -> None:
    with pytest.raises(NotAnExportError):
        read(b"a" * 1_000_000)


def test_a_cell_of_a_megabyte_costs_its_own_row() -> None:
    rows = [jane(Buyer_Note="x" * 1_000_000), jane(Order_Number="12-00000-00001")]
    export = read(report(rows).encode())
    assert [order.key.number for order in export.orders] == ["12-00000-00001"]
    assert [problem.line for problem in export.problems] == [4]


def test_a_thousand_quotes_that_never_close_are_read_in_linear_time() -> None:
    line = '"1841,"12-34567' + "," * (len(US) - 3) + '"\r\n'
    data = report([JANE], footer="").encode() + (line * 20_000).encode()
    started = time.perf_counter()
    export = read(data)
    assert time.perf_counter() - started < 20  # a quadratic reader takes hours
    assert [order.key.number for order in export.orders] == ["12-34567-89012"]


def test_a_note_of_many_lines_is_no_open_quote() -> None:
    note = "\n".join("line" for _ in range(RECORD_LINES - 5))
    assert read(report([jane(Buyer_Note=note)]).encode()).orders[0].note == note


def test_only_a_header_is_an_export_of_nothing() -> None:
    export = read(report([], footer="").encode())
    assert (export.orders, export.problems, export.rows) == ((), (), 0)


WHOLE = report([JANE, jane(Order_Number="12-00000-00001", Buyer_Note="zwei\nZeilen")]).encode()


@given(st.binary(max_size=600))
def test_any_bytes_are_an_export_or_refused(data: bytes) -> None:
    try:
        read(data)
    except NotAnExportError:
        return


@given(st.binary(max_size=400))
def test_any_bytes_below_a_header_give_rows_and_problems_only(data: bytes) -> None:
    header = WHOLE[: WHOLE.index(b'"1841"')]
    export = read(header + data)
    assert export.as_of <= MODIFIED


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8), st.integers(0, 40))
def test_a_spoilt_export_never_stops_the_reader(at: int, junk: bytes, skipped: int) -> None:
    try:
        export = read(WHOLE[:at] + junk + WHOLE[at + skipped :])
    except NotAnExportError:
        return
    assert export.rows >= len(export.orders)


@given(
    st.dictionaries(
        st.sampled_from([name for name in US if name != "Order Number"]),
        st.text(max_size=30),
        max_size=12,
    )
)
def test_any_text_in_any_cell_gives_the_order_or_a_problem(cells: dict[str, str]) -> None:
    export = read(report([JANE | cells]).encode("utf-8", "replace"))
    assert export.orders or export.problems
