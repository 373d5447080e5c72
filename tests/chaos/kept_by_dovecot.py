"""A mailbox on a real Dovecot, looked at and filled through another mail program of the seller; for
the harness it is like tests/servers/imap_faults.py, but that nobody hears tactd's commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from imapclient import IMAPClient

from servers.dovecot import Dovecot
from servers.imap_faults import Box, Stored

FOLDERS = ("INBOX", "Sent")


@dataclass
class KeptByDovecot:
    dovecot: Dovecot
    user: str
    commands: list[str] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.dovecot.imap

    def add(self, raw: bytes, folder: str = "INBOX", flags: str = "") -> None:
        with self.dovecot.client(self.user) as client:
            client.append(folder, raw, flags=flags.split())

    @property
    def boxes(self) -> Mapping[str, Box]:
        with self.dovecot.client(self.user) as client:
            return {name: self._box(client, name) for name in FOLDERS}

    @staticmethod
    def _box(client: IMAPClient, name: str) -> Box:
        client.select_folder(name, readonly=True)
        uids = client.search()
        fetched = client.fetch(uids, ["BODY.PEEK[]", "FLAGS"])
        mails = [Stored(uid, one[b"BODY[]"], _flags(one)) for uid, one in sorted(fetched.items())]
        return Box(mails=mails)


def _flags(one: Mapping[bytes, tuple[bytes, ...]]) -> str:
    """Without the one that says that nobody has looked yet."""
    return " ".join(flag.decode() for flag in one[b"FLAGS"] if flag != b"\\Recent")


@contextmanager
def on_dovecot(dovecot: Dovecot) -> Iterator[KeptByDovecot]:
    """A fresh mailbox."""
    yield KeptByDovecot(dovecot, dovecot.fresh_user())
