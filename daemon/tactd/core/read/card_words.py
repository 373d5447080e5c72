"""Business cards below a closing, in fifteen languages. Literal tables, in lower case."""

from __future__ import annotations

import re
from typing import Final

from tactd.core.read.wrapper_labels import entries

# The whole line before a name.
CLOSINGS: Final = frozenset(
    one.casefold()
    for one in (
        "regards", "kind regards", "best regards", "warm regards", "best wishes",
        "sincerely", "yours sincerely", "yours faithfully", "many thanks", "thanks", "thank you",
        "cheers", "thanks and regards", "with kind regards", "best", "all the best", "yours truly",
        "yours", "respectfully", "thank you and regards", "thanks in advance", "kindest regards",
        "with best regards", "thank you in advance", "many thanks and best regards",
        "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichem gruß",
        "mit besten grüßen", "freundliche grüße", "freundliche grüsse", "beste grüße",
        "viele grüße", "viele grüsse", "liebe grüße", "schöne grüße", "grüße", "gruß", "mfg", "lg",
        "vg", "hochachtungsvoll", "herzliche grüße", "herzliche grüsse", "es grüßt freundlich",
        "mit freundlichen grüssen aus der schweiz", "freundlicher gruß", "vielen dank",
        "vielen dank und freundliche grüße", "mit herzlichen grüßen", "danke und gruß",
        "cordialement", "bien cordialement", "très cordialement", "bien à vous", "salutations",
        "sincères salutations", "meilleures salutations", "cdt", "cdlt", "merci",
        "cordiales salutations", "salutations distinguées", "respectueusement",
        "veuillez agréer nos salutations distinguées", "merci d'avance", "bonne journée",
        "sincèrement", "avec nos salutations les meilleures",
        "saludos", "un saludo", "saludos cordiales", "un cordial saludo", "atentamente",
        "cordialmente", "muchas gracias", "gracias", "reciba un cordial saludo",
        "quedo a la espera", "un cordial saludo y gracias", "gracias y saludos", "le saluda",
        "cordiali saluti", "distinti saluti", "saluti", "un saluto", "buona giornata", "grazie",
        "cordialmente saluto", "i migliori saluti", "porgo distinti saluti", "grazie e saluti",
        "in attesa, cordiali saluti", "un cordiale saluto",
        "atenciosamente", "att", "cumprimentos", "com os melhores cumprimentos",
        "melhores cumprimentos", "abraços", "obrigado", "obrigada", "grato", "grata",
        "com os meus cumprimentos", "abraço", "respeitosamente", "muito obrigado", "muito obrigada",
        "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "groeten",
        "vriendelijke groeten", "hartelijke groet", "mvg", "groet", "bedankt",
        "hoogachtend", "met hartelijke groet", "alvast bedankt", "beste groeten", "dank en groet",
        "pozdrawiam", "z poważaniem", "pozdrawiam serdecznie", "serdecznie pozdrawiam",
        "z wyrazami szacunku", "łączę pozdrowienia", "z pozdrowieniami", "dziękuję i pozdrawiam",
        "с уважением", "с наилучшими пожеланиями", "спасибо",
        "всего доброго", "с благодарностью", "заранее спасибо", "с искренним уважением",
        "saygılarımla", "saygılar", "iyi çalışmalar", "iyi günler", "teşekkürler",
        "saygılarımızla", "en iyi dileklerimle", "sevgiler", "şimdiden teşekkürler",
        "iyi çalışmalar dilerim",
        "salam", "hormat saya", "salam hormat", "terima kasih",
        "hormat kami", "salam hangat", "terima kasih dan salam", "wassalam",
        "مع التحية", "تحياتي", "مع خالص التحية", "مع تحياتي", "شكرا", "شكرا لكم", "مع أطيب التحيات",
        "وتقبلوا تحياتي", "تقبلوا تحياتي", "مع فائق الاحترام", "وتفضلوا بقبول فائق الاحترام",
        "以上", "敬具", "よろしくお願いいたします", "よろしくお願いします", "宜しくお願い致します",
        "よろしくお願い致します", "何卒よろしくお願いいたします", "よろしくお願い申し上げます",
        "何卒よろしくお願い申し上げます", "以上、よろしくお願いいたします",
        "何卒宜しくお願い致します",
        "감사합니다", "고맙습니다", "수고하세요", "안녕히 계세요", "감사드립니다", "祝好",
        "此致敬礼", "順頌時祺", "顺颂商祺", "敬上", "敬祝商祺", "敬祝 商祺", "此致", "敬礼",
        "敬禮", "谢谢", "謝謝", "順頌商祺",
    )
)  # fmt: skip

COMPANY: Final = re.compile(
    r"\b(?:gmbh|ug|ltd|llc|llp|plc|inc|corp|pty|e\.? ?k|co\.? kg|ohg|ag|sarl|sasu?|eurl"
    r"|s\.?a\.?s|s\.?r\.?l|s\.?p\.?a"
    r"|s\.l|s\.a|lda|ltda|eireli|sp\. z o\.? ?o|sp\. ?j|b\.?v|n\.?v|vof|a\.ş|şti|san\. tic|ооо"
    r"|оао|зао"
    r"|ип|nip|regon|krs|siret|siren|rcs|tva|vat|ust-id\w*|ust|steuernr|hrb|hra|p\.? ?iva|cnpj"
    r"|cif|nif"
    r"|nipc|btw|kvk|инн|кпп|огрн|vkn|mersis|npwp|tlf|mobil\w*|hp)\b|^(?:pt|cv) |[|,–-] ?(?:pt|cv) "
    r"|株式会社|有限会社|合同会社|有限公司|\(주\)|㈜|주식회사|유한회사|사업자등록번호|統一編號"
    r"|信用代码"
    r"|ذ\.م\.م|ش\.م\.م|س\.ت|ص\.ب|الرقم الضريبي",
    re.IGNORECASE,
)

# A line of an address; alone it could be where a buyer wants his parcel.
STREET: Final = re.compile(
    r"\w(?:stra(?:ß|ss)e|str\.|weg|allee|gasse|platz|straat|laan|plein|gracht) \d"
    r"|\b\d+\w?,? (?:\w+ ){1,3}(?:street|st|road|rd|avenue|ave|lane|drive)\b"
    r"|\b(?:rue|boulevard|via|viale|piazza|corso|calle|avda|plaza|rua|avenida|travessa"
    r"|ul\.|ул\.|jl\.|jalan|cad\.|sok\.|mah\.)[\s.]|شارع|丁目|番地|[路街]\s?\d+\s?[号號]|[로길] \d",
    re.IGNORECASE,
)

# What a company may let every mail say below its card: a word of each of two tables.
HOUSE: Final = (
    "appointment", "booking", "room", "course", "training", "opening hours", "office hours",
    "termin", "zimmer", "kurs", "schulung", "öffnungszeit", "bürozeit", "buchung",
    "rendez-vous", "chambre", "réservation", "formation", "horaires",
    "cita", "habitación", "reserva", "curso", "horario",
    "appuntament", "camera", "prenotazion", "corso", "orari", "consulta", "quarto", "horário",
    "afspraak", "afspraken", "kamer", "cursus", "reservering", "openingstijden",
    "wizyt", "pokoj", "pokój", "rezerwacj", "kursy", "kursów", "szkole", "godziny otwarcia",
    "запис", "номера", "бронирован", "курс", "часы работы", "приём", "randevu", "rezervasyon",
    "kurs", "çalışma saat", "janji temu", "kamar", "reservasi", "kursus", "jam kerja",
    "المواعيد", "موعد", "الغرف", "الحجز", "الدورات", "ساعات العمل", "予約", "診療", "宿泊",
    "営業時間",
    "예약", "객실", "진료", "영업시간", "预约", "預約", "客房", "课程", "課程", "营业时间",
    "營業時間",
)  # fmt: skip
RULE: Final = (
    "cancel", "charged", "in writing", "by appointment", "hours", "stornier", "absage",
    "schriftlich",
    "vereinbarung", "berechnet", " uhr", "annul", "à l'avance", "sur rendez", "facturé", "cancelac",
    "por escrito", "antelación", "disdett", "addebitat", "anticipo", "cancelament", "antecedência",
    "annuleren", "geannuleerd", "vooraf", "in rekening", "odwoł", "anulow", "wcześniej", "отмен",
    "заранее", "письменно", "по запис", "iptal", "önceden", "pembatalan", "sebelumnya",
    "إلغاء", "مسبق", "キャンセル", "変更", "時", "취소", "변경", "시", "取消", "提前", ":", "h ",
)  # fmt: skip

# How a line begins that stands below everybody's card.
SLOGANS: Final = (
    "follow us", "find us on", "visit us", "visit our", "save paper", "think before",
    "folgen sie uns", "besuchen sie un", "folge uns", "papier sparen", "suivez-nous",
    "retrouvez-nous", "pensez à l", "síguenos", "síganos", "visite nuestra", "visita nuestra",
    "antes de imprimir", "seguici", "seguiteci", "visita il nostro", "siga-nos", "visite o nosso",
    "volg ons", "bezoek onze", "śledź nas", "odwiedź", "obserwuj nas", "мы в соц", "подписывайтесь",
    "bizi takip", "ikuti kami", "hemat kertas", "kunjungi", "تابعونا", "زوروا موقعنا",
    "حافظوا على البيئة",
)  # fmt: skip
SECRETS: Final = (
    "this message is confidential", "this email is confidential", "this e-mail is confidential",
    "diese nachricht ist vertraulich", "diese e-mail ist vertraulich",
    "este mensaje es confidencial",
    "ce message est confidentiel", "questo messaggio è riservato", "esta mensagem é confidencial",
    "dit bericht is vertrouwelijk", "ta wiadomość jest poufna", "это сообщение конфиденциально",
    "bu e-posta gizli", "bu mesaj gizli", "pesan ini rahasia", "email ini rahasia",
    "هذه الرسالة سرية", "هذا البريد سري", "本メールは機密", "이 메일은 기밀", "本邮件保密",
    "本郵件保密",
)  # fmt: skip

# A letter goes on with one of these: whom it addresses, what it asks for, what its writer does.
LETTER: Final = entries(
    {
        "en": "you|your|please|want|need|hope|sorry|wait|waiting",
        "de": "sie|ihnen|ihre|ihrem|ihren|euch|bitte|möchte|brauche|warte|hoffe",
        "es": "usted|ustedes|favor|quiero|necesito|espero|compré|pagué|pedí|recibí|puedo|ruego"
        "|llámame|llámeme|llámenme|escríbame|avísenme|avísame",
        "fr": "vous|votre|vos|svp|prière",
        "it": "voi|vostro|vostra|favore|prego|vorrei|aspetto|attendo|spero|pagato|ordinato|posso"
        "|chiamatemi|scrivetemi|avvisatemi",
        "pt": "você|vocês|vosso|vossa|quero|preciso|aguardo|paguei|comprei|recebi|peço",
        "nl": "uw|jullie|graag|alstublieft|aub|gelieve|wil|hoop|wacht",
        "pl": "proszę|prosimy|chcę|czekam|zapłaciłem|zapłaciłam|zamówiłem|zamówiłam|potrzebuję"
        "|państwa|zadzwońcie|napiszcie",
        "ru": "вы|вас|вам|ваш|ваше|пожалуйста|прошу|просьба|жду|хочу|надеюсь|заказал|заказала"
        "|оплатил|оплатила|получил|получила|позвоните|перезвоните|напишите",
        "tr": "siz|size|sizden|lütfen|rica|istiyorum|bekliyorum|ödedim|aldım|umarım",
        "id": "anda|kalian|kamu|mohon|tolong|harap|ingin|menunggu|sudah|belum",
        "ar": "يرجى|الرجاء|أرجو|أريد|أنتظر|لكم|فضلكم|فضلك|دفعت|طلبت|وصلني",
    }
)
LETTER_UNSPACED: Final = re.compile(
    r"ください|下さい|お願い|부탁|주세요|바랍니다|请|請|麻[烦煩]|我|您|私[はのが]|저[는의희]|제가"
    r"|(?:ます|ません|ました|です|でした|ですか|니다|어요|아요|네요|에요|예요|죠|了|吗|嗎|呢"
    r"|吧)[。.！!]?$"
)
ORDER: Final = re.compile(
    r"\b(?:orders?\b|bestell|commande\b|pedido|ordine\b|encomenda|zamówieni|заказ|sipariş|pesanan"
    r"|tracking|parcel|package|paket|colis|paquete|pacco|pakket|paczk|посылк|kargo)"
    r"|طلب|شحنة|注文|주문|订单|訂單|包裹|배송",
    re.IGNORECASE,
)
POSTSCRIPT: Final = re.compile(
    r"[?？؟!！]|^\s*(?:p\.? ?[sd]\b|nb\b|nota bene|n\.?б|п\.? ?с\b|з\.?ы|追伸|추신|附言|又及"
    r"|另[:：，])",
    re.IGNORECASE,
)
