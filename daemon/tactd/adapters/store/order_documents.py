"""Orders → documents, many of them: the same text as documents.dump gives, in less than half the
time.

What an export tells repeats from order to order: the goods, the days, where all of it is known
from. Its readers give the very same values again, so their text is kept, found by identity.
"""

from __future__ import annotations

from json.encoder import encode_basestring as _text

from tactd.adapters.store.documents import dump
from tactd.core.types import Endpoint, Known, Order, OtherNumber, Parcel, PostalAddress

MOST_KEPT = 4096  # values

_kept: dict[int, tuple[object, str]] = {}  # id → what has it, so that nothing else gets it


def order_document(order: Order) -> str:
    """dump(Order, order)."""
    if order.refunds or order.cases or order.marks:
        return dump(Order, order)
    key, kept = order.key, _text_of
    return (
        f'{{"key":{{"marketplace":{_text(key.marketplace)},"number":{_text(key.number)}}},'
        f'"buyer_name":{_text(order.buyer_name)},'
        f'"endpoints":[{_pairs(order.endpoints)}],'
        f'"numbers":[{_pairs(order.numbers)}],'
        f'"shop":{_text(order.shop)},'
        f'"lines":[{",".join(map(kept, order.lines))}],'
        f'"total":{kept(order.total)},'
        '"refunds":[],'
        f'"placed":{kept(order.placed)},'
        f'"paid":{kept(order.paid)},'
        f'"ship_by":{kept(order.ship_by)},'
        f'"estimate":{kept(order.estimate)},'
        f'"ship_to":{_address(order.ship_to)},'
        f'"payer":{"null" if order.payer is None else _address(order.payer)},'
        f'"cancelled_at":{kept(order.cancelled_at)},'
        f'"feedback":{kept(order.feedback)},'
        '"cases":[],'
        f'"without_case":{kept(order.without_case)},'
        '"marks":[],'
        f'"parcels":[{",".join(map(_parcel, order.parcels))}],'
        f'"known":{kept(order.known)},'
        f'"note":{_text(order.note)}}}'
    )


def _pairs(some: tuple[Endpoint, ...] | tuple[OtherNumber, ...]) -> str:
    return ",".join([f'{{"kind":{_text(one.kind)},"value":{_text(one.value)}}}' for one in some])


def _address(at: PostalAddress) -> str:
    return (
        f'{{"name":{_text(at.name)},"street":{_text(at.street)},"city":{_text(at.city)},'
        f'"region":{_text(at.region)},"zip":{_text(at.zip)},"country":{_text(at.country)}}}'
    )


def _parcel(parcel: Parcel) -> str:
    if parcel.scans:
        return dump(Parcel, parcel)
    numbers, lines = (",".join(map(_text, some)) for some in (parcel.numbers, parcel.lines))
    return (
        f'{{"numbers":[{numbers}],"carrier":{_text(parcel.carrier)},'
        f'"service":{_text(parcel.service)},"lines":[{lines}],'
        f'"shipped_at":{_text_of(parcel.shipped_at)},"scans":[],'
        f'"traced":{_text(parcel.traced)},"state":{_text(parcel.state)}}}'
    )


def _text_of(value: object) -> str:
    if value is None:
        return "null"
    found = _kept.get(id(value))
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        kind = tuple[Known, ...] if isinstance(value, tuple) else type(value)
        found = _kept[id(value)] = value, dump(kind, value)
    return found[1]
