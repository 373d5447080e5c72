"""From the configuration to the Policy that DECIDE gets, and the digest kept with a decision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import time, timedelta

from tactd.config.model import Config, DeliverySection, LimitsSection, Mailbox
from tactd.config.providers import provider_for
from tactd.core.types import (
    UNREAD,
    Delivery,
    Limits,
    MailboxPolicy,
    Marketplace,
    Pack,
    Policy,
    Reader,
    Route,
    Season,
)


def policy_of(config: Config, packs: Mapping[Marketplace, Pack], reader: Reader = UNREAD) -> Policy:
    """The part that decisions depend on, with the marketplaces' rules and who reads mail."""
    return Policy(
        seller_name=config.seller.name,
        seller_language=config.seller.language,
        seller_address=config.seller.address,
        timezone=config.seller.timezone,
        mailboxes=tuple(_mailbox(box) for box in config.mailboxes),
        mode=config.replies.mode,
        auto=frozenset(config.replies.auto),
        max_age=config.replies.max_age,
        settle=config.replies.settle,
        limits=_limits(config.limits),
        delivery=_delivery(config.delivery),
        proactive=config.proactive.model_dump(),
        packs=dict(packs),
        reader=reader,
    )


# The reader is its version; all else is said in full.
_PARTS = tuple(part for part in fields(Policy) if part.name != "reader")


def policy_digest(policy: Policy) -> str:
    """16 hexadecimal digits, the same for equal policies on every machine and in every run."""
    told = {part.name: _canonical(getattr(policy, part.name)) for part in _PARTS}
    canonical = json.dumps({**told, "reader": policy.reader.version}, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def _mailbox(box: Mailbox) -> MailboxPolicy:
    sender = provider_for(box.address, box.smtp.host)
    budget = sender.allowed() if sender else ()
    name = sender.name if sender else ""
    return MailboxPolicy(
        box.name, box.address, box.aliases, box.authserv_id, budget, name, box.verify
    )


def _limits(section: LimitsSection) -> Limits:
    return Limits(
        answers=section.answers,
        unasked=section.unasked,
        unasked_per_order=section.unasked_per_order,
        per_mailbox=section.per_mailbox,
        quiet=section.quiet_hours,
    )


def _delivery(section: DeliverySection) -> Delivery:
    return Delivery(
        default=section.default,
        guarantee=section.guarantee,
        handling=section.handling,
        ship_from=section.ship_from,
        routes=tuple(Route(row.to, row.days, row.service) for row in section.routes),
        seasons=tuple(Season(row.start, row.end, row.add) for row in section.seasons),
    )


def _canonical(value: object) -> object:
    """The value in terms of JSON, without anything that depends on hashing or order of keys."""
    match value:
        case None | bool() | int() | str():
            return value
        case timedelta():
            return value.total_seconds()
        case time():
            return value.isoformat()
        case Mapping():
            return {str(key): _canonical(item) for key, item in value.items()}
        case Set():
            return sorted(str(item) for item in value)
        case tuple() | list():
            return [_canonical(item) for item in value]
        case _ if is_dataclass(value):
            return {part.name: _canonical(getattr(value, part.name)) for part in fields(value)}
        case _:
            raise TypeError(f"no canonical form for {type(value).__name__}")
