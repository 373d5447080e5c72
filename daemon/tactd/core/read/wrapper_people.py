"""Of whom a line speaks that may be a site's or a buyer's, in fifteen languages.

Literal tables, one row a language (a word that several share stands in the first of them);
compared in lower case, without decoration.
"""

from __future__ import annotations

from typing import Final

from tactd.core.read.wrapper_labels import entries

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
        "ko": "회원|회원님",
    }
)
ROLES_UNSPACED: Final = entries(
    {"ja": "購入者|お客様", "ko": "구매자|고객", "zh": "买家|買家|客户|客戶|顾客|顧客"}
)

# "from", before the name of him who asks.
FROM: Final = entries(
    {
        "en": "from|by",
        "de": "von|vom",
        "es": "de|del",
        "fr": "par",
        "it": "da|di",
        "pt": "do",
        "nl": "van",
        "pl": "od",
        "ru": "от",
        "id": "dari|oleh",
        "ar": "من",
    }
)

# About what, behind it.
ABOUT: Final = entries(
    {
        "en": "about|of|for|on",
        "de": "zu|über",
        "es": "sobre",
        "fr": "sur|pour",
        "it": "su|sul|sulla|per",
        "nl": "over|voor",
        "pl": "o|dla",
        "ru": "об|на",
        "id": "tentang|untuk",
        "ar": "عن|حول",
    }
)
