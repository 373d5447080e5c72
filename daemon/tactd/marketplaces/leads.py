"""All that may lead from a mail to an order."""

from __future__ import annotations

from collections.abc import Iterator

from tactd.core.orders import (
    clue_of_endpoint,
    normal_address,
    normal_username,
    person,
    username_item,
)
from tactd.core.person import name_key
from tactd.core.types import Clue, Endpoint, EndpointKind, Mail, MailKind, Message
from tactd.marketplaces.numbers import order_numbers
from tactd.marketplaces.spoken import spoken_clues
from tactd.marketplaces.tracking import tracking_numbers

SIGNATURE_LINES = 2


def leads(mail: Mail, message: Message, *, relay: bool) -> Iterator[Clue]:
    """Clues, the strongest kinds first; the same one may come twice. `relay`: the sender's address
    is one that a marketplace has made up."""
    spoken = tuple(spoken_clues(f"{message.subject}\n{message.words}"))
    named = {*message.orders, *order_numbers(mail.subject)}
    yield from (Clue("order", number) for number in sorted(named))
    yield from (clue for clue in spoken if not (clue.kind == "misnamed" and clue.value in named))
    named |= {clue.value for clue in spoken}
    yield from _quoted(mail, named)
    if message.username:
        yield Clue("username", normal_username(message.username))
        yield from (
            Clue("username_item", username_item(message.username, item)) for item in message.items
        )
    yield from (Clue("item", item) for item in message.items)
    if message.writer:
        yield Clue("address", message.writer)
        yield from _names("", message.words)
    elif message.kind is MailKind.BUYER_MESSAGE and mail.sender is not None and mail.sender.email:
        kind = EndpointKind.RELAY if relay else EndpointKind.MAIL
        sender = Endpoint(kind, normal_address(mail.sender.email))
        yield Clue(*clue_of_endpoint(person(sender)))
        yield from _names(mail.sender.name, message.words)


def _quoted(mail: Mail, named: set[str]) -> Iterator[Clue]:
    """Numbers that stand only in the quoted or wrapped part, so perhaps of an older matter."""
    found = (
        Clue("order_quoted", one) for part in (mail.cut, mail.text) for one in order_numbers(part)
    )
    yield from (clue for clue in found if clue.value not in named)
    found = (Clue("tracking_quoted", number) for number in tracking_numbers(mail.cut))
    yield from (clue for clue in found if clue.value not in named)


def _names(display: str, words: str) -> Iterator[Clue]:
    """What he calls himself, on the envelope and below his words."""
    lines = [line.strip(" -–—,.!") for line in words[-300:].splitlines() if line.strip()]
    signed = [line for line in lines[-SIGNATURE_LINES:] if _like_a_name(line)]
    keys = (name_key(one) for one in (display, *signed))
    yield from (Clue("name", key) for key in dict.fromkeys(keys) if key)


def _like_a_name(line: str) -> bool:
    """A line of capitalised words; where letters have no capitals, any short one may be."""
    return not any(word[0].islower() for word in line.split())
