"""Only the buyer's words count, whatever a site or a form has printed around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tactd.core.read.quotes import cut
from tactd.core.read.wrapped import unwrapped

FRAMED = {
    "en, preview and button": (
        "New message from: jane.b (23)\n\nhello can you tell me when it comes\n\nReply\n"
        "\nLantern\n"
        "Order number: 12-34567-89012\nIf you have a problem, open a request for a refund.",
        "hello can you tell me when it comes",
    ),
    "en, between markers": (
        "You have received a message.\n\nOrder ID: 111-2223334-5556667\n\n"
        "------------- Begin message -------------\n\nThe box was empty!\nNothing in it.\n\n"
        "------------- End message -------------\n\nReturns and refunds within 30 days.",
        "The box was empty!\nNothing in it.",
    ),
    "en, contact form": (
        "You received a new message from your online store's contact form.\n\nCountry Code:\nUS\n"
        "\n"
        "Name:\nJane\n\nEmail:\njane@example.com\n\nBody:\nDo you ship to Norway?",
        "Do you ship to Norway?",
    ),
    "en, a reason and a comment": (
        "Buyer: j***e\nReason: Item hasn't arrived\nComment: it should be here since May\n\n"
        "You have 3 days to respond.",
        "Item hasn't arrived\nit should be here since May",
    ),
    "de": (
        "Janosch hat dir zu Bestellung #3110098123 geschrieben:\n\n"
        "Das Schild ist falsch graviert.\n\nUnterhaltung ansehen",
        "Das Schild ist falsch graviert.",
    ),
    "es": (
        "Nuevo mensaje de: carmelo.p (145)\nArtículo: Carrete 4000\n\nSigue sin moverse, ¿salió?\n"
        "\n"
        "Responder\nNo pagues fuera de la plataforma.",
        "Sigue sin moverse, ¿salió?",
    ),
    "fr": (
        "Bonjour,\nL'acheteur P***e vous a laissé un message :\n\n"
        "« livré à Lyon, moi je suis à Brest »\n\n"
        "N° de commande : 8190034471220033\nVeuillez répondre sous 24 heures.",
        "livré à Lyon, moi je suis à Brest",
    ),
    "it": (
        "Messaggio di Tobia:\nil nome sul collare è PIPPO, cambiatelo\n\nVisualizza ordine",
        "il nome sul collare è PIPPO, cambiatelo",
    ),
    "pt": (
        "Loja: Pesca & Prosa\nDe: Uélinton\nMensagem: o colete já tá no brasil?\nOrigem: página",
        "o colete já tá no brasil?",
    ),
    "nl": (
        'Koper: anouk_k92\n"al 30 dgn geen update"\n\nReageer in het berichtencentrum.',
        "al 30 dgn geen update",
    ),
    "pl": (
        "Kupujący: domek\nPowód: nie pasuje\nKomentarz: Chcę wymienić na 180.\n\nZaakceptuj zwrot",
        "nie pasuje\nChcę wymienić na 180.",
    ),
    "ru": (
        "Здравствуйте, ваш покупатель natali-u пишет:\n\nГде зеркало?\n\nТовар: Зеркало 60×80\n"
        "Не отвечайте на это письмо напрямую.",
        "Где зеркало?",
    ),
    "tr": (
        "Yeni mesaj: derya_34x\n\nÜrün: Örgü şiş seti\n\nkargo hareketi yok\n\nYanıtla",
        "kargo hareketi yok",
    ),
    "id": (
        "Pesan dari: mas_kopi\nDananya belum balik.\nBarang: Tamper 58 mm\nBalas | Lihat detail",
        "Dananya belum balik.",
    ),
    "ar": (
        "رسالة جديدة من: nour_h88\nالسلعة: حامل جوال\n\nلسه ما وصلني\n\n---------\n"
        "للرد على هذه الرسالة اضغط هنا",
        "لسه ما وصلني",
    ),
    "ja": (
        "注文番号: 503-0000000-1122334\n商品: キャリー\n\nメッセージ:\n"
        "現在の状況を教えてください。\n\n[返信する]",
        "現在の状況を教えてください。",
    ),
    "ko": (
        "고객: 초보집사\n문의내용: 발송됐나요?\n상품: 고양이 캣휠\n"
        "* 파트너센터에서 답변할 수 있습니다.",
        "발송됐나요?",
    ),
    "zh": (
        "来自以下会员的新消息：maple88 (212)\n物品：围兜 3件装\n\n物流没动静了\n"
        "\n[回复]  [查看物品详情]",
        "物流没动静了",
    ),
    "zh, traditional": (
        "買家 maple88 寫道：\n\n包裹還沒到\n\n回覆\n訂單編號：3120994587",
        "包裹還沒到",
    ),
}


@pytest.mark.parametrize(("frame", "words"), FRAMED.values(), ids=FRAMED)
def test_what_a_site_prints_around_the_words_is_taken_away(frame: str, words: str) -> None:
    assert unwrapped(cut(frame)[0]) == words


@pytest.mark.parametrize(
    "text",
    [
        "Where is my order?\nOrder number: 12-34567-89012\nItem: lantern",
        "Hello,\n\nI never got a message from the post.\nPlease reply soon.\n\nJane",
        "Price: why is it higher now?\nTotal: I was charged twice!",
        'My daughter said "it is too small" and so\nplease tell me how to return it',
        "Hallo,\n\nich habe eine Frage: passt das auf ein Rad?\nUnd was kostet der Versand?",
        "wann kommt es?",
        "",
    ],
)
def test_a_buyers_plain_mail_is_left_as_it_is(text: str) -> None:
    assert unwrapped(text) == text


def test_a_message_about_an_order_is_no_quotation() -> None:
    text = "Qing Zhao 就订单 #3120994587 写道：\n\n书签上面名字烫错了，可以退款吗？\n\n回复此对话"
    own, _ = cut("买家消息\n" + text)
    assert unwrapped(own).endswith("可以退款吗？")
    assert "写道" not in unwrapped(own)


_LINES = st.lists(
    st.one_of(
        st.sampled_from([line for frame, _ in FRAMED.values() for line in frame.split("\n")]),
        st.text(max_size=60),
    ),
    max_size=20,
)


@given(_LINES)
def test_nothing_is_invented_and_nothing_becomes_empty(lines: list[str]) -> None:
    text = "\n".join(lines)
    words = unwrapped(text)
    assert bool(words.strip()) == bool(text.strip())
    assert all(line.strip() in text for line in words.split("\n"))
