"""The words that Amazon's mails put around what buyers write, and what its notices are known by.

Seen in public: the marks around the message in English, German, French, Italian, Spanish,
Portuguese and Japanese, the notification types, and the subjects marked so below. The rest is
Amazon's usual wording and unconfirmed. What is not recognised is handed to a person.
"""

from __future__ import annotations

import re

from tactd.core.types import MailKind

# "------------- Message: -------------" and "------------- End message -------------": between the
# dashes stands the word for a message, whatever else is said. Beginning and end may be of two
# languages ("Message:" … "Finalizar mensaje").
MESSAGE_WORDS = (
    "message", "nachricht", "messaggio", "mensaje", "mensagem", "メッセージ", "bericht",
    "wiadomość", "wiadomości", "meddelande", "meddelandet", "mesaj", "الرسالة", "رسالة", "消息",
)  # fmt: skip

# In HTML the message may stand without dashes below such a label …
LABELS = (
    "message", "nachricht", "messaggio", "mensaje", "mensagem", "メッセージ", "bericht",
    "wiadomość", "meddelande", "mesaj",
)  # fmt: skip
# … and above the first of these lines, which are all Amazon's own (compared from their start).
BELOW = (
    "view message", "resolve case", "report questionable activity", "was this email helpful",
    "nachricht anzeigen", "fall lösen", "fall abschließen", "verdächtige aktivität melden",
    "war diese e-mail hilfreich",
    "ver mensaje", "resolver caso", "informar de actividad sospechosa",
    "afficher le message", "résoudre le cas", "signaler une activité",
    "visualizza messaggio", "risolvi il caso", "segnala attività",
    "ver mensagem", "solucionar o caso", "denunciar atividade questionável",
    "este e-mail foi útil",
    "メッセージを表示", "問い合わせを解決", "疑わしいアクティビティを報告",
    "spc-", "[commmgrtok:",
)  # fmt: skip

# Before the order's number, where it is not "#" (patterns; the first two seen).
ORDER_LABELS = (
    r"order id", r"order id/commande n°", r"order number", r"order", r"bestellnummer",
    r"bestellung", r"commande n°", r"numéro de commande", r"numero d.ordine", r"ordine",
    r"número de pedido", r"pedido", r"bestelnummer", r"注文番号",
)  # fmt: skip

# X-Space-Notification-Type, as far as seen; a type that is not here says nothing.
SENT_TO_SELLER = "BBC_MESSAGE_SENT_TO_MERCHANT"
TYPES = {
    "BBC_MESSAGE_CONFIRMATION_TO_MERCHANT": MailKind.OWN_REPLY_COPY,
    "RETURN_REQUEST": MailKind.CASE_RETURN,
    "BRC_SELLER_NOTIFICATION": MailKind.CASE_CANCEL,
}
CLAIM = "A_Z_CLAIM"  # how the types of claims begin; "…_RESPONDENT_CLOSE" seen

# Subjects of Amazon's own mails; the first that is found wins. Sales stand first, for their
# subject ends in a title.
NOTICES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            MailKind.SALE_NOTICE,  # English seen
            r"^sold\W{0,4} ?(?:ship|dispatch) now|^verkauft\W{0,4} ?(?:jetzt |bitte )?versenden"
            r"|^vendu\W{0,4} ?(?:à expédier|expédiez)|^venduto\W{0,4} ?(?:spedisci|da spedire)"
            r"|^vendido\W{0,4} ?(?:envíe|enviar|envie)",
        ),
        (
            MailKind.OWN_REPLY_COPY,  # English and Portuguese seen
            r"^your e-?mail to |^seu e-?mail para |^ihre e-?mail an |^votre e-?mail à "
            r"|^la tua e-?mail a |^su (?:correo electrónico|mensaje) (?:a|para) ",
        ),
        (
            MailKind.CASE_CANCEL,  # English and Spanish seen
            r"cancell?ation request|solicitud de cancelaci[oó]n|stornierungs(?:anfrage|antrag)"
            r"|demande d.annulation|richiesta di (?:annullamento|cancellazione)"
            r"|(?:pedido|solicitação) de cancelamento",
        ),
        (
            MailKind.CASE_RETURN,  # English and Spanish seen
            r"return authori[sz]ation request|return request"
            r"|autorizaci[oó]n de devoluci[oó]n|solicitud de devoluci[oó]n"
            r"|(?:antrag|anfrage) auf (?:rücksendung|rückgabe)|rücksendeantrag"
            r"|demande (?:d.autorisation )?de retour|(?:richiesta|autorizzazione) di reso"
            r"|(?:solicitação|autorização) de devolução",
        ),
        (
            MailKind.CASE_CLAIM,  # English and Spanish seen
            r"\bclaim (?:received|decision)\b|a-to-z|garant[ií]a de la a (?:a|hasta) la z"
            r"|a-bis-z-garantie|garantie a . ?z|garanzia dalla a alla z|garantia de a a z",
        ),
        (
            MailKind.PAYOUT,  # "Refund initiated" seen
            r"refund initiated|reembolso iniciado|erstattung (?:wurde )?(?:veranlasst|eingeleitet)"
            r"|remboursement (?:initié|effectué)|rimborso (?:avviato|emesso)"
            r"|your (?:amazon )?payment|disbursement|your payout|ihre auszahlung",
        ),
        (MailKind.FEEDBACK_NOTICE, r"\bfeedback\b|\bbewertung\b"),
        (MailKind.MESSAGE_NOTICE, r"inquiry from one of our customers"),  # seen in old mails
    )
)

# What a claim is over with.
DECIDED = re.compile(
    r"claim (?:decision|closed|denied|granted|withdrawn)|reclamaci[oó]n (?:cerrada|resuelta)"
    r"|we have (?:granted|denied)|hemos (?:concedido|denegado)|entscheidung",
    re.IGNORECASE,
)

# Why a mail of ours did not reach the buyer, by the words of the mail that says so (English seen).
UNDELIVERED = re.compile(
    r"(?:we were )?unable to deliver the (?:message|e-?mail) you sent"
    r"|your (?:message|e-?mail) (?:to .{1,80} )?(?:could|was) not (?:be )?(?:sent|delivered)"
    r"|nachricht konnte nicht (?:zugestellt|übermittelt)|n.avons pas pu (?:remettre|livrer)"
    r"|no (?:hemos podido|se pudo) entregar (?:el|su) mensaje"
    r"|não (?:foi possível|pudemos) entregar|impossibile recapitare",
    re.IGNORECASE,
)
REFUSALS = tuple(
    (why, re.compile(pattern, re.IGNORECASE))
    for why, pattern in (
        (
            "opted_out",
            r"chosen to opt[ -]?out|opted[ -]out|optó por no recibir|hat .{0,60}abbestellt"
            r"|choisi de ne (?:pas|plus) recevoir|scelto di non ricevere|optou por não receber",
        ),
        (
            "sender_not_approved",
            r"(?:sender|e-?mail|address) .{0,60}\bnot (?:been )?(?:approved|registered)"
            r"|(?:sender|e-?mail|address) .{0,60}\bnot (?:been )?authori[sz]ed"
            r"|(?:approved|authori[sz]ed) (?:sender|e-?mail)|genehmigte absender"
            r"|expéditeurs? (?:approuvé|autorisé)|remitentes? (?:aprobado|autorizado)"
            r"|mittent[ei] (?:approvat|autorizzat)|remetentes? (?:aprovado|autorizado)",
        ),
    )
)  # fmt: skip

# Labels in the body of a sale notice (English seen).
SALE_LABELS = {
    "order id": "order", "order": "order", "bestellnummer": "order", "numéro de commande": "order",
    "ship by": "ship_by", "dispatch by": "ship_by", "versand bis": "ship_by",
    "versenden bis": "ship_by",
    "item": "item", "artikel": "item", "article": "item", "articolo": "item", "artículo": "item",
    "listing id": "listing", "sku": "sku", "asin": "asin",
    "quantity": "quantity", "menge": "quantity", "anzahl": "quantity", "quantité": "quantity",
    "quantità": "quantity", "cantidad": "quantity", "quantidade": "quantity",
    "price": "price", "preis": "price", "prix": "price", "prezzo": "price", "precio": "price",
    "preço": "price",
}  # fmt: skip
