"""The running daemon reads what its seller drops into orders/, whoever has written it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from aliexpress_samples import PAULO, rows_of
from servers.pymap_server import Pymap
from shop import Shop, open_shop
from tactd import wiring
from tactd.config import load
from tactd.screens import order_book
from tactd.screens.problems import problems
from workbook_samples import package, xls

WOO = """
[[orders.columns]]
name = "WooCommerce"
order = "Order No."
email = "Billing Email"
placed = "Order Date"
total = "Order Total"
dates = "DD/MM/YYYY"
"""
REPORT = "Order No.,Billing Email,Order Date,Order Total\nW-77,lena@example.com,03/11/2026,12.50\n"


def numbers(shop: Shop) -> set[str]:
    return {order.key.number for order in order_book.listed(shop.service.parts.store)}


async def test_workbooks_and_described_reports_are_read_and_a_bomb_is_set_aside(
    pymap: Pymap, tmp_path: Path
) -> None:
    corners = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="XFD1048576"><v>2</v></c></row>'
    )
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append, more=WOO) as shop:
        folder = shop.root / "orders"
        (folder / "a bomb.xlsx").write_bytes(package([corners]))
        (folder / "AeoOrder.xls").write_bytes(xls(rows_of([PAULO])))
        (folder / "woo.csv").write_text(REPORT, encoding="utf-8")
        await shop.until(lambda: len(numbers(shop)) == 2, "both reports are in the book")
        assert numbers(shop) == {"3041000012340071", "W-77"}
        trouble = folder / "trouble"
        await shop.until(lambda: (trouble / "a bomb.xlsx").exists(), "the bomb is set aside")
        assert "cannot be opened" in (trouble / "a bomb.xlsx.problems.txt").read_text("utf-8")


async def test_a_form_that_is_described_while_tactd_runs_counts_from_the_reload_on(
    pymap: Pymap, tmp_path: Path
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        path = shop.root / "config.toml"
        before = load(path, {})
        path.write_text(path.read_text(encoding="utf-8") + WOO, encoding="utf-8")
        env = {"SHOP_PASSWORD": pymap.password}
        wiring.reload(shop.service, path, env, before)
        (shop.root / "orders" / "woo.csv").write_text(REPORT, encoding="utf-8")
        await shop.until(lambda: numbers(shop) == {"W-77"}, "the report is in the book")


async def test_a_refused_report_that_was_thrown_away_is_no_trouble_any_more(
    pymap: Pymap, tmp_path: Path
) -> None:
    bad_row = "W-78,lena@example.com,soon,1.00\n"

    def told(shop: Shop) -> set[str]:
        return {one["about"] for one in shop.status()["trouble"]}

    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append, more=WOO) as shop:
        orders = shop.root / "orders"
        (orders / "notes.txt").write_text("call back Lena\n", encoding="utf-8")
        (orders / "woo.csv").write_text(REPORT + bad_row, encoding="utf-8")
        beside = [orders / "trouble" / "notes.txt", orders / "imported" / "woo.csv.problems.txt"]
        await shop.until(lambda: all(one.exists() for one in beside), "both are set aside")
        assert told(shop) == {"notes.txt", "woo.csv"}
        for one in beside:
            one.unlink()
        await shop.until(lambda: not told(shop), "status has forgotten them")


async def test_a_report_in_a_form_of_its_own_is_refused_with_what_to_do_and_no_noise_in_the_log(
    pymap: Pymap, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_shop(tmp_path, pymap, user=pymap.user, give=pymap.append) as shop:
        (shop.root / "orders" / "woo.csv").write_text(REPORT, encoding="utf-8")
        beside = shop.root / "orders" / "trouble" / "woo.csv.problems.txt"
        await shop.until(beside.exists, "the report is set aside")
        (said,) = (one for one in problems(shop.status()) if "woo.csv" in one)
    for text in (said, beside.read_text(encoding="utf-8")):
        assert "[[orders.columns]]" in text
        assert text.count("woo.csv") == 1
    gc.collect()  # asyncio speaks of an exception that nobody looked at when it is thrown away
    assert [one.message for one in caplog.records if one.name == "asyncio"] == []
