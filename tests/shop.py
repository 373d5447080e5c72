"""A whole shop for stories: the real daemon between a real IMAP server, an SMTP server that keeps
what it gets, a folder of exports and the seller's own hands."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from ebay_samples import JANE, report, sample
from servers.smtp_recorder import Recorder, smtp_recorder
from tactd import wiring
from tactd.adapters.store import journal, replies
from tactd.config import load
from tactd.core.types import ReplyState
from tactd.screens import status, why
from tactd.service import Service

PATIENCE = 20.0  # seconds that a story waits for something that should happen at once
RELAY = JANE["Buyer Email"]
AUTHSERV = "mx.example.org"
OWN_ADDRESS = "shop@example.org"

FAST = {
    "idle_first": 0.1,
    "look_every": 0.05,
    "quiet": 0.2,
    "sent_every": 0.2,
    "poll": 1.0,
    "backoff_first": 0.1,
    "backoff_cap": 0.5,
}

CONFIG = """
[seller]
name = "Blue Sheep Outdoor"
language = "{language}"
timezone = "Asia/Shanghai"
address = "me@example.org"

[[mailbox]]
name = "shop"
address = "shop@example.org"
imap = "imap://127.0.0.1:{imap}"
smtp = "smtp://127.0.0.1:{smtp}"
user = "{user}"
password = {{ env = "SHOP_PASSWORD" }}
authserv_id = ["mx.example.org"]

[replies]
mode = "{mode}"
auto = {auto}

{more}
"""


@dataclass
class Shop:
    """What a story sees and does."""

    root: Path
    service: Service
    smtp: Any
    give: Callable[[bytes], None]  # a mail comes in
    now: list[datetime] = field(default_factory=lambda: [datetime.now(UTC)])

    # ------------------------------------------------------------------ the folders

    @property
    def replies(self) -> Path:
        return self.root / "replies"

    def files(self, folder: str) -> list[Path]:
        found = (self.replies / folder).glob("*.txt")
        return sorted(path for path in found if not path.name.startswith("."))

    async def staged(self, count: int = 1) -> list[Path]:
        await self.until(lambda: len(self.files("staged")) == count, f"{count} staged")
        return self.files("staged")

    def move(self, path: Path, folder: str) -> Path:
        """`mv`, as the seller does it."""
        target = self.replies / folder / path.name
        path.rename(target)
        return target

    # ------------------------------------------------------------------ waiting

    async def until(self, true: Callable[[], object], what: str) -> None:
        for _ in range(int(PATIENCE / 0.05)):
            if true():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"not seen: {what}; {self.troubles()}")

    async def sent(self, count: int = 1) -> list[Any]:
        await self.until(lambda: len(self.smtp.mails) >= count, f"{count} mails at the server")
        return list(self.smtp.mails)

    async def decided(self, count: int) -> list[dict[str, Any]]:
        await self.until(lambda: len(self.latest()) >= count, f"{count} decisions")
        return self.latest()

    # ------------------------------------------------------------------ what tactd says

    def latest(self) -> list[dict[str, Any]]:
        parts = self.service.parts
        return why.latest(parts.store, parts.pipeline.rules.policy, 1000)

    def why(self, name: str) -> dict[str, Any]:
        parts = self.service.parts
        return why.of_id(parts.store, parts.pipeline.rules.policy, name)

    def status(self) -> dict[str, Any]:
        config = load(self.root / "config.toml", {})
        return status.gather(self.service.parts.store, config, datetime.now(UTC))

    def troubles(self) -> str:
        with self.service.parts.store.read() as conn:
            return json.dumps([[r.what, r.about, r.detail] for r in journal.open_troubles(conn)])

    def reply_states(self) -> list[ReplyState]:
        with self.service.parts.store.read() as conn:
            found = replies.in_states(conn, *ReplyState)
        return [one.reply.state for one in sorted(found, key=lambda one: one.reply.id)]

    # ------------------------------------------------------------------ the order book

    async def import_orders(self, *rows: dict[str, str], name: str = "OrdersReport.csv") -> None:
        """Drop an orders report of now into the watched folder and wait until it is read."""
        path = self.root / "orders" / name
        path.write_text(report(rows, footer=""), encoding="utf-8")
        done = self.root / "orders" / "imported"
        await self.until(lambda: any(done.glob(f"{Path(name).stem}*")), "the export is imported")


def day(offset: int) -> str:
    """A day from today, as eBay's reports write it."""
    return f"{datetime.now(UTC) + timedelta(days=offset):%b-%d-%y}"


def jane(**changed: str) -> dict[str, str]:
    """Jane's order, shipped ten days ago and expected within three weeks."""
    dates = {
        "Sale Date": day(-12),
        "Paid On Date": day(-12),
        "Ship By Date": day(-9),
        "Shipped On Date": day(-10),
        "Minimum Estimated Delivery Date": day(3),
        "Maximum Estimated Delivery Date": day(20),
    }
    return {**JANE, **dates, **{key.replace("_", " "): value for key, value in changed.items()}}


def ebay_mail(
    words: str, *, message_id: str = "<m1@ebay.com>", authenticated: bool = True
) -> bytes:
    """A member message as eBay relays it, with the seller's provider's stamp on top."""
    template = sample("message-en.txt").decode().replace("\n- it was a gift\n\nAnn", "")
    return mail(
        template.replace(_words_in(template), words),
        sender=RELAY,
        name="tidepool_ann",
        subject="tidepool_ann sent a message about Folding camping lantern #395012345671",
        message_id=message_id,
        stamp="dmarc=pass header.from=members.ebay.com" if authenticated else "",
    )


def _words_in(template: str) -> str:
    """The buyer's words in the sample, which stand twice."""
    lines = template.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("New message from"))
    end = next(at for at in range(start, len(lines)) if lines[at].strip() == "Reply")
    return "\n".join(lines[start + 1 : end]).strip()


def mail(
    text: str,
    *,
    sender: str = "jane@example.com",
    name: str = "Jane Poole",
    to: str = "shop@example.org",
    subject: str = "My order",
    message_id: str = "<m1@example.com>",
    stamp: str = "",
    date: datetime | None = None,
    **headers: str,
) -> bytes:
    """A mail as it lies in the mailbox; `stamp` is what the provider vouches for."""
    made = EmailMessage()
    if stamp:
        made["Authentication-Results"] = f"{AUTHSERV}; {stamp}"
    made["From"] = f"{name} <{sender}>"
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(date or datetime.now(UTC))
    made["Message-ID"] = message_id
    for key, value in headers.items():
        made[key.replace("_", "-")] = value
    made.set_content(text)
    return made.as_bytes()


@asynccontextmanager
async def open_shop(
    root: Path,
    imap: Any,
    *,
    user: str,
    give: Callable[[bytes], None],
    smtp: Any = None,
    mode: str = "stage",
    auto: Sequence[str] = ("in_transit", "feedback_thanks"),
    language: str = "en",
    more: str = "",
    address: str = OWN_ADDRESS,
    nameserver: tuple[str, int] | None = None,
) -> AsyncIterator[Shop]:
    """The daemon at work until the story ends. `smtp`: another server than the recorder;
    `nameserver`: its provider stamps nothing, and it checks senders itself."""
    async with _server(smtp) as server:
        root.mkdir(exist_ok=True)  # noqa: ASYNC240 - nothing runs yet
        text = CONFIG.format(
            imap=imap_port(imap),
            smtp=server.port,
            user=user,
            mode=mode,
            auto=json.dumps(list(auto)),
            language=language,
            more=more,
        )
        text = text.replace(f'"{OWN_ADDRESS}"', f'"{address}"')
        if nameserver is not None:
            text = text.replace(f'authserv_id = ["{AUTHSERV}"]', 'verify = "dkim"')
        (root / "config.toml").write_text(text, encoding="utf-8")
        config = load(root / "config.toml", {})
        knobs = wiring.Knobs(
            mailbox=FAST, export_settle=timedelta(seconds=0.1), nameserver=nameserver
        )
        service = wiring.service(config, {"SHOP_PASSWORD": imap.password}, knobs)
        task = asyncio.create_task(service.run())
        shop = Shop(root, service, server, give)
        boxes = service.parts.mailboxes.values()
        try:
            await shop.until(lambda: all(box.health.caught_up for box in boxes), "caught up")
            yield shop
        finally:
            service.stop()
            await task


def imap_port(server: Any) -> int:
    return int(getattr(server, "imap", None) or server.port)


@asynccontextmanager
async def _server(smtp: Any) -> AsyncIterator[Any]:
    if smtp is not None:
        yield smtp
        return
    async with smtp_recorder(login=True) as recorder:
        yield recorder


__all__ = ["Recorder", "Shop", "ebay_mail", "jane", "mail", "open_shop"]
