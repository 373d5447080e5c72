"""Two shops of one seller count their orders from the same number: neither buyer is taken for the
other, in whatever order the files come."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cli.seller import Seller
from shopify_samples import LENA, shopify_export
from tactd.adapters.store import open_store, orders
from tactd.core.types import Marketplace, Money, Order, OrderKey

HERE = {**LENA, "Id": "4821990011", "Email": "lena.berg@example.com"}
THERE = {**LENA, "Id": "7716203344", "Email": "otto@example.org", "Shipping Name": "Otto Kern"}


def held(root: Path) -> Order:
    store = open_store(f"sqlite:///{root / 'tactd.db'}")
    with store.read() as conn:
        found = orders.get(conn, OrderKey(Marketplace.SHOPIFY, "#1044"))
    store.close()
    assert found is not None
    return found


def test_an_order_of_the_same_name_from_another_shop_is_left_out_and_told_of(
    tmp_path: Path,
) -> None:
    seller = Seller(tmp_path)
    seller.configure()
    for name, row in (("first.csv", HERE), ("second.csv", THERE)):
        (tmp_path / name).write_text(shopify_export([row]), encoding="utf-8")
    assert seller("orders", "import", "first.csv").code == 0
    second = seller("orders", "import", "second.csv")
    assert "#1044" in second.out + second.err
    assert "another order of that name" in second.out + second.err
    assert [one.value for one in held(tmp_path).endpoints] == ["lena.berg@example.com"]


def test_what_a_later_export_says_was_paid_back_is_not_added_to_the_earlier_sum(
    tmp_path: Path,
) -> None:
    seller = Seller(tmp_path)
    seller.configure()
    for name, amount in (("first.csv", "30.00"), ("second.csv", "40.00")):
        path = tmp_path / name
        row = {**HERE, "Refunded Amount": amount, "Financial Status": "partially_refunded"}
        path.write_text(shopify_export([row]), encoding="utf-8")
        assert seller("orders", "import", name).code == 0
    assert [one.amount for one in held(tmp_path).refunds] == [Money(Decimal("40.00"), "EUR")]
