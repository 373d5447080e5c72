"""What every command that looks needs first: the configuration and the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tactd.adapters.store import Store, open_store
from tactd.config import Config, load


def opened(path: Path, env: Mapping[str, str]) -> tuple[Config, Store]:
    """Raises ConfigError, StoreError."""
    config = load(path, env)
    return config, open_store(config.store.url)
