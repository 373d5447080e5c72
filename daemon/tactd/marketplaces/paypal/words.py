"""What the rows of PayPal's activity files are: the types, by the names they have had.

Source: activity downloads of English, German and Dutch accounts. Names are compared folded
(values.fold). A type that is in no row here is none of ours, or a payment by its sound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from tactd.marketplaces.values import fold


class Kind(Enum):
    PAYMENT = "payment"
    GOODS = "goods"  # a line of the cart that the payment of the same transaction is for
    REFUND = "refund"
    DISPUTE = "dispute"  # money is held until a dispute is over
    DISPUTE_OVER = "dispute over"
    CHARGEBACK = "chargeback"
    CHARGEBACK_OVER = "chargeback over"
    NOTHING = "nothing"  # holds, withdrawals, conversions, fees, what the seller bought


_TYPES: Mapping[Kind, tuple[str, ...]] = {
    Kind.GOODS: ("Shopping Cart Item", "Warenkorbartikel"),
    Kind.REFUND: (
        "Payment Refund", "Refund", "Partial Refund", "Payment Reversal", "Reversal",
        "Rückzahlung", "Rückerstattung", "Zahlungsrückbuchung", "Rückbuchung der Zahlung",
        "Terugbetaling", "Terugboeking betaling",
    ),
    Kind.DISPUTE: (
        "Hold on Balance for Dispute Investigation",
        "Geblokkeerd saldo wegens onderzoek naar geschil",
    ),
    Kind.DISPUTE_OVER: (
        "Cancellation of Hold for Dispute Resolution",
        "Annulering van blokkering voor geschillenoplossing",
    ),
    Kind.CHARGEBACK: ("Chargeback", "Kreditkartenrückbuchung"),
    Kind.CHARGEBACK_OVER: ("Chargeback Reversal", "Stornierung der Kreditkartenrückbuchung"),
}  # fmt: skip

KINDS: Mapping[str, Kind] = {fold(name): kind for kind, names in _TYPES.items() for name in names}

_PAYMENT = re.compile(r"payment|zahlung|betaling|paiement|\bpago\b|pagamento|platnosc|付款|支払")
_NO_SALE = re.compile(
    r"hold|release|review|refund|reversal|fee\b|withdrawal|deposit|conversion|authori[sz]ation"
    r"|donation|mass ?pay|bill user"
    r"|einbehalt|ruck|gebuhr|auszahlung|abbuchung|umrechnung|autorisierung|spende|einzug|sammel"
)

COMPLETED = frozenset(
    map(fold, ("Completed", "Abgeschlossen", "Voltooid", "Terminé", "Completado", "Completato",
               "Concluído", "Zakończono", "Завершено", "已完成", "完了"))
)  # fmt: skip


def kind_of(type_name: str) -> Kind:
    folded = fold(type_name)
    if (known := KINDS.get(folded)) is not None:
        return known
    sale = _PAYMENT.search(folded) and not _NO_SALE.search(folded)
    return Kind.PAYMENT if sale else Kind.NOTHING
