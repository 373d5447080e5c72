"""A marketplace's true mail that somebody else has got, and has sent on as it is: its signature
holds, and so does its provider's word. What anybody can have written to himself counts only if it
is addressed to the seller."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clock_shop import ClockShop, clock_shop
from paypal_samples import PAID, TXN
from shop import mail
from shopify_samples import lena, shopify_export
from tactd.adapters.store import orders
from tactd.core.types import Endpoint, EndpointKind, Marketplace, Order, OrderKey
from tactd.flow.imports import import_file

LENAS = OrderKey(Marketplace.SHOPIFY, "#1044")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path, mode="stage") as made:
        made.now = made.now.replace(day=20)
        yield made


async def imported(shop: ClockShop) -> None:
    path = shop.root / "orders.csv"
    path.write_text(shopify_export([lena(Total="1068.90", Currency="USD")]), "utf-8")
    parts = shop.service.parts
    await parts.writer.do(import_file, parts.store, parts.exports, path, shop.now)


def held(shop: ClockShop, key: OrderKey) -> Order | None:
    with shop.service.parts.store.read() as conn:
        return orders.get(conn, key)


def payment(to: str) -> bytes:
    """For Lena's order, its very sum, from one account of Jane's to another."""
    text = PAID.replace("c5501200344001.1", "1044")
    stamp = "dmarc=pass header.from=paypal.com"
    subject = "Notification of payment received"
    return mail(
        text, sender="service@paypal.com", name="PayPal", subject=subject, to=to, stamp=stamp
    )


async def test_who_pays_himself_gets_into_nobodys_order(shop: ClockShop) -> None:
    await imported(shop)
    before = held(shop, LENAS)
    assert before is not None
    await shop.mail(payment("janes-other-account@example.com"))
    assert held(shop, LENAS) == before
    assert held(shop, OrderKey(Marketplace.PAYPAL, TXN)) is None
    told = [one["what"] for one in shop.status()["trouble"]]
    assert told == ["notice_unproven"]
    assert "not addressed to you" in shop.screen()


@pytest.mark.parametrize("to", ["shop@example.org", "Me <Me@example.org>"])
async def test_who_has_paid_the_seller_is_known_by_it(shop: ClockShop, to: str) -> None:
    await imported(shop)
    await shop.mail(payment(to))
    order = held(shop, LENAS)
    assert order is not None
    assert Endpoint(EndpointKind.MAIL, "jane.poole@example.com") in order.endpoints
