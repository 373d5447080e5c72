"""The words that eBay's own mails put around what members write, and the subjects of its notices.

Seen in English, German and Italian mails; the French and Spanish ones are eBay's usual terms and
unconfirmed. eBay rewords its mails without notice: what is not recognised here is handed to a
person, never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tactd.core.types import MailKind


@dataclass(frozen=True, slots=True)
class WrapperWords:
    """One language's words; lower case, compared at the start of a line."""

    language: str
    heading: tuple[str, ...]  # "New message from: <user> (score)"
    reply: tuple[str, ...]  # the button below the preview
    dear: tuple[str, ...]  # "Dear <seller>,"
    footer: tuple[str, ...]  # what can only be eBay's again


WRAPPERS = (
    WrapperWords(
        "en",
        heading=("new message from",),
        reply=("reply", "respond", "reply now"),
        dear=("dear", "hi", "hello"),
        footer=("item id", "order status", "quantity remaining", "email reference id"),
    ),
    WrapperWords(
        "de",
        heading=("neue nachricht von",),
        reply=("antworten", "jetzt antworten"),
        dear=("hallo", "guten tag", "liebe", "lieber", "sehr geehrte", "sehr geehrter"),
        footer=("artikelnummer", "bestellstatus", "verfügbare stückzahl", "e-mail-referenznummer"),
    ),
    WrapperWords(
        "it",
        heading=("nuovo messaggio da",),
        reply=("rispondi",),
        dear=("gentile", "ciao", "salve"),
        footer=("numero oggetto", "id oggetto", "stato dell'ordine", "codice di riferimento"),
    ),
    WrapperWords(
        "fr",
        heading=("nouveau message de", "nouveau message envoyé par"),
        reply=("répondre",),
        dear=("bonjour", "cher", "chère"),
        footer=(
            "numéro de l'objet",
            "nº de l'objet",
            "état de la commande",
            "référence de l'e-mail",
        ),
    ),
    WrapperWords(
        "es",
        heading=("nuevo mensaje de", "mensaje nuevo de"),
        reply=("responder",),
        dear=("hola", "estimado", "estimada"),
        footer=(
            "número de artículo",
            "n.º de artículo",
            "estado del pedido",
            "referencia de correo",
        ),
    ),
)

# "On dd/mm/yyyy, hh:mm, user wrote:" in the same languages; all that follows is older.
HISTORY = re.compile(
    r"(?:on|am|il|le|el) \d{1,4}[./-]\d{1,2}[./-]\d{1,4}[^\n]{0,80}"
    r"(?:wrote|schrieb|ha scritto|a écrit|escribió)[^\n]{0,70}:?",
    re.IGNORECASE,
)

# What a member's mail is about, in eBay's words: "<user> sent a message about <title> #<item>".
MEMBER_SUBJECTS = (
    re.compile(
        r"(?P<user>[\w.*-]{2,64}) sent a message about (?P<title>.{1,300}) #(?P<item>\d{9,14})",
        re.I,
    ),
    re.compile(
        r"(?P<user>[\w.*-]{2,64}) has sent a question about item #(?P<item>\d{9,14})"
        r"(?:, ending on [^\n]{0,60}? - (?P<title>[^\n]{1,300}))?",
        re.I,
    ),
    re.compile(
        r"(?P<user>[\w.*-]{2,64}) hat (?:ihnen |dir )?eine (?:nachricht|frage) "
        r"(?:zu|über|zum artikel) (?P<title>.{1,300}) (?:#|nr\. ?)(?P<item>\d{9,14})",
        re.I,
    ),
    re.compile(
        r"(?P<user>[\w.*-]{2,64}) ha inviato un messaggio (?:su|riguardo a) "
        r"(?P<title>.{1,300}) #(?P<item>\d{9,14})",
        re.I,
    ),
    re.compile(
        r"(?P<user>[\w.*-]{2,64}) (?:vous )?a envoyé un message (?:à propos de|concernant) "
        r"(?P<title>.{1,300}) (?:#|nº ?)(?P<item>\d{9,14})",
        re.I,
    ),
    re.compile(
        r"(?P<user>[\w.*-]{2,64}) (?:te )?ha enviado un mensaje (?:sobre|acerca de) "
        r"(?P<title>.{1,300}) (?:#|n\.º ?)(?P<item>\d{9,14})",
        re.I,
    ),
)

# Subjects of eBay's own mails. The first that is found at the start (`^`) or anywhere else wins.
# Sales stand first, for their subject ends in a title that anybody may have written.
NOTICES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            MailKind.SALE_NOTICE,
            r"^you made the sale|^your ebay item sold|^ebay item sold|^you sold|^sold[:,!]"
            r"|^artikel verkauft|^ihr artikel wurde verkauft|^sie haben .{1,200} verkauft"
            r"|^hai venduto|^vous avez vendu|^has vendido",
        ),
        (
            MailKind.PAYMENT_NOTICE,
            r"^payment received|^you(?:'|’)ve been paid|^your buyer (?:has )?paid"
            r"|^ihr käufer hat bezahlt|^zahlung erhalten",
        ),
        (
            MailKind.OFFER_NOTICE,
            r"^(?:you have |you(?:'|’)ve got )?(?:a )?new offer|neuer preisvorschlag",
        ),
        (
            MailKind.OWN_REPLY_COPY,
            r"^copy of (?:your )?message|^you sent a message|^kopie (?:ihrer|der)",
        ),
        (
            MailKind.REFUSAL_NOTICE,
            r"your (?:message|e-?mail|reply) (?:was|could) not (?:be )?(?:sent|delivered)"
            r"|couldn(?:'|’)t (?:send|deliver) your (?:message|e-?mail|reply)",
        ),
        (
            MailKind.CASE_INR,
            r"item not received|(?:hasn(?:'|’)t|has not) (?:arrived|received)|didn(?:'|’)t receive"
            r"|nicht erhalten|non ricevuto|non reçu|no recibido",
        ),
        (
            MailKind.CASE_CANCEL,
            r"wants to cancel|cancel(?:l?ation)? request|requested to cancel|order (?:was )?cancel"
            r"|abbruch|stornier|annull|annuler|cancelar",
        ),
        (
            MailKind.CASE_RETURN,
            r"^returns? \d|return request|return approved|return closed|wants to return"
            r"|buyer shipped item|started a return|rückgabe|rücksendung|restituzione|devolución",
        ),
        (
            MailKind.CASE_CLAIM,
            r"^case #|your case is|\ba case (?:is|was|has)|opened a case|contacted customer service"
            r"|payment dispute|chargeback|respond now|\bref ?# ?\d"
            r"|^fall #?[0-9]{7}|fall (?:eröffnet|geöffnet|geschlossen)|zahlungsreklamation"
            r"|einspruch",
        ),
        (
            MailKind.PAYOUT,
            r"sent your payout|your payout|funds are on hold|refund issued|was sent to your bank"
            r"|auszahlung|pagamento inviato|rückerstattung",
        ),
        (MailKind.FEEDBACK_NOTICE, r"feedback|bewertung"),
        (
            MailKind.DELIVERY_NOTICE,
            r"(?:item|order) (?:was |has been )?delivered|zugestellt",
        ),
        (
            MailKind.DISPATCH_NOTICE,
            r"(?:item|order) (?:was |has been )?(?:shipped|dispatched)"
            r"|marked as (?:shipped|dispatched)"
            r"|als verschickt markiert|wurde verschickt",
        ),
        (MailKind.MESSAGE_NOTICE, r"you have \d* ?(?:new|unread) messages?|neue nachrichten"),
    )
)  # fmt: skip
