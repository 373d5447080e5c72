"""What stands between the bars of a menu below a site's mail, in fifteen languages.

Literal tables, one row a language; compared in lower case, without decoration.
"""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

# One of these, the whole piece between two bars, makes the line a menu.
MENU: Final = entries(
    {
        "en": "help|help centre|help center|contact us|unsubscribe|privacy|privacy policy|terms"
        "|terms of use|settings|manage notifications|notification settings|my account"
        "|my orders|report message|report this message|report a message|delete|spam|faq"
        "|mark as spam|about us|view in browser|no response needed|feedback",
        "de": "hilfe|hilfebereich|kontakt|abmelden|datenschutz|impressum|agb|einstellungen"
        "|mein konto|meine bestellungen|nachricht melden|diese nachricht melden|löschen"
        "|bewertung melden|benachrichtigungen|keine antwort nötig|keine antwort erforderlich",
        "es": "ayuda|centro de ayuda|contacto|cancelar suscripción|privacidad|configuración"
        "|mi cuenta|mis pedidos|denunciar mensaje|reportar mensaje|eliminar|denunciar"
        "|informar de este mensaje|configuración de avisos|no requiere respuesta",
        "fr": "aide|centre d'aide|contact|se désabonner|confidentialité|paramètres"
        "|mon compte|mes commandes|signaler ce message|signaler un message|supprimer"
        "|signaler|pas de réponse nécessaire|mentions légales",
        "it": "assistenza|aiuto|centro assistenza|contatti|annulla iscrizione|impostazioni"
        "|il mio account|i miei ordini|segnala messaggio|segnala questo messaggio|elimina"
        "|segnala un messaggio|nessuna risposta necessaria",
        "pt": "ajuda|central de ajuda|centro de ajuda|contato|contacto|cancelar inscrição"
        "|configurações|definições|minha conta|meus pedidos|denunciar mensagem|excluir"
        "|reportar mensagem|apagar|nenhuma resposta necessária",
        "nl": "hulp|helpcentrum|klantenservice|uitschrijven|instellingen|mijn account"
        "|mijn bestellingen|bericht melden|dit bericht melden|verwijderen|als spam markeren"
        "|geen antwoord nodig",
        "pl": "pomoc|centrum pomocy|kontakt|wypisz się|prywatność|ustawienia|moje konto"
        "|moje zamówienia|zgłoś wiadomość|usuń|zgłoś|zobacz szczegóły"
        "|odpowiedź nie jest wymagana",
        "ru": "помощь|справка|центр поддержки|контакты|отписаться|настройки|мои заказы"
        "|личный кабинет|пожаловаться|пожаловаться на сообщение|удалить|ответ не требуется",
        "tr": "yardım|yardım merkezi|bize ulaşın|abonelikten çık|gizlilik|ayarlar|hesabım"
        "|siparişlerim|iade talepleri|kargo takip|mesajı bildir|sil|şikayet et"
        "|yanıt gerekmiyor",
        "id": "bantuan|pusat bantuan|hubungi kami|berhenti berlangganan|privasi|pengaturan"
        "|akun saya|pesanan saya|laporkan pesan|laporkan|hapus|tidak perlu dibalas",
        "ar": "المساعدة|مركز المساعدة|مساعدة|اتصل بنا|إلغاء الاشتراك|الخصوصية|الإعدادات|حسابي"
        "|طلباتي|الإبلاغ عن الرسالة|الإبلاغ عن رسالة|حذف|لا حاجة للرد",
        "ja": "ヘルプ|ヘルプセンター|お問い合わせ|配信停止|プライバシー|設定|マイページ|注文履歴"
        "|メッセージを報告|報告する|削除|通知設定|返信不要",
        "ko": "도움말|고객센터|문의하기|수신거부|개인정보처리방침|설정|마이페이지|주문내역"
        "|메시지 신고|신고하기|삭제|알림 설정|답장 필요 없음",
        "zh": "帮助|幫助|帮助中心|幫助中心|说明|联系我们|聯絡我們|退订|取消訂閱|隐私|隱私|设置|設定"
        "|我的账户|我的帳戶|我的订单|我的訂單|举报消息|檢舉訊息|举报|檢舉|删除|刪除|关闭通知"
        "|關閉通知|标记为无需回复|標記為無需回覆",
    }
)
