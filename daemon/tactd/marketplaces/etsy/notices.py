"""What Etsy's own mails are, and what they tell of orders. Numbers come from the subject, where
Etsy writes them last: a buyer's name or words may stand before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from tactd.core.orders import (
    normal_address,
    normal_username,
    order_of_endpoint,
    order_of_line,
    order_of_number,
)
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    FactGroup,
    Line,
    Mail,
    MailKind,
    Marketplace,
    MarketplaceCase,
    Message,
    Money,
    Order,
    OrderKey,
    OtherNumber,
    PostalAddress,
    Refund,
)
from tactd.marketplaces import values
from tactd.marketplaces.countries import country
from tactd.marketplaces.etsy.words import NOTICES, OPENED, OVER
from tactd.marketplaces.labelled import deadline, labelled
from tactd.marketplaces.noticed import known, said_at, teller
from tactd.marketplaces.postal import postal

CASES = {MailKind.CASE_CLAIM: "claim", MailKind.CASE_CANCEL: "cancel"}

_NUMBER = re.compile(r"order #\s?([0-9]{8,12})(?![0-9])", re.IGNORECASE)
_SUM = re.compile(r"\[([^\[\],]{2,25}), ?order #", re.IGNORECASE)
_SHIP_BY = re.compile(
    r"(?:dispatch|ship|post)(?:ed)? by ([^\W\d_]{3,10})\.? ([0-9]{1,2})(?![0-9])", re.IGNORECASE
)
_EMAIL = re.compile(r"\*? ?e-?mail:?\s+([^\s@<>,;\"]{1,64}@[^\s@<>,;\"]{3,190})", re.IGNORECASE)
_PART = re.compile(r"<span class=['\"]([a-z-]{2,20})['\"] ?>([^<>]{0,200})</span>")
_ADDRESS = re.compile(r"<address\b[^<>]{0,80}>(.{1,2000}?)</address>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,200}>")
_HEADING = re.compile(
    r"^[ *]{0,4}(?:delivery address|shipping address|ship to|deliver to|lieferadresse"
    r"|versandadresse|adresse de livraison|dirección de envío|indirizzo di spedizione"
    r"|verzendadres)[ *]{0,4}:[ *]*$",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_LINES = 8  # of an address
_PIECES = re.compile(r"[0-9]{1,5}", re.ASCII)


def notice(mail: Mail, subject: str) -> Message:
    kind = next((kind for kind, cue in NOTICES if cue.search(subject)), MailKind.OTHER_NOTICE)
    numbers = _NUMBER.findall(subject)[-1:]
    return Message(
        kind=kind,
        marketplace=Marketplace.ETSY,
        orders=tuple(numbers),
        tells=tuple(_tells(mail, subject, kind, numbers[0])) if numbers else (),
    )


def _tells(mail: Mail, subject: str, kind: MailKind, number: str) -> Iterator[Order]:
    key, at = OrderKey(Marketplace.ETSY, number), said_at(mail)
    if kind is MailKind.SALE_NOTICE:
        yield _sold(mail, subject, key)
    elif kind in CASES:
        over = at if OVER.search(subject) and not OPENED.search(subject) else None
        until = None if over else deadline(mail.text, at)
        yield Order(key=key, cases=(MarketplaceCase(CASES[kind], "", at, until, over),))
    elif kind is MailKind.PAYOUT and (amount := _sum(subject)):
        refunds = (Refund(amount, at, source=teller(Marketplace.ETSY)),)
        yield Order(key=key, refunds=refunds, known=known(mail, FactGroup.PAYMENT))


def _sum(subject: str) -> Money | None:
    found = _SUM.search(subject)
    return values.money(found[1].strip()) if found else None


# --------------------------------------------------------------------------- sales


def _sold(mail: Mail, subject: str, key: OrderKey) -> Order:
    """Who buys on Etsy pays as he buys. The notice alone holds the buyer's own mail address."""
    fields = tuple(labelled(mail.text))
    firsts = dict(reversed(fields))
    ship_to = _ship_to(mail.text[:50_000])
    at = said_at(mail)
    return Order(
        key=key,
        shop=firsts.get("shop", ""),
        buyer_name=ship_to.name,
        endpoints=tuple(sorted(_endpoints(mail.text, firsts), key=order_of_endpoint)),
        numbers=tuple(sorted(_numbers(fields), key=order_of_number)),
        lines=tuple(sorted(_lines(fields), key=order_of_line)),
        total=_sum(subject) or values.money(firsts.get("order total", "")),
        placed=at,
        paid=at,
        ship_by=_ship_by(subject, at),
        ship_to=ship_to,
        known=known(mail, FactGroup.PAYMENT, FactGroup.DISPATCH),
    )


def _endpoints(text: str, firsts: dict[str, str]) -> Iterator[Endpoint]:
    username = normal_username(firsts.get("buyer", "").partition("(")[0])
    if username and "@" not in username and " " not in firsts.get("buyer", "").strip():
        yield Endpoint(EndpointKind.ETSY, username)
    # What he wants printed on the goods is his own text: of two addresses one is, and which?
    found = (_EMAIL.fullmatch(line.strip()) for line in text.splitlines())
    emails = {normal_address(one[1]) for one in found if one}
    if len(emails) == 1:
        yield Endpoint(EndpointKind.MAIL, emails.pop())


def _numbers(fields: tuple[tuple[str, str], ...]) -> set[OtherNumber]:
    return {
        OtherNumber("transaction", value)
        for label, value in fields
        if label == "transaction id" and value.isascii() and value.isdigit()
    }


def _lines(fields: tuple[tuple[str, str], ...]) -> Iterator[Line]:
    """Each begins with its transaction; what stands between title and quantity is a choice of the
    buyer's, and written otherwise in the export."""
    some: dict[str, str] = {}
    for label, value in (*fields, ("transaction id", "")):
        if label == "transaction id":
            if some.get("item"):
                yield _line(some)
            some = {}
        some.setdefault(label, value)


def _line(some: dict[str, str]) -> Line:
    pieces = _PIECES.fullmatch(some.get("quantity", ""))
    return Line(
        item="",
        title=some["item"],
        quantity=max(1, int(pieces[0])) if pieces else None,
        price=values.money(some.get("item price", "")),
    )


def _ship_by(subject: str, sold: datetime) -> datetime | None:
    """ "Dispatch by May 21": the next such day, for no year is named."""
    found = _SHIP_BY.search(subject)
    month = values.month_number(found[1]) if found else None
    if found is None or month is None:
        return None
    for year in (sold.year, sold.year + 1):
        try:
            day = datetime(year, month, int(found[2]), 12, tzinfo=UTC)
        except ValueError:
            continue
        if day > sold - timedelta(days=2):
            return day
    return None


def _ship_to(text: str) -> PostalAddress:
    """The last one: what he wants printed on the goods stands above it, markup and all."""
    blocks = _ADDRESS.findall(text)
    if not blocks:
        return _below_heading(text)
    if parts := dict(_PART.findall(blocks[-1])):
        return _of_parts(parts)
    return postal(_lines_of(_TAG.sub("\n", blocks[-1])))


def _of_parts(parts: dict[str, str]) -> PostalAddress:
    named = {name: " ".join(text.split()) for name, text in parts.items()}
    street = ", ".join(filter(None, (named.get("first-line"), named.get("second-line"))))
    return PostalAddress(
        named.get("name", ""),
        street,
        named.get("city", ""),
        named.get("state", ""),
        named.get("zip", ""),
        country(named.get("country-name", "")),
    )


def _below_heading(text: str) -> PostalAddress:
    """Of two that differ he may have typed one."""
    found = set()
    for heading in _HEADING.finditer(text):
        below = text[heading.end() : heading.end() + 1000].strip("\r\n\t ")
        found.add(tuple(_lines_of(below.partition("\n\n")[0])))
    return postal(found.pop()) if len(found) == 1 else PostalAddress()


def _lines_of(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.splitlines())
    plain = [line for line in lines if line]
    end = next((at for at, line in enumerate(plain) if _EMAIL.fullmatch(line)), _MOST_LINES)
    return plain[: min(end, _MOST_LINES)]
