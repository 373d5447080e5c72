"""`tactd orders import` takes the exports of shops other than eBay."""

from __future__ import annotations

from aliexpress_samples import PAULO, rows_of
from cli.seller import Seller
from etsy_samples import CUP, IRIS, MAT, sold_items, sold_orders
from shopify_samples import LENA, TENT, lena, shopify_export
from workbook_samples import package, xls, xlsx

QUESTION = """\
From: Lena Berg <lena.berg@example.com>
To: shop@example.com
Subject: Where is my lantern?
Message-ID: <1@example.com>

Hello, where is my order? It has not arrived yet.
"""


def test_an_export_of_shopify_is_read_into_the_book_and_the_second_time_changes_nothing(
    seller: Seller,
) -> None:
    rows = [LENA, TENT, lena(Name="#1045", Id="2", Created_at="soon")]
    path = seller.root / "orders_export.csv"
    path.write_text(shopify_export(rows), encoding="utf-8")
    for changed in (1, 0):
        ran = seller("orders", "import", path.name, "--json")
        (file,) = ran.facts
        assert (file["orders"], file["changed"], len(file["problems"])) == (1, changed, 1)
    assert "Lena Berg" in seller("orders", "show", "#1044").out


def test_a_buyer_who_writes_from_the_address_of_his_order_is_matched_to_it(seller: Seller) -> None:
    (seller.root / "orders_export.csv").write_text(shopify_export([LENA, TENT]), encoding="utf-8")
    seller("orders", "import", "orders_export.csv")
    (seller.root / "one.eml").write_text(QUESTION, encoding="utf-8")
    facts = seller("why", "one.eml", "--json").facts
    assert (facts["order"], facts["match"]["certain"]) == ("#1044", True)


def test_the_two_files_of_etsy_are_read_into_one_order(seller: Seller) -> None:
    (seller.root / "orders.csv").write_text(sold_orders(IRIS), encoding="utf-8")
    (seller.root / "items.csv").write_text(sold_items(CUP, MAT), encoding="utf-8")
    for changed in ([1, 1], [0, 0]):
        ran = seller("orders", "import", "orders.csv", "items.csv", "--json")
        assert [file["changed"] for file in ran.facts] == changed
    shown = seller("orders", "show", "3580012396").out
    assert "Cork mat" in shown
    assert "42.90" in shown


def test_the_old_workbook_of_aliexpress_is_read_into_the_book(seller: Seller) -> None:
    (seller.root / "AeoOrder.xls").write_bytes(xls(rows_of([PAULO])))
    for changed in (1, 0):
        (file,) = seller("orders", "import", "AeoOrder.xls", "--json").facts
        assert (file["orders"], file["changed"], file["problems"]) == (1, changed, [])
    shown = seller("orders", "show", "3041000012340071").out
    assert "Paulo Neves" in shown
    assert "LK473124829CN" in shown


def test_a_workbook_that_was_made_to_do_harm_is_refused_and_the_next_file_is_read(
    seller: Seller,
) -> None:
    corners = '<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'
    (seller.root / "bomb.xlsx").write_bytes(package([corners]))
    (seller.root / "good.xlsx").write_bytes(xlsx(rows_of([PAULO])))
    ran = seller("orders", "import", "bomb.xlsx", "good.xlsx", "--json")
    bomb, good = ran.facts
    assert ran.code == 1
    assert "bomb.xlsx" in bomb["refused"]
    assert (good["refused"], good["orders"]) == (None, 1)


ALIEXPRESS = "AliExpress <transaction@notice.aliexpress.com>"
OWN_SHOP = """
[[orders.columns]]
name = "WooCommerce"
order = "Order No."
email = "Billing Email"
placed = "Order Date"
total = "Order Total"
money = "EUR"
dates = "DD/MM/YYYY"
"""


def test_an_export_that_the_seller_has_described_is_read_and_its_buyer_matched(
    seller: Seller,
) -> None:
    text = (
        "Order No.;Billing Email;Order Date;Order Total\n"
        "W-77;lena.berg@example.com;03/11/2026;12,50\n"
    )
    (seller.root / "woo.csv").write_text(text, encoding="utf-8")
    refused = seller("orders", "import", "woo.csv")
    assert refused.code == 1
    seller.configure(more=OWN_SHOP)
    (file,) = seller("orders", "import", "woo.csv", "--json").facts
    assert (file["refused"], file["orders"], file["notes"]) == (None, 1, ["read as WooCommerce"])
    (seller.root / "one.eml").write_text(QUESTION, encoding="utf-8")
    assert seller("why", "one.eml", "--json").facts["order"] == "W-77"


def test_a_formula_in_a_report_stays_text_and_comes_out_only_as_text(seller: Seller) -> None:
    formula = '=HYPERLINK("http://evil.example","click")'
    row = lena(Shipping_Name=formula, Notes="@SUM(A1)", Created_at="=1+1")
    good = lena(Name="#1050", Id="9", Shipping_Name=formula)
    (seller.root / "orders_export.csv").write_text(shopify_export([row, good]), encoding="utf-8")
    (file,) = seller("orders", "import", "orders_export.csv", "--json").facts
    assert (file["orders"], len(file["problems"])) == (1, 1)
    assert "HYPERLINK" in seller("orders", "show", "#1050").out


def test_a_notice_of_aliexpress_is_known_with_its_order(seller: Seller) -> None:
    (seller.root / "AeoOrder.xls").write_bytes(xls(rows_of([PAULO])))
    seller("orders", "import", "AeoOrder.xls")
    notice = QUESTION.replace("Lena Berg <lena.berg@example.com>", ALIEXPRESS)
    notice = notice.replace("Where is my lantern?", "=?utf-8?b?6K6i5Y2V5YWz6Zet?=")
    (seller.root / "one.eml").write_text(f"{notice}\n?tradeOrderId=3041000012340071\n", "utf-8")
    facts = seller("why", "one.eml", "--json").facts
    assert (facts["kind"], facts["marketplace"]) == ("other_notice", "aliexpress")
    assert facts["order"] == "3041000012340071"
