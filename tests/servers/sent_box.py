"""A Sent folder with a past: what the seller wrote by hand before tactd came."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from servers.dovecot import Dovecot


@dataclass(frozen=True)
class ByHand:
    """A mail of the seller's own, as many days old."""

    number: int
    days: float
    to: str = ""
    headers: str = ""  # more of them, each with its line end

    @property
    def at(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0) - timedelta(days=self.days)

    @property
    def address(self) -> str:
        return self.to or f"buyer{self.number}@example.com"

    @property
    def raw(self) -> bytes:
        lines = (
            f"Date: {format_datetime(self.at)}",
            "From: Blue Sheep Outdoor <shop@example.org>",
            f"To: {self.address}",
            f"Message-ID: <hand-{self.number}@example.org>",
            f"In-Reply-To: <question-{self.number}@example.com>",
            "Subject: Re: my parcel",
        )
        head = "".join(f"{line}\r\n" for line in lines)
        return f"{head}{self.headers}\r\nIt is on its way.\r\n".encode()


def over_days(count: int, days: float, **more: str) -> list[ByHand]:
    """So many mails, evenly over so many days, the oldest first. None is younger than four days:
    those are fetched whole at the first start."""
    step = (days - 4) / count
    made = (ByHand(number, days - (number + 0.5) * step) for number in range(count))
    return [replace(one, **more) for one in made]


def lay(dovecot: Dovecot, user: str, mails: Iterable[ByHand]) -> None:
    """Into the Maildir itself: by IMAP tens of thousands would take minutes."""
    with dovecot.client(user) as client:
        client.select_folder("Sent")  # makes it
    folder = dovecot.folder / "home" / user / "Maildir" / ".Sent" / "cur"
    for one in mails:
        at = one.at.timestamp()
        path = folder / f"{int(at)}.M{one.number:06}.shop:2,S"
        path.write_bytes(one.raw)
        os.utime(path, (at, at))  # Dovecot takes it as INTERNALDATE
        if os.geteuid() == 0:
            shutil.chown(path, "nobody", "nogroup")
