"""`tactd orders`: what the book holds, and what an import did."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from rich.table import Table

from tactd.adapters.exports import ExportFolder
from tactd.adapters.store import Store, orders
from tactd.core.counted import count as counted
from tactd.core.orders import state
from tactd.core.types import Order, Policy
from tactd.errors import TactdError
from tactd.flow.imported import Imported
from tactd.flow.imports import import_file
from tactd.flow.sheets import order_facts
from tactd.marketplaces.generic.form import Form
from tactd.screens import order_told
from tactd.screens.terminal import Terminal, clean, plain

Facts = dict[str, Any]

MOST_PROBLEMS = 20  # shown


def listed(store: Store, like: str = "", most: int = 50) -> list[Order]:
    with store.read() as conn:
        return orders.page(conn, like, most)


def count(store: Store) -> int:
    with store.read() as conn:
        return orders.count(conn)


def import_files(
    folder: ExportFolder,
    store: Store,
    files: tuple[Path, ...],
    forms: tuple[Form, ...],
    now: datetime,
    console: Terminal,
) -> list[Imported]:
    """Import one file after another, with a line of progress while a large one takes its time."""
    results = []
    with console.status("reading …") as line:
        for path in files:

            def tell(doing: str, done: int, total: int, name: str = path.name) -> None:
                far = f" {done} of {total} rows ({100 * done // total} %)" if total else " …"
                line.update(f"{name}: {doing}{far}")

            results.append(import_file(store, folder, path, now, tell, forms=forms, told=True))
    return results


def one(store: Store, name: str) -> Order:
    """An order by its number, or by anything it is found by. Raises TactdError if none fits or
    several do."""
    found = listed(store, name, 10)
    exact = [order for order in found if order.key.number == name]
    if not found:
        raise TactdError(f"no order fits {name!r}; `tactd orders list` shows the newest")
    if len(exact or found) != 1:
        said = ", ".join(order.key.number for order in found)
        raise TactdError(f"{name!r} fits several orders: {said}; write the number in full")
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


def show(found: list[Order], total: int, like: str, console: Terminal) -> None:
    if not found:
        console.print(
            f"No order fits {like!r}."
            if like and total
            else "The order book is empty: drop an orders export into the orders folder.",
            markup=False,
        )
        return
    table = Table(box=None, pad_edge=False, header_style="dim", expand=console.cramped)
    for name in ("order", "state", "to", "paid", "shipped"):
        table.add_column(name, no_wrap=True)
    for name in ("buyer", "tracking"):
        table.add_column(name, no_wrap=True, overflow="ellipsis", ratio=1, max_width=50)
    for row in map(brief, found):
        cells = (row["number"], row["state"].replace("_", " "), row["country"], row["paid"] or "")
        dates = (row["shipped"] or "", row["buyer"])
        table.add_row(*map(plain, (*cells, *dates, " ".join(row["tracking"]))))
    console.print(table)
    if len(found) < total:
        console.print(f"[dim]{len(found)} of {total} orders; narrow it: tactd orders list LIKE[/]")


def whole(order: Order) -> Facts:
    return brief(order) | order_told.facts(order)


def show_one(order: Order, policy: Policy, console: Terminal) -> None:
    for label, value, age in order_facts(order, policy):
        tail = f"  ({age})" if age else ""
        console.print(clean(f"{label}: {value}{tail}"), markup=False)
    for label, value in order_told.lines(order, policy.seller_language):
        console.print(clean(f"{label}: {value}"), markup=False)


def show_imports(results: list[Imported], console: Terminal) -> None:
    for result in results:
        _show_import(result, console)


def _show_import(result: Imported, console: Terminal) -> None:
    if result.refused:
        console.print(f"{console.sign('bad')} {plain(result.refused)}")
        return
    said = f"{result.name}: {counted(result.orders, 'order')}, {result.changed} new or changed"
    console.print(f"{console.sign('pass')} {plain(said)}")
    for problem in result.problems[:MOST_PROBLEMS]:
        console.print(f"  {console.sign('note')} {plain(str(problem))}")
    if len(result.problems) > MOST_PROBLEMS:
        console.print(f"  … and {len(result.problems) - MOST_PROBLEMS} more; --json has them all")
    for note in result.notes:
        console.print(f"  [dim]{plain(note)}[/]")
