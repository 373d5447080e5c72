"""Mails as READ gives them, around the texts in tests/samples/ebay."""

from __future__ import annotations

from datetime import UTC, datetime

from ebay_samples import sample
from tactd.core.types import Address, Mail

RELAY = "0123456789abcdef0123@members.ebay.com"
SUBJECT = "tidepool_ann sent a message about Folding camping lantern #395012345671"


def mail(
    text: str, sender: str = RELAY, subject: str = SUBJECT, name: str = "", cut: str = ""
) -> Mail:
    return Mail(
        content_key="k",
        received=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        sender=Address(name, sender),
        senders=1,
        subject=subject,
        text=text + cut,
        own=text,
        cut=cut,
    )


def sample_mail(name: str, sender: str = RELAY, subject: str = "") -> Mail:
    return mail(sample(name).decode("utf-8"), sender, subject)
