"""A tiny reader of header blocks, so that the screen is tested without READ."""

from __future__ import annotations

from datetime import UTC, datetime
from email.parser import HeaderParser
from email.utils import getaddresses

from tactd.core.types import Address, Attachment, Mail

OWN = ("shop@example.com", "Sales@Example.com")

PERSON = "From: Jane Doe <jane@example.net>\nTo: shop@example.com\nSubject: My order\n"


def _addresses(values: list[str]) -> tuple[Address, ...]:
    return tuple(Address(name, email) for name, email in getaddresses(values) if email)


def mail(block: str, *, attachments: tuple[str, ...] = ()) -> Mail:
    """`block` stands before a person's own From, To and Subject, where it has none itself."""
    parsed = HeaderParser().parsestr(block)
    for name, value in HeaderParser().parsestr(PERSON).items():
        if name not in parsed:
            parsed[name] = value
    headers = tuple((k.lower(), " ".join(str(v).split())) for k, v in parsed.items())

    def every(name: str) -> list[str]:
        return [v for k, v in headers if k == name]

    senders = _addresses(every("from"))
    return Mail(
        content_key="k",
        received=datetime(2026, 11, 20, 12, tzinfo=UTC),
        message_id=parsed.get("Message-ID"),
        sender=senders[0] if senders else None,
        senders=len(senders),
        to=_addresses(every("to")),
        cc=_addresses(every("cc")),
        subject=next(iter(every("subject")), ""),
        headers=headers,
        attachments=tuple(Attachment("a", type_, 1) for type_ in attachments),
    )
