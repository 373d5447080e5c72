"""Invented orders and the mails about them, as many as are wanted: eBay's kinds and wrapper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from ebay_samples import JANE, report

TITLES = ("Folding camping lantern", "Enamel mug 350 ml", "Trail gaiters, size M", "Tent pegs x 12")
FOOTER = (
    "We look at messages to keep trading safe, and may use what we find to keep members from harm. "
    "Never pay outside of the site, and never give anybody your password. "
)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a buyer writes, and how his order stands (days from today)."""

    words: tuple[str, ...]
    shipped: int | None = -10
    ship_by: int = -9
    latest: int = 20
    feedback: str = ""


KINDS = (
    Kind(
        (
            "Hello, where is my parcel? It has not arrived yet.",
            "你好，我的包裹到哪里了？还没收到货。",
            "Hola, ¿dónde está mi pedido? Todavía no ha llegado.",
        )
    ),
    Kind(("Where is my order? I have waited for weeks.", "¿Dónde está mi paquete?"), latest=-3),
    Kind(
        ("Has my order been shipped? When will it arrive?", "什么时候发货？"),
        shipped=None,
        ship_by=2,
    ),
    Kind(("Where is my order?", "¿Dónde está mi pedido?"), shipped=None, ship_by=-4),
    Kind(
        (
            "It has not arrived. I would like my money back please.",
            "货还没到，我要退款。",
            "No he recibido nada, quiero un reembolso.",
        )
    ),
    Kind(("I left positive feedback, great seller, thank you!",), feedback="Positive", latest=-2),
    Kind(
        ("Sorry, I pressed the wrong button and left negative feedback by mistake.",),
        feedback="Negative",
        latest=-2,
    ),
    Kind(("Does the lantern come with a battery, and which colours do you have?",)),
)


def orders_report(first: int, count: int, now: datetime) -> str:
    """An orders report of eBay's with the orders `first` to `first + count`."""
    return report_of(range(first, first + count), now)


def report_of(numbers: Iterable[int], now: datetime) -> str:
    return report((_order(number, now) for number in numbers), footer="")


def mails(first: int, count: int, now: datetime) -> Iterator[bytes]:
    """A mail about each of these orders, each from a buyer of its own."""
    return (mail_about(number, now) for number in range(first, first + count))


def received(number: int, now: datetime) -> datetime:
    """Within the last day: younger than any max_age."""
    return now - timedelta(seconds=60 + number * 86_000 % 86_399)


def _kind(number: int) -> Kind:
    return KINDS[number % len(KINDS)]


def _words(number: int) -> str:
    words = _kind(number).words
    return words[number // len(KINDS) % len(words)]


def _order(number: int, now: datetime) -> dict[str, str]:
    kind = _kind(number)
    shipped = kind.shipped is not None
    return {
        **JANE,
        "Sales Record Number": str(1000 + number),
        "Order Number": _order_number(number),
        "Buyer Username": username(number),
        "Buyer Name": f"Buyer {number}",
        "Buyer Email": relay(number),
        "Ship To Name": f"Buyer {number}",
        "Item Number": _item(number),
        "Item Title": _title(number),
        "Sale Date": _day(now, -12),
        "Paid On Date": _day(now, -12),
        "Ship By Date": _day(now, kind.ship_by),
        "Shipped On Date": _day(now, kind.shipped) if kind.shipped is not None else "",
        "Minimum Estimated Delivery Date": _day(now, kind.latest - 5),
        "Maximum Estimated Delivery Date": _day(now, kind.latest),
        "Tracking Number": _tracking(number) if shipped else "",
        "Transaction ID": str(2_871_000_000_000 + number),
        "Feedback Received": kind.feedback,
    }


def mail_about(number: int, now: datetime) -> bytes:
    """About 5 KB: the wrapper as text and as HTML, with the provider's stamps on top."""
    made, user, when = EmailMessage(), username(number), received(number, now)
    made["Received"] = f"from mx.example.net by mx.example.org; {format_datetime(when)}"
    made["Authentication-Results"] = (
        "mx.example.org; dmarc=pass header.from=members.ebay.com; dkim=pass header.d=ebay.com"
    )
    made["From"] = f"{user} <{relay(number)}>"
    made["To"] = "shop@example.org"
    made["Subject"] = f"{user} sent a message about {_title(number)} #{_item(number)}"
    made["Date"] = format_datetime(when)
    made["Message-ID"] = f"<bench-{number}@ebay.com>"
    text = _wrapper(number)
    made.set_content(text, cte="8bit")
    rows = "".join(
        f'<tr><td style="font:14px sans-serif">{line}</td></tr>' for line in text.split("\n")
    )
    made.add_alternative(f"<html><body><table>{rows}</table></body></html>", "html", cte="8bit")
    return made.as_bytes()


def _wrapper(number: int) -> str:
    user, words = username(number), _words(number)
    return "\n".join(
        (
            f"New message from: {user} (312)",
            "",
            words,
            "",
            "Reply",
            "",
            "Dear bluesheep_outdoor,",
            "",
            words,
            "",
            f"- {user}",
            "",
            _title(number),
            "$12.00",
            f"Item ID: {_item(number)}",
            f"Order number: {_order_number(number)}",
            "Order status: Paid",
            "",
            FOOTER * 6,
            f"Email reference id: [#a02-{number:012d}#]_[#{number:032x}#]",
            "We don't check this mailbox, so please don't answer here.",
            "eBay sent this message to Blue Sheep (bluesheep_outdoor).",
        )
    )


def _day(now: datetime, offset: int) -> str:
    return f"{now.astimezone(UTC) + timedelta(days=offset):%b-%d-%y}"


def _order_number(number: int) -> str:
    return f"12-{number // 100_000:05d}-{number % 100_000:05d}"


def _item(number: int) -> str:
    return str(395_000_000_000 + number % 500)


def _title(number: int) -> str:
    return TITLES[number % 500 % len(TITLES)]


def username(number: int) -> str:
    return f"buyer_{number}_x"


def relay(number: int) -> str:
    return f"{number:020x}@members.ebay.com"


def _tracking(number: int) -> str:
    """UPU S10: eight digits, then a check digit."""
    serial = f"{number % 100_000_000:08d}"
    rest = sum(int(d) * w for d, w in zip(serial, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)) % 11
    check = {0: 5, 1: 0}.get(rest, 11 - rest)
    return f"LK{serial}{check}CN"
