"""Each situation of the playbook, in three languages: what is staged for the seller to send."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from servers.dovecot import Dovecot
from shop import Shop
from story_kit import (
    asks,
    book,
    dovecot_shop,
    number_of,
    order_of,
    sheet,
    tracking_of,
)

pytestmark = pytest.mark.dovecot

# The state of the order, and the words; the keys are the situations.
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "en": {
        "not_yet_shipped": ("to_ship", "Hello, where is my order? It has not arrived yet."),
        "ship_late": ("ship_late", "Hello, where is my order? It has not arrived yet."),
        "in_transit": ("moving", "Hello, where is my order? It has not arrived yet."),
        "delayed": ("overdue", "Hello, where is my order? It has not arrived yet."),
        "refund_not_yet": ("moving", "I want my money back."),
        "feedback_thanks": ("moving", "Great seller, fast shipping, everything perfect!"),
        "feedback_misclick": ("rated_down", "Great seller, fast shipping, everything perfect!"),
        "opt_out": ("moving", "Please stop writing to me. Do not send me any more messages."),
        "handover": ("moving", "I will sue you. My lawyer will write to you."),
        "no_reply_needed": ("moving", "Arrived today, thank you very much!"),
    },
    "zh": {
        "not_yet_shipped": ("to_ship", "你好，我的包裹在哪里？还没有收到。"),
        "ship_late": ("ship_late", "你好，我的包裹在哪里？还没有收到。"),
        "in_transit": ("moving", "你好，我的包裹在哪里？还没有收到。"),
        "delayed": ("overdue", "你好，我的包裹在哪里？还没有收到。"),
        "refund_not_yet": ("moving", "我要退款。"),
        "feedback_thanks": ("moving", "物流很快，东西很好，五星好评！"),
        "feedback_misclick": ("rated_down", "物流很快，东西很好，五星好评！"),
        "opt_out": ("moving", "请不要再给我发邮件了。"),
        "handover": ("moving", "我要起诉你，我的律师会联系你。"),
        "no_reply_needed": ("moving", "已收到，谢谢！"),
    },
    "es": {
        "not_yet_shipped": ("to_ship", "Hola, ¿dónde está mi pedido? Todavía no ha llegado."),
        "ship_late": ("ship_late", "Hola, ¿dónde está mi pedido? Todavía no ha llegado."),
        "in_transit": ("moving", "Hola, ¿dónde está mi pedido? Todavía no ha llegado."),
        "delayed": ("overdue", "Hola, ¿dónde está mi pedido? Todavía no ha llegado."),
        "refund_not_yet": ("moving", "Quiero que me devuelvan el dinero."),
        "feedback_thanks": ("moving", "¡Excelente vendedor, envío rápido, todo perfecto!"),
        "feedback_misclick": ("rated_down", "¡Excelente vendedor, envío rápido, todo perfecto!"),
        "opt_out": ("moving", "Por favor, no me escriban más."),
        "handover": ("moving", "Estoy muy enojada y voy a demandarle. Mi abogado le escribirá."),
        "no_reply_needed": ("moving", "Llegó hoy, gracias"),
    },
}

# What the playbook wants said, in the letter's language; "#" stands for the order number,
# "%" for the tracking number.
SAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "not_yet_shipped": ("has not left us yet", "will be shipped by", "tracking number follows"),
        "ship_late": ("excuse us", "[[date of dispatch]]", "tracking number follows"),
        "in_transit": ("was shipped on", "%", "between", "write to us again", "lost"),
        "delayed": ("sorry", "5 to 10 days", "your money back"),
        "refund_not_yet": ("was shipped on", "%", "you get your money back in full"),
        "feedback_thanks": ("Thank you so much",),
        "feedback_misclick": ("kind words", "rating"),
        "opt_out": ("we will not write to you again",),
        "handover": ("[[your answer]]",),
    },
    "zh": {
        "not_yet_shipped": ("尚未发出", "发货", "物流单号"),
        "ship_late": ("致歉", "[[发货日期]]"),
        "in_transit": ("发出", "%", "立即安排查找", "退款或补发"),
        "delayed": ("抱歉", "5至10天", "退款或补发"),
        "refund_not_yet": ("发出", "%", "全额退还"),
        "feedback_thanks": ("感谢",),
        "feedback_misclick": ("评语", "好评"),
        "opt_out": ("不会再主动给您发消息",),
        "handover": ("[[您的回复]]",),
    },
    "es": {
        "not_yet_shipped": ("todavía no ha salido", "a más tardar", "número de seguimiento"),
        "ship_late": ("disculpas", "[[fecha de envío]]"),
        "in_transit": ("salió el", "%", "escríbanos de nuevo", "el riesgo es nuestro"),
        "delayed": ("5 a 10 días", "le devolvemos"),
        "refund_not_yet": ("salió el", "%", "le devolvemos todo su dinero"),
        "feedback_thanks": ("racias por sus amables palabras",),
        "feedback_misclick": ("amables palabras", "valoración"),
        "opt_out": ("no volveremos a escribirle",),
        "handover": ("[[su respuesta]]",),
    },
}

SITUATIONS = tuple(WORDS["en"])
STAGED = tuple(one for one in SITUATIONS if one != "no_reply_needed")


async def all_situations(shop: Shop, language: str) -> dict[str, Path]:
    """One buyer a situation; the files that came of it."""
    words = WORDS[language]
    rows = [order_of(at, words[name][0]) for at, name in enumerate(SITUATIONS, 1)]
    await book(shop, *rows)
    for at, name in enumerate(SITUATIONS, 1):
        shop.give(asks(at, words[name][1], subject="?"))
    await shop.decided(len(SITUATIONS))
    files = await shop.staged(len(STAGED))
    return {name: path for path in files for name in STAGED if f"_{name}_" in path.name}


# The buyer's language, and the seller's.
PAIRS = [("en", "zh"), ("zh", "es"), ("es", "en")]


@pytest.mark.parametrize(("language", "seller"), PAIRS)
async def test_each_situation_is_staged_as_the_playbook_says(
    dovecot: Dovecot, tmp_path: Path, language: str, seller: str
) -> None:
    before = datetime.now(ZoneInfo("Asia/Shanghai"))
    async with dovecot_shop(dovecot, tmp_path, language=seller) as shop:
        files = await all_situations(shop, language)
        assert sorted(files) == sorted(STAGED)
        for at, name in enumerate(SITUATIONS, 1):
            told = shop.why(f"m{at}")
            assert told["situation"] == name, name
            assert told["language"] == language, name
            if name != "no_reply_needed":
                check_file(files[name], at, name, language, seller, before)
        thanked = shop.why(f"m{SITUATIONS.index('no_reply_needed') + 1}")
        assert thanked["decision"] == "skip"
        assert thanked["reply"] is None


def check_file(
    path: Path, buyer: int, name: str, language: str, seller: str, before: datetime
) -> None:
    deadline = datetime.strptime(path.name[:15], "%Y-%m-%d_%H%M")
    waited = deadline - before.replace(tzinfo=None)
    assert timedelta(hours=23, minutes=58) < waited < timedelta(hours=24, minutes=1), path.name
    assert path.name[15:] == f"_{name}_{number_of(buyer)}_jane-poole.txt"
    read = sheet(path)
    assert read.to == f"buyer{buyer}@example.com"
    assert read.body.endswith("Blue Sheep Outdoor")
    for said in SAYS[language][name]:
        wanted = said.replace("%", tracking_of(buyer))
        assert wanted in read.body, f"{name} in {language}: {wanted!r} not in\n{read.body}"
    blank = "[[" in read.body
    assert blank == (name in ("ship_late", "handover")), name
    assert "http" not in read.body, "eBay forbids links"
    # Below the mark: the buyer's words, and the same letter in the seller's language.
    assert WORDS[language][name][1].split("\n")[0] in read.below
    for said in SAYS[seller][name]:
        wanted = said.replace("%", tracking_of(buyer))
        assert f"{wanted}" in read.below, f"{name}: no gloss {wanted!r} in\n{read.below}"
    assert number_of(buyer) in read.below
