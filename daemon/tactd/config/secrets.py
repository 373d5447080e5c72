"""Passwords: where they are kept, and reading them. They never stand in the configuration."""

from __future__ import annotations

import re
import shlex
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tactd.config.fields import Place
from tactd.errors import ConfigError

WAYS = '{ credential = "shop" }, { file = "shop.password" } or { env = "SHOP_PASSWORD" }'

_CREDENTIAL = re.compile(r"[A-Za-z0-9_@-][A-Za-z0-9_.@-]{0,100}", re.ASCII)
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,100}", re.ASCII)
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class SecretSource:
    """Where a secret is kept; safe to print. `name` is a credential, an absolute path or the
    name of an environment variable."""

    kind: Literal["credential", "file", "env"]
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def secret_source(value: object, place: Place) -> SecretSource:
    """Reads `password = { … }`. Raises ValueError; what was written is never repeated, because
    it may be the password itself."""
    if isinstance(value, str):
        raise ValueError(f"a password must not stand in this file: write {WAYS}")
    if not isinstance(value, dict) or len(value) != 1:
        raise ValueError(f"write exactly one of {WAYS}")
    kind, name = next(iter(value.items()))
    if not isinstance(name, str) or not name:
        raise ValueError(f"write exactly one of {WAYS}")
    match kind:
        case "credential" if _CREDENTIAL.fullmatch(name):
            return SecretSource("credential", name)
        case "env" if _VARIABLE.fullmatch(name):
            return SecretSource("env", name)
        case "file" if name.isprintable():
            return SecretSource("file", str(place.path(name)))
        case "credential" | "env" | "file":
            raise ValueError(f"is no name of a {kind}: write {WAYS}")
        case _:
            raise ValueError(f"unknown; write one of {WAYS}")


def read_secret(source: SecretSource, env: Mapping[str, str]) -> str:
    """The secret itself: do not log it, do not keep it longer than a login takes.

    Raises ConfigError with what to do. One line end at the end of a file is dropped, because
    editors and `echo` add it.
    """
    match source.kind:
        case "env":
            secret = env.get(source.name, "")
            if not secret:
                raise ConfigError([f"the environment variable {source.name} is not set"])
        case "credential":
            secret = _read(_credential_path(source.name, env), f"credential {source.name}")
        case "file":
            secret = _read_private(Path(source.name))
    return secret


def _credential_path(name: str, env: Mapping[str, str]) -> Path:
    """systemd.exec(5), LoadCredential: a file in the folder that $CREDENTIALS_DIRECTORY names."""
    folder = env.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise ConfigError(
            [
                f"credential {name}: there are none here ($CREDENTIALS_DIRECTORY is not set); "
                f"run tactd by systemd with LoadCredential={name}:FILE, or use {{ file = … }}"
            ]
        )
    return Path(folder) / name


def _read_private(path: Path) -> str:
    what = f"password file {path}"
    try:
        mode = path.stat().st_mode
    except FileNotFoundError as error:
        advice = f"(umask 077; cat > {shlex.quote(str(path))})"
        raise ConfigError(
            [f"{what}: there is none; run {advice}, type the password, Enter, Ctrl-D"]
        ) from error
    except OSError as error:
        raise ConfigError([f"{what}: {error.strerror}"]) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ConfigError([f"{what}: others on this machine can open it; run: chmod 600 {path}"])
    return _read(path, what)


def _read(path: Path, what: str) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST + 1)
    except FileNotFoundError as error:
        raise ConfigError([f"{what}: there is no file {path}"]) from error
    except OSError as error:
        raise ConfigError([f"{what}: {error.strerror}"]) from error
    try:
        secret = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        # `from None`: the error would carry the bytes of the secret
        raise ConfigError([f"{what}: is not UTF-8 text"]) from None
    problem = _unfit(raw, secret)
    if problem:
        raise ConfigError([f"{what}: {problem}"])
    return secret


def _unfit(raw: bytes, secret: str) -> str | None:
    """Why this cannot be a password, if it cannot."""
    if not secret:
        return "is empty"
    if len(raw) > _LONGEST:
        return "is too long for a password"
    if any(letter in secret for letter in "\r\n\0"):
        return "holds more than one line"
    return None
