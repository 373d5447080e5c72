"""A bounce as values: which mail came back, and what is said of each recipient (RFC 3464, 6522).

Only for mails that SCREEN takes for a delivery failure, so ordinary mail pays nothing. Nothing
here is believed: a bounce is as easily forged as any mail, and who acts on it (flow/bounces.py)
asks whether we really sent that mail to that recipient.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tactd.core.orders import normal_address
from tactd.core.read.body import body
from tactd.core.read.bounce_text import ids_in, told_in
from tactd.core.read.charset import decode, line
from tactd.core.read.fields import Budget, Header, split
from tactd.core.read.headers import Fields
from tactd.core.read.mime import Part, parse

BOUNCE_BYTES = 2_000_000
RECIPIENTS = 100
IDS = 20
SAID_CHARS = 300

REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})
RETURNED = frozenset(
    (
        "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers",
        "text/rfc822", "message/global-headers", "message/partial",
    )
)  # fmt: skip
# Where a mail's own id stands; Microsoft and Google keep ours apart where they give another.
OWN_ID = (
    "message-id", "x-original-message-id", "original-message-id",
    "x-microsoft-original-message-id", "x-google-original-message-id",
)  # fmt: skip
PRIVATE_ID = "x-tactd-id"

_BLANK = re.compile(rb"\n[ \t]*\n")
_WORD = re.compile(r"[a-z]+")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_HEX = re.compile(r"\+([0-9A-F]{2})")


@dataclass(frozen=True, slots=True)
class Told:
    """What a bounce says about one recipient."""

    address: str  # normalised
    action: str  # failed | delayed | delivered | relayed | expanded; "" where nothing is said
    status: str  # RFC 3463, "5.1.1"; "" where there is none
    said: str  # by the server, one clean line
    original: str = ""  # whom we wrote to, where a forwarder has written to `address` then
    remote: str = ""  # the server that refused, where it was not the reporting one

    def names(self, address: str) -> bool:
        return normal_address(address) in (self.address, self.original, _from_xtext(self.original))


@dataclass(frozen=True, slots=True)
class Bounce:
    received: datetime
    returned: tuple[str, ...]  # Message-IDs of the mail that came back, with angle brackets
    private: tuple[str, ...]  # its X-Tactd-Id, which stays where Message-ID is rewritten
    recipients: tuple[Told, ...]


def read_bounce(raw: bytes, received: datetime) -> Bounce | None:
    """What these bytes report; None if they name no mail or no recipient. Total."""
    try:
        found = _read(raw[:BOUNCE_BYTES], received)
    except Exception:  # noqa: BLE001 - total by contract, as core/read/mail.py is
        return None
    return found if found.recipients and (found.returned or found.private) else None


def _read(raw: bytes, received: datetime) -> Bounce:
    budget = Budget()
    headers, content = split(raw, budget)
    root = parse(headers, content, budget)
    text = body(root, budget).text
    reports = [block for part in root.leaves() if part.type in REPORTS for block in _blocks(part)]
    mails = [_returned(part) for part in root.leaves() if part.type in RETURNED]
    own, private = ids_in(text)
    outer = Fields(headers)
    return Bounce(
        received,
        _some(
            *(one for mail in mails for one in _ids(mail, *OWN_ID)),
            *(one for block in reports for one in _ids(Fields(_encoded(block)), *OWN_ID[1:])),
            *own,
            *_ids(outer, "in-reply-to", "references"),
        ),
        _some(*(one for mail in mails for one in mail.raw(PRIVATE_ID)), *private),
        tuple(_told(reports) or _told_in_words(outer, text))[:RECIPIENTS],
    )


def _some(*found: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in found if one.strip()))[:IDS]


def _ids(fields: Fields, *names: str) -> list[str]:
    return [one for name in names for one in fields.ids(name)]


def _returned(part: Part) -> Fields:
    headers, _ = split(part.content(), Budget())
    return Fields(headers)


# --------------------------------------------------------------------------- the report


def _blocks(part: Part) -> Iterator[Mapping[str, str]]:
    """Groups of fields, parted by empty lines: the first is about the mail, each other about one
    recipient."""
    content = part.content().replace(b"\r\n", b"\n")
    for piece in _BLANK.split(content)[: RECIPIENTS + 1]:
        headers, _ = split(piece.strip(b"\n") + b"\n\n", Budget())
        fields: dict[str, str] = {}
        for name, value in headers:
            fields.setdefault(name, line(decode(value).text))
        yield fields


def _encoded(block: Mapping[str, str]) -> Iterable[Header]:
    return [(name, value.encode("utf-8", "replace")) for name, value in block.items()]


def _told(blocks: Iterable[Mapping[str, str]]) -> list[Told]:
    made = (_recipient(block) for block in blocks)
    return [one for one in made if one.address or one.original]


def _recipient(block: Mapping[str, str]) -> Told:
    status = _STATUS.search(block.get("status", ""))
    action = _WORD.search(block.get("action", "").lower())
    return Told(
        address=_address(block.get("final-recipient", "")),
        action=action[0] if action else "",
        status=status[0] if status else "",
        said=(_typed(block.get("diagnostic-code", "")) or block.get("status", ""))[:SAID_CHARS],
        original=_address(block.get("original-recipient", "")),
        remote=_typed(block.get("remote-mta", "")).partition(" ")[0].lower(),
    )


def _typed(value: str) -> str:
    """A value after its type, as in "smtp; 550 5.1.1 no such user" (RFC 3464 2.1.2)."""
    kind, mark, rest = value.partition(";")
    return rest.strip() if mark and len(kind.split()) == 1 else value.strip()


def _address(value: str) -> str:
    address = normal_address(_typed(value).strip('"'))
    return address if "@" in address else ""


def _from_xtext(address: str) -> str:
    """RFC 3461 4: "+2B" is "+". Some reports give it as it was written on the line."""
    return _HEX.sub(lambda found: chr(int(found[1], 16)), address.upper()).lower()


# --------------------------------------------------------------------------- no report


def _told_in_words(outer: Fields, text: str) -> list[Told]:
    """Servers that write for people only. Exim names the recipients in a header of its own."""
    failed = [normal_address(one.email) for one in outer.addresses("x-failed-recipients")]
    found = told_in(text, failed)
    return [Told(one.address, one.action, one.status, one.said[:SAID_CHARS]) for one in found]
