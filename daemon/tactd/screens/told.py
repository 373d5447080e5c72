"""What `tactd why` says of a marketplace's notice: of which order it is, what it tells of it,
whether that is believed, and whether it would change the order book."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from tactd.adapters.store import orders
from tactd.adapters.store.documents import dump
from tactd.core.decide.match import weigh
from tactd.core.merge import clash, merge
from tactd.core.reasons import sentence
from tactd.core.types import BuyerWrote, Endpoint, Facts, MailKind, Match, Order, Policy, Vouched
from tactd.flow.noticed import Notice, read_notice
from tactd.flow.notices import BRINGING
from tactd.screens.terminal import clean

Plain = dict[str, Any]

_NOTHING: Plain = {"tells": [], "refused": None, "believed": None}


def told(event: BuyerWrote, facts: Facts, policy: Policy, conn: Connection | None = None) -> Plain:
    """`conn`: the book as it is now, for what has not been taken yet. Nothing of the order for
    what is no notice."""
    message = event.message
    who = {"buyer": _buyer(event, facts, conn)}
    if message.marketplace is None or message.kind is MailKind.BUYER_MESSAGE:
        return who | _NOTHING
    notice = read_notice(event, facts, 0, policy)
    named = tuple(one.key.number for one in notice.tells) if notice else ()
    found = weigh(facts.candidates)
    certain = found.order.key.number if found.order and found.certain else ""
    if named and certain not in ("", named[0]):
        found = Match(None)  # it tells of an order that the book does not have
    numbers = [one for one in dict.fromkeys((*named, *message.orders, certain)) if one]
    sole = len(numbers) == 1 or (bool(numbers) and named[:1] == (numbers[0],))
    return who | {
        "order": numbers[0] if sole else None,
        "orders": numbers or [key.number for key in found.candidates],
        "match": {
            "confidence": found.confidence,
            "certain": found.certain,
            "evidence": [
                {"kind": one.kind, "value": clean(one.value), "weight": one.weight}
                for one in found.evidence
            ],
        },
        "tells": [_plain(one, notice, conn) for one in notice.tells] if notice else [],
        "refused": message.refused or None,
        "believed": _believed(notice, policy),
    }


def _buyer(event: BuyerWrote, facts: Facts, conn: Connection | None) -> Plain:
    """Who he is, as far as the mail and the order book say."""
    told = event.message.tells[0] if event.message.tells else None
    found = weigh(facts.candidates)
    held = found.order if found.certain else None
    if told and conn:
        held = orders.get(conn, told.key)
    name = next((one.buyer_name or one.ship_to.name for one in (held, told) if one), "")
    username = event.message.username or next(
        (who.value for one in (told, held) if one for who in one.endpoints if "user" in who.kind),
        "",
    )
    return {
        "name": clean(name) or None,
        "username": clean(username) or None,
        "endpoints": [f"{one.kind} {clean(one.value)}" for one in _reached(event, facts, held)],
    }


def _reached(event: BuyerWrote, facts: Facts, held: Order | None) -> tuple[Endpoint, ...]:
    """Who wrote, by all that he is known by; of a notice, which is nobody's, the order's buyer."""
    if event.message.marketplace is None or event.message.kind is MailKind.BUYER_MESSAGE:
        return facts.buyer.endpoints if facts.buyer else ()
    return held.endpoints if held else ()


def _believed(notice: Notice | None, policy: Policy) -> Plain | None:
    if notice is None:
        return None
    why = sentence(notice.why, policy.seller_language, {})
    return {"yes": notice.word is Vouched.YES, "why": why}


def _plain(order: Order, notice: Notice, conn: Connection | None) -> Plain:
    """An order as far as the notice says it: what is blank is left out."""
    whole: Plain = json.loads(dump(Order, order))
    said = {name: value for name, value in whole.items() if _says(value)}
    key = {"marketplace": str(order.key.marketplace), "number": order.key.number or None}
    return said | {"key": key} | ({"changes": _changes(order, notice, conn)} if conn else {})


def _says(value: object) -> bool:
    if isinstance(value, dict):
        return any(_says(one) for one in value.values())
    return value is not None and value != "" and value != []


def _changes(order: Order, notice: Notice, conn: Connection) -> str:
    """ "no", "yes" (an order of the book), "new" (it brings one), "waits" (for its order)."""
    if notice.word is not Vouched.YES:
        return "no"
    held = orders.get(conn, order.key)
    if held is None:
        brings = notice.kind in BRINGING and order.key.number
        return "new" if brings else "waits"
    return "no" if clash(held, order) or merge(held, order) == held else "yes"


# ------------------------------------------------------------------------------ for people

_CHANGES = {
    "yes": "would change the order book",
    "new": "would bring the order into the book",
    "waits": "would wait for its order",
    "no": "would change nothing",
}


def lines(facts: Plain) -> list[tuple[str, str]]:
    """(label, text), for the summary."""
    rows = [("tells", _line(one)) for one in facts.get("tells", ())]
    believed = facts.get("believed")
    if believed and not believed["yes"]:
        rows.append(("", f"not believed: {believed['why']}"))
    return rows


def _line(one: Plain) -> str:
    names: Sequence[str] = [name for name in one if name not in ("key", "known", "changes")]
    said = ", ".join(name.replace("_", " ") for name in names)
    order = one["key"]["number"] or "an order that it does not name"
    outcome = f" ({_CHANGES[one['changes']]})" if "changes" in one else ""
    return f"{order}: {said}{outcome}"
