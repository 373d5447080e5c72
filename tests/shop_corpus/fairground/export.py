"""Fairground's sales (`sales.csv`), one row an item: bytes → orders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Known,
    Line,
    Marketplace,
    Order,
    OrderKey,
    Parcel,
)
from tactd.marketplaces import joined, values
from tactd.marketplaces.export import Export, OnRows, Whole
from tactd.marketplaces.reader import Reader
from tactd.marketplaces.tables import Table, normal_name, read_table

NUMBER = re.compile(r"FG-[0-9]{6}", re.ASCII)


class Cells(NamedTuple):
    order: str
    paid: str
    buyer: str
    username: str
    title: str
    quantity: str
    total: str
    shipped: str
    tracking: str


_HEADER = ("Ticket", "Paid", "Visitor", "Visitor ID", "Good", "Pieces", "Sum", "Sent", "Parcel")
NAMES = {field: (normal_name(name),) for field, name in zip(Cells._fields, _HEADER, strict=True)}


def parse(
    data: bytes,
    name: str,
    modified: datetime,
    on_rows: OnRows | None = None,
    whole: Whole | None = None,
) -> Export:
    table = _table(data)
    rows = joined.join_rows(table, NAMES, _no_number, ("order", "username"))
    rows.leave(whole)
    build = partial(_order, known=joined.known(modified, name))
    orders = tuple(joined.read_orders(rows, _read, build, on_rows))
    return Export(
        marketplace=Marketplace.FAIRGROUND,  # type: ignore[attr-defined]
        orders=orders,
        problems=joined.sorted_problems(table, rows),
        rows=rows.rows,
        as_of=modified,
        notes=joined.notes(table, NAMES, ("paid",)),
    )


def _table(data: bytes) -> Table:
    return read_table(data, (NAMES["order"], NAMES["username"]))


def _no_number(text: str) -> str | None:
    return None if NUMBER.fullmatch(text) else f"{text[:40]!r} is no ticket"


def _read(raw: tuple[str, ...]) -> tuple[Cells, list[str]]:
    return Cells._make(raw), []


def _order(number: str, rows: Sequence[Cells], known: tuple[Known, ...]) -> Order:
    first = rows[0]
    shipped = joined.date("Sent", first.shipped)
    parcel = Parcel(numbers=(first.tracking,) if first.tracking else (), shipped_at=shipped)
    return Order(
        key=OrderKey(Marketplace.FAIRGROUND, number),  # type: ignore[attr-defined]
        buyer_name=first.buyer,
        endpoints=(Endpoint(EndpointKind.FAIRGROUND, first.username),),  # type: ignore[attr-defined]
        lines=tuple(
            Line("", one.title, quantity=joined.quantity(one.quantity) or 1) for one in rows
        ),
        total=values.money(first.total, "EUR"),
        paid=joined.date("Paid", first.paid),
        parcels=(parcel,) if shipped else (),
        known=known,
    )


READER = Reader("Fairground", parse, _table, joined.numbered(NAMES, _no_number))
