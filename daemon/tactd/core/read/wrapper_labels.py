"""What sites and contact forms print before a buyer's words: "Message: …".

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
A form that is missing is one more word here and one more row in tests/read/test_wrapped.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def entries(rows: Mapping[str, str]) -> frozenset[str]:
    """All that stands in the rows of a table."""
    return frozenset(entry for row in rows.values() for entry in folded(row).split("|"))


def folded(text: str) -> str:
    """In lower case, for comparing; "İ" is "i" then, as it is where somebody writes without it."""
    return text.casefold().replace("\u0307", "").replace("’", "'")


# Before the words themselves.
SAYS: Final = entries(
    {
        "en": "additional comments|they wrote"
        "|note at checkout|note to seller|explanation|statement|what happened in detail"
        "|message|messages|buyer's message|buyer message|message from buyer|message to seller"
        "|comment|comments|buyer's comment|buyer's comments|buyer comment|customer comment"
        "|customer's message|customer message|note|buyer's note|buyer note|customer note"
        "|note from buyer|question|body|content|review|inquiry|enquiry|your message"
        "|additional details|additional information|remarks|feedback text|description|query"
        "|request|concern|message body|details|text"
        "|how can we help|how can we help you|what can we help you with|your question",
        "de": "text der nachricht|erläuterung|schilderung"
        "|nachricht|nachricht des käufers|nachricht vom käufer|kommentar"
        "|kommentar des käufers|anmerkung|anmerkung des käufers|frage|inhalt|bewertung"
        "|ihre nachricht|kundennachricht|hinweis des käufers|mitteilung|beschreibung|anfrage"
        "|begründung|bemerkung|bemerkungen|kommentare|nachrichtentext|rezension|kundenfrage"
        "|kundenanfrage"
        "|wie können wir ihnen helfen|wie können wir helfen|wie können wir dir helfen|ihre frage",
        "es": "detalle|explicación|dice"
        "|mensaje|mensaje del comprador|mensaje del cliente|comentario|comentarios"
        "|comentario del comprador|nota|nota del comprador|pregunta|contenido|consulta"
        "|reseña|opinión|comentarios adicionales|observaciones|cuerpo|texto|descripción"
        "|detalles|mensajes|notas"
        "|cómo podemos ayudarle|cómo podemos ayudarte|su mensaje|tu mensaje|su consulta",
        "fr": "explication|commentaire libre"
        "|message de l'acheteur|message du client|commentaire|commentaires"
        "|commentaire de l'acheteur|note de l'acheteur|remarque|contenu|avis|votre message"
        "|corps|texte|détails|précisions|observations|demande"
        "|comment pouvons-nous vous aider|votre question|votre demande",
        "it": "dettaglio|spiegazione"
        "|messaggio|messaggio dell'acquirente|messaggio del cliente|commento|commenti"
        "|commento dell'acquirente|nota dell'acquirente|domanda|contenuto|corpo|recensione"
        "|testo|descrizione|dettagli|richiesta|osservazioni"
        "|come possiamo aiutarti|come possiamo aiutarla|il tuo messaggio|il suo messaggio",
        "pt": "explicação|relato|detalhe"
        "|mensagem|mensagem do comprador|mensagem do cliente|comentário|comentários"
        "|comentário do comprador|observação|observação do comprador|nota do comprador"
        "|pergunta|conteúdo|conteudo|avaliação|descrição|detalhes|observações|dúvida"
        "|reclamação|mensagens"
        "|como podemos ajudar|a sua mensagem|sua mensagem|em que podemos ajudar",
        "nl": "bericht|bericht van de koper|bericht van koper|opmerking|opmerkingen"
        "|opmerking van de koper|opmerking koper|toelichting|vraag|inhoud|reactie|notitie"
        "|beschrijving|tekst|berichttekst|klantvraag|recensie|omschrijving"
        "|hoe kunnen we helpen|waarmee kunnen we u helpen|waarmee kunnen we je helpen|uw vraag",
        "pl": "opis problemu|opis zgłoszenia|wyjaśnienie"
        "|wiadomość|wiadomość od kupującego|wiadomość dla sprzedającego|treść"
        "|treść wiadomości|komentarz|komentarz kupującego|uwagi|uwagi kupującego|pytanie"
        "|opinia|notatka|opis|recenzja|szczegóły|zapytanie|uzasadnienie|wiadomosc|tresc"
        "|w czym możemy pomóc|jak możemy pomóc|twoja wiadomość|twoje pytanie",
        "ru": "сообщение|сообщение покупателя|комментарий|комментарий покупателя|примечание|текст"
        "|текст сообщения|вопрос|содержание|отзыв|заметка покупателя|примечание покупателя"
        "|описание|подробности|обращение|запрос|отзыва|сообщения|вопроса|комментария"
        "|комментарии|достоинства|недостатки"
        "|чем мы можем помочь|ваше сообщение|ваш вопрос",
        "tr": "mesaj içeriği|açıklaması|içeriği|görüş"
        "|mesaj|alıcının mesajı|alıcı mesajı|müşteri mesajı|yorum|alıcı yorumu|not"
        "|alıcının notu|alıcı notu|soru|içerik|açıklama|mesajınız|metin|mesaj metni|detay"
        "|detaylar|talep|yorumu|mesajı|sorusu|sorunuz|yorumunuz|müşteri yorumu"
        "|size nasıl yardımcı olabiliriz|nasıl yardımcı olabiliriz",
        "id": "pesan|pesan pembeli|pesan dari pembeli|komentar|komentar pembeli|catatan"
        "|catatan pembeli|isi|isi pesan|pertanyaan|ulasan|keterangan|deskripsi|uraian|teks"
        "|detail|komplain|keluhan"
        "|ada yang bisa kami bantu|pesan anda|pertanyaan anda",
        "ar": "محتوى الرسالة|محتوى|شرح"
        "|الرسالة|رسالة المشتري|رسالة العميل|تعليق|تعليق المشتري|تعليق العميل|التعليق|ملاحظة"
        "|ملاحظة المشتري|ملاحظات|ملاحظات المشتري|السؤال|المحتوى|نص الرسالة|التقييم|رسالة|نص"
        "|نص السؤال|الاستفسار|رسالتك|سؤال|الوصف|وصف|تفاصيل|التفاصيل|ملاحظات العميل"
        "|نص التعليق|المراجعة|نص التقييم|استفسار"
        "|كيف يمكننا مساعدتك|النص",
        "ja": "メッセージ|メッセージ内容|内容|お問い合わせ内容|コメント|購入者コメント"
        "|購入者のコメント|購入者からのメッセージ|備考|本文|ご質問|質問|ご意見|レビュー"
        "|お客様のメッセージ|問い合わせ内容|ご意見・ご要望|ご要望|要望|詳細|お問い合わせ本文"
        "|メッセージ本文|返品詳細|レビュー内容|レビュー本文|自由記入欄"
        "|ご用件の内容|お問い合わせの内容",
        "ko": "문의|의견|요청 내용"
        "|메시지|문의내용|문의 내용|내용|메모|고객 메모|고객메모|구매자 메시지|구매자 메모"
        "|코멘트|질문|리뷰|후기|상세 내용|요청사항|문의사항|상담내용|상담 내용|메시지 내용"
        "|리뷰 내용|리뷰내용|상세사유|상세 사유|고객 문의|남기실 말씀|질문 내용|질문내용"
        "|댓글"
        "|무엇을 도와드릴까요",
        "zh": "留言|买家留言|買家留言|买家备注|買家備註|备注|備註|內容|留言内容|留言內容|消息|訊息"
        "|消息内容|訊息內容|买家消息|買家訊息|问题|問題|评论|評論|评价内容|評價內容|买家说明"
        "|說明|说明|咨询内容|諮詢內容|问题描述|問題描述|详细描述|詳細描述|补充说明|補充說明"
        "|买家评论|评价|正文|提问内容|描述|反馈内容|意见"
        "|提问|提問|您的留言|您的问题|您的問題|需要什么帮助|需要什麼幫助",
    }
)

# What the buyer chose from a list: his words too, in the site's wording.
CHOSEN: Final = entries(
    {
        "en": "reason selected|selected reason"
        "|reason|reason for return|return reason|reason for cancellation|cancellation reason"
        "|issue|what happened|what the buyer wants|topic|subject|category|inquiry type"
        "|enquiry type|type of inquiry|preferred resolution|resolution|reason code"
        "|issue type|title|topic of inquiry|headline"
        "|what is it about|what is your message about",
        "de": "grund|rückgabegrund|was ist passiert|thema|betreff|anliegen|kategorie"
        "|rücksendegrund|stornogrund|gewünschte lösung|titel|anfragetyp|überschrift"
        "|worum geht es",
        "es": "motivo|motivo de la devolución|tema|asunto|categoría|título|tipo de consulta"
        "|solución deseada|tipo|razón",
        "fr": "raison|motif|ce qui s'est passé|ce que l'acheteur souhaite|sujet|catégorie|titre"
        "|solution souhaitée|type de demande",
        "it": "oggetto della richiesta|motivo del reso|argomento|categoria|titolo"
        "|soluzione richiesta|tipo di richiesta",
        "pt": "motivo da devolução|assunto|tipo de solicitação|solução desejada",
        "nl": "reden|onderwerp|categorie|retourreden|gewenste oplossing"
        "|waar gaat uw vraag over|waar gaat je vraag over",
        "pl": "żądanie|oczekiwania"
        "|powód|powód zwrotu|temat|kategoria|tytuł|powod|oczekiwane rozwiązanie|przyczyna",
        "ru": "причина|причина возврата|тема|категория|заголовок|тема обращения|тема сообщения"
        "|желаемое решение",
        "tr": "iade sebebi|sebebi|iptal nedeni"
        "|sebep|neden|iade nedeni|konu|kategori|başlık|talep türü",
        "id": "alasan|topik|judul|subjek|perihal|jenis masalah|solusi",
        "ar": "السبب|سبب الإرجاع|الموضوع|العنوان|الفئة|موضوع|سبب|نوع الطلب|سبب الإلغاء"
        "|الموضوع الرئيسي",
        "ja": "理由|お問い合わせ理由|問い合わせ理由|返品理由|件名|種別|お問い合わせ種別|カテゴリ"
        "|カテゴリー|タイトル|ご用件|キャンセル理由|題名",
        "ko": "사유|반품 사유|문의 유형|제목|유형|분류|문의분류|카테고리|반품사유|취소사유"
        "|교환사유",
        "zh": "原因|退货原因|退貨原因|主题|主題|标题|標題|类型|類型|分类|分類|退款原因|取消原因"
        "|诉求|訴求|类别",
    }
)

# Beside one of these a label names a fact: "customer message date".
FACTS: Final = entries(
    {
        "en": "id|number|no|nr|date|time|name|email|phone|status|url|link|ip|deadline|sku|count",
        "de": "nummer|datum|zeit|uhrzeit",
        "es": "número|fecha|nombre|estado|hora",
        "fr": "numéro|nom|statut|heure",
        "it": "numero|data|nome|stato",
        "nl": "naam",
        "pl": "numer|imię|nazwa",
        "ru": "номер|дата|имя|название|статус|время",
        "tr": "numarası|tarihi|tarih|adı|durumu",
        "id": "nomor|tanggal|nama|waktu",
        "ar": "رقم|تاريخ|اسم|حالة",
    }
)

# Between the words of a label: "Message from the buyer", "Grund der Rückgabe".
BETWEEN: Final = entries(
    {
        "en": "the|of|from|to|by|for|a|an|your|new|last|latest|this|on|full|claim|return"
        "|cancellation|cancel|feedback|text|chat",
        "de": "diese|dieser|dieses|des|der|die|das|dem|den|von|vom|zum|zur|für|ihre|ihr|neue|neuer"
        "|letzte|kunden|käufers|rückgabe|stornierung|reklamation|rücksendung|zu|im",
        "es": "del|este|esta|de|la|el|los|las|al|un|una|su|nuevo|nueva|último|última"
        "|reclamo|reclamación|cancelación|devolución|cliente|compradora|para"
        "|por",
        "fr": "du|ce|cette|cet|le|les|l|d|au|à|une|votre|nouveau|nouvelle|dernier|dernière"
        "|réclamation|annulation|retour|pour|acheteur"
        "|par",
        "it": "questo|questa|della|dell|di|da|dal|il|lo|alla|nuovo|nuova|ultimo|ultima"
        "|annullamento|reso|per",
        "pt": "esta|este|do|o|os|ao|um|uma|novo|nova|reclamação|cancelamento|devolução|pelo|pela",
        "nl": "dit|deze|van|het|een|aan|voor|uw|je|jouw|nieuw|nieuwe|laatste|annulering|klacht"
        "|door",
        "pl": "od|dla|kupującego|klienta|kupującej|nowa|nowe|ostatnia|zwrotu|reklamacji|anulowania"
        "|na|w|opinię"
        "|przez",
        "ru": "от|для|к|на|покупателя|клиента|покупателю|новое|новый|последнее|возврата|отмены"
        "|претензии|жалобы|заказа|в|отзыву|отзыв|чат|чату"
        "|покупателем|клиентом",
        "tr": "bir|yeni|son|alıcının|müşterinin|alıcıdan|müşteriden|iptal|nedeni|sebebi|talebi"
        "|siparişi|soruyu|yorumu|sohbete|sohbeti",
        "id": "dari|untuk|ke|baru|terakhir|pengembalian|pembatalan|retur|sekarang"
        "|oleh|pembeli|pelanggan"
        "|yang",
        "ar": "من|إلى|على|عن|جديد|جديدة|آخر|المشتري|العميل|الإرجاع|الإلغاء|الإضافية|إضافية|هذه|هذا"
        "|قبل"
        "|الذي|التي",
    }
)
