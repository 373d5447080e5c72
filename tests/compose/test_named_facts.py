from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compose.letters import EBAY, NOW, NUMBER, ORDER, PARCEL, POLICY, on, track
from tactd.core.compose.fact_names import FACTS
from tactd.core.compose.named import greeting_name, named_facts
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    Line,
    Marketplace,
    MarketplaceCase,
    Money,
    Order,
    OrderKey,
    PostalAddress,
    Traced,
)

EBAY_ORDER = replace(ORDER, key=OrderKey(Marketplace.EBAY, "12-34567-89012"))


def facts(order: Order | None = ORDER, language: str = "en", now: datetime = NOW) -> dict[str, str]:
    return named_facts(order, POLICY, language, now, track)


def test_every_fact_is_text_as_a_reader_of_english_writes_it() -> None:
    assert facts() == {
        "buyer": "Jane Doe",
        "shop": "Blue Sheep Outdoor",
        "order_number": "1044",
        "item": "Folding camping lantern",
        "total": "US$24.99",
        "paid_on": "10 November 2026",
        "shipped_on": "12 November 2026",
        "days_first": "15",
        "days_last": "30",
        "expected_from": "27 November 2026",
        "expected_to": "12 December 2026",
        "write_after": "12 December 2026",
        "country": "Germany",
        "tracking_number": NUMBER,
        "carrier": "China Post",
        "tracking_page": f"https://track.example/{NUMBER}",
        "refund_from": "27 December 2026",
        "search_until": "26 November 2026",
        "search_longest": "1 December 2026",
    }


def test_every_name_is_one_that_templates_may_use() -> None:
    case = MarketplaceCase("inr", "5071", opened=on(11, 20), answer_by=on(11, 24))
    late = replace(ORDER, cases=(case,), ship_by=on(11, 25), estimate=Estimate(None, on(11, 20)))
    assert facts().keys() | facts(late).keys() == FACTS


def test_without_an_order_only_the_shop_is_known() -> None:
    assert facts(None) == {"shop": "Blue Sheep Outdoor"}


def test_an_empty_order_has_no_empty_facts() -> None:
    bare = facts(Order(key=OrderKey(Marketplace.ETSY, "3580012396")))
    assert sorted(bare) == ["order_number", "search_longest", "search_until", "shop"]


@pytest.mark.parametrize(
    ("language", "shipped_on", "country", "total"),
    [
        ("en", "12 November 2026", "Germany", "US$24.99"),
        ("es", "12 de noviembre de 2026", "Alemania", "24,99\xa0US$"),
        ("zh", "2026年11月12日", "德国", "US$24.99"),
        ("zh-Hant", "2026年11月12日", "德國", "US$24.99"),
        ("de", "12. November 2026", "Deutschland", "24,99\xa0$"),
        ("ja", "2026年11月12日", "ドイツ", "$24.99"),
    ],
)
def test_dates_money_and_countries_follow_the_language(
    language: str, shipped_on: str, country: str, total: str
) -> None:
    told = facts(language=language)
    assert (told["shipped_on"], told["country"], told["total"]) == (shipped_on, country, total)


def test_an_american_reads_dates_and_dollars_his_own_way() -> None:
    told = facts(replace(ORDER, ship_to=PostalAddress(country="US")))
    assert told["shipped_on"] == "November 12, 2026"
    assert told["total"] == "$24.99"
    assert told["country"] == "the United States"


def test_a_day_ahead_that_is_past_is_no_fact() -> None:
    assert facts(replace(ORDER, ship_by=on(11, 21)))["ship_by"] == "21 November 2026"
    assert "ship_by" not in facts(replace(ORDER, ship_by=on(11, 20)))
    late = facts(now=on(12, 13))
    assert not {"expected_from", "expected_to", "write_after"} & late.keys()
    assert late["overdue_since"] == "12 December 2026"
    assert "refund_from" not in facts(now=on(12, 28))


def test_the_last_day_of_the_window_is_not_yet_late() -> None:
    told = facts(now=on(12, 12) + timedelta(hours=11))
    assert told["write_after"] == "12 December 2026"
    assert "overdue_since" not in told


def test_a_window_of_one_day_has_no_first_day() -> None:
    told = facts(replace(ORDER, estimate=Estimate(on(12, 1), on(12, 1))))
    assert "expected_from" not in told and "days_first" not in told
    assert (told["expected_to"], told["days_last"]) == ("1 December 2026", "19")


def test_no_page_is_named_where_the_marketplace_forbids_links() -> None:
    told = facts(EBAY_ORDER)
    assert EBAY.links is False
    assert told["tracking_number"] == NUMBER and "tracking_page" not in told


@pytest.mark.parametrize(
    ("traced", "names"),
    [
        (Traced.FULL, {"tracking_number", "carrier", "tracking_page"}),
        (Traced.DEPARTURE, {"tracking_number", "carrier"}),
        (Traced.NONE, set()),
    ],
)
def test_a_parcel_is_only_shown_as_far_as_it_can_be_followed(
    traced: Traced, names: set[str]
) -> None:
    told = facts(replace(ORDER, parcels=(replace(PARCEL, traced=traced),)))
    assert told.keys() & {"tracking_number", "carrier", "tracking_page"} == names


def test_an_unknown_number_is_shown_without_carrier_or_page() -> None:
    told = facts(replace(ORDER, parcels=(replace(PARCEL, numbers=("ZZ9",)),)))
    assert told["tracking_number"] == "ZZ9"
    assert not {"carrier", "tracking_page"} & told.keys()


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Jane Doe", "Jane Doe"),
        ("JANE DOE", "Jane Doe"),
        ("anne o'neil", "Anne O'Neil"),
        ("Ian McDonald", "Ian McDonald"),
        ("李 娜", "李 娜"),
        ("  Jane \t Doe ", "Jane Doe"),
        ("", "jane_d"),
        ("jane@example.com", "jane_d"),
        ("buy at www.evil.example", "jane_d"),
    ],
)
def test_the_greeting_takes_the_orders_name_else_the_username(name: str, greeted: str) -> None:
    assert greeting_name(replace(ORDER, buyer_name=name)) == greeted


def test_an_address_is_never_a_name() -> None:
    relay = Endpoint(EndpointKind.RELAY, "0f3a@members.ebay.com")
    assert greeting_name(replace(ORDER, buyer_name="", endpoints=(relay,))) is None


def test_several_items_are_the_first_and_how_many_more() -> None:
    order = replace(ORDER, lines=(Line("1", "Lantern"), Line("2", "Mat"), Line("3", "Rope")))
    assert facts(order)["item"] == "Lantern and 2 more"
    assert facts(order, "es")["item"] == "Lantern y 2 más"
    assert facts(order, "zh")["item"] == "Lantern 等3件商品"
    assert facts(order, "fi")["item"] == "Lantern (+2)"


@given(st.text(min_size=1, max_size=200))
def test_a_title_is_cut_to_about_sixty_characters_on_one_line(title: str) -> None:
    item = facts(replace(ORDER, lines=(Line("1", title),))).get("item", "")
    assert len(item) <= 61
    assert len(item.splitlines()) <= 1


def test_a_long_title_is_cut_between_words() -> None:
    title = "Folding LED camping lantern with solar panel, USB charger and hook, green, 2 pieces"
    item = facts(replace(ORDER, lines=(Line("1", title),)))["item"]
    assert item == "Folding LED camping lantern with solar panel, USB charger…"


def test_an_unknown_country_is_left_out() -> None:
    for code in ("", "XQ", "??", "ZZ"):
        assert "country" not in facts(replace(ORDER, ship_to=PostalAddress(country=code)))


def test_a_currency_that_is_none_does_not_stop_the_letter() -> None:
    assert facts(replace(ORDER, total=Money(Decimal("5"), "???")))["total"]
