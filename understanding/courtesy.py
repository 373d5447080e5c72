"""Greetings and closings, put around copies of the written texts while training.

The written texts are short and bare; mails are not. A model that has seen both knows that a
"thank you" below a request is not thanks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from corpus import Text

BEFORE: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("السلام عليكم", "مرحبا،", "صباح الخير", "تحية طيبة وبعد", "أهلاً", "مساء الخير"),
    "de": ("Hallo,", "Guten Tag,", "Sehr geehrte Damen und Herren,", "Moin,", "Liebes Team,", "Hi"),
    "en": ("Hello,", "Hi there,", "Dear seller,", "Good morning,", "Hi", "Dear Sir or Madam,"),
    "es": (
        "Hola,",
        "Buenos días:",
        "Buenas tardes,",
        "Estimados señores:",
        "Hola buenas",
        "Buenas",
    ),
    "fr": ("Bonjour,", "Bonsoir,", "Madame, Monsieur,", "Salut", "Bonjour à vous,", "Coucou,"),
    "id": ("Halo kak,", "Selamat pagi,", "Permisi min,", "Assalamualaikum", "Halo,", "Siang kak,"),
    "it": ("Buongiorno,", "Salve,", "Ciao,", "Buonasera,", "Gentile venditore,", "Spett.le ditta,"),
    "ja": (
        "こんにちは。",
        "お世話になっております。",
        "はじめまして。",
        "ご担当者様",
        "突然すみません。",
    ),
    "ko": (
        "안녕하세요.",
        "안녕하세요,",
        "수고하십니다.",
        "판매자님 안녕하세요.",
        "수고 많으십니다.",
    ),
    "nl": ("Hallo,", "Beste,", "Goedendag,", "Hoi,", "Geachte heer/mevrouw,", "Goedemorgen,"),
    "pl": ("Dzień dobry,", "Witam,", "Cześć,", "Szanowni Państwo,", "Dobry wieczór", "Hej,"),
    "pt": ("Olá,", "Bom dia,", "Boa tarde,", "Oi,", "Boa noite", "Prezados senhores,"),
    "ru": ("Здравствуйте!", "Добрый день.", "Привет,", "Уважаемый продавец,", "Добрый вечер!"),
    "tr": ("Merhaba,", "İyi günler,", "Selam", "Merhabalar,", "Sayın yetkili,", "Kolay gelsin,"),
    "zh": ("你好，", "您好！", "卖家您好，", "在吗？", "亲，", "您好，打擾了，"),
}
AFTER: Final[Mapping[str, tuple[str, ...]]] = {
    "ar": ("شكرا", "وشكراً لكم.", "مع التحية", "بانتظار ردكم", "تحياتي", "جزاكم الله خيراً"),
    "de": (
        "Danke!",
        "Vielen Dank im Voraus.",
        "Mit freundlichen Grüßen",
        "LG",
        "Viele Grüße",
        "Danke",
    ),
    "en": ("Thank you", "Thanks!", "Kind regards", "Thanks in advance.", "Best,", "Cheers"),
    "es": ("Gracias", "Un saludo", "Muchas gracias.", "Saludos cordiales", "Gracias de antemano"),
    "fr": (
        "Merci",
        "Cordialement",
        "Merci d'avance.",
        "Bonne journée",
        "Bien à vous",
        "Merci beaucoup",
    ),
    "id": (
        "Terima kasih",
        "Makasih ya kak",
        "Mohon bantuannya.",
        "Salam",
        "Trims",
        "Ditunggu kabarnya",
    ),
    "it": (
        "Grazie",
        "Cordiali saluti",
        "Grazie mille.",
        "Distinti saluti",
        "Grazie in anticipo",
        "Saluti",
    ),
    "ja": (
        "よろしくお願いいたします。",
        "よろしくお願いします。",
        "ありがとうございます。",
        "失礼いたします。",
    ),
    "ko": ("감사합니다.", "답변 부탁드립니다.", "감사합니다!", "수고하세요.", "고맙습니다."),
    "nl": ("Bedankt", "Met vriendelijke groet", "Alvast bedankt.", "Groetjes", "Mvg", "Dank u"),
    "pl": ("Dziękuję", "Pozdrawiam", "Z góry dziękuję.", "Z poważaniem", "Dzięki", "Pozdr"),
    "pt": (
        "Obrigado",
        "Obrigada!",
        "Cumprimentos",
        "Desde já agradeço.",
        "Abraços",
        "Atenciosamente",
    ),
    "ru": (
        "Спасибо",
        "С уважением",
        "Заранее спасибо.",
        "Жду ответа",
        "Благодарю",
        "Всего доброго",
    ),
    "tr": (
        "Teşekkürler",
        "Saygılarımla",
        "İyi çalışmalar.",
        "Şimdiden teşekkür ederim.",
        "Sağ olun",
    ),
    "zh": ("谢谢", "谢谢！", "麻烦了。", "感謝", "祝生意兴隆", "等您回复，谢谢"),
}


def courteous(text: Text) -> Text:
    """A copy with a greeting, a closing or both; always the same for the same text."""
    chance = int.from_bytes(hashlib.sha256(text.whole.encode()).digest()[:4], "big")
    before = BEFORE[text.language][chance // 7 % len(BEFORE[text.language])]
    after = AFTER[text.language][chance // 101 % len(AFTER[text.language])]
    gap = "\n" if chance % 2 else " "
    body = text.body if chance % 5 == 0 else f"{before}{gap}{text.body}"
    if text.intent == "thanks":  # it is its own closing
        return replace(text, body=f"{before}{gap}{text.body}")
    return replace(text, body=body if chance % 3 == 0 else f"{body}{gap}{after}")
