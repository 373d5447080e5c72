"""A well-behaved SMTP server (aiosmtpd) that records what it was given, with or without TLS."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass(frozen=True, slots=True)
class Recorded:
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    options: tuple[str, ...]
    encrypted: bool


@dataclass(slots=True)
class Recorder:
    port: int = 0
    mails: list[Recorded] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    sessions: int = 0
    password: str = "secret"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        raw = envelope.original_content or b""
        options = tuple(envelope.mail_options)
        self.mails.append(
            Recorded(
                envelope.mail_from or "",
                tuple(envelope.rcpt_tos),
                raw,
                options,
                session.ssl is not None,
            )
        )
        return "250 2.0.0 recorded"

    def login(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, data: LoginPassword
    ) -> AuthResult:
        user, password = data.login.decode(), data.password.decode()
        self.logins.append((user, password))
        right = password == self.password or not self.password
        return AuthResult(success=right, handled=right)  # unhandled: aiosmtpd says 535


@contextlib.asynccontextmanager
async def smtp_recorder(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    smtputf8: bool = True,
    login: bool = False,
) -> AsyncIterator[Recorder]:
    """A running server on a free port of the loopback: `tls` from the first byte, `starttls`
    mandatory after EHLO, neither: plain, with any password taken where `login` is set."""
    recorder = Recorder(password="" if login else "secret")
    encrypted = tls is not None or starttls is not None

    def session() -> SMTP:
        recorder.sessions += 1
        with warnings.catch_warnings():
            # aiosmtpd sees no TLS that was there before its first byte, and warns of a bare login
            warnings.simplefilter("ignore", UserWarning)
            return SMTP(
                recorder,
                hostname="mx.example.net",
                enable_SMTPUTF8=smtputf8,
                tls_context=starttls,
                require_starttls=starttls is not None,
                authenticator=recorder.login if encrypted or login else None,
                auth_required=encrypted or login,
                auth_require_tls=starttls is not None,
                loop=asyncio.get_running_loop(),
            )

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0, ssl=tls)
    recorder.port = server.sockets[0].getsockname()[1]
    try:
        yield recorder
    finally:
        server.close()
        await server.wait_closed()


def self_signed(folder: Path) -> Path:
    """A certificate with its key for localhost and 127.0.0.1, valid for two days; made by the
    `openssl` command (FileNotFoundError without it)."""
    pem = folder / "localhost.pem"
    cert = folder / "cert.pem"
    request = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    names = "-subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = [*request.split(), *names.split(), "-keyout", str(pem), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    with pem.open("ab") as both:
        both.write(cert.read_bytes())
    return pem


def server_context(pem: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context


def client_context(pem: Path) -> ssl.SSLContext:
    """Trusts that certificate and no other."""
    return ssl.create_default_context(cafile=str(pem))
