"""kill -9 while mail pours in: every mail is decided exactly once, every reply has exactly one
file, nothing is lost (promise 1)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from daemon_process import DaemonProcess
from faults.prepared_shop import ENV, Prepared, asked, prepare, stage
from servers.dovecot import Dovecot
from servers.imap_faults import FaultyImap
from servers.smtp_faults import faulty_smtp
from shop import mail
from tactd.adapters.store import open_store
from tactd.adapters.store.schema import decision, reply
from tactd.adapters.store.schema import mail as inbound
from tactd.core.sheet.parse import parse

MAILS = 300


def question(number: int) -> bytes:
    words = f"Where is my order? It has not arrived yet. I am buyer {number}."
    sender, own = f"buyer{number}@example.com", f"<b{number}@example.com>"
    return mail(words, sender=sender, message_id=own)


def counts(shop: Prepared) -> dict[str, int]:
    """Rows of the store, and files."""
    store = open_store(shop.config.store.url)
    try:
        with store.read() as conn:
            found = {
                table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (inbound, decision, reply)
            }
            found["new"] = conn.execute(
                select(func.count()).where(inbound.c.state == "new")
            ).scalar_one()
            found["decided"] = conn.execute(
                select(func.count(func.distinct(decision.c.mail)))
            ).scalar_one()
            found["written"] = conn.execute(
                select(func.count()).where(reply.c.folder == "staged")
            ).scalar_one()
    finally:
        store.close()
    return {**found, "files": len(shop.files("staged"))}


@pytest.mark.dovecot
async def test_mail_is_decided_once_however_often_the_daemon_is_killed(
    dovecot: Dovecot, tmp_path: Path
) -> None:
    user = dovecot.fresh_user()
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=dovecot.imap, smtp=smtp.port, user=user)
        daemon = DaemonProcess(tmp_path, ENV)
        await daemon.start(until="mailbox_watching")
        coming = asyncio.create_task(
            asyncio.to_thread(
                dovecot.deliver, [question(number) for number in range(MAILS)], user, 4
            )
        )
        moments: list[Callable[[dict[str, int]], bool]] = [
            lambda now: now["mail"] > 0,
            lambda now: now["decision"] > 20,
            lambda now: now["files"] > now["written"] or now["files"] > 80,
            lambda now: now["files"] > 150,
        ]
        for moment in moments:
            await daemon.until(lambda moment=moment: moment(counts(shop)), "the moment to die")
            daemon.kill()
            await daemon.start()
        await coming
        await daemon.until(lambda: counts(shop)["files"] >= MAILS, "all are staged")
        assert await daemon.stop() == 0
    found = counts(shop)
    assert found["mail"] == found["decision"] == found["decided"] == found["reply"] == MAILS
    assert found["new"] == 0
    ids = Counter(parse(path.read_bytes()).id for path in shop.files("staged"))
    assert ids == {one.reply.id: 1 for one in shop.stored()}
    assert list(shop.all_files()) == ["staged"]


async def test_a_file_written_before_the_crash_is_not_written_again(
    tmp_path: Path, faulty_imap: FaultyImap
) -> None:
    async with faulty_smtp({}) as smtp:
        shop = prepare(tmp_path, imap=faulty_imap.port, smtp=smtp.port)
        with shop.parts() as parts:
            stage(parts, [asked()], shop.now())
            with parts.store.write() as conn:  # as if the crash had come before this was noted
                conn.execute(reply.update().values(folder=None, file_name=None))
        async with shop.running() as service:
            await service.look_at_desk()
            assert len(shop.files("staged")) == 1
            assert shop.stored()[0].file_name == shop.files("staged")[0].name
