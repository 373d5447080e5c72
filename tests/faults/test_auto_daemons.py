"""The daemon as a process, in mode `auto`: two of them on one store, and a configuration that was
changed and not read again."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from daemon_process import DaemonProcess, running_daemon
from faults.prepared_shop import ENV, Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import FaultySmtp, faulty_smtp
from tactd.core.types import ReplyState


@pytest.fixture
async def smtp() -> AsyncIterator[FaultySmtp]:
    async with faulty_smtp({}) as server:
        yield server


@pytest.fixture
def shop(tmp_path: Path, faulty_imap: FaultyImap, smtp: FaultySmtp) -> Prepared:
    more = 'settle = "2 seconds"\n'
    return prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port, mode="auto", more=more)


async def test_of_two_daemons_one_answers_and_once(
    shop: Prepared, faulty_imap: FaultyImap, smtp: FaultySmtp
) -> None:
    async with running_daemon(shop.root, **ENV) as daemon:
        await daemon.until(lambda: shop.status()["in_effect"] == "auto", "Sent has been read")
        faulty_imap.add(asked())
        await daemon.until(lambda: shop.states(), "it is decided")
        second = DaemonProcess(shop.root, ENV)
        await second.start(until="")
        assert await second.ended() == 75
        assert f"pid {daemon.pid}" in second.log
        once = await daemon.command("once")
        assert once.returncode == 75
        await daemon.until(lambda: shop.states() == [ReplyState.SENT], "it is sent")
        assert len(smtp.accepted) == 1
        shown = await daemon.command("status")
        assert shown.stdout.startswith("auto: feedback_thanks, in_transit go by themselves")


async def test_a_configuration_that_was_not_read_again_is_told(shop: Prepared) -> None:
    path = shop.root / "config.toml"
    async with running_daemon(shop.root, **ENV) as daemon:
        await daemon.until(lambda: shop.status()["in_effect"] == "auto", "Sent has been read")
        assert not shop.status()["not_reloaded"]
        path.write_text(path.read_text("utf-8").replace('"auto"', '"observe"'), "utf-8")
        facts = shop.status()
        assert (facts["mode"], facts["in_effect"], facts["not_reloaded"]) == (
            "observe",
            "auto",
            True,
        )
        assert "config.toml has been changed since tactd read it" in shop.problems()
        daemon.signal(signal.SIGHUP)
        await daemon.until(lambda: shop.status()["in_effect"] == "observe", "it is read again")
        assert "has been changed" not in shop.problems()
