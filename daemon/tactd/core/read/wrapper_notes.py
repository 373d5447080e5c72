"""Lines that only a site writes around a buyer's words, in fifteen languages.

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
"""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

NOTES: Final = entries(
    {
        "en": "in the dashboard|in dashboard|seller dashboard|seller center"
        "|seller central|review notification"
        "|click here|please do not share contact|marketplace messaging"
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
        "de": "verifizierter kauf|händlerportal|verkäuferportal"
        "|automatisch versendet|antworten sie dem kunden|automatisch versandt"
        "|nicht auf diese|automatisch erstellt|automatisch generiert|automatische nachricht"
        "|sie haben zeit bis|tage zeit|stunden zeit|käuferschutz|außerhalb von|abmelden"
        "|klicken sie auf|über das kontaktformular|innerhalb von 24|innerhalb von 48"
        "|ihr team von|antworten sie innerhalb|antworte innerhalb|diese e-mail wurde über"
        "|diese e-mail wurde automatisch|sie erhalten diese e-mail|kontaktformular auf"
        "|loggen sie sich ein",
        "es": "centro de vendedores|panel de vendedor"
        "|días hábiles para|haz clic"
        "|no respondas a este|no responda a este|mensaje automático|notificación automática"
        "|fuera de ebay|fuera de la plataforma|puedes responder|para responder"
        "|antes de 24 horas|los compradores esperan|equipo de la plataforma"
        "|responde antes de|responda en un plazo|responde dentro de|inicia sesión"
        "|recibes este correo|se ha enviado desde un formulario|este mensaje se envió",
        "fr": "espace vendeur|compte vendeur"
        "|merci de lui répondre|dans les meilleurs délais|cliquez ici|le service vendeurs"
        "|ne pas y répondre|ne pas répondre à|e-mail automatique|message automatique"
        "|pour répondre|en dehors du site|jours pour répondre|veuillez répondre sous"
        "|par l'intermédiaire d|l'équipe|merci de répondre sous|répondez sous"
        "|connectez-vous à|a été envoyé via|a été envoyé depuis|vous recevez cet e-mail",
        "it": "servizio venditori|clicca qui"
        "|non rispondere a questa|messaggio automatico|per rispondere|al di fuori di"
        "|puoi rispondere|servizio di messaggistica|rispondi entro|rispondere entro|accedi a"
        "|ricevi questa e-mail|è stata inviata dal modulo|è stata inviata da un modulo",
        "pt": "enviado pelo formulário|painel do vendedor|central do vendedor"
        "|clique aqui|submetido em|enviado em"
        "|não responda a este|mensagem automática|fora do site|dias para responder"
        "|não deixou contacto|não deixou contato|responda em até|responda dentro de"
        "|aceda a sua|acesse sua conta|foi enviado por um formulário|foi enviado através"
        "|você recebeu este e-mail",
        "nl": "niet op dit bericht|automatisch bericht|berichtencentrum|beantwoord binnen"
        "|reageer uiterlijk|via het contactformulier|deel geen|geen e-mailadres"
        "|buiten het platform|reageer binnen|antwoord binnen|log in op|is verzonden via"
        "|je ontvangt deze e-mail|u ontvangt deze e-mail",
        "pl": "panelu sprzedawcy|data wysłania"
        "|wygenerowana automatycznie|kliknij"
        "|nie odpowiadaj|wiadomość automatyczna|poza serwisem|termin odpowiedzi"
        "|odpowiedz w ciągu|wysłano z formularza|aby odpowiedzieć|wygasa za"
        "|prosimy o odpowiedź w ciągu|zaloguj się|została wysłana z formularza"
        "|wysłana automatycznie|otrzymujesz tę wiadomość|wyrażam zgodę",
        "ru": "личном кабинете|личный кабинет"
        "|чтобы ответить|нажмите"
        "|не отвечайте на|автоматическое сообщение|на ответ|используйте кнопку"
        "|отправлено с сайта|ответьте прямо на|можно один раз|рабочих дня, чтобы|вне сайта"
        "|беседу на сайте|ответьте в течение|пожалуйста, ответьте в течение|войдите в"
        "|было отправлено с формы|вы получили это письмо|отправлено из формы",
        "tr": "satıcı panel"
        "|içinde yanıtla|tıklayın"
        "|bu e-postayı yanıtlama|otomatik mesaj|dışında ödeme|saat geçerli|içinde yanıtla"
        "|mesajlarına git|içinde cevapla|içinde yanıt veriniz|giriş yapın|formundan gönderil"
        "|bu e-postayı aldınız|saat içinde yanıt",
        "id": "seller centre|dashboard penjual"
        "|klik di sini|batas respon"
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
        "ko": "관리자 페이지|판매자 페이지"
        "|회신하지 마|자동 발송|발신 전용|자동 승인|파트너센터|에서 답변할 수|이내에 답변"
        "|시간 이내|로그인하여|에서 자동으로|양식에서 전송",
        "zh": "登录后台|登入後台|卖家后台|賣家後台"
        "|请及时回复|請及時回覆|点击查看"
        "|请勿回复|請勿回覆|请勿直接回复|自动发送|自動發送|以外的地方|小时后失效|小時後失效"
        "|天内处理|天內處理|买家保护|退款保障|請僅透過|请仅通过|系统通知|系統通知|逾期"
        "|小时内回复|小時內回覆|小时内处理|小時內處理|登录卖家|登入賣家|联系表单发送|請登入"
        "|请登录",
    }
)
