"""What Amazon's own mails are, and what they tell of orders.

What a buyer may have typed (comments, his name) never decides anything here: numbers come from the
end of the subject or from a labelled line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tactd.core.orders import normal_address, order_of_line
from tactd.core.types import (
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
    Refund,
)
from tactd.marketplaces import values
from tactd.marketplaces.amazon.words import (
    CLAIM,
    DECIDED,
    NOTICES,
    REFUSALS,
    SALE_LABELS,
    TYPES,
    UNDELIVERED,
)
from tactd.marketplaces.labelled import deadline, labelled
from tactd.marketplaces.noticed import known, said_at, teller
from tactd.marketplaces.numbers import order_numbers

CASES = {
    MailKind.CASE_RETURN: "return",
    MailKind.CASE_CANCEL: "cancel",
    MailKind.CASE_CLAIM: "claim",
}
# What a bare "$" is, by the site that the mail is from.
_DOLLARS = {"ca": "CAD", "com.au": "AUD", "com.mx": "MXN", "sg": "SGD"}
_REFUND = re.compile(
    r"(?:refund|reembolso|erstattung|remboursement|rimborso)[^\n]{0,80}?"
    r"((?-i:(?:[A-Z]{1,3}\s?)?[$€£¥]|[A-Z]{3})\s?[0-9][0-9.,]{0,15}|[0-9][0-9.,]{0,15}\s?(?:€|[A-Z]{3}))",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[0-9]{1,5}", re.ASCII)


def notice(mail: Mail, copied: str) -> Message:
    """`copied`: what stands in it between the marks of a message, in a copy our own words."""
    kind, refused = _kind(mail, copied)
    orders = _orders(mail)
    return Message(
        kind=kind,
        marketplace=Marketplace.AMAZON,
        words=_unquoted(copied) if kind is MailKind.OWN_REPLY_COPY else "",
        orders=orders,
        refused=refused,
        tells=tuple(_tells(mail, kind, orders[0])) if orders else (),
    )


def _kind(mail: Mail, copied: str) -> tuple[MailKind, str]:
    """What it is, and of a refusal why. A copy of what was passed on refuses nothing, whatever is
    said in it, and whatever its buyer calls himself."""
    typed = (mail.header("x-space-notification-type") or "").strip()
    if typed in TYPES or typed.startswith(CLAIM):
        return TYPES.get(typed, MailKind.CASE_CLAIM), ""
    subject = mail.subject.strip()[:500]
    kind = next((kind for kind, cue in NOTICES if cue.search(subject)), MailKind.OTHER_NOTICE)
    said = f"{subject}\n{mail.text[:4000]}"
    passed_on = kind is MailKind.OWN_REPLY_COPY and bool(copied)
    may_refuse = kind in (MailKind.OTHER_NOTICE, MailKind.OWN_REPLY_COPY) and not passed_on
    if may_refuse and UNDELIVERED.search(said):
        why = next((why for why, cue in REFUSALS if cue.search(said)), "not_delivered")
        return MailKind.REFUSAL_NOTICE, why
    return kind, ""


def _unquoted(text: str) -> str:
    """Some copies are HTML that shows our words as a quotation."""
    lines = (line.removeprefix("> ").rstrip() for line in text.splitlines())
    return "\n".join("" if line == ">" else line for line in lines).strip()


def _orders(mail: Mail) -> tuple[str, ...]:
    """The number at the end of the subject, for a buyer's name may stand before it; else those of
    labelled lines; else the only one there is."""
    subject = order_numbers(mail.subject[:600], Marketplace.AMAZON)
    if subject:
        return subject[-1:]
    named = (
        number
        for label, value in labelled(mail.text)
        if SALE_LABELS.get(label) == "order"
        for number in order_numbers(value[:60], Marketplace.AMAZON)[:1]
    )
    if found := tuple(dict.fromkeys(named)):
        return found
    only = order_numbers(mail.text, Marketplace.AMAZON)
    return only if len(only) == 1 else ()


# --------------------------------------------------------------------------- what it tells


def _tells(mail: Mail, kind: MailKind, number: str) -> Iterator[Order]:
    key = OrderKey(Marketplace.AMAZON, number)
    if kind is MailKind.SALE_NOTICE:
        yield _sold(mail, key)
    elif kind in CASES:
        yield Order(key=key, shop=_shop(mail), cases=(_case(mail, CASES[kind]),))
    elif kind is MailKind.PAYOUT and (amount := _refunded(mail)):
        refund = Refund(amount, said_at(mail), source=teller(Marketplace.AMAZON))
        yield Order(key=key, refunds=(refund,), known=known(mail, FactGroup.PAYMENT))


def _site(mail: Mail) -> str:
    domain = normal_address(mail.sender.email if mail.sender else "").rpartition("@")[2]
    return domain.rpartition("amazon.")[2]


def _shop(mail: Mail) -> str:
    return f"Amazon.{_site(mail)}"


def _sold(mail: Mail, key: OrderKey) -> Order:
    """Amazon says that something is sold when it has been paid. What the buyer pays in all stands
    in no line of it."""
    fields = [
        (SALE_LABELS[label], value) for label, value in labelled(mail.text) if label in SALE_LABELS
    ]
    ship_by = next((value for name, value in fields if name == "ship_by"), "")
    lines = tuple(sorted(_lines(fields, _site(mail)), key=order_of_line))
    return Order(
        key=key,
        shop=_shop(mail),
        lines=lines,
        paid=said_at(mail),
        ship_by=values.date(ship_by.strip(), day_first=_site(mail) != "com"),
        known=known(mail, FactGroup.PAYMENT, FactGroup.DISPATCH),
    )


def _lines(fields: list[tuple[str, str]], site: str) -> Iterator[Line]:
    """A new line of the order begins with its title."""
    some: dict[str, str] = {}
    for name, value in (*fields, ("item", "")):
        if name == "item":
            if some.get("item"):
                yield _line(some, site)
            some = {}
        some.setdefault(name, value)


def _line(some: dict[str, str], site: str) -> Line:
    pieces = _PIECES.match(some.get("quantity", ""))
    quantity = max(1, int(pieces[0])) if pieces else None
    price = _money(some.get("price", ""), site)
    return Line(
        item=some.get("asin", ""),
        title=some["item"],
        sku=some.get("sku", ""),
        quantity=quantity,
        price=price if quantity == 1 else None,  # it may be the price of all pieces
    )


def _money(text: str, site: str) -> Money | None:
    currency = _DOLLARS.get(site, "")
    bare = text.strip().removeprefix("$") if currency and text.strip().startswith("$") else text
    return values.money(bare.strip(), currency)


def _refunded(mail: Mail) -> Money | None:
    """The greatest of its sums: the others are parts of it. (Of a sum that is too great a person
    decides, of one that is too small nobody.)"""
    found = (_money(one[1], _site(mail)) for one in _REFUND.finditer(mail.text[:20_000]))
    return max((one for one in found if one), key=lambda one: one.amount, default=None)


def _amazons_own(text: str) -> str:
    """Up to the first label that is not known: below "Reason:" or "Comments:" the buyer speaks."""
    lines = text[:2000].splitlines()
    named = (next((label for label, _ in labelled(f"{line}\n…")), "") for line in lines)
    end = next((at for at, label in enumerate(named) if label and label not in SALE_LABELS), None)
    return "\n".join(lines[:end])


def _case(mail: Mail, kind: str) -> MarketplaceCase:
    """Amazon gives these no number: there is one of a kind for an order."""
    at = said_at(mail)
    typed = (mail.header("x-space-notification-type") or "").strip()
    over = kind == "claim" and (
        typed.endswith("_CLOSE")
        or DECIDED.search(f"{mail.subject[:500]}\n{_amazons_own(mail.text)}")
    )
    until = deadline(mail.text, at, day_first=_site(mail) != "com")
    return MarketplaceCase(
        kind, "", at, answer_by=None if over else until, closed=at if over else None
    )
