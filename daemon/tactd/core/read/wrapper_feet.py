"""How the lines begin that only a site, a shop system or a form writes below a buyer's words.

Literal tables, one row a language; compared in lower case, without decoration. A row's entry is
the beginning of the line; behind "…" one of these must follow somewhere, "#" is a moment with
year and time. A line that a buyer might begin in the same way needs such a word.
"""

from __future__ import annotations

from typing import Final

FEET: Final = {
    "en": "was this email helpful|was this e-mail helpful|was this message helpful"
    "|this message was generated|this message was sent from your|this message was sent via"
    "|this email was generated|this e-mail was generated|this email was automatically"
    "|sent from the website|sent from your website|sent from your online store|submitted from"
    "|submitted via|submitted on…#|sent by shopify|powered by|tip:…sellers|tip for sellers"
    "|sellers who reply|reply quickly…chance of,to increase,to improve"
    "|answer quickly…chance of,to increase|reply to this message to…buyer,customer"
    "|reply to this email to…buyer,customer|respond to this message within"
    "|reply to this message within|please respond before…#|please reply before…#"
    "|i agree to the…privacy,terms of use,terms and cond,newsletter"
    "|i accept the…privacy,terms of use|i consent to…data,processing,privacy"
    "|do you agree to receive|do you want to receive…offer,newsletter"
    "|would you like to receive…offer,newsletter|subscribe to newsletter|copyright ©"
    "|only purchases on ebay|remember: keep…conversation,payment|keep the conversation on"
    "|copyright 20|privacy policy…accepted,agreed",
    "de": "war diese e-mail hilfreich|war diese nachricht hilfreich|diese nachricht wurde über"
    "|diese nachricht wurde automatisch|diese nachricht wurde von ihrem"
    "|diese e-mail wurde automatisch|diese mail wurde automatisch"
    "|diese e-mail wurde von ihrem|gesendet über das kontaktformular"
    "|gesendet von ihrer website|gesendet von der website|tipp: verkäufer"
    "|tipp für verkäufer|verkäufer, die schnell antworten|antworten sie schnell…chance"
    "|antworte schnell…chance|schnell antworten…verkaufschance"
    "|antworten sie auf diese nachricht, um|antworte auf diese nachricht, um"
    "|antworten sie auf diese nachricht innerhalb"
    "|bitte antworten sie auf diese nachricht innerhalb|bitte antworten sie bis…#"
    "|bitte antworten sie vor…#|ich stimme…datenschutz,newsletter,agb,verarbeitung"
    "|ich habe die datenschutz|ich willige…daten"
    "|ich bin damit einverstanden, dass meine…daten,angaben"
    "|möchten sie…newsletter,angebote erhalten|newsletter abonnieren|nur käufe bei ebay"
    "|denken sie daran, dass käufer|alle rechte vorbehalten"
    "|datenschutzerklärung…akzeptiert,gelesen,zugestimmt|datenschutz akzeptiert",
    "es": "¿te ha resultado útil este|¿te ha sido útil este|¿le ha sido útil este"
    "|este mensaje se ha generado|este mensaje fue generado|este correo se generó"
    "|este correo se ha generado|este mensaje ha sido generado|enviado desde el sitio"
    "|enviado desde la web|enviado desde el formulario|enviado desde la página"
    "|consejo:…vendedores|los vendedores que responden|responde rápido…posibilidad"
    "|responde pronto…posibilidad|responda rápido…posibilidad|responde a este mensaje para"
    "|responda a este mensaje para|responda a este mensaje en un plazo"
    "|responde a este mensaje en|por favor responde antes d…#|por favor, responda antes d…#"
    "|responda antes d…#|acepto la política…privacidad|acepto los términos…condiciones,uso"
    "|he leído y acepto…privacidad,términos|acepto recibir|¿acepta recibir|¿aceptas recibir"
    "|¿desea recibir…ofertas,boletín|¿quieres recibir…ofertas,boletín|aviso legal:…datos"
    "|todos los derechos reservados|solo las compras en ebay|recuerda: si compartes"
    "|recuerda: mantén"
    "|política de privacidad…aceptada,aceptado",
    "fr": "cet e-mail vous a-t-il été utile|ce message vous a-t-il été utile"
    "|cet email vous a-t-il été utile|ce message a été généré|ce message a été envoyé depuis"
    "|ce message a été envoyé via|cet e-mail a été généré|message envoyé depuis"
    "|envoyé depuis le site|envoyé depuis votre site|envoyé via le formulaire"
    "|conseil :…vendeurs|conseil:…vendeurs|astuce :…vendeurs|les vendeurs qui répondent"
    "|répondez vite…chance|répondez rapidement…chance|répondez à ce message pour"
    "|répondez à ce message sous|répondez à ce message dans|merci de répondre avant le…#"
    "|veuillez répondre avant le…#|acceptez-vous de recevoir"
    "|souhaitez-vous recevoir…offre,newsletter,actualité|j'accepte de recevoir"
    "|j'accepte la politique…confidentialité|j'accepte les conditions…générales,utilisation"
    "|j'accepte que mes…données|je consens à…données,traitement|en soumettant ce formulaire"
    "|inscription à la newsletter|tous droits réservés|seuls les achats effectués sur ebay"
    "|politique de confidentialité…acceptée,lue",
    "it": "queste informazioni ti sono state utili|questa email ti è stata utile"
    "|questa e-mail ti è stata utile|questo messaggio è stato generato"
    "|questo messaggio è stato inviato da|questa e-mail è stata generata"
    "|questa email è stata generata|inviato dal sito|inviato dal tuo sito"
    "|inviato tramite il sito|inviato dal modulo|inviato tramite il modulo"
    "|consiglio:…i venditori|suggerimento:…i venditori|i venditori che rispondono"
    "|rispondi subito…possibilità|rispondi velocemente…possibilità"
    "|rispondi a questo messaggio per|rispondi a questo messaggio entro"
    "|rispondere a questo messaggio entro|si prega di rispondere entro…#"
    "|si prega di rispondere prima del…#|accetto la privacy|accetto l'informativa"
    "|accetto i termini…servizio,condizioni|acconsento al…trattamento|ho letto l'informativa"
    "|ho letto e accetto…privacy,termini|dichiaro di aver letto|accetti di ricevere"
    "|vuoi ricevere…offerte,newsletter|desidera ricevere…offerte,newsletter|consenso privacy"
    "|consenso marketing|tutti i diritti riservati|solo gli acquisti effettuati su ebay"
    "|informativa privacy…accettata|privacy accettata",
    "pt": "este e-mail foi útil|este email foi útil|esta mensagem foi útil"
    "|esta mensagem foi gerada|esta mensagem foi enviada|este e-mail foi gerado"
    "|este email foi gerado|mensagem enviada a partir d|mensagem enviada pelo site"
    "|enviado pelo site|enviado a partir do site|enviada através do site|dica:…vendedores"
    "|os vendedores que respondem|vendedores que respondem|responda rápido…chance"
    "|responda rapidamente…chance|responda a esta mensagem para"
    "|responda a esta mensagem no prazo|responda a esta mensagem dentro"
    "|responda a esta mensagem em até|responda esta mensagem em|por favor, responda até…#"
    "|responda até…#|aceita receber|deseja receber…ofertas,newsletter|aceito receber"
    "|aceito a política…privacidade|aceito os termos…uso,condições"
    "|li e aceito…privacidade,termos|autorizo o tratamento|todos os direitos reservados"
    "|lembre-se: mantenha|agradeça seu cliente|o ebay pode ajudar"
    "|política de privacidade…aceite,aceita",
    "nl": "was deze e-mail nuttig|was deze e-mail nuttig voor|was dit bericht nuttig"
    "|heb je iets aan deze e-mail|dit bericht is automatisch|dit bericht is verzonden"
    "|dit bericht is verstuurd|dit bericht werd automatisch|deze e-mail is automatisch"
    "|deze mail is automatisch|verzonden via het contactformulier|verstuurd via het formulier"
    "|verstuurd vanaf de website|verzonden via de website|tip:…verkopers|verkopers die snel"
    "|reageer snel…kans op|antwoord snel…kans op|beantwoord dit bericht om"
    "|reageer op dit bericht om|beantwoord dit bericht niet|beantwoord dit bericht binnen"
    "|beantwoord deze vraag binnen…verkoop|reageer op dit bericht binnen"
    "|gelieve te antwoorden voor…#|reageer vóór…#|ik ga akkoord met…privacy,voorwaarden"
    "|ik geef toestemming…gegevens,verwerk|wilt u…nieuwsbrief,aanbiedingen ontvangen"
    "|wil je…nieuwsbrief,aanbiedingen ontvangen|alle rechten voorbehouden"
    "|alleen aankopen op ebay"
    "|privacyverklaring…akkoord,gelezen|privacybeleid…akkoord,gelezen",
    "pl": "czy ta wiadomość była pomocna|czy ten e-mail był|czy ta wiadomość e-mail"
    "|ta wiadomość została wygenerowana|ta wiadomość została wysłana"
    "|wiadomość wysłana ze strony|wiadomość wysłana z formularza"
    "|wiadomość wysłana przez formularz|wiadomość wygenerowana|wysłano ze strony"
    "|ten e-mail został wygenerowany|wskazówka:…sprzedawcy,sprzedający"
    "|sprzedawcy, którzy szybko|odpowiedz szybko…szans|szybka odpowiedź…szans"
    "|odpowiedz na tę wiadomość, aby|odpowiedz na tę wiadomość w ciągu"
    "|prosimy odpowiedzieć do…#|prosimy o odpowiedź do…#|odpowiedz do…#"
    "|wyrażam zgodę…dan,przetwarz|zgadzam się na przetwarzanie|akceptuję regulamin"
    "|akceptuję politykę|zgoda marketingowa|czy chcesz otrzymywać…ofert,newsletter"
    "|podziękuj za ocenę|wszelkie prawa zastrzeżone|tylko zakupy w serwisie ebay"
    "|polityka prywatności…zaakceptowana,tak",
    "ru": "было ли это письмо полезн|было ли это сообщение полезн|было ли полезно это"
    "|письмо сформировано автоматически|это письмо сформировано"
    "|это письмо создано автоматически|это письмо отправлено автоматически"
    "|сообщение сформировано автоматически|это сообщение создано автоматически"
    "|это сообщение отправлено с|отправлено с вашего сайта|отправлено через форму"
    "|совет:…продавцы,продавцов|продавцы, которые быстро|отвечайте быстро…шанс"
    "|ответьте быстро…шанс|ответьте на это сообщение, чтобы|ответьте на это сообщение в"
    "|пожалуйста, ответьте до…#|просим ответить до…#|ответьте до…#|согласен на обработку"
    "|согласна на обработку|даю согласие…обработк|я согласен с политикой"
    "|я даю согласие…обработк|хотите получать…рассылк,предложени|все права защищены"
    "|только покупки на ebay|напоминаем: деньги"
    "|политика конфиденциальности…принята,согла",
    "tr": "bu e-posta yararlı oldu|bu e-posta faydalı|bu mesaj yararlı oldu|bu mesaj otomatik"
    "|bu e-posta otomatik|bu e-posta web siteniz|bu mesaj web siteniz|web sitenizden gönder"
    "|web sitesinden gönder|site üzerinden gönder|ipucu:…satıcılar"
    "|hızlı yanıt veren satıcılar|hızlı yanıt…satış şans|hızlı cevap…satış şans"
    "|sorulara…mağaza puanı|bu mesajı yanıtlayarak alıcı|alıcıyla iletişime geçmek için"
    "|yanıt için son tarih|kvkk|açık rıza|kampanyalardan haberdar|ticari elektronik ileti"
    "|mesajı panelden|tüm hakları saklıdır|yalnızca ebay"
    "|gizlilik politikası…kabul edildi,onayl|lütfen bu mesajı…saat içinde",
    "id": "apakah email ini membantu|apakah pesan ini membantu|pesan ini dikirim otomatis"
    "|pesan ini dibuat otomatis|pesan ini dikirim dari situs|email ini dibuat otomatis"
    "|email ini dikirim otomatis|dikirim dari situs|dikirim dari halaman"
    "|dikirim melalui formulir|tips:…penjual yang|tip:…penjual yang|penjual yang cepat"
    "|balas cepat…performa,peluang|balas pesan ini untuk menghubungi|harap tanggapi sebelum…#"
    "|mohon tanggapi sebelum…#|harap balas sebelum…#|mohon balas sebelum…#|balas sebelum…#"
    "|balas pesan lewat aplikasi|saya setuju dengan…privasi,syarat dan"
    "|saya menyetujui…privasi,syarat dan|bersedia menerima…penawaran,promo"
    "|hak cipta dilindungi|pembelian di etsy dilindungi|hanya pembelian di ebay"
    "|kebijakan privasi…disetujui,setuju|balas pesan ini dalam",
    "ar": "هل كان هذا البريد|هل كانت هذه الرسالة مفيدة|هل أفادتك هذه الرسالة|حقوق النشر محفوظة"
    "|جميع الحقوق محفوظة|هذه رسالة آلية|هذه رسالة تلقائية|أُرسلت هذه الرسالة من"
    "|أرسلت هذه الرسالة من|تم إنشاء هذه الرسالة|مرسل من الموقع|أرسلت من الموقع"
    "|نصيحة:…البائعون,البائعين|البائعون الذين يردون|رد بسرعة…فرص|الرد السريع…فرص,متجرك"
    "|رد على هذه الرسالة للتواصل|يرجى الرد قبل…#|الرجاء الرد قبل…#|الرجاء الرد خلال…متجر"
    "|أوافق على…الخصوصية,الشروط والأحكام|هل توافق على تلقي|هل ترغب في تلقي…عروض,النشرة"
    "|لا تشارك بياناتك خارج|فقط المشتريات على ebay"
    "|سياسة الخصوصية…موافق,تم القبول|يرجى الرد على هذه الرسالة",
    "ja": "このeメールは役に立ち|このメールはお役に立ち|お役に立ちましたか|このメールは自動"
    "|このメールは、自動|このメールはwebサイト|このメッセージは自動|本メールは自動"
    "|本メールはシステム|サイトから送信されました|ウェブサイトから送信|ヒント…出品者"
    "|早く返信…売れ|迅速な返信…売れ|このメッセージに返信すると|このメールに返信すると購入者"
    "|このメールに返信しても|個人情報の取り扱いに同意|個人情報の取扱いに同意"
    "|プライバシーポリシーに同意|メールマガジン…希望,登録,購読|メルマガ…希望,登録,購読|著作権"
    "|無断転載|ebay以外での取引|ebay外での取引"
    "|1営業日以内に返信|このメッセージには24時間",
    "ko": "이 이메일이 도움이|이 메일이 도움이|본 메일은 발신|본 메일은 자동|본 메시지는 자동"
    "|이 메일은 자동|이 메시지는 자동|홈페이지에서 전송|웹사이트에서 전송|사이트에서 보냄"
    "|shopify에서 보냄|빠른 답변은…판매자|빠르게 답변…판매 확률"
    "|이 메시지에 답장하면 구매자|이 메시지에 회신하면 구매자|답변은 판매자센터|답변은 관리자"
    "|개인정보 수집…동의|개인정보 처리방침…동의|마케팅 수신…동의|광고성 정보…동의"
    "|모든 권리 보유|ebay 외부에서|ebay에서는 구매자"
    "|팁: 빨리…판매자|팁: 빠르게…판매자|팁: 판매자"
    "|1영업일 이내에 이 메시지|24시간 이내에 이 메시지",
    "zh": "此电子邮件对您|此電子郵件對您|这封邮件对您|這封郵件對您|此邮件是否有帮助"
    "|此郵件是否有幫助|版权所有|版權所有|此邮件由|此郵件由|本邮件由系统|本郵件由系統|此消息由"
    "|此訊息由|此留言由|由网站发送|由網站寄出|解决此问题|解決此問題|提示：…卖家,賣家"
    "|小贴士…卖家|小提醒…賣家|快速回复…成交|快速回覆…成交|及时回复…成交|回复此消息即可"
    "|回覆此訊息即可|回复此邮件即可|回覆此郵件即可|请勿在 ebay|請勿在 ebay|请勿在平台"
    "|請勿在平台|請於…聊聊回覆,後台|请于…后台|我同意…隐私,隱私,條款,条款|已阅读并同意"
    "|已閱讀並同意|是否接收…优惠,優惠|是否願意收到|只有在 ebay|仅在 ebay|點此回覆|点此回复"
    "|请在…回复此消息,回复此邮件|請在…回覆此訊息,回覆此郵件|请于…回复此消息|請於…回覆此訊息",
}

# Above what the seller himself wrote before: all from here on is not the buyer's.
BEFORE: Final = {
    "en": "earlier message from you|your earlier message|your previous message|your last message"
    "|previous message from you|your message to the buyer|your message to the customer",
    "de": "frühere nachricht von ihnen|ihre frühere nachricht|ihre vorherige nachricht"
    "|ihre letzte nachricht|deine letzte nachricht|deine vorherige nachricht",
    "es": "tu mensaje anterior|su mensaje anterior|mensaje anterior tuyo|tu último mensaje",
    "fr": "votre message précédent|votre dernier message|votre précédent message",
    "it": "il tuo messaggio precedente|il tuo ultimo messaggio|tuo messaggio precedente",
    "pt": "sua mensagem anterior|a sua mensagem anterior|sua última mensagem",
    "nl": "uw vorige bericht|je vorige bericht|uw laatste bericht|je laatste bericht",
    "pl": "twoja poprzednia wiadomość|twoja ostatnia wiadomość",
    "ru": "ваше предыдущее сообщение|ваше последнее сообщение",
    "tr": "önceki mesajınız|son mesajınız",
    "id": "pesan anda sebelumnya|pesan anda terakhir",
    "ar": "رسالتك السابقة",
    "ja": "あなたの以前のメッセージ|出品者からの前回のメッセージ",
    "ko": "판매자님의 이전 메시지|이전에 보낸 메시지",
    "zh": "您之前的消息|您之前的訊息|您上一条消息|您上一則訊息",
}
