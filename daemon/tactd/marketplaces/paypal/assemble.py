"""The rows of one transaction in PayPal's activity → what they tell of a payment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tactd.core.orders import normal_address, order_of_line, order_of_number
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Known,
    Line,
    Marketplace,
    MarketplaceCase,
    Money,
    Order,
    OrderKey,
    OtherNumber,
    PostalAddress,
    Refund,
)
from tactd.marketplaces.countries import country
from tactd.marketplaces.joined import filled
from tactd.marketplaces.paypal.columns import Cells
from tactd.marketplaces.paypal.rows import PayPalRow
from tactd.marketplaces.paypal.words import Kind
from tactd.marketplaces.senders import EMAIL

# An invoice as shops write it; `custom` may also hold whole documents.
_INVOICE = re.compile(r"(?=[^0-9]*[0-9])[\w#./-]{3,60}")


def order_of(number: str, rows: Sequence[PayPalRow], known: tuple[Known, ...]) -> Order:
    """The payment, or what has become of an earlier one. The file may hold both, or one of them
    alone: the book joins them."""
    main = next((row for row in rows if row.kind is not Kind.GOODS), rows[0])
    if main.kind in _BECAME:
        key = OrderKey(Marketplace.PAYPAL, main.cells.reference)
        return _BECAME[main.kind](Order(key=key, known=known), main)
    return _payment(number, main, rows, known)


def _payment(
    number: str, main: PayPalRow, rows: Sequence[PayPalRow], known: tuple[Known, ...]
) -> Order:
    """What the file gives as the address is where the goods go; PayPal knows it as the payer's."""
    cells = main.cells
    ship_to = _address(cells, _consignee(cells))
    paid = main.kind is Kind.PAYMENT
    return Order(
        key=OrderKey(Marketplace.PAYPAL, number),
        buyer_name=filled(cells.name),
        endpoints=_endpoints(cells),
        numbers=_numbers(cells),
        lines=tuple(sorted(_lines(main, rows), key=order_of_line)),
        total=main.gross if paid else None,
        placed=main.at if paid else None,
        paid=main.at if paid else None,
        ship_to=ship_to,
        payer=_address(cells, cells.name) if filled(cells.name) else None,
        known=known,
        note=filled(cells.note)[:1000],
    )


def _endpoints(cells: Cells) -> tuple[Endpoint, ...]:
    email = normal_address(cells.email)
    return (Endpoint(EndpointKind.MAIL, email),) if EMAIL.fullmatch(email) else ()


def _numbers(cells: Cells) -> tuple[OtherNumber, ...]:
    said = {text for text in (cells.invoice, cells.custom) if _INVOICE.fullmatch(text)}
    return tuple(sorted((OtherNumber("invoice", text) for text in said), key=order_of_number))


def _lines(main: PayPalRow, rows: Sequence[PayPalRow]) -> Iterator[Line]:
    """The goods of a cart have rows of their own; without such rows, the payment's names them."""
    goods = [row for row in rows if row.kind is Kind.GOODS]
    for row in goods or [main]:
        cells = row.cells
        if cells.title or cells.item:
            price = _without_sign(row.gross) if row.kind is Kind.GOODS else None
            yield Line(cells.item, cells.title, quantity=row.quantity, price=price)


def _without_sign(money: Money) -> Money:
    return Money(abs(money.amount), money.currency)


def _consignee(cells: Cells) -> str:
    """The name before the address in "Jane Doe, 1 Main St, Springfield, …"."""
    before, address, _ = cells.shipping.partition(cells.address1 or "\n")
    return before.strip(", ") if address else ""


def _address(cells: Cells, name: str) -> PostalAddress:
    street = ", ".join(line for line in (cells.address1, cells.address2) if line)
    land = country(cells.country_code) or country(cells.country)
    return PostalAddress(name, street, cells.city, cells.region, cells.zip.lstrip("'"), land)


# --------------------------------------------------------------------------- what became of it


def _refunded(order: Order, row: PayPalRow) -> Order:
    refund = Refund(
        _without_sign(row.gross), row.at, row.cells.order, source=f"{Marketplace.PAYPAL} export"
    )
    return _with(order, refunds=(refund,))


def _opened(kind: str) -> Callable[[Order, PayPalRow], Order]:
    """PayPal names no case here: the payment's number stands for it."""
    return lambda order, row: _with(
        order, cases=(MarketplaceCase(kind, order.key.number, opened=row.at),)
    )


def _closed(kind: str) -> Callable[[Order, PayPalRow], Order]:
    return lambda order, row: _with(
        order, cases=(MarketplaceCase(kind, order.key.number, opened=row.at, closed=row.at),)
    )


def _with(
    order: Order, *, refunds: Iterable[Refund] = (), cases: Iterable[MarketplaceCase] = ()
) -> Order:
    return Order(key=order.key, known=order.known, refunds=tuple(refunds), cases=tuple(cases))


_BECAME: Mapping[Kind, Callable[[Order, PayPalRow], Order]] = {
    Kind.REFUND: _refunded,
    Kind.DISPUTE: _opened("claim"),
    Kind.DISPUTE_OVER: _closed("claim"),
    Kind.CHARGEBACK: _opened("chargeback"),
    Kind.CHARGEBACK_OVER: _closed("chargeback"),
}
