"""Errors of the line and the server, as sentences that tell the seller what to do."""

from __future__ import annotations

import re
import socket
import ssl

from tactd.adapters.mailbox.settings import MailboxSettings

# The first class that fits; so the special ones stand above the general ones.
_SENTENCES: tuple[tuple[type[BaseException], str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "the certificate of {where} is not valid for that name ({error}); "
        "check the server's name in config.toml",
    ),
    (
        ssl.SSLError,
        "{where} does not speak TLS as expected ({error}); "
        "port 993 wants imaps://, port 143 wants imap+starttls://",
    ),
    (socket.gaierror, "the server {host} is not found; check its name in config.toml"),
    (ConnectionRefusedError, "nothing answers at {where}; check server and port in config.toml"),
    (TimeoutError, "{where} does not answer; trying again by itself"),
    (OSError, "the connection to {where} broke ({error}); trying again by itself"),
)


def problem(error: BaseException, settings: MailboxSettings) -> str:
    where = f"{settings.host}:{settings.port}"
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence.format(where=where, host=settings.host, error=said(error))
    return f"{where}: {said(error)}; trying again by itself"


def not_kept(error: BaseException) -> str:
    return (
        f"new mail stays on the server because it cannot be stored ({said(error)}); "
        "trying again by itself"
    )


def refusal(answer: str, settings: MailboxSettings) -> str:
    refused = f"{settings.host} refuses the login of {settings.user} ({answer})"
    if settings.hint:
        return f"{refused}; set it right and reload tactd. {settings.hint}"
    return (
        f"{refused}; check user and password "
        "(many providers want an app password) and that IMAP is switched on, then reload tactd"
    )


def unintroduced(answer: str, settings: MailboxSettings) -> str:
    """The provider opens folders only to programs that say who they are (ID, RFC 2971)."""
    return (
        f"{settings.host} opens no folder of {settings.user} because it does not take what tactd "
        f"says of itself by ID ({answer}); look whether the provider has locked programs out "
        f"(its website says so, or its support), then reload tactd. {settings.hint}"
    ).strip()


def said(error: BaseException) -> str:
    """What the server said, on one line and without Python's wrapping of bytes."""
    text = str(error) or type(error).__name__
    text = text.replace("socket error: EOF", "the server closed the connection")
    text = re.sub(r"""\bb(['"])(.*?)\1""", r"\2", text)
    return " ".join(text.split())[:300]
