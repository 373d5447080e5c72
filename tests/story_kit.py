"""What the stories share: buyers with orders in known states, their mails, and staged files read
the way a person reads them (not with tactd's own parser)."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from ebay_samples import report
from servers.dovecot import Dovecot
from servers.pymap_server import Pymap
from shop import Shop, day, jane, mail, open_shop
from tactd.adapters.store import contacts, orders
from tactd.core.types import LedgerRow, Marketplace, Order, OrderKey
from tactd.flow.imports import import_file
from tactd.flow.send import pause_account

VOUCHED = "dmarc=pass header.from=example.com"
WHERE = "Hello, where is my order? It has not arrived yet."

# The dates of an order in each of the states that letters speak of.
STATES: dict[str, dict[str, str]] = {
    "to_ship": {
        "Sale Date": day(-1),
        "Paid On Date": day(-1),
        "Ship By Date": day(2),
        "Shipped On Date": "",
        "Tracking Number": "",
    },
    "ship_late": {
        "Sale Date": day(-8),
        "Paid On Date": day(-8),
        "Ship By Date": day(-3),
        "Shipped On Date": "",
        "Tracking Number": "",
    },
    "moving": {},
    "overdue": {
        "Sale Date": day(-52),
        "Paid On Date": day(-52),
        "Ship By Date": day(-49),
        "Shipped On Date": day(-50),
        "Minimum Estimated Delivery Date": day(-30),
        "Maximum Estimated Delivery Date": day(-6),
    },
    "rated_down": {"Feedback Received": "Negative"},
}


# ------------------------------------------------------------------ buyers and their orders


def number_of(buyer: int) -> str:
    return f"12-34567-{buyer:05}"


def address_of(buyer: int) -> str:
    return f"buyer{buyer}@example.com"


def tracking_of(buyer: int) -> str:
    """A number as postal unions give them, with its check digit (S10)."""
    digits = f"{47000000 + buyer:08}"
    weighed = sum(
        int(one) * weight for one, weight in zip(digits, (8, 6, 4, 2, 3, 5, 9, 7), strict=True)
    )
    check = {10: 0, 11: 5}.get(11 - weighed % 11, 11 - weighed % 11)
    return f"LK{digits}{check}CN"


def order_of(buyer: int, state: str = "moving", **changed: str) -> dict[str, str]:
    """A row of the orders report: one buyer, one order, one item."""
    own = {
        "Sales Record Number": str(1000 + buyer),
        "Order Number": number_of(buyer),
        "Buyer Username": f"user_{buyer}",
        "Buyer Email": address_of(buyer),
        "Item Number": f"3950123{buyer:05}",
        "Transaction ID": f"2871004{buyer:06}",
        "Tracking Number": tracking_of(buyer),
    }
    changes = {key.replace("_", " "): value for key, value in changed.items()}
    return {**jane(), **own, **STATES[state], **changes}


async def book(shop: Shop, *rows: dict[str, str], name: str = "OrdersReport.csv") -> None:
    """What `tactd orders import` does, at once."""
    path = shop.root / name
    path.write_text(report(rows, footer=""), encoding="utf-8")
    parts = shop.service.parts
    done = await parts.writer.do(import_file, parts.store, parts.exports, path, parts.clock())
    assert done.fine, done


def held_order(shop: Shop, buyer: int) -> Order:
    with shop.service.parts.store.read() as conn:
        order = orders.get(conn, OrderKey(Marketplace.EBAY, number_of(buyer)))
    assert order is not None
    return order


def ledger(shop: Shop, *endpoints: str) -> list[LedgerRow]:
    with shop.service.parts.store.read() as conn:
        return contacts.since(conn, endpoints, datetime(2000, 1, 1, tzinfo=UTC))


# ------------------------------------------------------------------ mails


def asks(buyer: int, words: str = WHERE, *, number: int = 1, **more: Any) -> bytes:
    """A mail from the address on file, for which the provider vouches."""
    given = {
        "sender": address_of(buyer),
        "name": "Jane Poole",
        "message_id": f"<b{buyer}-{number}@example.com>",
        "stamp": VOUCHED,
        "subject": f"My order {number_of(buyer)}",
    }
    return mail(words, **{**given, **more})


def wire(raw: bytes) -> EmailMessage:
    """A mail as the buyer's program sees it."""
    made = message_from_bytes(raw, policy=policy.default)
    assert isinstance(made, EmailMessage)
    return made


def text_of(raw: bytes) -> str:
    body = wire(raw).get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


# ------------------------------------------------------------------ staged files


@dataclass(frozen=True)
class Sheet:
    """A staged file, as its reader sees it."""

    top: list[str]  # the warnings above all else
    to: str
    subject: str
    body: str
    mark: str
    below: str

    @property
    def sent(self) -> str:
        """All that goes to the buyer."""
        return f"{self.to}\n{self.subject}\n{self.body}"


def sheet(path: Path) -> Sheet:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8").split("\n")
    assert "\r" not in data.decode("utf-8")
    start = next(at for at, line in enumerate(lines) if line.startswith("To: "))
    marks = [at for at, line in enumerate(lines) if line.startswith("=== tactd ")]
    assert len(marks) == 1, f"{len(marks)} marked lines in {path.name}"
    (mark,) = marks
    assert lines[start + 1].startswith("Subject: ")
    assert lines[start + 2] == ""
    top = [line for line in lines[:start] if line]
    assert all(line.startswith("# ") for line in top)
    below = lines[mark + 1 :]
    assert all(not line or line.startswith("  ") for line in below), "only indented lines below"
    return Sheet(
        top=top,
        to=lines[start].removeprefix("To: "),
        subject=lines[start + 1].removeprefix("Subject: "),
        body="\n".join(lines[start + 3 : mark]).strip("\n"),
        mark=lines[mark],
        below="\n".join(below),
    )


def edit(path: Path, old: str, new: str) -> None:
    """As an editor does it: the file is written anew, under its name."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


async def look(shop: Shop) -> None:
    """A look at the folders now. The files are made to look old first, because a file that was
    written this very moment is left alone."""
    for path in shop.replies.glob("*/*.txt"):
        with contextlib.suppress(FileNotFoundError):
            os.utime(path, (1_000_000_000, 1_000_000_000))
    await shop.service.look_at_desk()


@contextlib.contextmanager
def provider_paused(shop: Shop) -> Iterator[None]:
    """The provider takes no mail for a while: what is approved waits in state `ready`."""

    def pause(until: timedelta) -> None:
        now = shop.service.parts.clock()
        with shop.service.parts.store.write() as conn:
            pause_account(conn, "shop", now + until, "a story", now)

    pause(timedelta(hours=1))
    try:
        yield
    finally:
        pause(timedelta(hours=-1))


async def nothing_more(shop: Shop, sent: int) -> None:
    """Looks at the folders, sends what is due, looks again: what has not gone by now never goes."""
    for _ in range(2):
        await look(shop)
        await shop.service.parts.dispatch.send_due()
    assert len(shop.smtp.mails) == sent


async def in_trouble(shop: Shop, says: str) -> Path:
    """The file that has been put into trouble/, once its note says so."""
    await shop.until(
        lambda: any(says in notes(path) for path in shop.files("trouble")),
        f"a note {says!r} in trouble/",
    )
    (path,) = shop.files("trouble")
    return path


def notes(path: Path) -> str:
    """What tactd has noted on top of a file."""
    text = path.read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if line.startswith("#"))


def codes(told: dict[str, Any]) -> list[str]:
    return [entry["code"] for entry in told["trail"]]


def no_fact_of(text: str, *buyers: int) -> list[str]:
    """The facts of these buyers' orders that stand in a text: none may."""
    found = []
    for buyer in buyers:
        row = order_of(buyer)
        secrets = [
            number_of(buyer),
            tracking_of(buyer),
            row["Item Number"],
            row["Item Title"],
            row["Buyer Username"],
            row["Ship To City"],
            row["Ship To Address 1"],
            row["Total Price"].strip("$"),
            "Poole",
        ]
        found += [one for one in secrets if one.lower() in text.lower()]
    return found + re.findall(r"\b20\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b", text)


# ------------------------------------------------------------------ shops


@asynccontextmanager
async def dovecot_shop(
    dovecot: Dovecot, root: Path, user: str = "", **more: Any
) -> AsyncIterator[Shop]:
    name = user or dovecot.fresh_user()
    async with open_shop(
        root, dovecot, user=name, give=lambda raw: dovecot.deliver([raw], name), **more
    ) as shop:
        yield shop


@asynccontextmanager
async def pymap_shop(pymap: Pymap, root: Path, **more: Any) -> AsyncIterator[Shop]:
    pymap.create("Sent")
    async with open_shop(root, pymap, user=pymap.user, give=pymap.append, **more) as shop:
        yield shop
