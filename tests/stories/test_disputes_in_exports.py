"""A dispute that AliExpress's export names calls the seller; one that a newer export does not name
any more is over."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from aliexpress_samples import as_csv, paulo
from clock_shop import ClockShop, clock_shop
from tactd.adapters.store import orders
from tactd.core.orders import open_cases
from tactd.core.types import Marketplace, OrderKey
from tactd.flow.imports import import_file

KEY = OrderKey(Marketplace.ALIEXPRESS, "3041000012340071")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[ClockShop]:
    async with clock_shop(tmp_path) as made:
        yield made


async def exported(shop: ClockShop, status: str, name: str, hours: int = 0) -> None:
    """`hours`: by how much the file is older than now."""
    path = shop.root / name
    path.write_text(as_csv([paulo(订单状态=status)]), encoding="utf-8")
    at = (shop.now - timedelta(hours=hours)).timestamp()
    os.utime(path, (at, at))
    parts = shop.service.parts
    done = import_file(parts.store, parts.exports, path, shop.now)
    assert done.fine, done
    await shop.beat()


def cases_and_todos(shop: ClockShop) -> tuple[int, list[str]]:
    with shop.service.parts.store.read() as conn:
        cases = open_cases(orders.get(conn, KEY))
    return len(cases), [one["what"] for one in shop.status()["todos"]]


async def test_a_dispute_that_vanished_from_a_newer_export_is_over(shop: ClockShop) -> None:
    await exported(shop, "含纠纷的订单", "first.csv")
    assert cases_and_todos(shop) == (1, ["case_claim"])
    await shop.at(shop.now + timedelta(days=1))
    await exported(shop, "等待买家收货", "second.csv")
    assert cases_and_todos(shop) == (0, [])


async def test_an_older_export_closes_nothing(shop: ClockShop) -> None:
    await exported(shop, "含纠纷的订单", "first.csv")
    await exported(shop, "等待买家收货", "older.csv", hours=5)
    assert cases_and_todos(shop) == (1, ["case_claim"])


async def test_a_word_that_is_not_known_closes_nothing(shop: ClockShop) -> None:
    await exported(shop, "含纠纷的订单", "first.csv")
    await shop.at(shop.now + timedelta(days=1))
    await exported(shop, "神秘状态", "second.csv")
    assert cases_and_todos(shop) == (1, ["case_claim"])
