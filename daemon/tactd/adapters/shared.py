"""The folders that the seller and tactd share: made if absent, and looked at before anything
begins, so that a wrong owner is one clear line and not a fault an hour later."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable
from pathlib import Path

from tactd.errors import FolderError


def make_usable(key: str, root: Path, below: Iterable[str]) -> None:
    """Makes `root` and its subfolders. `key`: where the configuration names it.

    Raises FolderError if one of them cannot be made, read or written."""
    for folder in (root, *(root / name for name in below)):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unusable(key, folder, f"cannot be made: {error.strerror}") from error
        if not os.access(folder, os.R_OK | os.W_OK | os.X_OK, effective_ids=True):
            raise _unusable(key, folder, f"may not be read and written by {_user()}")


def _unusable(key: str, folder: Path, why: str) -> FolderError:
    return FolderError(f"{key}: {folder} {why}; look at its owner and mode, then start again")


def _user() -> str:
    try:
        return f"the user {getpass.getuser()}"
    except (KeyError, OSError):  # a user without a name, as in a container
        return f"the user number {os.geteuid()}"
