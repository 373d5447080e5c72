"""Who speaks in a conversation that a site prints, in fifteen languages, in lower case."""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

SELLERS: Final = entries(
    {
        "en": "seller|shop|store|support|agent|service|assistant|bot|vendor|merchant",
        "de": "verkäufer|verkäuferin|händler|kundenservice|kundendienst|mitarbeiter|berater",
        "es": "vendedor|vendedora|tienda|soporte|agente|atención",
        "fr": "vendeur|vendeuse|boutique|conseiller|conseillère|magasin|sav",
        "it": "venditore|venditrice|negozio|assistenza|operatore",
        "pt": "loja|atendente|suporte|atendimento|lojista",
        "nl": "verkoper|winkel|klantenservice|medewerker|webshop",
        "pl": "sprzedawca|sprzedający|sklep|obsługa|konsultant|bok",
        "ru": "продавец|магазин|поддержка|оператор|менеджер|консультант",
        "tr": "satıcı|mağaza|destek|temsilci|hizmetleri",
        "id": "penjual|toko|admin|seller",
        "ar": "البائع|المتجر|الدعم|خدمة|بائع|متجر",
        "ko": "판매자|상점|상담원|고객센터|스토어|셀러",
    }
)
SELLERS_UNSPACED: Final = entries(
    {"ja": "ショップ|店舗|出品者|販売者|担当|サポート", "zh": "卖家|賣家|客服|商家|店家|店铺"}
)

BUYERS: Final = entries(
    {
        "en": "buyer|customer|client|me|shopper|guest|visitor",
        "de": "käufer|käuferin|kunde|kundin|besucher|ich",
        "es": "comprador|compradora|cliente|clienta|yo",
        "fr": "acheteur|acheteuse|client|cliente|moi|visiteur",
        "it": "acquirente|compratore|io",
        "pt": "comprador|compradora|eu",
        "nl": "koper|klant|ik",
        "pl": "kupujący|kupująca|klient|klientka|ja",
        "ru": "покупатель|клиент|покупательница|я",
        "tr": "alıcı|müşteri|ben",
        "id": "pembeli|pelanggan|saya",
        "ar": "المشتري|العميل|الزبون|مشتري|عميل|أنا",
        "ko": "구매자|고객|손님|나",
    }
)
BUYERS_UNSPACED: Final = entries(
    {"ja": "購入者|お客様|落札者|お客さま|購入者様|私", "zh": "买家|買家|客户|客戶|顾客|顧客|我"}
)
