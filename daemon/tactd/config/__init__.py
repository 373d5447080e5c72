"""The seller's configuration: read whole, checked whole, and frozen."""

from __future__ import annotations

from tactd.config.load import load, load_for_looking, secret_problems
from tactd.config.model import Config, Mailbox
from tactd.config.policy import policy_digest, policy_of
from tactd.config.providers import Provider, provider_for, provider_named
from tactd.config.secrets import SecretSource, read_secret
from tactd.config.servers import Server

__all__ = [
    "Config",
    "Mailbox",
    "Provider",
    "SecretSource",
    "Server",
    "load",
    "load_for_looking",
    "policy_digest",
    "policy_of",
    "provider_for",
    "provider_named",
    "read_secret",
    "secret_problems",
]
