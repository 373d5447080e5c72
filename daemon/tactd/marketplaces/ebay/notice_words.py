"""The words of eBay's own mails to sellers: what a labelled line says, where the buyer's own words
begin, what ends a case.

Seen in public: "Sold", "Shipping", "Order", "Your buyer's shipping details", "Ship by", "A message
from the buyer", "Reason for cancellation", "by <Mon d, yyyy>", and some German subjects. The rest
is eBay's usual wording and unconfirmed: easy to change here, and what is not found is not told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tactd.core.types import Rating

_LABELS: Mapping[str, str] = {
    "order": "order|order number|order no.|order id|bestellnummer|bestellung|numero ordine|"
    "numero d'ordine|ordine|numéro de commande|commande|número de pedido|pedido",
    "item": "item id|item number|artikelnummer|id oggetto|numero oggetto|numéro de l'objet|"
    "número de artículo",
    "title": "item|title|item title|artikel|artikelbezeichnung|oggetto|objet|artículo",
    "price": "sold|sold for|sale price|item price|price|verkauft für|verkaufspreis|artikelpreis|"
    "preis|venduto a|vendu|vendido por",
    "total": "total|order total|total price|total paid|gesamtbetrag|gesamtsumme|gesamt|totale|"
    "montant total|importe total",
    "quantity": "quantity|quantity sold|stückzahl|menge|anzahl|quantità|quantité|cantidad",
    "placed": "date sold|sale date|sold on|verkauft am|verkaufsdatum",
    "paid": "date paid|paid on|paid|bezahlt am|zahlungsdatum|zahlung erhalten am",
    "ship_by": "ship by|ship by date|post by|dispatch by|versenden bis|versand bis|"
    "spätestens versenden bis|verschicken bis|spedire entro|expédier avant le|enviar antes del",
    "estimate": "estimated delivery|estimated delivery date|delivery estimate|"
    "voraussichtliche lieferung|voraussichtliches lieferdatum|consegna stimata|"
    "livraison estimée|entrega estimada",
    "buyer": "buyer|buyer username|buyer user id|buyer's user id|käufer|nutzername des käufers|"
    "mitgliedsname des käufers|acquirente|acheteur|comprador",
    "tracking": "tracking number|tracking|sendungsnummer|trackingnummer|"
    "sendungsverfolgungsnummer|numero di tracking|numéro de suivi|número de seguimiento",
    "carrier": "carrier|shipping carrier|versanddienstleister|versandunternehmen|corriere|"
    "transporteur|transportista",
    "shipped": "shipped on|date shipped|dispatched on|posted on|verschickt am|versendet am",
    "delivered": "delivered|delivered on|date delivered|zugestellt am|geliefert am",
    "refund": "refund amount|amount refunded|refunded|refund|total refund|"
    "rückerstattungsbetrag|rückerstattung|erstattungsbetrag",
    # only a refund's own: the payment's number is the same for all refunds of it
    "refund_number": "refund id|refund number|refund transaction id|"
    "paypal refund transaction id|rückerstattungsnummer|erstattungsnummer|"
    "transaktionscode der rückerstattung",
    "rating": "rating|feedback rating|feedback type|feedback|bewertung|bewertungsart",
    "comment": "comment|comments|feedback comment|kommentar|bewertungskommentar",
    "case": "request id|request number|request|return id|return number|return|case id|"
    "case number|case|cancellation id|anfragenummer|anfrage|rückgabenummer|rückgabe|"
    "fallnummer|fall",
    "respond": "respond by|reply by|please respond by|answer by|accept or decline by|"
    "antworten bis|bitte antworten bis|antworten sie bis|antwort bis",
    "status": "status|return status|case status|request status|fallstatus|rückgabestatus",
}
LABELS = {name: field for field, names in _LABELS.items() for name in names.split("|")}

# Below such a line stands the buyer's address …
ADDRESS = frozenset((
    "your buyer's shipping details", "shipping details", "buyer's shipping details", "ship to",
    "buyer's shipping address", "shipping address", "your buyer's address", "post to",
    "versanddetails ihres käufers", "versandadresse", "lieferadresse",
    "lieferadresse des käufers",
))  # fmt: skip
# … and below such a one what he has typed: nothing that stands there is eBay's.
HIS_WORDS = frozenset((
    "a message from the buyer", "message from the buyer", "message from your buyer",
    "buyer's message", "buyer's note", "note from buyer", "note from the buyer", "buyer comments",
    "buyer's comments", "comments from the buyer", "comments from buyer",
    "details from the buyer", "buyer's explanation", "nachricht vom käufer",
    "nachricht des käufers", "eine nachricht vom käufer", "eine nachricht ihres käufers",
    "kommentar des käufers", "anmerkung des käufers", "messaggio dell'acquirente",
    "message de l'acheteur", "mensaje del comprador",
))  # fmt: skip

TITLES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"you made the sale for (.{1,200})",
        r"your ebay item sold!? ?[:–-]? ?(.{1,200}?)(?: \([0-9]{9,14}\))?$",
        r"ebay item sold: (.{1,200}?)(?: \([0-9]{9,14}\))?$",
        r"artikel verkauft: (.{1,200})",
        r"ihr artikel wurde verkauft: (.{1,200})",
    )
)

RATINGS: Mapping[str, Rating] = {
    word: rating
    for rating, words in (
        (Rating.POSITIVE, "positive positiv positives positiva positivo positif"),
        (Rating.NEUTRAL, "neutral neutrale neutrales neutra neutro neutre"),
        (Rating.NEGATIVE, "negative negativ negatives negativa negativo négatif négative"),
    )
    for word in words.split()
}
# The whole phrase: that a removal was asked for, or declined, removes nothing.
REMOVED = re.compile(
    r"^feedback removed\b"
    r"|\bfeedback (?:for .{1,200} )?(?:has been|was) (?:removed|withdrawn|deleted)\b"
    r"|\b(?:removed|withdrew|retracted) (?:(?:the|a|their|your|negative|neutral|positive) ){0,2}"
    r"feedback\b|\bbewertung (?:wurde|ist) (?:entfernt|gelöscht|zurückgezogen)"
    r"|\bbewertung (?:entfernt|zurückgezogen)$",
    re.IGNORECASE,
)
REMOVED_WORDS = frozenset(("removed", "withdrawn", "entfernt", "gelöscht", "zurückgezogen"))
RATER = re.compile(
    r"(?P<user>[A-Za-z0-9._*-]{2,64}) (?:has )?(?:just )?(?:left|given|changed|revised|updated)\b"
    r"|(?P<nutzer>[A-Za-z0-9._*-]{2,64}) hat (?:ihnen |dir )?(?:eine |ihre |seine )?"
    r"(?:\w{1,12} )?bewertung",
    re.IGNORECASE,
)

# The marketplace has paid and the seller is to ship: that is what a day to ship by means, too.
PAID = re.compile(r"\b(?:has paid|buyer paid|paid for|payment received|hat bezahlt)\b", re.I)

CASE_NUMBER = re.compile(
    r"\b(?:return|request|case|cancellation|ref|rückgabe|anfrage|fall)"
    r"(?: (?:id|number|no\.?|nr\.?|nummer))? ?[:#]? ?#? ?([0-9]{7,13})(?![0-9-])",
    re.IGNORECASE,
)
# The order that a subject or a link is about; a user name has neither spaces nor number signs.
ORDER_IN_SUBJECT = re.compile(
    r"\b(?:order|bestellung|ordine|commande|pedido)(?: (?:number|no\.|id))?[ :#]+"
    r"([0-9][0-9-]{10,30})",
    re.IGNORECASE,
)
EBAYS_OWN = re.compile(
    r"https?://(?:[a-z0-9-]{1,40}\.){0,3}ebay\.(?:com|[a-z]{2}|co\.uk|com\.[a-z]{2})/",
    re.IGNORECASE,
)
ORDER_IN_LINK = re.compile(r"[?&](?:order_?id|ord_?id)=([0-9][0-9-]{10,30})", re.IGNORECASE)
# Of a subject: the whole phrase, for an item's title may hold any word of it. What is merely
# decided or declined may go on.
CLOSED = re.compile(
    r"\b(?:case|request|return|inquiry|dispute|claim|cancellation)"
    r"(?: request)?(?: #?[0-9]{7,13})?(?: (?:is|was|has been|now)){0,2} "
    r"(?:closed|resolved|withdrawn)(?=[.!]?\s*$|\s?[:,(–-])"
    r"|\b(?:fall|anfrage|rückgabe|antrag|rückgabeanfrage)(?: #?[0-9]{7,13})?"
    r"(?: (?:ist|wurde)){0,2} (?:geschlossen|abgeschlossen|beendet|zurückgezogen)"
    r"(?=[.!]?\s*$|\s?[:,(–-])",
    re.IGNORECASE,
)
CLOSED_STATUS = re.compile(
    r"(?:closed|resolved|withdrawn|cancell?ed|geschlossen|abgeschlossen|beendet|zurückgezogen)\b",
    re.IGNORECASE,
)
CANCELLED = re.compile(
    r"\border (?:was |has been |is )?cancell?ed|\b(?:cancell?ed|cancelled) (?:your |the )?order"
    r"|bestellung (?:wurde |ist )?(?:storniert|abgebrochen)",
    re.IGNORECASE,
)
# A day without a year: "by Nov 24", "bis zum 24. Nov.".
BY_DAY = re.compile(
    r"\b(?:by|before|until|bis zum|bis)\s(?:[^\W\d_]{2,10}\.?,? )?"
    r"([^\W\d_]{3,10}\.? [0-9]{1,2}|[0-9]{1,2}\.? [^\W\d_]{3,10})(?![0-9])",
    re.IGNORECASE,
)
OPTED_OUT = re.compile(
    r"opted out|does(?:n't| not) want to (?:be contacted|receive)|has blocked (?:you|messages)"
    r"|möchte (?:keine|nicht)",
    re.IGNORECASE,
)
