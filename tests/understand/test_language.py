"""Which language a buyer writes, and when that is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.language import letters
from tactd.core.language.detect import Language
from tactd.core.language.detect import detect as detect_by
from tactd.core.language.table import SIMPLIFIED, TRADITIONAL
from tactd.shipped import reader

LETTERS = letters.load(reader().languages)
CODES = ["ar", "de", "en", "es", "fr", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "zh"]

PLAIN: dict[str, tuple[str, ...]] = {
    "ar": ("أين طلبي؟ لم يصل بعد", "شكرا جزيلا على السرعة"),
    "de": ("Wo ist meine Bestellung?", "Das Paket ist noch nicht angekommen."),
    "en": ("Where is my order?", "The parcel has not arrived yet", "I want my money back please"),
    "es": ("¿Dónde está mi pedido?", "el paquete no ha llegado todavia", "Quiero mi dinero"),
    "fr": ("Où est mon colis ?", "Je n'ai pas encore reçu ma commande"),
    "id": ("Dimana pesanan saya?", "Barang belum sampai"),
    "it": ("Dove è il mio pacco?", "Non ho ancora ricevuto il prodotto"),
    "ja": ("荷物はまだ届いていません", "いつ発送されますか"),
    "ko": ("제 주문은 어디에 있나요?", "환불해 주세요"),
    "nl": ("Waar is mijn pakket?", "Ik heb het nog niet ontvangen"),
    "pl": ("Gdzie jest moja paczka?", "Jeszcze nie otrzymałem przesyłki"),
    "pt": ("Onde está o meu pedido?", "Ainda não recebi o produto"),
    "ru": ("Где моя посылка?", "Я хочу вернуть деньги"),
    "tr": ("Siparişim nerede?", "Ürün hala gelmedi, param iade edilsin lütfen"),
    "zh": ("我的包裹到哪里了？", "我還沒有收到東西", "请给我退款"),
}

UNSURE = (
    "", "   ", "👍👍", "ok", "12-34567-89012", "https://example.com/where/is/my/order",
    "Thanks!", "cancelar", "返金希望", "size?", "Var är mitt paket, jag har inte fått det",
    "Kde je moje zásilka?", "Где my order now please 我的包裹 dónde", "Де моя посилка, її ще немає",
    "سفارش من کجاست؟",
)  # fmt: skip


def detect(text: str, prior: str = "", country: str = "") -> Language:
    return detect_by(text, LETTERS, prior, country)


@pytest.mark.parametrize(("code", "text"), [(c, t) for c, ts in PLAIN.items() for t in ts])
def test_a_plain_sentence_is_known_for_sure(code: str, text: str) -> None:
    found = detect(text)
    assert (found.code, found.sure) == (code, True)


@pytest.mark.parametrize("text", UNSURE)
def test_short_mixed_and_foreign_texts_are_not_sure(text: str) -> None:
    assert not detect(text).sure


@pytest.mark.parametrize("text", UNSURE)
def test_what_the_text_leaves_open_the_thread_decides_then_the_country(text: str) -> None:
    assert detect(text, prior="pl", country="ES").code == "pl"
    assert detect(text, country="ES").code == "es"


def test_a_sure_text_outweighs_thread_and_country() -> None:
    assert detect("Where is my order?", prior="de", country="FR") == Language("en", sure=True)


def test_a_short_text_in_the_language_of_the_thread_is_sure() -> None:
    assert detect("Thanks!", prior="en").sure


@pytest.mark.parametrize(
    ("text", "prior", "country", "variant"),
    [
        ("請問我的東西什麼時候會到", "", "", "Hant"),
        ("请问我的东西什么时候会到", "zh-Hant", "TW", ""),
        ("我的包裹在哪里", "", "TW", "Hant"),
        ("我的包裹在哪里", "zh-Hant", "", "Hant"),
        ("我的包裹在哪里", "", "", ""),
        ("Vocês já enviaram o meu pedido?", "", "", "BR"),
        ("Onde está a minha encomenda?", "pt-BR", "BR", ""),
        ("Onde está o meu pedido?", "", "BR", "BR"),
    ],
)
def test_variant_is_what_the_words_show(text: str, prior: str, country: str, variant: str) -> None:
    found = detect(text, prior, country)
    assert (found.variant, found.sure) == (variant, True)


def test_loan_words_do_not_turn_a_chinese_question() -> None:
    assert detect("我的订单的 tracking number 是多少？").code == "zh"


def test_addresses_and_numbers_are_no_language() -> None:
    assert not detect("hello@the.is.are.example.com 1Z999AA10123456784").sure


def test_the_pairs_of_characters_are_in_step() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Where is 내 package? 제 order status가 계속 label created로 나와요", "ko"),
        ("Hello dear, а когда tracking обновится? Он showing label created уже 12 days", "ru"),
        ("paramı iade edin yoksa paypal dispute acarim", "tr"),
        ("gracias por el tracking number, todavia no llega", "es"),
        ("Wann kommt mein parcel? tracking status ist seit Tagen gleich", "de"),
    ],
)
def test_borrowed_english_does_not_make_a_text_english(text: str, code: str) -> None:
    assert detect(text).code == code


def test_two_languages_in_one_mail_are_not_sure() -> None:
    both = "Hello, could you please check my order? Ich habe leider noch nichts bekommen."
    assert not detect(both).sure


@given(st.text(max_size=300), st.sampled_from(["", "de", "zh-Hant"]), st.sampled_from(["", "US"]))
def test_any_text_has_one_of_the_fifteen_languages(text: str, prior: str, country: str) -> None:
    assert detect(text, prior, country).code in CODES
