"""The outbox: hands one mail to the provider's SMTP server and tells what became of it.

One outbox a mailbox, one connection an outbox. The conversation is driven command by command,
because aiosmtplib raises the same exception for a link lost before the mail and after it. After
any trouble the connection is thrown away instead of RSET: a server that hangs then cannot change
the fate already known, and a late reply cannot be taken for another mail's.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPResponse, SMTPResponseException

from tactd.core.envelope import address_problem
from tactd.core.fate import Delivery, Fate, Stage, fate_of, one_line
from tactd.errors import ConfigError, TactdError

__all__ = ["Delivery", "Fate", "Outbox", "SmtpSettings", "Stage", "Timeouts", "check_login"]


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait for each reply (RFC 5321 4.5.3.2: 5 minutes for a command, 10 after the
    final dot, where giving up early means a mail of unclear fate)."""

    connect: float = 30
    login: float = 60
    command: float = 300
    data: float = 600
    quit: float = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Where and how to send. Raises ConfigError for `plain` to another machine."""

    name: str  # the mailbox
    host: str
    port: int
    security: Literal["tls", "starttls", "plain"]  # plain: loopback only
    user: str = ""
    password: Callable[[], str] | None = None  # asked at each login; None: no login
    timeouts: Timeouts = Timeouts()
    idle_close: float = 60  # seconds
    mails_per_connection: int = 20  # NetEase allows no more
    tls: ssl.SSLContext | None = None  # None: verified by the system's authorities, TLS 1.2+
    ehlo: str = "[127.0.0.1]"  # tells nothing about this machine (RFC 5321 4.1.3 address literal)

    def __post_init__(self) -> None:
        if self.security == "plain" and not _is_loopback(self.host):
            raise ConfigError([f"{self.name}: SMTP to {self.host} needs TLS (smtps://)"])


class Outbox:
    """Sends mails one after another over a connection that is kept for a while."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        self._client: SMTP | None = None
        self._used = 0  # mails sent over the present connection
        self._lock = asyncio.Lock()
        self._resting: asyncio.Task[None] | None = None

    async def send(self, sender: str, recipient: str, wire: bytes) -> Delivery:
        """One attempt to hand over one mail; never raises for SMTP trouble.

        When cancelled while the conversation runs, the connection is thrown away and the fate of
        the mail is unclear. Mails wait for one another; a mail still waiting was not attempted,
        but its caller cannot know that."""
        for stage, address in ((Stage.MAIL, sender), (Stage.RCPT, recipient)):
            if problem := address_problem(address):
                return Delivery(Fate.PERMANENT, None, problem, stage)
        async with self._lock:
            self._wake()
            done = False
            try:
                result = await self._deliver(sender, recipient, wire)
                done = result.fate is Fate.ACCEPTED
            finally:
                if not done:
                    self._drop()
            self._rest()
            return result

    async def close(self) -> None:
        """Waits for a mail under way (cancel its `send` first for a quick end), then says QUIT."""
        async with self._lock:
            self._wake()
            await self._quit()

    async def _deliver(self, sender: str, recipient: str, wire: bytes) -> Delivery:
        if self._used >= self._settings.mails_per_connection:
            await self._quit()
        reused = self._client is not None and self._client.is_connected
        result = await self._attempt(sender, recipient, wire)
        if reused and result.stage is Stage.MAIL and result.fate is Fate.TRANSIENT:
            # the server had grown tired of the old connection: that says nothing about the mail
            self._drop()
            result = await self._attempt(sender, recipient, wire)
        return result

    async def _attempt(self, sender: str, recipient: str, wire: bytes) -> Delivery:
        try:
            client = await self._connected()
            self._used += 1
            code, text = await _transact(client, sender, recipient, wire, self._settings.timeouts)
        except _StoppedError as stop:
            return stop.delivery
        return Delivery(fate_of(Stage.DATA, code, text), code, one_line(text), Stage.DATA)

    async def _connected(self) -> SMTP:
        if self._client is None or not self._client.is_connected:
            self._used = 0
            self._client = _client(self._settings)
            await _open(self._client, self._settings)
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            _abort(client)

    async def _quit(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        try:
            with contextlib.suppress(SMTPException, OSError):
                await client.quit(timeout=self._settings.timeouts.quit)
        finally:
            _abort(client)

    async def problem(self) -> str | None:
        """Connects and logs in, sends nothing: what is wrong, if anything."""
        try:
            await self._connected()
        except _StoppedError as stop:
            end = stop.delivery
            return " ".join(filter(None, (f"{end.stage} failed:", str(end.code or ""), end.text)))
        finally:
            await self._quit()
        return None

    def _rest(self) -> None:
        if self._client is not None:
            self._resting = asyncio.create_task(self._close_when_idle())

    def _wake(self) -> None:
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None

    async def _close_when_idle(self) -> None:
        await asyncio.sleep(self._settings.idle_close)
        async with self._lock:
            await self._quit()


async def check_login(settings: SmtpSettings) -> str | None:
    """Connects and logs in, sends nothing. What is wrong, if anything, for `tactd check`."""
    problem = await Outbox(settings).problem()
    return problem and f"{settings.name}: SMTP {settings.host}:{settings.port}: {problem}"


class _StoppedError(Exception):
    """The conversation ended before its last reply."""

    def __init__(self, fate: Fate, stage: Stage, text: str, code: int | None = None) -> None:
        super().__init__(text)
        self.delivery = Delivery(fate, code, one_line(text), stage)


# Methods of logging in, the first that the server offers is tried, once: every refused try counts
# towards the provider's lock-out.
_LOGINS = (
    ("plain", SMTP.auth_plain),
    ("login", SMTP.auth_login),
    ("cram-md5", SMTP.auth_crammd5),
)


def _client(settings: SmtpSettings) -> SMTP:
    return SMTP(
        hostname=settings.host,
        port=settings.port,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",  # never None: that would be strippable
        tls_context=settings.tls,
        timeout=settings.timeouts.connect,
        local_hostname=settings.ehlo,
    )


async def _open(client: SMTP, settings: SmtpSettings) -> None:
    await _said(Stage.CONNECT, client.connect())
    await _said(Stage.CONNECT, client.ehlo())
    if settings.password is None:
        return
    password = _password(settings.password)
    method = next((say for name, say in _LOGINS if name in client.server_auth_methods), None)
    if method is None:
        offered = ", ".join(client.server_auth_methods) or "none"
        raise _StoppedError(Fate.ACCOUNT, Stage.LOGIN, f"no known way to log in ({offered})")
    timeout = settings.timeouts.login
    await _said(Stage.LOGIN, method(client, settings.user, password, timeout=timeout))


async def _transact(
    client: SMTP, sender: str, recipient: str, wire: bytes, timeouts: Timeouts
) -> SMTPResponse:
    options, encoding = _address_form(client, sender, recipient)
    patience = timeouts.command
    mail = client.mail(sender, options=options, encoding=encoding, timeout=patience)
    await _said(Stage.MAIL, mail)
    await _said(Stage.RCPT, client.rcpt(recipient, encoding=encoding, timeout=patience))
    return await _said(Stage.DATA, client.data(wire, timeout=timeouts.data))


def _address_form(client: SMTP, sender: str, recipient: str) -> tuple[list[str], str]:
    if (sender + recipient).isascii():
        return [], "ascii"
    if not client.supports_extension("smtputf8"):
        stage = Stage.RCPT if sender.isascii() else Stage.MAIL
        text = "the address is not ASCII, and the server lacks SMTPUTF8 (RFC 6531)"
        raise _StoppedError(Fate.PERMANENT, stage, text)
    return ["SMTPUTF8", "BODY=8BITMIME"], "utf-8"


async def _said(stage: Stage, reply: Awaitable[SMTPResponse]) -> SMTPResponse:
    """The reply; or the end of the conversation, with the fate that trouble here means."""
    try:
        return await reply
    except SMTPResponseException as error:
        # data() returns a 250 that follows the dot; a raised one answered DATA itself
        answers_data = isinstance(error, SMTPDataError) and error.code == 250
        code = None if answers_data or not 200 <= error.code < 600 else error.code
        fate = fate_of(stage, code, error.message)
        raise _StoppedError(fate, stage, error.message, code) from error
    except (SMTPException, OSError, ValueError, RuntimeError) as error:
        text = str(error) or type(error).__name__
        raise _StoppedError(fate_of(stage, None), stage, text) from error


def _password(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (TactdError, OSError, ValueError, LookupError) as error:
        text = f"the password cannot be read: {error}"
        raise _StoppedError(Fate.ACCOUNT, Stage.LOGIN, text) from error


def _abort(client: SMTP) -> None:
    """Closes at once: a mere close would first send what is left of a half-written mail."""
    transport = client.transport
    client.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
