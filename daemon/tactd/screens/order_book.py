"""`tactd orders`: what the book holds, and what an import did."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tactd.adapters.exports import ExportFolder
from tactd.adapters.store import Store, orders
from tactd.core.orders import state
from tactd.core.types import Order, Policy
from tactd.errors import TactdError
from tactd.flow.imports import Imported, import_file
from tactd.flow.sheets import order_facts

Facts = dict[str, Any]


def listed(store: Store, like: str = "", most: int = 50) -> list[Order]:
    with store.read() as conn:
        return orders.page(conn, like, most)


def count(store: Store) -> int:
    with store.read() as conn:
        return orders.count(conn)


def import_files(
    folder: ExportFolder, store: Store, files: tuple[Path, ...], now: datetime, console: Console
) -> list[Imported]:
    """Import one file after another, with a line of progress while a large one takes its time."""
    results = []
    with console.status("reading …") as line:
        for path in files:

            def tell(doing: str, done: int, total: int, name: str = path.name) -> None:
                line.update(f"{name}: {doing} {done}" + (f" of {total}" if total else " rows"))

            results.append(import_file(store, folder, path, now, tell))
    return results


def one(store: Store, name: str) -> Order:
    """An order by its number, or by anything it is found by. Raises TactdError if none fits or
    several do."""
    found = listed(store, name, 10)
    exact = [order for order in found if order.key.number == name]
    if len(exact or found) != 1:
        said = ", ".join(order.key.number for order in found) or "none"
        raise TactdError(f"{name!r} fits no single order: {said}")
    return (exact or found)[0]


def brief(order: Order) -> Facts:
    return {
        "marketplace": str(order.key.marketplace),
        "number": order.key.number,
        "state": str(state(order)),
        "buyer": order.buyer_name,
        "items": [line.title for line in order.lines],
        "country": order.ship_to.country,
        "total": f"{order.total.amount} {order.total.currency}" if order.total else None,
        "paid": order.paid.date().isoformat() if order.paid else None,
        "shipped": _shipped(order),
        "tracking": [number for parcel in order.parcels for number in parcel.numbers],
        "known": {str(k.group): k.as_of.isoformat(timespec="seconds") for k in order.known},
    }


def _shipped(order: Order) -> str | None:
    days = [parcel.shipped_at for parcel in order.parcels if parcel.shipped_at]
    return max(days).date().isoformat() if days else None


def imported(result: Imported) -> Facts:
    return {
        "file": result.name,
        "orders": result.orders,
        "changed": result.changed,
        "problems": [{"line": one.line, "reason": one.reason} for one in result.problems],
        "notes": list(result.notes),
        "refused": result.refused or None,
    }


def show(found: list[Order], total: int, console: Console) -> None:
    if not found:
        console.print("The order book is empty: drop an orders export into the orders folder.")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("order", "state", "buyer", "to", "paid", "shipped", "tracking"):
        table.add_column(name)
    for row in map(brief, found):
        tracking = " ".join(row["tracking"])
        table.add_row(
            row["number"], row["state"], row["buyer"], row["country"],
            row["paid"] or "", row["shipped"] or "", tracking,
        )  # fmt: skip
    console.print(table)
    if total > len(found):
        console.print(f"[dim]{len(found)} of {total} orders[/]")


def show_one(order: Order, policy: Policy, console: Console) -> None:
    for label, value, age in order_facts(order, policy):
        tail = f"  ({age})" if age else ""
        console.print(f"{label}: {value}{tail}", markup=False, highlight=False)


def show_import(result: Imported, console: Console) -> None:
    if result.refused:
        console.print(f"✗ {result.name}: {result.refused}", style="red", markup=False)
        return
    said = f"✓ {result.name}: {result.orders} orders, {result.changed} new or changed"
    console.print(said, markup=False, highlight=False)
    for problem in result.problems:
        console.print(f"  ! {problem}", style="yellow", markup=False, highlight=False)
    for note in result.notes:
        console.print(f"  · {note}", style="dim", markup=False, highlight=False)
