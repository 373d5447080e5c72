"""The mails that come in while the demo runs: buyers, a stranger, a forger, and machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tactd.demo import orders
from tactd.demo.envelopes import SPANISH, bounce, broken, letter, member_message


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail. `about` is what it is, for the table."""

    who: str
    about: str
    hours: float  # so long ago
    raw: Callable[[datetime], bytes]
    file: str  # its name in mails/

    def received(self, now: datetime) -> datetime:
        return now - timedelta(hours=self.hours)


def _member(sale: orders.Sale, words: str) -> Callable[[datetime], bytes]:
    return lambda at: member_message(sale, words, at)


def _spanish(sale: orders.Sale, words: str) -> Callable[[datetime], bytes]:
    return lambda at: member_message(sale, words, at, SPANISH)


def _ivo(at: datetime) -> bytes:
    words = "Hello,\n\nI have not received my tarp yet. Where is my parcel?\n\nIvo Brandt\n"
    sender = ("Ivo Brandt", orders.IVO.address)
    return letter(sender, "Where is my parcel?", words, at, vouched="example.com")


def _stranger(at: datetime) -> bytes:
    words = f"Hi, where is my parcel? The order number is {orders.ANN.number}.\n"
    sender = ("V. Crane", "v.crane@example.net")
    subject = f"Order {orders.ANN.number}"
    return letter(sender, subject, words, at, vouched="example.net")


def _forger(at: datetime) -> bytes:
    words = f"Hello, where is my parcel? The order number is {orders.NORA.number}.\n\nNora\n"
    sender = ("Nora Lindqvist", orders.NORA.address)
    return letter(sender, f"My order {orders.NORA.number}", words, at, failed="example.com")


def _absent(at: datetime) -> bytes:
    words = "I am away until Monday and will answer then.\n"
    sender = ("Olaf Reed", "olaf.reed@example.com")
    subject = "Automatic reply: your order is on its way"
    return letter(sender, subject, words, at, Auto_Submitted="auto-replied")


def _newsletter(at: datetime) -> bytes:
    words = "Padded envelopes are 20 % cheaper this week.\n"
    return letter(
        ("Parcel Bags", "news@bags.example"),
        "Envelopes for your shop",
        words,
        at,
        List_Unsubscribe="<mailto:off@bags.example>",
    )


def _payout(at: datetime) -> bytes:
    words = f"Hi {orders.SHOP},\n\n$412.08 was sent to your bank account.\n"
    return letter(("eBay", "ebay@ebay.com"), "We sent your payout", words, at, vouched="ebay.com")


def _broken(at: datetime) -> bytes:
    sender = ("Jorge Paz", orders.JORGE.address)
    return broken(sender, "Hello! Where is my parcel? It has not arrived yet.", at)


SAMPLES = (
    Sample(
        "Ann Marlow",
        "where is it?",
        9,
        _member(orders.ANN, "Hello,\nwhere is my parcel? It has not arrived yet.\n\nAnn"),
        "ann.eml",
    ),
    Sample(
        "Lucía Ferrer",
        "where is it? (Spanish)",
        8,
        _spanish(orders.LUCIA, "Buenos días,\n¿dónde está mi paquete? Todavía no ha llegado."),
        "lucia.eml",
    ),
    Sample(
        "陈雨",
        "where is it? (Chinese)",
        7.5,
        _member(orders.CHEN, "您好，我的包裹到哪里了？还没有收到。"),
        "chenyu.eml",
    ),
    Sample(
        "Tom Hadley",
        "asks one day after paying",
        7,
        _member(orders.TOM, "Hi, when will you ship my order?"),
        "tom.eml",
    ),
    Sample(
        "Greta Olsen",
        "not shipped in time",
        6.5,
        _member(orders.GRETA, "Has my order been shipped? I have not received a tracking number."),
        "greta.eml",
    ),
    Sample(
        "Marek Nowicki",
        "five days overdue",
        6,
        _member(orders.MAREK, "Good morning, my parcel still has not arrived. Where is it?"),
        "marek.eml",
    ),
    Sample(
        "Dora Finch",
        "wants the money back",
        5.5,
        _member(orders.DORA, "I want a full refund, please."),
        "dora.eml",
    ),
    Sample(
        "Paul Renner",
        "kind words, neutral rating",
        5,
        _member(orders.PAUL, "Great seller! I am very happy with the lantern, it works perfectly."),
        "paul.eml",
    ),
    Sample(
        "Mia Sand",
        "says thanks",
        4.5,
        _member(orders.MIA, "Arrived today, thank you very much!"),
        "mia.eml",
    ),
    Sample(
        "Ruth Calder",
        "wants no more mail",
        4,
        _member(orders.RUTH, "Please stop sending me messages."),
        "ruth.eml",
    ),
    Sample("Ivo Brandt", "where is it? (by e-mail)", 3.5, _ivo, "ivo.eml"),
    Sample(
        "Sam Whitlock",
        "has two orders of it",
        3,
        _member(orders.SAM_AGAIN, "Hello, where is my parcel?"),
        "sam.eml",
    ),
    Sample("V. Crane", "stranger, true order", 2.5, _stranger, "stranger.eml"),
    Sample("“Nora Lindqvist”", "forged sender", 2, _forger, "forged.eml"),
    Sample("Jorge Paz", "broken mail", 1.5, _broken, "broken.eml"),
    Sample("Olaf Reed", "out of office", 1.2, _absent, "absent.eml"),
    Sample("Parcel Bags", "newsletter", 0.9, _newsletter, "newsletter.eml"),
    Sample(
        "mail server",
        "bounce",
        0.6,
        lambda at: bounce("someone@example.com", at),
        "bounce.eml",
    ),
    Sample("eBay", "notice: payout", 0.3, _payout, "notice.eml"),
)
