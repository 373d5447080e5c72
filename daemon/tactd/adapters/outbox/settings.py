"""Where and how a mailbox sends."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

from tactd.core.fate import QuotaSign
from tactd.errors import ConfigError


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
    mails_per_connection: int | None = None  # None: no known bound
    login_every: float = 0  # seconds from one login to the next: some providers count them
    quota: tuple[QuotaSign, ...] = ()  # how this provider says "too much"
    hint: str = ""  # what the seller is to do when the login is refused
    tls: ssl.SSLContext | None = None  # None: verified by the system's authorities, TLS 1.2+
    ehlo: str = "[127.0.0.1]"  # tells nothing about this machine (RFC 5321 4.1.3 address literal)

    def __post_init__(self) -> None:
        if self.security == "plain" and not _is_loopback(self.host):
            raise ConfigError([f"{self.name}: SMTP to {self.host} needs TLS (smtps://)"])


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
