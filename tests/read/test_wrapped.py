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
    "en, a composed label": (
        "Case 12: claim received\nCustomer name: Jane\nClaim reason: Lost\n"
        "Comments of the customer: I waited three weeks.\nRespond by: May 10",
        "Lost\nI waited three weeks.",
    ),
    "en, a name before a colon": (
        "You have a message from a customer.\nOrder number: 20001234567\n"
        "Message from customer: Only one of two came.",
        "Only one of two came.",
    ),
    "en, a contact form with a mail's labels": (
        "From: Jane <jane@example.com>\nSubject: delivery\n\nMessage Body:\nIt is not here.\n\n"
        "This e-mail was sent from a contact form on Lantern",
        "delivery\nIt is not here.",
    ),
    "en, a table": (
        "| Name | Jane |\n| Order | 12-345 |\n| Message | Is it dishwasher safe? |",
        "Is it dishwasher safe?",
    ),
    "es, a greeting above": (
        "¡Hola, Farol!\nTenés un nuevo mensaje de JUANA por la venta #2000000001\n\n"
        "¿a qué hora llega?\n\nResponder mensaje\n\nEquipo del sitio",
        "¿a qué hora llega?",
    ),
    "fr, a composed button": (
        "Nouvelle réclamation\nCommande n° 5512\nCommentaire du client :\n"
        "L'anse est cassée.\nRépondre à la réclamation du client",
        "L'anse est cassée.",
    ),
    "ja, boxed labels": (
        "お問い合わせがありました。\n[受注番号] 123-000\n[お名前] 見本 様\n[お問い合わせ内容]\n"
        "まだ届きません。",
        "まだ届きません。",
    ),
    "ko, a label of two words": (
        "- 문의자: kim****\n- 상품명: 머그컵\n- 고객 문의 내용: 깨져서 왔어요.\n\n"
        "판매자센터 바로가기",
        "깨져서 왔어요.",
    ),
    "ru, a team": (
        "Новый вопрос от покупателя\nТовар: Кружка\nВопрос: Когда отправите\nПерейти к чату\n"
        "Команда магазина",
        "Когда отправите",
    ),
    "tr, a button's verb at its end": (
        "Sipariş No: 5512\nMesaj:\nKargom gelmedi\nMüşteri mesajı görüntüle",
        "Kargom gelmedi",
    ),
}

FRAMED |= {
    "en, labels on lines of their own": (
        "Contact form\n\nFirst name\nJane\nLast name\nDoe\nEmail\njane@example.com\nMessage\n"
        "Do you restock the green ones?",
        "Do you restock the green ones?",
    ),
    "en, the buyer in the third person": (
        'Case opened: not as described\nThe buyer states:\n"It is orange, not red."\n'
        "The buyer would like: full refund\nRespond before 10 Nov",
        "It is orange, not red.",
    ),
    "en, short markers": (
        "--- Customer message ---\nthe strap broke\n--- End of customer message ---\nOrder 88-1203",
        "the strap broke",
    ),
    "en, an order to the seller at the end": (
        "New message from: jane.b (23)\nItem: Oak stool\nis it still there\nRespond in the app",
        "is it still there",
    ),
    "de, bold labels": (
        "*Name:* Jan Muster\n*E-Mail:* jan@example.com\n*Nachricht:*\nKann ich noch ändern?",
        "Kann ich noch ändern?",
    ),
    "fr, the customer in the third person": (
        "Bonjour,\n\nLe client Paul M. a laissé le message suivant :\n\nreçu deux fois le même\n\n"
        "Merci de lui répondre dans les meilleurs délais.",
        "reçu deux fois le même",
    ),
    "tr, a capital İ": (
        "İade talebi\nSipariş: 5512\nİade sebebi: Kusurlu ürün\nMüşteri açıklaması: fermuarı bozuk"
        "\nOnayla | Reddet",
        "Kusurlu ürün\nfermuarı bozuk",
    ),
    "ko, an unknown label of the buyer": (
        "반품 요청이 접수되었습니다\n주문번호: 5512\n구매자 의견: 스위치가 안 눌려요\n승인 | 거절",
        "스위치가 안 눌려요",
    ),
}

CHATS = {
    "en": (
        "Transcript\n[15:14] Jane: where is it?\n[15:15] Support (Mia): It was sent.\n"
        "[15:16] Jane: the number is wrong",
        "where is it?\nthe number is wrong",
    ),
    "en, time on a line of its own": (
        "Customer\nTuesday 3:14 PM\nIt is blue.\n\nLantern Shop\nTuesday 3:20 PM\nSorry!\n\n"
        "Customer\nTuesday 3:25 PM\nSend a green one.",
        "It is blue.\nSend a green one.",
    ),
    "de": (
        "Kunde: Kaputt.\nShop: Ein Foto bitte.\nKunde: Ist da.\nUnd nun?",
        "Kaputt.\nIst da.\nUnd nun?",
    ),
    "fr": (
        "Client (15:14) : pas reçu\nVendeur (15:20) : en route\nClient (15:25) : toujours rien",
        "pas reçu\ntoujours rien",
    ),
    "de, stamped": (
        "Anna (Kundin), 15:14\nEin Teil fehlt\n\nSupport, 15:20\nWelches?\n\nAnna (Kundin), 15:22\n"
        "Die Schrauben",
        "Ein Teil fehlt\nDie Schrauben",
    ),
    "ar": ("العميل: أين طلبي؟\nالبائع: تم شحنه.\nالعميل: لا يعمل", "أين طلبي؟\nلا يعمل"),
    "ja": ("お客様：届きません\nショップ：確認します\nお客様：返金を", "届きません\n返金を"),
    "ko": ("구매자: 언제 와요?\n판매자: 오늘요\n구매자: 환불요", "언제 와요?\n환불요"),
    "zh": ("买家：什么时候发货\n客服：明天\n买家：都三天了", "什么时候发货\n都三天了"),
}


@pytest.mark.parametrize(("chat", "words"), CHATS.values(), ids=CHATS)
def test_of_a_conversation_only_the_buyers_turns_are_read(chat: str, words: str) -> None:
    assert unwrapped(chat) == words


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
        'Your colleague wrote:\n"It comes on Monday."\nIt is Friday. Where is it?',
        "The tracking page says:\n04 Nov 15:14 Departed\n03 Nov 09:00 Arrived\nAnd now?",
        "您好，我想咨询一下什么时候发货？\n谢谢",
        "我给您留言说过要绿色\n结果发了蓝色",
        "Hello\ncancel order",
        "Price: 20, would you take 15?\nPlease reply within a day.",
        "Me: I asked for green.\nYou: sent blue.\nNow mend it.",
        "Ihr Shop: keine Antwort.\nIhr Kundenservice: keine Antwort.\nIch: sauer. Geld zurück!",
        "Customer service told me: wait.\nSupport told me: wait again.\nMe: no. Refund.",
        "Eine Nachricht von DHL sagt, das Paket ist verloren.\nWas nun?",
        "Recibí un mensaje de Correos: paquete devuelto.\n¿Y ahora?",
        "Пришло сообщение от почты: посылка утеряна.\nЧто делать?",
        "快递发来消息：地址不详\n怎么办？",
        "وصلتني رسالة من شركة الشحن: العنوان خطأ\nماذا أفعل؟",
        "If you don't respond within 48 hours I will open a case.\nOrder: 5512",
        "Shop: Lantern\nCustomer: Jane\nwhere is my parcel",
        "",
    ],
)
def test_a_buyers_plain_mail_is_left_as_it_is(text: str) -> None:
    assert unwrapped(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Un message de la poste dit que c'est perdu.\nCommande : 5512\nRemboursez-moi.",
        "Ihre automatische Nachricht hilft nicht.\nBestellung: 5512\nWo ist das Paket?",
        "خدمة العملاء لا ترد على رسائلي\nالطلب: 5512\nأين نقودي؟",
        "写道歉信没用。\n订单：5512\n退钱",
    ],
)
def test_a_sentence_about_a_message_does_not_hide_the_words_above_it(text: str) -> None:
    first, _, last = text.split("\n")
    assert unwrapped(text) in (text, f"{first}\n{last}")


def test_what_a_buyer_says_above_his_own_label_is_kept() -> None:
    text = "I ordered on Monday.\nOrder: 5512\nQuestion: when does it leave"
    assert unwrapped(text) == "I ordered on Monday.\nwhen does it leave"


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
