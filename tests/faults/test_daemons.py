"""The daemon as a process: one a store, reloading, ending, and starting with something wrong."""

from __future__ import annotations

import asyncio
import fcntl
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from daemon_process import DaemonProcess, running_daemon
from faults.prepared_shop import ENV, Prepared, asked, prepare
from servers.imap_faults import FaultyImap
from servers.smtp_faults import Late, faulty_smtp
from tactd.adapters import lock
from tactd.core.types import ReplyState


@pytest.fixture
async def shop(tmp_path: Path, faulty_imap: FaultyImap) -> AsyncIterator[Prepared]:
    async with faulty_smtp({}) as smtp:
        yield prepare(
            tmp_path,
            imap=faulty_imap.port,
            smtp=smtp.port,
            mails=[asked()],
            change={"[replies]\n": '[replies]\ntemplates = "texts"\n'},
        )


@pytest.fixture
async def daemon(shop: Prepared) -> AsyncIterator[DaemonProcess]:
    async with running_daemon(shop.root, **ENV) as running:
        yield running


def write_text(shop: Prepared, text: str) -> Path:
    path = shop.root / "texts" / "handover" / "en.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


async def test_a_second_daemon_on_the_store_is_told_who_holds_it(
    shop: Prepared, daemon: DaemonProcess
) -> None:
    second = DaemonProcess(shop.root, ENV)
    await second.start(until="")
    assert await second.ended() == 75
    assert f"pid {daemon.pid}" in second.log
    assert daemon.alive
    daemon.kill()
    await second.start()  # the system has freed the lock
    assert await second.stop() == 0


async def test_a_look_at_the_status_keeps_no_daemon_from_starting(shop: Prepared) -> None:
    with (shop.root / "tactd.db.lock").open("w") as asking:
        fcntl.flock(asking, fcntl.LOCK_SH)  # as `tactd status` does for a moment
        asyncio.get_running_loop().call_later(0.2, fcntl.flock, asking, fcntl.LOCK_UN)
        daemon = DaemonProcess(shop.root, ENV)
        await asyncio.to_thread(hold_store, shop)
        await daemon.start()
        assert await daemon.stop() == 0


def hold_store(shop: Prepared) -> None:
    with lock.only_one(shop.root / "tactd.db"):
        assert lock.holder(shop.root / "tactd.db").startswith("pid ")


async def test_a_bad_configuration_or_template_is_refused_and_the_old_one_stays(
    shop: Prepared, daemon: DaemonProcess, faulty_imap: FaultyImap
) -> None:
    config = shop.root / "config.toml"
    good = config.read_text()
    config.write_text(good.replace('mode = "stage"', 'mood = "observe"'))
    daemon.signal(signal.SIGHUP)
    await daemon.until(lambda: "reload_refused" in shop.troubles(), "it is told")
    assert "replies.mood" in shop.troubles()["reload_refused"]
    config.write_text(good)
    path = write_text(shop, "Subject: Hello\n\n[answer]\n{{ oops\n")
    daemon.signal(signal.SIGHUP)
    await daemon.until(lambda: "en.txt" in shop.problems(), "it is told")
    path.unlink()
    faulty_imap.add(asked(2, "I want my money back, please."))
    await daemon.until(lambda: len(shop.states()) == 2, "mail is staged as before")
    daemon.signal(signal.SIGHUP)
    await daemon.until(lambda: "reload_refused" not in shop.troubles(), "all is well again")


async def test_a_good_configuration_is_taken_without_a_restart(
    shop: Prepared, daemon: DaemonProcess, faulty_imap: FaultyImap
) -> None:
    config = shop.root / "config.toml"
    config.write_text(config.read_text().replace('mode = "stage"', 'mode = "observe"'))
    daemon.signal(signal.SIGHUP)
    await daemon.until_logged("event=reloaded")
    faulty_imap.add(asked(2, "I want my money back, please."))
    await daemon.until_logged("event=mail_decided")
    assert len(shop.states()) == 1, "who observes writes no file"


async def test_a_refused_login_is_tried_again_when_the_configuration_is_read_again(
    shop: Prepared, faulty_imap: FaultyImap
) -> None:
    faulty_imap.refuse_login = "[AUTHENTICATIONFAILED] wrong password"
    async with running_daemon(shop.root, **ENV) as daemon:
        await daemon.until_logged("mailbox_refused")
        await daemon.until(lambda: "check user and password" in shop.problems(), "it is told")
        faulty_imap.refuse_login = ""
        daemon.signal(signal.SIGHUP)
        await daemon.until_logged("mailbox_watching")
        assert faulty_imap.logins == 2


async def test_a_template_with_a_mistake_is_named_with_file_and_line(shop: Prepared) -> None:
    write_text(shop, "Subject: Hello\n\n[answer]\nDear {{ buyer_nmae }},\n")
    daemon = DaemonProcess(shop.root, ENV)
    await daemon.start(until="")
    assert await daemon.ended() == 78
    checked = await daemon.command("check", "--offline")
    for said in (daemon.log, checked.stdout + checked.stderr):
        assert "handover/en.txt:4" in said.replace("\n", "")
    assert checked.returncode == 78


async def test_the_end_waits_for_the_mail_under_way(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    late = Late("250 2.0.0 queued", asyncio.Event())
    async with faulty_smtp({"DOT": late}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port, mails=[asked()])
        shop.approve()
        async with running_daemon(tmp_path, **ENV) as daemon:
            await asyncio.wait_for(smtp.reached["DOT"].wait(), 15)
            daemon.signal(signal.SIGTERM)
            await asyncio.sleep(0.5)
            assert daemon.alive
            late.when.set()
            assert await daemon.ended() == 0
        assert shop.states() == [ReplyState.SENT]
        assert "Traceback" not in daemon.log
