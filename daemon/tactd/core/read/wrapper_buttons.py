"""What can be pressed in a site's mail: below it stands no word of the buyer's.

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
"""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

# The whole of it.
BUTTONS: Final = entries(
    {
        "en": "open inbox|counter|mark as spam|go to inbox"
        "|reply|respond|answer|view message|view order|view details|view conversation"
        "|view item|accept|decline|counteroffer|approve|deny|close|reject|open conversation"
        "|see conversation|respond now|reply now|go to message|go to messages|reply to buyer"
        "|log in|report|mark as|write back|open ticket|view ticket|reply in app"
        "|contact buyer|approve return|decline return|accept cancellation"
        "|decline cancellation|view case|answer this question|reply to review|view review"
        "|manage return|mark as read",
        "de": "zur konversation|zur unterhaltung|zum chat"
        "|antworten|details ansehen|unterhaltung ansehen|nachricht ansehen|bestellung ansehen"
        "|annehmen|ablehnen|zustimmen|gegenvorschlag|jetzt antworten|bewertungen verwalten"
        "|melden|ticket öffnen|zum ticket|jetzt ansehen|frage beantworten"
        "|auf bewertung antworten|zur nachricht|zum postfach|fall ansehen",
        "es": "responder|ver mensaje|ver pedido|ver detalles|ver conversación|aceptar|rechazar"
        "|contraoferta|contestar|responder ahora|responder mensaje|responder pregunta"
        "|ir al mensaje|ver reclamo|ver venta|ver reseña|ir a mensajes",
        "fr": "répondre|voir la conversation|voir le message|voir la commande|voir les détails"
        "|accepter|refuser|contre-offre|signaler|accepter l'annulation|répondre au client"
        "|voir le ticket|accéder à mon compte|accéder à mon compte vendeur|répondre à l'avis"
        "|ouvrir le ticket|résoudre la demande",
        "it": "gestisci il reso|gestisci reso"
        "|rispondi|visualizza ordine|visualizza messaggio|vedi conversazione"
        "|visualizza dettagli|accetta|rifiuta|controproponi|segnala|rispondi pubblicamente"
        "|rispondi a|rispondi al messaggio|vai al messaggio|vedi messaggio"
        "|rispondi alla domanda",
        "pt": "ver mensagem|ver conversa|ver detalhes|aceitar|recusar|contraproposta"
        "|responder publicamente|denunciar|responder agora|responder pergunta"
        "|responder mensagem|ver venda|ir para a mensagem|ver reclamação",
        "nl": "keur goed|wijs af|goedkeuren|afwijzen"
        "|beantwoorden|antwoorden|reageren|bekijk bericht|bekijk dit gesprek|bekijk gesprek"
        "|bekijk bestelling|accepteren|weigeren|tegenbod|reageer|reageer als winkel"
        "|reageer op feedback|beantwoord de vraag|beantwoord vraag|bekijk vraag|naar bericht"
        "|ticket openen",
        "pl": "odpowiedz klientowi|rozpatrz"
        "|odpowiedz|odpowiedz kupującemu|zobacz rozmowę|zobacz wiadomość|zobacz zamówienie"
        "|przyjmij|odrzuć|zaakceptuj|zaakceptuj zwrot|złóż kontrofertę|przejdź do dyskusji"
        "|odpowiedz na pytanie|odpowiedz na wiadomość|zobacz dyskusję|zobacz pytanie",
        "ru": "ответить в чате|рассмотреть заявку|рассмотреть"
        "|ответить|посмотреть сообщение|открыть беседу|посмотреть заказ|принять|отклонить"
        "|подробнее|опубликовать ответ|перейти в чат|ответить на отзыв|ответить на вопрос"
        "|перейти к чату|перейти к сообщению|открыть чат|ответить покупателю",
        "tr": "onayla"
        "|yanıtla|cevapla|mesajı gör|mesajı görüntüle|siparişi gör|kabul et|reddet"
        "|karşı teklif|sohbete git|detayları gör|soruyu yanıtla|mesajı yanıtla"
        "|soruyu cevapla|yorumu yanıtla|mesaja git",
        "id": "balas diskusi"
        "|balas|jawab|jawab pertanyaan|lihat pesan|lihat detail|lihat pesanan|buka chat"
        "|terima|tolak|tanggapi|balas ulasan|balas sekarang|balas chat|balas pesan"
        "|lihat pertanyaan",
        "ar": "أجب الآن|أجب"
        "|رد|الرد|قبول|رفض|موافقة|إغلاق|عرض مضاد|عرض المحادثة|فتح المحادثة|عرض الرسالة"
        "|عرض الطلب|عرض كل التقييمات|الدخول إلى مركز الرسائل|الرد على الرسالة|رد على الرسالة"
        "|الرد على السؤال|عرض السؤال|الرد الآن",
        "ja": "回答はこちら|こちらから回答"
        "|承認する|拒否する|返信画面"
        "|返信|返信する|返信不要にする|メッセージを見る|すべてのメッセージを表示|会話を表示"
        "|注文を見る|詳細を見る|承認|拒否|etsyで返信する|返信はこちら|回答する|返信画面へ"
        "|管理画面へ|詳細はこちら|確認する|レビューを見る",
        "ko": "승인|답변 등록하기|답변등록"
        "|답장|답장하기|답변하기|메시지 보기|주문 보기|상세 보기|수락|거절|역제안|대화 보기"
        "|바로가기|판매자센터 바로가기|답변 하기|답변 작성|확인하기|문의 보기|자세히 보기"
        "|판매자센터",
        "zh": "同意"
        "|回复|回覆|查看物品详情|查看訂單|查看订单|查看消息|查看訊息|查看详情|查看詳情|接受"
        "|拒绝|拒絕|还价|還價|回复此对话|回覆此對話|立即回复|立即回覆|在 etsy 上查看此对话"
        "|回复买家|回覆買家|点击回复|點擊回覆|去回复|回复消息|查看消息中心|查看留言|去处理"
        "|前往处理|立即处理|登录卖家中心",
    }
)

# Verbs of such a button; it is one if every other word of it is a label's.
PRESS: Final = entries(
    {
        "en": "reply|respond|answer|view|open|go|approve|decline|accept|reject|see",
        "de": "antworten|beantworten|ansehen|anzeigen|öffnen|annehmen|ablehnen",
        "es": "responder|ver|abrir|ir|aceptar|rechazar|contestar",
        "fr": "répondre|voir|ouvrir|accéder|accepter|refuser|consulter",
        "it": "rispondi|visualizza|vedi|apri|vai|accetta|rifiuta",
        "pt": "aceitar|recusar|acessar|aceder",
        "nl": "beantwoord|beantwoorden|bekijk|bekijken|openen|reageer|ga",
        "pl": "odpowiedz|zobacz|przejdź|otwórz|zaakceptuj|odrzuć",
        "ru": "ответить|посмотреть|перейти|открыть|принять|отклонить",
        "tr": "yanıtla|cevapla|görüntüle|gör|aç|git",
        "id": "balas|jawab|lihat|buka|tanggapi",
        "ar": "الرد|رد|عرض|فتح",
    }
)

# With one of these the last line of a frame begins that tells the seller what to do.
REPLIES: Final = entries(
    {
        "en": "reply|respond|answer",
        "de": "antworten|antworte",
        "es": "responder|responde|responda",
        "fr": "répondre|répondez",
        "it": "rispondi|rispondere",
        "nl": "beantwoord|antwoord|reageer",
        "pl": "odpowiedz",
        "ru": "ответить|ответьте",
        "tr": "yanıtla|cevapla",
        "id": "balas|jawab",
        "ar": "الرد|أجب",
    }
)

# In a short line in which a site signs.
TEAMS: Final = entries(
    {
        "en": "team",
        "es": "equipo",
        "fr": "équipe",
        "it": "squadra",
        "pt": "equipe|equipa",
        "pl": "zespół",
        "ru": "команда",
        "tr": "ekibi",
        "id": "tim",
        "ar": "فريق",
    }
)
