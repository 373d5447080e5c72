"""What the lines of an order and its states are called, in the languages that sellers read."""

from __future__ import annotations

from collections.abc import Mapping

from tactd.core.sheet.words import base_language
from tactd.core.types import OrderState

LABELS: Mapping[str, Mapping[str, str]] = {
    "order": {"en": "Order", "zh": "订单", "es": "Pedido"},
    "buyer": {"en": "Buyer", "zh": "买家", "es": "Comprador"},
    "item": {"en": "Item", "zh": "商品", "es": "Artículo"},
    "total": {"en": "Total", "zh": "金额", "es": "Total"},
    "paid": {"en": "Paid", "zh": "付款时间", "es": "Pagado"},
    "ship_to": {"en": "Goes to", "zh": "寄往", "es": "Destino"},
    "payer": {"en": "Paid by", "zh": "付款人", "es": "Pagado por"},
    "consignee": {"en": "Addressed to", "zh": "收件人", "es": "Dirigido a"},
    "ship_by": {"en": "Ship by", "zh": "最迟发货时间", "es": "Enviar antes de"},
    "shipped": {"en": "Shipped", "zh": "发货", "es": "Enviado"},
    "expected": {"en": "Expected by", "zh": "预计最迟送达时间", "es": "Llegada prevista"},
    "feedback": {"en": "Feedback", "zh": "评价", "es": "Valoración"},
    "marketplace": {"en": "Placed on", "zh": "平台", "es": "Plataforma"},
    "reached_at": {"en": "Reached at", "zh": "联系方式", "es": "Contacto"},
    "note": {"en": "Buyer's note", "zh": "买家留言", "es": "Nota del comprador"},
    "cancelled": {"en": "Cancelled", "zh": "取消时间", "es": "Cancelado"},
    "refunded": {"en": "Refunded", "zh": "已退款", "es": "Reembolsado"},
    "case": {"en": "Case", "zh": "纠纷", "es": "Caso"},
    "candidate": {"en": "Perhaps order", "zh": "可能的订单", "es": "Quizá el pedido"},
}

STATES: Mapping[OrderState, Mapping[str, str]] = {
    OrderState.UNPAID: {"en": "not paid", "zh": "未付款", "es": "sin pagar"},
    OrderState.TO_SHIP: {"en": "not shipped yet", "zh": "未发货", "es": "sin enviar"},
    OrderState.SHIPPED: {"en": "shipped", "zh": "已发货", "es": "enviado"},
    OrderState.CUSTOMS: {"en": "at customs", "zh": "清关中", "es": "en aduana"},
    OrderState.PICKUP: {"en": "waits to be picked up", "zh": "待自提", "es": "por recoger"},
    OrderState.DELIVERED: {"en": "delivered", "zh": "已送达", "es": "entregado"},
    OrderState.RETURNED: {"en": "sent back", "zh": "已退回", "es": "devuelto"},
    OrderState.LOST: {"en": "lost", "zh": "已丢件", "es": "perdido"},
    OrderState.REFUNDED: {"en": "refunded", "zh": "已退款", "es": "reembolsado"},
    OrderState.CANCELLED: {"en": "cancelled", "zh": "已取消", "es": "cancelado"},
}


def fact_label(key: str, language: str) -> str:
    """Raises KeyError for a key that has no row."""
    return LABELS[key][base_language(language)]


def state_label(state: OrderState, language: str) -> str:
    return STATES[state][base_language(language)]
