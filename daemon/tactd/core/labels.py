"""What codes are called where the seller reads them: one literal table a vocabulary.

A code is for scripts (`tactd why --json` keeps it); in a sentence stands its label, in the
language that the seller reads. A test holds every vocabulary of core/types.py against this table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

FALLBACK = "en"
COLUMN = {"en": 0, "zh": 1, "es": 2}

Row = tuple[str, str, str]  # English, Chinese, Spanish

INTENTS: Mapping[str, Row] = {
    "where_is_my_item": ("where the parcel is", "询问包裹在哪里", "dónde está el paquete"),
    "refund_request": ("a refund", "要求退款", "un reembolso"),
    "return_request": ("a return", "要求退货", "una devolución"),
    "item_problem": ("a problem with the item", "商品有问题", "un problema con el artículo"),
    "cancel_order": ("to cancel the order", "取消订单", "cancelar el pedido"),
    "change_order": ("to change the order", "修改订单", "cambiar el pedido"),
    "product_question": (
        "a question about a product",
        "咨询商品",
        "una pregunta sobre un producto",
    ),
    "negotiation": ("a better price", "议价", "un precio mejor"),
    "wholesale": ("a larger quantity", "批量采购", "comprar al por mayor"),
    "payment_question": ("a question about paying", "付款问题", "una pregunta sobre el pago"),
    "customs": ("customs or import duty", "海关或关税", "la aduana o los impuestos"),
    "feedback": ("feedback", "评价", "una valoración"),
    "thanks": ("thanks", "道谢", "un agradecimiento"),
    "opt_out": ("no more mail", "不想再收到邮件", "no recibir más correos"),
    "other": ("something else", "其他", "otra cosa"),
}

SITUATIONS: Mapping[str, Row] = {
    "not_yet_shipped": ("not shipped yet", "尚未发货", "aún sin enviar"),
    "ship_late": ("shipping is late", "发货延迟", "envío atrasado"),
    "dispatched": ("just shipped", "刚刚发货", "recién enviado"),
    "tracking_pending": ("no tracking yet", "暂无物流信息", "aún sin seguimiento"),
    "in_transit": ("parcel under way", "运输途中", "paquete en camino"),
    "delayed": ("parcel delayed", "包裹延误", "paquete retrasado"),
    "still_searching": ("still being searched for", "仍在查找包裹", "todavía se busca"),
    "lost_choice": ("lost: refund or resend", "丢件：退款或补发", "perdido: reembolso o reenvío"),
    "refund_promised": ("refund promised", "已答应退款", "reembolso prometido"),
    "resend_promised": ("resend promised", "已答应补发", "reenvío prometido"),
    "refund_not_yet": ("too early for a refund", "暂不退款", "aún no toca reembolsar"),
    "refund_status": ("where the refund is", "退款进度", "estado del reembolso"),
    "refund_after_delivery": (
        "refund asked after delivery",
        "签收后要求退款",
        "reembolso pedido tras la entrega",
    ),
    "delivered_claim": (
        "delivered, the buyer says it is not",
        "显示已送达，买家称未收到",
        "entregado, pero el comprador dice que no",
    ),
    "customs": ("held by customs", "海关滞留", "retenido en la aduana"),
    "returned_parcel": ("parcel sent back", "包裹被退回", "paquete devuelto"),
    "item_problem": ("a problem with the item", "商品有问题", "problema con el artículo"),
    "return_request": ("a return", "退货", "devolución"),
    "cancel_unshipped": ("cancel before shipping", "发货前取消", "cancelar antes del envío"),
    "cancel_shipped": ("cancel after shipping", "发货后取消", "cancelar después del envío"),
    "change_unshipped": ("change before shipping", "发货前修改", "cambiar antes del envío"),
    "change_shipped": ("change after shipping", "发货后修改", "cambiar después del envío"),
    "out_of_stock": ("out of stock", "缺货", "agotado"),
    "identity_check": (
        "another name than the payer's",
        "收件人与付款人不符",
        "el destinatario no es quien pagó",
    ),
    "payment_reminder": ("not paid yet", "提醒付款", "recordatorio de pago"),
    "product_question": ("a question about a product", "商品咨询", "pregunta sobre un producto"),
    "payment_question": ("a question about paying", "付款问题", "pregunta sobre el pago"),
    "opportunity": ("a chance to sell", "潜在商机", "oportunidad de venta"),
    "feedback_thanks": ("thanks for kind words", "感谢好评", "gracias por la valoración"),
    "feedback_misclick": (
        "kind words, low rating: a slip?",
        "好评文字但评分低：可能点错",
        "palabras amables y nota baja: ¿un desliz?",
    ),
    "feedback_rescue": ("bad feedback", "差评挽回", "valoración mala"),
    "feedback_request": ("asking for feedback", "请求评价", "pedir una valoración"),
    "delay_notice": ("news of a delay", "延误通知", "aviso de retraso"),
    "progress": ("news of the parcel", "物流进展通知", "novedades del paquete"),
    "opt_out": ("wants no more mail", "不想再收到邮件", "no quiere más correos"),
    "no_reply_needed": ("needs no answer", "无需回复", "no necesita respuesta"),
    "handover": ("yours to answer", "需您亲自回复", "responda usted"),
    "_frame": ("greeting and signature", "称呼与署名", "saludo y firma"),
    "_stranger": ("a sender not on file", "未登记的发件人", "un remitente que no consta"),
}

FLAGS: Mapping[str, Row] = {
    "legal_threat": ("he speaks of lawyers or courts", "提到律师或法律途径", "habla de abogados"),
    "chargeback": ("he speaks of a chargeback", "提到向银行拒付", "habla de una retrocesión"),
    "abuse": ("insults", "言语辱骂", "insultos"),
    "injury": ("somebody may have been hurt", "可能有人受伤", "puede haber un herido"),
    "fraud": ("he speaks of fraud", "提到欺诈", "habla de estafa"),
    "wants_human": ("he wants a person", "要求人工回复", "quiere hablar con una persona"),
    "sarcasm": ("he may mean the opposite", "可能是反话", "puede ser ironía"),
    "displeasure": ("he is displeased", "买家不满", "está molesto"),
    "several_questions": ("more than one question", "不止一个问题", "más de una pregunta"),
    "long_text": ("a long mail", "来信很长", "un correo largo"),
}

FACT_GROUPS: Mapping[str, Row] = {
    "payment": ("the payment", "付款", "el pago"),
    "dispatch": ("the shipping", "发货", "el envío"),
    "tracking": ("the tracking", "物流", "el seguimiento"),
    "feedback": ("the feedback", "评价", "la valoración"),
}

# What led to an order: core.types.Clue.
CLUES: Mapping[str, Row] = {
    "order": ("order number", "订单号", "número de pedido"),
    "order_quoted": (
        "order number in the quoted part",
        "引用部分里的订单号",
        "número de pedido en lo citado",
    ),
    "thread": ("same conversation", "同一会话", "misma conversación"),
    "tracking": ("tracking number", "物流单号", "número de seguimiento"),
    "transaction": ("transaction number", "交易号", "número de transacción"),
    "username_item": ("username and item", "用户名和商品", "usuario y artículo"),
    "username": ("username", "用户名", "usuario"),
    "relay": ("relay address", "平台转发地址", "dirección de reenvío"),
    "address": ("mail address", "邮箱地址", "dirección de correo"),
    "item": ("item", "商品", "artículo"),
    "misnamed": ("a number called by another name", "叫法不同的编号", "un número con otro nombre"),
    "tracking_quoted": (
        "tracking number in the quoted part",
        "引用部分里的物流单号",
        "número de seguimiento en lo citado",
    ),
    "name": ("the name", "姓名", "el nombre"),
    "title": ("words of the item's title", "商品标题里的词", "palabras del título"),
    "place": ("the town or postcode", "城市或邮编", "la ciudad o el código postal"),
    "state": ("the only one that it can be now", "目前只可能是这一个", "el único posible ahora"),
}

# The facts that templates name: core/compose/fact_names.py.
FACTS: Mapping[str, Row] = {
    "buyer": ("buyer", "买家", "comprador"),
    "shop": ("shop", "店铺", "tienda"),
    "order_number": ("order number", "订单号", "número de pedido"),
    "item": ("item", "商品", "artículo"),
    "total": ("total", "金额", "total"),
    "ship_by": ("ship by", "最迟发货时间", "enviar antes de"),
    "paid_on": ("paid on", "付款日期", "fecha de pago"),
    "shipped_on": ("shipped on", "发货日期", "fecha de envío"),
    "days_first": ("least days under way", "最少运输天数", "días mínimos de viaje"),
    "days_last": ("most days under way", "最多运输天数", "días máximos de viaje"),
    "expected_from": ("expected from", "预计最早送达", "llegada desde"),
    "expected_to": ("expected by", "预计最迟送达", "llegada hasta"),
    "overdue_since": ("overdue since", "逾期起始日", "atrasado desde"),
    "country": ("country", "国家/地区", "país"),
    "tracking_number": ("tracking number", "物流单号", "número de seguimiento"),
    "carrier": ("carrier", "承运商", "transportista"),
    "tracking_page": ("tracking page", "物流查询页面", "página de seguimiento"),
    "refund_from": ("refund possible from", "最早可退款日", "reembolso posible desde"),
    "write_after": ("to write again after", "可再次来信的日期", "volver a escribir después de"),
    "search_until": ("search until", "查找截止日", "búsqueda hasta"),
    "search_longest": (
        "search at the longest until",
        "最晚查找截止日",
        "búsqueda como máximo hasta",
    ),
    "answer_by": ("answer by", "最迟回复日", "responder antes de"),
}

MAIL_KINDS: Mapping[str, Row] = {
    "buyer_message": ("a buyer's mail", "买家来信", "correo de un comprador"),
    "sale_notice": ("a sale", "售出通知", "una venta"),
    "payment_notice": ("a payment", "付款通知", "un pago"),
    "dispatch_notice": ("a dispatch", "发货通知", "un envío"),
    "delivery_notice": ("a delivery", "送达通知", "una entrega"),
    "offer_notice": ("an offer", "议价通知", "una oferta"),
    "message_notice": ("a message waits on the site", "站内有新消息", "un mensaje en el sitio"),
    "feedback_notice": ("feedback", "评价通知", "una valoración"),
    "case_inr": ("a case: item not received", "未收到货纠纷", "un caso: no recibido"),
    "case_return": ("a return case", "退货纠纷", "un caso de devolución"),
    "case_cancel": ("a cancellation", "取消申请", "una cancelación"),
    "case_claim": ("a claim", "索赔", "una reclamación"),
    "payout": ("a payout", "放款通知", "un abono"),
    "own_reply_copy": ("a copy of your own reply", "您自己回复的副本", "copia de su respuesta"),
    "refusal_notice": ("your mail was refused", "您的邮件被拒绝", "su correo fue rechazado"),
    "delivery_failure": ("a bounce", "退信", "un rebote"),
    "auto_reply": ("an automatic reply", "自动回复", "una respuesta automática"),
    "list": ("mail of a list", "邮件列表", "correo de una lista"),
    "phishing_suspect": ("perhaps phishing", "疑似钓鱼邮件", "posible fraude"),
    "other_notice": ("another notice", "其他通知", "otro aviso"),
}

CASES: Mapping[str, Row] = {
    "inr": ("item not received", "未收到货", "artículo no recibido"),
    "return": ("return", "退货", "devolución"),
    "cancel": ("cancellation", "取消", "cancelación"),
    "claim": ("claim", "索赔", "reclamación"),
    "chargeback": ("chargeback", "拒付", "retrocesión"),
}

LANGUAGES: Mapping[str, Row] = {
    "ar": ("Arabic", "阿拉伯语", "árabe"),
    "de": ("German", "德语", "alemán"),
    "en": ("English", "英语", "inglés"),
    "es": ("Spanish", "西班牙语", "español"),
    "fr": ("French", "法语", "francés"),
    "id": ("Indonesian", "印尼语", "indonesio"),
    "it": ("Italian", "意大利语", "italiano"),
    "ja": ("Japanese", "日语", "japonés"),
    "ko": ("Korean", "韩语", "coreano"),
    "nl": ("Dutch", "荷兰语", "neerlandés"),
    "pl": ("Polish", "波兰语", "polaco"),
    "pt": ("Portuguese", "葡萄牙语", "portugués"),
    "pt-BR": ("Brazilian Portuguese", "巴西葡萄牙语", "portugués de Brasil"),
    "ru": ("Russian", "俄语", "ruso"),
    "tr": ("Turkish", "土耳其语", "turco"),
    "zh": ("Chinese", "中文", "chino"),
    "zh-Hant": ("traditional Chinese", "繁体中文", "chino tradicional"),
}

# What a sheet without a text of its own leaves for the seller to fill in.
YOUR_ANSWER: Row = ("your answer", "您的回复", "su respuesta")
BLANKS: Mapping[str, Row] = dict.fromkeys(YOUR_ANSWER, YOUR_ANSWER)

# Which vocabulary a value of a trail entry is of, by its name; for a few codes by code and name.
SPOKEN: Mapping[str, Mapping[str, Row]] = {
    "intent": INTENTS,
    "situation": SITUATIONS,
    "flag": FLAGS,
    "group": FACT_GROUPS,
    "evidence": CLUES,
    "fact": FACTS,
    "language": LANGUAGES,
    "blanks": BLANKS,
    "choose.open_case kind": CASES,
    "screen.marketplace_notice detail": MAIL_KINDS,
}

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*")


def label(vocabulary: Mapping[str, Row], code: str, language: str) -> str:
    """What a code is called; the code itself where it has no row (a word of the buyer's, say)."""
    row = vocabulary.get(code) or vocabulary.get(code.partition("-")[0])
    return row[column(language)] if row else code


def labels(vocabulary: Mapping[str, Row], codes: str, language: str) -> str:
    """Several of them, as trail entries list them: "order, relay"."""
    return ", ".join(label(vocabulary, code, language) for code in codes.split(", "))


def time_label(text: str) -> str:
    """ "2026-11-24T09:10+08:00" → "2026-11-24 09:10"."""
    return _TIME.sub(r"\1 \2", text)


def column(language: str) -> int:
    """Of the tables here and in core/reasons.py: "es-MX" → Spanish, "pt-BR" → English."""
    return COLUMN.get(language.partition("-")[0].lower(), COLUMN[FALLBACK])
