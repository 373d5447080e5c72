"""[[orders.columns]]: the seller describes an export, and every slip is named at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tactd.config import load
from tactd.core.types import Marketplace
from tactd.errors import ConfigError
from tactd.marketplaces.generic.form import DATES, Cells, Form, Status

FRAME = """
[seller]
name = "Blue Sheep Outdoor"
language = "en"
timezone = "Asia/Shanghai"
address = "me@example.com"

[[mailbox]]
name = "shop"
address = "shop@example.com"
imap = "imaps://imap.example.com"
smtp = "smtps://smtp.example.com"
password = { env = "SHOP_PASSWORD" }

[[orders.columns]]
"""
WOO = """
name = "WooCommerce"
order = ["Order Number", "Order No."]
email = "Billing Email"
total = "Order Total"
placed = "Order Date"
"""


def forms(tmp_path: Path, *tables: str) -> tuple[Form, ...]:
    path = tmp_path / "config.toml"
    path.write_text(FRAME + "\n[[orders.columns]]\n".join(tables), encoding="utf-8")
    return tuple(columns.form() for columns in load(path, {}).orders.columns)


def problems(tmp_path: Path, table: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        forms(tmp_path, table)
    return refused.value.problems


def test_columns_become_a_form(tmp_path: Path) -> None:
    (form,) = forms(tmp_path, WOO)
    assert form == Form(
        name="WooCommerce",
        columns={
            "order": ("Order Number", "Order No."),
            "email": ("Billing Email",),
            "placed": ("Order Date",),
            "total": ("Order Total",),
        },
    )


def test_several_forms_and_all_settings_are_read(tmp_path: Path) -> None:
    more = """
status = "状态"
statuses = { "待发货" = "paid", " Shipped " = "shipped", "test" = "skip" }
platform = "平台"
platforms = { "速卖通" = "aliexpress", "Shopee" = "skip" }
consignee = "收货人"
dates = "DD/MM/YYYY"
decimal = ","
money = "EUR"
marketplace = "ebay"
"""
    first, second = forms(tmp_path, WOO, WOO.replace("WooCommerce", "ERP") + more)
    assert (first.marketplace, second.marketplace) == (Marketplace.OWN, Marketplace.EBAY)
    assert second.statuses == {
        "待发货": Status.PAID,
        "shipped": Status.SHIPPED,
        "test": Status.SKIP,
    }
    assert second.platforms == {"速卖通": Marketplace.ALIEXPRESS, "shopee": None}
    assert second.columns["name"] == ("收货人",)
    assert (second.dates, second.decimal, second.money) == ("DD/MM/YYYY", ",", "EUR")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (WOO.replace("total =", "totl ="), "orders.columns[0].totl: unknown; did you mean total?"),
        (WOO.replace('"Order Total"', "7"), "orders.columns[0].total: 7 - write the header"),
        (WOO.replace('"Order Total"', "[]"), "orders.columns[0].total: write the header"),
        (WOO.replace('"Order Total"', '""'), "orders.columns[0].total: "),
        (
            WOO.replace('order = ["Order Number", "Order No."]', ""),
            "orders.columns[0].order: missi",
        ),
        (WOO + 'marketplace = "ebai"', 'orders.columns[0].marketplace: "ebai" - unknown; did you'),
        (WOO + 'marketplace = "paypal"', "orders.columns[0].marketplace: "),
        (WOO + 'dates = "DD.MM.YYYY"', "orders.columns[0].dates: "),
        (WOO + 'decimal = ";"', "orders.columns[0].decimal: "),
        (WOO + 'money = "euro"', "orders.columns[0].money: "),
        (WOO + 'status = "Status"', "orders.columns[0]: status and statuses go together"),
        (WOO + 'statuses = { "x" = "paid" }', "orders.columns[0]: status and statuses go together"),
        (
            WOO + 'status = "S"\nstatuses = { "x" = "shiped" }',
            'orders.columns[0].statuses.x: "shiped" - unknown; did you mean "shipped"?',
        ),
        (WOO + 'status = "S"\nstatuses = "paid"', "orders.columns[0].statuses: "),
        ('name = "x"\norder = "Order"', "orders.columns[0]: name at least 4 columns"),
    ],
)
def test_a_slip_is_named_with_its_place_and_what_would_be_right(
    tmp_path: Path, table: str, said: str
) -> None:
    (problem,) = problems(tmp_path, table)
    assert problem.startswith(said)


def test_two_forms_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="WooCommerce"):
        forms(tmp_path, WOO, WOO)


def test_every_column_of_a_form_has_a_key_and_every_key_a_column(tmp_path: Path) -> None:
    keys = [name for name in Cells._fields if name not in ("order", "platform", "status", "name")]
    table = 'name = "all"\norder = "Order"\nconsignee = "Name"\n'
    table += "".join(f'{key} = "{key}"\n' for key in keys)
    table += 'platform = "p"\nplatforms = { "a" = "ebay" }\nstatus = "s"\nstatuses = {"b" = "paid"}'
    (form,) = forms(tmp_path, table)
    assert set(form.columns) == set(Cells._fields)


def test_each_way_to_write_a_date_is_one_that_is_read(tmp_path: Path) -> None:
    for dates in DATES:
        (form,) = forms(tmp_path, WOO + f'dates = "{dates}"')
        assert form.dates == dates
