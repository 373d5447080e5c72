"""An SMTP server that delivers: what one mailbox sends lies in the other's INBOX a moment later,
stamped as its provider would stamp it. For machines that write to each other."""

from __future__ import annotations

import asyncio
import contextlib
import smtplib
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import parseaddr

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from servers.dovecot import Dovecot

MOST = 40  # mails: a loop that nobody breaks must not run for ever
_MARKS = ("auto-submitted", "precedence", "return-path")


@dataclass(frozen=True, slots=True)
class Carried:
    sender: str  # of the envelope
    recipient: str
    raw: bytes  # as it was sent


@dataclass(slots=True)
class PostOffice:
    """`users`: whose mailbox an address is. `unmarked`: whose mails lose every header and id by
    which a machine could be told, as some gateways have it."""

    users: Mapping[str, str]
    unmarked: Collection[str] = ()
    dovecot: Dovecot | None = None  # it may need to know our port first
    port: int = 0
    mails: list[Carried] = field(default_factory=list)

    def from_(self, address: str) -> list[Carried]:
        return [one for one in self.mails if _writer(one.raw) == address]

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        sender, raw = envelope.mail_from or "", envelope.original_content or b""
        if len(self.mails) >= MOST:
            return "550 5.4.6 a loop"
        for recipient in envelope.rcpt_tos:
            self.mails.append(Carried(sender, recipient, raw))
            stamped = self._stamped(raw)
            await asyncio.to_thread(self._deliver, sender, recipient, stamped)
        return "250 2.0.0 carried"

    def _deliver(self, sender: str, recipient: str, raw: bytes) -> None:
        if self.dovecot is None or recipient not in self.users:
            return
        with smtplib.LMTP(self.dovecot.host, self.dovecot.lmtp) as lmtp:
            writer = _writer(raw)
            envelope = writer if writer in self.unmarked else sender
            lmtp.sendmail(envelope, [f"{self.users[recipient]}@example.org"], raw)

    def _stamped(self, raw: bytes) -> bytes:
        mail = message_from_bytes(raw, policy=policy.SMTP)
        writer = _writer(raw)
        domain = writer.rpartition("@")[2]
        if writer in self.unmarked:
            for name in {name for name in mail if name.lower() in _MARKS or name[:2] == "X-"}:
                del mail[name]
            del mail["Message-ID"]
            mail["Message-ID"] = f"<{len(self.mails)}@mx.{domain}>"
        stamp = f"Authentication-Results: mx.example.org; dmarc=pass header.from={domain}\r\n"
        return stamp.encode() + mail.as_bytes()

    def login(
        self,
        _server: SMTP,
        _session: Session,
        _envelope: Envelope,
        _kind: str,
        _data: LoginPassword,
    ) -> AuthResult:
        return AuthResult(success=True)


def _writer(raw: bytes) -> str:
    return parseaddr(str(message_from_bytes(raw, policy=policy.default)["From"] or ""))[1]


@contextlib.asynccontextmanager
async def post_office(
    users: Mapping[str, str], dovecot: Dovecot | None = None, *, unmarked: Collection[str] = ()
) -> AsyncIterator[PostOffice]:
    """On a free port of the loopback; any login is good, and none is needed."""
    office = PostOffice(users, unmarked, dovecot)
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(
            office,
            hostname="mx.example.org",
            enable_SMTPUTF8=True,
            authenticator=office.login,
            auth_require_tls=False,
            loop=loop,
        )

    server = await loop.create_server(session, "127.0.0.1", 0)
    office.port = server.sockets[0].getsockname()[1]
    try:
        yield office
    finally:
        server.close()
        await server.wait_closed()
