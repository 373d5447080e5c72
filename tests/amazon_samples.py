"""Amazon's order reports, written by a generator so that each part can be varied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

MODIFIED = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

ALL = (  # noqa: SIM905 (as the file has them)
    "amazon-order-id merchant-order-id purchase-date last-updated-date order-status"
    " fulfillment-channel sales-channel order-channel ship-service-level product-name sku asin"
    " item-status quantity currency item-price item-tax shipping-price shipping-tax"
    " gift-wrap-price gift-wrap-tax item-promotion-discount ship-promotion-discount ship-city"
    " ship-state ship-postal-code ship-country promotion-ids is-business-order"
    " purchase-order-number price-designation"
).split()
UNSHIPPED = (  # noqa: SIM905 (as the file has them)
    "order-id order-item-id purchase-date payments-date reporting-date promise-date"
    " days-past-promise buyer-email buyer-name buyer-phone-number sku product-name"
    " quantity-purchased quantity-shipped quantity-to-ship ship-service-level recipient-name"
    " ship-address-1 ship-address-2 ship-address-3 ship-city ship-state ship-postal-code"
    " ship-country is-business-order purchase-order-number price-designation is-prime"
).split()
NEW = (  # noqa: SIM905 (as the file has them)
    "order-id order-item-id purchase-date payments-date buyer-email buyer-name"
    " buyer-phone-number sku product-name quantity-purchased currency item-price item-tax"
    " shipping-price shipping-tax ship-service-level recipient-name ship-address-1"
    " ship-address-2 ship-address-3 ship-city ship-state ship-postal-code ship-country"
    " ship-phone-number delivery-start-date delivery-end-date delivery-time-zone"
    " delivery-Instructions sales-channel"
).split()

NUMBER = "112-4410283-7719465"
RELAY = "examplebuyer0001x@marketplace.amazon.com"

_PLACE = {
    "ship-city": "Portland",
    "ship-state": "ME",
    "ship-postal-code": "04101",
    "ship-country": "US",
}
_PERSON = {
    "recipient-name": "Jane Poole",
    "ship-address-1": "7 Harbour Lane",
    "ship-address-2": "Flat 2",
    "buyer-name": "Jane Poole",
    "buyer-email": RELAY,
}
_GOODS = {
    "product-name": "Folding camping lantern",
    "sku": "LAN-01",
    "ship-service-level": "Standard",
    "purchase-date": "2026-11-01T08:04:21+00:00",
}
_MONEY = {
    "currency": "USD",
    "item-price": "24.00",
    "item-tax": "1.32",
    "shipping-price": "4.99",
    "shipping-tax": "0.27",
}
_ITEM = {
    "order-id": NUMBER,
    "order-item-id": "05812345678901",
    "payments-date": "2026-11-01T08:31:02+00:00",
    "quantity-purchased": "2",
}

JANE_ALL = {
    "amazon-order-id": NUMBER,
    "merchant-order-id": NUMBER,
    "last-updated-date": "2026-11-04T22:07:59+00:00",
    "order-status": "Shipped",
    "fulfillment-channel": "Merchant",
    "sales-channel": "Amazon.com",
    "asin": "B0TACT0001",
    "item-status": "Shipped",
    "quantity": "2",
    "item-promotion-discount": "2.00",
    "is-business-order": "false",
    **_GOODS,
    **_MONEY,
    **_PLACE,
}
JANE_UNSHIPPED = {
    "reporting-date": "2026-11-01T09:00:00+00:00",
    "promise-date": "2026-11-05T07:59:59+00:00",
    "days-past-promise": "-3",
    "quantity-shipped": "0",
    "quantity-to-ship": "2",
    **_ITEM,
    **_GOODS,
    **_PERSON,
    **_PLACE,
}
JANE_NEW = {
    "delivery-start-date": "2026-11-16",
    "delivery-end-date": "2026-12-04",
    "sales-channel": "Amazon.com",
    **_ITEM,
    **_GOODS,
    **_MONEY,
    **_PERSON,
    **_PLACE,
}


def report(
    rows: Iterable[Mapping[str, str]], header: Sequence[str] = ALL, separator: str = "\t"
) -> str:
    """As Amazon writes it: tabs, no quotation marks, a line an item."""
    lines = [separator.join(header)]
    for row in rows:
        assert set(row) <= set(header), set(row) - set(header)
        lines.append(separator.join(row.get(name, "") for name in header))
    return "\r\n".join(lines) + "\r\n"


def all_orders(*changes: Mapping[str, str]) -> str:
    """“All Orders” with Jane's row, once for each set of changed cells."""
    return report([JANE_ALL | dict(change) for change in changes or ({},)])


def unshipped(*changes: Mapping[str, str]) -> str:
    return report([JANE_UNSHIPPED | dict(change) for change in changes or ({},)], UNSHIPPED)


def new_orders(*changes: Mapping[str, str]) -> str:
    return report([JANE_NEW | dict(change) for change in changes or ({},)], NEW)
