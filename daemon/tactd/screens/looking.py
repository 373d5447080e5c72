"""What every command that looks needs first: the configuration and the store."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from tactd.adapters.store import Store, open_store
from tactd.config import Config, load, load_for_looking


def opened(path: Path, env: Mapping[str, str]) -> tuple[Config, Store]:
    """The store is closed when the command ends. Raises ConfigError, StoreError."""
    config = load(path, env)
    return config, _open(config)


def opened_in_spite(path: Path, env: Mapping[str, str]) -> tuple[Config, Store, list[str]]:
    """The same where slips in config.toml matter less than what there is to see; and the slips."""
    config, wrong = load_for_looking(path, env)
    return config, _open(config), wrong


def _open(config: Config) -> Store:
    store = open_store(config.store.url)
    click.get_current_context().call_on_close(store.close)
    return store
