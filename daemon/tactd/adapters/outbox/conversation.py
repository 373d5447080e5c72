"""One conversation with an SMTP server, driven command by command.

aiosmtplib raises the same exception for a link lost before the mail and after it, so every reply
is awaited by itself, and trouble is judged by the stage it came in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from aiosmtplib import SMTP, SMTPDataError, SMTPException, SMTPResponse, SMTPResponseException

from tactd.adapters.outbox.settings import SmtpSettings, Timeouts
from tactd.core.fate import Delivery, Fate, Stage, fate_of, one_line
from tactd.errors import TactdError


class StoppedError(Exception):
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


def new_client(settings: SmtpSettings) -> SMTP:
    return SMTP(
        hostname=settings.host,
        port=settings.port,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",  # never None: that would be strippable
        tls_context=settings.tls,
        timeout=settings.timeouts.connect,
        local_hostname=settings.ehlo,
    )


async def open_session(client: SMTP, settings: SmtpSettings) -> None:
    await _said(Stage.CONNECT, client.connect())
    await _said(Stage.CONNECT, client.ehlo())
    if settings.password is None:
        return
    password = _password(settings.password)
    method = next((say for name, say in _LOGINS if name in client.server_auth_methods), None)
    if method is None:
        offered = ", ".join(client.server_auth_methods) or "none"
        raise StoppedError(Fate.ACCOUNT, Stage.LOGIN, f"no known way to log in ({offered})")
    timeout = settings.timeouts.login
    await _said(Stage.LOGIN, method(client, settings.user, password, timeout=timeout))


async def transact(
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
        raise StoppedError(Fate.PERMANENT, stage, text)
    return ["SMTPUTF8", "BODY=8BITMIME"], "utf-8"


async def _said(stage: Stage, reply: Awaitable[SMTPResponse]) -> SMTPResponse:
    """The reply; or the end of the conversation, with the fate that trouble here means."""
    try:
        return await reply
    except SMTPResponseException as error:
        # data() returns a 250 that follows the dot; a raised one answered DATA itself
        answers_data = isinstance(error, SMTPDataError) and error.code == 250
        code = None if answers_data or not 200 <= error.code < 600 else error.code
        fate = fate_of(stage, code)
        raise StoppedError(fate, stage, error.message, code) from error
    except (SMTPException, OSError, ValueError, RuntimeError) as error:
        text = str(error) or type(error).__name__
        raise StoppedError(fate_of(stage, None), stage, text) from error


def _password(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except (TactdError, OSError, ValueError, LookupError) as error:
        text = f"the password cannot be read: {error}"
        raise StoppedError(Fate.ACCOUNT, Stage.LOGIN, text) from error


def abort(client: SMTP) -> None:
    """Closes at once: a mere close would first send what is left of a half-written mail."""
    transport = client.transport
    client.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
