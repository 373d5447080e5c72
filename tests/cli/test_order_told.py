"""`tactd orders show` and `tactd buyers`: all that is known, and readable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cli.seller import Seller
from shop import jane
from tactd.core.types import Marketplace, MarketplaceCase, Order, OrderKey
from tactd.screens import order_told

NUMBER = "12-34567-89012"
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def test_an_order_is_shown_with_who_placed_it_where_and_what_he_wrote(seller: Seller) -> None:
    seller.export(jane(Buyer_Note="It is a gift, no invoice please"))
    assert seller("orders", "import", "OrdersReport.csv").code == 0
    told, facts = seller("orders", "show", NUMBER).out, seller("orders", "show", NUMBER, "--json")
    for said in ("ebay", "user@ebay:tidepool_ann", "no invoice please"):
        assert said in told
        assert said in facts.out
    assert facts.facts["placed"] is not None


def test_a_case_is_told_from_its_opening_to_its_end() -> None:
    closed = MarketplaceCase("return", "5012", START, closed=START + timedelta(days=3))
    order = Order(key=OrderKey(Marketplace.EBAY, NUMBER), cases=(closed,))
    assert ("Case", "return · 5012 · 2026-11-02 – 2026-11-05") in order_told.lines(order, "en")


def test_what_ties_a_good_customer_is_told_in_one_line(seller: Seller) -> None:
    rows = [jane(Order_Number=f"12-34567-8901{one}") for one in range(5)]
    seller.export(*rows)
    assert seller("orders", "import", "OrdersReport.csv").code == 0
    told = seller("buyers", "user@ebay:tidepool_ann")
    assert len([one for one in told.out.splitlines() if " = " in one]) == 1
    assert "; and 2 more" in told.out
    assert len(seller("buyers", "user@ebay:tidepool_ann", "--json").facts["ties"]) == 5


def test_a_state_of_two_words_is_written_as_two(seller: Seller) -> None:
    seller.export(jane(Shipped_On_Date="", Tracking_Number=""))
    assert seller("orders", "import", "OrdersReport.csv").code == 0
    for words in (("orders",), ("buyers",)):
        assert "to ship" in seller(*words).out
    assert seller("orders", "--json").facts[0]["state"] == "to_ship"


def test_why_of_a_mail_without_anything_to_sum_up_has_no_empty_lines(seller: Seller) -> None:
    (seller.root / "empty.eml").write_bytes(b"")
    assert "\n\n\n" not in seller("why", "empty.eml").out
