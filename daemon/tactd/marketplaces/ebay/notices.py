"""What eBay's own mails tell of orders. Numbers come from eBay's lines, never from what a buyer may
have typed. Two order numbers in one notice tell nothing of either."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import unquote

from tactd.core.orders import normal_number, normal_username
from tactd.core.types import (
    Endpoint,
    EndpointKind,
    Estimate,
    FactGroup,
    Feedback,
    Line,
    Mail,
    MailKind,
    Marketplace,
    Message,
    Order,
    OrderKey,
    Parcel,
    ParcelState,
    PostalAddress,
    Rating,
    Refund,
    Scan,
    Traced,
)
from tactd.marketplaces.ebay.notice_cases import case_of
from tactd.marketplaces.ebay.notice_lines import read_lines, span
from tactd.marketplaces.ebay.notice_seen import Seen
from tactd.marketplaces.ebay.notice_words import (
    EBAYS_OWN,
    OPTED_OUT,
    ORDER_IN_LINK,
    ORDER_IN_SUBJECT,
    PAID,
    RATER,
    RATINGS,
    REMOVED,
    REMOVED_WORDS,
    TITLES,
)
from tactd.marketplaces.noticed import known, said_at, teller
from tactd.marketplaces.numbers import order_numbers
from tactd.marketplaces.postal import postal
from tactd.marketplaces.tracking import carrier_and_page, traced, tracking_numbers


def tell(mail: Mail, message: Message, site: str) -> Message:
    """The same message with what it tells of orders, and whose. `site`: the domain of eBay's site
    that sent it."""
    seen = Seen(
        mail=mail,
        subject=mail.subject.strip()[:500],
        lines=read_lines(mail.text),
        items=message.items,
        site=site,
        said=said_at(mail),
    )
    numbers, username = _orders(seen), _username(seen)
    refused = ""
    if message.kind is MailKind.REFUSAL_NOTICE:
        refused = "opted_out" if OPTED_OUT.search(mail.text[:4000]) else "not_delivered"
    message = replace(message, orders=numbers, username=username, refused=refused)
    builds = BUILDS.get(message.kind)
    if builds is None or len(numbers) > 1:
        return message
    number = numbers[0] if numbers else ""
    order = builds(Order(key=OrderKey(Marketplace.EBAY, number)), seen)
    return replace(message, tells=(_with_buyer(order, username),)) if order else message


def _with_buyer(order: Order, username: str) -> Order:
    if not username or not order.key.number:
        return order
    who = Endpoint(EndpointKind.EBAY, normal_username(username))
    return replace(order, endpoints=(who,))


def _orders(seen: Seen) -> tuple[str, ...]:
    """The labelled ones, and those in eBay's own links: anywhere else a buyer's words may stand,
    under a heading that is not known here. (In the subject stands who he calls himself.)"""
    labelled = seen.lines.fields.get("order", ())
    own = (*labelled, *ORDER_IN_SUBJECT.findall(seen.subject), *_linked(seen.mail.links))
    return tuple(
        dict.fromkeys(
            number for text in own for number in order_numbers(text[:80], Marketplace.EBAY)
        )
    )


def _linked(links: Iterable[str]) -> Iterator[str]:
    """eBay sends whoever clicks through a counting page, the true address in its address."""
    for link in links:
        plain = unquote(unquote(link[:2000]))
        if EBAYS_OWN.match(plain):
            yield from ORDER_IN_LINK.findall(plain)


def _username(seen: Seen) -> str:
    named = seen.lines.first("buyer").split(" ")[0].split("(")[0]
    if named and "@" not in named and named.isascii():
        return named[:64]
    rater = RATER.match(seen.subject)
    return (rater["user"] or rater["nutzer"]) if rater else ""


# --------------------------------------------------------------------------- sales


def _sale(order: Order, seen: Seen) -> Order | None:
    """eBay names a day to ship by when it has been paid."""
    ship_by = seen.day("ship_by")
    paid = seen.day("paid")
    if paid is None and (ship_by is not None or PAID.search(seen.lines.text)):
        paid = seen.said
    earliest, latest = span(seen.lines.first("estimate"), seen.said, seen.day_first)
    return replace(
        order,
        lines=_lines(seen),
        total=seen.money("total"),
        placed=seen.day("placed") or seen.said,
        paid=paid,
        ship_by=ship_by,
        estimate=Estimate(earliest, latest),
        ship_to=postal(seen.lines.address) if seen.lines.address else PostalAddress(),
        known=known(seen.mail, FactGroup.PAYMENT, FactGroup.DISPATCH),
    )


def _payment(order: Order, seen: Seen) -> Order | None:
    sold = _sale(order, seen)
    return sold and replace(sold, paid=sold.paid or seen.said, placed=seen.day("placed"))


def _lines(seen: Seen) -> tuple[Line, ...]:
    """Only of a sale of one item: which number belongs to which of several is not said."""
    if len(seen.items) != 1:
        return ()
    quantity = seen.lines.first("quantity").split(" ")[0]
    return (
        Line(
            item=seen.items[0],
            title=_title(seen),
            quantity=int(quantity) if quantity.isdecimal() and 0 < len(quantity) < 5 else None,
            price=seen.money("price"),
        ),
    )


def _title(seen: Seen) -> str:
    found = next((m for form in TITLES if (m := form.match(seen.subject))), None)
    return found[1].strip() if found else seen.lines.first("title")


# --------------------------------------------------------------------------- parcels


def _dispatch(order: Order, seen: Seen) -> Order | None:
    earliest, latest = span(seen.lines.first("estimate"), seen.said, seen.day_first)
    return replace(
        order,
        parcels=(_parcel(seen, shipped_at=seen.day("shipped") or seen.said),),
        estimate=Estimate(earliest, latest),
        known=known(seen.mail, FactGroup.DISPATCH),
    )


def _delivery(order: Order, seen: Seen) -> Order | None:
    scan = Scan(seen.day("delivered") or seen.said, ParcelState.DELIVERED)
    parcel = replace(_parcel(seen), scans=(scan,), state=ParcelState.DELIVERED)
    return replace(order, parcels=(parcel,), known=known(seen.mail, FactGroup.TRACKING))


def _parcel(seen: Seen, shipped_at: datetime | None = None) -> Parcel:
    """Only the marketplace's labelled line is a tracking number, whatever its form."""
    said = seen.lines.first("tracking")
    numbers = tuple(tracking_numbers(said)) or ((normal_number(said),) if _is_number(said) else ())
    carrier = carrier_and_page(numbers[0]) if numbers else None
    return Parcel(
        numbers=numbers,
        carrier=carrier[0] if carrier else seen.lines.first("carrier")[:60],
        shipped_at=shipped_at,
        traced=traced(numbers[0]) if numbers else Traced.NONE,
    )


def _is_number(text: str) -> bool:
    plain = normal_number(text)
    return 8 <= len(plain) <= 40 and plain.isascii() and any(sign.isdigit() for sign in plain)


# --------------------------------------------------------------------------- feedback, money


def _feedback(order: Order, seen: Seen) -> Order | None:
    rating = _rating(seen)
    if rating is None:
        return None
    comment = seen.lines.first("comment").strip("\"“”„'")[:500]
    feedback = Feedback(rating, "" if rating is Rating.REMOVED else comment, seen.said)
    return replace(order, feedback=feedback, known=known(seen.mail, FactGroup.FEEDBACK))


def _rating(seen: Seen) -> Rating | None:
    """As labelled, else as the subject says it; two words for it say nothing. What was removed is
    removed, whatever it was."""
    status = (*_words(seen.lines.first("rating")), *_words(seen.lines.first("status")))
    if REMOVED.search(seen.subject) or not REMOVED_WORDS.isdisjoint(status):
        return Rating.REMOVED
    for text in (seen.lines.first("rating"), seen.subject):
        found = {RATINGS[word] for word in _words(text) if word in RATINGS}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _words(text: str) -> Iterator[str]:
    return (word.strip(".,:;!()\"'“”").lower() for word in text.split())


def _money_back(order: Order, seen: Seen) -> Order | None:
    """Of all that is paid out only a refund is about an order."""
    amount = seen.money("refund")
    if amount is None or not order.key.number:
        return None
    refund = Refund(amount, seen.said, _refund_number(seen), teller(Marketplace.EBAY))
    return replace(order, refunds=(refund,))


def _refund_number(seen: Seen) -> str:
    said = seen.lines.first("refund_number").strip("# ").upper()
    return said if _REFUND_NUMBER.fullmatch(said) else ""


_REFUND_NUMBER = re.compile(r"(?=[A-Z-]{0,30}[0-9])[A-Z0-9-]{6,40}")


BUILDS: Mapping[MailKind, Callable[[Order, Seen], Order | None]] = {
    MailKind.SALE_NOTICE: _sale,
    MailKind.PAYMENT_NOTICE: _payment,
    MailKind.DISPATCH_NOTICE: _dispatch,
    MailKind.DELIVERY_NOTICE: _delivery,
    MailKind.FEEDBACK_NOTICE: _feedback,
    MailKind.PAYOUT: _money_back,
    MailKind.CASE_INR: case_of("inr"),
    MailKind.CASE_RETURN: case_of("return"),
    MailKind.CASE_CANCEL: case_of("cancel"),
    MailKind.CASE_CLAIM: case_of("claim"),
}
"""What a notice of a kind tells of its order; None: nothing after all."""
