"""A large file is read part by part: whatever the size of the parts, all together say what the file
says in one piece."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import reduce

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aliexpress_samples import as_csv, paulo
from amazon_samples import all_orders
from ebay_samples import jane, report
from etsy_samples import IRIS, changed, sold_orders
from paypal_samples import activity, refund
from paypal_samples import jane as payment
from shopify_samples import lena, shopify_export
from tactd.core.merge import merge
from tactd.core.types import Order, OrderKey
from tactd.marketplaces import Export, readers, recognise
from tactd.marketplaces.encodings import Encoding, decode
from tactd.marketplaces.halves import first_half, joined, second_half
from tactd.marketplaces.seen import Seen
from tactd.marketplaces.survey import parts, read_part, scattered, survey

MODIFIED = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)


def lines_of(text: str) -> list[str]:
    return io.StringIO(text, newline="").readlines()


def in_parts(data: bytes, name: str, rows: int, half: int = -1) -> list[Export]:
    """As flow/reading_apart.py reads it, with `rows` rows a part; looked at in halves where so
    many bytes are the first of them."""
    text, _ = decode(data)
    whole = recognise(data, name, MODIFIED).marketplace
    reader = next(one for one in readers() if one.name.lower() == whole)

    def lines() -> list[str]:
        return lines_of(text)

    sample = b"\xef\xbb\xbf" + text.encode()
    found = survey(reader, sample, lines, name, MODIFIED, rows)
    if half >= 0:
        one = first_half(reader, sample, lines(), half, rows)
        rest = text.encode()[half:].decode("utf-8", "replace")
        other = second_half(reader, sample, lines_of(rest), rows)
        both = joined(one, other, found.top, name, MODIFIED) if other else None
        if both is None:
            return []
        assert (both.whole, both.scattered) == (found.whole, found.scattered)
        found = both
    exports = [read_part(reader, part, name, found) for part in parts(found, lines())]
    for bucket in range(found.buckets):
        part = scattered(reader, sample, found, lines(), bucket)
        exports.append(read_part(reader, part, name, found, bucket))
    return exports


def said(exports: Sequence[Export]) -> tuple[dict[OrderKey, Order], set[object]]:
    book: dict[OrderKey, list[Order]] = {}
    for order in (order for export in exports for order in export.orders):
        book.setdefault(order.key, []).append(order)
    problems = {(one.line, one.reason) for export in exports for one in export.problems}
    return {key: reduce(merge, some) for key, some in book.items()}, problems


def ebay(picked: Sequence[int]) -> bytes:
    rows = []
    for at, one in enumerate(picked):
        number = f"12-00000-0000{one % 7}" if one < 28 else ""
        total = "$1.00" if at % 3 else "much"
        paid = "Nov-02-26" if one % 9 else "some day"
        rows.append(jane(Order_Number=number, Item_Number=str(one), Total_Price=total))
        rows[-1]["Paid On Date"] = paid
        rows[-1]["Buyer Note"] = "two\nlines" if one % 4 == 0 else ""
        if one == 29:
            rows[-1] = {}
    text = report(rows)
    return (text.replace('"30"', '"30') + text[text.index('"Seller ID') :]).encode()


def amazon(picked: Sequence[int]) -> bytes:
    changes = [
        {
            "amazon-order-id": f"{'S01' if one > 28 else '112'}-4410283-000000{one % 7}",
            "sku": str(one),
        }
        for one in picked
    ]
    return all_orders(*changes).encode()


def shopify(picked: Sequence[int]) -> bytes:
    rows = [
        lena(Name=f"#{1000 + one % 7}", Id=str(one % 7), Lineitem_name=f"Thing {one}")
        | ({} if one % 3 else {"Created at": "", "Total": ""})
        for one in picked
    ]
    return shopify_export(rows).encode()


def etsy(picked: Sequence[int]) -> bytes:
    rows = [
        changed(IRIS, Order_ID=str(3_000_000 + one % 7), Sale_Date=f"{one % 15 + 1:02d}/05/26")
        for one in picked
    ]
    return sold_orders(*rows).encode()


def paypal(picked: Sequence[int]) -> bytes:
    rows = []
    for one in picked:
        day = f"11/{one % 20 + 1:02d}/2026" if one % 2 else "11/09/2026"
        number = f"8DE43526FG17089{one % 7:02d}"
        made = payment(Transaction_ID=number, Date=day)
        back = refund(Transaction_ID=f"9DE43526FG17089{one:02d}", Reference_Txn_ID=number, Date=day)
        rows.append(made if one % 5 else back)
    return activity(rows)


def aliexpress(picked: Sequence[int]) -> bytes:
    rows = [
        paulo(订单号="" if one % 6 == 0 else f"811234567890123{one % 7}", 买家名称=f"b{one}")
        | ({"下单时间": "", "订单金额": ""} if one % 6 == 0 else {})
        for one in picked
    ]
    return as_csv(rows).encode()


@pytest.mark.parametrize("file_of", [ebay, amazon, shopify, etsy, paypal, aliexpress])
@given(picked=st.lists(st.integers(0, 31), min_size=1, max_size=25), rows=st.integers(1, 30))
@settings(max_examples=40)
def test_any_size_of_the_parts_gives_the_same_book(
    file_of: Callable[[Sequence[int]], bytes], picked: list[int], rows: int
) -> None:
    data, name = file_of(picked), "export 2026-11-20.csv"
    whole = recognise(data, name, MODIFIED)
    cut = in_parts(data, name, rows)
    assert said(cut) == said([whole])
    assert {one.as_of for one in cut} == {whole.as_of}
    assert sum(one.left_out for one in cut) == whole.left_out
    assert max(one.promised for one in cut) == whole.promised


@pytest.mark.parametrize("file_of", [ebay, amazon, shopify, etsy, paypal, aliexpress])
@given(
    picked=st.lists(st.integers(0, 31), min_size=2, max_size=25, unique=True),
    rows=st.integers(1, 30),
    half=st.floats(0, 1),
)
@settings(max_examples=25)
def test_halves_that_can_be_looked_at_by_themselves_tell_what_the_whole_tells(
    file_of: Callable[[Sequence[int]], bytes], picked: list[int], rows: int, half: float
) -> None:
    data, name = file_of(picked), "export 2026-11-20.csv"
    if cut := in_parts(data, name, rows, int(len(data) * half)):
        assert said(cut) == said([recognise(data, name, MODIFIED)])


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_two_halves_are_enough_for_a_plain_file(end: str) -> None:
    rows = [jane(Order_Number=f"12-00000-{number:05d}") for number in range(50)]
    data = report(rows).replace("\r\n", end).encode()
    (whole,) = (one.orders for one in in_parts(data, "e.csv", 50))
    line = data.index(end.encode(), data.index(b"12-00000-00025"))
    for half in (data.index(b"12-00000-00000"), *range(line - 2, line + 4)):
        cut = in_parts(data, "e.csv", 10, half)
        assert [order for one in cut for order in one.orders] == list(whole)


@pytest.mark.parametrize("numbers", [(1, 2, 3, 1), (1, 2, 2, 3, 4, 2)])
def test_an_order_with_rows_in_both_halves_is_found_by_looking_at_the_whole(
    numbers: Sequence[int],
) -> None:
    rows = [jane(Order_Number=f"12-00000-0000{one}") for one in numbers]
    data = report(rows).encode()
    assert not in_parts(data, "e.csv", 1, data.index(b"12-00000-00003"))


def test_an_order_whose_rows_the_middle_parts_is_one_all_the_same() -> None:
    rows = [
        jane(Order_Number=f"12-00000-0000{one}", Item_Number=f"{n}")
        for n, one in enumerate([1, 2, 3, 3, 4, 5])
    ]
    data = report(rows).encode()
    book, _ = said(in_parts(data, "e.csv", 1, data.index(b"12-00000-00003")))
    third = next(order for key, order in book.items() if key.number.endswith("3"))
    assert [line.item for line in third.lines] == ["2", "3"]


def test_a_large_file_is_really_cut() -> None:
    rows = [jane(Order_Number=f"12-00000-{number:05d}") for number in range(50)]
    assert [len(one.orders) for one in in_parts(report(rows).encode(), "e.csv", 10)] == [10] * 5


def test_orders_whose_rows_stand_apart_are_read_as_one() -> None:
    numbers = [1, 2, 3, 4, 1]
    rows = [
        jane(Order_Number=f"12-00000-0000{one}", Item_Number=f"{n}")
        for n, one in enumerate(numbers)
    ]
    book, _ = said(in_parts(report(rows).encode(), "e.csv", 1))
    first = next(order for key, order in book.items() if key.number.endswith("1"))
    assert [line.item for line in first.lines] == ["0", "4"]


@given(
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "gb18030", "cp1252"]),
    st.text("abcéü订单,", min_size=200, max_size=900),
    st.integers(1, 700),
    st.binary(max_size=2),
)
def test_the_encoding_is_found_piece_by_piece_as_in_one(
    encoding: str, text: str, size: int, junk: bytes
) -> None:
    data = text.encode(encoding, "replace") + junk
    finding = Encoding()
    for at in range(0, len(data), size):
        finding.feed(data[at : at + size])
    assert finding.found()[0] == decode(data)[1]


def test_no_new_number_is_taken_for_an_old_one_and_none_is_forgotten() -> None:
    seen = Seen(bits=4)
    numbers = [f"12-{one:05d}-00000" for one in range(5000)]
    assert not any(seen.before(number) for number in numbers)
    assert all(seen.before(number) for number in numbers)
