"""The words of Etsy's mails: subjects, labels and what stands around a buyer's words.

Seen in public in English (and a label in Dutch); the rest is Etsy's usual wording and unconfirmed.
What is not recognised is handed to a person.
"""

from __future__ import annotations

import re

from tactd.core.types import MailKind

# "<first name> needs help with an order they placed", and an older form.
HELP_SUBJECT = re.compile(
    r"needs help with an order|^help request: order #|braucht hilfe (?:mit|bei) einer bestellung"
    r"|a besoin d.aide (?:concernant|pour) une commande|necesita ayuda con un pedido"
    r"|ha bisogno di (?:aiuto|assistenza) (?:con|per) un ordine|heeft hulp nodig (?:met|bij)",
    re.IGNORECASE,
)

# Labels of a request for help, and where the buyer's own words end.
NEEDS = ("you need help with", "je hebt hulp nodig met")
RESOLUTION = ("your ideal resolution", "jouw ideale oplossing")
NOTE = ("note for seller", "note to seller", "bericht voor verkoper")
NOTE_ENDS = (
    "quick tip:", "reply here", "buyers often", "view message", "view the message", "view request",
    "you have 48 hours", "etsy, inc", "copyright",
)  # fmt: skip

# "Help Request: Order #3580012396", alone on its line: elsewhere it may be the buyer's own words.
REQUESTED = re.compile(r"\W{0,3}help request:? ?order #?\s?([0-9]{8,12})\W{0,3}", re.IGNORECASE)

CONVERSATION = re.compile(r"(?:re:\s{0,3})?etsy conversation with (.{1,120})", re.IGNORECASE)
# What may stand behind the name: "… from <shop>", "… about Order #…".
_AFTER_NAME = (" about order", " about your order", " from ")

# Subjects of Etsy's own mails; the first that is found wins.
NOTICES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            MailKind.SALE_NOTICE,
            r"^you made a sale on etsy|^congrats on your first sale"
            r"|^du hast (?:etwas )?auf etsy verkauft"
            r"|^vous avez (?:réalisé|fait) une vente|^has (?:hecho|realizado) una venta"
            r"|^hai (?:effettuato|fatto) una vendita",
        ),
        (MailKind.PAYOUT, r"you(?: have|(?:'|’)ve)? issued a refund|refund(?:ed)? .{0,40}order #"),
        (MailKind.CASE_CLAIM, r"opened a case|\bcase .{0,60}(?:closed|resolved|escalated)"),
        (MailKind.CASE_CANCEL, r"request(?:ed)? (?:to cancel|a cancellation)|cancellation request"),
        (MailKind.PAYOUT, r"^your funds|funds .{0,60}on the(?:ir)? way|your deposit"),
        (MailKind.FEEDBACK_NOTICE, r"\breview(?:ed)?\b|\bbewertung\b"),
        (MailKind.MESSAGE_NOTICE, r"etsy conversation with|sent you a message|new message from"),
    )
)
# A buyer who calls himself "case closed" has opened one for all that.
OPENED = re.compile(r"opened a case", re.IGNORECASE)
OVER = re.compile(r"\bcase\b.{0,80}\b(?:closed|resolved)\b", re.IGNORECASE)


def named_in(subject: str) -> str:
    """Whom the notice of a conversation names; "" if nobody."""
    found = CONVERSATION.fullmatch(subject.strip()[:200])
    name = found[1] if found else ""
    for mark in _AFTER_NAME:
        at = name.lower().find(mark)
        name = name[:at] if at > 0 else name
    return " ".join(name.split())
