"""The corpus: a shop's exports and a hundred mails of all kinds, each with the expected answer
beside it (`NAME.expected.json`), held against what `tactd why FILE.eml --json` says.

The answers were written by hand, apart from the readers, from what is known of the marketplaces'
forms. All people, shops and numbers are invented. In an answer a list of kinds, or of orders, names
those that are right alike; what it does not name may be anything.
"""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from cli.seller import Ran, Seller
from tactd import wiring
from tactd.adapters.store import Store, open_store
from tactd.config import load
from tactd.flow.rules import Rules
from tactd.screens import why

HERE = Path(__file__).parent
EXPORTS = sorted(path for path in (HERE / "exports").iterdir() if path.is_file())
MAILS = sorted((HERE / "mails").glob("*.eml"))
NAMES = [path.stem for path in MAILS]
DOWNLOADED = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # all exports, the same morning

WOOCOMMERCE = """
[[orders.columns]]
name = "WooCommerce"
marketplace = "own"
dates = "DD/MM/YYYY"
order = "Order Number"
placed = "Order Date"
paid = "Paid Date"
shipped = "Shipped Date"
delivered = "Delivered Date"
total = "Order Total"
currency = "Currency"
buyer_name = "Billing Name"
email = "Email (Billing)"
title = "Item Name"
sku = "SKU"
quantity = "Quantity"
price = "Item Price"
tracking = "Tracking Number"
carrier = "Carrier"
consignee = "Shipping Name"
street = "Shipping Address 1"
city = "Shipping City"
zip = "Shipping Postcode"
country = "Shipping Country"
transaction = "Transaction Id"
status = "Order Status"
statuses = { "processing" = "paid", "completed" = "shipped", "cancelled" = "cancelled" }
"""

Facts = dict[str, Any]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Seller:
    seller = Seller(tmp_path_factory.mktemp("corpus"))
    seller.configure(more=WOOCOMMERCE)
    return seller


@pytest.fixture(scope="module")
def imported(shop: Seller) -> Ran:
    names = []
    for path in EXPORTS:
        copy = shutil.copy(path, shop.root)
        os.utime(copy, (DOWNLOADED.timestamp(),) * 2)
        names.append(path.name)
    return shop("orders", "import", *names, "--json")


@pytest.fixture(scope="module")
def book(shop: Seller, imported: Ran) -> Iterator[tuple[Store, Rules]]:
    config = load(shop.root / "config.toml", shop.environment({}))
    store = open_store(config.store.url)
    yield store, wiring.rules(config)
    store.close()


@pytest.fixture(scope="module")
def answers(book: tuple[Store, Rules]) -> dict[str, Facts]:
    """What tactd says of each mail, when it has just come."""
    store, rules = book
    return {path.stem: why.of_file(store, rules, path, _came(path)) for path in MAILS}


def _came(path: Path) -> datetime:
    written = message_from_bytes(path.read_bytes())["Date"]
    return parsedate_to_datetime(written).astimezone(UTC) + timedelta(minutes=1)


def _expected(name: str) -> Facts:
    text = (HERE / "mails" / f"{name}.expected.json").read_text(encoding="utf-8")
    answer: Facts = json.loads(text)
    return answer


# ------------------------------------------------------------------------------ comparing


def _differences(answer: Facts, said: Facts) -> Iterator[str]:
    """Where `said` is something else than the expected answer."""
    for key, value in answer.items():
        if not _ALIKE.get(key, _same)(value, said, key):
            yield f"{key}: {value!r} expected, {_shown(said, key)!r} said"


def _same(value: object, said: Facts, key: str) -> bool:
    alike = value if isinstance(value, list) else [value]
    return said.get(key) in alike


def _certain(value: object, said: Facts, _: str) -> bool:
    return value is None or bool(said["match"]["certain"] is value)


def _buyer(value: object, said: Facts, _: str) -> bool:
    return value is None or value in said["buyer"]["endpoints"]


def _username(value: object, said: Facts, _: str) -> bool:
    return said["buyer"]["username"] == value


def _orders(value: Sequence[str], said: Facts, _: str) -> bool:
    return sorted(value) == sorted(said["orders"])


def _believed(value: object, said: Facts, _: str) -> bool:
    return (said["believed"] or {}).get("yes") is value


def _tells(value: Sequence[Facts], said: Facts, _: str) -> bool:
    return all(any(_within(one, told) for told in said["tells"]) for one in value)


def _within(part: object, whole: object) -> bool:
    """Is all of `part` in `whole`? Lists are compared item by item."""
    if isinstance(part, Mapping):
        return isinstance(whole, Mapping) and all(
            _within(value, whole.get(key)) for key, value in part.items()
        )
    if isinstance(part, list):
        return (
            isinstance(whole, list) and len(whole) == len(part) and all(map(_within, part, whole))
        )
    return part == whole


_ALIKE: dict[str, Any] = {
    "certain": _certain,
    "buyer": _buyer,
    "username": _username,
    "orders": _orders,
    "believed": _believed,
    "tells": _tells,
}


def _shown(said: Facts, key: str) -> object:
    if key == "certain":
        return said["match"]
    return said["buyer"] if key == "username" else said.get(key)


def _wrong_order(answer: Facts, said: Facts) -> bool:
    """Is an order named, surely or not, that is not the one?"""
    right = answer["order"] if isinstance(answer["order"], list) else [answer["order"]]
    return said["order"] is not None and said["order"] not in right


# ------------------------------------------------------------------------------ the tests


def test_every_export_is_taken_whole(imported: Ran) -> None:
    assert imported.code == 0, imported.out + imported.err


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_of_the_corpus_is_understood(name: str, answers: dict[str, Facts]) -> None:
    assert list(_differences(_expected(name), answers[name])) == []


def test_no_mail_of_the_corpus_leads_to_a_wrong_order(answers: dict[str, Facts]) -> None:
    wrong = [name for name in NAMES if _wrong_order(_expected(name), answers[name])]
    assert wrong == []


def test_the_corpus_is_as_large_as_promised() -> None:
    kinds = Counter(str(_expected(name)["kind"]) for name in NAMES)
    assert len(EXPORTS) >= 14
    assert len(MAILS) >= 72
    assert len(kinds) >= 16


def test_the_command_says_the_same_of_a_file(shop: Seller, answers: dict[str, Facts]) -> None:
    path = next(one for one in MAILS if one.stem == "amazon-message-us")
    ran = shop("why", str(path), "--at", _came(path).isoformat(), "--json")
    assert (ran.facts["kind"], ran.facts["order"]) == ("buyer_message", "112-5500381-7719465")
    assert ran.facts["buyer"] == answers[path.stem]["buyer"]
