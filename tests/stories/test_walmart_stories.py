"""Walmart's relay through the whole daemon: who wrote, where the answer goes, what it may tell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clock_shop import ClockShop, clock_shop
from shop import mail
from story_kit import codes, edit, notes, sheet, text_of, wire
from tactd.adapters.store import orders
from tactd.core.types import EndpointKind, Marketplace, OrderKey
from tactd.flow.imports import import_file
from tactd.screens import why

NOW = datetime(2026, 11, 10, 15, 0, tzinfo=UTC)
NUMBER, OTHER = "5921000250664", "5921000250665"
RELAY = "0123456789abcdef0123456789abcdef@relay.walmart.com"
WALMART = "dmarc=pass header.from=relay.walmart.com"
WHERE = "Where is my order? It has not arrived yet."

# An ERP's file: Walmart itself gives no export that tactd knows.
ERP = """
[[orders.columns]]
name = "ERP"
marketplace = "walmart"
order = "Order"
buyer_name = "Buyer"
placed = "Placed"
shipped = "Shipped"
title = "Goods"
country = "Country"
dates = "YYYY-MM-DD"
latest = "Estimated"
carrier = "Carrier"
tracking = "Tracking"
"""
FILE = (
    "Order,Buyer,Placed,Shipped,Goods,Country,Estimated,Carrier,Tracking\n"
    f"{NUMBER},Laura Field,2026-11-03,2026-11-04,Folding lantern,US,2026-12-01,China Post,"
    "LK470000017CN\n"
    f"{OTHER},Tom Moss,2026-11-03,2026-11-04,Enamel mug,US,2026-12-01,China Post,\n"
)


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path, more=ERP) as made:
        made.now = NOW
        path = made.root / "erp.csv"
        path.write_text(FILE, encoding="utf-8")
        parts = made.service.parts
        done = import_file(parts.store, parts.exports, path, made.now, forms=parts.forms)
        assert done.fine, done
        yield made


def asks(
    words: str = WHERE,
    *,
    number: str = NUMBER,
    sender: str = RELAY,
    stamp: str = WALMART,
    at: int = 1,
    **more: str,
) -> bytes:
    text = (
        "Hi Blue Sheep Outdoor,\n\nLaura Field wants to connect with you regarding the following "
        f"order:\n\nSales Order ID:  {number}\nItem ID:  162400985\nItem:  Folding lantern\n\n"
        f"Message:\n{words}\n\n**Note: You have received this message from the customer, who has "
        "made a purchase from your company\non Walmart.com. Please respond within 1 business "
        "day.**\n\nThank you,\nWalmart Customer Service Team\n"
    )
    given = {"sender": sender, "name": "Laura Field", "subject": "Question about an order"}
    message_id = f"<w{at}@walmart.com>"
    return mail(text, message_id=message_id, stamp=stamp, date=NOW, **{**given, **more})


def told(shop: ClockShop, name: str = "m1") -> dict[str, Any]:
    parts = shop.service.parts
    return why.of_id(parts.store, parts.pipeline.rules.policy, name)


async def test_the_answer_goes_by_the_relay_and_follows_walmarts_rules(shop: ClockShop) -> None:
    await shop.mail(asks())
    facts = told(shop)
    assert (facts["marketplace"], facts["order"]) == ("walmart", NUMBER), codes(facts)
    assert "disclose.on_file" in codes(facts)
    [sent] = shop.sent
    letter = wire(sent.raw)
    assert (sent.recipients, letter["To"]) == ((RELAY,), RELAY)
    assert letter["In-Reply-To"] == "<w1@walmart.com>"
    assert "Folding lantern" in text_of(sent.raw)
    assert "http" not in text_of(sent.raw)


UNPROVEN = {
    "nobody vouches": asks(stamp=""),
    "forged": asks(stamp="dmarc=fail header.from=relay.walmart.com"),
    "an answer wanted elsewhere": asks(Reply_To="eve@evil.example"),
    "a wrapper that cannot be opened": asks().replace(b"Message:", b"He says"),
    "an order that is not in the book": asks(number="5921000259999"),
    "a look-alike of the relay": asks(
        sender=RELAY.replace("walmart.com", "walmart-mail.example"), stamp=""
    ),
}


@pytest.mark.parametrize("raw", UNPROVEN.values(), ids=list(UNPROVEN))
async def test_nothing_of_an_order_is_told_to_whom_the_relay_does_not_prove(
    shop: ClockShop, raw: bytes
) -> None:
    await shop.mail(raw)
    assert shop.sent == []
    (path,) = shop.files("staged")
    assert told(shop)["would"] == "stage", codes(told(shop))
    assert not any(fact in sheet(path).body for fact in ("lantern", "LK4", "Laura", "November"))


async def test_a_relay_is_one_orders_and_tells_nothing_of_another(shop: ClockShop) -> None:
    await shop.mail(asks())
    with shop.service.parts.store.read() as conn:
        held = orders.get(conn, OrderKey(Marketplace.WALMART, NUMBER))
    assert held is not None
    assert [(one.kind, one.value) for one in held.endpoints] == [(EndpointKind.RELAY, RELAY)]
    await shop.mail(asks(f"And where is {OTHER}?", number=OTHER, at=2))
    assert len(shop.sent) == 1
    (path,) = shop.files("staged")
    assert "mug" not in sheet(path).body


async def test_an_edit_with_a_link_is_not_sent(shop: ClockShop) -> None:
    await shop.mail(asks("Is it possible to return it?"))
    (path,) = shop.files("staged")
    edit(path, "[[your answer]]", "See https://shop.example/returns")
    shop.move(path, "approved")
    await shop.beat()
    assert shop.sent == []
    (path,) = shop.files("trouble")
    assert "links" in notes(path)
