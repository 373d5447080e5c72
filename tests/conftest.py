"""Servers that several areas test against."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from servers.dovecot import HOW_TO_GET_IT, Dovecot, installed, required, running_dovecot
from servers.imap_faults import FaultyImap, running_faulty_imap
from servers.pymap_server import Pymap, running_pymap

# No example fails for being slow: machines are noisy, and what must be fast is measured apart.
settings.register_profile("tactd", settings(), deadline=None)
settings.load_profile("tactd")


@pytest.fixture(scope="session")
def requires_dovecot() -> None:
    """Skip without Dovecot, and fail where it must be there."""
    if not installed():
        (pytest.fail if required() else pytest.skip)(HOW_TO_GET_IT)


@pytest.fixture(scope="session")
def dovecot(requires_dovecot: None) -> Iterator[Dovecot]:
    """One server for all tests; take a `fresh_user()` for an empty mailbox."""
    with running_dovecot() as server:
        yield server


@pytest.fixture
def pymap() -> Iterator[Pymap]:
    with running_pymap() as server:
        yield server


@pytest.fixture
def faulty_imap() -> Iterator[FaultyImap]:
    with running_faulty_imap() as server:
        yield server
