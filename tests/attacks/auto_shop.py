"""What the attacks on mode `auto` share: a shop whose clock they turn, and its settle time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from clock_shop import ClockShop
from shop import mail
from story_kit import address_of
from tactd.core.types import Endpoint, EndpointKind, FolderRole, Reader, Reading

SETTLE = timedelta(minutes=3)


@dataclass(frozen=True)
class ReadAs:
    """Reads "Stop!" so, and all else as another does: no story hangs on what a model has learnt."""

    reading: Reading
    otherwise: Reader
    version: str = "as told"

    def read(self, subject: str, words: str, **about: Any) -> Reading:
        return self.reading if words == "Stop!" else self.otherwise.read(subject, words, **about)

    def marks(self, subject: str, words: str) -> frozenset[int]:
        return frozenset()

    def gloss(self, words: str, spoken: str, language: str) -> str:
        return ""


def reload(shop: ClockShop, **changed: Any) -> None:
    """What a reload does: from now on these fields of the policy are others."""
    rules = shop.service.parts.pipeline.rules
    policy = replace(rules.policy, **changed)
    shop.service.parts.pipeline.rules = replace(rules, policy=policy)


def read_stop_as(shop: ClockShop, reading: Reading) -> None:
    reload(shop, reader=ReadAs(reading, shop.service.parts.pipeline.rules.policy.reader))


async def settling(shop: ClockShop) -> None:
    """Buyer 1 has asked, and his answer is to go by itself once his mails have settled."""
    reload(shop, settle=SETTLE)
    shop.book()
    await shop.asks()
    assert shop.states() == ["in_transit approved"]


async def by_hand(shop: ClockShop, number: int = 1, **more: Any) -> None:
    """The seller writes to buyer 1 himself; not as an answer, unless more headers say so."""
    own = f"<hand{number}@example.org>"
    given = {"sender": "shop@example.org", "to": address_of(1), "message_id": own}
    await shop.mail(
        mail("It is on its way.", **{**given, "date": shop.now, **more}), FolderRole.SENT
    )


def at_address(address: str) -> Endpoint:
    return Endpoint(EndpointKind.MAIL, address)
