"""The address of a mail server as a seller writes it: imaps://imap.example.com."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

Security = Literal["tls", "starttls", "plain"]
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: Security


# Ports: RFC 8314 (TLS at once), RFC 3501 and RFC 6409 (STARTTLS).
SCHEMES: dict[str, dict[str, tuple[Security, int]]] = {
    "imap": {
        "imaps": ("tls", 993),
        "imap+starttls": ("starttls", 143),
        "imap": ("plain", 143),
    },
    "smtp": {
        "smtps": ("tls", 465),
        "smtp+starttls": ("starttls", 587),
        "smtp": ("plain", 25),
    },
}

_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]+", re.ASCII)


def server(text: str, protocol: str) -> Server:
    """`protocol` is "imap" or "smtp". Raises ValueError with what would be right.

    Plain connections are refused but for loopback: a password would cross the net in the clear.
    """
    schemes = SCHEMES[protocol]
    example = f'"{protocol}s://{protocol}.example.com"'
    parts = _split(text, example)
    if parts.scheme not in schemes:
        raise ValueError(f"write it as {example}; it may begin with {_listed(schemes)}")
    if parts.username is not None or parts.password is not None:
        raise ValueError('no name or password in it: they go into "user" and "password"')
    host = (parts.hostname or "").lower()
    if not _HOST.fullmatch(host) or parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError(f"write only the server's name, as in {example}")
    security, usual_port = schemes[parts.scheme]
    if security == "plain" and host not in LOOPBACK:
        raise ValueError(f'would send the password in the clear: write "{protocol}s://{host}"')
    return Server(host, _port(parts) or usual_port, security)


def _split(text: str, example: str) -> SplitResult:
    # urlsplit silently drops tabs and line ends
    if any(letter.isspace() or not letter.isprintable() for letter in text):
        raise ValueError(f"holds a blank; write it as {example}")
    try:
        return urlsplit(text)
    except ValueError as error:
        raise ValueError(f"is no address of a server; write it as {example}") from error


def _port(parts: SplitResult) -> int | None:
    try:
        port = parts.port
    except ValueError as error:
        raise ValueError("the port is a number from 1 to 65535") from error
    if port == 0:
        raise ValueError("the port is a number from 1 to 65535")
    return port


def _listed(schemes: dict[str, tuple[Security, int]]) -> str:
    safe = [f"{name}://" for name, (security, _) in schemes.items() if security != "plain"]
    return " or ".join(safe)
