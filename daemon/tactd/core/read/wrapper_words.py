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
        "en": "has asked:|asked:|states:|stated:|new message|regarding your|anfrage zu"
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
        "|via the contact form|new ticket",
        "de": "neue nachricht|anfrage zu ihrem|hat gefragt:|gefragt:|möchte wissen:"
        "|neue nachricht von|nachricht von|hat ihnen eine nachricht|hat dir eine nachricht"
        "|hat dir zu|geschrieben:|schreibt:|schrieb:|fragt:|hat eine frage|kontaktformular"
        "|nachricht erhalten|neue bewertung|hat eine bewertung|produktbewertung erhalten"
        "|neue kundenanfrage|neue anfrage|kundenfrage|hat sie kontaktiert|hat eine anfrage"
        "|neue frage|neue käuferanfrage|hat geschrieben|hat einen fall|neue kundennachricht"
        "|eine nachricht von|hat eine rückgabe|sie haben eine neue",
        "es": "nuevo reclamo|reclamo abierto|preguntó:|dice:|ha preguntado:"
        "|nuevo mensaje de|mensaje de|te ha enviado un mensaje|le ha enviado un mensaje"
        "|escribió:|escribe:|pregunta:|tienes una pregunta|tienes un mensaje"
        "|tienes un nuevo mensaje|formulario de contacto|nueva reseña|nueva opinión"
        "|ha dejado|has recibido un mensaje|nuevo mensaje|tienes una nueva pregunta"
        "|recibiste un mensaje|recibiste una pregunta|te hicieron una pregunta"
        "|nueva consulta|nueva pregunta|te preguntó|te escribió|te envió un mensaje"
        "|abrió un reclamo|preguntó en",
        "fr": "a demandé :|a laissé le message|message suivant"
        "|nouveau message de|message de|vous a envoyé un message|vous a laissé un message"
        "|a répondu à votre|vous écrit|a écrit :|a écrit:|vous avez reçu un message"
        "|vous avez un message|formulaire de contact|nouvel avis|a laissé un avis"
        "|a une question|demandé de l'aide|a fait une offre|nouvelle question"
        "|nouvelle demande|nouveau message|vous avez reçu une nouvelle|nouvelle réclamation"
        "|vous a contacté|a posé une question|a ouvert une réclamation|un message de",
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
        "|nova reclamação",
        "nl": "nieuwe aanvraag|retouraanvraag|volgende bericht"
        "|nieuw bericht van|bericht van|heeft u een bericht|heeft je een bericht|schreef:"
        "|schrijft:|vroeg:|vraagt:|heeft een vraag|nieuw bericht ontvangen|contactformulier"
        "|nieuwe beoordeling|nieuwe review|feedback gegeven|heeft gereageerd"
        "|nieuwe klantvraag|nieuwe vraag|nieuw bericht|heeft contact met|je hebt een bericht"
        "|een vraag gesteld|nieuwe klacht|heeft een retour",
        "pl": "napisał wiadomość|zgłoszenie reklamacyjne"
        "|nowa wiadomość od|wiadomość od|wysłał(a) ci wiadomość|wysłał ci wiadomość|napisał:"
        "|napisała:|napisał(a):|pisze:|pisze w dyskusji|pyta:|ma pytanie"
        "|otrzymałeś wiadomość|formularz kontaktowy|formularza kontaktowego|nowa opinia"
        "|wystawił|masz nową wiadomość|zadał pytanie|zadała pytanie|nowa wiadomość"
        "|nowe pytanie|rozpoczął dyskusję|rozpoczęła dyskusję|kontaktuje się|otrzymałeś nową"
        "|otrzymałeś pytanie|masz wiadomość|nowe zapytanie",
        "ru": "написал вам|написала вам|заявка на возврат"
        "|новое сообщение от|сообщение от|отправил вам сообщение|отправила вам сообщение"
        "|пишет:|написал:|написала:|написал(а):|спрашивает|задал вопрос|задала вопрос"
        "|получено новое сообщение|у вас новое сообщение|формы обратной связи"
        "|форма обратной связи|новый отзыв|оставил отзыв|оставила отзыв|ваш покупатель"
        "|новый вопрос|новое сообщение|новое обращение|открыл спор|открыл заявку|вам пришло"
        "|вы получили|оставил вопрос|обратился к вам",
        "tr": "iade talebi|diyor ki:|yeni müşteri mesajı"
        "|yeni mesaj|size bir mesaj|mesaj gönderdi|yazdı:|yazıyor:|soruyor|bir soru sordu"
        "|iletişim formu|yeni yorum|değerlendirme yaptı|mesajınız var|müşteri sorusu"
        "|yeni soru|yeni bir mesaj|sizinle iletişime|size mesaj|sorusu var"
        "|iade talebi oluşturdu|yeni değerlendirme",
        "id": "pesan baru dari|pesan dari|mengirim pesan|mengirimi anda pesan|menulis:|bertanya:"
        "|punya pertanyaan|formulir kontak|ulasan baru|memberi ulasan|chat dari|pesan baru"
        "|pertanyaan baru|ada pesan|menghubungi anda|mengajukan pertanyaan|ada pertanyaan"
        "|ada komplain|mengajukan komplain|ulasan dari",
        "ar": "وصلتك رسالة|طلب إرجاع جديد|يقول:"
        "|رسالة جديدة من|رسالة من|أرسل لك رسالة|أرسل إليك رسالة|أرسلت لك رسالة|كتب:|كتبت:"
        "|يسأل:|سأل مشتر|لديك رسالة|نموذج الاتصال|نموذج التواصل|تقييم جديد|ترك تقييم"
        "|رسالة جديدة|سؤال جديد|استفسار جديد|تواصل معك|راسلك|لديك سؤال|طلب إرجاع"
        "|رسالة من العميل|قام بفتح",
        "ja": "からのメッセージ|からメッセージ|メッセージが届|メッセージが届いています"
        "|新着メッセージ|さんから|さん：|さん:|様から|お問い合わせフォーム"
        "|からのお問い合わせ|からの質問|新しいレビュー|お問い合わせがありました"
        "|お問い合わせが届|お問い合わせを受|ご質問が届|質問が届|メッセージがあります"
        "|新しいメッセージ|レビューが投稿|返品リクエスト|キャンセルリクエスト|以下の内容で",
        "ko": "문의 알림|접수되었습니다"
        "|님의 메시지|메시지가 도착|문의가 도착|문의가 등록|님이 보낸|님이 남긴|문의 양식"
        "|새 메시지|새 문의|새로운 고객 메시지|님이 작성|새 리뷰|새로운 문의|문의가 접수"
        "|고객 문의가|메시지가 있습니다|리뷰가 등록|상품평이 등록|반품이 접수|새로운 메시지"
        "|질문이 등록|문의를 남",
        "zh": "詢問商品|询问商品|买家消息|買家訊息|的提問"
        "|发送了消息|發送了訊息|发来消息|發來訊息|的新消息|的新訊息|给您发送了|給您發送了"
        "|写道|寫道|给您留言|給您留言|联系表单|聯絡表單|聯繫表單|新的评价|新的評價|提问|提問"
        "|咨询|新消息|留言如下|新的留言|新留言|新的咨询|向您咨询|向您提问|发来一条"
        "|有新的消息|新的消息|新訊息|新的訊息|给您发来",
    }
)

# Lines that only a site writes.
NOTES: Final = entries(
    {
        "en": "click here|please do not share contact|marketplace messaging"
        "|assigned to:|respond before"
        "|do not reply|don't reply to this|don't respond to this|automated message"
        "|automatic message|automatically generated|notifications turned on|to respond"
        "|hours to reply|never pay|outside ebay|outside of ebay|outside the platform"
        "|protection program|spoof|response rate|©|all rights reserved|unsubscribe"
        "|reply to this email or|through my messages|message centre|message center"
        '|contact form|click "reply"|click "respond"|click reply|no email address'
        "|no contact details|buyers expect|manage orders|buyer-seller messaging"
        "|please reply within|please respond within|respond within|reply within|log in to"
        "|sign in to|to meet our|notifications switched on|you received this email because"
        "|you are receiving this|this e-mail was sent from|this email was sent from"
        "|response time",
        "de": "automatisch versendet|antworten sie dem kunden|automatisch versandt"
        "|nicht auf diese|automatisch erstellt|automatisch generiert|automatische nachricht"
        "|sie haben zeit bis|tage zeit|stunden zeit|käuferschutz|außerhalb von|abmelden"
        "|klicken sie auf|über das kontaktformular|innerhalb von 24|innerhalb von 48"
        "|ihr team von|antworten sie innerhalb|antworte innerhalb|diese e-mail wurde über"
        "|diese e-mail wurde automatisch|sie erhalten diese e-mail|kontaktformular auf"
        "|loggen sie sich ein",
        "es": "días hábiles para|haz clic"
        "|no respondas a este|no responda a este|mensaje automático|notificación automática"
        "|fuera de ebay|fuera de la plataforma|puedes responder|para responder"
        "|antes de 24 horas|los compradores esperan|equipo de la plataforma"
        "|responde antes de|responda en un plazo|responde dentro de|inicia sesión"
        "|recibes este correo|se ha enviado desde un formulario|este mensaje se envió",
        "fr": "merci de lui répondre|dans les meilleurs délais|cliquez ici|le service vendeurs"
        "|ne pas y répondre|ne pas répondre à|e-mail automatique|message automatique"
        "|pour répondre|en dehors du site|jours pour répondre|veuillez répondre sous"
        "|par l'intermédiaire d|l'équipe|merci de répondre sous|répondez sous"
        "|connectez-vous à|a été envoyé via|a été envoyé depuis|vous recevez cet e-mail",
        "it": "servizio venditori|clicca qui"
        "|non rispondere a questa|messaggio automatico|per rispondere|al di fuori di"
        "|puoi rispondere|servizio di messaggistica|rispondi entro|rispondere entro|accedi a"
        "|ricevi questa e-mail|è stata inviata dal modulo|è stata inviata da un modulo",
        "pt": "clique aqui|submetido em|enviado em"
        "|não responda a este|mensagem automática|fora do site|dias para responder"
        "|não deixou contacto|não deixou contato|responda em até|responda dentro de"
        "|aceda a sua|acesse sua conta|foi enviado por um formulário|foi enviado através"
        "|você recebeu este e-mail",
        "nl": "niet op dit bericht|automatisch bericht|berichtencentrum|beantwoord binnen"
        "|reageer uiterlijk|via het contactformulier|deel geen|geen e-mailadres"
        "|buiten het platform|reageer binnen|antwoord binnen|log in op|is verzonden via"
        "|je ontvangt deze e-mail|u ontvangt deze e-mail",
        "pl": "wygenerowana automatycznie|kliknij"
        "|nie odpowiadaj|wiadomość automatyczna|poza serwisem|termin odpowiedzi"
        "|odpowiedz w ciągu|wysłano z formularza|aby odpowiedzieć|wygasa za"
        "|prosimy o odpowiedź w ciągu|zaloguj się|została wysłana z formularza"
        "|wysłana automatycznie|otrzymujesz tę wiadomość|wyrażam zgodę",
        "ru": "чтобы ответить|нажмите"
        "|не отвечайте на|автоматическое сообщение|на ответ|используйте кнопку"
        "|отправлено с сайта|ответьте прямо на|можно один раз|рабочих дня, чтобы|вне сайта"
        "|беседу на сайте|ответьте в течение|пожалуйста, ответьте в течение|войдите в"
        "|было отправлено с формы|вы получили это письмо|отправлено из формы",
        "tr": "içinde yanıtla|tıklayın"
        "|bu e-postayı yanıtlama|otomatik mesaj|dışında ödeme|saat geçerli|içinde yanıtla"
        "|mesajlarına git|içinde cevapla|içinde yanıt veriniz|giriş yapın|formundan gönderil"
        "|bu e-postayı aldınız|saat içinde yanıt",
        "id": "klik di sini|batas respon"
        "|jangan balas|pesan otomatis|di luar platform|tanggapi dalam|jawab dalam"
        "|mohon balas dalam|balas dalam|segera balas dalam|masuk ke|dikirim dari formulir"
        "|anda menerima email ini",
        "ar": "اضغط هنا"
        "|لا ترد على|رسالة تلقائية|للرد على|خارج الموقع|خلال 24|خلال 48|خلال 12|ينتهي العرض"
        "|لديك 3 أيام|خارج المنصة|يرجى الرد خلال|سجل الدخول|تم إرسال هذه الرسالة من"
        "|تم إرسال هذا البريد",
        "ja": "返信しないで|自動送信|自動配信|通知専用|記録されています|解決しましたか"
        "|アプリから返信|以内に返信|時間以内に|フォームから送信されました"
        "|自動送信されています|ログインして|配信専用",
        "ko": "회신하지 마|자동 발송|발신 전용|자동 승인|파트너센터|에서 답변할 수|이내에 답변"
        "|시간 이내|로그인하여|에서 자동으로|양식에서 전송",
        "zh": "请及时回复|請及時回覆|点击查看"
        "|请勿回复|請勿回覆|请勿直接回复|自动发送|自動發送|以外的地方|小时后失效|小時後失效"
        "|天内处理|天內處理|买家保护|退款保障|請僅透過|请仅通过|系统通知|系統通知|逾期"
        "|小时内回复|小時內回覆|小时内处理|小時內處理|登录卖家|登入賣家|联系表单发送|請登入"
        "|请登录",
    }
)

# The buyer himself: no site speaks so.
HIMSELF: Final = entries(
    {
        "en": "we|our|my|me|mine",
        "de": "ich|wir|mir|mich|mein|meine|meinen|meinem|uns|unsere",
        "es": "yo|mis|nosotros",
        "fr": "j|nous|mon|ma|moi|notre",
        "it": "io|mio|mia|miei|ho",
        "pt": "eu|nós|meu|minha|meus",
        "nl": "ik|mij|mijn|wij|ons|onze",
        "pl": "mój|moja|moje|mnie|mam",
        "ru": "я|мы|мне|мой|моя|меня|мою|нам",
        "tr": "bana|benim|biz|bize",
        "id": "saya|kami|aku|gue",
        "ar": "أنا|لي|نحن",
    }
)

# Whom a buyer addresses or reports on: a site that introduces his words names him.
PERSONS: Final = entries(
    {
        "en": "you|your|he|she|they|app|page|website|mail|label",
        "de": "sie|ihr|ihre|ihnen|du|dein|deine|er",
        "es": "usted|ustedes|su|tu|ellos",
        "fr": "vous|votre|vos|ton|ta|m|ils",
        "it": "lei|vostro|vostra|voi|tuo|suo",
        "pt": "você|vocês|seu|sua|eles",
        "nl": "u|uw|jij|je|jouw|jullie|zij",
        "pl": "pan|pani|państwo|wy",
        "ru": "вы|ваш|ваша|ваше|вам|они",
        "tr": "siz|sizin",
        "id": "anda|kamu",
        "ar": "أنت|أنتم",
    }
)

# Where "you" is in the verb or at its end: a site tells the seller what came for him.
RECEIVES: Final = entries(
    {
        "es": "tienes|tenés|tiene|has|recibiste|te",
        "fr": "m'avez|vient",
        "it": "hai|ricevi|ti",
        "pt": "recebeu|tem|te|lhe",
        "pl": "masz|otrzymałeś|otrzymałaś|otrzymali|ci",
        "ru": "вас|вам|получили",
        "tr": "size|mesajınız|müşteriniz|aldınız",
        "ar": "لديك|وصلتك|إليك|لك|تلقيت",
    }
)

# A buyer, as a site speaks of him.
ROLES: Final = entries(
    {
        "en": "buyer|customer|buyer's|customer's|shopper|client",
        "de": "käufer|käufers|käuferin|kunde|kunden|kundin",
        "es": "comprador|compradora|cliente",
        "fr": "acheteur|acheteuse|client|cliente",
        "it": "acquirente|cliente|dell'acquirente",
        "pt": "comprador|compradora|cliente",
        "nl": "koper|klant",
        "pl": "kupujący|kupującego|klient|klienta|klientowi|kupującemu|klientka",
        "ru": "покупатель|покупателя|клиент|клиента|клиенту|покупателю",
        "tr": "alıcı|alıcının|müşteri|müşterinin|müşteriniz",
        "id": "pembeli|pelanggan",
        "ar": "المشتري|العميل|مشتر|عميل",
    }
)
ROLES_UNSPACED: Final = entries(
    {"ja": "購入者|お客様", "ko": "구매자|고객", "zh": "买家|買家|客户|客戶|顾客|顧客"}
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
