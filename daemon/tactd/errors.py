"""One small family of errors. Each says what went wrong and what to do about it."""

from __future__ import annotations


class TactdError(Exception):
    """Something the seller should read; printed as one line, without a traceback."""

    exit_code = 1


class ConfigError(TactdError):
    """config.toml, a template or a password source is wrong (sysexits.h EX_CONFIG).

    `problems` lists every one of them, each with its key path."""

    exit_code = 78

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BusyError(TactdError):
    """Another tactd works on the same store (sysexits.h EX_TEMPFAIL)."""

    exit_code = 75


class StoreError(TactdError):
    """The store cannot be written: disk full, damaged, or made by a newer tactd."""

    exit_code = 74


class StoreFullError(StoreError):
    """The disk is full. Work goes on by itself when there is space; a restart makes none."""


class FolderError(TactdError):
    """A folder that tactd shares with the seller cannot be used (sysexits.h EX_IOERR). It may come
    back by itself, as a network share does."""

    exit_code = 74
