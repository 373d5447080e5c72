"""The name check: does the parcel go to him who paid? A stolen account pays for parcels to
strangers; so do people who make a present. Only the seller can find out (playbook: identity_check).
"""

from __future__ import annotations

from enum import StrEnum

from tactd.core.identity.addresses import same_address
from tactd.core.identity.names import same_name
from tactd.core.orders import state
from tactd.core.payments import FOR_ORDER
from tactd.core.types import Marketplace, Order, OrderState, PostalAddress

OWN_SHOPS = frozenset({Marketplace.SHOPIFY, Marketplace.OWN, Marketplace.PAYPAL})
"""Where the seller may ask the buyer to write from another address; marketplaces forbid that."""


class Payer(StrEnum):
    """What the comparison of payer and consignee says."""

    SAME = "same"
    NAME = "name"  # another name
    ADDRESS = "address"  # the same name, as far as it can be told, at another address
    UNKNOWN = "unknown"


def compare(payer: PostalAddress | None, consignee: PostalAddress) -> Payer:
    if payer is None:
        return Payer.UNKNOWN
    name = same_name(payer.name, consignee.name)
    if name is False:
        return Payer.NAME
    if same_address(payer, consignee) is False:
        return Payer.ADDRESS
    return Payer.SAME if name else Payer.UNKNOWN


def doubt(order: Order) -> Payer | None:
    """NAME or ADDRESS where a paid order that has not gone yet should wait for the seller's look;
    None: there is nothing to find out."""
    if FOR_ORDER in order.marks or state(order) is not OrderState.TO_SHIP:
        return None
    found = compare(order.payer, order.ship_to)
    return found if found in (Payer.NAME, Payer.ADDRESS) else None
