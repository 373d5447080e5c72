"""A frame's head and its feet are the site's words, in every language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.quotes import cut
from tactd.core.read.wrapped import unwrapped
from tactd.core.read.wrapper_ends import is_before, is_foot
from tactd.core.read.wrapper_feet import BEFORE
from tactd.core.read.wrapper_feet import FEET as FEET_ROWS

HEADS = {
    "en": ("Ida Sample wrote:\n\nThe cup is lovely.", "The cup is lovely."),
    "de": ("Uta Probe schrieb:\n\nDer Krug ist schön.", "Der Krug ist schön."),
    "es": ("Ana Prueba escribió:\n\nLa taza es preciosa.", "La taza es preciosa."),
    "fr": ("Odile Essai a écrit :\n\nLa tasse est jolie.", "La tasse est jolie."),
    "it": ("Lia Prova ha scritto:\n\nLa tazza è bella.", "La tazza è bella."),
    "pt": ("Rui Amostra escreveu:\n\nA caneca é linda.", "A caneca é linda."),
    "nl": ("Ab de Proef schreef:\n\nDe beker is mooi.", "De beker is mooi."),
    "pl": ("Ola Próbna napisała:\n\nKubek jest śliczny.", "Kubek jest śliczny."),
    "ru": ("Яна Пробная написала:\n\nЧашка прелесть.", "Чашка прелесть."),
    "tr": ("Ece Örnek yazdı:\n\nBardak çok güzel.", "Bardak çok güzel."),
    "id": ("Budi Contoh menulis:\n\nCangkirnya bagus.", "Cangkirnya bagus."),
    "ar": ("كتبت سعاد المثال:\n\nالكوب جميل.", "الكوب جميل."),
    "zh": ("kitty_sample 写道：\n\n杯子很漂亮", "杯子很漂亮"),
    "pl, a question from": ("Pytanie od: ola_sample\n\nIle kosztuje?", "Ile kosztuje?"),
    "nl, a question from": ("Vraag van: gast (niet ingelogd)\n\nHeeft u rood?", "Heeft u rood?"),
    "de, a question from": ("Frage von: uta_sample\n\nGibt es Rot?", "Gibt es Rot?"),
    "fr, a question": ("Vous avez reçu une question :\n\n« En rouge ? »", "En rouge ?"),
    "zh, from a member": ("新訊息：來自 sample_tw (57)\n\n有紅色嗎？", "有紅色嗎？"),
    "it, a member of many sales": (
        "Nuovo messaggio di: prova_51 (1.204)\n\nLo avete rosso?",
        "Lo avete rosso?",
    ),
    "zh, about a thing": (
        "你有一則關於物品的訊息\n來自：sample_tw\n物品：杯子\n\n算 100 可以嗎？\n\n"
        "回覆此訊息即可聯絡買家。請勿在 eBay 以外進行交易。",
        "算 100 可以嗎？",
    ),
    "ar, Amazon": (
        "لقد تلقيت رسالة.\n\nرقم الطلب 403-0000000-0000000:\n1  B0SAMPLE00  كوب\n\nالرسالة:\n"
        "الكوب مكسور\n\nهل كان هذا البريد مفيدًا؟\nحقوق النشر محفوظة لشركة Amazon وشركاتها",
        "الكوب مكسور",
    ),
    "zh, Amazon": (
        "您已收到一条消息。\n\n订单编号：112-0000000-0000000\n\n消息：\n杯子碎了\n\n"
        "解决此问题：[回复] [标记为无需回复]\n版权所有，Amazon.com, Inc.",
        "杯子碎了",
    ),
    "ko, a sentence": (
        "eBay 회원 sample_co 님이 메시지를 보냈습니다.\n\n빨간색 있나요?\n\n"
        "상품 번호: 1\n[답장하기]",
        "빨간색 있나요?",
    ),
    "nl, a review": (
        "Review van Ab-Jan over Theeglas groot\n\n2 van 5 sterren\n➖ lekt\n"
        '"Mooi, maar het lekt."\n\nReageren op review',
        "2 van 5 sterren\n➖ lekt\nMooi, maar het lekt.",
    ),
}

FEET = {
    "en": "View this conversation on Etsy | Help | Report a message",
    "en, helpful": "Was this email helpful? https://example.com/s",
    "de": "Diese Unterhaltung auf Etsy ansehen | Hilfe | Nachricht melden",
    "de, automatic": "Diese E-Mail wurde automatisch erzeugt. Hilfe unter „Mein Konto“.",
    "es": "Ver esta conversación en Etsy | Ayuda | Denunciar mensaje",
    "es, terms": "Aviso legal: los datos serán tratados conforme a nuestra política.",
    "fr": "Répondre à l'acheteur potentiel · Signaler ce message",
    "fr, tip": "Conseil : les vendeurs qui répondent vite vendent mieux.",
    "it": "Vedi questa conversazione su Etsy | Assistenza | Segnala messaggio",
    "pt": "Ver esta conversa na Etsy | Ajuda | Denunciar mensagem",
    "pt, deadline": "Responda a esta mensagem no prazo de um dia útil.",
    "nl": "Dit gesprek bekijken op Etsy | Help | Bericht melden",
    "nl, automatic": "Dit bericht is automatisch gegenereerd door je webshop.",
    "pl": "Zobacz tę rozmowę na Etsy | Pomoc | Zgłoś wiadomość",
    "pl, tip": "Odpowiedz szybko – zwiększysz szansę na sprzedaż!",
    "ru": "Посмотреть беседу на Etsy | Помощь | Пожаловаться",
    "tr": "İade Talepleri | Siparişlerim | Kargo Takip",
    "tr, tip": "Sorulara 2 saat içinde cevap vermeniz mağaza puanınızı artırır.",
    "id": "Lihat percakapan di Etsy | Bantuan | Laporkan pesan",
    "id, deadline": "Harap tanggapi sebelum 22 Nov 2026 23:59.",
    "ar": "المساعدة | الإبلاغ عن الرسالة | حسابي",
    "ar, automatic": "هذه رسالة آلية من منصة المتجر.",
    "ja": "Etsyで会話を見る | ヘルプ | メッセージを報告",
    "ja, no answers here": "※このメールに返信しても相手には届きません",
    "ko": "Etsy에서 대화 보기 | 도움말 | 메시지 신고",
    "ko, tip": "빠른 답변은 판매자 등급에 반영됩니다.",
    "zh": "在Etsy上查看对话 | 帮助 | 举报消息",
    "zh, Hant": "前往回覆｜關閉通知",
    "zh, outside": "回覆此訊息即可聯絡買家。請勿在 eBay 以外進行交易。",
}


def test_every_beginning_of_a_foot_is_found() -> None:
    for row in [*FEET_ROWS.values(), *BEFORE.values()]:
        for entry in row.split("|"):
            begin, _, within = entry.partition("…")
            rest = within.split(",")[0].replace("#", " 22 nov 2026 23:59")
            assert is_foot(begin + rest) or is_before(f"{begin}:"), entry


@pytest.mark.parametrize(("frame", "words"), HEADS.values(), ids=HEADS)
def test_a_head_that_names_the_writer_is_not_his_words(frame: str, words: str) -> None:
    assert unwrapped(cut(frame)[0]) == words


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_what_a_site_says_below_the_words_is_taken_away(foot: str) -> None:
    assert unwrapped(f"Item: cup\nMessage: the lid broke\n\n{foot}") == "the lid broke"


def test_what_the_seller_wrote_before_is_not_the_buyers_word() -> None:
    frame = (
        "Order: 5521\nCustomer wrote:\nToo heavy for my shelf.\n\nEarlier message from you:\n"
        '"Your shelf is on its way."'
    )
    assert unwrapped(frame) == "Too heavy for my shelf."


@pytest.mark.parametrize(
    "text",
    [
        "Your colleague Ida wrote:\n\nIt comes on Monday.\n\nIt is Friday.",
        'Ida Sample wrote:\n"It comes on Monday."\nIt is Friday. Where is it?',
        "DHL schrieb:\n\nIhr Paket ist weg.\n\nWas nun?",
        "Frau Probe schrieb:\n\nEs kommt am Montag.\n\nEs ist Freitag.",
        "Review from last week is not online\n\nWhy?",
        "Tip: pack it better next time.\nOrder: 5512\nthe lid broke",
        "Reply quickly or I open a case!\nOrder: 5512",
        "Please reply before Friday, 5 pm.\nOrder: 5512",
        "I agree to the refund.\nOrder: 5512\nthank you",
        "red | blue | green\nwhich of them do you have?",
        "Help | refund, please\nOrder: 5512",
        "Privacy: is my address safe with you?\nOrder: 5512",
        "有一则短信说包裹丢了\n怎么办？",
        "배송완료 메시지를 받았는데\n물건이 없어요",
    ],
)
def test_what_a_buyer_may_have_written_so_himself_is_kept(text: str) -> None:
    kept = unwrapped(text)
    assert all(line in kept for line in text.split("\n") if not line.startswith("Order: "))


_LINES = st.lists(
    st.one_of(
        st.sampled_from([*FEET.values(), "Item: cup", "", "the lid broke", "Ida Sample wrote:"]),
        st.text(max_size=60),
    ),
    max_size=12,
)


@given(_LINES)
def test_a_question_above_the_feet_is_never_lost(lines: list[str]) -> None:
    text = "\n".join(["Message: the lid broke", "will you send another one?", *lines])
    assert "will you send another one?" in unwrapped(text)
