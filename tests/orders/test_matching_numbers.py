"""Numbers in what buyers write: found however they are typed, and taken for what the words say."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tactd.core.types import Clue
from tactd.marketplaces.called import called
from tactd.marketplaces.spoken import MOST, spoken_clues

EBAY, AMAZON = "12-34567-89012", "112-4410283-7719465"
ALIKE = "986578788855"  # an item of eBay's by its form, and FedEx's check digit holds
TEN = "3318810025"  # DHL's check digit holds; Etsy's orders have ten digits too


def said(text: str) -> set[Clue]:
    return set(spoken_clues(text))


@pytest.mark.parametrize(
    "text",
    [
        f"Order No.{EBAY}",
        "order no. 12 34567 89012",
        "order 123456789012",
        "Order: 12 - 34567 - 89012.",
        "Bestellung 12–34567–89012",
        "https://order.example.com/track?orderid=12-34567-89012&x=1",
        "№ 12-34567-89012",
        "订单号：１２-３４５６７-８９０１２",
    ],
)
def test_ebays_order_number_is_found_with_any_hyphens_or_none(text: str) -> None:
    assert Clue("order", EBAY) in said(text)


@pytest.mark.parametrize(
    "text", [AMAZON, "112 4410283 7719465", "11244102837719465", "#112‑4410283‑7719465"]
)
def test_amazons_order_number_is_found_with_any_hyphens_or_none(text: str) -> None:
    assert Clue("order", AMAZON) in said(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Where is my parcel {}?", "tracking"),
        ("tracking number: {}", "tracking"),
        ("Sendungsnummer {}", "tracking"),
        ("numéro de suivi : {}", "tracking"),
        ("número de seguimiento {}", "tracking"),
        ("codigo de rastreio {}", "tracking"),
        ("nomor resi {}", "tracking"),
        ("numero di spedizione {}", "tracking"),
        ("追跡番号は{}です", "tracking"),
        ("운송장 번호 {}", "tracking"),
        ("numer przesyłki {}", "tracking"),
        ("номер отправления {}", "tracking"),
        ("kargo takip no {}", "tracking"),
        ("快递单号{}", "tracking"),
        ("رقم التتبع {}", "tracking"),
        ("item {}", "item"),
        ("Artikelnummer {}", "item"),
        ("número de artículo {}", "item"),
        ("numéro de l'objet {}", "item"),
        ("nomor barang {}", "item"),
        ("numero oggetto {}", "item"),
        ("商品番号 {}", "item"),
        ("상품 번호 {}", "item"),
        ("artikelnummer {}", "item"),
        ("numer przedmiotu {}", "item"),
        ("número do artigo {}", "item"),
        ("номер товара {}", "item"),
        ("{} numaralı ürün", "item"),
        ("物品编号{}", "item"),
        ("رقم المنتج {}", "item"),
        ("order {}", "order"),
        ("Bestellnummer {}", "order"),
        ("número de pedido {}", "order"),
        ("n° de commande {}", "order"),
        ("nomor pesanan {}", "order"),
        ("numero d'ordine {}", "order"),
        ("注文番号{}", "order"),
        ("주문 번호 {}", "order"),
        ("bestelnummer {}", "order"),
        ("numer zamówienia {}", "order"),
        ("número da encomenda {}", "order"),
        ("номер заказа {}", "order"),
        ("sipariş numarası {}", "order"),
        ("订单号{}", "order"),
        ("رقم الطلب {}", "order"),
    ],
)
def test_the_words_beside_a_number_say_what_it_is_in_every_language(text: str, kind: str) -> None:
    start = text.index("{}")
    assert called(text.format(ALIKE), start, start + len(ALIKE)) == kind


def test_a_look_alike_is_looked_up_as_all_that_it_may_be() -> None:
    assert said(f"hello {ALIKE}") == {
        Clue("item", ALIKE),
        Clue("tracking", ALIKE),
        Clue("order", "98-65787-88855"),
    }


def test_what_the_words_do_not_say_counts_less_but_counts() -> None:
    """Buyers call the one by the other's name, and the book knows better."""
    assert said(f"tracking {ALIKE}") == {
        Clue("tracking", ALIKE),
        Clue("item", ALIKE),
        Clue("misnamed", "98-65787-88855"),
    }


def test_a_number_that_can_only_be_one_thing_is_that_whatever_it_is_called() -> None:
    assert said("my order RB123456785CN") == {Clue("tracking", "RB123456785CN")}
    assert said(f"tracking {EBAY}") >= {Clue("order", EBAY)}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("order no. 10442", "10442"),
        ("order BS-1044 please", "BS-1044"),
        ("Заказ № 88201", "88201"),
        ("pedido #1044", "#1044"),
        ("Re: #1044", "#1044"),
        ("order BS1044", "#BS1044"),
        ("注文番号 3580012396", "3580012396"),
        (f"order {TEN}", TEN),
    ],
)
def test_a_shops_own_number_counts_where_the_words_call_it_an_order(text: str, number: str) -> None:
    assert Clue("order", number) in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "my order from 2024",
        "I paid 1044 dollars",
        "ring me: 0171 5551234",
        "10442",
        "订单在2024年",
        "I ordered on 2026-11-03",
    ],
)
def test_a_number_that_nothing_calls_an_order_is_none(text: str) -> None:
    assert not [clue for clue in said(text) if clue.kind == "order"]


def test_a_parcel_of_an_unknown_carrier_counts_where_the_words_call_it_one() -> None:
    assert Clue("tracking", "01234567890123") in said("tracking: 01234567890123")
    assert Clue("tracking", "01234567890123") not in said("hello 01234567890123")


@settings(max_examples=80)
@given(
    st.integers(10, 99),
    st.integers(0, 99_999),
    st.integers(0, 99_999),
    st.sampled_from(["-", " ", "", " - ", "–", "‑", "－"]),
    st.sampled_from(["{}", "order {}", "({})", "Nr.{}", "订单{}吗", "{}?", "\n{}\n"]),
)
def test_any_ebay_order_number_is_found_however_it_is_typed(
    first: int, second: int, third: int, hyphen: str, around: str
) -> None:
    parts = (f"{first}", f"{second:05}", f"{third:05}")
    found = said(around.format(hyphen.join(parts)))
    assert "-".join(parts) in {clue.value for clue in found if clue.kind == "order"}


@given(st.text(max_size=200))
def test_any_text_can_be_searched_for_numbers(text: str) -> None:
    assert len(list(spoken_clues(text))) <= MOST


def test_hostile_text_yields_few_clues_in_linear_time() -> None:
    noise = random.Random(1)
    alphabet = string.ascii_uppercase + string.digits + "  --#"
    texts = ["order 1234 " * 9_000, "12 34567 " * 12_000, f"{ALIKE} " * 8_000, "#1-" * 30_000]
    texts.append("".join(noise.choices(alphabet, k=100_000)))
    started = time.perf_counter()
    for text in texts:
        assert len(list(spoken_clues(text))) <= MOST
    assert time.perf_counter() - started < 5  # a quadratic search takes minutes
