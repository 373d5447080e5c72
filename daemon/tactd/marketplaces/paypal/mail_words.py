"""How PayPal's mails to sellers are worded: kinds by their subjects, and the headings in them.

Seen: the English forms, and Spanish mails in English words. The others are what PayPal's pages say
in those languages; a wording that is not here makes a mail `other_notice`, which changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tactd.core.types import MailKind

# The first that is found in the subject wins.
NOTICES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            MailKind.CASE_CLAIM,
            r"\bPP-[A-Z]-|\bcase\b|\bdispute|\bclaim\b|chargeback|\bfall\b|konflikt|käuferbeschwerde"
            r"|rückbuchung|\bcaso\b|reclamación|disputa|\blitige|réclamation|contestazione",
        ),
        (MailKind.PAYOUT, r"\brefund|rückzahlung|rückerstattung|reembols|rembours|rimbors|退款"),
        (
            MailKind.PAYMENT_NOTICE,
            r"payment received|received a payment|you(?:'|’)ve got money|you(?:'|’)ve received"
            r"|zahlung (?:von .{1,80} )?erhalten|zahlungseingang|pago recibido|recibido un pago"
            r"|paiement reçu|reçu un paiement|pagamento ricevuto|ricevuto un pagamento"
            r"|betaling ontvangen|ontvangen betaling",
        ),
        (
            MailKind.PAYOUT,
            r"transfer (?:to your bank|is on its way|complete)|withdraw|abbuchung|retirada",
        ),
    )
)

# "You received a payment of $68.90 USD from Jane Poole (jane@example.com)".
RECEIVED = re.compile(
    r"(?:received a payment of|zahlung (?:in höhe von|über)|recibido un pago de"
    r"|reçu un paiement de|ricevuto un pagamento di|betaling (?:ontvangen )?van)\s"
    r"[^0-9\n]{0,8}(?P<number>[0-9][0-9.,’' \u00a0\u202f]{0,16})[^A-Z0-9\n]{0,4}"
    r"(?P<code>[A-Z]{3})\b"
    r"(?:\s(?:from|von|de|da)\s(?P<name>[^\n(]{2,80}?)\s?\((?P<email>[^\s()@]+@[^\s()@]+)\))?",
    re.IGNORECASE,
)

# What begins a part of the mail; the value stands behind a colon, or on the lines below.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "transaction": (
        "transaction id", "unique transaction id", "transaktionscode", "id. de transacción",
        "id de transacción", "n° de transaction", "numéro de transaction", "codice transazione",
        "交易号", "交易號", "交易编号", "交易編號",
    ),
    "original": (  # of a refund: the payment's transaction (unconfirmed)
        "original transaction id", "original transaction", "ursprünglicher transaktionscode",
        "ursprüngliche transaktion", "id. de transacción original", "id de transacción original",
        "transacción original", "n° de transaction d'origine", "transaction d'origine",
        "codice transazione originale", "transazione originale", "原始交易号", "原始交易號",
        "原交易号", "原交易號",
    ),
    "refunded": (  # unconfirmed
        "refund amount", "amount refunded", "total refunded", "total refund", "rückzahlungsbetrag",
        "rückerstattungsbetrag", "importe del reembolso", "importe reembolsado",
        "montant du remboursement", "montant remboursé", "importo del rimborso",
        "importo rimborsato", "退款金额", "退款金額",
    ),
    "date": (
        "transaction date", "transaktionsdatum", "fecha de la transacción", "fecha de transacción",
        "date de la transaction",
    ),
    "buyer": ("buyer information", "buyer", "käufer", "comprador", "acheteur", "acquirente"),
    "note": (
        "instructions to merchant", "instructions from buyer", "note from buyer",
        "hinweise des käufers", "anweisungen an den händler", "instrucciones al vendedor",
    ),
    "shipping": (
        "shipping address", "ship-to address", "delivery address", "lieferadresse",
        "versandadresse", "dirección de envío", "adresse de livraison", "indirizzo di spedizione",
    ),
    "invoice": (
        "invoice id", "invoice number", "rechnungsnummer", "número de factura", "n.º de factura",
        "numéro de facture", "numero fattura",
    ),
    "": (  # parts that are not used, but end the one before
        "description", "shipping method", "shipping information", "shipping details", "subtotal",
        "total", "payment", "payment sent to", "payment sent from", "funding type", "unit price",
        "qty", "amount", "seller protection", "what's next", "need help", "issues with",
        "questions?", "help & contact", "custom", "receipt no", "payment details",
        "purchase details", "order details", "beschreibung", "versandart", "zwischensumme",
        "gesamt", "zahlung", "verkäuferschutz", "descripción", "método de envío", "pago",
        "case id", "case number", "fallnummer", "reason", "respond by", "view transaction",
    ),
}  # fmt: skip

NO_NOTE = re.compile(r"hasn(?:'|’)t|has not|none|not (?:entered|provided)|keine|no ha ", re.I)

ITEM = re.compile(
    r"\s*(?:item ?#|item (?:id|number)|artikel(?:nr|nummer)|n\.º de artículo)\s?[.:#]?\s*"
    r"(?P<item>[\w./-]{1,60})(?![\w./-])",
    re.IGNORECASE,
)

CASE = re.compile(r"(?<![0-9A-Za-z-])PP-[A-Z](?:-[A-Z]{3})?-[0-9]{4,}(?![0-9A-Za-z])")

# Who pays may call himself "the case is closed": a mail that says this too closes nothing.
OPENED = re.compile(
    r"(?:filed|opened) a (?:case|claim|dispute)|new (?:case|claim|dispute)"
    r"|(?:fall|konflikt) (?:gemeldet|eröffnet)|(?:abierto|presentado) un caso",
    re.IGNORECASE,
)
CLOSED = re.compile(
    r"(?:case|dispute|claim|fall|konflikt)\b[^.\n]{0,60}\b(?:closed|resolved|cancel?led"
    r"|geschlossen|abgeschlossen|gelöst)|closed (?:the|this|your) (?:case|dispute|claim)"
    r"|in your favou?r|zu ihren gunsten|caso (?:se ha )?cerrado|resuelto a su favor",
    re.IGNORECASE,
)
