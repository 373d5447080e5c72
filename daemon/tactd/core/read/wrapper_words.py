"""What sites and contact forms say around a buyer's words, in fifteen languages.

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
"""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

# In a line at the top that introduces the buyer's words, or names who wrote them. Those with a
# colon could be the buyer's own as well.
COMES: Final = entries(
    {
        "en": "review notification|cancellation request|return request"
        "|has asked:|asked:|states:|stated:|new message|regarding your|anfrage zu"
        "|new message from|message from|sent you a message|has sent you this message"
        "|sent a message about|has a question|asked a question|you've got a new message"
        "|you have a new message|you have received a message|you received a new message"
        "|you've received a new|customer has sent|has left feedback|left a review|new review"
        "|left feedback|help request from|needs help with|started a conversation"
        "|made an offer|contact form|wrote:|writes:|says:|asks:|buyer asked"
        "|new customer message|has contacted you|contacted you about|customer inquiry"
        "|customer question|sent a message|wrote you|new inquiry|new enquiry|buyer message"
        "|new question|new feedback|opened a case|opened a return|star review"
        "|started a return|you have a message|you have a new|you've got a message"
        "|via the contact form|new ticket"
        "|you've received a question|you have received a question|you received a question",
        "de": "bewertung eingegangen|käuferanfrage"
        "|neue nachricht|anfrage zu ihrem|hat gefragt:|gefragt:|möchte wissen:"
        "|neue nachricht von|nachricht von|hat ihnen eine nachricht|hat dir eine nachricht"
        "|hat dir zu|geschrieben:|schreibt:|schrieb:|fragt:|hat eine frage|kontaktformular"
        "|nachricht erhalten|neue bewertung|hat eine bewertung|produktbewertung erhalten"
        "|neue kundenanfrage|neue anfrage|kundenfrage|hat sie kontaktiert|hat eine anfrage"
        "|neue frage|neue käuferanfrage|hat geschrieben|hat einen fall|neue kundennachricht"
        "|eine nachricht von|hat eine rückgabe|sie haben eine neue"
        "|sie haben eine frage erhalten|du hast eine frage erhalten|sie haben eine nachricht",
        "es": "nuevo reclamo|reclamo abierto|preguntó:|dice:|ha preguntado:"
        "|nuevo mensaje de|mensaje de|te ha enviado un mensaje|le ha enviado un mensaje"
        "|escribió:|escribe:|pregunta:|tienes una pregunta|tienes un mensaje"
        "|tienes un nuevo mensaje|formulario de contacto|nueva reseña|nueva opinión"
        "|ha dejado|has recibido un mensaje|nuevo mensaje|tienes una nueva pregunta"
        "|recibiste un mensaje|recibiste una pregunta|te hicieron una pregunta"
        "|nueva consulta|nueva pregunta|te preguntó|te escribió|te envió un mensaje"
        "|abrió un reclamo|preguntó en"
        "|has recibido una pregunta|has recibido una consulta|recibiste una consulta",
        "fr": "a demandé :|a laissé le message|message suivant"
        "|nouveau message de|message de|vous a envoyé un message|vous a laissé un message"
        "|a répondu à votre|vous écrit|a écrit :|a écrit:|vous avez reçu un message"
        "|vous avez un message|formulaire de contact|nouvel avis|a laissé un avis"
        "|a une question|demandé de l'aide|a fait une offre|nouvelle question"
        "|nouvelle demande|nouveau message|vous avez reçu une nouvelle|nouvelle réclamation"
        "|vous a contacté|a posé une question|a ouvert une réclamation|un message de"
        "|vous avez reçu une question|vous avez reçu un nouveau|vous avez une question",
        "it": "ha chiesto:|la seguente richiesta|il seguente messaggio"
        "|nuovo messaggio da|messaggio di|messaggio da|ti ha inviato un messaggio"
        "|ha inviato un messaggio|ha scritto:|scrive:|chiede:|ha una domanda|hai ricevuto un"
        "|modulo di contatto|modulo contatti|nuova recensione|ha lasciato|nuova domanda"
        "|nuova richiesta|nuovo messaggio|hai un nuovo messaggio|hai un messaggio"
        "|ti ha scritto|ha fatto una domanda",
        "pt": "disse:|a seguinte mensagem"
        "|nova mensagem de|mensagem de|enviou uma mensagem|escreveu:|escreveu às|escreve:"
        "|perguntou:|tem uma pergunta|recebeu uma nova mensagem|recebeu uma mensagem"
        "|formulário de contato|formulário de contacto|nova avaliação|recebeu uma avaliação"
        "|nova opinião|deixou um|você recebeu uma pergunta|nova pergunta|nova mensagem"
        "|você tem uma|perguntou no|te enviou|fez uma pergunta|abriu uma reclamação"
        "|nova reclamação"
        "|recebeu uma pergunta|recebeu uma dúvida",
        "nl": "vraag over uw|vraag over je"
        "|nieuwe aanvraag|retouraanvraag|volgende bericht"
        "|nieuw bericht van|bericht van|heeft u een bericht|heeft je een bericht|schreef:"
        "|schrijft:|vroeg:|vraagt:|heeft een vraag|nieuw bericht ontvangen|contactformulier"
        "|nieuwe beoordeling|nieuwe review|feedback gegeven|heeft gereageerd"
        "|nieuwe klantvraag|nieuwe vraag|nieuw bericht|heeft contact met|je hebt een bericht"
        "|een vraag gesteld|nieuwe klacht|heeft een retour"
        "|u heeft een vraag ontvangen|je hebt een vraag ontvangen|u heeft een nieuw",
        "pl": "napisał wiadomość|zgłoszenie reklamacyjne"
        "|nowa wiadomość od|wiadomość od|wysłał(a) ci wiadomość|wysłał ci wiadomość|napisał:"
        "|napisała:|napisał(a):|pisze:|pisze w dyskusji|pyta:|ma pytanie"
        "|otrzymałeś wiadomość|formularz kontaktowy|formularza kontaktowego|nowa opinia"
        "|wystawił|masz nową wiadomość|zadał pytanie|zadała pytanie|nowa wiadomość"
        "|nowe pytanie|rozpoczął dyskusję|rozpoczęła dyskusję|kontaktuje się|otrzymałeś nową"
        "|otrzymałeś pytanie|masz wiadomość|nowe zapytanie"
        "|otrzymałaś pytanie|otrzymałaś wiadomość|otrzymano nowe pytanie",
        "ru": "написал вам|написала вам|заявка на возврат"
        "|новое сообщение от|сообщение от|отправил вам сообщение|отправила вам сообщение"
        "|пишет:|написал:|написала:|написал(а):|спрашивает|задал вопрос|задала вопрос"
        "|получено новое сообщение|у вас новое сообщение|формы обратной связи"
        "|форма обратной связи|новый отзыв|оставил отзыв|оставила отзыв|ваш покупатель"
        "|новый вопрос|новое сообщение|новое обращение|открыл спор|открыл заявку|вам пришло"
        "|вы получили|оставил вопрос|обратился к вам"
        "|вам задали вопрос|вам оставили",
        "tr": "iade talebi|diyor ki:|yeni müşteri mesajı"
        "|yeni mesaj|size bir mesaj|mesaj gönderdi|yazdı:|yazıyor:|soruyor|bir soru sordu"
        "|iletişim formu|yeni yorum|değerlendirme yaptı|mesajınız var|müşteri sorusu"
        "|yeni soru|yeni bir mesaj|sizinle iletişime|size mesaj|sorusu var"
        "|iade talebi oluşturdu|yeni değerlendirme"
        "|mesaj aldınız|soru aldınız|soru sordu",
        "id": "diskusi baru"
        "|pesan baru dari|pesan dari|mengirim pesan|mengirimi anda pesan|menulis:|bertanya:"
        "|punya pertanyaan|formulir kontak|ulasan baru|memberi ulasan|chat dari|pesan baru"
        "|pertanyaan baru|ada pesan|menghubungi anda|mengajukan pertanyaan|ada pertanyaan"
        "|ada komplain|mengajukan komplain|ulasan dari"
        "|anda menerima pertanyaan|anda mendapat pesan|anda mendapat pertanyaan",
        "ar": "وصلتك رسالة|طلب إرجاع جديد|يقول:"
        "|رسالة جديدة من|رسالة من|أرسل لك رسالة|أرسل إليك رسالة|أرسلت لك رسالة|كتب:|كتبت:"
        "|يسأل:|سأل مشتر|لديك رسالة|نموذج الاتصال|نموذج التواصل|تقييم جديد|ترك تقييم"
        "|رسالة جديدة|سؤال جديد|استفسار جديد|تواصل معك|راسلك|لديك سؤال|طلب إرجاع"
        "|رسالة من العميل|قام بفتح"
        "|تلقيت سؤالا|وصلك سؤال|لديك استفسار",
        "ja": "からのメッセージ|からメッセージ|メッセージが届|メッセージが届いています"
        "|新着メッセージ|さんから|さん：|さん:|様から|お問い合わせフォーム"
        "|からのお問い合わせ|からの質問|新しいレビュー|お問い合わせがありました"
        "|お問い合わせが届|お問い合わせを受|ご質問が届|質問が届|メッセージがあります"
        "|新しいメッセージ|レビューが投稿|返品リクエスト|キャンセルリクエスト|以下の内容で"
        "|以下のお問い合わせ",
        "ko": "문의 알림|접수되었습니다"
        "|님의 메시지|메시지가 도착|문의가 도착|문의가 등록|님이 보낸|님이 남긴|문의 양식"
        "|새 메시지|새 문의|새로운 고객 메시지|님이 작성|새 리뷰|새로운 문의|문의가 접수"
        "|고객 문의가|메시지가 있습니다|리뷰가 등록|상품평이 등록|반품이 접수|새로운 메시지"
        "|질문이 등록|문의를 남"
        "|님이 메시지를 보냈|새 질문이",
        "zh": "詢問商品|询问商品|买家消息|買家訊息|的提問"
        "|发送了消息|發送了訊息|发来消息|發來訊息|的新消息|的新訊息|给您发送了|給您發送了"
        "|写道|寫道|给您留言|給您留言|联系表单|聯絡表單|聯繫表單|新的评价|新的評價|提问|提問"
        "|咨询|新消息|留言如下|新的留言|新留言|新的咨询|向您咨询|向您提问|发来一条"
        "|有新的消息|新的消息|新訊息|新的訊息|给您发来"
        "|有一則關於|有一条关于|有一則訊息|有一条消息|有一則新|有一条新|已收到一条消息|已收到一則訊息",
    }
)


# Lines right before and right behind the words; with many dashes any words do.
MARKERS: Final = entries(
    {
        "en": "begin message|end message",
        "de": "beginn der nachricht|ende der nachricht|anfang der nachricht|nachricht beginnt"
        "|nachricht endet",
        "es": "inicio del mensaje|fin del mensaje",
        "fr": "début du message|fin du message",
        "it": "inizio messaggio|fine messaggio|inizio del messaggio|fine del messaggio",
        "pt": "início da mensagem|fim da mensagem",
        "nl": "begin bericht|einde bericht|begin van bericht|einde van bericht",
        "pl": "początek wiadomości|koniec wiadomości",
        "ru": "начало сообщения|конец сообщения",
        "tr": "mesajın başı|mesajın sonu|mesaj başlangıcı|mesaj sonu",
        "id": "awal pesan|akhir pesan",
        "ar": "بداية الرسالة|نهاية الرسالة",
        "ja": "メッセージここから|メッセージここまで|メッセージはここから|メッセージはここまで",
        "ko": "메시지 시작|메시지 끝",
        "zh": "消息开始|消息结束|訊息開始|訊息結束",
    }
)
