"""What all readers of notices need: since when, and from where, their facts are known."""

from __future__ import annotations

from datetime import datetime

from tactd.core.types import FactGroup, Known, Mail, Marketplace


def said_at(mail: Mail) -> datetime:
    """When the marketplace said it: the mail's own date, but never later than it came."""
    return min(mail.date, mail.received) if mail.date else mail.received


def teller(of: Marketplace) -> str:
    """Who tells of a refund (Refund.source)."""
    return f"{of} notice"


def known(mail: Mail, *groups: FactGroup) -> tuple[Known, ...]:
    """What the notice says of these groups of facts is as old as the notice."""
    source = f"notice {mail.message_id or mail.content_key}"
    return tuple(Known(group, said_at(mail), source) for group in groups)
