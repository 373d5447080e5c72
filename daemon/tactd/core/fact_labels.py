"""What the lines of an order are called, in the languages that sellers read."""

from __future__ import annotations

from collections.abc import Mapping

from tactd.core.sheet_words import base_language

LABELS: Mapping[str, Mapping[str, str]] = {
    "order": {"en": "Order", "zh": "订单", "es": "Pedido"},
    "buyer": {"en": "Buyer", "zh": "买家", "es": "Comprador"},
    "item": {"en": "Item", "zh": "商品", "es": "Artículo"},
    "total": {"en": "Total", "zh": "金额", "es": "Total"},
    "paid": {"en": "Paid", "zh": "付款时间", "es": "Pagado"},
    "ship_to": {"en": "Goes to", "zh": "寄往", "es": "Destino"},
    "ship_by": {"en": "Ship by", "zh": "最迟发货时间", "es": "Enviar antes de"},
    "shipped": {"en": "Shipped", "zh": "发货", "es": "Enviado"},
    "expected": {"en": "Expected by", "zh": "预计最迟送达时间", "es": "Llegada prevista"},
    "feedback": {"en": "Feedback", "zh": "评价", "es": "Valoración"},
    "candidate": {"en": "Perhaps order", "zh": "可能的订单", "es": "Quizá el pedido"},
}


def fact_label(key: str, language: str) -> str:
    """Raises KeyError for a key that has no row."""
    return LABELS[key][base_language(language)]
