"""The mail providers that tactd knows: providers.toml as values.

What a provider does is data, never an `if` on its name elsewhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Annotated, ClassVar, Literal
from urllib.parse import urlsplit

from pydantic import ConfigDict, PlainValidator, TypeAdapter

from tactd.config import spans
from tactd.config.servers import LOOPBACK
from tactd.core.fate import QuotaSign
from tactd.core.types import Rule

SignIn = Literal["password", "app_password", "authorisation_code", "oauth"]

_SHARE = 2  # one half of what a provider allows: the seller's own hand sends from there, too

_Span = Annotated[timedelta, PlainValidator(spans.duration)]
_Rule = Annotated[Rule, PlainValidator(spans.limit)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """What the seller is to do when the login is refused."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """In the seller's language; in English where we have no other."""
        return self.zh if language.partition("-")[0] == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(QuotaSign):
    """A row of `quota`, with the pause as it is written there."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    pause: _Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """One [[provider]] of providers.toml, which explains each field."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    name: str
    title: str
    imap: str
    smtp: str
    sign_in: SignIn
    hint: Hint
    domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    needs_id: bool = False
    idle: bool = True
    saves_sent: bool = False
    keeps_message_id: bool = True
    messages_per_connection: int | None = None
    login_every: _Span = timedelta(0)
    limits: tuple[_Rule, ...] = ()
    budget: tuple[_Rule, ...] = ()
    quota: tuple[Quota, ...] = ()

    def servers(self, domain: str) -> dict[str, str]:
        """ "imap" and "smtp" of an address there, as config.toml would name them."""
        return {
            "imap": self.imap.format(domain=domain),
            "smtp": self.smtp.format(domain=domain),
        }

    def serves(self, host: str) -> bool:
        return any(host == name or host.endswith(f".{name}") for name in self._host_names())

    def allowed(self) -> tuple[Rule, ...]:
        """How much tactd may send from one mailbox there; all of the rules hold, beside those
        of config.toml."""
        halves = (Rule(max(1, one.count // _SHARE), one.period) for one in self.limits)
        return (*halves, *self.budget)

    def _host_names(self) -> set[str]:
        urls = [url for domain in self.domains or ("",) for url in self.servers(domain).values()]
        return {urlsplit(url).hostname or "" for url in urls} | set(self.hosts)


@cache
def providers() -> tuple[Provider, ...]:
    """All of them, in the file's order, which decides where a host alone fits several."""
    text = resources.files("tactd.config").joinpath("providers.toml").read_text("utf-8")
    return TypeAdapter(tuple[Provider, ...]).validate_python(tomllib.loads(text)["provider"])


@cache
def presets() -> Mapping[str, Mapping[str, str]]:
    """Domain of an address → its `imap` and `smtp`, where they are public knowledge."""
    return {domain: one.servers(domain) for one in providers() for domain in one.domains}


def provider_named(name: str) -> Provider | None:
    return next((one for one in providers() if one.name == name), None)


def provider_for(address: str, host: str = "") -> Provider | None:
    """Who keeps this mailbox; `host` is its IMAP or SMTP server, "" or loopback where that tells
    nothing (a local proxy). None: nobody known, so no habits may be supposed.

    The host decides, for its owner is the one who sends: shop@gmail.com on another server is
    not Gmail's. The domain decides between those who share a host.
    """
    domain = address.rpartition("@")[2].lower()
    host = host.lower().rstrip(".")
    told = bool(host) and host not in LOOPBACK
    serving = [one for one in providers() if one.serves(host)] if told else list(providers())
    owners = [one for one in serving if domain in one.domains]
    return next(iter(owners or (serving if told else [])), None)
