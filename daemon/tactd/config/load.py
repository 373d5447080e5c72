"""Reads config.toml: all or nothing, and every problem at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tactd.config.fields import Place
from tactd.config.model import Config
from tactd.config.problems import duplicates, problems
from tactd.config.secrets import read_secret
from tactd.errors import ConfigError


def load(path: Path, env: Mapping[str, str]) -> Config:
    """Raises ConfigError with every problem, each with its key path and what would be right.

    Passwords are not read here: `status` and `why` work where the daemon's credentials are not.
    """
    raw = read_toml(path)
    found = duplicates(raw)
    try:
        config = Config.model_validate(raw, context=_place(path, env))
    except ValidationError as error:
        raise ConfigError([*problems(error, Config), *found]) from None
    if found:
        raise ConfigError(found)
    return config


def load_for_looking(path: Path, env: Mapping[str, str]) -> tuple[Config, list[str]]:
    """The same for who only looks: a slip in how tactd shall work (a limit, say) must not keep the
    seller from seeing how it does. What is wrong is left out, and told. Raises ConfigError where
    it is not known whose mail it is or where the store lies."""
    try:
        return load(path, env), []
    except ConfigError as error:
        told = error
    raw = read_toml(path)
    try:
        Config.model_validate(raw, context=_place(path, env))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            section, key, *_ = (*detail["loc"], "", "")
            if section in _NEEDED or not isinstance(raw.get(str(section)), dict):
                raise told from None
            raw[str(section)].pop(key, None)
    try:
        return Config.model_validate(raw, context=_place(path, env)), list(told.problems)
    except ValidationError:
        raise told from None


_NEEDED = ("seller", "mailbox", "store")


def _place(path: Path, env: Mapping[str, str]) -> Place:
    home = env.get("HOME")
    return Place(path.absolute().parent, Path(home) if home else None)


def read_toml(path: Path) -> dict[str, Any]:
    """Raises ConfigError naming the file, and the line where TOML itself is broken."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        advice = "name yours with --config, or begin with a copy of the config.toml of tactd"
        raise ConfigError([f"{path}: there is no such file; {advice}"]) from None
    except OSError as error:
        raise ConfigError([f"{path}: {error.strerror}"]) from None
    except UnicodeDecodeError:
        raise ConfigError([f"{path}: is not UTF-8; save it again as UTF-8 text"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: {error}"]) from None
    except RecursionError:
        raise ConfigError([f"{path}: brackets within brackets without end"]) from None


def secret_problems(config: Config, env: Mapping[str, str]) -> list[str]:
    """Which passwords cannot be read, and what to do; for `run`, `once` and `check`."""
    found = []
    for at, box in enumerate(config.mailboxes):
        try:
            read_secret(box.password, env)
        except ConfigError as error:
            found += [f"mailbox[{at}].password: {problem}" for problem in error.problems]
    return found
