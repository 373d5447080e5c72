"""Cells of AliExpress's export that hold several things: products, and parcels.

Their inner form is unconfirmed, so what does not look as expected is kept whole rather than
guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tactd.core.orders import normal_number
from tactd.marketplaces.joined import COMMA, SHORTENED, filled

LONGEST = 40_000  # characters of a cell

# `【1】 title (产品属性:…) (商家编码:SKU) (产品数量:1 piece)`, one product after another.
_PRODUCT = re.compile(r"【\s*[0-9]{1,4}\s*】")
_LABEL = re.compile(r"[(（]\s*(产品属性|商品属性|商家编码|产品数量|商品数量)\s*[:：]")
_FIELDS = {
    "产品属性": "variation",
    "商品属性": "variation",
    "商家编码": "sku",
    "产品数量": "quantity",
    "商品数量": "quantity",
}
_COUNT = re.compile(r"([0-9]{1,5})(?![0-9.,])")
_PAIRS = re.compile(rf"(?:{COMMA}|[\n\r;，；])+")


@dataclass(frozen=True, slots=True)
class Product:
    title: str
    variation: str = ""
    sku: str = ""
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Sent:
    """One parcel: by which service, under which number."""

    service: str
    number: str


def products(cell: str) -> Iterator[Product]:
    for part in _PRODUCT.split(cell[:LONGEST]):
        if part.strip():
            yield _product(part)


def _product(part: str) -> Product:
    """What stands between two labels belongs to the first of them, with its closing bracket."""
    labels = list(_LABEL.finditer(part))
    title = " ".join(part[: labels[0].start() if labels else None].split())
    found: dict[str, str] = {}
    for label, after in pairwise([*labels, None]):
        assert label is not None
        text = part[label.end() : after.start() if after else None].strip()
        found.setdefault(_FIELDS[label[1]], " ".join(_unclosed(text).split()))
    count = _COUNT.match(found.pop("quantity", ""))
    return Product(title, **found, quantity=max(1, int(count[1])) if count else 1)


def _unclosed(text: str) -> str:
    return text[:-1].rstrip() if text.endswith((")", "）")) else text


def parcels(cell: str, doubts: list[str]) -> Iterator[Sent]:
    """`service:number` pairs; the number stands behind the last colon. A number alone is of the
    service before it."""
    service = ""
    for part in _PAIRS.split(cell[:LONGEST]):
        head, _, tail = part.strip().replace("：", ":").rpartition(":")
        service = head.strip() or service
        text = tail.strip().strip("='\"")
        if SHORTENED.fullmatch(text):
            doubts.append(f"a spreadsheet has shortened the tracking number to {text!r}")
        elif filled(text) and any(map(str.isdigit, text)):
            yield Sent(service, normal_number(text[:60]))
        elif filled(text):
            service = text
