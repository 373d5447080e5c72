"""READ: bytes to `Mail`, total. Whatever the bytes are, there is a record, never an exception."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tactd.core.read.body import Body, body
from tactd.core.read.fields import Budget, Header, split
from tactd.core.read.headers import Fields
from tactd.core.read.mime import Part, parse
from tactd.core.read.quotes import split as split_quotes
from tactd.core.types import Address, Mail

MESSAGE_BYTES = 2_000_000
HASHED_BYTES = 65_536  # of the body; so a mail cut short by a fetch cap keeps its key

T = TypeVar("T")


def read(
    raw: bytes, received: datetime, *, truncated: bool = False, size: int | None = None
) -> Mail:
    """The mail that these bytes are. `received` is aware; `size` is that on the server, in bytes,
    where `raw` was cut short (`truncated`). What could not be read is named in `Mail.flaws`."""
    budget = Budget()
    if truncated or len(raw) > MESSAGE_BYTES:
        budget.flaw("truncated")
    guard = _Guard(budget)
    nothing: tuple[tuple[Header, ...], bytes] = ((), b"")
    headers, content = guard("header", lambda: split(raw[:MESSAGE_BYTES], budget), nothing)
    root = guard("structure", lambda: parse(headers, content, budget), Part("text/plain", content))
    found = guard("text", lambda: body(root, budget), Body())
    own, cut = guard("quotes", lambda: split_quotes(found.text), (found.text, ""))
    if found.text and not own:
        budget.flaw("only_quoted")
        own, cut = found.text, ""
    fields = Fields(headers, _charset(root))

    def people(name: str) -> tuple[Address, ...]:
        return guard(name, lambda: fields.addresses(name), ())

    senders = [one for one in people("from") if one.email]
    return Mail(
        content_key=_content_key(headers, content, received),
        received=received,
        size=len(raw) if size is None else size,
        date=guard("date", lambda: _date(fields.first("date")), None),
        message_id=next(iter(fields.ids("message-id")), None),
        in_reply_to=fields.ids("in-reply-to"),
        references=fields.ids("references"),
        sender=next(iter((*senders, *people("from"))), None),
        senders=len(senders),
        reply_to=people("reply-to"),
        to=people("to"),
        cc=people("cc"),
        subject=guard("subject", lambda: fields.first("subject"), ""),
        headers=guard("headers", lambda: fields.kept(budget), ()),
        text=found.text,
        own=own,
        cut=cut,
        links=tuple(dict.fromkeys(budget.links)),
        attachments=found.attachments,
        flaws=tuple(budget.flaws),
    )


def _charset(root: Part) -> str | None:
    """What the text is declared as; raw 8-bit headers of the same writer are mostly in it too."""
    return next((leaf.charset for leaf in root.leaves() if leaf.charset), None)


def _date(value: str) -> datetime | None:
    """The Date header in UTC; one without a zone is taken as UTC."""
    if not value:
        return None
    found = parsedate_to_datetime(value[:100])
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _content_key(headers: tuple[Header, ...], content: bytes, received: datetime) -> str:
    """sha256 over Message-ID, Date, From and the body: the same for one mail wherever it lies. One
    without Message-ID and Date (or without any text, because the server gave none) is known again
    only by the time it came: the same words on another day are another mail."""
    fields = dict(reversed(headers))  # the first of each name
    digest = hashlib.sha256()
    if not fields.get("message-id") and not fields.get("date"):
        digest.update(received.isoformat().encode())
    for name in ("message-id", "date", "from"):
        digest.update(b" ".join(fields.get(name, b"").split()) + b"\n")
    digest.update(hashlib.sha256(content[:HASHED_BYTES].rstrip()).digest())
    return digest.hexdigest()


class _Guard:
    """Runs one step of reading; what it raises becomes a flaw, and its result `otherwise`."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget

    def __call__(self, flaw: str, step: Callable[[], T], otherwise: T) -> T:
        try:
            return step()
        except Exception:  # noqa: BLE001 - total by contract; RecursionError is among them
            self.budget.flaw(flaw)
            return otherwise
