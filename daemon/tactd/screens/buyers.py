"""`tactd buyers`: who is one person, by which evidence; and undoing that."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import Store, endpoint_text, inbound, orders, text_endpoint, ties
from tactd.core.counted import count
from tactd.core.orders import clue_of_endpoint, normal_address, normal_username, state
from tactd.core.standing import standing
from tactd.core.types import Buyer, Clue, Endpoint, EndpointKind, Order, Tie
from tactd.errors import TactdError
from tactd.flow.buyers import Tied, any_large, tied
from tactd.flow.who_is_one import note_said
from tactd.screens.terminal import Terminal, plain
from tactd.screens.times import iso

Facts = dict[str, Any]

NEWEST = 50  # orders whose buyers are listed
MOST_EVIDENCE = 3  # shown for each tie
_USERNAMES = tuple(one for one in EndpointKind if one.value.startswith("user@"))


def listed(store: Store) -> list[Facts]:
    """The buyers of the newest orders, each once."""
    with store.read() as conn:
        seen: set[Endpoint] = set()
        rows = []
        for order in orders.page(conn, "", NEWEST):
            if order.endpoints and seen.isdisjoint(order.endpoints):
                him = tied(conn, order.endpoints[:1])
                seen.update(him.endpoints)
                rows.append(_facts(conn, him))
    return rows


def one(store: Store, who: str) -> Facts:
    """A buyer by one of his addresses or usernames, by the number of an order, or by a mail of his
    (`m12`). Raises TactdError where nobody is found."""
    with store.read() as conn:
        return _facts(conn, tied(conn, _found(conn, who)[:1]))


def untie(store: Store, who: str, other: str, now: datetime) -> Facts:
    """These two are not one person: limits, silence and settling count them apart from now on, and
    neither is told by itself of an order that names both. Raises TactdError if they are not taken
    for one."""
    with store.write() as conn:
        mine, theirs = _endpoint(conn, who), _endpoint(conn, other)
        if theirs not in tied(conn, (mine,)).endpoints or mine == theirs:
            raise TactdError(f"{who} and {other} are not taken for one person")
        ties.undo(conn, mine, theirs, now)
        note_said(conn, now)
        return _both(conn, mine, theirs)


def tie(store: Store, who: str, other: str, now: datetime) -> Facts:
    """Take back `untie`. Raises TactdError if nothing was undone between them: a tie needs
    evidence, an order that holds both or a mail that proves it."""
    with store.write() as conn:
        mine, theirs = _endpoint(conn, who), _endpoint(conn, other)
        if not ties.redo(conn, mine, theirs):
            raise TactdError(
                f"nothing was undone between {who} and {other}; only an order that holds both, or "
                "a mail that proves it, ties two endpoints"
            )
        note_said(conn, now)
        return _both(conn, mine, theirs)


def _both(conn: Connection, mine: Endpoint, theirs: Endpoint) -> Facts:
    return {"buyers": [_facts(conn, tied(conn, (one,))) for one in (mine, theirs)]}


# --------------------------------------------------------------------------- who is meant


def _endpoint(conn: Connection, who: str) -> Endpoint:
    """Exactly one. Raises TactdError."""
    found = [one for one in _found(conn, who) if who in (one.value, endpoint_text(one))] or list(
        _found(conn, who)
    )
    if len(found) != 1:
        said = ", ".join(map(endpoint_text, found))
        raise TactdError(f"{who} may be any of {said}: write it in full")
    return found[0]


def _found(conn: Connection, who: str) -> tuple[Endpoint, ...]:
    """The endpoints of the book that are called so, or those of the order or mail so called."""
    meant = tuple(_called(who))
    held = [order for one in meant for order in _orders(conn, one)]
    exact = tuple(dict.fromkeys(one for one in meant for o in held if one in o.endpoints))
    found = exact or _of_order(conn, who) or _of_mail(conn, who)
    if not found:
        raise TactdError(f"no order of the book knows {who}; `tactd orders list` shows them")
    return found


def _called(who: str) -> Iterable[Endpoint]:
    kind, _, value = who.partition(":")
    if kind in set(EndpointKind) and value:
        return (text_endpoint(who),)
    if "@" in who:
        address = normal_address(who)
        return tuple(Endpoint(one, address) for one in (EndpointKind.MAIL, EndpointKind.RELAY))
    return tuple(Endpoint(one, normal_username(who)) for one in _USERNAMES)


def _orders(conn: Connection, one: Endpoint) -> list[Order]:
    found, _ = orders.find(conn, [Clue(*clue_of_endpoint(one))], {})
    return [candidate.order for candidate in found]


def _of_order(conn: Connection, number: str) -> tuple[Endpoint, ...]:
    found, _ = orders.find(conn, [Clue("order", number)], {})
    return tuple(dict.fromkeys(one for held in found for one in held.order.endpoints))


def _of_mail(conn: Connection, name: str) -> tuple[Endpoint, ...]:
    number = name.removeprefix("m")
    row: Any = inbound.filed(conn, int(number)) if number.isdecimal() and number != name else None
    return (text_endpoint(row.endpoint),) if row and row.endpoint else ()


# --------------------------------------------------------------------------- what is known of him


def _facts(conn: Connection, him: Tied) -> Facts:
    large = bool(him.orders) and any_large(conn, him.orders)
    buyer = Buyer(him.endpoints, orders=len(him.orders), large=large)
    return {
        "name": next((order.buyer_name for order in him.orders if order.buyer_name), ""),
        "endpoints": [endpoint_text(one) for one in him.endpoints],
        "standing": list(standing(buyer)),
        "orders": [
            {
                "marketplace": str(order.key.marketplace),
                "number": order.key.number,
                "state": str(state(order)),
            }
            for order in him.orders
        ],
        "ties": [*_by_orders(him), *_noted(conn, him)],
        "untied": [endpoint_text(one) for one in him.untied],
    }


def _by_orders(him: Tied) -> list[Facts]:
    """Each order that holds several endpoints of his ties them."""
    rows = []
    for order in him.orders:
        his = [endpoint_text(one) for one in order.endpoints if one in him.endpoints]
        if len(his) > 1:
            rows.append({"between": his, "evidence": f"order {order.key}", "undone": None})
    return rows


def _noted(conn: Connection, him: Tied) -> list[Facts]:
    return [_tie(one) for one in ties.of(conn, him.endpoints)]


def _tie(one: Tie) -> Facts:
    return {
        "between": [endpoint_text(one.one), endpoint_text(one.other)],
        "evidence": one.evidence,
        "undone": iso(one.undone_at) if one.undone_at else None,
    }


# --------------------------------------------------------------------------- for people


def show(rows: list[Facts], console: Terminal) -> None:
    if not rows:
        console.print("No buyer yet: drop an orders export into the orders folder.")
    for row in rows:
        show_one(row, console)


def _together(ties: list[Facts]) -> dict[str, str]:
    """What ties two endpoints in one line: a good customer has many orders."""
    found: dict[str, list[str]] = {}
    for one in ties:
        undone = ", undone" if one["undone"] and not one["evidence"].startswith("undone") else ""
        said = f"{one['evidence']}{undone}"
        found.setdefault(" = ".join(one["between"]), []).append(said)
    return {
        pair: "; ".join(said[:MOST_EVIDENCE])
        + (f"; and {len(said) - MOST_EVIDENCE} more" if len(said) > MOST_EVIDENCE else "")
        for pair, said in found.items()
    }


def show_one(row: Facts, console: Terminal) -> None:
    marks = f" [cyan]{', '.join(row['standing'])}[/]" if row["standing"] else ""
    console.print(f"\n[bold]{plain(row['name'] or row['endpoints'][0])}[/]{marks}")
    console.print(f"  {plain(', '.join(row['endpoints']))}")
    numbers = ", ".join(
        f"{order['number']} ({order['state'].replace('_', ' ')})" for order in row["orders"]
    )
    console.print(f"  {count(len(row['orders']), 'order')}: {plain(numbers)}")
    for pair, evidence in _together(row["ties"]).items():
        console.print(f"  [dim]{plain(f'{pair}: {evidence}')}[/]")
    if row["untied"]:
        console.print(f"  not his, as you said: {plain(', '.join(row['untied']))}")
