"""A full disk: nothing is taken in that cannot be kept, nothing is lost, and work goes on by itself
when there is space again."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from daemon_process import DaemonProcess, running_daemon
from faults.prepared_shop import ENV, Prepared, prepare, stage
from servers.imap_faults import FaultyImap
from servers.smtp_faults import faulty_smtp
from shop import mail
from tactd.adapters.store import inbound, journal, open_store
from tactd.adapters.store.schema import mail as mails
from tactd.errors import StoreError

ON_THE_DISK = '[store]\nurl = "sqlite:///disk/tactd.db"\n'


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 32 megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    words = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return filler


def question(number: int) -> bytes:
    text = f"Where is my order? I am buyer {number}.\n" + "I have waited long enough.\n" * 800
    sender, own = f"buyer{number}@example.com", f"<d{number}@example.com>"
    return mail(text, sender=sender, message_id=own)


def states(shop: Prepared) -> list[str]:
    store = open_store(shop.config.store.url)
    try:
        with store.read() as conn:
            return list(conn.execute(select(mails.c.state).order_by(mails.c.id)).scalars())
    finally:
        store.close()


def watermark(shop: Prepared) -> int:
    store = open_store(shop.config.store.url)
    try:
        with store.read() as conn:
            mark = inbound.read_watermark(conn, "shop", "INBOX")
            return mark.uid if mark else 0
    finally:
        store.close()


async def test_mail_waits_on_the_server_until_there_is_space(
    tmp_path: Path, disk: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port, more=ON_THE_DISK)
        async with shop.running() as service:
            box = service.parts.mailboxes["shop"]
            await shop.until(lambda: box.health.caught_up, "caught up")
            faulty_imap.add(question(0))
            await shop.until(lambda: len(shop.files("staged")) == 1, "the first is staged")
            filler, mark = fill(disk), watermark(shop)
            for number in range(1, 31):
                faulty_imap.add(question(number))
            await shop.until(lambda: "disk is full" in box.health.problem, "it is told")
            assert watermark(shop) == mark
            assert states(shop) == ["done"]
            assert "the disk is nearly full: 0 MB left" in shop.problems()
            filler.unlink()
            await shop.until(lambda: len(shop.files("staged")) == 31, "all are staged")
            await shop.until(lambda: "mailbox shop" not in shop.problems(), "all is well")
    assert states(shop) == ["done"] * 31


async def test_kept_mail_that_cannot_be_decided_for_want_of_space_waits(
    tmp_path: Path, disk: Path, faulty_imap: FaultyImap
) -> None:
    shop = prepare(tmp_path, imap=faulty_imap.port, smtp=9, more=ON_THE_DISK)
    with shop.parts() as parts:
        stage_later = parts.pipeline.handle_new
        parts.pipeline.handle_new = int
        stage(parts, [question(number) for number in range(30)], shop.now())
        filler = fill(disk)
        with pytest.raises(StoreError, match="disk is full"):
            while stage_later():
                pass
        assert set(states(shop)) == {"new"}, "no mail is set aside for the disk's fault"
        filler.unlink()
        while stage_later():
            pass
        assert states(shop) == ["done"] * 30


async def test_a_daemon_that_cannot_start_on_a_full_disk_says_why(
    tmp_path: Path, disk: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port, more=ON_THE_DISK)
        filler = fill(disk)
        daemon = DaemonProcess(tmp_path, ENV)
        await daemon.start(until="")
        assert await daemon.ended() == 74
        assert "disk is full" in daemon.log
        filler.unlink()
        faulty_imap.add(question(1))
        async with running_daemon(tmp_path, **ENV):
            await shop.until(lambda: shop.files("staged"), "the mail is staged")


async def test_a_statement_that_finds_the_disk_full_sets_no_mail_aside(
    tmp_path: Path, faulty_imap: FaultyImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = prepare(tmp_path, imap=faulty_imap.port, smtp=9)
    with shop.parts() as parts:
        with monkeypatch.context() as full, pytest.raises(StoreError, match="disk is full"):
            full.setattr(journal, "add_decisions", no_space)
            stage(parts, [question(1)], shop.now())
        assert states(shop) == ["new"]
        assert parts.pipeline.handle_new() == 1
    assert states(shop) == ["done"]


def no_space(*_: object) -> None:
    raise OperationalError("INSERT", None, sqlite3.OperationalError("database or disk is full"))
