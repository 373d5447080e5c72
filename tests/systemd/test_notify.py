from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servers.systemd_ear import Ear, listening
from tactd.adapters import notify


@pytest.fixture
def ear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    with listening(tmp_path) as (address, ear):
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        yield ear


@pytest.fixture
def unwatched(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    monkeypatch.delenv("WATCHDOG_PID", raising=False)
    return monkeypatch


def test_a_sign_of_life_is_one_datagram(ear: Ear) -> None:
    notify.alive()
    assert ear.next() == ["WATCHDOG=1"]
    assert ear.is_silent()


def test_more_time_is_asked_for_in_microseconds(ear: Ear) -> None:
    notify.extend(timedelta(seconds=60))
    assert ear.next() == ["EXTEND_TIMEOUT_USEC=60000000"]


def test_a_line_of_status_never_becomes_another_word(ear: Ear) -> None:
    notify.status("watching\nSTOPPING=1")
    assert ear.next() == ["STATUS=watching"]


def test_an_abstract_socket_is_reached_by_its_at_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"tactd-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as link:
        link.bind(f"\0{name}")
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        notify.alive()
        assert Ear(link).next() == ["WATCHDOG=1"]


@pytest.mark.parametrize("address", ["", "relative", "/nobody/listens/here"])
def test_where_nobody_listens_nothing_happens(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", address)
    notify.alive()
    notify.extend(timedelta(seconds=1))


def test_the_watchdogs_period_is_the_one_that_systemd_names(
    unwatched: pytest.MonkeyPatch,
) -> None:
    assert notify.watchdog_period() is None
    unwatched.setenv("WATCHDOG_USEC", "180000000")
    assert notify.watchdog_period() == timedelta(minutes=3)
    unwatched.setenv("WATCHDOG_PID", str(os.getpid()))
    assert notify.watchdog_period() == timedelta(minutes=3)


def test_a_watchdog_that_is_meant_for_another_process_is_not_ours(
    unwatched: pytest.MonkeyPatch,
) -> None:
    unwatched.setenv("WATCHDOG_USEC", "180000000")
    unwatched.setenv("WATCHDOG_PID", str(os.getppid()))
    assert notify.watchdog_period() is None


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_whatever_stands_in_the_environment_the_period_is_none_or_a_time(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WATCHDOG_PID", raising=False)
        patch.setenv("WATCHDOG_USEC", text)
        period = notify.watchdog_period()
    assert period is None or period > timedelta(0)
