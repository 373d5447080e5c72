"""What stands in the notices below mails, in fifteen languages. Literal tables, in lower case."""

from __future__ import annotations

from typing import Final

# A notice of secrecy holds a word of each of the next three tables.
SECRET: Final = (
    "confidential", "privileged", "intended only for", "intended solely for",  # en
    "vertraulich", "confidentiel", "confidencia", "confidenzial", "riservat", "vertrouwelijk",
    "uitsluitend bestemd", "poufn", "конфиденциальн", "gizli", "rahasia",
    "سرية", "سري", "機密", "秘密", "기밀", "비밀", "保密", "机密",
)  # fmt: skip
READER: Final = (
    "recipient", "addressee", "in error", "notify the sender",  # en
    "adressat", "empfänger", "irrtümlich", "absender", "destinataire", "par erreur",
    "cas d'erreur", "cas d’erreur",
    "destinatari", "por error", "per errore", "destinatári", "por engano", "remetente",
    "geadresseerde", "ontvanger", "afzender", "adresat", "odbiorc", "nadawc", "omyłk",
    "адресат", "получател", "по ошибке", "отправител", "alıcı", "yanlışlıkla", "gönderen",
    "penerima", "kesalahan", "pengirim", "للمرسل", "المرسل", "بالخطأ", "طريق الخطأ",
    "受信者", "受取人", "誤って", "宛先", "수신인", "수신자", "수취인", "잘못",
    "收件人", "误收", "错收", "誤收", "錯收", "发件人", "發件人", "寄件人",
)  # fmt: skip
MAIL: Final = (
    "mail", "message", "nachricht", "courriel", "mensaje", "correo", "messaggi", "comunicazion",
    "mensagem", "bericht", "wiadomoś", "сообщени", "письм", "posta", "ileti", "mesaj", "pesan",
    "رسال", "بريد", "メール", "메일", "메시지", "邮件", "郵件", "信件",
)  # fmt: skip

# Above such a notice, on a line of its own or at its beginning.
HEADINGS: Final = (
    "disclaimer", "legal notice", "confidentiality notice", "haftungsausschluss",
    "vertraulichkeitshinweis", "rechtlicher hinweis", "aviso legal", "aviso de confidencialidad",
    "mention légale", "avis de confidentialité", "avviso di riservatezza", "nota legale",
    "aviso de confidencialidade", "klauzula poufności", "yasal uyarı", "gizlilik bildirimi",
    "penafian", "إخلاء مسؤولية", "تنبيه", "免責事項", "면책 조항", "免责声明",
    "免責聲明", "保密声明",
)  # fmt: skip

SCANNERS: Final = (
    "avast.com", "avg.com", "norton.com", "mcafee.com", "kaspersky.com", "eset.com", "avira.com",
    "bitdefender.com", "malwarebytes.com", "www.avast.", "www.avg.",
)  # fmt: skip
CHECKED: Final = (
    "virus-free", "checked for viruses", "scanned for viruses", "scanned by", "auf viren geprüft",
    "auf viren überprüft", "virenfrei", "sans virus", "la présence de virus", "absence de virus",
    "libre de virus", "sin virus", "busca de virus", "privo di virus", "senza virus",
    "antivirus è stato", "livre de vírus", "sem vírus", "busca de vírus", "virusvrij",
    "op virussen", "wolna od wirusów", "bez wirusów", "obecności wirusów", "без вирусов",
    "на вирусы", "на наличие вирусов", "virüs bulunmuyor", "virüslere karşı", "bebas virus",
    "antivir", "antivír", "антивирус", "priva di virus", "wolny od wirusów", "virüs yok",
    "الفيروسات", "ウイルスチェック", "ウイルス フリー", "ウイルスは検出", "바이러스 검사", "无病毒",
    "無病毒", "病毒扫描", "病毒掃描",
)  # fmt: skip
PRINTING: Final = (
    "before printing this", "before you print", "consider the environment", "bevor sie diese",
    "vor dem ausdrucken", "vor dem drucken", "avant d'imprimer", "avant d’imprimer",
    "antes de imprimir", "prima di stampare", "alvorens deze e-mail", "voordat u deze e-mail",
    "przed wydrukowaniem", "прежде чем распечатать", "перед печатью", "yazdırmadan önce",
    "sebelum mencetak", "قبل طباعة", "印刷する前に", "인쇄하기 전에", "打印本邮件", "列印此郵件",
)  # fmt: skip
