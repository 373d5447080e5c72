"""What the words beside a number call it: an order, an item, a parcel, a payment.

Numbers of different kinds look alike: twelve digits are an item of eBay's or a parcel of FedEx's,
ten an order of Etsy's or a parcel of DHL's. The nearest word before the number decides, else the
nearest behind it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNDECOMPOSED = str.maketrans({"ł": "l", "ı": "i", "ß": "ss", "ø": "o", "æ": "ae"})

# Beginnings of words, in the languages that buyers write; without accents (see `folded`).
WORDS: dict[str, str] = {
    "order": """order purchase bestell auftrag pedido orden compra commande pesanan ordin bestel
        zamowieni encomenda заказ siparis 注文 オーダー 주문 订单 訂單 طلب""",
    "item": """item itm listing article product artikel angebot articul producto anuncio objet
        produit annonce barang produk articol oggett prodott inserzion 商品 アイテム 상품 제품 물품
        voorwerp przedmiot produkt aukcj artigo produto товар лот urun 物品 产品 產品 宝贝 寶貝
        منتج سلع""",
    "tracking": """track parcel package shipment shipping consignment waybill awb sendung paket
        seguimiento rastre guia envio localizador suivi colis resi lacak pelacakan tracciam
        spedizion 追跡 伝票 荷物 配送 송장 운송장 추적 배송 zending pakket sledzeni przesylk
        przewozow paczk nadani трек отслеж накладн посылк отправлен takip kargo gonderi 快递 快遞
        运单 運單 物流 单号 單號 追踪 追蹤 跟踪 跟蹤 包裹 تتبع شحن بوليص""",
    "transaction": """transact transakti transacc transaz transakc transac transaksi payment
        zahlung 取引 거래 транзакц islem 交易 معامل""",
}

# What may stand between such a word and a number that is its own without any doubt.
NUMBER = """number numbers nummer numero num nomor nomer numara numarali numarasi numer номер no
    nr n id code ref is 号码 號碼 号 號 番号 번호 编号 رقم"""

BEFORE = 40  # characters
BEHIND = 25


def folded(text: str) -> str:
    """Small letters without accents, as words of the table are compared."""
    lower = text.lower()
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower.translate(_UNDECOMPOSED))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return unicodedata.normalize("NFKC", bare)


def _split(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that a word begins with (Latin, Cyrillic), and those that stand anywhere in a run of
    letters that knows no spaces."""
    some = [folded(word) for word in words.split()]
    spaced = tuple(word for word in some if _SPACED.match(word))
    return spaced, tuple(word for word in some if word not in spaced)


_SPACED = re.compile(r"[a-zа-я]")
_WORD = re.compile(r"[^\W\d_]+")
_KINDS = {kind: _split(words) for kind, words in WORDS.items()}
_NUMBER = frozenset(map(folded, NUMBER.split()))
_NOT_FURTHER = re.compile(r"[0-9\n.!?;。！？；]")


@lru_cache(maxsize=4096)
def _kind(word: str) -> tuple[str, str]:
    """(the kind that the word speaks of, what follows in it); ("", "") where it does not."""
    if _SPACED.match(word):
        return next(
            ((kind, "") for kind, (some, _) in _KINDS.items() if word.startswith(some)), _NO
        )
    places = sorted(
        (word.find(one), -len(one), kind)
        for kind, (_, some) in _KINDS.items()
        for one in some
        if one in word
    )
    end, last = 0, ""
    for start, minus, kind in places:  # 订单号: what begins first is meant, not 单号 in it
        if start >= end:
            end, last = start - minus, kind
    return (last, word[end:]) if last else _NO


_NO = ("", "")


def called(text: str, start: int, end: int) -> str:
    """The kind of number that the words around `text[start:end]` speak of: order, item, tracking,
    transaction; "" if they say nothing."""
    return called_before(text, start)[0] or _called_behind(text, end)


def called_before(text: str, start: int) -> tuple[str, bool]:
    """The same by the words before it alone; and whether the word stands right there ("order no.
    1044", rather than "my order from 2024")."""
    beside = True
    for word in reversed(_WORD.findall(folded(text[max(0, start - BEFORE) : start]))):
        kind, rest = _kind(word)
        if kind:
            return kind, beside and (not rest or rest in _NUMBER)
        beside = beside and word in _NUMBER
    return "", False


def _called_behind(text: str, end: int) -> str:
    """In Turkish and Japanese the word may follow; never beyond the sentence or the next number."""
    behind = _NOT_FURTHER.split(folded(text[end : end + BEHIND]), maxsplit=1)[0]
    return next((kind for word in _WORD.findall(behind) if (kind := _kind(word)[0])), "")
