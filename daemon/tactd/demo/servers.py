"""The demo's mail servers, both on ephemeral ports of the loopback and within this process, so
that nothing is left behind however it ends."""

from __future__ import annotations

import asyncio
import warnings
from argparse import ArgumentParser
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from imapclient import IMAPClient
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.dict import DictBackend
from pymap.imap import IMAPServer, IMAPService

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An IMAP server with one user."""

    port: int
    user: str
    password: str

    def prepare(self) -> None:
        """A folder for sent mail. Blocks."""
        with self._login() as client:
            client.create_folder("Sent")

    def deliver(self, mails: Iterable[tuple[bytes, datetime]]) -> None:
        """Mails come in, with the times at which they did. Blocks."""
        with self._login() as client:
            for raw, received in mails:
                client.append("INBOX", raw, (), received)

    def _login(self) -> IMAPClient:
        client = IMAPClient(LOOPBACK, self.port, ssl=False, timeout=10)
        client.login(self.user, self.password)
        return client


@asynccontextmanager
async def mailbox(user: str, password: str) -> AsyncIterator[Mailbox]:
    parser = ArgumentParser()
    DictBackend.add_subparser("dict", parser.add_subparsers())
    IMAPService.add_arguments(parser)
    # One word each: a password may begin with "-", which alone would be taken for an option.
    words = ["--no-tls", "dict", f"--demo-user={user}", f"--demo-password={password}"]
    args = parser.parse_args(words, namespace=None)
    args.debug, args.passlib_cfg = False, None
    backend, config = await DictBackend.init(args)
    config.apply_context()
    reader = ProxyProtocolReader(config.proxy_protocol)
    answer = reader.get_callback(IMAPServer(backend.login, config))
    async with await asyncio.start_server(answer, LOOPBACK, 0) as server:
        yield Mailbox(server.sockets[0].getsockname()[1], user, password)


@dataclass(slots=True)
class Outgoing:
    """An SMTP server that keeps what it is given and sends it nowhere."""

    user: str
    password: str
    port: int = 0
    mails: list[Envelope] = field(default_factory=list)
    on_mail: Callable[[Envelope], None] = lambda _mail: None

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        self.mails.append(envelope)
        self.on_mail(envelope)
        return "250 2.0.0 kept in the demo"

    def login(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, data: LoginPassword
    ) -> AuthResult:
        right = (data.login.decode(), data.password.decode()) == (self.user, self.password)
        return AuthResult(success=right, handled=right)


@asynccontextmanager
async def outgoing(user: str, password: str) -> AsyncIterator[Outgoing]:
    keeper = Outgoing(user, password)

    def session() -> SMTP:
        with warnings.catch_warnings():
            # aiosmtpd warns of logins without TLS; nothing here leaves the machine
            warnings.simplefilter("ignore", UserWarning)
            return SMTP(
                keeper,
                hostname="smtp.example.org",
                authenticator=keeper.login,
                auth_required=True,
                auth_require_tls=False,
                loop=asyncio.get_running_loop(),
            )

    server = await asyncio.get_running_loop().create_server(session, LOOPBACK, 0)
    keeper.port = server.sockets[0].getsockname()[1]
    try:
        yield keeper
    finally:
        server.close()
