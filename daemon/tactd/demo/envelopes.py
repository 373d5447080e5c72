"""What the demo's mails are wrapped in: eBay's frame around a member's words, the provider's
stamp, and the forms that machines write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr

from tactd.demo.orders import SHOP, Sale, relay

ADDRESS = "shop@example.org"
PROVIDER = "mx.example.org"  # who checks senders, as it names itself in Authentication-Results


@dataclass(frozen=True, slots=True)
class Frame:
    """eBay's words around a member's message, in the buyer's language."""

    subject: str
    heading: str
    button: str
    dear: str
    item: str
    order: str
    reference: str


ENGLISH = Frame(
    subject="{user} sent a message about {title} #{item}",
    heading="New message from: {user} (74)",
    button="Reply",
    dear="Dear {shop},",
    item="Item ID: {item}",
    order="Order status: Paid",
    reference="Email reference id: {reference}",
)
SPANISH = Frame(
    subject="{user} te ha enviado un mensaje sobre {title} #{item}",
    heading="Nuevo mensaje de: {user} (31)",
    button="Responder",
    dear="Hola {shop},",
    item="Número de artículo: {item}",
    order="Estado del pedido: Pagado",
    reference="Referencia de correo: {reference}",
)


def member_message(sale: Sale, words: str, at: datetime, frame: Frame = ENGLISH) -> bytes:
    """What a buyer wrote on eBay, as eBay mails it to the seller: the words stand in it twice."""
    mark = sale.number.replace("-", "")
    fill: dict[str, str] = {
        "user": sale.username,
        "shop": SHOP,
        "title": sale.title,
        "item": sale.item,
        "reference": f"[#a02-{mark}dm#]_[#{mark:0<32}#]",
    }
    said = (
        (frame.heading, words, frame.button, frame.dear, words, f"- {sale.username}"),
        (sale.title, sale.goods[3], frame.item, frame.order),
        (frame.reference, f"eBay sent this message to {SHOP}."),
    )
    paragraphs = [line for part in said for line in part]
    text = "\n\n".join(paragraphs[:6]) + "\n\n" + "\n".join(paragraphs[6:]) + "\n"
    return letter(
        (sale.username, relay(sale.username)),
        frame.subject.format_map(fill),
        _filled(text, words, fill),
        at,
        vouched="members.ebay.com",
    )


def _filled(text: str, words: str, fill: Mapping[str, str]) -> str:
    """The frame filled in; braces that a buyer has typed stay as they are."""
    return words.join(part.format_map(fill) for part in text.split(words))


def letter(
    sender: tuple[str, str],
    subject: str,
    text: str,
    at: datetime,
    *,
    vouched: str = "",
    failed: str = "",
    **headers: str,
) -> bytes:
    """A plain mail as it lies in the mailbox. The provider stamped that it checked the sender:
    `vouched` holds the domain that it found true, `failed` the one that it found forged."""
    mail = EmailMessage(policy=SMTP)
    if vouched or failed:
        word, domain = ("pass", vouched) if vouched else ("fail", failed)
        mail["Authentication-Results"] = f"{PROVIDER}; dmarc={word} header.from={domain}"
    mail["From"] = formataddr(sender)
    mail["To"] = ADDRESS
    mail["Subject"] = subject
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{at:%Y%m%d%H%M%S}.{len(text)}@{sender[1].rpartition('@')[2]}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def bounce(recipient: str, at: datetime) -> bytes:
    """A delivery report (RFC 3464) about a mail to `recipient`."""
    lines = [
        "Return-Path: <>",
        "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>",
        f"To: {ADDRESS}",
        "Subject: Undelivered mail returned to sender",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{at:%Y%m%d%H%M%S}.bounce@mx.example.org>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        f"Your mail to {recipient} could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        "Action: failed",
        "Status: 5.1.1",
        "--b--",
        "",
    ]
    return "\r\n".join(lines).encode()


def broken(sender: tuple[str, str], words: str, at: datetime) -> bytes:
    """A mail whose parts never end, in a character set that does not exist, with a stray byte."""
    name, address = sender
    domain = address.rpartition("@")[2]
    lines = [
        f"Authentication-Results: {PROVIDER}; dmarc=pass header.from={domain}",
        f"From: {name} <{address}>",
        f"To: {ADDRESS}",
        "Subject: =?utf-8?Q?My_hammock=?=",
        f"Date: {format_datetime(at)}",
        f"Message-ID: <{at:%Y%m%d%H%M%S}.broken@{domain}>",
        "MIME-Version: 1.0",
        'Content-Type: multipart/mixed; boundary="never"',
        "",
        "--never",
        "Content-Type: text/plain; charset=klingon-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        words,
        "",
    ]
    return "\r\n".join(lines).encode() + b"\xff=\r\n"
