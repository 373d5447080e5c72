"""From settings to a connection that is logged in."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable

from imapclient import SocketTimeout as Timeouts
from imapclient.exceptions import LoginError

from tactd import __version__
from tactd.adapters.mailbox.connection import Abort, Connection, ServerError
from tactd.adapters.mailbox.explain import refusal, said, unintroduced
from tactd.adapters.mailbox.link import set_up_link
from tactd.adapters.mailbox.settings import MailboxSettings

# RFC 5530: the server is busy or broken; the password is not in question.
_NOT_NOW = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\b", re.IGNORECASE)


class Refused(Exception):  # noqa: N818 - reads as what happened
    """User or password are not accepted, or we are not; the text is for the seller."""


def dial(
    settings: MailboxSettings,
    on_alert: Callable[[str], None],
    on_line: Callable[[], None] = lambda: None,
) -> Connection:
    """Connect, secure, log in, introduce ourselves.

    Raises Refused, OSError or ServerError; the connection is then closed."""
    tls = settings.tls or ssl.create_default_context()
    connection = Connection(
        settings.host,
        settings.port,
        tls=tls if settings.security == "tls" else None,
        timeouts=Timeouts(settings.connect_timeout, settings.read_timeout),
        on_alert=on_alert,
        on_line=on_line,
    )
    try:
        set_up_link(connection.socket)
        if settings.security == "starttls":
            connection.starttls(tls)
        _login(connection, settings)
        _introduce(connection, settings)
    except BaseException:
        connection.close(polite=False)
        raise
    return connection


def _login(connection: Connection, settings: MailboxSettings) -> None:
    password = _password(settings)
    try:
        connection.login(settings.user, password)
    except LoginError as error:
        if isinstance(error.__context__, Abort) or _NOT_NOW.search(str(error)):
            raise Abort(said(error)) from error
        raise Refused(refusal(said(error), settings)) from error


def _password(settings: MailboxSettings) -> str:
    try:
        password = settings.password()
    except Exception as error:
        raise Refused(f"the password of {settings.user} cannot be read: {said(error)}") from error
    if not password or re.search(r"[\0\r\n]", password):
        raise Refused(f"the password of {settings.user} is empty or holds a line break")
    return password


def _introduce(connection: Connection, settings: MailboxSettings) -> None:
    """Before any folder is opened. Where a provider insists on it, also unannounced."""
    if not (settings.needs_id or connection.can("ID")):
        return
    try:
        connection.introduce(name="tactd", version=__version__, vendor="tactd")
    except Abort:
        raise
    except ServerError as error:
        if settings.needs_id:
            raise Refused(unintroduced(said(error), settings)) from error
        # else a courtesy: some servers announce ID and then refuse it
