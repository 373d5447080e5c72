"""How mail clients introduce what they quote, and sign what is written on a telephone.

Literal tables, written from looking at such mails; one row is one form. A client that is missing
is one more row here and one more row in tests/read/test_quotes.py.
"""

from __future__ import annotations

import re

# A moment (there is always a digit in it) and a person. Counted repeats keep them linear.
_WHEN = r".{0,40}\d.{0,120}"
_WHO = r".{1,160}"
_MAIL = r"[<(\[][^<>\s]{1,100}@[^<>\s]{1,100}[>)\]]"

# (language, where it was seen, the whole line or the wrapped lines joined by a space, without
# the colon at their end)
ATTRIBUTIONS = (
    (
        "en",
        "Gmail, Apple, Yahoo, NetEase, eBay",
        rf"(?:on|at) {_WHEN} ?(?<!\byou )(?<!\bi )(?:wrote|writes)",
    ),
    ("en", "Thunderbird, mutt", rf"{_WHO} (?:wrote|writes) (?:on|at) {_WHEN}"),
    ("de", "Gmail, Apple, Thunderbird", rf"am {_WHEN} schrieb {_WHO}"),
    ("de", "Yahoo", rf"am {_WHEN} hat {_WHO} geschrieben"),
    ("de", "GMX, web.de", rf"{_WHO} schrieb am {_WHEN}"),
    ("es", "Gmail, Apple, Yahoo", rf"(?:el|en|a la\(s\)) {_WHEN} ?escribi[óo]"),
    ("es", "Thunderbird", rf"(?:el|en) {_WHEN} escribi[óo] {_WHO}"),
    ("es", "Outlook", rf"{_WHO} escribi[óo] (?:el|en) {_WHEN}"),
    ("fr", "Gmail, Apple, Yahoo", rf"le {_WHEN} ?a [ée]crit"),
    ("fr", "Orange", rf"{_WHO} a [ée]crit le {_WHEN}"),
    ("it", "Gmail, Apple, Yahoo", rf"il {_WHEN} ?ha scritto"),
    ("it", "Libero", rf"{_WHO} ha scritto il {_WHEN}"),
    ("pt", "Gmail, Apple, Yahoo", rf"(?:em|no dia|a) {_WHEN} ?escreveu"),
    ("pt", "Gmail pt-PT", rf"{_WHO} escreveu (?:no dia|em|a) {_WHEN}"),
    ("pt", "Gmail pt-PT", rf"{_WHO} escreveu \({_WHEN}\)"),
    ("nl", "Gmail, Thunderbird", rf"op {_WHEN} schreef {_WHO}"),
    ("nl", "Apple, Yahoo", rf"op {_WHEN} heeft {_WHO} geschreven"),
    ("pl", "Gmail, o2, WP", rf"{_WHEN} napisał(?:a|\(a\))?"),
    ("pl", "Thunderbird", rf"(?:w dniu|dnia) {_WHEN} pisze"),
    ("pl", "Apple", rf"wiadomość napisana przez {_WHO} w dniu {_WHEN}"),
    ("ru", "Gmail, Apple", rf"{_WHEN} написал(?:а|\(а\))?"),
    ("ru", "Thunderbird", rf"{_WHEN} пишет"),
    ("ru", "Mail.ru", rf"{_WHEN} от {_WHO}{_MAIL}"),
    ("tr", "Gmail", rf"{_WHEN} (?:şunu|şunları) yazdı"),
    ("tr", "Gmail, a long name", rf"{_WHO}{_MAIL}, {_WHEN} tarihinde (?:şunu|şunları) yazdı"),
    ("tr", "Apple", rf"{_WHO} (?:şunu|şunları) yazdı ?\({_WHEN}\)"),
    ("id", "Gmail, Apple, Yahoo", rf"pada {_WHEN} menulis"),
    ("ar", "Gmail", rf"(?:في|بتاريخ) {_WHEN} ?تمت كتابة ما يلي بواسطة {_WHO}"),
    ("ar", "Apple, Yahoo", rf"(?:في|بتاريخ) {_WHEN} ?(?:كتب|كتبت|كتب/كتبت)(?: {_WHO})?"),
    ("ja", "Apple, Yahoo", rf"{_WHEN}のメール"),
    ("ja", "Thunderbird, Becky", rf"{_WHEN}(?:さん|様)?(?:は|が)?(?:書きました|書いた)"),
    ("ko", "Gmail, Apple, Naver", rf"{_WHEN}(?:님이)? ?(?:작성|쓴 글|썼습니다|작성했습니다)"),
    ("zh", "Gmail, Apple, NetEase, QQ", rf"{_WHEN} ?[写寫][道到]"),
    ("zh", "Outlook for Mac, Gmail with a long name", rf"{_WHO}[在于於] ?{_WHEN}[写寫][入道到]?"),
    # Without a verb: Gmail in Japanese and Russian, Yandex
    ("", "Gmail ja ru, Yandex", rf"(?:\S{{1,14}} )?\d{_WHEN}\d[:.]\d\d.{{0,100}}{_MAIL}"),
)

ATTRIBUTION = re.compile("|".join(f"(?:{form})" for *_, form in ATTRIBUTIONS), re.IGNORECASE)

# What nearly every attribution holds just before its colon, or near it: a cheap first look.
ATTRIBUTION_WORD = re.compile(
    r"wrote|writes|schrieb|geschrieben|escribi|[ée]crit|scritto|escreveu|schreef|geschreven|napisa|"
    r"pisze|написал|пишет|yazdı|menulis|كتب|كتابة|メール|書|작성|쓴 글|썼|[写寫]|[>)\]]\s*[:：]$",
    re.IGNORECASE,
)

# Between dashes: "----- Original Message -----". Compared without the dashes, in lower case.
SEPARATORS = frozenset(
    (
        # en de es fr it pt nl pl ru tr id
        "original message", "original", "reply message", "replied message", "forwarded message",
        "original email", "forward message", "forwarded mail", "original appointment",
        "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "urspr. nachricht",
        "weitergeleitete nachricht", "original nachricht",
        "mensaje original", "mensaje reenviado", "mensaje enviado",
        "message original", "message d'origine", "message d’origine", "message transféré",
        "message initial", "e-mail d'origine", "courriel original", "courriel d'origine",
        "messaggio originale", "messaggio inoltrato", "messaggio originario",
        "mensagem original", "mensagem encaminhada", "mensagem reencaminhada",
        "oorspronkelijk bericht", "origineel bericht", "doorgestuurd bericht",
        "oorspronkelijke bericht",
        "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość przekazana",
        "przekazana wiadomość", "treść przekazanej wiadomości", "original wiadomość",
        "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
        "пересланное сообщение", "конец пересылаемого сообщения", "исходное письмо",
        "orijinal mesaj", "özgün ileti", "orjinal mesaj", "yönlendirilmiş ileti",
        "iletilen mesaj", "orijinal ileti",
        "pesan asli", "pesan terusan", "pesan diteruskan",
        # what a site calls what was written before
        "previous messages", "previous message", "message history", "earlier messages",
        "conversation history", "your previous message", "frühere nachrichten",
        "vorherige nachrichten", "vorherige nachricht", "bisheriger verlauf",
        "nachrichtenverlauf", "mensajes anteriores", "historial de mensajes",
        "messages précédents", "historique des messages", "message précédent",
        "messaggi precedenti", "cronologia messaggi", "mensagens anteriores",
        "histórico de mensagens", "eerdere berichten", "vorige berichten",
        "berichtgeschiedenis", "poprzednie wiadomości", "historia wiadomości",
        "предыдущие сообщения", "история сообщений", "история переписки", "önceki mesajlar",
        "mesaj geçmişi", "pesan sebelumnya", "riwayat pesan", "الرسائل السابقة",
        "سجل الرسائل", "以前のメッセージ", "過去のメッセージ", "이전 메시지", "이전 대화",
        "历史消息", "之前的消息", "歷史訊息", "先前的訊息", "聊天记录", "mail original",
        # zh ja ko ar
        "原始邮件", "原邮件", "原始郵件", "原始信件", "回复的原邮件", "回复的邮件", "转发邮件",
        "转发邮件信息", "转发的邮件", "轉寄郵件", "已转发邮件", "轉寄的郵件", "原始訊息",
        "原郵件", "轉寄訊息", "轉寄信件",
        "元のメッセージ", "オリジナルメッセージ", "転送メッセージ", "転送されたメッセージ",
        "元のメール", "original mail", "原文",
        "원본 메시지", "원본 메일", "원본 이메일", "전달된 메시지", "전달된 메일", "원본메일",
        "원본메세지", "원본 메세지", "원본메시지",
        "الرسالة الأصلية", "رسالة أصلية", "رسالة محولة", "الرسالة المعاد توجيهها",
    )
)  # fmt: skip

# A help desk's line above its history: "## please type your reply above this line ##".
ABOVE = re.compile(
    r"(?:reply|answer|respond|write|type) above (?:this|the) line|above this line to reply"
    r"|antwort\w* (?:bitte |sie ){0,2}(?:oberhalb|über) (?:dieser|diese) (?:zeile|linie)"
    r"|au-dessus de cette ligne|(?:encima|arriba|por encima) de esta línea"
    r"|sopra (?:di )?questa (?:riga|linea)|acima desta linha|boven deze (?:regel|lijn)"
    r"|powyżej tej linii|выше этой (?:строки|линии)|bu satırın üst\w+|di atas (?:baris|garis) ini"
    r"|(?:فوق|أعلى) هذا (?:السطر|الخط)|この(?:行|線)より上|이 (?:줄|선) 위에"
    r"|此[行线線](?:以上|上方|之上)",
    re.IGNORECASE,
)

# The same on a line of its own, without dashes (Apple Mail, forwarding).
FORWARDS = frozenset(
    (
        "begin forwarded message", "anfang der weitergeleiteten nachricht",
        "inicio del mensaje reenviado", "début du message transféré", "début du message réexpédié",
        "inizio messaggio inoltrato", "início da mensagem encaminhada",
        "início da mensagem reencaminhada", "begin doorgestuurd bericht",
        "początek przekazywanej wiadomości", "начало переадресованного сообщения",
        "iletilen ileti başlangıcı", "awal pesan yang diteruskan", "下面是被转发的邮件",
        "以下是轉寄的郵件", "開始轉寄郵件", "転送されたメッセージ", "전달된 메시지",
        "بداية الرسالة المحولة",
        "بدء الرسالة المعاد توجيهها",
    )
)  # fmt: skip

# Labels of a quoted header block, lower case, without spaces.
_LABELS = {
    "from": "from von de da van od от kimden gönderen dari 发件人 寄件者 寄件人 發件人 發件者 "
    "差出人 送信者 보낸사람 보낸이 من expéditeur remitente mittente",
    "sent": "sent date gesendet datum enviado enviadoel enviadoem enviada enviadaem fecha envoyé "
    "envoyéle date inviato data verzonden datum wysłano data wysłane отправлено дата gönderildi "
    "gönderilmetarihi tarih dikirim tanggal terkirim 发送时间 时间 日期 发送日期 寄件日期 "
    "傳送時間 發送時間 已傳送 送信日時 日時 日付 보낸날짜 날짜 보낸시간 보낸일시 "
    "تاريخالإرسال التاريخ مرسل أرسلت",
    "to": "to cc an para à pour cc a aan naar do dw кому копия копии kime bilgi kepada untuk ke "
    "收件人 抄送 抄送人 收件者 副本 宛先 받는사람 받는이 참조 إلى الى نسخة destinataire "
    "destinatario",
    "subject": "subject re betreff asunto objet oggetto assunto onderwerp temat тема konu subjek "
    "perihal 主题 主題 主旨 件名 제목 الموضوع",
}
LABELS = {label: role for role, labels in _LABELS.items() for label in labels.split()}

# What such a line names; without one of these, "Sent from China" is the buyer's own sentence.
DEVICES = (
    "iphone", "ipad", "ipod", "android", "outlook", "windows", "yahoo", "aol", "samsung",
    "galaxy", "huawei", "honor", "xiaomi", "redmi", "oppo", "vivo", "pixel", "blackberry",
    "phone", "mobile", "mobil", "tablet", "device", "gmail", "gmx", "web.de", "proton",
    "mymail", "mail.ru", "mail for", "mail app", "thunderbird", "my mac", "handy", "gerät",
    "móvil", "celular", "teléfono", "telefono", "dispositivo", "portable", "téléphone",
    "appareil", "cellulare", "telemóvel", "telefoon", "toestel", "telefon", "urządzeni",
    "komórk", "телефон", "смартфон", "почт", "устройств", "айфон", "ponsel", "perangkat",
    "cihaz", "携帯", "スマートフォン", "スマホ", "アイフォン", "휴대폰", "핸드폰", "스마트폰",
    "아이폰", "갤럭시", "네이버", "naver", "手机", "手機", "邮箱", "郵箱", "邮件应用", "客户端",
    "安卓", "平板", "三星", "小米", "华为", "華為", "荣耀", "苹果", "هاتف", "جوال", "جهاز", "آيفون",
    "ايفون", "الـ", "بريد", "mail orange", "laposte", "libero mail", "网易", "網易",
)  # fmt: skip
_DEVICE = "|".join(map(re.escape, DEVICES))
_TO_DEVICE = rf".{{0,40}}(?:{_DEVICE}).{{0,60}}"

# (language, a line that a telephone or program adds under the text)
SIGNATURES = (
    ("", r".{0,40}\boutlook\b[^?？؟]{0,30}\b(?:ios|android|windows|mac)\b[^?？؟]{0,20}"),
    ("en", rf"sent (?:from|via|using|with|by|on) {_TO_DEVICE}"),
    ("en", rf"(?:get|download) {_TO_DEVICE}"),
    ("en", r"yahoo mail: search, organize, conquer.*"),
    ("de", rf"(?:diese .{{1,20}} wurde )?von {_TO_DEVICE} (?:gesendet|geschickt|verschickt)\.?"),
    ("de", rf"(?:gesendet|verschickt) (?:von|mit|über) {_TO_DEVICE}"),
    ("de", r"outlook für (?:ios|android).{0,40}|holen sie sich outlook.*"),
    ("es", rf"enviad[oa] (?:desde|con|a través de) {_TO_DEVICE}"),
    ("es", r"obt(?:ener|én|enga) outlook para .*"),
    ("fr", rf"envoyé (?:de|depuis|à partir de|avec|via) {_TO_DEVICE}"),
    ("fr", r"(?:télécharger|téléchargez|obtenir|obtenez) \S{3,20} pour .{3,30}"),
    ("it", rf"inviat[oa] (?:da|dal|con|tramite|dall['’]) ?{_TO_DEVICE}"),
    ("it", r"(?:scarica|ottieni) outlook per .*"),
    ("pt", rf"enviad[oa] (?:do|da|pelo|pela|a partir d[oe]|de|através d[eo]) {_TO_DEVICE}"),
    ("pt", r"(?:obter|obtenha) (?:o )?outlook para .*"),
    ("nl", rf"(?:verstuurd|verzonden) (?:vanaf|vanuit|met|via|van) {_TO_DEVICE}"),
    ("nl", r"outlook voor (?:ios|android) downloaden.*|download outlook voor .*"),
    ("pl", rf"wysłan[eoy] (?:z|ze|za pomocą|przez|w) {_TO_DEVICE}"),
    ("pl", r"pobierz (?:aplikację )?outlook .*"),
    ("ru", rf"отправлено (?:с|из|от|через) {_TO_DEVICE}"),
    ("ru", r"(?:получить|получите|скачать|загрузить) outlook для .*"),
    ("tr", rf"{_TO_DEVICE} ?gönderildi\.?"),
    ("tr", r"(?:ios|android) için outlook.{0,4} (?:edinin|indirin|alın).*"),
    ("id", rf"dikirim (?:dari|melalui) {_TO_DEVICE}"),
    ("id", r"dapatkan outlook untuk .*"),
    ("ja", rf"{_TO_DEVICE}から送信(?:されました)?。?"),
    ("ja", r"(?:ios|android) 版 ?(?:の )?outlook .*|outlook for .{1,10} を入手.*"),
    ("ko", rf"{_TO_DEVICE}에서 (?:보냄|보냈습니다|전송됨|보낸 메일입니다|발송된 메일입니다)\.?"),
    ("ko", r"(?:ios|android)용 outlook .*"),
    ("zh", rf"(?:发自|發自|来自|發送自|发送自|傳送自) ?{_TO_DEVICE}"),
    ("zh", rf"[从從由]{_TO_DEVICE} ?(?:发送|發送|傳送|寄出|寄送)。?"),
    ("zh", r"签名由.{0,20}定制|由.{0,20}(?:邮箱|郵箱).{0,10}(?:发送|發送)"),
    ("zh", r"(?:获取|取得|下载|下載) ?outlook ?.*"),
    ("ar", rf"(?:أ?رسلت?|أُرسلت|م[ُ]?رسل(?:ة)?|تم الإرسال) (?:من|عبر|بواسطة) {_TO_DEVICE}"),
    ("ar", r"(?:احصل على|الحصول على) outlook .*"),
)  # fmt: skip

SIGNATURE = re.compile("|".join(f"(?:{form})" for _, form in SIGNATURES), re.IGNORECASE)
